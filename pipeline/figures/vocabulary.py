"""Look-up tables derived from a lexicon once, so that most words of a sentence cost one dictionary access."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.figures.lexicon import Lexicon, Trigger
from schemas.enrichment import FigureKind

Category = Literal["people", "person", "event", "thing", "unknown", "none"]

ROLES: Final = "pzcnbt"
"""Looks at a word: start of a phrase, of a zero, of a count, of a noun phrase, of an auxiliary group; trigger."""

CLASS_LETTERS: Final = {"m": "B", "h": "s"}
"""Modals begin an auxiliary group like auxiliaries; a bare verb of reporting is one of saying."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a noun counts."""

    category: Category
    kind: FigureKind | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A lexicon with its look-up tables."""

    lexicon: Lexicon
    known: Mapping[str, Known]
    stops: frozenset[str]
    """Words that cannot stand inside a noun phrase."""
    number_starts: frozenset[str]
    followers: Mapping[str, frozenset[str]]
    """Of words that begin a quantity only with certain others ("at least", "a dozen"), these others."""
    letters: Mapping[str, str]
    """Words that make an item by themselves, with its letter; "" for words that make none."""
    special: Mapping[str, str]
    """Words that need a closer look, and which looks, in order: see `ROLES`."""
    signals: frozenset[str]
    """Words without which no rule can fire."""
    watched: frozenset[str]
    """Words for which a sentence is read at all: signals, number words, words of threats."""


def _known(lexicon: Lexicon) -> dict[str, Known]:
    return {
        **{word: Known("event", kind) for word, kind in lexicon.triggers.events.items()},
        **{word: Known("person") for word in lexicon.nouns.person},
        **{word: Known("thing", reason=reason) for word, reason in lexicon.nouns.things.items()},
        **{word: Known("people") for word in lexicon.nouns.people},
    }


def _stops(lexicon: Lexicon) -> frozenset[str]:
    context = lexicon.context
    vague = {phrase for phrase in lexicon.numbers.vague.table if " " not in phrase}
    return frozenset(
        {
            *context.classes,
            *context.determiners,
            *context.skipped_determiners,
            *lexicon.triggers.words,
            *lexicon.triggers.unharmed,
            *lexicon.numbers.units,
            *vague,
        }
    )


def _number_starts(lexicon: Lexicon) -> frozenset[str]:
    numbers = lexicon.numbers
    words = {*numbers.units, *numbers.articles, *numbers.range_openers, numbers.half}
    return frozenset(words) | numbers.vague.first_words | numbers.bounds_before.first_words


def _followers(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Without words that are a quantity by themselves, or that open one in yet another way."""
    numbers = lexicon.numbers
    found = {}
    for word in _number_starts(lexicon) - numbers.units.keys() - numbers.range_openers.keys() - {numbers.half}:
        after = numbers.vague.second_words(word) | numbers.bounds_before.second_words(word)
        if "" not in after:
            found[word] = after | numbers.multipliers.keys() if word in numbers.articles else after
    return found


def _signals(lexicon: Lexicon) -> frozenset[str]:
    """Every trigger, and the longest word of each phrase that has none."""
    triggers = lexicon.triggers
    words = {*triggers.words, *triggers.nominal, *triggers.events, *triggers.unharmed, *triggers.premodifiers}
    for phrase, value in triggers.phrases.table.items():
        parts = phrase.split()
        if (isinstance(value, Trigger) or value in {"L", "f", "z", "Z", "0", "d"}) and words.isdisjoint(parts):
            words.add(max(parts, key=len))
    return frozenset(words)


def _special(roles: Mapping[str, Collection[str]]) -> dict[str, str]:
    special: dict[str, str] = {}
    for role in ROLES:
        for word in roles[role]:
            special[word] = special.get(word, "") + role
    return special


def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    """Derive the tables of *lexicon*."""
    context, known, starts = lexicon.context, _known(lexicon), _number_starts(lexicon)
    roles = {
        "p": lexicon.triggers.phrases.first_words,
        "z": context.nobody | context.zero_determiners,
        "c": starts,
        "n": known.keys() | context.determiners | lexicon.triggers.premodifiers.keys(),
        "b": {word for word, letter in context.classes.items() if letter in {"B", "m"}},
        "t": lexicon.triggers.words.keys() | lexicon.triggers.nominal.keys(),
    }
    special = _special(roles)
    letters = {word: CLASS_LETTERS.get(letter, letter) for word, letter in context.classes.items()}
    letters |= dict.fromkeys(lexicon.triggers.unharmed, "0") | dict.fromkeys(context.anyone, "a")
    letters |= dict.fromkeys(context.adverbs, "") | {
        word: "" for word, letter in context.classes.items() if letter == "j"
    }
    signals = _signals(lexicon)
    counts = {word for word, value in lexicon.numbers.units.items() if value > 1}
    return Vocabulary(
        lexicon=lexicon,
        known=known,
        stops=_stops(lexicon),
        number_starts=starts,
        followers=_followers(lexicon),
        letters={word: letter for word, letter in letters.items() if word not in special},
        special=special,
        signals=signals,
        watched=signals | counts | context.metaphor_verbs | context.activity_nouns,
    )
