"""From the location entities to candidates: one per name and kind, with every sense of the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.findings import Document, Findings
from pipeline.gazetteer import fold, lookup
from pipeline.names.words import CLUB_PREFIXES
from pipeline.places.containers import governed
from pipeline.places.heads import HEADS_BEFORE, HEADS_BEHIND, LONGEST_REMEMBERED, beside, split
from pipeline.places.mentions import mentions
from pipeline.places.model import Candidate, Level, Meaning, Mention
from pipeline.places.senses import LONGEST_ABBREVIATION, meaning_of
from pipeline.text import Dateline, Text, dateline
from pipeline.text.lexicon import words

_MONEY: Final = words("$ dollar dollars cents")
_DISEASES: Final = words("virus fever encephalitis flu syndrome variant strain measles")
_TREATIES: Final = words(
    "agreement accord accords protocol protocols treaty convention conventions declaration pact memorandum"
)
_VAGUE: Final = words(
    "bay capital coast continent east gulf island islands kingdom north northeast northwest peninsula province "
    "republic south southeast southwest strip union valley west"
)
"""What with an article means a part of the world that only the reader knows: "the West" is not West, Texas."""
_TELLING_BEFORE: Final = HEADS_BEFORE | CLUB_PREFIXES | {"the"}
_TELLING_AFTER: Final = HEADS_BEHIND | _MONEY | _DISEASES | _TREATIES
"""Only beside these words a name has a kind, or none, that it does not show by itself."""
_NOTHING: Final = Meaning()

_Group = tuple[str, bool, Level | None, str | None]
"""What mentions must share to be one candidate: key, whether it is abbreviated, level and refusal."""


class _Name(NamedTuple):
    """What a name shows by itself."""

    key: str
    abbreviated: bool
    level: Level | None


def _read(surface: str) -> _Name:
    return _Name(fold(surface), surface.endswith("."), split(surface).level)


_known_name: Final = lru_cache(maxsize=4096)(_read)


def _surface(mention: Mention) -> str:
    """The printed name, with the stop of an abbreviation that follows a comma: "Wainwright, Alta., is cold"."""
    surface = mention.surface
    if len(surface) > LONGEST_ABBREVIATION:
        return surface
    text = mention.text
    stopped = text.raw[mention.end : mention.end + 1] == "."
    if stopped and mention.first and text.lowers[mention.first - 1] == "," and lookup(f"{surface}."):
        return f"{surface}."
    return surface


def _refusal(mention: Mention) -> str | None:
    """Why a mention is no place at sight: money, diseases, treaties and clubs are named after places."""
    text, first, last, sentence = mention.text, mention.first, mention.last, mention.sentence
    lowers = text.lowers
    if first and lowers[first - 1] == "the" and lowers[first] in _VAGUE and last - first == 1:
        return "a part of the world, not one place"
    if first > sentence.first and lowers[first - 1] in CLUB_PREFIXES and text.tokens[first - 1].is_capitalised:
        return "a team, not a place"
    if last >= sentence.last:
        return None
    following = lowers[last]
    if following in _MONEY:
        return "a currency, not a place"
    if following in _DISEASES:
        return "a disease, not a place"
    return "a treaty, not a place" if following in _TREATIES and text.tokens[last].is_capitalised else None


def candidates(document: Document, found: Findings) -> tuple[Candidate, ...]:
    """One candidate per name and kind; its senses may be none."""
    line = dateline(document.body)
    grouped: dict[_Group, tuple[str, list[Mention]]] = {}
    for mention in mentions(document, found):
        surface = _surface(mention)
        group = _group(mention, surface)
        if group in grouped:
            grouped[group][1].append(mention)
        else:
            grouped[group] = surface, [mention]
    return tuple(
        [
            Candidate(
                _NOTHING if refusal else meaning_of(surface, level),
                level,
                tuple(members),
                governed(members),
                line is not None and _stands_in(line, document.body, members),
                refusal,
            )
            for (_, _, level, refusal), (surface, members) in grouped.items()
        ]
    )


def _group(mention: Mention, surface: str) -> _Group:
    key, abbreviated, level = _known_name(surface) if len(surface) <= LONGEST_REMEMBERED else _read(surface)
    lowers, first, last = mention.text.lowers, mention.first, mention.last
    telling = last < len(lowers) and lowers[last] in _TELLING_AFTER
    if telling or (first and lowers[first - 1] in _TELLING_BEFORE):
        return key, abbreviated, level or beside(mention), _refusal(mention)
    return key, abbreviated, level, None


def _stands_in(line: Dateline, body: Text, members: Sequence[Mention]) -> bool:
    """Whether one of *members* is what the dateline of *body* names."""
    return any(one.text is body and line.start <= one.start < line.end for one in members)
