"""From the location entities to candidates: one per name and kind, with every sense of the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.findings import Document, Findings
from pipeline.gazetteer import fold, lookup
from pipeline.names.words import CLUB_PREFIXES
from pipeline.places.containers import governed
from pipeline.places.heads import beside, split
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
_NOTHING: Final = Meaning()


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


def _level(mention: Mention, surface: str) -> Level | None:
    """What head words in or beside the name say that it is."""
    return split(surface).level or beside(mention)


class _Group(NamedTuple):
    """What mentions must share to be one candidate."""

    key: str
    abbreviated: bool
    level: Level | None
    refusal: str | None


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
        group = _Group(fold(surface), surface.endswith("."), _level(mention, surface), _refusal(mention))
        grouped.setdefault(group, (surface, []))[1].append(mention)
    return tuple(
        Candidate(
            _NOTHING if group.refusal else meaning_of(surface, group.level),
            group.level,
            tuple(members),
            governed(members),
            line is not None and _stands_in(line, document.body, members),
            group.refusal,
        )
        for group, (surface, members) in grouped.items()
    )


def _stands_in(line: Dateline, body: Text, members: Sequence[Mention]) -> bool:
    """Whether one of *members* is what the dateline of *body* names."""
    return any(one.text is body and line.start <= one.start < line.end for one in members)
