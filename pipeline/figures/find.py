"""How many people something happened to, who says so, and what was refused.

The flow, per sentence that holds a trigger word (the others are only searched for stray numbers):

    tokens -> items (numbers, noun phrases, triggers)   items.py, numbers.py, nouns.py, refusals.py
           -> parts settled                             structure.py
           -> candidates, by rules over item letters    patterns.py, candidates.py
           -> meaning in context                        meaning.py, scope.py, attribution.py, perpetrators.py, dates.py
           -> figures                                   figure.py
    figures -> toll                                     toll.py
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from itertools import compress
from operator import or_
from typing import Final

from msgspec import Struct, field

from pipeline.figures.candidates import read
from pipeline.figures.fiction import REASON, FieldSpans, is_told, stories
from pipeline.figures.figure import Context, Statement, statements
from pipeline.figures.languages import vocabulary_for
from pipeline.figures.looks import read_items
from pipeline.figures.named import Named
from pipeline.figures.passages import by_passage
from pipeline.figures.references import has_pronoun
from pipeline.figures.refused import empty_threats, refusals_of, rejected, stray_numbers, unused_numbers
from pipeline.figures.toll import tolls
from pipeline.figures.vocabulary import Vocabulary, is_signal
from pipeline.figures.words import NUMBER, PHRASE, SIGNAL, THREAT
from pipeline.findings import Document, Findings
from pipeline.records import Values
from pipeline.text import Text
from schemas.enrichment import Claim, Figure

MAX_FIGURES: Final = 500
"""Figures of one article after which the rest is not read; a chronicle of a war has about a hundred."""
MAX_REJECTED: Final = 2_000
"""Refused numbers of one article after which the rest is not read."""
SENTENCE_GAP: Final = 3
"""Code points between a sentence and the next."""
TOO_MANY: Final = (
    f"not read, nor what follows: more than {MAX_FIGURES} figures or {MAX_REJECTED} refused numbers before it"
)


class _Collected(Struct):
    """What the sentences gave, in reading order."""

    statements: list[Statement] = field(default_factory=list)
    rejected: list[Values] = field(default_factory=list)
    """Values of the log's entries."""
    claims: list[Claim] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.statements) >= MAX_FIGURES or len(self.rejected) >= MAX_REJECTED


class _Reading(Struct, frozen=True):
    """One text of the article, and what is known of it beforehand."""

    text: Text
    vocabulary: Vocabulary
    published: date | None
    named: Named
    stories: FieldSpans
    """Where this text tells a story."""


def find_figures(document: Document, found: Findings) -> Findings:
    """Figures, toll, claims and refused numbers of an article. Reads the persons and locations of *found*."""
    vocabulary = vocabulary_for(document.language)
    published = document.published_at.date() if document.published_at else None
    collected = _Collected()
    told = stories(document, vocabulary.lexicon.stories)
    for text in document.texts:
        _read_text(_Reading(text, vocabulary, published, Named(text, found), told[text.field]), collected)
    figures, groups, long = _number(collected.statements)
    return Findings(
        figures=figures,
        toll=tolls(figures, groups, long),
        claims=tuple(collected.claims),
        rejected=refusals_of(collected.rejected),
        stories=told,
    )


def _read_text(reading: _Reading, collected: _Collected) -> None:
    reasons = list(map(reading.vocabulary.marks.__getitem__, reading.text.lowers))
    marks = list(compress(range(len(reasons)), reasons))
    for first, last, own in by_passage(reading.text, marks):
        if collected.is_full:
            collected.rejected.append(rejected(reading.text, reading.text.tokens, first, last, TOO_MANY))
            return
        reason = reduce(or_, [reasons[i] for i in own])
        _read_passage(reading, first, last, reason, [i - first for i in own], collected)


def _read_passage(
    reading: _Reading, first: int, last: int, reason: int, marks: Sequence[int], collected: _Collected
) -> None:
    """Read one sentence for a *reason* (`pipeline.figures.words`): the tokens at *marks*, counted from *first*."""
    text, vocabulary = reading.text, reading.vocabulary
    tokens = text.tokens[first:last]
    if reason & THREAT:
        collected.rejected += empty_threats(text, tokens, marks, vocabulary.lexicon)
    if reason & SIGNAL or (reason & PHRASE and _has_signal(text.lowers[first:last], marks, vocabulary)):
        persons = reading.named.person_tokens(first, last)
        if persons or reason & PHRASE or _may_count(text.lowers[first:last], vocabulary):
            context = Context(text, tokens, vocabulary, reading.published, reading.named)
            _read_sentence(context, persons, is_told(reading.stories, tokens[0].start), collected)
    elif reason & NUMBER:
        collected.rejected += stray_numbers(text, tokens, marks, vocabulary)


def _may_count(lowers: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    return any(map(vocabulary.countables.__getitem__, lowers)) or has_pronoun(lowers, vocabulary.lexicon)


def _has_signal(lowers: tuple[str, ...], marks: Sequence[int], vocabulary: Vocabulary) -> bool:
    return any(is_signal(lowers, i, vocabulary) for i in marks)


def _read_sentence(context: Context, persons: frozenset[int], told: bool, collected: _Collected) -> None:
    """Read a sentence in full. One that is *told* in a story is only logged with what it would have counted."""
    items = read_items(context.tokens, context.vocabulary, persons)
    sentence = read(context.tokens, items, context.lexicon, _just_before(context, collected.statements))
    if told:
        counts = {c.item.first: c.item for c in sentence.candidates if c.item.quantity is not None}
        used = set(counts)
        collected.rejected += [
            rejected(context.text, context.tokens, item.first, item.last, REASON) for item in counts.values()
        ]
    else:
        made = statements(context, sentence, earlier=collected.statements)
        used = made.used
        collected.statements += made.statements
        collected.claims += made.claims
        collected.rejected += made.rejected
    collected.rejected += unused_numbers(context.text, context.tokens, sentence.items, used, context.lexicon)


def _just_before(context: Context, made: Sequence[Statement]) -> list[Figure]:
    """The figures of the sentence that ends where this one begins."""
    if not made or made[-1].figure.span.field != context.text.field:
        return []
    last = made[-1].figure.sentence
    if not 0 <= context.tokens[0].start - last.end <= SENTENCE_GAP:
        return []
    return [statement.figure for statement in made if statement.figure.sentence == last]


def _number(made: Sequence[Statement]) -> tuple[tuple[Figure, ...], dict[int, int], frozenset[int]]:
    """The figures in order, which of them one sentence coordinates, and which cover months or years."""
    groups = {i: statement.group for i, statement in enumerate(made) if statement.group is not None}
    long = frozenset(i for i, statement in enumerate(made) if statement.long)
    return tuple(statement.figure for statement in made), groups, long
