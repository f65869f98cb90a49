"""The gazetteer's second look: names that were read otherwise, or left open, and are places beyond reasonable doubt.

A tagger that has never seen a town takes it for a person or a body; the gazetteer knows the town, and ", Texas" behind
it leaves no choice. Persons that the article names in full are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from pipeline.names import lexicon, places
from pipeline.names.passes import Part, words_of
from pipeline.names.reading import Candidate, Mention
from pipeline.names.words import ORG_HEADS, PLACE_BEFORE, SMALL_PLACE_HEADS, SURE_PLACE_BEFORE, THING_HEADS
from pipeline.text import Token
from pipeline.text.lexicon import words

_PERSONAL: Final = lexicon.GIVEN | lexicon.SURNAME
_ORDINARY: Final = lexicon.COMMON | lexicon.NEVER | lexicon.TITLE | lexicon.FUNCTION
RULE: Final = "names.gazetteer_check"
_DASHES: Final = frozenset({"-", "–", "—"})
_DATELINE_ENDS: Final = _DASHES | {"(", ":", ","}
_LONGEST_ACRONYM: Final = 4
_MOST_WORDS: Final = 5
"""Longest country name that is put together from what stands before a part of it."""
_CONFIDENCE: Final = 0.75
_NAMED_AFTER: Final = THING_HEADS - words("games olympics cup championship championships marathon open festival derby")
"""Wars, treaties and the like; games and festivals are held in the place that they are called after."""


def _flags(part: Part, first: int, last: int) -> int:
    found = 0
    for lower in part.reading.text.lowers[first:last]:
        found |= lexicon.flags(lower)
    return found


def _contained(part: Part, last: int) -> bool:
    """Whether ", Division" or ", Country" follows: "Raleigh, N.C."."""
    tokens = part.reading.text.tokens
    if last + 1 >= len(tokens) or tokens[last].text != "," or not tokens[last + 1].is_capitalised:
        return False
    stops = [stop for stop in (last + 2, last + 3) if stop <= len(tokens)]
    return any(places.is_region(part.reading.phrase(last + 1, stop)) for stop in stops)


def _named(phrase: str) -> str:
    """*phrase* as the gazetteer prints it: capitals of a dateline say nothing, those of an acronym do."""
    return phrase.title() if phrase.isupper() and len(phrase) > _LONGEST_ACRONYM else phrase


def _in_dateline(part: Part, first: int, last: int) -> bool:
    """Whether capitals open a sentence before a bracket or a dash: "NEW YORK (AP)", "VICTORIA - The home"."""
    tokens = part.reading.text.tokens
    opens = first == 0 or tokens[first - 1].end < tokens[first].start - 1 or "\n" in _gap(part, first)
    return opens and last < len(tokens) and tokens[last].text in _DATELINE_ENDS and _all_capitals(part, first, last)


def _gap(part: Part, first: int) -> str:
    tokens = part.reading.text.tokens
    return part.reading.text.raw[tokens[first - 1].end : tokens[first].start]


def _all_capitals(part: Part, first: int, last: int) -> bool:
    return part.reading.phrase(first, last).isupper()


def _is_place(part: Part, first: int, last: int, support: Mapping[str, int]) -> bool:
    """Whether the words are a place's name and no person's or everyday one, or the text says what they lie in."""
    phrase = _named(part.reading.phrase(first, last))
    strength = places.strength(phrase)
    if strength is None:
        return False
    if _contained(part, last) or _in_dateline(part, first, last):
        return True
    if strength == "weak":
        return False
    flags = _flags(part, first, last)
    if last - first > 1:
        return places.is_major(phrase) and not lexicon.flags(part.reading.text.lowers[first]) & lexicon.GIVEN
    if not flags & (_PERSONAL | _ORDINARY):
        return True
    alone = not flags & (_ORDINARY | lexicon.GIVEN)
    return alone and any(support.get(code, 0) for code in places.countries_of(phrase))


def _was_body(part: Part, mention: Mention, support: Mapping[str, int]) -> bool:
    """Whether a body is a town with what it lies in, or a division; clubs and companies are called like towns."""
    first, last = mention.first, mention.last
    if mention.organisation or part.reading.text.lowers[last - 1] in ORG_HEADS:
        return False
    phrase = _named(part.reading.phrase(first, last))
    placed = first > 0 and part.reading.text.lowers[first - 1] in SURE_PLACE_BEFORE
    if placed and places.strength(phrase) in ("sure", "likely"):
        return True
    sure = _contained(part, last) or _in_dateline(part, first, last) or (" " in phrase and places.is_region(phrase))
    return sure and _is_place(part, first, last, support)


def _checked(part: Part, mention: Mention, people: Mapping[str, str], support: Mapping[str, int]) -> Iterator[Mention]:
    """What the gazetteer makes of *mention*: itself, a place, or a place and the person behind it."""
    if mention.label == "location":
        yield _whole(part, _trimmed(part, mention))
    elif mention.label == "person" and mention.rule != "names.title" and not mention.title:
        known = words_of(part.reading, mention.first, mention.last)[-1] in people and mention.last - mention.first == 1
        if not known and _is_place(part, mention.first, mention.last, support):
            yield _as_place(mention)
        else:
            yield from _split(part, mention)
    elif mention.label == "organisation" and _was_body(part, mention, support):
        yield _as_place(mention)
    else:
        yield mention


def _as_place(mention: Mention) -> Mention:
    return Mention(mention.first, mention.last, "location", RULE, _CONFIDENCE)


def _split(part: Part, mention: Mention) -> Iterator[Mention]:
    """A place and the person behind it: "WASHINGTON Barack Obama", "Essex - Tom Duncan"."""
    lowers, first, last = part.reading.text.lowers, mention.first, mention.last
    for stop in range(min(first + 2, last - 2), first, -1):
        phrase = _named(part.reading.phrase(first, stop))
        rest = stop + (lowers[stop] in _DASHES)
        follows = rest > stop or lexicon.flags(lowers[rest]) & (lexicon.GIVEN | lexicon.TITLE)
        personal = lexicon.flags(lowers[first]) & lexicon.GIVEN and not _all_capitals(part, first, stop)
        if follows and not personal and rest < last and places.strength(phrase) in ("sure", "likely"):
            yield Mention(first, stop, "location", RULE, _CONFIDENCE)
            while rest < last - 1 and lexicon.flags(lowers[rest]) & lexicon.TITLE:
                rest += 1
            yield mention._replace(first=rest)
            return
    yield mention


def _may_begin(token: Token) -> bool:
    """Whether a place's name may have the token in it: capitalised, and no article."""
    return token.is_capitalised and token.lower != "the"


