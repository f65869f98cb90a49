"""What a word may be inside a noun phrase, as one number, so that most words of it cost one look-up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from pipeline.figures.lexicon import Lexicon

OTHER: Final = 0
"""Any word: an unknown noun, or one before the noun."""
STOP: Final = 1
"""A word or mark that cannot stand inside a noun phrase, unless one of the following says otherwise."""
NOUN: Final = 2
"""A noun that says what is counted."""
PREMODIFIER: Final = 4
"""A participle that may stand before the noun ("52 INJURED people")."""
MODIFIER: Final = 8
"""A word of another class that may stand before the noun ("two SUSPECTED rebels"), an age or a possessive."""
TRIGGER: Final = 16
"""A word that says what happened."""
PHRASE: Final = 32
"""A word that may begin a longer trigger ("GUNNED down")."""
NOMINAL: Final = 64
"""A trigger that may stand before the noun ("two MURDER suspects", "two LIBERATION Army men")."""
JOINT: Final = 128
"""A mark that may stand before the noun: of an owner ("two workers' leaders") or an abbreviation ("(WP) members")."""
_JOINTS: Final = frozenset({"'", "("})


def part_of(
    lexicon: Lexicon, is_noun: Callable[[str], bool], stops: Collection[str], phrases: Collection[str]
) -> Callable[[str], int]:
    """A function from a word to the sum of what it may be. *phrases*: first words of triggers of several words."""
    triggers, modifiers, possessive = lexicon.triggers, lexicon.nouns.modifiers, lexicon.context.possessive
    ages = lexicon.context.age_endings
    nominal = {*triggers.nominal, *(word for word, trigger in triggers.words.items() if trigger.form == "nominal")}

    def part(lower: str) -> int:
        return (
            STOP * (lower in stops or not lower[:1].isalpha())
            | NOUN * is_noun(lower)
            | PREMODIFIER * (lower in triggers.premodifiers)
            | MODIFIER * (lower in modifiers or lower == possessive or lower.endswith(ages))
            | TRIGGER * (lower in triggers.words)
            | PHRASE * (lower in phrases)
            | NOMINAL * (lower in nominal)
            | JOINT * (lower in _JOINTS)
        )

    return part
