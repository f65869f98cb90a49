"""How one text is read: which tokens count as capitalised, and what its small-letter words say about the capitals."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from pipeline.names import lexicon
from pipeline.names.known import Organisation
from pipeline.text import Sentence, Text, Token

Label = Literal["person", "organisation", "location", "nationality"]

_ARTICLED: Final = re.compile(r"(?:al|el|an|ar|as|ash|at|az|ad|ul|d|l|o|t)[-'’][^\W\d_]")
_LATIN_END: Final = "\u0250"
"""The rules know names in Latin letters only; those of other scripts would be found without being understood."""
_COMPOUND: Final = re.compile(
    r"-(?:led|backed|based|born|style|held|run|owned|controlled|era|wide|language|speaking|trained|funded|made|sponsored|"
    r"linked|occupied|dominated|brokered|mediated|allied|affiliated|aligned|supported|educated|inspired|friendly|bound)\Z"
)
"""Compounds that begin with a name and are none."""
_SHOUT_SHARE: Final = (
    0.8  # of a sentence's words of four letters and more are capitalised: a headline, or text in capitals
)
_SHOUT_WORDS: Final = 3


class Mention(NamedTuple):
    """A name in the text: tokens `first` (inclusive) to `last` (exclusive)."""

    first: int
    last: int
    label: Label
    rule: str
    confidence: float
    title: str | None = None
    organisation: Organisation | None = None
    country: str | None = None


class Candidate(NamedTuple):
    """Capitalised words that no evidence in their sentence labels; the rest of the document may."""

    first: int
    last: int
    initial: bool
    """Stands at the beginning of its sentence, where a capital says little."""


class Pieces(Struct, frozen=True):
    """What one run of capitals gave."""

    mentions: list[Mention]
    candidates: list[Candidate]


class Reading(Struct, frozen=True):
    """A text with what the recogniser needs to know of it as a whole."""

    text: Text
    small: frozenset[str]
    """Words that the document also prints in small letters."""

    def phrase(self, first: int, last: int) -> str:
        """The printed text of tokens *first* to *last*."""
        tokens = self.text.tokens
        return self.text.raw[tokens[first].start : tokens[last - 1].end]


def is_capital(token: Token) -> bool:
    """Whether the token is written as a name: "Ali", "al-Shabaab", "d'Ivoire", but not "US-led" or "5m"."""
    word = token[0]
    if word == token[3] or ("-" in word and _COMPOUND.search(word)):
        return False
    if word[0].isupper():
        return word[0] < _LATIN_END or "\u1e00" <= word[0] <= "\u1eff"
    return _ARTICLED.match(word) is not None and not word.islower()


_NAME_WORDS: Final = lexicon.ORG_HEAD | lexicon.PLACE_HEAD | lexicon.TITLE | lexicon.DEMONYM | lexicon.ETHNIC


def counts_without_case(lower: str) -> bool:
    """Whether a word of a text in capitals, or without any, may be part of a name: not when news prints it small."""
    flags = lexicon.flags(lower)
    if flags & lexicon.NEVER or not lower[:1].isalpha():
        return False
    return not flags & lexicon.COMMON or bool(flags & _NAME_WORDS)


def is_latin(word: str) -> bool:
    """Whether *word* begins with a Latin letter, or one that stands in Latin text."""
    return word[0] < _LATIN_END or "\u1e00" <= word[0] <= "\u1eff"


def shouts(tokens: tuple[Token, ...], sentence: Sentence) -> bool:
    """Whether nearly every word of the sentence has a capital, so that a capital says nothing: headlines, wire copy."""
    if tokens[sentence.last - 1][0] == "." and not tokens[sentence.first][0].isupper():
        return False  # a headline has no full stop
    long = upper = 0
    for token in tokens[sentence.first : sentence.last]:
        word = token[0]
        if len(word) > 3 and word[0].isalpha():
            long += 1
            upper += word[0].isupper()
    return long >= _SHOUT_WORDS and upper >= _SHOUT_SHARE * long


def is_ordinary(reading: Reading, token: Token) -> bool:
    """Whether the word is an ordinary one that got its capital from its position."""
    flags = lexicon.flags(token.lower)
    return bool(flags & lexicon.COMMON) or token.lower in reading.small
