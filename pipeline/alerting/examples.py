"""Run the examples that a rule carries: each is enriched as an article would be, then matched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from pipeline.alerting.rule import Example, Rule
from pipeline.alerting.ruleset import Explanation, RuleSet
from pipeline.enrich import enrich
from pipeline.lists import screener_of
from schemas.article import Article

_OBSERVED: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Any fixed time: an example that depends on it states `published_at`."""


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What came of one example. `number` counts from 1, in the order of the file."""

    rule_id: str
    number: int
    text: str
    expected: bool
    matched: bool
    explanation: Explanation

    @property
    def passed(self) -> bool:
        return self.expected == self.matched


def article_of(example: Example, number: int) -> Article:
    """The example as an article that was observed when it was published."""
    return Article(
        id=f"example-{number}",
        title=example.title,
        body=example.text,
        published_at=example.published_at,
        observed_at=example.published_at or _OBSERVED,
    )


def _entry(name: str) -> dict[str, Any]:
    return {"id": name, "source": "example", "schema": "Person", "name": name, "aliases": ()}


def run_examples(rule: Rule) -> Iterator[ExampleResult]:
    """One result per example of *rule*; a rule that is switched off is tried all the same."""
    rules = RuleSet([rule.model_copy(update={"enabled": True})])
    for number, example in enumerate(rule.examples, 1):
        screener = screener_of(_entry(name) for name in example.listed)
        [explanation] = rules.explain(enrich(article_of(example, number), screener=screener))
        yield ExampleResult(
            rule_id=rule.id,
            number=number,
            text=example.text or example.title or "",
            expected=example.match,
            matched=explanation.matched,
            explanation=explanation,
        )
