"""The sentences that support a match: for each clause of the query that held, the findings or words it is about.

A clause about a toll points at the figures that support it, one about events at the events, one about a name at its
mentions, a word at the word. Clauses about the article itself (source, language, dates) point at nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import Final, get_args

from pipeline.alerting.telling import contested, fields_of_clause, is_wanted, meant
from pipeline.alerting.template import plain
from pipeline.query.predicate import wildcard_pattern
from pipeline.query.tokenize import Word, word_spans
from pipeline.query.tree import Leaf, Phrase, Term, Wildcard
from pipeline.text import Text, analyse
from schemas.alert import EvidenceText
from schemas.enrichment import EnrichedArticle, Evidence, FigureKind, Span, TextField

MAX_SENTENCE: Final = 1_000
"""Characters of one evidence sentence."""
MAX_PER_CLAUSE: Final = 2
MAX_EVIDENCE: Final = 6
"""Sentences of one match: what a person reads in a notification."""
_LEAD: Final = 200
"""Characters kept before the words that count when a sentence has to be cut."""

_KINDS: Final = frozenset[str](get_args(FigureKind))
_START: Final = attrgetter("start")
_ENTITY_TYPES: Final = {"people": "person", "organisations": "organisation", "nationalities": "nationality"}


@dataclass(frozen=True)
class Reading:
    """An article with its texts, cut into sentences and words when that is first needed: once, for all its matches."""

    article: EnrichedArticle

    @cached_property
    def _paragraphs(self) -> list[int]:
        """Where the body's paragraphs begin; only 0 where a paragraph may be cut otherwise than it is in the whole."""
        body = self.article.body
        starts = [0, *(match.end() for match in re.finditer("\n\n", body))]
        is_plain = 2 * len(starts) - 1 == len(body.splitlines()) and body.count("\n") == 2 * (len(starts) - 1)
        return starts if is_plain and not any(part.islower() for part in body.split("\n\n")) else [0]

    @cached_property
    def _cut_ones(self) -> dict[tuple[TextField, int], Text]:
        """What was cut already."""
        return {}

    @cached_property
    def title_words(self) -> tuple[Word, ...]:
        return tuple(word_spans(self.article.title or ""))

    @cached_property
    def body_words(self) -> tuple[Word, ...]:
        return tuple(word_spans(self.article.body))

    def _text(self, field: TextField, start: int, end: int | None) -> Text:
        key = field, start
        if key not in self._cut_ones:
            raw = (self.article.title or "") if field == "title" else self.article.body
            self._cut_ones[key] = analyse(raw[start:end], field)
        return self._cut_ones[key]

    def _around(self, span: Span) -> tuple[Text, int]:
        """The paragraph in which *span* begins and where that begins: most of a body is never cut."""
        if span.field == "title":
            return self._text("title", 0, None), 0
        at = bisect_right(self._paragraphs, span.start) - 1
        start, end = self._paragraphs[at], next(iter(self._paragraphs[at + 1 : at + 2]), None)
        return self._text("body", start, end), start

    def sentence_of(self, span: Span) -> Span:
        """The sentence in which *span* begins; the span itself when the text has none there."""
        text, offset = self._around(span)
        at = bisect_right(text.sentences, span.start - offset, key=_START) - 1
        if at < 0 or span.start >= text.sentences[at].end + offset:
            return span
        start, end = text.sentences[at].start + offset, text.sentences[at].end + offset
        return Span(start=start, end=max(end, span.end), field=span.field)


@dataclass(frozen=True)
class Support:
    """Words in the article and the sentence around them."""

    span: Span
    sentence: Span


def _cut(reading: Reading, support: Support) -> str:
    """The sentence as one line; of a long one the stretch round the words that count."""
    raw = (reading.article.title or "") if support.sentence.field == "title" else reading.article.body
    start = support.sentence.start
    if support.sentence.end - start > MAX_SENTENCE:
        start = max(start, support.span.start - _LEAD)
    return plain(raw[start : min(support.sentence.end, start + MAX_SENTENCE)], MAX_SENTENCE)


def _of(findings: Iterable[Evidence]) -> Iterator[Support]:
    return (Support(finding.span, finding.sentence) for finding in findings)


def _mentions(reading: Reading, spans: Iterable[Span]) -> Iterator[Support]:
    return (Support(span, reading.sentence_of(span)) for span in spans)


def _toll(reading: Reading, field: str, leaf: Leaf) -> Iterator[Support]:
    """The figures that decide it; of a disputed one also those that say otherwise."""
    _, kind, part = field.split(".")
    enrichment = reading.article.enrichment
    if part == "disputed":
        return _of(contested(reading.article, kind))
    toll = enrichment.toll.get(kind) if kind in _KINDS else None  # type: ignore[call-overload]
    supported_by = toll.supported_by if toll else ()
    return _of(enrichment.figures[index] for index in supported_by if index < len(enrichment.figures))


