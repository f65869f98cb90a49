"""Why numbers became figures or did not: the classes of a sentence, the rules that fired, and every refusal.

`inventory` lists the rules themselves, for people who want to read the grammar rather than the code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.figures.candidates import considered
from pipeline.figures.find import find_figures
from pipeline.figures.items import Item
from pipeline.figures.languages import vocabulary_for
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.looks import read_items
from pipeline.figures.model import Candidate
from pipeline.figures.named import Named
from pipeline.figures.passages import passages
from pipeline.figures.patterns import Rule
from pipeline.figures.rules import RULES
from pipeline.figures.structure import settle
from pipeline.figures.vocabulary import is_signal
from pipeline.figures.wholes import PART
from pipeline.findings import Document, Findings
from pipeline.text import Text, Token
from schemas.enrichment import Figure, Rejected, Span

MAX_SENTENCES = 200
"""Sentences explained; a longer article is explained up to there."""
_LOST = "an earlier rule counts the same people"


class Classed(NamedTuple):
    """A stretch of the sentence and its class (`pipeline.figures.items`)."""

    letter: str
    text: str


class Fired(NamedTuple):
    """A rule that matched."""

    rule: str
    meaning: str
    kind: str
    text: str
    """The evidence."""
    outcome: str
    """ "figure", or why it gave none."""


class SentenceExplained(NamedTuple):
    """One sentence that names a number or in which a rule can fire. `start` counts code points of its field."""

    field: str
    start: int
    text: str
    classes: tuple[Classed, ...]
    rules: tuple[Fired, ...]
    figures: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    """Text and reason."""


class RuleDescribed(NamedTuple):
    """An entry of the inventory."""

    name: str
    meaning: str
    pattern: str
    example: str
    counter_example: str


def explain_figures(document: Document, found: Findings) -> tuple[SentenceExplained, ...]:
    """The evidence behind the figures that `find_figures` gives for the same arguments.

    Raises:
        KeyError: the language of *document* is not read.
    """
    findings = find_figures(document, found)
    explained = (
        _sentence(named, first, last, document, findings)
        for named in [Named(text, found) for text in document.texts]
        for first, last in passages(named.text)
        if _is_of_interest(named.text, first, last, document, findings)
    )
    return tuple(sentence for sentence, _ in zip(explained, range(MAX_SENTENCES), strict=False))


def inventory() -> tuple[RuleDescribed, ...]:
    """Every rule, in the order in which they are tried."""
    return tuple(_described(rule) for rule in (*RULES, PART))


def _described(rule: Rule) -> RuleDescribed:
    return RuleDescribed(rule.name, rule.meaning, " ".join(rule.pattern.split()), rule.example, rule.counter_example)


def _is_of_interest(text: Text, first: int, last: int, document: Document, findings: Findings) -> bool:
    vocabulary = vocabulary_for(document.language)
    lowers = text.lowers[first:last]
    if any(is_signal(lowers, i, vocabulary) for i in range(len(lowers))):
        return True
    return any(_is_inside(item.span, text, first, last) for item in findings.rejected)


def _is_inside(span: Span, text: Text, first: int, last: int) -> bool:
    return span.field == text.field and text.tokens[first].start <= span.start < text.tokens[last - 1].end


def _sentence(named: Named, first: int, last: int, document: Document, findings: Findings) -> SentenceExplained:
    text = named.text
    tokens = text.tokens[first:last]
    vocabulary = vocabulary_for(document.language)
    items = read_items(tokens, vocabulary, named.person_tokens(first, last))
    figures = [figure for figure in findings.figures if _is_inside(figure.span, text, first, last)]
    refused = [item for item in findings.rejected if _is_inside(item.span, text, first, last)]
    return SentenceExplained(
        field=text.field,
        start=tokens[0].start,
        text=text.raw[tokens[0].start : tokens[-1].end],
        classes=tuple(Classed(item.letter, _words(text, tokens, item)) for item in settle(items, vocabulary.lexicon)),
        rules=_fired(text, tokens, items, vocabulary.lexicon, figures, refused),
        figures=tuple(_written(figure) for figure in figures),
        refused=tuple((item.text, item.reason) for item in refused),
    )


def _words(text: Text, tokens: Sequence[Token], item: Item) -> str:
    return text.raw[tokens[item.first].start : tokens[item.last - 1].end]


def _fired(
    text: Text,
    tokens: Sequence[Token],
    items: Sequence[Item],
    lexicon: Lexicon,
    figures: Sequence[Figure],
    refused: Sequence[Rejected],
) -> tuple[Fired, ...]:
    return tuple(
        Fired(
            candidate.rule.name,
            candidate.rule.meaning,
            candidate.kind,
            text.raw[tokens[candidate.first].start : tokens[candidate.last - 1].end],
            _outcome(candidate, tokens, figures, refused) if kept else _LOST,
        )
        for candidate, kept in considered(tokens, items, lexicon)
    )


def _outcome(
    candidate: Candidate, tokens: Sequence[Token], figures: Sequence[Figure], refused: Sequence[Rejected]
) -> str:
    start = tokens[candidate.first].start
    if any(f.span.start == start and f.rule == f"figures.{candidate.rule.name}" for f in figures):
        return "figure"
    counted = tokens[candidate.item.first].start
    reasons = [item.reason for item in refused if item.span.start == counted]
    return f"refused: {reasons[0]}" if reasons else "refused: its whole gave no figure"


def _written(figure: Figure) -> str:
    """ "killed 12 (at_least, cumulative, hedged)"."""
    value = figure.best if figure.best is not None else figure.low if figure.low is not None else figure.high
    marks: list[str] = [figure.qualifier, figure.scope]
    marks += [name for name in ("negated", "hypothetical", "hedged", "disputed") if getattr(figure, name)]
    marks += [f"part of figure {figure.part_of}"] if figure.part_of is not None else []
    marks += [f"says {figure.attributed_to}"] if figure.attributed_to else []
    return f"{figure.kind} {value} ({', '.join(marks)})"
