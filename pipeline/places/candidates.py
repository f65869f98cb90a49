"""From the location entities to candidates: one per name, with every sense of the gazetteer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.findings import Document, Findings
from pipeline.gazetteer import Place, demonym, fold, lookup
from pipeline.names.places import is_region, strength
from pipeline.names.words import CLUB_PREFIXES
from pipeline.places.heads import Name, beside, split
from pipeline.places.model import Candidate, Level, Mention
from pipeline.places.parts import place_of_body, places_in_words
from pipeline.text import dateline
from pipeline.text.lexicon import words

MAX_SENSES: Final = 40
"""Senses weighed per name: the most populous of them, so that work per article is bounded."""
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
_PRINTED_HEADS: Final = ("Region", "Province", "State", "Governorate", "Oblast", "Department", "County", "District")
"""Head words that the gazetteer has in the names of some divisions: "Amhara Region"."""
_MOST_PARTS: Final = 6
_LONGEST_ABBREVIATION: Final = 5
_LONGEST_REMEMBERED: Final = 64
"""Code points; longer names are worked out anew, so that hostile texts cannot fill the memory."""
_OWN_SHARE: Final = 0.25
"""A city with at least this share of its namesake division's people is meant by the bare name: New York, not the state;
but Quebec and Oklahoma are the division."""


def mentions(document: Document, found: Findings) -> tuple[Mention, ...]:
    """All mentions of location entities, and the places in bodies' names and in words, in reading order."""
    texts = {text.field: text for text in document.texts}
    sentences = {text.field: [part.start for part in text.sentences] for text in document.texts}
    placed, taken = [], set[tuple[str, int]]()
    for span, kind in ((span, entity.type) for entity in found.entities for span in entity.mentions):
        text = texts[span.field]
        first = bisect_right(text.starts, span.start) - 1
        last = bisect_right(text.starts, span.end - 1)
        sentence = bisect_right(sentences[span.field], span.start) - 1
        taken.update((span.field, i) for i in range(first, last))
        if kind in ("location", "organisation") and first >= 0 and sentence >= 0 and last > first:
            whole = Mention(text, span.start, span.end, first, last, sentence)
            mention = whole if kind == "location" else place_of_body(whole)
            if mention:
                placed.append(mention)
    for text in document.texts:
        placed += [one for one in places_in_words(text) if (text.field, one.last - 1) not in taken]
    return tuple(sorted(placed, key=lambda one: (one.text.field != "title", one.start, -one.end)))


def _of_level(places: Iterable[Place], level: Level | None) -> tuple[Place, ...]:
    """The senses that a head word allows; all of them where it allows none."""
    places = tuple(places)
    if level == "division":
        return (
            tuple(p for p in places if p.kind in ("admin1", "admin2"))
            or tuple(p for p in places if p.kind == "region")
            or places
        )
    if level == "city":
        return tuple(p for p in places if p.kind in ("city", "capital")) or places
    if level == "water":
        return tuple(p for p in places if p.kind == "water")
    return places


def _without_namesakes(places: tuple[Place, ...], level: Level | None) -> tuple[Place, ...]:
    """Without divisions whose own city of the same name is the likelier meaning."""
    if level == "division":
        return places
    cities = {(p.country, p.admin1): p.population for p in reversed(places) if p.kind in ("city", "capital")}
    return tuple(
        p
        for p in places
        if p.kind not in ("admin1", "admin2") or cities.get((p.country, p.admin1), -1) < _OWN_SHARE * p.population
    )


def senses(surface: str, name: Name, level: Level | None) -> tuple[Place, ...]:
    """What *surface* can mean: the whole, else without its head word and modifiers."""
    whole = lookup(surface) or lookup(f"{surface}.")
    if level is None and demonym(name.bare) and not any(place.kind == "country" for place in whole):
        return ()
    if level == "water":
        return _of_level((*whole, *lookup(f"{name.bare} River"), *lookup(f"Lake {name.bare}")), level)[:1]
    if name.level == "site":
        return tuple(p for p in whole if p.kind in ("site", "region", "city"))
    places = _of_level(whole, level)
    if level == "division" and not _agrees(places, level):
        named = (lookup(f"{surface} {head}") for head in _PRINTED_HEADS)
        places = next((found for found in named if found and _agrees(found, level)), places)
    for shorter in dict.fromkeys((name.core, name.bare)):
        if places and (level is None or _agrees(places, level)):
            break
        less = _of_level(lookup(shorter), level)
        if less and (not places or (level is not None and _agrees(less, level))):
            places = less
    if not places and level not in ("water", "division"):
        places = _of_part(name.core)
    if surface.endswith(" State") and not any(place.kind in ("admin1", "country") for place in places):
        return ()  # "Penn State" is a university
    return _without_namesakes(_without_shadows(places, name), level)[:MAX_SENSES]


