"""`tocsin enrich --explain`: every name and place with its candidates, scores and the evidence that decided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from agents.cli.main import app
from pipeline.enrich import enrich
from pipeline.explain import explain
from schemas.article import Article

TEXT = (
    "French police fired on marchers in Brest on Monday. President Ngozi Adeyemi of Nigeria and Adeyemi's aides were "
    "in Lagos. Nursultan Nazarbayev left."
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


def _run(*arguments: str, given: str = TEXT) -> Result:
    result = CliRunner().invoke(app, ["enrich", "-", "--explain", *arguments], input=given)
    assert result.exit_code == 0, result.output
    return result


def _explained() -> dict[str, Any]:
    explanation: dict[str, Any] = json.loads(_run("--json").stdout)["explanation"]
    return explanation


def test_senses_of_a_place_are_listed_with_scores_and_what_decided() -> None:
    brest = next(place for place in _explained()["places"]["names"] if place["name"] == "Brest")
    assert [sense["place"] for sense in brest["senses"]][:2] == ["Brest, Brittany, FR", "Brest, BY"]
    assert brest["decided"].startswith("not Brest, BY: ")
    for sense in brest["senses"]:
        parts = sense["prior"] + sense["container"] + sense["votes"] + sense["nearness"]
        assert sense["total"] == pytest.approx(parts, abs=0.25)


def test_mentions_of_a_person_are_listed_with_rules_and_reasons_in_words() -> None:
    person = next(name for name in _explained()["names"] if name["name"] == "Ngozi Adeyemi")
    assert (person["title"], person["country"]) == ("President", "NG")
    assert person["country_why"] == "the country is named beside it"
    assert [mention["text"] for mention in person["mentions"]] == ["Ngozi Adeyemi", "Adeyemi"]
    assert person["mentions"][1]["joined"] == "the surname of the full name"
    assert all(mention["why"] and not mention["why"].startswith("names.") for mention in person["mentions"])


def test_the_explanation_is_of_what_the_record_holds() -> None:
    record = json.loads(_run("--json").stdout)
    explained = [(name["type"], name["name"], len(name["mentions"])) for name in record["explanation"]["names"]]
    found = [(entity["type"], entity["name"], len(entity["mentions"])) for entity in record["enrichment"]["entities"]]
    assert explained == found


def test_the_page_fits_80_columns() -> None:
    printed = _run().stdout
    assert max(map(len, printed.splitlines())) <= 80
    for shown in ("Brest, Brittany, FR", "the surname of the full name", "Nationalities and publisher vote: FR"):
        assert shown in printed


def test_an_article_without_names_explains_nothing() -> None:
    explanation = explain(Article(body="it rained all day"))
    assert (explanation.names, explanation.places.names) == ((), ())


def test_a_refused_name_says_why() -> None:
    article = Article(body="The firm paid US$40 million.")
    refused = [place for place in explain(article).places.names if not place.senses]
    assert [place.decided for place in refused] == ["a currency, not a place"] * len(refused)
    assert not enrich(article).enrichment.locations
