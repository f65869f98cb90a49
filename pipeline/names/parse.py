"""Read one stretch of capitalised words: what the tagger says of it, and the rules where they are surer.

    known body -> tagger -> nationality -> place announced as one -> body that one word names -> open

Each step takes words from the left, or leaves them to the next step. What no step takes is a candidate, which the rest
of the article may still settle.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.names import known, places
from pipeline.names.body_steps import body_alone, complement_end, country_in, is_ordinal, known_body
from pipeline.names.lexicon import COMMON, DEMONYM, ETHNIC, FUNCTION, GIVEN, NEVER, OF_HEAD, ORG_HEAD, SURNAME, TITLE
from pipeline.names.person_steps import role_before, title_start
from pipeline.names.place_steps import (
    announced_place,
    is_place_name,
    names_something_else,
    nationality,
    place_end,
)
from pipeline.names.reading import Candidate, Pieces, Reading, is_latin
from pipeline.names.run import Run
from pipeline.names.tagger import Tagged
from pipeline.names.tagger.segments import Segment
from pipeline.names.words import (
    AILMENTS,
    CAR_MAKERS,
    ORG_AFTER,
    ORG_BEFORE,
    PLACE_BEFORE,
    PORTFOLIOS,
    SHIPS,
    STORMS,
    UNITS,
)

RULE: Final = "names.tagger"
_HALF: Final = 60
"""Margin, in the model's units, at which a name is half way from a coin's toss to certainty."""
_DOUBTFUL: Final = 0.9
"""Confidence above which the tagger outweighs an article or a preposition before the name."""
_DETERMINERS: Final = frozenset({"a", "an", "the", "his", "her", "their", "my"})
_AFTER_DATELINE: Final = frozenset({"(", "-", "–", "—"})
_LONG: Final = 5
"""Letters from which a surname in capitals is taken for no acronym."""
_CRAFT: Final = STORMS | SHIPS
"""What is before a name that is that of a storm or ship."""
_OF_BODIES: Final = frozenset({"resolution", "resolutions", "special", "envoy", "commissioner"})
_REGIMES: Final = frozenset({"regime", "loyalists"})
"""What a head of state has, not a body."""
_LAWS: Final = frozenset({"law", "act", "bill", "rule"})


def read_segment(reading: Reading, segment: Segment, names: Sequence[Tagged], *, initial: bool) -> Pieces:
    """Mentions and open candidates of *segment*; *names*: what the tagger found in it, in reading order."""
    run = Run(reading, segment.first, segment.last, segment.limit, initial, segment.caseless)
    i = segment.first
    for name in (*names, None):
        stop = name.first if name else segment.last
        while i < stop:
            i = _without_name(run, i, stop, segment.last)
        if name and i <= name.first:
            i = _with_name(run, name)
    return Pieces(run.mentions, run.candidates)


def _with_name(run: Run, name: Tagged) -> int:
    """A name of the tagger, unless a known body that is no shorter begins with it."""
    first, last, kind, _ = name
    body = known.match(run.tokens, first, run.limit, any_case=run.shout)
    if body is not None and (first + body.length >= last or _is_of_body(run, first + body.length)):
        run.end = max(first + body.length, last)
        taken = known_body(run, first)
        if taken > first:
            return taken
        if body.weak and body.length == last - first and kind == 1:
            return last  # "Amnesty" for prisoners
    if not is_latin(run.tokens[first].text) or _is_no_name(run, name):
        return last
    if _is_car(run, name):
        run.add(first, first + 1, "organisation", "names.car_maker", 0.6)
        return last
    confidence = confidence_of(name)
    if kind == 0 and _is_place_after_all(run, first, last, confidence):
        return _place(run, first, last, confidence)
    if kind == 0:
        return _person(run, first, last, confidence)
    if kind == 1:
        return _body(run, first, last, confidence)
    return _place(run, first, last, confidence)


def _is_of_body(run: Run, i: int) -> bool:
    """Whether what follows a known body at *i* is its resolution or envoy: "UN Security Council Resolution 2254"."""
    return run.lower(i) in _OF_BODIES and run.is_capital(i) and not run.shout


def _is_no_name(run: Run, name: Tagged) -> bool:
    """Whether it is an operation's, ship's, storm's, or law's name, or a pair of countries: "USS Lee", "UK-France"."""
    if run.lower(name.first - 1) in _CRAFT and run.is_capital(name.first - 1):
        return name.kind != 2 or run.lower(name.first - 1) in SHIPS
    if _names_law(run, name):
        return True
    if name.last - name.first > 1:
        return run.lower(name.first) == "operation" or (run.lower(name.first) in _CRAFT and not run.shout)
    parts = run.tokens[name.first].text.split("-")
    return name.kind == 0 and len(parts) > 1 and all(places.strength(part) == "sure" for part in parts)


def _names_law(run: Run, name: Tagged) -> bool:
    """Whether a person's name is a law's, a disease's or a case's: "Megan's Law", "Parkinson's disease", "Roe v."."""
    if name.kind != 0:
        return False
    i = name.last
    if run.lower(i) in {"'s", "’s"}:
        following = run.lower(i + 1)
        return following in AILMENTS or (following in _LAWS and i + 1 < run.limit and run.is_capital(i + 1))
    before = run.lower(name.first - 1) == "." and run.lower(name.first - 2) == "v"
    return before or (run.lower(i) == "v" and run.lower(i + 1) == ".")


def _is_car(run: Run, name: Tagged) -> bool:
    """Whether it is a maker and a model, "Chevrolet Malibu", of which the maker is a body; not "Honda Motor"."""
    if run.lower(name.first) not in CAR_MAKERS or name.last - name.first == 1:
        return False
    counted = run.lower(name.first - 1) in _DETERMINERS and name.last - name.first == 2
    return name.kind == 0 or (counted and not run.flags(name.last - 1) & (ORG_HEAD | COMMON))


def _is_place_after_all(run: Run, first: int, last: int, confidence: float) -> bool:
    """Whether what was read as a person is a place: "near Tal Sifr", "DALLAS (AP) -", "the Cairns suburbs"."""
    if confidence > _DOUBTFUL or title_start(run, first) < first:
        return False
    if run.lower(first - 1) == "near":
        return not (run.flags(last - 1) & (GIVEN | SURNAME) or run.flags(first) & (TITLE | GIVEN))
    if last - first > 1:
        return False
    known_as = places.strength(run.phrase(first, last))
    if run.begins_sentence(first) and run.tokens[first].text.isupper() and run.lower(last) in _AFTER_DATELINE:
        return known_as is not None
    return first > 0 and run.tokens[first - 1].text == "the" and known_as is not None


def _is_inside_of(run: Run, first: int, last: int, confidence: float) -> bool:
    """Whether something is in what was read as a body, which the gazetteer knows: "the court in Regina"."""
    inside = last - first == 1 and confidence <= _DOUBTFUL and run.lower(first - 1) == "in"
    return inside and places.strength(run.phrase(first, last)) is not None


def _body(run: Run, first: int, last: int, confidence: float) -> int:
    """An organisation, with the end of a list that its name has: "Ministry of Trade, Industry and Tourism"."""
    if last - first > 1 and run.lower(first) in PORTFOLIOS and title_start(run, first + 1) < first:
        return _person(run, first + 1, last, confidence)  # "Secretary of [State Okafor]"
    if _is_printed_surname(run, first, last) or _has_regime(run, first, last):
        return _person(run, first, last, confidence)
    if run.lower(last - 1) in UNITS and first and is_ordinal(run.tokens[first - 1].text):
        first -= 1
    if is_place_name(run, first, last) or _is_inside_of(run, first, last, confidence):
        return run.add(first, last, "location", "names.gazetteer", 0.85)
    if run.lower(last) in {",", "and", "&"}:
        of = next((j for j in range(first + 1, last) if run.lower(j) == "of" and run.flags(j - 1) & OF_HEAD), last)
        last = max(last, complement_end(run, of)) if of < last else last
    return run.add(first, last, "organisation", RULE, confidence, country=country_in(run, first, last))


def _is_printed_surname(run: Run, first: int, last: int) -> bool:
    """Whether one word in capitals, in print that has small letters too, is a surname: "KENNEDY joined"."""
    word, flags = run.tokens[first].text, run.flags(first)
    long = last - first == 1 and len(word) >= _LONG and word.isupper() and word.isalpha() and not run.shout
    return long and bool(flags & SURNAME) and not flags & (COMMON | ORG_HEAD)


def _has_regime(run: Run, first: int, last: int) -> bool:
    """Whether one word that nothing else explains is a ruler's surname: "Quorval's brutal regime"."""
    i = last + (run.lower(last) in {"'s", "’s"})
    near = {run.lower(i), run.lower(i + 1) if i > last else ""}
    if last - first > 1 or _REGIMES.isdisjoint(near) or run.tokens[first].text.isupper():
        return False
    return _is_unexplained(run, first)


