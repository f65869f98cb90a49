"""How a single word is read: what `pipeline.figures.vocabulary` remembers, so that it costs one look-up."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Final

from msgspec import Struct

from pipeline.figures.context_words import ContextWords
from pipeline.figures.lexicon import Lexicon

MAX_REMEMBERED: Final = 10_000
"""Words met lately of which answers are kept (`pipeline.remembered`)."""
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
STORY: Final = 16
"""With this word, the article may tell a story."""


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


class Words(Struct, frozen=True):
    """How the words of a language are read. Each method is a pure function of a word, to be remembered."""

    lexicon: Lexicon
    letters: Mapping[str, str]
    """Words with a letter of their own."""
    special: Mapping[str, str]
    """Words that need a closer look, with their roles (`pipeline.figures.vocabulary.ROLES`)."""
    countable: Set[str]
    """Words with which a count, people or none may be said."""
    signals: Mapping[str, int]
    """Words with `SIGNAL` or `PHRASE`."""
    numbers: Set[str]
    threats: Set[str]

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Ends of nouns for people in no list."""
        return self.lexicon.nouns.people_suffixes + self.lexicon.nouns.person_suffixes

    def roles(self, lower: str) -> str:
        """The closer looks that a word needs, in order."""
        if lower in self.special:
            return self.special[lower]
        if "0" <= lower < ":":  # ":" follows "9"
            return "c"
        return "n" if lower not in self.letters and lower.endswith(self.suffixes) else ""

    def letter(self, lower: str) -> str | None:
        """A word's letter, "" for no item; None when it needs a closer look."""
        if self.roles(lower):
            return None
        letter = self.letters.get(lower)
        return letter if letter is not None else plain_letter(lower, self.lexicon.context)

    def is_countable(self, lower: str) -> bool:
        """Whether a word may be part of a count, of people without a number, or of a word for none: without one of
        them, a trigger says nothing."""
        return lower in self.countable or "0" <= lower < ":" or lower.endswith(self.suffixes)

    def mark(self, lower: str) -> int:
        """Why a sentence with a word is worth reading, 0 for no reason."""
        number = lower in self.numbers or "0" <= lower < ":"
        threat = lower in self.threats or lower.endswith(self.lexicon.context.order_markers)
        story = lower in self.lexicon.stories.works
        return self.signals.get(lower, 0) | NUMBER * number | THREAT * threat | STORY * story
