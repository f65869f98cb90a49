"""What a rule would have raised on documents that are there already: no clock, no index, nothing is sent.

documents, articles -> matches, in order of event time -> the same `Watch` that the alerter uses -> alerts per day

Event time passes with the rule's own matches, so that a silence is seen once another group is heard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from pipeline.alerting.compiled import Compiled, compile_rule
from pipeline.alerting.group import arrival
from pipeline.alerting.grouping import document_about, values_of
from pipeline.alerting.rule import Rule
from pipeline.alerting.ruleset import event_time, match_document, parts
from pipeline.alerting.watch import Watch
from pipeline.document import check_identity, part_of_document
from pipeline.document_view import ArticleViews
from pipeline.outline import ArticleReader
from pipeline.query import View, fields_of, view
from pipeline.query.moments import from_ms, to_ms
from schemas.alert import Alert, Match
from schemas.enrichment import EnrichedArticle


@dataclass(frozen=True, slots=True)
class Backtest:
    """What came of one rule."""

    documents: int
    """Documents that were looked at."""
    matches: int
    alerts: tuple[Alert, ...]
    """In order of event time; `raised_at` is the event time."""

    @property
    def updates(self) -> int:
        """Alerts that tell of a situation again, for example because a toll rose."""
        return sum(alert.update_of is not None for alert in self.alerts)

    @property
    def per_day(self) -> Mapping[date, int]:
        """Alerts of each UTC day that has any, earliest first."""
        return Counter(alert.event_time.date() for alert in self.alerts)

    @property
    def per_week(self) -> Mapping[date, int]:
        """Alerts of each week that has any, by its Monday, UTC."""
        return Counter(_monday(alert.event_time) for alert in self.alerts)

    def missing_from(self, other: Backtest) -> tuple[Alert, ...]:
        """The alerts that *other* has not: about another article, or another group of the same."""
        theirs = {_about(alert) for alert in other.alerts}
        return tuple(alert for alert in self.alerts if _about(alert) not in theirs)


def _monday(moment: datetime) -> date:
    return moment.date() - timedelta(days=moment.weekday())


def _about(alert: Alert) -> tuple[str, tuple[str, ...]]:
    return alert.group, alert.article_ids


def trial(compiled: Compiled, documents: Iterable[Mapping[str, Any]]) -> Iterator[Match]:
    """The matches of a rule, switched off or not, on flat index documents, in their order.

    They carry no evidence sentences: documents hold none of the spans.

    Raises:
        DocumentError: a field that the rule asks for has a value of a wrong type.
    """
    asked = fields_of(compiled.node)
    for document in documents:
        moment = _event_time(document)
        found = view(document, to_ms(moment), asked)
        if compiled.predicate(found):
            # A backfilled article would have come live.
            for part in _parts(compiled.rule, {**document, "mode": "live"}):
                yield match_document(compiled, part, found, moment)


def _parts(rule: Rule, document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """As `pipeline.alerting.ruleset.parts`, as far as a document without its article can tell."""
    if not rule.group_each or rule.group_by is None:
        yield document
        return
    for value in values_of(rule.group_by, document):
        yield document_about(document, rule.group_by, value)


Tried: TypeAlias = tuple[tuple[Match, ...], ...]
"""For each rule its matches."""


class Trials:
    """Rules, switched off or not, that are tried on articles instead of documents; else as `trial`."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._compiled = tuple(map(compile_rule, rules))
        asked = frozenset(name for each in self._compiled for name in fields_of(each.node))
        self._views = ArticleViews(asked)
        self.reader = ArticleReader(asked.union(*(each.needs for each in self._compiled)))
        """Reads of an article in JSON what `matches` needs."""

    def matches(self, article: EnrichedArticle) -> Tried:
        """What each rule, in the order given, makes of *article*.

        Raises:
            ValueError: the article has no id, or was not observed.
        """
        check_identity(article)
        ms = to_ms(event_time(article))
        seen = self._views.view(article, ms)
        return tuple(tuple(_matches(each, article, seen, from_ms(ms))) for each in self._compiled)


def _matches(compiled: Compiled, article: EnrichedArticle, seen: View, moment: datetime) -> Iterator[Match]:
    if not compiled.predicate(seen):
        return
    document = part_of_document(article, compiled.needs)
    for _, part, seen_part in parts(compiled, article, document, seen):
        yield match_document(compiled, {**part, "mode": "live"}, seen_part, moment)


def backtest(documents: int, matches: Iterable[Match]) -> Backtest:
    """What the alerter would have raised of *matches*, had each article arrived at its event time.

    Args:
        documents: how many documents the matches were looked for in.
    """
    in_order = sorted(matches, key=arrival)
    alerts = sorted(_alerts(in_order), key=lambda alert: alert.event_time)
    return Backtest(documents, len(in_order), tuple(alerts))


def _event_time(document: Mapping[str, Any]) -> datetime:
    """As `pipeline.alerting.ruleset.event_time`, from the document's two times."""
    times = [document[name] for name in ("published_at", "observed_at") if name in document]
    return min(datetime.fromisoformat(time) for time in times)


def _alerts(matches: Sequence[Match]) -> Iterator[Alert]:
    watch, raised = Watch().take(((0, match) for match in matches), lambda moment: moment)
    for alerts in raised:
        yield from alerts
    if matches:
        yield from watch.finish(lambda moment: moment)
