"""Find the word that governs a measure: a verb whose object it is, or one that says something of it."""

from __future__ import annotations

from typing import Final

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.function_words import BE, PREPOSITIONS, REPORTING
from pipeline.sanctions.model import Cue
from pipeline.sanctions.phrases import Hit
from pipeline.sanctions.stage_lexicon import GOVERNORS, PREDICATES

REACH_LEFT: Final = 12
"""Words between a governing word and the measure; "adopted a tenth package of tough new economic" is a long case."""
REACH_RIGHT: Final = 14
"""The same to the right, where the target stands between ("sanctions on two former heads of the police were ...")."""
_REACH_RELATIVE: Final = 8
_LIST: Final = 4
"""A comma this near before a measure belongs to a list ("tough, targeted sanctions"), one further away ends a
clause."""
_BARRIERS: Final = REPORTING | frozenset(
    "; : — – . ! ? ( ) that who which while after before when because since although though whereas but where until "
    "as if unless why so".split()
)
_RIGHT_BARRIERS: Final = frozenset("; : — – but after because over when while if unless".split())
_PARTICIPLE_ENDINGS: Final = ("ed", "en", "ught", "ld", "ut", "eto", "ept", "hit")
_BEFORE_ADJECTIVE: Final = PREPOSITIONS - {"by"} | frozenset("the a an its their his any new amid".split())
_ARTICLES: Final = frozenset({"a", "an", "the", "as"})


def govern_left(clause: Clause, first: int) -> Hit[Cue] | None:
    """The nearest governing phrase to the left of word *first*.

    Example: "adopted a tenth package of [sanctions]" -> adopted. Counter-example: "adopted a law, and [sanctions] ...".
    """
    start = max(0, first - REACH_LEFT)
    barrier = max((i + 1 for i in range(start, first) if _is_barrier(clause, i)), default=start)
    hits = [hit for hit in GOVERNORS.scan(clause.words, barrier, first) if not _is_adjective(clause, hit, first)]
    if not hits or "," in clause.words[hits[-1].last : max(0, first - _LIST)]:
        return None
    return hits[-1]


def _is_barrier(clause: Clause, i: int) -> bool:
    """ "extended until [31 May] the sanctions" is one clause, "will last until talks end" two."""
    if clause.words[i] == "until" and i + 1 < len(clause.words):
        return not clause.words[i + 1][0].isdigit()
    return clause.words[i] in _BARRIERS


def _is_adjective(clause: Clause, hit: Hit[Cue], first: int) -> bool:
    """ "targeted" in "impose targeted sanctions", "proposed" in "the proposed ..."; a far "under" is another noun's."""
    word = clause.words[hit.first]
    if word == "under":
        return hit.first + 6 < first
    if hit.last - hit.first > 1 or not word.endswith("ed"):
        return False
    if not hit.first or clause.words[hit.first - 1] in _BEFORE_ADJECTIVE:
        return True
    return GOVERNORS.at(clause.words, hit.first - 1) is not None


def is_passive(clause: Clause, i: int) -> bool:
    """Whether the participle at word *i* has a form of "be" before it."""
    return not clause.words[i].endswith("ing") and not BE.isdisjoint(clause.words[max(0, i - 3) : i])


def govern_right(clause: Clause, last: int) -> tuple[Hit[Cue], bool] | None:
    """The governing phrase to the right: a passive, a predicate, or a participle right after the measure.

    Example: "[sanctions] on Mali will be discussed" -> discussed. Counter-example: "[sanctions] after it lifted the
    curfew". The flag tells a bare participle ("sanctions imposed in May"), which gives way to a verb on the left.
    """
    words = clause.words
    bare: tuple[Hit[Cue], bool] | None = None
    for i in range(last, min(len(words), last + REACH_RIGHT)):
        if words[i] in _RIGHT_BARRIERS:
            break
        predicate = PREDICATES.at(words, i)
        if predicate is not None:
            return predicate, False
        hit = _participle(clause, i)
        if hit is not None and is_passive(clause, i):
            return hit, False
        if hit is not None and i - last <= 1 and bare is None and hit.value.subject == "issuer":
            bare = hit, True
    return bare


def _participle(clause: Clause, i: int) -> Hit[Cue] | None:
    """A governing participle; "would be considered a declaration of war" considers nothing."""
    words = clause.words
    if not words[i].endswith(_PARTICIPLE_ENDINGS):
        return None
    if words[i] == "considered" and not _ARTICLES.isdisjoint(words[i + 1 : i + 2]):
        return None
    return GOVERNORS.at(words, i)


def govern_relative(clause: Clause, last: int) -> Hit[Cue] | None:
    """The verb of a relative clause with its own subject.

    Example: "the [embargo] that the United States levied on fruit". Counter-example: "[sanctions] that lifted prices".
    """
    if clause.words[last : last + 1] not in (("that",), ("which",)):
        return None
    hit = next(GOVERNORS.scan(clause.words, last + 1, min(len(clause.words), last + _REACH_RELATIVE)), None)
    if hit is None or hit.value.subject != "issuer" or not clause.parties_in(last + 1, hit.first):
        return None
    return hit