def _figures(reading: Reading, field: str, leaf: Leaf) -> Iterator[Support]:
    return _of(figure for figure in reading.article.enrichment.figures if is_wanted(leaf, figure.kind))


def _events(reading: Reading, field: str, leaf: Leaf) -> Iterator[Support]:
    return _of(
        event
        for event in reading.article.enrichment.events
        if is_wanted(leaf, event.type, event.cameo, event.plover)
        and (field != "events.asserted" or event.factuality == "asserted")
    )


def _sanctions(reading: Reading, field: str, leaf: Leaf) -> Iterator[Support]:
    """Mentions with the wanted stage, mode or measure; all when the clause is about something else, as `flagged` is."""
    mentions = reading.article.enrichment.sanctions.mentions
    wanted = [m for m in mentions if is_wanted(leaf, m.stage, m.mode, m.measure, *m.issuers, *m.targets)]
    return _of(wanted or mentions)


def _listed(reading: Reading, field: str, leaf: Leaf) -> Iterator[Support]:
    return _of(meant(reading.article, leaf))


def _entities(reading: Reading, field: str, leaf: Leaf) -> Iterator[Support]:
    for entity in reading.article.enrichment.entities:
        if entity.type == _ENTITY_TYPES[field] and is_wanted(leaf, entity.name, entity.country):
            yield from _mentions(reading, entity.mentions[:1])


def _locations(reading: Reading, field: str, leaf: Leaf) -> Iterator[Support]:
    for location in reading.article.enrichment.locations:
        if is_wanted(leaf, location.name, location.country):
            yield from _mentions(reading, location.mentions[:1])


def _fits(leaf: Leaf) -> tuple[Callable[[str], bool], ...]:
    """One test for each word in a row that *leaf* asks for."""
    if isinstance(leaf, Term):
        return (leaf.value.__eq__,)
    if isinstance(leaf, Phrase):
        return tuple(word.__eq__ for word in leaf.words)
    if isinstance(leaf, Wildcard):
        pattern = wildcard_pattern(leaf.parts)
        return (lambda word: pattern.fullmatch(word) is not None,)
    return ()


def _words(reading: Reading, field: str, leaf: Leaf) -> Iterator[Support]:
    fits = _fits(leaf)
    if not fits:
        return
    name: TextField = "title" if field == "title" else "body"
    found = reading.title_words if field == "title" else reading.body_words
    for index in range(len(found) - len(fits) + 1):
        if not fits[0](found[index].text):
            continue
        row = found[index : index + len(fits)]
        if all(fit(word.text) for fit, word in zip(fits, row, strict=True)):
            span = Span(start=row[0].start, end=row[-1].end, field=name)
            yield Support(span, reading.sentence_of(span))


Find = Callable[[Reading, str, Leaf], Iterator[Support]]

#: Field, or prefix that ends with a dot, to what supports a clause about it, strongest evidence first.
FINDERS: Final[tuple[tuple[str, Find], ...]] = (
    ("toll.", _toll),
    ("events.", _events),
    ("sanctions.listed_names", _listed),
    ("lists.", _listed),
    ("sanctions.", _sanctions),
    ("figures.", _figures),
    ("title", _words),
    ("body", _words),
    ("people", _entities),
    ("organisations", _entities),
    ("nationalities", _entities),
    ("places", _locations),
    ("places.event", _locations),
    ("countries", _locations),
    ("primary_country", _locations),
)


def _rank(field: str) -> int | None:
    for rank, (name, _) in enumerate(FINDERS):
        if field == name or (name.endswith(".") and field.startswith(name)):
            return rank
    return None


def _supports(reading: Reading, held: tuple[Leaf, ...]) -> Iterator[Support]:
    """The first of each clause before the second of any, so that no clause goes without."""
    asked = [
        (rank, field, leaf) for leaf in held for field in fields_of_clause(leaf) if (rank := _rank(field)) is not None
    ]
    found = [
        (place, rank, support)
        for rank, field, leaf in asked
        for place, support in enumerate(islice(FINDERS[rank][1](reading, field, leaf), MAX_PER_CLAUSE))
    ]
    return (support for _, _, support in sorted(found, key=lambda each: each[:2]))


def evidence(reading: Reading, held: tuple[Leaf, ...]) -> tuple[EvidenceText, ...]:
    """At most six sentences of the article that support the clauses *held*, each once, strongest first."""
    found: dict[tuple[str, int], EvidenceText] = {}
    for support in _supports(reading, held):
        key = (support.sentence.field, support.sentence.start)
        sentence = _cut(reading, support)
        if key not in found and sentence:
            span = Span(start=support.span.start, end=support.span.end, field=support.span.field)  # of a struct too
            found[key] = EvidenceText(article_id=reading.article.id or "", span=span, sentence=sentence)
        if len(found) == MAX_EVIDENCE:
            break
    return tuple(found.values())
