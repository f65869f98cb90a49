"""What part a place plays in its sentence: where something happens, where people meet, where one is from, who acts.

The nearest cue of the sentence tells event from venue: "Envoys met in Geneva to discuss the killing in Darfur".
"""

from __future__ import annotations

from math import ceil
from typing import Final

from pipeline.gazetteer import Place
from pipeline.places.cues import ACTS, AFFAIRS, EVENTS, GOVERNMENTS, HITS, ORIGINS, SEATS, STATE_ACTS, UNITS, VENUES
from pipeline.places.heads import LEVELS, MODIFIERS
from pipeline.places.model import Mention
from pipeline.text.lexicon import words
from schemas.enrichment import LocationRole

_LOCATIVE: Final = words(
    "in at near outside around across off inside throughout over within on from of through around towards"
)
_STRICTLY_IN: Final = words("in at near outside around across off inside throughout over within through")
_JOINERS: Final = words(", and or & as well ; 's ’s")
_POSSESSIVE: Final = words("'s ’s")
_EDGES: Final = words("coast outskirts edge area vicinity centre center heart streets shores suburbs border")
_SKIPPED: Final = MODIFIERS | _EDGES | frozenset(LEVELS) | words("the of city 's ’s , both")
_LISTED: Final = _JOINERS | frozenset(LEVELS)
_OWNED: Final = AFFAIRS | GOVERNMENTS
_CUES: Final[dict[str, LocationRole]] = {**dict.fromkeys(VENUES, "venue"), **dict.fromkeys(EVENTS, "event")}
_CUE_WORDS: Final = frozenset(_CUES)
_MOST_BACK: Final = 6
_MOST_LISTED: Final = 3
"""Tokens between two names of a list."""
_CUE_WINDOW: Final = 40
"""Tokens on either side that are searched for a cue; also bounds the work in a text without full stops."""
_AFTER_FACTOR: Final = 1.5
"""A cue behind the place counts as if it stood half as far again: reports name the event before the place."""


def _before(mention: Mention) -> int:
    """Index of the last token before the mention that is no modifier, head word or comma; -1 when there is none."""
    lowers, low = mention.text.lowers, mention.sentence.first
    i = mention.first - 1
    for _ in range(_MOST_BACK):
        if i < low or lowers[i] not in _SKIPPED:
            break
        i -= 1
    return i if i >= low else -1


def _following(mention: Mention) -> str | None:
    """The word right behind the mention, lower case; None at the end of the sentence."""
    return mention.text.lowers[mention.last] if mention.last < mention.sentence.last else None


def _is_origin(mention: Mention, before: int) -> bool:
    if before < 0:
        return False
    lowers, first = mention.text.lowers, mention.first
    if lowers[before] == "from":
        return before == 0 or lowers[before - 1] not in UNITS
    return lowers[first - 1] in ("of", "in") and _names_origin(mention)


def _is_locative(mention: Mention, before: int) -> bool:
    """Whether it is said where: "in Mopti", "off the coast of Sulawesi", "on the outskirts of Kyiv"."""
    lowers = mention.text.lowers
    word = lowers[before]
    return word in _STRICTLY_IN or (word in ("on", "along") and not _EDGES.isdisjoint(lowers[before : mention.first]))


def _names_origin(mention: Mention) -> bool:
    """Whether a noun of origin governs it: "a native of Tunisia", "born in Lyon", "citizens of Chad"."""
    i = mention.first - 2
    return i >= mention.sentence.first and mention.text.lowers[i] in ORIGINS


def _is_metonym(mention: Mention, place: Place, before: int) -> bool:
    """Whether a seat of government stands for the government."""
    kind = place.kind
    if kind == "country":
        return _acts_as_government(mention, before)
    return (kind == "capital" or place.name in SEATS) and _acts_as_seat(mention)


def _acts_as_seat(mention: Mention) -> bool:
    lowers, first, last = mention.text.lowers, mention.first, mention.last
    back = lowers[max(mention.sentence.first, first - _MOST_BACK) : first]
    nearest = back[-1] if back else ""
    if nearest in ("in", "at") and len(back) > 1 and back[-2] in GOVERNMENTS:
        return True
    if nearest in ("between", "and", "with") and not AFFAIRS.isdisjoint(back):
        return True
    following = _following(mention)
    if following is None or nearest in _STRICTLY_IN:
        return False
    if following in _POSSESSIVE:
        return last + 1 < len(lowers) and lowers[last + 1] in _OWNED
    if following in ("and", ",") and _others_act(mention):
        return nearest not in _LOCATIVE
    return nearest not in _LOCATIVE and following in ACTS


