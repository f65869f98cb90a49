"""Head words: what the word beside a name says about its kind ("Mangystau region", "river Niger")."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.places.model import Level, Mention
from pipeline.text.lexicon import words

_DIVISION: Final = words(
    "region regions province provinces state states oblast governorate department prefecture republic krai canton "
    "territory emirate voivodeship county counties division county's"
)
_CITY: Final = words(
    "city cities town towns village villages capital municipality port suburb district districts neighbourhood "
    "neighborhood"
)
_WATER: Final = words("river rivers sea lake ocean strait straits gulf bay canal")
_SITE: Final = words(
    "airport airfield airbase base square prison jail camp university hospital church mosque cathedral stadium "
    "palace bridge street avenue park dam station checkpoint crossing embassy consulate hotel mall market plant "
    "refinery academy school college penitentiary headquarters tower monastery temple synagogue museum memorial "
    "cemetery"
)
LEVELS: Final[dict[str, Level]] = {
    **dict.fromkeys(_DIVISION, "division"),
    **dict.fromkeys(_CITY, "city"),
    **dict.fromkeys(_WATER, "water"),
    **dict.fromkeys(_SITE, "site"),
}
_DIVISION_OFFICES: Final = words("gov gov. governor governors governor's gubernatorial")
"""After a name these say that it is a division: "New York Gov. Cuomo"."""
HEADS_BEHIND: Final = _DIVISION_OFFICES | frozenset(LEVELS)
HEADS_BEFORE: Final = _WATER | {"of"}
"""The words that `beside` looks for."""
_PARTS: Final = words(
    "capital suburb suburbs district districts port neighbourhood neighborhood town towns village villages"
)
"""Head words that, before "of", may be a part of what is named; "city of" and "province of" are not."""
_ANY_LEVEL: Final = words("territory territories republic emirate")
"""Head words that, before "of", stand before countries too."""
_NAMED_LEVELS: Final[dict[str, Level]] = {
    word: level for word, level in LEVELS.items() if level != "site" and word not in _PARTS | _ANY_LEVEL
}
"""Head words that, before "of", say what kind of place is named. "The capital of North Darfur" is not North Darfur, and
Georgia has a territory in both of its senses."""
MODIFIERS: Final = words(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern north-east north-west south-east south-west north-eastern north- "
    "western south-eastern south-western central upper lower greater downtown mainland occupied rural inner outer "
    "metropolitan"
)
"""Words before a name that narrow it without naming another place."""


class Name(NamedTuple):
    """A surface without its head words and modifiers."""

    core: str
    """Without head word: "West Virginia"."""
    bare: str
    """Without head word and modifiers: "Syria" of "northern Syria"."""
    level: Level | None


LONGEST_REMEMBERED: Final = 64
"""Code points; longer names are worked out anew, so that hostile texts cannot fill the memory."""


def split(surface: str) -> Name:
    """Cut head words and modifiers off *surface*.

    >>> split("West Virginia state")
    Name(core='West Virginia', bare='Virginia', level='division')
    """
    return _split_known(surface) if len(surface) <= LONGEST_REMEMBERED else _split(surface)


def _split(surface: str) -> Name:
    parts = surface.split()
    level: Level | None = None
    if parts and parts[0].lower() == "the":
        parts = parts[1:]
    if len(parts) > 2 and parts[1].lower() == "of" and parts[0].lower() in LEVELS:
        level, parts = LEVELS[parts[0].lower()], parts[2:]
    elif len(parts) > 1 and parts[0].lower() in _WATER:
        level, parts = "water", parts[1:]
    if len(parts) > 1 and parts[-1].lower() in LEVELS:
        level, parts = LEVELS[parts[-1].lower()], parts[:-1]
    core = " ".join(parts)
    while len(parts) > 1 and parts[0].lower() in MODIFIERS:
        parts = parts[1:]
    return Name(core, " ".join(parts), level)


_split_known: Final = lru_cache(maxsize=4096)(_split)  # an article asks for each name a few times


def beside(mention: Mention) -> Level | None:
    """The head word of the same sentence beside *mention*; None when there is none."""
    text, first, last, sentence = mention.text, mention.first, mention.last, mention.sentence
    lowers = text.lowers
    if (
        last < sentence.last
        and lowers[last] in HEADS_BEHIND
        and text.tokens[last].start <= text.tokens[last - 1].end + 1
    ):
        level = LEVELS.get(lowers[last])
        of = last + 1 < sentence.last and lowers[last + 1] == "of"  # "the Hunan city of Yueyang"
        if level and level != "site" and not of:  # "the Moscow airport" is at Moscow
            return level
        if lowers[last] in _DIVISION_OFFICES:
            return "division"
    before = lowers[first - 1] if first > sentence.first else ""
    if before in _WATER:
        return "water"
    if before == "of" and first - 1 > sentence.first:
        return _NAMED_LEVELS.get(lowers[first - 2])
    return None
