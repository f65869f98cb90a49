"""Everybody aboard: "The ferry carried 62 people. All on board drowned." counts 62.

The number stands in another sentence as often as in the same one, before or after. It is looked for only where
a sentence says what happened to everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.looks import read_items
from pipeline.figures.model import Candidate
from pipeline.figures.numbers import Quantity
from pipeline.figures.patterns import Rule
from pipeline.figures.structure import letters
from pipeline.figures.victims import triggers_of
from pipeline.figures.vocabulary import Vocabulary
from pipeline.text import Text, Token

REACH: Final = 400
"""Tokens to either side within which the number of those aboard is looked for: a long report of one accident."""
WINDOW: Final = 14
"""Tokens beside "carrying" or "aboard" that are read for the number."""
_BEFORE: Final = re.compile(r"([QN](?:c[QN])?)[BWx]{0,3}\Z")
_AFTER: Final = re.compile(r"x{0,2}([QN](?:c[QN])?)")
_ENDS: Final = frozenset(".;:!?")


def everybody(
    rule: Rule, match: re.Match[str], items: Sequence[Item], tokens: Sequence[Token], lexicon: Lexicon
) -> Iterator[Candidate]:
    """Candidates of the rules about everybody; those without a number get it from `number_aboard`."""
    item = items[match.start("who")]
    first, last = items[match.start()].first, items[match.end() - 1].last
    what = triggers_of(match, items) if "what" in match.re.groupindex else [item._replace(kind="killed")]
    if rule.name == "none_survived":
        if tokens[what[-1].first].lower not in lexicon.triggers.surviving:
            return
        what = [what[-1]._replace(kind="killed")]
    for kind in dict.fromkeys(w.kind for w in what if w.kind is not None):
        yield Candidate(item._replace(noun=None), kind, rule, first, last, what[-1].first, what[-1].noun)


def number_aboard(text: Text, at: int, vocabulary: Vocabulary) -> Quantity | None:
    """How many the text says were aboard: the nearest number before token *at* of the text, else the nearest after."""
    marks = _marks(text, max(0, at - REACH), at + REACH, vocabulary)
    for i in sorted(marks, key=lambda i: (i > at, abs(i - at))):
        found = _number_at(text.tokens, i, vocabulary)
        if found is not None:
            return found
    return None


def _marks(text: Text, first: int, last: int, vocabulary: Vocabulary) -> list[int]:
    """Indices of the tokens that tell of people aboard."""
    words = vocabulary.lexicon.nouns
    watched = words.carrying | words.aboard.first_words
    return [i for i, lower in enumerate(text.lowers[first:last], start=first) if lower in watched]


def _number_at(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> Quantity | None:
    if tokens[i][3] in vocabulary.lexicon.nouns.carrying:
        items = read_items(_clause(tokens[i + 1 : i + 1 + WINDOW]), vocabulary)
        match = _AFTER.match(letters(items))
    elif vocabulary.lexicon.nouns.aboard.at(tokens, i) is not None:
        items = read_items(_clause(tokens[max(0, i - WINDOW) : i][::-1])[::-1], vocabulary)
        match = _BEFORE.search(letters(items))
    else:
        return None
    return _total([item for item in items[slice(*match.span(1))] if item.quantity is not None]) if match else None


def _clause(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens up to the first stop."""
    return tokens[: next((i for i, token in enumerate(tokens) if token[0] in _ENDS), len(tokens))]


def _total(counted: Sequence[Item]) -> Quantity | None:
    """The number, or the sum of passengers and crew when both are exact."""
    quantities = [item.quantity for item in counted if item.quantity is not None]
    values = [quantity.best for quantity in quantities if quantity.best is not None and quantity.qualifier == "exact"]
    if len(quantities) < 2 or len(values) < len(quantities):
        return quantities[0] if quantities else None
    return quantities[0]._replace(low=sum(values), best=sum(values), high=sum(values))
