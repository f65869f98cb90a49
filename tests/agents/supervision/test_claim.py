"""One name, one worker; and a data folder that cannot be used is said before anything starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from aiokafka.errors import KafkaConnectionError

from agents import worker
from agents.errors import SettingsError, UsageError
from agents.settings import Settings
from agents.stage import LEFT_BLOCKED
from agents.supervision.claim import claim_names, make_folder
from agents.supervision.supervisor import guard_worker, run_up


def test_a_name_is_held_once_and_given_back(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with claim_names(settings, ["enricher"]):
        with pytest.raises(UsageError, match=r"enricher runs already as worker '0'.*--id"):
            guard_worker(settings, ["enricher"])
        with (
            claim_names(settings, ["indexer"]),
            claim_names(settings.model_copy(update={"worker_id": "1"}), ["enricher"]),
        ):
            pass
    with claim_names(settings, ["enricher"]):
        pass


def test_a_refused_claim_gives_back_what_it_got(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with claim_names(settings, ["indexer"]):
        with pytest.raises(UsageError), claim_names(settings, ["enricher", "indexer"]):
            pass
        with claim_names(settings, ["enricher"]):
            pass


def test_a_killed_holder_gives_its_name_back(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from agents.settings import Settings;"
        "from agents.supervision.claim import claim_names\n"
        "with claim_names(Settings(data_dir=Path(sys.argv[1])), ['enricher']): os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert killed.returncode == -9
    with claim_names(Settings(data_dir=tmp_path), ["enricher"]):
        pass


@pytest.mark.parametrize("start", [run_up, lambda settings: guard_worker(settings, [])])
def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path, start: object) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"data folder .*/file/data: Not a directory; set TOCSIN_DATA_DIR"):
        start(Settings(data_dir=tmp_path / "file" / "data"))  # type: ignore[operator]


def test_looking_whether_a_folder_can_be_written_leaves_nothing(tmp_path: Path) -> None:
    make_folder(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_broker_lost_while_the_apps_start_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> int:
        raise KafkaConnectionError("Unable to bootstrap")

    monkeypatch.setattr(worker, "run_worker", lost)
    monkeypatch.setattr(sys, "argv", ["worker"])
    monkeypatch.setattr(worker, "configure_logging", lambda _: None)
    assert worker.main() == LEFT_BLOCKED
