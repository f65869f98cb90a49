"""Places that are people here: "Jordan" in an article about Michael Jordan; and what is refused as a place for it.

One sense per article: a name that is a person's in full once is that person's where it stands alone, unless the article
speaks of the place too, by its people, by another place there, or by saying that something is in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from pipeline.names import lexicon, places
from pipeline.names.passes import Part, surname, words_of
from pipeline.names.place_check import with_places
from pipeline.names.reading import Mention
from pipeline.names.words import SAID, SURE_PLACE_BEFORE
from pipeline.records import Values
from pipeline.text.lexicon import words

_PERSONAL: Final = words(
    "hands hand favour favor absence view opinion words eyes mind memory honour honor name career life death case "
    "shoes footsteps wife husband son daughter mother father parents brother sister lawyer lawyers attorney attorneys "
    "office defence defense performance speech letter book resignation arrest trial place way team squad corner "
    "presence behalf"
)
"""What a person has, behind "in Jordan's" or "outside Jordan's"."""
_INSIDE: Final = frozenset({"in", "near", "outside"})
_POSSESSIVE: Final = frozenset({"'s", "’s"})
_PRONOUNS: Final = frozenset({"he", "she"})
_SURE: Final = 0.8
_OFTEN: Final = 2
"""Times that a first name stands alone before it counts as the way the article speaks of a person."""
_MOST_REFUSED: Final = 20

People = dict[str, str]
"""First word or surname of a person, as compared, to the full name as printed."""


def _people(parts: Sequence[Part]) -> People:
    """Surnames, and first names by which the article goes on: it does not where it prints the surname alone."""
    surnames: People = {}
    first: dict[str, tuple[str, str]] = {}
    alone, speaking = Counter[str](), People()
    for part in parts:
        for mention in part.mentions:
            name = words_of(part.reading, mention.first, mention.last)
            if len(name) == 1:
                alone[name[0]] += 1
                if mention.label == "location" and _is_personal(part, mention):
                    speaking[name[0]] = part.reading.phrase(mention.first, mention.last)
            elif mention.label == "person" and (mention.confidence >= _SURE or lexicon.flags(name[0]) & lexicon.GIVEN):
                full = part.reading.phrase(mention.first, mention.last)
                surnames.setdefault(surname(name), full)
                first.setdefault(name[0], (full, surname(name)))
    named = {word: full for word, (full, last) in first.items() if alone[word] >= _OFTEN and not alone[last]}
    return speaking | named | surnames


def _is_personal(part: Part, mention: Mention) -> bool:
    """Whether a given name does what persons do, or has an age: "Georgia said she", "Georgia, 34,"."""
    lowers, i = part.reading.text.lowers, mention.last
    if not lexicon.flags(lowers[mention.first]) & lexicon.GIVEN or i + 2 >= len(lowers):
        return False
    if lowers[i] == "," == lowers[i + 2]:
        return lowers[i + 1].isdecimal() and len(lowers[i + 1]) == 2
    return lowers[i] in SAID and lowers[i + 1 + (lowers[i + 1] == "that")] in _PRONOUNS


def _support(parts: Sequence[Part], people: People) -> Counter[str]:
    """How many nationalities and places that are nobody's name speak for each country."""
    found: Counter[str] = Counter()
    for part in parts:
        for mention in part.mentions:
            if mention.label == "nationality" and mention.country:
                found[mention.country] += 1
            elif mention.label == "location" and words_of(part.reading, mention.first, mention.last)[0] not in people:
                found.update(places.countries_of(part.reading.phrase(mention.first, mention.last)))
    return found


def _is_placed(part: Part, mention: Mention) -> bool:
    """Whether something is said to be in it: "in Jordan", but not "in Jordan's hands"."""
    lowers, last = part.reading.text.lowers, mention.last
    if not mention.first or lowers[mention.first - 1] not in SURE_PLACE_BEFORE:
        return False
    owns = last + 1 < len(lowers) and lowers[last] in _POSSESSIVE
    return not (owns and lowers[last + 1] in _PERSONAL)


