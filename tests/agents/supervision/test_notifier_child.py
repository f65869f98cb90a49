"""Whether `tocsin up` starts the notifier, and refuses a targets file that is wrong before it starts anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.errors import UsageError
from agents.settings import Settings, load_settings
from agents.supervision.supervisor import _others, _Stop

TARGET = '[[target]]\nid = "feed"\nkind = "atom"\n'


def settings(tmp_path: Path, text: str | None) -> Settings:
    file = tmp_path / "targets.toml"
    if text is not None:
        file.write_text(text)
    return Settings(data_dir=tmp_path, notify_file=None if text is None else file, metrics_port=9100)


def test_the_notifier_runs_where_there_are_targets_with_the_same_settings(tmp_path: Path) -> None:
    assert _others(settings(tmp_path, None), _Stop()) == []
    (child,) = _others(settings(tmp_path, TARGET), _Stop())
    own = load_settings(environ=child.spec.environment)
    assert (child.spec.name, own.notify_file) == ("notifier", tmp_path / "targets.toml")
    assert own.metrics_port is None, "the worker has that port"


def test_a_wrong_targets_file_starts_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown key"):
        _others(settings(tmp_path, TARGET + "chanels = []\n"), _Stop())
