"""Evidence for places and nationalities: the gazetteer, heads such as "Province", words that announce a place."""

from __future__ import annotations

from typing import Final

from pipeline import gazetteer
from pipeline.names import places
from pipeline.names.body_steps import add_body, head_end
from pipeline.names.lexicon import (
    COMMON,
    DEMONYM,
    ETHNIC,
    GIVEN,
    NEVER,
    OF_HEAD,
    ORG_HEAD,
    PLACE_HEAD,
    SURNAME,
    TITLE,
    WEAK_HEAD,
)
from pipeline.names.run import Run, is_name_shaped
from pipeline.names.words import (
    CLUB_PREFIXES,
    DIRECTIONS,
    GIVEN_COUNTRIES,
    PLACE_BEFORE,
    PLACE_NOUNS,
    PLACE_PREFIXES,
    SMALL_PLACE_HEADS,
    SURE_PLACE_BEFORE,
    SURNAME_ENDINGS,
    THING_HEADS,
)

_OCCASIONS: Final = frozenset({"battle", "treaty", "siege", "convention", "accord", "accords", "war"})
"""`Battle of X` names no place where something is reported from."""
_MAX_PLACE: Final = 4
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
    if end != run.end or end - i > 3 or end + 1 >= run.limit or run.lower(end) not in {"and", "of", "&"}:
        return i
    j = end + 1 + (run.lower(end + 1) == "the")
    if j < run.limit and run.is_capital(j):
        for stop in (j + 2, j + 1):
            if stop <= run.limit and places.strength(run.phrase(i, stop)) in ("sure", "likely"):
                return stop
    return i


def _longest(run: Run, i: int) -> tuple[int, places.Strength | None]:
    """The longest gazetteer name at *i* and how sure it is."""
    end = min(run.end, i + _MAX_PLACE)
    stop = _over_small_words(run, i, end)
    if stop > i:
        return stop, "sure"
    for stop in range(end, i, -1):
        found = places.strength(run.phrase(i, stop))
        if found:
            return stop, found
    return i, None


def has_container(run: Run, end: int) -> bool:
    """Whether ", Country" or ", Division" follows: "Springfield, Illinois"."""
    if end + 1 >= run.limit or run.lower(end) != "," or not run.is_capital(end + 1):
        return False
    stops = [stop for stop in (end + 2, end + 3) if stop <= run.limit]
    return any(places.strength(run.phrase(end + 1, stop)) in ("sure", "likely") for stop in stops)


def _is_announced(run: Run, i: int, end: int) -> bool:
    person_like = end == i + 1 and run.flags(i) & (GIVEN | SURNAME)
    return (
        run.before(i) in (SURE_PLACE_BEFORE if person_like else PLACE_BEFORE)
        or has_container(run, end)
        or (run.lower(i - 1) == "the" and places.is_water(run.phrase(i, end)))
        or (run.lower(i - 1) == "of" and run.lower(i - 2) in PLACE_NOUNS)
    )


def gazetteer_place(run: Run, i: int) -> int:
    """A name the gazetteer knows, alone or as the beginning of a longer name."""
    end, found = _longest(run, i)
    if found is None:
        return i
    if end <= run.end:
        longer = _longer_name(run, i, end, found)
        if longer > i:
            return longer
    if run.lower(i - 1) == "of" and run.lower(i - 2) in _OCCASIONS and run.is_capital(i - 2):
        return end
    if _is_doubtful(run, i, end, found):
        return i
    if end < run.limit and run.lower(end) in SMALL_PLACE_HEADS:
        end += 1
    rule = "names.announced_place" if found == "weak" else "names.gazetteer"
    return run.add(i, end, "location", rule, _CONFIDENCE[found])


