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
from pipeline.figures.figure import Context, claims_of, figures_of, statements
from pipeline.figures.languages import vocabulary_for
from pipeline.figures.looks import read_items
from pipeline.figures.model import Statement
from pipeline.figures.named import Named
from pipeline.figures.passages import by_passage
from pipeline.figures.references import has_pronoun
from pipeline.figures.refused import empty_threats, refusals_of, rejected, stray_numbers, unused_numbers
from pipeline.figures.toll import tolls
from pipeline.figures.vocabulary import Vocabulary, is_signal
from pipeline.figures.words import NUMBER, PHRASE, SIGNAL, STORY, THREAT
from pipeline.findings import Document, Findings
from pipeline.records import Values
from pipeline.text import Text

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
    """What the sentences gave, in reading order: values, of which the records are made at once in the end."""

    statements: list[Statement] = field(default_factory=list)
    rejected: list[Values] = field(default_factory=list)
    claims: list[Values] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.statements) >= MAX_FIGURES or len(self.rejected) >= MAX_REJECTED


class _Marks(Struct, frozen=True):
    """Why tokens of a text are worth a look (`pipeline.figures.words`)."""

    reasons: Sequence[int]
    """Of every token, 0 for none."""
    at: Sequence[int]
    """The tokens with a reason, rising."""

    def of(self, reason: int) -> list[int]:
        """The tokens with this reason."""
        return [i for i in self.at if self.reasons[i] & reason]


class _Reading(Struct, frozen=True):
    """One text of the article, and what is known of it beforehand."""

    text: Text
    vocabulary: Vocabulary
    published: date | None
    named: Named
    stories: FieldSpans
    """Where this text tells a story."""
    marks: _Marks


def find_figures(document: Document, found: Findings) -> Findings:
    """Figures, toll, claims and refused numbers of an article. Reads the persons and locations of *found*."""
    vocabulary = vocabulary_for(document.language)
    published = document.published_at.date() if document.published_at else None
    collected = _Collected()
    marks = {text.field: _marks_of(text, vocabulary) for text in document.texts}
    told = stories(document, {field: one.of(STORY) for field, one in marks.items()}, vocabulary.lexicon.stories)
    for text in document.texts:
        known = Named(text, found)
        _read_text(_Reading(text, vocabulary, published, known, told[text.field], marks[text.field]), collected)
    figures = figures_of([statement.values for statement in collected.statements])
    groups = {i: statement.group for i, statement in enumerate(collected.statements) if statement.group is not None}
    long = frozenset([i for i, statement in enumerate(collected.statements) if statement.long])
    return Findings(
        figures=figures,
        toll=tolls(figures, groups, long),
        claims=claims_of(collected.claims),
        rejected=refusals_of(collected.rejected),
        stories=told,
    )


def _marks_of(text: Text, vocabulary: Vocabulary) -> _Marks:
    reasons = list(map(vocabulary.marks.__getitem__, text.lowers))
    return _Marks(reasons, list(compress(range(len(reasons)), reasons)))


def _read_text(reading: _Reading, collected: _Collected) -> None:
    reasons = reading.marks.reasons
    for first, last, own in by_passage(reading.text, reading.marks.at):
        if collected.is_full:
            collected.rejected.append(rejected(reading.text, reading.text.tokens, first, last, TOO_MANY))
            return
        _read_passage(reading, first, last, reduce(or_, [reasons[i] for i in own]), own, collected)


def _read_passage(
    reading: _Reading, first: int, last: int, reason: int, marks: Sequence[int], collected: _Collected
) -> None:
    """Read one sentence for a *reason* (`pipeline.figures.words`): the tokens of the text at *marks*."""
    text, vocabulary = reading.text, reading.vocabulary
    tokens, lowers = text.tokens[first:last], text.lowers[first:last]
    at = [i - first for i in marks]
    if reason & THREAT:
        collected.rejected += empty_threats(text, tokens, at, vocabulary.lexicon)
    if reason & SIGNAL or (reason & PHRASE and _has_signal(lowers, at, vocabulary)):
        persons = reading.named.person_tokens(first, last)
        if persons or reason & PHRASE or _may_count(lowers, vocabulary):
            context = Context(text, tokens, vocabulary, reading.published, reading.named)
            _read_sentence(context, persons, is_told(reading.stories, tokens[0][1]), collected)
    elif reason & NUMBER:
        collected.rejected += stray_numbers(text, tokens, at, vocabulary)


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


def _just_before(context: Context, made: Sequence[Statement]) -> Sequence[Statement]:
    """The figures of the sentence that ends where this one begins."""
    last = made[-1].values["sentence"] if made else None
    if last is None or last["field"] != context.text.field:
        return ()
    if not 0 <= context.tokens[0].start - last["end"] <= SENTENCE_GAP:
        return ()
    first = next((i for i in range(len(made), 0, -1) if made[i - 1].values["sentence"] != last), 0)
    return made[first:]
