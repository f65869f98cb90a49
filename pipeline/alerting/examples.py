"""Run the examples that a rule carries: enriched as articles would be, matched, and watched as the alerter does.

An example comes out as a match when an alert is raised. Articles that do not match let event time pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pipeline.alerting.rule import Example, ExampleArticle, Rule
from pipeline.alerting.ruleset import Explanation, RuleSet, event_time
from pipeline.alerting.watch import Watch
from pipeline.enrich import enrich
from pipeline.lists import screener_of
from schemas.alert import Alert
from schemas.article import Article, Source
from schemas.duration import duration_seconds
from schemas.enrichment import EnrichedArticle

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


def articles_of(example: Example, number: int) -> tuple[Article, ...]:
    """The example as articles that were observed when they were published, in order of arrival."""
    start = example.published_at or _OBSERVED
    if not example.articles:
        return (
            Article(
                id=f"example-{number}",
                title=example.title,
                body=example.text,
                published_at=example.published_at,
                observed_at=start,
            ),
        )
    return tuple(_article(one, f"example-{number}-{place}", start) for place, one in enumerate(example.articles, 1))


def article_of(example: Example, number: int) -> Article:
    """The last article of the example."""
    return articles_of(example, number)[-1]


def _article(one: ExampleArticle, name: str, start: datetime) -> Article:
    moment = start + timedelta(seconds=duration_seconds(one.at))
    source = Source(id=one.source, name=one.source) if one.source else Source()
    return Article(
        id=one.id or name,
        title=one.title,
        body=one.text,
        published_at=moment,
        observed_at=moment,
        source=source,
    )


def _entry(name: str) -> dict[str, Any]:
    return {"id": name, "source": "example", "schema": "Person", "name": name, "aliases": ()}


def run_examples(rule: Rule) -> Iterator[ExampleResult]:
    """One result per example of *rule*; a rule that is switched off is tried all the same."""
    rules = RuleSet([rule.model_copy(update={"enabled": True})])
    for number, example in enumerate(rule.examples, 1):
        screener = screener_of(_entry(name) for name in example.listed)
        articles = [enrich(article, screener=screener) for article in articles_of(example, number)]
        [explanation] = rules.explain(articles[-1])
        texts = [*(article.text or article.title for article in example.articles), example.text, example.title]
        yield ExampleResult(
            rule_id=rule.id,
            number=number,
            text=next(text for text in texts if text),
            expected=example.match,
            matched=bool(alerts_of(rules, articles)),
            explanation=explanation,
        )


def alerts_of(rules: RuleSet, articles: Iterable[EnrichedArticle]) -> tuple[Alert, ...]:
    """The alerts of *rules* when *articles* come in this order, each at its event time or later."""
    watch, alerts = Watch(), list[Alert]()
    for article in articles:
        watch, passed = watch.advance(event_time(article), _then)
        watch, raised = watch.take(((0, match) for match in rules.match(article)), _then)
        alerts += [*passed, *(alert for some in raised for alert in some)]
    return (*alerts, *watch.finish(_then))


def _then(moment: datetime) -> datetime:
    return moment
