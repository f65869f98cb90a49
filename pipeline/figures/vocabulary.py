"""Look-up tables derived from a lexicon once, so that most words of a sentence cost one dictionary access."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from pipeline.figures.hints import hint_of, hints_by_word
from pipeline.figures.lexicon import Kinded, Lexicon, NounWords, Trigger
from pipeline.figures.neighbours import Neighbours, neighbours_of
from pipeline.figures.openers import Look, lone_values, number_goes_on, number_starts, openers
from pipeline.figures.parts import part_of
from pipeline.figures.phrases import Phrases
from pipeline.figures.words import CLASS_LETTERS, MAX_REMEMBERED, PHRASE, SIGNAL, Words, plain_letter
from pipeline.remembered import Remembered
from schemas.enrichment import FigureKind

Category = Literal["people", "person", "event", "thing", "unknown", "none"]

FIRING: Final = frozenset("LfzZ0dge")
"""Token classes of phrases with which a rule can fire."""
NONE: Final = "nZzed0Mg"
"""Token classes of words and phrases that say none, or everybody."""
ROLES: Final = "pszcnbt"
"""Looks at a word: start of a phrase, suffering, zero, count, noun phrase or auxiliary group; trigger."""


MIN_SUFFIXED: Final = 7
"""Shortest word whose ending tells that it names people: "postman", not "Roman"."""


class Anchored(NamedTuple):
    """A phrase that is looked for at its rarest word."""

    offset: int
    """Words of the phrase before that word."""
    words: tuple[str, ...]


class Known(Struct, frozen=True):
    """What a noun counts."""

    category: Category
    kind: FigureKind | None = None
    reason: str | None = None


_PEOPLE: Final = Known("people")
_PERSON: Final = Known("person")


def _noun_of(known: Mapping[str, Known], words: NounWords) -> Callable[[str], Known | None]:
    """A function from a word to what it counts as a noun, from the lists or from its ending; None for nothing."""

    def noun(lower: str) -> Known | None:
        if lower in known or len(lower) < MIN_SUFFIXED:
            return known.get(lower)
        if lower.endswith(words.people_suffixes):
            return _PEOPLE
        return _PERSON if lower.endswith(words.person_suffixes) else None

    return noun


class Vocabulary(Struct, frozen=True):
    """A lexicon with its look-up tables."""

    lexicon: Lexicon
    nouns: Mapping[str, Known | None]
    """What each word counts as a noun."""
    parts: Mapping[str, int]
    """What each word may be inside a noun phrase (`pipeline.figures.parts`)."""
    stops: frozenset[str]
    """Words that cannot stand inside a noun phrase."""
    trigger_phrases: Mapping[str, Phrases[None]]
    """First word -> the triggers of several words that end a noun phrase ("gunned down")."""
    number_starts: frozenset[str]
    lone_values: Mapping[str, int | None]
    """The value of each token, as printed, that is a number and begins nothing longer by itself."""
    number_goes_on: frozenset[str]
    """Words after a number that may belong to it ("12 MILLION", "6 TO 8", "12 OR more")."""
    letters: Mapping[str, str | None]
    """Each word's letter (`pipeline.figures.items`), "" for no item; None when it needs a closer look."""
    looks: Mapping[str, Look]
    """The closer look at each word that needs one."""
    signals: Mapping[str, tuple[Anchored, ...]]
    """Words without which no rule can fire. With phrases, one of these must be there; without, the word is enough."""
    companions: Mapping[str, frozenset[str]]
    """Words with which a rule can fire when one of these others is in the sentence."""
    marks: Mapping[str, int]
    """Why a sentence with a word is worth reading."""
    countables: Mapping[str, bool]
    """Whether a word may be part of a count, of people without a number, or of a word for none."""
    hints: Mapping[str, int]
    """Which questions about meaning a word gives reason to ask (`pipeline.figures.hints`)."""
    neighbours: Neighbours
    """What the words beside a number say of it."""


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


def _trigger_phrases(lexicon: Lexicon) -> dict[str, Phrases[None]]:
    """Without those that begin like a noun phrase or with a function word, where the noun phrase ends anyway."""
    found: dict[str, dict[str, None]] = {}
    for phrase, value in lexicon.triggers.phrases.table.items():
        first = phrase.split()[0]
        if isinstance(value, Trigger) and first not in lexicon.context.classes and " " in phrase:
            found.setdefault(first, {})[phrase] = None
    return {first: Phrases(phrases) for first, phrases in found.items()}


def _signals(lexicon: Lexicon) -> dict[str, tuple[Anchored, ...]]:
    """Every trigger that has a kind, and every phrase without one, at its longest word that is no function word."""
    triggers = lexicon.triggers
    words = {
        *(word for word, trigger in triggers.words.items() if trigger.kind is not None),
        *triggers.nominal,
        *triggers.events,
        *triggers.unharmed,
        *triggers.premodifiers,
    } - _companions(lexicon).keys()
    phrases: dict[str, tuple[Anchored, ...]] = {}
    for phrase, value in triggers.phrases.table.items():
        parts = tuple(phrase.split())
        if (not isinstance(value, str) or value in FIRING) and words.isdisjoint(parts):
            anchor = max(
                parts, key=lambda part: (not _is_common(part, lexicon), part not in lexicon.context.classes, len(part))
            )
            phrases[anchor] = (*phrases.get(anchor, ()), Anchored(parts.index(anchor), parts))
    return phrases | dict.fromkeys(words, ())


