"""What is enriched outside the workers is enriched as they do it: with the lists and the tagger of the settings."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agents.backtest import backtest_on_files
from agents.cli.main import app
from agents.errors import UsageError
from agents.importer import Refusal
from agents.lists.folder import POINTER, lists_folder, write_pointer
from agents.settings import Settings
from pipeline.alerting import Rule
from pipeline.lists.compiling import VersionedList, compile_lists
from pipeline.lists.versions import pack, version_of
from schemas.lists import ListedName, ListEntry
from tests.pipeline.names.backends import tiny_model

TEXT = "President Zuri Abara flew to Nairobi."
NOW = datetime(2026, 3, 1, tzinfo=UTC)
LISTED = Rule(
    id="l", version=1, title="L", query="lists.matches.list:desk", severity="low", channel="c", message="x", owner="o"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder whose enricher screens against a list with one name."""
    settings = Settings(data_dir=tmp_path / "data")
    folder = lists_folder(settings)
    folder.mkdir(parents=True)
    entry = ListEntry(list="desk", id="7", type="person", names=(ListedName(name="Zuri Abara", kind="primary"),))
    version = version_of("desk", pack([entry]), NOW.date(), "csv", NOW)
    (folder / "index-1").write_bytes(compile_lists([VersionedList(version, [entry])]))
    write_pointer(folder, "index-1", 0.72, [])
    return settings


def tried_on_file(settings: Settings, tmp_path: Path) -> int:
    """How many articles of a file with one the rule for listed names matches."""
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"body": TEXT}), "utf-8")
    told: list[Refusal] = []
    (found,) = backtest_on_files(settings, [LISTED], [str(path)], told.append)
    assert not told
    return found.matches


def test_a_rule_is_tried_on_files_with_the_lists_of_the_data_folder(settings: Settings, tmp_path: Path) -> None:
    assert tried_on_file(settings, tmp_path) == 1
    (lists_folder(settings) / POINTER).unlink()
    assert tried_on_file(settings, tmp_path) == 0


def test_a_tagger_that_cannot_be_opened_is_told_before_a_file_is_read(settings: Settings, tmp_path: Path) -> None:
    other = settings.model_copy(update={"names_backend": f"transformers:{tmp_path / 'none'}"})
    with pytest.raises(UsageError, match="TOCSIN_NAMES_BACKEND"):
        tried_on_file(other, tmp_path)


@pytest.mark.models
def test_the_command_line_reads_names_with_the_tagger_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TOCSIN_NAMES_BACKEND", f"transformers:{tiny_model.write(tmp_path / 'tiny')}")
    result = CliRunner().invoke(app, ["enrich", "-", "--json"], input=TEXT)
    assert json.loads(result.stdout)["enrichment"]["provenance"]["data"]["names"].startswith("transformers tiny ")


def test_another_tagger_is_not_explained_by_the_packaged_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TOCSIN_NAMES_BACKEND", "spacy:en_core_web_sm")
    result = CliRunner().invoke(app, ["enrich", "-", "--explain"], input=TEXT)
    assert isinstance(result.exception, UsageError)
    assert "leave --explain out" in str(result.exception)
