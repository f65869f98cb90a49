"""Running the examples that a rule file carries: each is enriched as an article would be, then matched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pipeline.alerting.rule import Rule
from pipeline.alerting.ruleset import RuleSet
from pipeline.enrich import enrich
from schemas.article import Article

_OBSERVED: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Any fixed time: an example that depends on it states `published_at`."""


@dataclass(frozen=True)
class ExampleResult:
    """What came of one example. `number` counts from 1, in the order of the file."""

    rule_id: str
    number: int
    text: str
    expected: bool
    matched: bool

    @property
    def passed(self) -> bool:
        return self.expected == self.matched


def run_examples(rule: Rule) -> Iterator[ExampleResult]:
    """One result per example of *rule*; a rule that is switched off is tried all the same."""
    rules = RuleSet([rule.model_copy(update={"enabled": True})])
    for number, example in enumerate(rule.examples, 1):
        article = Article(
            id=f"example-{number}",
            title=example.title,
            body=example.text,
            published_at=example.published_at,
            observed_at=_OBSERVED,
        )
        matched = bool(rules.match(enrich(article)))
        yield ExampleResult(rule.id, number, example.text or example.title or "", example.match, matched)
