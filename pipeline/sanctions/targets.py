"""Who is acted against: what follows "on", "against" or the verb, else a passive subject, else the nearest other
state."""

from __future__ import annotations

from typing import Final

from pipeline.sanctions.bodies import INTERNATIONAL, USUAL_ISSUERS
from pipeline.sanctions.clause import Clause
from pipeline.sanctions.exclusion_lexicon import TARGET_NOUNS
from pipeline.sanctions.function_words import REPORTING
from pipeline.sanctions.grammar import codes, speaks, subject_of
from pipeline.sanctions.implicit_lexicon import PUSHING
from pipeline.sanctions.issuers import governing_verb
from pipeline.sanctions.model import Candidate, Reading
from pipeline.sanctions.parties import Party
from pipeline.sanctions.role_lexicon import (
    FOR,
    NO_TARGET_BEYOND,
    ON,
    PHRASE_ENDS,
    POSSESSIVES,
    RELATIVE,
)
from pipeline.sanctions.stage_lexicon import CARRIERS, HEADS

Words = tuple[int, int]

_STAFF: Final = frozenset(
    "envoy envoys coordinator chief expert experts lawyer lawyers office monitor monitors".split()
)
"""After the measure, people who work on it ("the sanctions envoy visited"): the state they go to is no target."""
_DEMANDS: Final = 2
"""Words after a state in which a verb of demanding makes it one that asks for measures."""


def find_targets(
    clause: Clause,
    candidate: Candidate,
    group: Words,
    reading: Reading,
    issuers: tuple[str, ...],
    premodified: tuple[str, ...],
) -> tuple[tuple[str, ...], Words | None]:
    """Codes of those acted against, and the words of the target's noun phrase (None when grammar shows none)."""
    found, words = _objects(clause, candidate, group, reading)
    targets = _without(found or premodified, issuers)
    verb = governing_verb(candidate, reading)
    subject = codes(_sufferers(clause, verb)) if verb is not None else ()
    is_subject = reading.subject == "target" or (reading.passive and verb is not None and verb < group[1])
    if not targets and is_subject:
        targets = _states(subject, issuers)
    if not targets and not _is_settled(clause, candidate, group, words):
        excluded = issuers or (() if is_subject or _is_of_noun(reading) else subject)
        targets = _nearest(clause, group, excluded, candidate.measure == "counter_sanctions")
    return targets, words


def _is_of_noun(reading: Reading) -> bool:
    """ "Mali's junta denounced the embargo [imposed] in January": the participle's verb has no subject before it."""
    return reading.rule == "participle" and reading.stage == "adopted"


def _sufferers(clause: Clause, verb: int) -> list[Party]:
    """The subject; of "under", the noun it stands right after ("a Russian businessman under EU sanctions")."""
    if clause.words[verb] == "under" and verb and clause.words[verb - 1].isalpha():
        close = [p for p in clause.parties if verb - 4 <= p.last <= verb and p.kind != "place"]
        if close:
            return close[-1:]
    return subject_of(clause, verb)


def _without(found: tuple[str, ...], issuers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in found if code not in issuers)


def _states(found: tuple[str, ...], issuers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in found if code not in issuers and code not in INTERNATIONAL)


def _is_settled(clause: Clause, candidate: Candidate, group: Words, words: Words | None) -> bool:
    """The object is named and simply is no state; "its" in it still stands for one."""
    if clause.words[group[1] : group[1] + 1] and clause.words[group[1]] in _STAFF:
        return True
    if words is None or candidate.verb is not None or _is_headed(clause):
        return False
    return not POSSESSIVES & set(clause.words[group[1] : group[1] + 5])


def _is_headed(clause: Clause) -> bool:
    """A headline that opens with its country ("Georgia: London announces ...")."""
    return any(party.first == 0 and clause.words[party.last : party.last + 1] == (":",) for party in clause.parties)


def _objects(
    clause: Clause, candidate: Candidate, group: Words, reading: Reading
) -> tuple[tuple[str, ...], Words | None]:
    if candidate.attributive:
        return _attributed(clause, candidate)
    if candidate.verb is not None:
        if reading.passive:
            return (), None
        start = candidate.object_first if candidate.object_first is not None else candidate.last
        return _collect(clause, start, candidate.first if start < candidate.first else None)
    start_of_object = _object_start(clause, group[1])
    return _collect(clause, start_of_object) if start_of_object is not None else ((), None)