def _place(run: Run, first: int, last: int, confidence: float) -> int:
    """A place, whole as the gazetteer has it, unless a treaty, war or disease is named after it."""
    if names_something_else(run, first, last):
        return last
    if _has_regime(run, first, last):
        return _person(run, first, last, confidence)
    if _is_newspaper(run, first, last):
        return run.add(first, last, "organisation", "names.articled_paper", 0.6)
    run.end = last
    return run.add(first, place_end(run, first, last), "location", RULE, confidence)


def _is_newspaper(run: Run, first: int, last: int) -> bool:
    """Whether a capital on the article inside a sentence makes a paper of a town or river: "told The Irrawaddy"."""
    articled = last - first == 1 and first > 1 and run.tokens[first - 1].text == "The" and not run.shout
    if not articled or run.lower(first - 2) in PLACE_BEFORE | {"of", ",", ":"} or not run.lower(first - 2).isalpha():
        return False
    name = run.phrase(first, last)
    return places.country_of(name) is None and not places.is_articled(name) and places.strength(name) != "sure"


def confidence_of(name: Tagged) -> float:
    """From a half, for a name that nearly was none, towards one."""
    margin = max(0, name.margin)
    return round(0.5 + 0.5 * margin / (margin + _HALF), 2)


def _person(run: Run, first: int, last: int, confidence: float) -> int:
    """A person, with the title or role before the name."""
    if last - first == 1 and (run.lower(first - 1) in ORG_BEFORE or run.lower(last) in ORG_AFTER):
        return run.add(first, last, "organisation", "names.announced_organisation", 0.6)
    while last - first > 1 and run.flags(first) & TITLE and not run.flags(first) & GIVEN:
        first += 1  # the tagger took the title for a part of the name
    start = title_start(run, first)
    while run.mentions and run.mentions[-1].first >= start:
        run.mentions.pop()  # "State" of a Secretary of State is no body
    title = run.phrase(start, first) if start < first else role_before(run, first)
    return run.add(first, last, "person", RULE, confidence, title=title)


