"""`tocsin enrich --explain figures`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agents.cli.main import app

TEXT = "At least 12 weavers were killed on Monday. Rebels threatened to kill 40 hostages."


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("file_first", [True, False], ids=["file first", "figures first"])
def test_explain_figures_prints_classes_rules_and_refusals(article: str, file_first: bool) -> None:
    where = [article, "--explain", "figures"] if file_first else ["--explain", "figures", article]
    result = CliRunner().invoke(app, ["enrich", *where])
    assert result.exit_code == 0
    printed = " ".join(result.stdout.split())
    assert "Q[At least 12 weavers]" in printed
    assert "rule passive" in printed
    assert "refused: '40 hostages': threat" in printed


def test_explain_figures_as_json_is_the_explanation_alone(article: str) -> None:
    result = CliRunner().invoke(app, ["enrich", article, "figures", "--explain", "--json"])
    sentences = json.loads(result.stdout)["figures"]
    assert [sentence["figures"] for sentence in sentences] == [["killed 12 (at_least, incident)"], []]


def test_text_without_numbers_says_that_nothing_is_to_explain(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("The council met.", encoding="utf-8")
    result = CliRunner().invoke(app, ["enrich", str(path), "--explain", "figures"])
    assert "No sentence names a number" in result.stdout


def test_second_argument_without_explain_is_refused(article: str) -> None:
    assert CliRunner().invoke(app, ["enrich", article, "figures"]).exit_code != 0