def _attributed(clause: Clause, candidate: Candidate) -> tuple[tuple[str, ...], Words | None]:
    """ "the sanctioned Russian oligarch": parties up to the noun that is sanctioned, and its "of Russia" or name."""
    start = candidate.last
    nouns = [i for i in range(start, min(len(clause.words), start + 5)) if clause.words[i] in TARGET_NOUNS]
    stop = nouns[-1] + 1 if nouns else start
    return codes(clause.parties_in(start, stop)), (start, min(len(clause.words), stop + 4))


def _object_start(clause: Clause, last: int) -> int | None:
    """The word after the preposition that leads from the measure to its target."""
    i = last
    while i < len(clause.words) and (clause.words[i] in CARRIERS or clause.words[i] in HEADS):
        i += 1
    for j in range(i, min(len(clause.words), i + 8)):
        word = clause.words[j]
        if word in ON or (word in FOR and j <= i + 1 and not _is_purpose(clause, j)):
            return j + 1
        if word in NO_TARGET_BEYOND or (word in RELATIVE and clause.words[j + 1 : j + 2] != ("target",)):
            return None
    return None


def _is_purpose(clause: Clause, j: int) -> bool:
    """ "for supporting the coup", "for another year"."""
    following = clause.words[j + 1] if j + 1 < len(clause.words) else ""
    return following.endswith("ing") or bool({"months", "year", "years", "days"} & set(clause.words[j + 1 : j + 4]))


def _collect(clause: Clause, start: int, stop: int | None = None) -> tuple[tuple[str, ...], Words]:
    """Parties from word *start* to the end of the noun phrase; when there are none, those of the clause that
    follows it."""
    end = stop if stop is not None else _phrase_end(clause, start)
    found = clause.parties_in(start, end)
    following = clause.words[end] if end < len(clause.words) else ""
    if not found and stop is None and following in RELATIVE:
        found = clause.parties_in(end, min(len(clause.words), end + 10))
    if not found and stop is None and following == "in":
        found = clause.parties_in(end, _phrase_end(clause, end + 1))
        if not found:
            after = _phrase_end(clause, end + 1)
            found = (
                clause.parties_in(after, after + 10)
                if clause.words[after : after + 1] in (("that",), ("which",))
                else ()
            )
    states = [party for party in found if party.kind != "place"] or list(found)
    if len(states) > 1 and clause.words[states[0].last : states[0].last + 1] in (
        ("assets",),
        ("property",),
        ("accounts",),
    ):
        states = states[1:]  # "the U.S. assets of Belarusian officials"
    return codes(states), (start, end)


def _phrase_end(clause: Clause, start: int) -> int:
    limit = min(len(clause.words), start + 25)
    for i in range(start, limit):
        word = clause.words[i]
        if word == "but" and clause.words[i - 1] == "all":
            continue
        if word in PHRASE_ENDS or word in RELATIVE or word in REPORTING or (word.endswith("ing") and i > start + 1):
            return i
        if word == "," and not _list_goes_on(clause, i):
            return i
    return limit


def _list_goes_on(clause: Clause, comma: int) -> bool:
    """ "on Mali, Niger and Guinea"."""
    return any(p.first in (comma + 1, comma + 2) for p in clause.parties) and "and" in clause.words[comma : comma + 12]


def _nearest(clause: Clause, group: Words, excluded: tuple[str, ...], anybody: bool) -> tuple[str, ...]:
    """No grammar tells the target: the first other state after the measure, else the last before it; never a
    usual issuer unless
    *anybody* may be struck back at.

    Example: "Crippling sanctions have emptied pharmacies in Venezuela". Counter-example: "the French president said
    sanctions would stay".
    """
    rest = [
        party
        for party in clause.parties
        if party.code not in excluded
        and party.code not in INTERNATIONAL
        and (anybody or party.code not in USUAL_ISSUERS)
        and not speaks(clause, party)
        and PUSHING.isdisjoint(clause.words[party.last : party.last + _DEMANDS])
        and not group[0] <= party.first < group[1]
    ]
    after = [party for party in rest if party.first >= group[1]]
    return codes(after[:1] or rest[-1:])