def _of_part(core: str) -> tuple[Place, ...]:
    """A site or quarter, by the point of the division or town that its name ends or begins with: "Far North
    Queensland", "Vancouver Art Gallery". It has no GeoNames id: that would be the town's."""
    parts = core.split()[:_MOST_PARTS]
    ends = [" ".join(parts[start:]) for start in range(1, len(parts))] if not _is_acronym(parts[-1]) else []
    begins = [" ".join(parts[:stop]) for stop in range(len(parts) - 1, 0, -1)]
    shorter = (*filter(is_region, ends), *begins, *ends)
    whole = next((lookup(part) for part in shorter if strength(part) in ("sure", "likely") and _is_own(part)), ())
    return tuple(place._replace(geonames_id=None, name=core, kind="site") for place in whole)


def _is_own(part: str) -> bool:
    """Whether the likeliest place of that name is called so itself: "Bab" is no Al Bab."""
    return is_region(part) or fold(lookup(part)[0].name).startswith(fold(part))


def _is_acronym(word: str) -> bool:
    """Whether an office rather than a town ends the name: "California DMV"."""
    return word.isupper() and len(word) <= _LONGEST_ABBREVIATION


def _without_shadows(places: tuple[Place, ...], name: Name) -> tuple[Place, ...]:
    """Without towns that only share an alternate name with a capital: Islamabad is not Anantnag."""
    keys = {fold(name.core), fold(name.bare)}
    if not any(place.kind == "capital" and fold(place.name) in keys for place in places):
        return places
    return tuple(p for p in places if p.kind != "city" or any(f" {key} " in f" {fold(p.name)} " for key in keys))


def _agrees(places: Iterable[Place], level: Level) -> bool:
    """Whether the whole name is one of the kind its head word says, as "Republic of the Congo" is."""
    kinds = ("admin1", "admin2", "region", "country") if level == "division" else ("city", "capital")
    return any(place.kind in kinds for place in places)


def _surface(mention: Mention) -> str:
    """The printed name, with the stop of an abbreviation that follows a comma: "Wainwright, Alta., is cold"."""
    text, surface = mention.text, mention.surface
    stopped = text.raw[mention.end : mention.end + 1] == "." and len(surface) <= _LONGEST_ABBREVIATION
    if stopped and mention.first and text.lowers[mention.first - 1] == "," and lookup(f"{surface}."):
        return f"{surface}."
    return surface


def _levels(found: Iterable[Mention]) -> Iterator[tuple[Mention, str, Level | None]]:
    """Mentions with what they print and what their head words say."""
    for mention in found:
        surface = _surface(mention)
        part = mention.text.sentences[mention.sentence]
        level = split(surface).level or beside(mention.text, mention.first, mention.last, part.first, part.last)
        yield mention, surface, level


def _keys(surface: str) -> frozenset[str]:
    """*surface* with and without head word and modifiers, folded."""
    return frozenset(map(fold, (surface, *split(surface)[:2])))


def _senses(surface: str, level: Level | None) -> tuple[Place, ...]:
    return senses(surface, split(surface), level)


_known_keys: Final = lru_cache(maxsize=4096)(_keys)
_known_senses: Final = lru_cache(maxsize=4096)(_senses)
"""News goes on naming the same places: what they can mean does not depend on the article."""


def keys_of(surface: str) -> frozenset[str]:
    return _known_keys(surface) if len(surface) <= _LONGEST_REMEMBERED else _keys(surface)


def _senses_of(surface: str, level: Level | None) -> tuple[Place, ...]:
    return _known_senses(surface, level) if len(surface) <= _LONGEST_REMEMBERED else _senses(surface, level)


class _Group(NamedTuple):
    """What mentions must share to be one candidate."""

    key: str
    abbreviated: bool
    level: Level | None
    refusal: str | None


def _refusal(mention: Mention) -> str | None:
    """Why a mention is no place at sight: money, diseases, treaties and clubs are named after places."""
    tokens, last = mention.text.tokens, mention.last
    if _is_vague(mention):
        return "a part of the world, not one place"
    if mention.first > mention.text.sentences[mention.sentence].first:
        before = tokens[mention.first - 1]
        if before.is_capitalised and before.lower in CLUB_PREFIXES:
            return "a team, not a place"
    if last >= mention.text.sentences[mention.sentence].last:
        return None
    following = tokens[last]
    if following.lower in _MONEY:
        return "a currency, not a place"
    if following.lower in _DISEASES:
        return "a disease, not a place"
    return "a treaty, not a place" if following.is_capitalised and following.lower in _TREATIES else None


def _is_vague(mention: Mention) -> bool:
    lowers, first = mention.text.lowers, mention.first
    return mention.last - first == 1 and lowers[first] in _VAGUE and first > 0 and lowers[first - 1] == "the"


def candidates(document: Document, found: Findings) -> tuple[Candidate, ...]:
    """One candidate per name and kind; its senses may be none."""
    line = dateline(document.body)
    grouped: dict[_Group, list[Mention]] = {}
    names: dict[_Group, str] = {}
    for mention, surface, level in _levels(mentions(document, found)):
        group = _Group(fold(surface), surface.endswith("."), level, _refusal(mention))
        grouped.setdefault(group, []).append(mention)
        names.setdefault(group, surface)
    return tuple(
        Candidate(
            keys_of(names[group]),
            group.level,
            tuple(members),
            () if group.refusal else _senses_of(names[group], group.level),
            line is not None and any(m.text is document.body and line.start <= m.start < line.end for m in members),
            group.refusal,
        )
        for group, members in grouped.items()
    )