def _longer_name(run: Run, i: int, end: int, found: places.Strength) -> int:
    """The body, place or team that a place name begins: "Kabul Bank", "Anbar Province", "Leeds Rovers"; else *i*."""
    if run.flags(i) & TITLE and end == i + 1 < run.end:
        return i
    if run.lower(end) == "administration" and run.flags(i) & SURNAME:
        return i  # "the Clinton Administration"
    tail = head_end(run, end)
    if tail > end:
        return add_body(run, i, tail, "names.organisation_head", 0.8)
    if end < run.end and run.lower(end) in THING_HEADS and not run.shout:
        return end + 1
    if i > run.start and run.lower(i - 1) in CLUB_PREFIXES and end == run.end and not run.shout:
        return run.add(i - 1, end, "organisation", "names.team", 0.7)
    heads = _heads_end(run, end)
    if heads > end:
        return run.add(i, heads, "location", "names.place_head", 0.9)
    team = _team_end(run, i, end) if found != "weak" else end
    return run.add(i, team, "organisation", "names.team", 0.6) if team > end else i


def _team_end(run: Run, i: int, end: int) -> int:
    """Index after "City Plurals", the form of a sports team's name; *end* when the words have another form."""
    if end + 1 != run.end or run.shout or run.flags(i) & GIVEN or places.country_of(run.phrase(i, end)):
        return end
    word, flags = run.tokens[end].text, run.flags(end)
    plural = len(word) > 4 and word.endswith("s") and not word.endswith("ss") and word.istitle() and word != "Games"
    return end + 1 if plural and not flags & (NEVER | TITLE | PLACE_HEAD | DEMONYM | ETHNIC | GIVEN | SURNAME) else end


def _is_doubtful(run: Run, i: int, end: int, found: places.Strength) -> bool:
    """Whether the place's name is more likely a person's, or an ordinary word, here."""
    flags = run.flags(i)
    announced = _is_announced(run, i, end)
    if end < run.end:
        if found == "weak":
            return True
        name_follows = is_name_shaped(run, end)
        if name_follows and found != "sure" and (flags & GIVEN or not announced):
            return True
        if name_follows and end == i + 1 and _reads_as_person(run, i):
            return True
    if found == "weak":
        return not announced
    return found == "likely" and run.begins_sentence(i) and end == i + 1 and bool(flags & (COMMON | GIVEN))


def _reads_as_person(run: Run, i: int) -> bool:
    """Whether a place's name begins a person's: "Nursultan Nazarbayev", "Jordan Henderson"."""
    flags, after = run.flags(i), run.flags(i + 1)
    if places.country_of(run.tokens[i].text):
        if run.before(i) in PLACE_BEFORE or not flags & GIVEN:
            return False
        return bool(after & SURNAME) or (run.lower(i) in GIVEN_COUNTRIES and _may_be_surname(run, i + 1))
    return bool(flags & GIVEN and after & SURNAME) or run.tokens[i + 1].text.endswith(SURNAME_ENDINGS)


def _may_be_surname(run: Run, i: int) -> bool:
    """Whether the last word of the run is no word, place or team: "Brown" but not "Bulldogs"."""
    word = run.tokens[i].text
    known = run.flags(i) & COMMON or places.strength(word) in ("sure", "likely")
    return i + 1 == run.end and len(word) > 3 and not known and not word.endswith("s")


def place_head(run: Run, i: int) -> int:
    """Capitals with a place head: "Helmand Province", "Mount Elgon", "Lake Chad"."""
    if _has_prefix(run, i):
        end = i + 2
        while end < run.end and end - i < 4 and not run.flags(end) & (TITLE | ORG_HEAD | NEVER):
            end += 1
        return run.add(i, end, "location", "names.place_head", 0.7)
    end = i
    for j in range(i + 1, run.end):
        if run.flags(j) & TITLE:
            break
        if run.flags(j) & PLACE_HEAD:
            end = j + 1
    if end == i or (run.shout and all(run.flags(j) & COMMON for j in range(i, end - 1))):
        return i
    return run.add(i, end, "location", "names.place_head", 0.85)


def _has_prefix(run: Run, i: int) -> bool:
    if i + 1 >= run.end or run.flags(i) & GIVEN:
        return False
    if run.lower(i) in DIRECTIONS and places.strength(run.tokens[i + 1].text) in ("sure", "likely"):
        return True
    return run.lower(i) in PLACE_PREFIXES and not run.flags(i + 1) & (NEVER | TITLE)