def _grown(part: Part, mention: Mention) -> Mention:
    """A well-known place of which *mention* is only a part: "New" of "New York", "Kuala" of "Kuala Lumpur"."""
    tokens = part.reading.text.tokens
    if mention.organisation or mention.last - mention.first > 1:
        return mention
    for first, last in ((mention.first, mention.first + 2), (mention.first - 1, mention.last)):
        inside = first >= 0 and last <= len(tokens)
        if inside and all(map(_may_begin, tokens[first:last])):
            phrase = _named(part.reading.phrase(first, last))
            if places.strength(phrase) is not None and places.is_major(phrase):
                return Mention(first, last, "location", RULE, _CONFIDENCE)
    return mention


def _trimmed(part: Part, mention: Mention) -> Mention:
    """Without the numbers and small words before it, and the small head behind it: "2,000 U.S.", "Amhara region"."""
    first, tokens = mention.first, part.reading.text.tokens
    if mention.last - first > 1 and tokens[mention.last - 1].text in SMALL_PLACE_HEADS:
        mention = mention._replace(last=mention.last - 1)
    if mention.last - first == 1 or places.strength(part.reading.phrase(first, mention.last)) is not None:
        return mention
    for i in range(mention.first, mention.last - 1):
        token = tokens[i]
        if any(c.isdigit() for c in token.text) or (i > first and token.text in ("at", "in")):
            first = i + 1
    return mention._replace(first=first)