def _acts_as_government(mention: Mention, before: int) -> bool:
    """Whether a country does what only its government can: "Turkey condemned it", "Kenya's government said".

    A country's name stands for its land much oftener than a capital's for more than the town, so fewer verbs count.
    """
    lowers, after = mention.text.lowers, mention.last + 1
    following = _following(mention)
    if following is None or (before >= 0 and lowers[before] in _LOCATIVE):
        return False
    if following in _POSSESSIVE:
        return after < len(lowers) and lowers[after] in GOVERNMENTS
    if following in ("also", "has", "had") and after < len(lowers):
        following = lowers[after]
    return following in STATE_ACTS


def _others_act(mention: Mention) -> bool:
    """Whether a list of capitals acts: "Minsk and the EU differ", "Moscow and Beijing said"."""
    text, begin, end = mention.text, mention.last + 1, mention.sentence.last
    if ACTS.isdisjoint(text.lowers[begin : min(begin + 4, end)]):
        return False
    return all(
        token.is_capitalised or token.lower in ("the", "and", "both") or token.lower in ACTS
        for token in text.tokens[begin : min(begin + 2, end)]
    )


def _is_told_where(mention: Mention) -> bool:
    """Whether a clause says what happens there: "to Goma, where rebels killed ten"."""
    return "where" in mention.text.lowers[mention.last : min(mention.last + 2, mention.sentence.last)]


def _nearest_cue(mention: Mention, *, ahead: bool = False) -> LocationRole | None:
    """The role that the nearest cue of the sentence gives; with *ahead* only the words behind the mention count."""
    lowers, part = mention.text.lowers, mention.sentence
    role: LocationRole | None = None
    reach = _CUE_WINDOW
    if not ahead:
        back = lowers[max(part.first, mention.first - _CUE_WINDOW) : mention.first]
        if found := _first_cue(back[::-1]):
            distance, role = found
            reach = ceil(distance / _AFTER_FACTOR) - 1  # farther on, none is nearer
    found = _first_cue(lowers[mention.last : min(part.last, mention.last + reach)])
    return found[1] if found else role


def _first_cue(words: tuple[str, ...]) -> tuple[int, LocationRole] | None:
    """The number of the first cue among *words*, counted from 1, and its role."""
    if not _CUE_WORDS.isdisjoint(words):
        for i, word in enumerate(words, 1):
            if word in _CUES:
                return i, _CUES[word]
    return None


def _is_struck(mention: Mention, before: int) -> bool:
    """Whether it is what something happens to: "Strikes hit Kharkiv", "the Kazakhstan crisis"."""
    return (before >= 0 and mention.text.lowers[before] in HITS) or _following(mention) in EVENTS


def role_of(mention: Mention, place: Place, in_dateline: bool, previous: LocationRole | None) -> LocationRole:
    """The role of one mention; *previous* is that of the mention before it in the same list ("Sumy and Odesa")."""
    if in_dateline:
        return "dateline"
    before = _before(mention)
    if _is_metonym(mention, place, before):
        return "metonym"
    if _is_origin(mention, before):
        return "origin"
    if previous is not None:
        return previous
    if before >= 0 and _is_locative(mention, before):
        return _nearest_cue(mention) or "mentioned"
    if _is_told_where(mention) and (role := _nearest_cue(mention, ahead=True)):
        return role
    if _is_struck(mention, before):
        return "event"
    return (_nearest_cue(mention) or "mentioned") if before >= 0 and _in_phrase(mention) else "mentioned"


def _in_phrase(mention: Mention) -> bool:
    """Whether an "of" ties it to a head word ("the Molenbeek district of Brussels"), not to a ministry."""
    lowers, i = mention.text.lowers, mention.first - 2
    return i >= 0 and lowers[i + 1] == "of" and lowers[i] in LEVELS


def listed_after(previous: Mention, mention: Mention) -> bool:
    """Whether only commas and "and" stand between two mentions of one sentence."""
    if not 0 < mention.first - previous.last <= _MOST_LISTED or previous.text is not mention.text:
        return False
    return previous.sentence == mention.sentence and _LISTED.issuperset(
        mention.text.lowers[previous.last : mention.first]
    )
