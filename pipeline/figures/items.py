"""From the tokens of a sentence to items: one letter per item, so that a rule is a short pattern over a short string.

| Letter | Item |
|---|---|
| Q | counted people ("twelve armed rebels") |
| U | counted, noun unknown ("12 Zorbans") |
| N | number alone ("12", "dozens", "five others") |
| X | number of something else, or no count at all ("30 years", "Flight 370"); carries the reason |
| F | counted happening or premodified people ("9 deaths", "52 injured people"); carries its kind |
| R, r | "two of the", "four of them" |
| q | a count that is part of another (set by `pipeline.figures.parts`) |
| I, P | one person ("a guard"), people without a number ("villagers") |
| Z, z, e | nobody; "no casualties"; "any casualties" (carry their kind) |
| 0, a | unharmed; anyone |
| M, g | everybody aboard; no survivors |
| K, A, H, V, D, G, T | trigger: participle, active, passive only, intransitive, adjective, nominal, toll |
| L, l, f, k | "the lives of"; leaves, claims; "from their homes"; "number of" |
| u, h, i | including; "of whom"; includes |
| B, b | auxiliary group ("have reportedly been", "could have been"); negated |
| o y t p w W c n s v | of, by, to, preposition or time, clause opener, who, and/or, negation, saying, other verb |
| , ; : ( ) " - . | marks |
| x | any other word |

Adverbs and articles make no item.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from pipeline.figures.numbers import Quantity
from schemas.enrichment import FigureKind

FORM_LETTERS: Final = {
    "participle": "K",
    "active": "A",
    "passive_only": "H",
    "intransitive": "V",
    "adjective": "D",
    "nominal": "G",
    "toll": "T",
}


class Item(NamedTuple):
    """A stretch of tokens that plays one part in a rule. Token indices count into the sentence, half open."""

    letter: str
    first: int
    last: int
    quantity: Quantity | None = None
    noun: str | None = None
    kind: FigureKind | None = None
    reason: str | None = None


def word(letter: str, i: int) -> Item:
    """The item of one plain word: most items, so made without the detour over the class's own constructor."""
    return tuple.__new__(Item, (letter, i, i + 1, None, None, None, None))
