"""`tocsin lists`, as a person or a script calls it."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from agents.cli.main import app
from agents.errors import UsageError
from agents.lists.store import load_lists
from agents.lists.watch import install
from agents.settings import Settings

SAMPLE = Path(__file__).parents[3] / "seeds" / "lists" / "sample.csv"


async def call(settings: Settings, *words: str, fails: bool = False) -> Result:
    """Run a command in a thread: the broker it talks to runs on this loop."""
    command = ["--data-dir", str(settings.data_dir), "lists", *words]
    result = await asyncio.to_thread(CliRunner().invoke, app, command)
    assert (result.exception is not None) is fails, result.output + repr(result.exception)
    return result


async def call_json(settings: Settings, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (await call(settings, *words, "--json")).stdout.splitlines()]


@pytest.fixture
async def sampled(settings: Settings) -> Settings:
    await call(settings, "import", str(SAMPLE), "--list", "sample", "--date", "2026-03-01")
    return settings


async def test_the_sample_list_says_that_it_is_one(sampled: Settings) -> None:
    entries = [
        entry
        for word in ("kalderi", "velmar", "grace")
        for entry in await call_json(sampled, "show", "sample", "--find", word)
    ]
    assert len(entries) == 3
    assert all(entry["programmes"] == ["SAMPLE: invented name"] for entry in entries)


async def test_lists_are_shown_with_their_date_and_version(sampled: Settings) -> None:
    (shown,) = await call_json(sampled, "show")
    assert (shown["list"], shown["snapshot"], shown["entries"], shown["current"]) == ("sample", "2026-03-01", 7, True)
    assert "sample" in (await call(sampled, "show")).stdout
    assert "Orvo Kaldery" in (await call(sampled, "show", "sample", "--find", "SAMPLE-1")).stdout


async def test_a_difference_is_shown_between_versions(sampled: Settings, tmp_path: Path) -> None:
    changed = tmp_path / "new.csv"
    lines = SAMPLE.read_text("utf-8").splitlines()
    changed.write_text("\n".join([*lines[:-1], "SAMPLE-8,Bo Quillon,,,person,,,,,,"]) + "\n")
    (done,) = await call_json(sampled, "import", str(changed), "--list", "sample", "--date", "2026-03-02")
    assert (done["added"], done["removed"], done["changed"]) == (["SAMPLE-8"], ["SAMPLE-7"], [])
    (found,) = await call_json(sampled, "diff", "sample")
    assert (found["added"], found["removed"]) == (["SAMPLE-8"], ["SAMPLE-7"])
    (back,) = await call_json(sampled, "diff", "sample", found["newer"], found["older"])
    assert (back["added"], back["removed"]) == (["SAMPLE-7"], ["SAMPLE-8"])


async def test_a_decision_names_who_when_and_why(sampled: Settings) -> None:
    words = ("allow", "add", "sample", "SAMPLE-1", "--by", "desk", "--reason", "a baker in Ghent")
    (made,) = await call_json(sampled, *words)
    (kept,) = await call_json(sampled, "allow", "list")
    assert kept == made and kept["reason"] == "a baker in Ghent" and kept["decided_at"]
    await call(sampled, "allow", "remove", made["id"])
    assert await call_json(sampled, "allow", "list") == []


async def test_the_status_says_how_old_lists_are_and_whether_the_enricher_has_taken_them(sampled: Settings) -> None:
    async def screened() -> object:
        (status,) = await call_json(sampled, "status")
        (shown,) = status["lists"]
        assert (shown["list"], shown["entries"]) == ("sample", 7)
        assert shown["age_days"] == (datetime.now(UTC).date() - date(2026, 3, 1)).days
        return status["screened"]

    assert await screened() is None
    await install(sampled, await load_lists(sampled))
    assert await screened() is True
    await call(sampled, "import", str(SAMPLE), "--list", "second", "--no-rescreen")
    said = (await call(sampled, "status")).stdout
    assert "with older lists" in said and "0 decisions" in said
    await call(sampled, "remove", "second")
    await call(sampled, "remove", "sample")
    assert "no list is imported" in (await call(sampled, "status")).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "nothing"), "no list 'nothing'"),
        (("show", "sample", "--find", "zzz"), "no entry"),
        (("remove", "nothing"), "no list 'nothing'"),
        (("diff", "sample"), "only one version"),
        (("allow", "add", "sample", "NOBODY", "--by", "me", "--reason", "x"), "no entry 'NOBODY'"),
        (("allow", "add", "sample", "SAMPLE-1", "--by", "me", "--reason", " "), "must say something"),
        (("allow", "remove", "nothing"), "no decision"),
        (("import", "missing.csv"), "cannot be read"),
        (("import", str(SAMPLE), "--list", "UPPER"), "no list id"),
        (("import", str(SAMPLE), "--list", "t", "--date", "soon"), "no date"),
        (("import", str(SAMPLE), "--list", "t", "--column", "name"), "OURS=THEIRS"),
    ],
)
async def test_what_cannot_be_done_is_told(sampled: Settings, words: tuple[str, ...], said: str) -> None:
    result = await call(sampled, *words, fails=True)
    assert isinstance(result.exception, UsageError) and said in str(result.exception)


async def test_a_removed_list_is_no_longer_shown(sampled: Settings) -> None:
    await call(sampled, "remove", "sample")
    assert "no list is imported" in (await call(sampled, "show")).stdout