def _whole(part: Part, mention: Mention) -> Mention:
    """With the words before it that make it a country's full name: "Democratic People's Republic of Korea"."""
    tokens = part.reading.text.tokens
    if mention.last - mention.first == 1 or not mention.first:
        return mention
    for first in range(max(0, mention.first - _MOST_WORDS), mention.first):
        if _may_begin(tokens[first]) and places.country_of(part.reading.phrase(first, mention.last)):
            return mention._replace(first=first)
    return mention


def _phrase(part: Part, mention: Mention) -> str:
    return part.reading.phrase(mention.first, mention.last)


def _runs(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Candidates with those that touch them: "Tamil" and "Nadu"."""
    run: Candidate | None = None
    for one in sorted(candidates):
        if run and run.last == one.first and one.last - run.first <= _MOST_WORDS:
            run = Candidate(run.first, one.last, run.initial)
            continue
        if run:
            yield run
        run = one
    if run:
        yield run


def _is_spoken_of(part: Part, run: Candidate, support: Mapping[str, int]) -> bool:
    """Whether a lone open word has more for it than the gazetteer's name: "Lion" and "Parma" are seldom the towns."""
    phrase, tokens = part.reading.phrase(run.first, run.last), part.reading.text.tokens
    if run.last - run.first > 1 or places.strength(phrase) == "sure":
        return True
    beside = [tokens[i].is_capitalised for i in (run.first - 1, run.last) if 0 <= i < len(tokens)]
    if any(beside):
        return False
    placed = run.first > 0 and tokens[run.first - 1].lower in PLACE_BEFORE
    return placed or any(support.get(code, 0) for code in places.countries_of(phrase))


def _names_thing(part: Part, run: Candidate) -> bool:
    """Whether a war or treaty is named after the place: "the Iraq War", but not "the Iraq war", which is there."""
    text = part.reading.text
    if run.last == len(text.tokens) or text.lowers[run.last] not in _NAMED_AFTER:
        return False
    return text.tokens[run.last].is_capitalised and not _all_capitals(part, run.first, run.last + 1)


def _opened(part: Part, support: Mapping[str, int]) -> tuple[list[Mention], tuple[Candidate, ...]]:
    """The open names that are places, and those that stay open."""
    found, placed = list[Mention](), set[int]()
    taken = {i for mention in part.mentions for i in range(mention.first, mention.last)}
    for run in _runs(part.candidates):
        free = taken.isdisjoint(range(run.first, run.last)) and not _names_thing(part, run)
        if free and _is_place(part, run.first, run.last, support) and _is_spoken_of(part, run, support):
            found.append(Mention(run.first, run.last, "location", RULE, _CONFIDENCE))
            placed.update(range(run.first, run.last))
    left = [one for one in part.candidates if one.first not in placed]
    return found, tuple(left)


def with_places(part: Part, people: Mapping[str, str], support: Mapping[str, int]) -> Part:
    """*part* with the places that the gazetteer is sure of.

    *people*: words of persons named in full; *support*: how many names and nationalities speak for each country.
    """
    opened, left = _opened(part, support)
    checked = [new for one in part.mentions for new in _checked(part, _grown(part, one), people, support)]
    mentions = sorted([*checked, *opened], key=lambda mention: (mention.first, mention.last))
    taken = {i for mention in mentions for i in range(mention.first, mention.last)}
    open_ones = tuple(one for one in left if one.first not in taken)
    return replace(part, mentions=_disjoint(mentions), candidates=open_ones)


def _disjoint(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Without the mentions inside a place that grew over them, and without the same place found from both its words."""
    grown = [one for one in mentions if one.rule == RULE]
    spans = {(one.first, one.last) for one in grown if one.last - one.first > 1}
    kept, seen = list[Mention](), set[tuple[int, int]]()
    for one in mentions:
        inside = any(first <= one.first and one.last <= last and one.rule != RULE for first, last in spans)
        if not inside and (one.rule != RULE or (one.first, one.last) not in seen):
            kept.append(one)
            seen.add((one.first, one.last))
    return tuple(kept)
