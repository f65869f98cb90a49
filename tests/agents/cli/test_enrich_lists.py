"""`tocsin enrich` screens against the lists it is given, or those of the data folder, and says why."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agents.cli.main import app
from agents.errors import UsageError
from agents.lists.folder import POINTER, lists_folder, write_pointer
from agents.settings import load_settings
from pipeline.lists.compiling import VersionedList, compile_lists
from pipeline.lists.versions import pack, version_of
from schemas.lists import AllowDecision, ListedName, ListEntry

SAMPLE = str(Path(__file__).parents[3] / "seeds" / "lists" / "sample.csv")
TEXT = "In Iran customs officers questioned Orvo Kaldery. The Victoria Grace was moored nearby."
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def enrich(*words: str) -> str:
    result = CliRunner().invoke(app, ["enrich", "-", *words], input=TEXT)
    if result.exception is not None:
        raise result.exception
    return " ".join(result.stdout.split())


def install() -> None:
    """Lists and a decision, as the enricher of this data folder has them."""
    folder = lists_folder(load_settings())
    folder.mkdir(parents=True)
    entry = ListEntry(list="desk", id="7", type="person", names=(ListedName(name="Orvo Kalderi", kind="primary"),))
    version = version_of("desk", pack([entry]), NOW.date(), "csv", NOW)
    (folder / "index-1").write_bytes(compile_lists([VersionedList(version, [entry])]))
    decision = AllowDecision(id="d", list="desk", entry_id="7", decided_by="ana", decided_at=NOW, reason="a baker")
    write_pointer(folder, "index-1", 0.72, [decision])


def test_a_name_on_the_list_of_a_file_is_shown_with_its_entry_and_reasons() -> None:
    shown = enrich("--list", SAMPLE)
    assert "Names on lists" in shown and "SAMPLE-1" in shown and "IR is mentioned" in shown
    (match,) = json.loads(enrich("--list", SAMPLE, "--json"))["enrichment"]["sanctions"]["list_matches"]
    assert (match["list"], match["entry_id"]) == ("sample", "SAMPLE-1")


def test_an_explanation_says_what_was_searched_and_what_was_refused() -> None:
    shown = enrich("--list", SAMPLE, "--explain")
    assert "Names on lists: sample@" in shown and "alias of a person" in shown
    assert "Victoria Grace: refused" in shown and "SAMPLE-6" in shown


def test_without_any_list_it_says_so() -> None:
    assert "no list was searched" in enrich("--explain")
    assert "Names on lists" not in enrich()


def test_the_lists_of_the_data_folder_count_with_their_decisions() -> None:
    install()
    assert "not meant: a baker (ana, 2026-03-01)" in enrich("--explain")


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    with pytest.raises(UsageError, match=r"notes\.txt"):
        enrich("--list", "notes.txt")


def test_lists_of_another_release_are_refused_with_the_remedy() -> None:
    install()
    (lists_folder(load_settings()) / POINTER).with_name("index-1").write_bytes(b"something else")
    with pytest.raises(UsageError, match="compile them again by starting the enricher"):
        enrich()
