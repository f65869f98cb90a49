"""The rules that Tocsin ships do what their files promise, on their examples and on the sample articles."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from pipeline.alerting import AlertState, Rule, RuleSet, Watch, parse_rule
from pipeline.alerting.examples import ExampleResult, alerts_of, run_examples
from pipeline.articles import InvalidMessageError, decode_article
from pipeline.enrich import enrich
from schemas.alert import Alert, Match
from schemas.article import Article
from schemas.condition import Condition

ROOT = Path(__file__).parents[3]
SAMPLES = sorted(path for path in (ROOT / "seeds/articles").glob("*.jsonl") if path.stem != "malformed")
RULE_FILES = sorted((ROOT / "seeds/rules").glob("*.toml"))
EXPECTED: dict[str, dict[str, list[str]]] = json.loads((ROOT / "tests/data/alerting/samples.json").read_text("utf-8"))
KINDS = get_args(get_args(Condition)[0])
RAISED = datetime(2026, 6, 1, tzinfo=UTC)


@cache
def rules() -> dict[str, Rule]:
    found = [parse_rule(path.read_text("utf-8"), path.name) for path in RULE_FILES]
    return {rule.id: rule for rule in found}


@cache
def samples() -> tuple[Article, ...]:
    lines = (line for path in SAMPLES for line in path.read_text("utf-8").splitlines())
    articles = [decode_article(line.encode(), timestamp_ms=None) for line in lines]
    return tuple(sorted(articles, key=lambda article: str(article.observed_at)))


@cache
def matches() -> tuple[Match, ...]:
    rule_set = RuleSet(rules().values())
    return tuple(match for article in samples() for match in rule_set.match(enrich(article)))


def raised(taken: Sequence[Match], watch: Watch | None = None) -> tuple[Watch, list[Alert]]:
    watch, found = (watch or Watch()).take(((0, match) for match in taken), lambda _: RAISED)
    return watch, [alert for alerts in found for alert in alerts]


@cache
def alerts() -> tuple[Alert, ...]:
    watch, found = raised(matches())
    return (*found, *watch.finish(lambda _: RAISED))


def slug(url: str | None) -> str:
    return (url or "").partition("/samples/")[2]


def example_numbers() -> list[tuple[str, int]]:
    return [(rule.id, number) for rule in rules().values() for number in range(1, len(rule.examples) + 1)]


@cache
def examples_of(rule_id: str) -> tuple[ExampleResult, ...]:
    return tuple(run_examples(rules()[rule_id]))


def test_every_rule_has_its_file_and_its_samples() -> None:
    assert set(rules()) == {path.stem for path in RULE_FILES} == set(EXPECTED)
    assert len(rules()) >= 25


def test_every_kind_of_condition_and_every_desk_has_a_rule() -> None:
    kinds = {rule.condition.kind if rule.condition else "any" for rule in rules().values()}
    assert kinds == {"any", *(kind.model_fields["kind"].annotation.__args__[0] for kind in KINDS)}
    assert {rule.channel for rule in rules().values()} >= {
        "human-rights",
        "sanctions",
        "newsroom",
        "crisis",
        "security",
    }


@pytest.mark.parametrize("rule_id", sorted(EXPECTED))
def test_a_rule_has_examples_on_either_side(rule_id: str) -> None:
    rule = rules()[rule_id]
    kinds = [example.match for example in rule.examples]
    least = (3, 3) if rule.window_condition is None else (1, 2)
    assert (kinds.count(True) >= least[0], kinds.count(False) >= least[1]) == (True, True)


@pytest.mark.parametrize(("rule_id", "number"), example_numbers())
def test_an_example_comes_out_as_its_rule_says(rule_id: str, number: int) -> None:
    result = examples_of(rule_id)[number - 1]
    assert result.passed, f"{result.text}\n{result.explanation}"


@pytest.mark.parametrize(
    ("rule_id", "name"), [(rule, name) for rule, cases in EXPECTED.items() for name in cases["fires"]]
)
def test_a_rule_fires_on_the_samples_it_is_for(rule_id: str, name: str) -> None:
    assert name in {slug(alert.url) for alert in alerts() if alert.rule_id == rule_id}


@pytest.mark.parametrize(
    ("rule_id", "name"), [(rule, name) for rule, cases in EXPECTED.items() for name in cases["silent"]]
)
def test_a_rule_stays_silent_on_near_misses(rule_id: str, name: str) -> None:
    assert name in {slug(article.url) for article in samples()}
    assert name not in {slug(alert.url) for alert in alerts() if alert.rule_id == rule_id}


def test_every_match_of_a_seed_rule_quotes_evidence() -> None:
    assert [slug(match.url) for match in matches() if not match.evidence] == []


def test_a_growing_toll_is_told_as_updates_and_a_copy_is_not() -> None:
    ethiopia = [match for match in matches() if slug(match.url).startswith("updates/addis")]
    held = [alert for alert in raised(ethiopia)[1] if alert.rule_id == "mass_detention"]
    assert [slug(alert.url) for alert in held] == [
        "updates/addis-arrests",
        "updates/addis-arrests-2",
        "updates/addis-arrests-3",
    ]
    assert [alert.values["toll.detained.best"] for alert in held] == [640, 1150, 2480]
    assert [alert.update_of for alert in held] == [None, held[0].id, held[0].id]


def test_replaying_the_samples_backwards_adds_no_alert() -> None:
    watch, found = raised(matches())
    assert found
    assert raised(matches()[::-1], watch)[1] == []
    assert raised(matches()[::-1], replace(watch, alerts=AlertState.from_alerts(found)))[1] == []


def test_samples_are_marked_as_invented_and_lead_nowhere() -> None:
    for article in samples():
        assert "sample" in article.tags
        assert article.source.id == "tocsin-samples"
        assert "invented" in article.extra["note"]
        assert article.source.domain in ("example.org", "example.com")


def test_samples_have_fixed_times_and_one_line_a_revision() -> None:
    revisions = [(article.id, article.revision) for article in samples()]
    assert len(revisions) == len(set(revisions)) >= 80
    assert all(article.published_at and article.observed_at for article in samples())
    assert any(article.revision for article in samples())


def test_the_malformed_sample_is_refused() -> None:
    [line] = (ROOT / "seeds/articles/malformed.jsonl").read_bytes().splitlines()
    with pytest.raises(InvalidMessageError) as caught:
        decode_article(line, timestamp_ms=None)
    assert caught.value.reason == "invalid_json"


def seed_folder() -> Path:
    return Path(os.environ.get("TOCSIN_SHARED", ROOT.parent / "shared")) / "quality/cases"


@pytest.mark.skipif(
    not (seed_folder() / "seed.txt").is_file(), reason="the development data is not beside the checkout"
)
def test_the_seed_article_raises_what_it_must_and_nothing_that_it_must_not() -> None:
    wanted = json.loads((seed_folder() / "seed.json").read_text("utf-8"))["alerts"]
    article = Article(id="seed", body=(seed_folder() / "seed.txt").read_text("utf-8"), observed_at=RAISED)
    fired = {alert.rule_id: alert for alert in alerts_of(RuleSet(rules().values()), [enrich(article)])}
    expected = {one["kind"]: one for one in wanted["must_fire"] if one["kind"] != "narrative_divergence"}
    assert fired.keys() == expected.keys()
    for kind, one in expected.items():
        # A meeting is filed under what it is about; the article names its venue among the other places.
        country = "KZ" if kind == "calendar_followup" else one["country"]
        assert (fired[kind].severity, fired[kind].group) == (one["severity"], country)
    assert not fired.keys() & {one["kind"] for one in wanted["must_not_fire"]}
