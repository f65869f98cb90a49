"""Which rules an article satisfies.

A rule is looked at only when the article has one of the keys that its query needs (a word, a value, a field that is
there), so that a thousand rules cost little more than the few that are near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from pipeline.alerting.compiled import SOURCES, Compiled, compile_rule
from pipeline.alerting.evidence import Reading, evidence
from pipeline.alerting.grouping import article_about, document_about, is_of_lists, values_of
from pipeline.alerting.rule import Rule
from pipeline.alerting.severity import escalated
from pipeline.alerting.telling import tell
from pipeline.alerting.template import fill, plain
from pipeline.document import check_identity, part_of_document, to_document
from pipeline.document_view import ArticleViews
from pipeline.outline import ArticleReader
from pipeline.query import CandidateIndex, View, fields_of, held_clauses, view
from pipeline.query.moments import to_ms
from pipeline.query.tree import Not
from schemas.alert import Match
from schemas.enrichment import EnrichedArticle

MAX_VALUES: Final = 100
"""Values of one field that a match carries; an article that names ten thousand people must still fit into a message."""


@dataclass(frozen=True, slots=True)
class Found:
    """The rules that an article satisfies, and what they were tried on."""

    rules: tuple[Compiled, ...]
    """In order of id."""
    seen: View
    """With the fields that some rule looks at."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a rule matches an article or does not."""

    rule_id: str
    matched: bool
    held: tuple[str, ...]
    """Clauses that hold, as query text."""
    missing: tuple[str, ...]
    """Clauses that do not hold."""
    values: Mapping[str, Any]
    """What the article has in the rule's fields."""


def event_time(article: EnrichedArticle) -> datetime:
    """When an alert about *article* counts: publication, but never after it was observed; else observation.

    Raises:
        ValueError: it has neither; the enricher fills `observed_at`.
    """
    times = [moment for moment in (article.published_at, article.observed_at) if moment is not None]
    if not times:
        raise ValueError("article has neither published_at nor observed_at, so no alert can be placed in time")
    return min(times)


def _first(value: Any) -> str:
    """A group's name: the first of several values; empty when there is none."""
    first = next(iter(value), None) if isinstance(value, (list, tuple)) else value
    if isinstance(first, bool):
        return "true" if first else "false"
    return "" if first is None else plain(str(first))


def _values(names: Iterable[str], document: Mapping[str, Any]) -> dict[str, Any]:
    found = ((name, document[name]) for name in names if document.get(name) is not None)
    return {name: value[:MAX_VALUES] if isinstance(value, list) else value for name, value in found}


def match_document(
    compiled: Compiled, document: Mapping[str, Any], seen: View, moment: datetime, reading: Reading | None = None
) -> Match:
    """The match of a document that the rule's predicate accepts.

    Args:
        seen: the document's view.
        moment: event time of the article.
        reading: the article, whole. None: the match quotes no sentences.
    """
    clauses = held_clauses(compiled.node, seen)
    leaves = tuple(clause for clause in clauses if not isinstance(clause, Not))
    rule = compiled.rule
    values = _values(compiled.fields, document)
    return Match(
        rule_id=rule.id,
        rule_version=rule.version,
        group=_first(document.get(rule.group_by)) if rule.group_by else "",
        article_id=document["id"],
        severity=escalated(rule.severity, rule.escalate, values),
        channel=rule.channel,
        title=fill(rule.message, document),
        summary=tell(clauses, document, reading.article if reading else None),
        url=document.get("url"),
        values=values,
        evidence=evidence(reading, leaves) if reading else (),
        event_time=moment,
        throttle_seconds=rule.throttle_seconds,
        update_on=rule.update_on,
        update_factor=rule.update_factor,
        mode=document["mode"],
        observed_at=document.get("observed_at"),
        source=next((document[name] for name in SOURCES if document.get(name)), None),
        condition=rule.window_condition,
        lateness_seconds=rule.lateness_seconds,
        escalate=rule.escalate,
        steps=tuple(step for step, holds in compiled.steps if holds(seen)),
    )


Part = tuple[EnrichedArticle, Mapping[str, Any], View]
"""An article, its document and its view, as far as they concern one group."""


