"""Evidence for places and nationalities: the gazetteer, heads such as "Province", words that announce a place."""

from __future__ import annotations

from typing import Final

from pipeline import gazetteer
from pipeline.names import places
from pipeline.names.body_steps import add_body, head_end
from pipeline.names.lexicon import (
    DEMONYM,
    ETHNIC,
    GIVEN,
    OF_HEAD,
    ORG_HEAD,
    PLACE_HEAD,
    TITLE,
    WEAK_HEAD,
)
from pipeline.names.run import Run
from pipeline.names.words import (
    AILMENTS,
    DISHES,
    PLACE_JOINERS,
    SURE_PLACE_BEFORE,
    THING_HEADS,
)
from pipeline.text.lexicon import words

"""`Battle of X` names no place where something is reported from."""
_MAX_PLACE: Final = 4
_MAX_REACH: Final = _MAX_PLACE + 6
"""Tokens from the first of a place to what may stand behind it, with "and the" and two more words in it."""
_OCCASIONS: Final = frozenset({"battle", "treaty", "siege", "convention", "accord", "accords", "war"})
"""`Battle of X` names no place where something is reported from."""
_NO_INGREDIENTS: Final = words("with had has sold sells made makes served serves of and or the a an in on")
"""What may stand between a place and a dish that is not called after it: "in Boston the pie"."""
_AFTER_DATELINE: Final = frozenset({",", "(", "-", "–", "—"})
_CONFIDENCE: Final = {"sure": 0.95, "likely": 0.85, "weak": 0.7}


def nationality(run: Run, i: int) -> int:
    """ "Kazakh", "South African", "Kurds"; with a head after it, the body or place that it begins."""
    paired = i + 1 < run.end
    if not run.flags(i) & (DEMONYM | ETHNIC) and not (paired and run.flags(i + 1) & (DEMONYM | ETHNIC)):
        return i
    pair = run.phrase(i, i + 2) if paired else ""
    if pair and places.strength(pair) in ("sure", "likely"):
        return i  # "Latin America", "Soviet Union"
    code = gazetteer.demonym(pair.title() if run.shout else pair) if pair else None
    end = i + 2 if code else i + 1
    if not code and run.flags(i) & DEMONYM:
        code = gazetteer.demonym(run.tokens[i].text.capitalize())
    elif not code and (not run.flags(i) & ETHNIC or run.flags(i) & GIVEN):
        return i
    if code and end == i + 1 and places.strength(run.tokens[i].text) == "sure":
        return i
    tail = head_end(run, end)
    weak = tail == end + 1 and run.flags(end) & WEAK_HEAD and not run.flags(end) & OF_HEAD
    if tail > end and not weak:
        return add_body(run, i, tail, "names.organisation_head", 0.7)
    place = _heads_end(run, end)
    if place > end and not run.shout:
        return run.add(i, place, "location", "names.place_head", 0.7)
    return run.add(i, end, "nationality", "names.nationality", 0.95, country=code)


def _heads_end(run: Run, i: int) -> int:
    """Index after the place head that ends the next words ("International Airport"); *i* when there is none."""
    end = i
    for j in range(i, min(run.end, i + _MAX_PLACE)):
        flags = run.flags(j)
        if flags & TITLE:
            break
        if flags & PLACE_HEAD and not flags & ORG_HEAD:
            end = j + 1
    return end


def _over_small_words(run: Run, i: int, end: int) -> int:
    """Index after a gazetteer name with "and" or "of" in it, as in "Bosnia and Herzegovina"; *i* when there is none."""
    if end != run.end or end - i > 3 or end + 1 >= run.limit or run.lower(end) not in PLACE_JOINERS:
        return i
    j = end + 1 + (run.lower(end + 1) == "the")
    if j < run.limit and run.is_capital(j):
        for stop in (j + 2, j + 1):
            if stop <= run.limit and places.strength(run.phrase(i, stop)) in ("sure", "likely"):
                return stop
    return i


def _longest(run: Run, i: int) -> tuple[int, places.Strength | None]:
    """The longest gazetteer name at *i* and how sure it is. No name ends in a mark: "ADEN -" is Aden and a dash."""
    end = min(run.end, i + _MAX_PLACE)
    stop = _over_small_words(run, i, end)
    if stop > i:
        return stop, "sure"
    for stop in range(end, i, -1):
        found = places.strength(run.phrase(i, stop)) if run.tokens[stop - 1].text[0].isalnum() else None
        if found:
            return stop, found
    return i, None


def has_container(run: Run, end: int) -> bool:
    """Whether ", Country" or ", Division" follows: "Springfield, Illinois"."""
    if end + 1 >= run.limit or run.lower(end) != "," or not run.is_capital(end + 1):
        return False
    stops = [stop for stop in (end + 2, end + 3) if stop <= run.limit]
    return any(places.strength(run.phrase(end + 1, stop)) in ("sure", "likely") for stop in stops)


def is_place_name(run: Run, first: int, last: int) -> bool:
    """Whether the words name a country, a capital or a division and nothing else that the tables know."""
    several = last - first > 1 or places.country_of(run.phrase(first, last)) is not None
    return several and places.strength(run.phrase(first, last)) == "sure"


def _is_dish(run: Run, i: int) -> bool:
    """Whether the words at *i* make a dish of the place before them: "pie", "cream pie", but not ", pie"."""
    if i >= run.limit or run.is_capital(i):
        return False
    ingredient = i + 1 < run.limit and run.lower(i).isalpha() and run.lower(i) not in _NO_INGREDIENTS
    return run.lower(i) in DISHES or (ingredient and run.lower(i + 1) in DISHES)


def names_something_else(run: Run, first: int, last: int) -> bool:
    """Whether a place's name is part of an occasion's or a thing's: "Treaty of Vorbeck", "Vorbeck Convention"."""
    if run.lower(first - 1) == "of" and run.lower(first - 2) in _OCCASIONS and run.is_capital(first - 2):
        return True
    if _is_dish(run, last) or run.lower(last) in AILMENTS:
        return True
    return last < run.limit and run.lower(last) in THING_HEADS and run.is_capital(last) and not run.shout


def place_end(run: Run, first: int, last: int) -> int:
    """Index after the place at *first*, over "and" or "of" where the gazetteer has the longer name.

    A head written small is no part of it: of 600 places before "region" or "province", annotators took it in for none.
    """
    return max(last, _over_small_words(run, first, last))


def _may_be_announced(run: Run, i: int) -> bool:
    """Whether anything near says that the word at *i* begins a place: what is cheap to see, before names are tried."""
    announced = run.before(i) in SURE_PLACE_BEFORE or "," in run.reading.text.lowers[i + 1 : i + _MAX_REACH]
    return announced or (run.begins_sentence(i) and run.tokens[i].text.isupper())


def announced_place(run: Run, i: int) -> int:
    """A name that the gazetteer knows well, where the text says that it is a place: "Vorbeck, Texas"."""
    if not _may_be_announced(run, i):
        return i
    end, found = _longest(run, i)
    if found not in ("sure", "likely") or end > run.end or names_something_else(run, i, end):
        return i
    shouted = run.begins_sentence(i) and run.tokens[i].text.isupper()
    dateline = shouted and (
        run.lower(end) in _AFTER_DATELINE or (i == 0 and run.lower(end) == ":")
    )  # not "GORDON: Yes"
    if has_container(run, end) or run.before(i) in SURE_PLACE_BEFORE or (dateline and not run.shout):
        return run.add(i, end, "location", "names.announced_place", _CONFIDENCE[found])
    return i