def _contained(part: Part, mention: Mention) -> bool:
    """Whether ", Country" follows: "Jordan, Minnesota"."""
    lowers = part.reading.text.lowers
    follows = {other.first for other in part.mentions if other.label == "location"}
    return mention.last < len(lowers) and lowers[mention.last] == "," and mention.last + 1 in follows


def _full_name(part: Part, mention: Mention, people: People, support: Counter[str]) -> str | None:
    """The person that a location's name is here; None where it is a place."""
    if mention.label != "location" or mention.last - mention.first != 1:
        return None
    full = people.get(words_of(part.reading, mention.first, mention.last)[0])
    if full is None or _is_placed(part, mention) or _contained(part, mention):
        return None
    if any(support[code] for code in places.countries_of(part.reading.phrase(mention.first, mention.last))):
        return None
    return full


def _is_place(part: Part, mention: Mention, people: People) -> bool:
    """Whether a lone personal name is a place: "in Chelsea", in an article that has no person of that name."""
    if mention.label != "person" or mention.title or mention.last - mention.first != 1:
        return False
    lowers, last = part.reading.text.lowers, mention.last
    inside = mention.first > 0 and lowers[mention.first - 1] in _INSIDE
    owns = last < len(lowers) and lowers[last] in _POSSESSIVE
    if not inside or owns or words_of(part.reading, mention.first, last)[0] in people:
        return False
    return places.strength(part.reading.phrase(mention.first, last)) is not None


def _is_product(part: Part, maker: Mention, mention: Mention) -> bool:
    """Whether a town's name follows a maker's directly: a Hyundai Santa Fe; a firm's branch is named by its country."""
    if maker.organisation is None or maker.organisation.kind != "company" or maker.last != mention.first:
        return False
    return mention.label == "location" and places.country_of(part.reading.phrase(mention.first, mention.last)) is None


def with_namesakes(parts: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[Values, ...]]:
    """*parts* with the places that are persons here relabelled, and those refusals."""
    people = _people(parts)
    support = _support(parts, people)
    parts = [with_places(part, people, support) for part in parts]
    support, done, refused = _support(parts, people), list[Part](), list[Values]()
    for part in parts:
        mentions = list(part.mentions)
        for i, mention in enumerate(mentions):
            if _is_place(part, mention, people):
                mentions[i] = mention._replace(label="location", rule="names.inside_it", confidence=0.6)
            full = _full_name(part, mention, people, support) if people else None
            if full is not None:
                mentions[i] = mention._replace(label="person", rule="names.namesake_of_place", confidence=0.7)
                refused.append(
                    _refusal(part, mention.first, mention.last, "a person of the article has this name", full)
                )
        kept = list[Mention]()
        for mention in mentions:
            if kept and _is_product(part, kept[-1], mention):
                whole = part.reading.phrase(kept[-1].first, mention.last)
                refused.append(_refusal(part, mention.first, mention.last, "part of a product's name", whole))
            else:
                kept.append(mention)
        done.append(replace(part, mentions=tuple(kept)))
    return tuple(done), tuple(refused[:_MOST_REFUSED])


def _refusal(part: Part, first: int, last: int, reason: str, winner: str) -> Values:
    text = part.reading.text
    start, end = text.tokens[first].start, text.tokens[last - 1].end
    return {
        "text": text.raw[start:end],
        "span": {"start": start, "end": end, "field": text.field},
        "considered_as": "location",
        "reason": reason,
        "winner": winner,
    }


def places_in_names(parts: Sequence[Part]) -> Iterator[Values]:
    """Places that longer names contain: "Nursultan" in "Nursultan Nazarbayev", "Boston" in "Boston Celtics"."""
    seen: set[tuple[str, str]] = set()
    for part in parts:
        for mention in part.mentions:
            if mention.label in ("person", "organisation") and mention.last - mention.first > 1:
                whole = part.reading.phrase(mention.first, mention.last)
                for i in range(mention.first, mention.last):
                    word = part.reading.text.tokens[i].text
                    if (word, whole) in seen or len(seen) >= _MOST_REFUSED:
                        continue
                    if word[0].isupper() and places.strength(word) in ("sure", "likely"):
                        seen.add((word, whole))
                        article = "a person's" if mention.label == "person" else "an organisation's"
                        yield _refusal(part, i, i + 1, f"part of {article} name", whole)