def _companions(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Wounds with the verbs of suffering, hospitals with those of carrying, bodies with those of finding, survival with
    nobody."""
    triggers = lexicon.triggers
    other = triggers.words.keys() | triggers.nominal.keys() | triggers.premodifiers.keys()
    found = {
        **dict.fromkeys(triggers.wounds, triggers.suffering),
        **dict.fromkeys(triggers.hospitals, triggers.carrying),
        **triggers.guarded_events,
        **dict.fromkeys(triggers.surviving, lexicon.context.nobody),
    }
    return {word: others for word, others in found.items() if word not in other}


def _countables(lexicon: Lexicon) -> frozenset[str]:
    """Every word with which a count, people or none may be said, but for articles; of a phrase, its rarer words."""
    numbers, context, nouns = lexicon.numbers, lexicon.context, lexicon.nouns
    common = context.classes.keys() | context.determiners | numbers.articles
    none = (
        phrase
        for phrase, value in lexicon.triggers.phrases.table.items()
        if (value.letter if isinstance(value, Kinded) else value) in tuple(NONE)
    )
    phrases = (*numbers.vague.table, *numbers.one_more.table, *nouns.aboard.table, *none)
    rare = {word for phrase in phrases for word in set(phrase.split()) - common or phrase.split()[:1]}
    return frozenset(
        {
            *rare,
            *nouns.people,
            *nouns.person,
            *numbers.units,
            *numbers.multipliers,
            *numbers.inner,
            *numbers.pairs,
            *numbers.anaphors,
            numbers.half,
            *context.nobody,
            *context.anyone,
            *context.zero_determiners,
            *context.negations,
            *(word for word, letter in context.classes.items() if letter in NONE),
            *lexicon.triggers.unharmed,
            *(numbers.articles if lexicon.triggers.counted_once else ()),
        }
    )


def _is_common(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.context.determiners or word in lexicon.context.skipped_determiners


def is_signal(lowers: tuple[str, ...], i: int, vocabulary: Vocabulary) -> bool:
    """Whether a rule can fire because of word *i* of a sentence in lower case."""
    others = vocabulary.companions.get(lowers[i])
    if others is not None and not others.isdisjoint(lowers):
        return True
    anchored = vocabulary.signals.get(lowers[i])
    if not anchored:
        return anchored is not None
    for offset, words in anchored:
        first = i - offset
        if first >= 0 and lowers[first : first + len(words)] == words:
            return True
    return False


def _special(roles: Mapping[str, Collection[str]]) -> dict[str, str]:
    special: dict[str, str] = {}
    for role in ROLES:
        for word in roles[role]:
            special[word] = special.get(word, "") + role
    return special


def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    """Derive the tables of *lexicon*."""
    context, known, starts = lexicon.context, _known(lexicon), number_starts(lexicon.numbers)
    roles = {
        "p": lexicon.triggers.phrases.first_words,
        "s": lexicon.triggers.suffering | lexicon.triggers.carrying,
        "z": context.nobody | context.zero_determiners,
        "c": starts | lexicon.numbers.pairs,
        "n": known.keys() | context.determiners | lexicon.triggers.premodifiers.keys(),
        "b": {word for word, letter in context.classes.items() if letter in {"B", "m"}},
        "t": lexicon.triggers.words.keys() | lexicon.triggers.nominal.keys() | lexicon.triggers.lethal,
    }
    special = _special(roles)
    letters = {word: CLASS_LETTERS.get(letter, letter) for word, letter in context.classes.items()}
    letters |= dict.fromkeys(lexicon.triggers.unharmed, "0") | dict.fromkeys(context.anyone, "a")
    letters |= dict.fromkeys(context.adverbs, "") | {
        word: "" for word, letter in context.classes.items() if letter == "j"
    }
    signals, phrases, stops = _signals(lexicon), _trigger_phrases(lexicon), _stops(lexicon)
    words = Words(
        lexicon,
        letters,
        special,
        countable=_countables(lexicon),
        signals=dict.fromkeys(_companions(lexicon), PHRASE)
        | {word: SIGNAL if not anchored else PHRASE for word, anchored in signals.items()},
        numbers={word for word, value in lexicon.numbers.units.items() if value > 1},
        threats=context.metaphor_verbs | context.activity_nouns,
    )
    by_following, noun, hinting = openers(lexicon, special), _noun_of(known, lexicon.nouns), hints_by_word(lexicon)
    return Vocabulary(
        lexicon=lexicon,
        nouns=Remembered(noun, MAX_REMEMBERED),
        parts=Remembered(part_of(lexicon, lambda word: noun(word) is not None, stops, phrases), MAX_REMEMBERED),
        stops=stops,
        trigger_phrases=phrases,
        number_starts=starts,
        lone_values=Remembered(lone_values(lexicon.numbers), MAX_REMEMBERED),
        number_goes_on=number_goes_on(lexicon.numbers),
        letters=Remembered(words.letter, MAX_REMEMBERED),
        looks=Remembered(
            lambda word: Look(words.roles(word), plain_letter(word, context), by_following.get(word)), MAX_REMEMBERED
        ),
        signals=signals,
        companions=_companions(lexicon),
        marks=Remembered(words.mark, MAX_REMEMBERED),
        countables=Remembered(words.is_countable, MAX_REMEMBERED),
        hints=Remembered(lambda word: hint_of(word, hinting), MAX_REMEMBERED),
        neighbours=neighbours_of(lexicon),
    )