def _without_name(run: Run, i: int, stop: int, end: int) -> int:
    """A word that is in no name of the tagger's; *stop*: where its next name begins."""
    if not run.is_capital(i):
        return i + 1
    for run.end, step in ((stop, known_body), (stop, nationality), (stop, announced_place), (end, body_alone)):
        before = len(run.mentions)
        taken = step(run, i)
        if taken > i and taken <= stop:
            return taken
        del run.mentions[before:]
    if run.lower(i + 1) == "group" and run.lower(i - 1) == "the" and _is_unexplained(run, i):
        return run.add(i, i + 1, "organisation", "names.announced_organisation", 0.6)
    _keep_open(run, i)
    return i + 1


def _is_unexplained(run: Run, i: int) -> bool:
    """Whether no table has the word at *i*, but maybe as a personal name: "the Zarvan group"."""
    flags = run.flags(i) & (COMMON | NEVER | ORG_HEAD | DEMONYM | ETHNIC | FUNCTION | TITLE)
    return not flags and places.strength(run.tokens[i].text) is None and run.tokens[i].text[0].isupper()


def _keep_open(run: Run, i: int) -> None:
    """Leave a word that may be a name to the rest of the article."""
    flags = run.flags(i)
    ordinary = flags & COMMON and (run.shout or not flags & (GIVEN | SURNAME))
    if not ordinary and not flags & (NEVER | TITLE | DEMONYM | ETHNIC | FUNCTION) and run.tokens[i][0][0].isalpha():
        run.candidates.append(Candidate(i, i + 1, run.begins_sentence(i)))
