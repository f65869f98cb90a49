"""Walks over a clause: which parties are the subject of a verb, which hang on a preposition, which are coordinated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.function_words import BE, HAVE, MODALS, PREPOSITIONS, REPORTING
from pipeline.sanctions.parties import Party
from pipeline.sanctions.role_lexicon import (
    BARRIERS,
    COORDINATORS,
    GENERIC_ACTORS,
    NP_INNER,
    PRONOUNS,
    SPEAKERS,
)

SUBJECT_REACH: Final = 14
"""Words between a subject and its verb."""
_AUXILIARIES: Final = (
    BE
    | HAVE
    | MODALS
    | {"not", "also", "then", "now", "n't", "never", "yet", "do", "does", "did", "keep", "keeps", "kept"}
)


def codes(parties: Iterable[Party]) -> tuple[str, ...]:
    """Their codes, each once, in order."""
    return tuple(dict.fromkeys(party.code for party in parties))


def before_verb_group(clause: Clause, verb: int) -> int:
    """Index of the word before the auxiliaries and adverbs of the verb at word *verb*; -1 when it opens the clause."""
    i = verb - 1
    while i >= 0 and (clause.words[i] in _AUXILIARIES or clause.words[i].endswith(("ly", "n't"))):
        i -= 1
    return i


def subject_of(clause: Clause, verb: int) -> list[Party]:
    """The coordinated parties that are the subject of the verb at word *verb*.

    Example: "[Britain, Canada and Australia] jointly sanctioned". Counter-example: "Speaking in Vienna, ..." (a place).
    """
    start = before_verb_group(clause, verb)
    if start >= 0 and clause.words[start] in ("and", "but"):
        return _first_subject(clause, start)
    oblique: list[Party] = []
    before = [p for p in clause.parties if p.last <= verb <= p.last + SUBJECT_REACH and p.kind != "place"]
    for k in range(len(before) - 1, -1, -1):
        party = before[k]
        if _barrier_between(clause, party.last, before_verb_group(clause, verb)):
            break
        preposition = preposition_of(clause, party)
        if preposition is None or _is_controller(clause, party, preposition, start):
            return run_left(clause, before[: k + 1])
        if preposition == "of" or _follows_speaker(clause, party):
            oblique = oblique or [party]
    return oblique


def _first_subject(clause: Clause, conjunction: int) -> list[Party]:
    """ "The EU accuses Iran of cheating and has imposed": the second verb shares the first one's subject."""
    free = [
        p for p in clause.parties if p.last <= conjunction and p.kind != "place" and preposition_of(clause, p) is None
    ]
    if not free:
        return []
    run = free[:1]
    for party in free[1:]:
        gap = clause.words[run[-1].last : party.first]
        if not gap or not all(word in COORDINATORS for word in gap):
            break
        run.append(party)
    return run


def _is_controller(clause: Clause, party: Party, preposition: str, start: int) -> bool:
    """ "called on the Security Council to impose", "reacted to Washington's decision to impose": who would act."""
    infinitive = "to" in clause.words[start + 1 : start + 4]
    if infinitive and clause.words[party.last : party.last + 1] in (("'s",), ("'",)) and start - party.last < 4:
        return True
    return preposition in ("on", "upon", "for", "by") and infinitive and start - party.last < 2


def pronoun_subject(clause: Clause, verb: int) -> int | None:
    """Where a pronoun or "the bloc" stands as the subject of the verb at word *verb*; None when none does."""
    i = before_verb_group(clause, verb)
    if i < 0 or any(party.first <= i < party.last for party in clause.parties):
        return None
    return i if clause.words[i] in PRONOUNS or clause.words[i] in GENERIC_ACTORS else None


def antecedent(clause: Clause, pronoun: int) -> list[Party]:
    """Whom a pronoun stands for: the first party before it that no preposition holds."""
    here = [p for p in clause.parties if p.last <= pronoun and p.kind != "place" and preposition_of(clause, p) is None]
    return here[:1]


def _barrier_between(clause: Clause, first: int, last: int) -> bool:
    """Whether the clause ends between; a "but" right before the verb ends nothing ("lifted ... but kept")."""
    return any(word in BARRIERS or word in REPORTING for word in clause.words[first:last])


def run_left(clause: Clause, parties: Sequence[Party]) -> list[Party]:
    """The last of *parties* with those coordinated to its left ("Britain, Canada and Australia")."""
    run = [parties[-1]]
    for party in reversed(parties[:-1]):
        gap = clause.words[party.last : run[0].first]
        coordinated = bool(gap) and all(word in COORDINATORS for word in gap) and set(gap) != {"'s"}
        if not coordinated or preposition_of(clause, party) is not None:
            break
        run.insert(0, party)
    return run


def run_right(clause: Clause, first: int) -> list[Party]:
    """Coordinated parties that begin within six words of word *first*."""
    run: list[Party] = []
    for party in clause.parties:
        if party.first < first or party.kind == "place":
            continue
        gap = clause.words[run[-1].last if run else first : party.first]
        if (run and not all(word in COORDINATORS for word in gap)) or (not run and len(gap) > 5):
            break
        run.append(party)
    return run


_TOWNS: Final = ("capital", "place")
"""What a country may follow after a comma ("in Addis Ababa, Ethiopia")."""


def preposition_of(clause: Clause, party: Party) -> str | None:
    """The preposition that holds *party* ("in Vienna", "for six Iranian commanders"); None when none does."""
    if party.hint == "issuer":
        return None
    i = party.first - 1
    while i >= 0 and (clause.words[i] in NP_INNER or clause.words[i][0].isdigit()):
        i -= 1
    word = clause.words[i] if i >= 0 else ""
    if word == "," and party.kind in ("country", "place"):
        return next((preposition_of(clause, p) for p in clause.parties if p.last == i and p.kind in _TOWNS), None)
    return word if word in PREPOSITIONS else None


def _follows_speaker(clause: Clause, party: Party) -> bool:
    """ "Lawmakers in London": the capital tells whose they are."""
    return party.first >= 2 and clause.words[party.first - 1] == "in" and clause.words[party.first - 2] in SPEAKERS


def is_venue(clause: Clause, party: Party) -> bool:
    """ "in Hong Kong", "at Brussels"; whose lawmakers speak there is another matter ("lawmakers in London")."""
    return (
        party.kind != "body" and preposition_of(clause, party) in ("in", "at") and not _follows_speaker(clause, party)
    )


def speaks(clause: Clause, party: Party) -> bool:
    """Whether *party* is where somebody speaks, or who does ("in Vienna", "the French president said")."""
    if any(word in REPORTING for word in clause.words[party.last : party.last + 4]):
        return True
    return preposition_of(clause, party) in ("in", "at", "from") and party.kind in ("capital", "place")
