"""How a single word is read, remembered, so that a word of a sentence costs one look-up."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Final

from pipeline.figures.context_words import ContextWords
from pipeline.figures.lexicon import Lexicon

CLOSER: Final = "*"
"""Begins the reading of a word that needs a closer look; its roles follow (`pipeline.figures.vocabulary.ROLES`)."""
MAX_REMEMBERED: Final = 20_000
"""Words kept; a hostile text of ever new words must not fill the memory."""
CLASS_LETTERS: Final = {"m": "B", "h": "s", "j": ""}
"""Modals begin an auxiliary group like auxiliaries; a bare verb of reporting is one of saying; adverbs are nothing."""
_MARKS: Final = {
    **dict.fromkeys("([", "("),
    **dict.fromkeys(")]", ")"),
    **dict.fromkeys(".!?…", "."),
    **dict.fromkeys(("-", "--", "---", "–", "—", "―"), "-"),
    **dict.fromkeys("\"“”«»„'‘’", '"'),
    **{mark: mark for mark in ",;:"},
}
_MIN_ADVERB: Final = 5
SIGNAL: Final = 1
"""With this word, a rule can fire."""
PHRASE: Final = 2
"""With this word a rule can fire, if the phrase that it is part of is there."""
NUMBER: Final = 4
THREAT: Final = 8
"""With this word, killing may be an order, a metaphor or an activity."""


def is_adverb(lower: str, context: ContextWords) -> bool:
    """Whether a word is skipped: listed, or ending like an adverb."""
    return lower in context.adverbs or (
        lower.endswith(context.adverb_suffix) and len(lower) >= _MIN_ADVERB and lower not in context.not_adverbs
    )


def plain_letter(lower: str, context: ContextWords) -> str:
    """Letter of a word or mark without a closer look; "" for one that makes no item."""
    letter = context.classes.get(lower)
    if letter is not None:
        return CLASS_LETTERS.get(letter, letter)
    return _MARKS.get(lower) or ("" if is_adverb(lower, context) else "x")


class Words(dict[str, str]):
    """Word -> its letter, "" for none, or `CLOSER` and roles. Filled as words are met: a cache, not a state."""

    def __init__(self, lexicon: Lexicon, letters: Mapping[str, str], special: Mapping[str, str]) -> None:
        """*letters*: words with a letter of their own; *special*: words that need a closer look, with the roles."""
        super().__init__()
        self._lexicon, self._letters, self._special = lexicon, letters, special
        self._suffixes = lexicon.nouns.people_suffixes + lexicon.nouns.person_suffixes

    def __missing__(self, lower: str) -> str:
        if len(self) >= MAX_REMEMBERED:
            self.clear()
        self[lower] = reading = self._read(lower)
        return reading

    def _read(self, lower: str) -> str:
        roles = self._special.get(lower)
        if roles is not None:
            return CLOSER + roles
        if "0" <= lower < ":":  # ":" follows "9"
            return CLOSER + "c"
        letter = self._letters.get(lower)
        if letter is not None:
            return letter
        return CLOSER + "n" if lower.endswith(self._suffixes) else plain_letter(lower, self._lexicon.context)


class Countables(dict[str, bool]):
    """Word -> whether it may be part of a count, of people without a number, or of a word for none: without one of
    them, a trigger says nothing. Filled as words are met, like `Words`."""

    def __init__(self, listed: Set[str], suffixes: tuple[str, ...]) -> None:
        """*listed*: the words; *suffixes*: ends of other nouns for people."""
        super().__init__()
        self._listed, self._suffixes = listed, suffixes

    def __missing__(self, lower: str) -> bool:
        if len(self) >= MAX_REMEMBERED:
            self.clear()
        self[lower] = found = lower in self._listed or "0" <= lower < ":" or lower.endswith(self._suffixes)
        return found


class Marks(dict[str, int]):
    """Word -> why a sentence with it is worth reading, 0 for no reason. Filled as words are met, like `Words`."""

    def __init__(
        self, signals: Mapping[str, int], numbers: Set[str], threats: Set[str], order_endings: tuple[str, ...]
    ) -> None:
        """*signals*: words with `SIGNAL` or `PHRASE`; *numbers* and *threats*: words with `NUMBER` and `THREAT`."""
        super().__init__()
        self._signals, self._numbers, self._threats, self._endings = signals, numbers, threats, order_endings

    def __missing__(self, lower: str) -> int:
        if len(self) >= MAX_REMEMBERED:
            self.clear()
        number = lower in self._numbers or "0" <= lower < ":"  # ":" follows "9"
        threat = lower in self._threats or lower.endswith(self._endings)
        self[lower] = mark = self._signals.get(lower, 0) | NUMBER * number | THREAT * threat
        return mark
