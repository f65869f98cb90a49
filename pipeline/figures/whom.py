"""Whether people in a sentence can be those to whom something happened, by the words beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.structure import letters
from pipeline.text import Token

_SHARES: Final = frozenset({"ratio", "percentage"})


def is_definite(tokens: Sequence[Token], item: Item, lexicon: Lexicon) -> bool:
    """ "the priests": people already mentioned."""
    context = lexicon.context
    words = [token[3] for token in tokens[max(0, item.first - 1) : item.first + 1]]
    return any(word in context.determiners and word not in context.indefinite for word in words)


def is_news(items: Sequence[Item], i: int, verb: int, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether people already mentioned, from item *i* on, get a verb in the past and in a main clause, which tells
    something new; "AFTER the priests were killed", "HAD the priests been killed", "the priests WHO were killed" and
    "priests ARE killed" do not."""
    auxiliary = next((item for item in items[i:verb] if item.letter == "B"), None)
    if letters(items[max(0, i - 1) : i]) in {"w", "B"} or "W" in letters(items[i:verb]) or auxiliary is None:
        return False
    return tokens[auxiliary.first].lower not in lexicon.context.present_forms


def may_be_people(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun in no list may be people, by its ending or a capital ("12 Zorbans"): trades are executed too."""
    return not noun.text.islower() or noun.lower.endswith(lexicon.nouns.unlisted_suffixes)


def is_share(items: Sequence[Item], i: int) -> bool:
    """ "4 in 9 welders", "30 per cent of farmers", "half of the 60 hostages": no number of people is said."""
    at = next((j for j in range(i - 1, max(-1, i - 5), -1) if items[j].reason in _SHARES), None)
    return at is not None and letters(items[at + 1 : i]) in {"", "o", "xo", "pxo", "q"}


def is_joined_to_count(items: Sequence[Item], i: int) -> bool:
    """ "8,000 men and BOYS": the number counts both; not "12 soldiers as well as civilians"."""
    return i > 1 and items[i - 1].letter == "c" and items[i - 1].noun is None and items[i - 2].letter in "QU"


def ends_clause(items: Sequence[Item], i: int) -> bool:
    """ "clashed with POLICE and dozens were hurt": people after a preposition, and then somebody who is counted."""
    return letters(items[i - 1 : i]) == "p" and letters(items[i + 1 : i + 3]) in {"cQ", "cN"}