def parts(compiled: Compiled, article: EnrichedArticle, document: Mapping[str, Any], seen: View) -> Iterator[Part]:
    """What matches of an article that satisfies the rule: all of it, or a part for each group.

    Args:
        document: the article's, with the fields that the rule needs.
        seen: the article's view.
    """
    rule = compiled.rule
    if not rule.group_each or rule.group_by is None:
        yield article, document, seen
        return
    for value in values_of(rule.group_by, document):
        if not is_of_lists(rule.group_by):
            yield article, document_about(document, rule.group_by, value), seen
            continue
        about = article_about(article, rule.group_by, value)
        view_of_it = compiled.views.view(about, to_ms(event_time(about)))
        if compiled.predicate(view_of_it):
            yield about, part_of_document(about, compiled.needs), view_of_it


def _matches(compiled: Compiled, reading: Reading, document: Mapping[str, Any], seen: View) -> Iterator[Match]:
    for article, part, seen_part in parts(compiled, reading.article, document, seen):
        of_it = reading if article is reading.article else Reading(article)
        yield match_document(compiled, part, seen_part, event_time(article), of_it)


def _explain(compiled: Compiled, document: Mapping[str, Any], seen: View) -> Explanation:
    return Explanation(
        rule_id=compiled.rule.id,
        matched=compiled.predicate(seen),
        held=tuple(dict.fromkeys(leaf.text for leaf, holds in compiled.clauses if holds(seen))),
        missing=tuple(dict.fromkeys(leaf.text for leaf, holds in compiled.clauses if not holds(seen))),
        values=_values(compiled.fields, document),
    )


def matches(found: Found, article: EnrichedArticle) -> tuple[Match, ...]:
    """The matches of *article*, of which *found* was found, with what supports them."""
    if not found.rules:
        return ()
    check_identity(article)
    document = part_of_document(article, frozenset().union(*(each.needs for each in found.rules)))
    reading = Reading(article)
    return tuple(match for each in found.rules for match in _matches(each, reading, document, found.seen))


class RuleSet:
    """The enabled rules, indexed. Immutable."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """
        Raises:
            ValueError: two rules have one id.
        """
        enabled = sorted((rule for rule in rules if rule.enabled), key=lambda rule: rule.id)
        for before, after in pairwise(enabled):
            if before.id == after.id:
                raise ValueError(f"two rules are called {after.id!r}; rename one")
        self._compiled = tuple(map(compile_rule, enabled))
        self._index = CandidateIndex((each.node, each) for each in self._compiled)
        self._fields = frozenset(name for each in self._compiled for name in fields_of(each.node))
        self._views = ArticleViews(self._fields)
        self.reader = ArticleReader(self._fields)
        """Reads of an article in JSON what `find` needs."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """In order of id."""
        return tuple(compiled.rule for compiled in self._compiled)

    @property
    def channels(self) -> frozenset[str]:
        return frozenset(rule.channel for rule in self.rules)

    def view(self, article: EnrichedArticle) -> View:
        """The article as rules see it.

        Raises:
            ValueError: it has no id, or was not observed.
        """
        check_identity(article)
        return self._views.view(article, to_ms(event_time(article)))

    def candidates(self, seen: View) -> tuple[Compiled, ...]:
        """The rules that may match, in order of id."""
        return self._index.candidates(seen)

    def find(self, article: EnrichedArticle) -> Found:
        """The rules that *article* satisfies; what `reader` reads of it is enough.

        Raises:
            ValueError: the article has no id, or was not observed.
        """
        seen = self.view(article)
        return Found(tuple(each for each in self.candidates(seen) if each.predicate(seen)), seen)

    def match(self, article: EnrichedArticle) -> tuple[Match, ...]:
        """The matches of *article*, in order of rule id.

        Raises:
            ValueError: the article has no time at all.
        """
        return matches(self.find(article), article)

    def explain(self, article: EnrichedArticle) -> tuple[Explanation, ...]:
        """For every rule, why it matches *article* or does not, in order of rule id."""
        document = to_document(article)
        seen = view(document, to_ms(event_time(article)))
        return tuple(_explain(each, document, seen) for each in self._compiled)
