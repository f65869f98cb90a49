"""What part a place plays in its sentence: where something happens, where people meet, where one is from, who acts.

The nearest cue of the sentence tells event from venue: "Envoys met in Geneva to discuss the killing in Darfur".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.gazetteer import Place
from pipeline.places.cues import ACTS, AFFAIRS, EVENTS, GOVERNMENTS, HITS, ORIGINS, SEATS, STATE_ACTS, UNITS, VENUES
from pipeline.places.heads import LEVELS, MODIFIERS
from pipeline.places.model import Mention
from pipeline.text import Text, Token
from pipeline.text.lexicon import words
from schemas.enrichment import LocationRole

_LOCATIVE: Final = words(
    "in at near outside around across off inside throughout over within on from of through around towards"
)
_STRICTLY_IN: Final = words("in at near outside around across off inside throughout over within through")
_JOINERS: Final = words(", and or & as well ; 's ’s")
_EDGES: Final = words("coast outskirts edge area vicinity centre center heart streets shores suburbs border")
_SKIPPED: Final = MODIFIERS | _EDGES | frozenset(LEVELS) | words("the of city 's ’s , both")
_OWNED: Final = AFFAIRS | GOVERNMENTS
_CUES: Final[dict[str, LocationRole]] = {**dict.fromkeys(VENUES, "venue"), **dict.fromkeys(EVENTS, "event")}
_MOST_BACK: Final = 6
_CUE_WINDOW: Final = 40
"""Tokens on either side that are searched for a cue; also bounds the work in a text without full stops."""
_AFTER_FACTOR: Final = 1.5
"""A cue behind the place counts as if it stood half as far again: reports name the event before the place."""


def _before(text: Text, mention: Mention) -> int:
    """Index of the last token before the mention that is no modifier, head word or comma; -1 when there is none."""
    low = mention.sentence.first
    i = mention.first - 1
    for _ in range(_MOST_BACK):
        if i < low or text.tokens[i].lower not in _SKIPPED:
            break
        i -= 1
    return i if i >= low else -1


def _following(text: Text, mention: Mention) -> Token | None:
    end = mention.sentence.last
    return text.tokens[mention.last] if mention.last < end else None


def _is_origin(text: Text, mention: Mention, before: int) -> bool:
    if before < 0:
        return False
    word, previous = text.tokens[before].lower, text.tokens[before - 1].lower if before else ""
    if word == "from":
        return previous not in UNITS
    return text.tokens[mention.first - 1].lower in ("of", "in") and _names_origin(text, mention)


def _is_locative(text: Text, mention: Mention, before: int) -> bool:
    """Whether it is said where: "in Mopti", "off the coast of Sulawesi", "on the outskirts of Kyiv"."""
    word = text.tokens[before].lower
    return word in _STRICTLY_IN or (
        word in ("on", "along") and any(token.lower in _EDGES for token in text.tokens[before : mention.first])
    )


def _names_origin(text: Text, mention: Mention) -> bool:
    """Whether a noun of origin governs it: "a native of Tunisia", "born in Lyon", "citizens of Chad"."""
    i = mention.first - 2
    return i >= mention.sentence.first and text.tokens[i].lower in ORIGINS


def _is_metonym(text: Text, mention: Mention, place: Place, before: int) -> bool:
    """Whether a seat of government stands for the government."""
    if place.kind == "country":
        return _acts_as_government(text, mention, before)
    if place.kind != "capital" and place.name not in SEATS:
        return False
    low = mention.sentence.first
    back = [token.lower for token in text.tokens[max(low, mention.first - _MOST_BACK) : mention.first]]
    nearest = back[-1] if back else ""
    if nearest in ("in", "at") and len(back) > 1 and back[-2] in GOVERNMENTS:
        return True
    if nearest in ("between", "and", "with") and any(word in AFFAIRS for word in back):
        return True
    following = _following(text, mention)
    if following is None or nearest in _STRICTLY_IN:
        return False
    if following.lower in ("'s", "’s"):
        after = mention.last + 1
        return after < len(text.tokens) and text.tokens[after].lower in _OWNED
    if following.lower in ("and", ",") and _others_act(text, mention):
        return nearest not in _LOCATIVE
    return nearest not in _LOCATIVE and following.lower in ACTS


def _acts_as_government(text: Text, mention: Mention, before: int) -> bool:
    """Whether a country does what only its government can: "Turkey condemned it", "Kenya's government said".

    A country's name stands for its land much oftener than a capital's for more than the town, so fewer verbs count.
    """
    following = _following(text, mention)
    if following is None or (before >= 0 and text.tokens[before].lower in _LOCATIVE):
        return False
    if following.lower in ("'s", "’s"):
        after = mention.last + 1
        return after < len(text.tokens) and text.tokens[after].lower in GOVERNMENTS
    also = following.lower in ("also", "has", "had") and mention.last + 1 < len(text.tokens)
    return (text.tokens[mention.last + 1] if also else following).lower in STATE_ACTS


def _others_act(text: Text, mention: Mention) -> bool:
    """Whether a list of capitals acts: "Minsk and the EU differ", "Moscow and Beijing said"."""
    end = mention.sentence.last
    tail = text.tokens[mention.last + 1 : min(mention.last + 5, end)]
    return any(token.lower in ACTS for token in tail) and all(
        token.is_capitalised or token.lower in ("the", "and", "both") or token.lower in ACTS for token in tail[:2]
    )


def _is_told_where(text: Text, mention: Mention) -> bool:
    """Whether a clause says what happens there: "to Goma, where rebels killed ten"."""
    end = mention.sentence.last
    return "where" in text.lowers[mention.last : min(mention.last + 2, end)]


def _nearest_cue(text: Text, mention: Mention, *, ahead: bool = False) -> LocationRole | None:
    """The role that the nearest cue of the sentence gives; with *ahead* only the words behind the mention count."""
    part = mention.sentence
    begin, end = max(part.first, mention.first - _CUE_WINDOW), min(part.last, mention.last + _CUE_WINDOW)
    begin = mention.last if ahead else begin
    best: tuple[float, LocationRole] | None = None
    for i in [i for i, lower in enumerate(text.lowers[begin:end], begin) if lower in _CUES]:
        if not mention.first <= i < mention.last:
            distance = mention.first - i if i < mention.first else _AFTER_FACTOR * (i - mention.last + 1)
            if best is None or distance < best[0]:
                best = distance, _CUES[text.lowers[i]]
    return best[1] if best else None


def _is_struck(text: Text, before: int, following: Token | None) -> bool:
    """Whether it is what something happens to: "Strikes hit Kharkiv", "the Kazakhstan crisis"."""
    struck = before >= 0 and text.tokens[before].lower in HITS
    return struck or (following is not None and following.lower in EVENTS)


def role_of(mention: Mention, place: Place, in_dateline: bool, previous: LocationRole | None) -> LocationRole:
    """The role of one mention; *previous* is that of the mention before it in the same list ("Sumy and Odesa")."""
    if in_dateline:
        return "dateline"
    text = mention.text
    before = _before(text, mention)
    if _is_metonym(text, mention, place, before):
        return "metonym"
    if _is_origin(text, mention, before):
        return "origin"
    if previous is not None:
        return previous
    if before >= 0 and _is_locative(text, mention, before):
        return _nearest_cue(text, mention) or "mentioned"
    if _is_told_where(text, mention) and (role := _nearest_cue(text, mention, ahead=True)):
        return role
    if _is_struck(text, before, _following(text, mention)):
        return "event"
    of = before + 1 < len(text.tokens) and any(token.lower == "of" for token in text.tokens[before + 1 : mention.first])
    return (
        (_nearest_cue(text, mention) or "mentioned")
        if of and before >= 0 and _in_phrase(text, mention)
        else "mentioned"
    )


def _in_phrase(text: Text, mention: Mention) -> bool:
    """Whether an "of" ties it to a head word ("the Molenbeek district of Brussels"), not to a ministry."""
    i = mention.first - 2
    return i >= 0 and text.tokens[mention.first - 1].lower == "of" and text.tokens[i].lower in LEVELS


def listed_after(previous: Mention, mention: Mention) -> bool:
    """Whether only commas and "and" stand between two mentions of one sentence."""
    if previous.text is not mention.text or previous.sentence != mention.sentence or previous.last > mention.first:
        return False
    between: Sequence[Token] = mention.text.tokens[previous.last : mention.first]
    return 0 < len(between) <= 3 and all(token.lower in _JOINERS or token.lower in LEVELS for token in between)
