"""Who acts and who is acted against, for one measure: subjects, agents, modifiers and prepositions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.sanctions.bodies import INTERNATIONAL, USUAL_ISSUERS
from pipeline.sanctions.clause import Clause
from pipeline.sanctions.model import Candidate, Reading
from pipeline.sanctions.parties import Party
from pipeline.sanctions.stage_lexicon import BE, CARRIERS, HAVE, HEADS, MODALS, REPORTING

_MODIFIER: Final = re.compile(r".*(?:al|ic|ive|ary|ous|wide|style|led|est|ing)$")
_MODIFIERS: Final = frozenset(
    "new fresh tough tougher trade oil arms weapons gas more further additional broad broader existing current asset travel "
    "visa entry export import harsh harsher sweeping so-called related flagship first second third fourth fifth sixth "
    "package of old decades-old long-standing stiff heavy severe strict limited joint coordinated secondary energy 's ' led".split()
)
_NOT_MODIFIERS: Final = frozenset(
    "facing considering discussing imposing lifting weighing mulling seeking using during".split()
)
_AND: Final = frozenset({",", "and", "&", "/", "the", "or", "as", "well", "plus", "both", "'s", "-"})
_ON: Final = frozenset({"on", "against", "targeting", "towards", "toward", "upon", "hitting", "at", "aimed"})
_FOR: Final = frozenset({"for", "to", "from", "of"})
_STOP: Final = frozenset(
    {
        "over",
        "after",
        "because",
        "by",
        "as",
        "until",
        "unless",
        "if",
        "when",
        "while",
        "said",
        "in",
        "following",
        ".",
        ";",
        ":",
    }
    | {
        "but",
        "—",
        "since",
        "despite",
        "amid",
        "although",
        "unless",
        "before",
        "under",
        "with",
        "would",
        "will",
        "were",
        "was",
    }
    | {"have", "has", "had", "are", "is", "could"}
)
_RELATIVE: Final = frozenset({"that", "who", "which", "whose"})
_PREPOSITIONS: Final = frozenset(
    "in on at from against for with by under over about of to near between into through during since after "
    "before like despite towards among".split()
)
_NP_INNER: Final = frozenset(
    "the a an its their his her two three four five six seven eight nine ten eleven dozen dozens several some many former "
    "senior top other more new all any both state".split()
)
_BARRIERS: Final = frozenset(
    {";", ":", "—", "but", "because", "after", "while", "when", "since", "although", "if", "unless"}
)
_PRONOUNS: Final = frozenset("it they he she bloc ministers officials president council administration we".split())
_SPEAKERS: Final = frozenset(
    "lawmakers officials ministers parliament legislators mps senators diplomats authorities".split()
)
_POSSESSIVES: Final = frozenset({"its", "their", "his", "her", "country", "regime", "junta"})
_REACH: Final = 14
_WITH_ACTS: Final = frozenset("hit slapped struck punished targeted threatened".split())


@dataclass(frozen=True, slots=True)
class Roles:
    """Codes of issuers and targets, and the words among which named targets stand."""

    issuers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    target_words: tuple[int, int] | None = None


def read_roles(
    clause: Clause, candidate: Candidate, group: tuple[int, int], reading: Reading, earlier: Sequence[Party]
) -> Roles:
    """Issuers and targets of one measure. *earlier* are the parties of the sentence before, for "it" and "the bloc"."""
    subject = _subject(clause, reading, candidate)
    modifiers, premodified = (
        _modifiers(clause, group[0], bool(subject) and reading.subject == "issuer")
        if candidate.verb is None
        else ((), ())
    )
    agents = _agents(clause, candidate, group, reading)
    issuers = agents or modifiers
    acts = reading.subject == "issuer" and not reading.passive
    if not issuers and acts:
        issuers = subject or _antecedent(clause, reading, candidate, earlier)
    object_codes, words = _objects(clause, candidate, group, reading)
    targets = _without(object_codes or premodified, issuers)
    is_passive_subject = reading.passive and reading.governor is not None and not _right_of(reading, group)
    if not targets and (reading.subject == "target" or is_passive_subject):
        targets = _without(subject, issuers)
    if not targets:
        targets = _others(clause, candidate, group, issuers, words is not None)
    return Roles(issuers, targets, words)


def _right_of(reading: Reading, group: tuple[int, int]) -> bool:
    return reading.governor is not None and reading.governor[0] >= group[1]


def _codes(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party.code for party in parties))


def _without(codes: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in others and code not in INTERNATIONAL)


def _modifiers(clause: Clause, first: int, has_subject: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parties right before the measure: issuers ("EU and US sanctions"), else targets ("Iran sanctions").

    Counter-example: "Washington is mulling sanctions", where Washington is the subject.
    """
    issuers: list[Party] = []
    targets: list[Party] = []
    edge = first
    for party in reversed([p for p in clause.parties if p.last <= first]):
        gap = clause.words[party.last : edge]
        if (
            party.kind == "place"
            or len(gap) > 5
            or not all(_is_modifier(word) or (word in _AND and bool(issuers or targets)) for word in gap)
        ):
            break
        (targets if _is_target_name(clause, party, has_subject) else issuers).insert(0, party)
        edge = party.first
    return _codes(issuers), _codes(targets)


def _is_modifier(word: str) -> bool:
    return word in _MODIFIERS or word[0].isdigit() or (bool(_MODIFIER.match(word)) and word not in _NOT_MODIFIERS)


def _is_target_name(clause: Clause, party: Party, has_subject: bool) -> bool:
    if party.hint is not None:
        return party.hint == "target"
    if party.code in USUAL_ISSUERS or party.kind in ("body", "agency", "leader", "capital"):
        return False
    possessive = party.last < len(clause.words) and clause.words[party.last] in ("'s", "'")
    return not possessive and (party.kind == "country" or has_subject)


def _agents(clause: Clause, candidate: Candidate, group: tuple[int, int], reading: Reading) -> tuple[str, ...]:
    """ "imposed by the United States", "sanctioned by the EU"."""
    start = candidate.last if candidate.verb is not None else group[1]
    for i in range(start, min(len(clause.words), start + 16)):
        if clause.words[i] in ("by", "from") and _follows_act(clause, i, reading, candidate):
            parties = _run_right(clause, i + 1)
            if parties:
                return _codes(parties)
        if clause.words[i] in _BARRIERS:
            break
    return ()


def _follows_act(clause: Clause, i: int, reading: Reading, candidate: Candidate) -> bool:
    if clause.words[i] == "from":
        return reading.governor is not None and clause.words[reading.governor[0]] in (
            "face",
            "faces",
            "facing",
            "faced",
            "risk",
        )
    before = clause.words[i - 1]
    return reading.passive or candidate.verb is not None or before.endswith(("ed", "sanctions", "ut", "en"))


def _run_right(clause: Clause, first: int) -> list[Party]:
    """Coordinated parties that begin within four words of *first*."""
    run: list[Party] = []
    for party in clause.parties:
        if party.first < first or party.kind == "place":
            continue
        gap = clause.words[run[-1].last if run else first : party.first]
        if (run and not all(word in _AND for word in gap)) or (not run and len(gap) > 3):
            break
        run.append(party)
    return run


def _subject(clause: Clause, reading: Reading, candidate: Candidate) -> tuple[str, ...]:
    verb = candidate.verb if candidate.verb is not None and reading.governor is not None else None
    at = verb if verb is not None else reading.governor[0] if reading.governor is not None else None
    return _codes(subject_of(clause, at)) if at is not None else ()


def subject_of(clause: Clause, verb: int) -> list[Party]:
    """The coordinated parties that are the subject of the verb at word *verb*.

    Example: "[Britain, Canada and Australia] jointly sanctioned". Counter-example: "Speaking in Vienna, ..." (a place).
    """
    oblique: list[Party] = []
    before = [p for p in clause.parties if p.last <= verb and verb - p.last <= _REACH and p.kind != "place"]
    for k in range(len(before) - 1, -1, -1):
        party = before[k]
        if _barrier_between(clause, party.last, verb):
            break
        preposition = _preposition(clause, party)
        if preposition is None:
            return _run_left(clause, before[: k + 1])
        if preposition == "of" or _follows_speaker(clause, party):
            oblique = oblique or [party]
    return oblique


def _barrier_between(clause: Clause, first: int, last: int) -> bool:
    return any(word in _BARRIERS or word in REPORTING for word in clause.words[first:last])


def _run_left(clause: Clause, parties: Sequence[Party]) -> list[Party]:
    run = [parties[-1]]
    for party in reversed(parties[:-1]):
        gap = clause.words[party.last : run[0].first]
        if (
            not gap
            or not all(word in _AND for word in gap)
            or set(gap) == {"'s"}
            or _preposition(clause, party) is not None
        ):
            break
        run.insert(0, party)
    return run


def _preposition(clause: Clause, party: Party) -> str | None:
    """The preposition that holds *party* ("in Vienna", "for six Iranian commanders"); None when none does."""
    if party.hint == "issuer":
        return None
    i = party.first - 1
    while i >= 0 and (clause.words[i] in _NP_INNER or clause.words[i][0].isdigit()):
        i -= 1
    word = clause.words[i] if i >= 0 else ""
    return word if word in _PREPOSITIONS else None


def _follows_speaker(clause: Clause, party: Party) -> bool:
    return party.first >= 2 and clause.words[party.first - 1] == "in" and clause.words[party.first - 2] in _SPEAKERS


def _antecedent(clause: Clause, reading: Reading, candidate: Candidate, earlier: Sequence[Party]) -> tuple[str, ...]:
    """Whom "it", "the bloc" or "ministers" stand for; senators and congressmen without a country are the American ones."""
    verb = candidate.verb if candidate.verb is not None else reading.governor[0] if reading.governor else 0
    if {"senators", "congressmen", "bipartisan"} & set(clause.words[:verb]):
        return ("US",)
    i = verb - 1
    while i >= 0 and (
        clause.words[i] in MODALS
        or clause.words[i] in BE
        or clause.words[i] in HAVE
        or clause.words[i].endswith("ly")
        or clause.words[i] in ("also", "not", "then", "now")
    ):
        i -= 1
    if i < 0 or clause.words[i] not in _PRONOUNS:
        return (
            ("EU",)
            if candidate.measure == "restrictive_measures"
            and not clause.parties_in(0, verb)
            and clause.words[i] == "council"
            else ()
        )
    here = [p for p in clause.parties if p.last <= i and _preposition(clause, p) is None and p.kind != "place"]
    if here:
        return _codes(here[:1])
    bodies = [p for p in earlier if p.kind in ("body", "agency")] if clause.words[i] == "bloc" else list(earlier)
    return _codes([p for p in bodies if p.kind != "place"][:1])


def _objects(
    clause: Clause, candidate: Candidate, group: tuple[int, int], reading: Reading
) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """Parties in the object of a verb measure, or after "on", "against", "for" of a noun; and the words searched."""
    if candidate.verb is not None:
        if reading.passive and not candidate.attributive:
            return (), None
        start = candidate.object_first if candidate.object_first is not None else candidate.last
        return _collect(clause, start)
    start = _object_start(clause, group[1])
    return _collect(clause, start) if start is not None else ((), None)


def _object_start(clause: Clause, last: int) -> int | None:
    """The word after the preposition that leads to the target."""
    i = last
    while i < len(clause.words) and (clause.words[i] in CARRIERS or clause.words[i] in HEADS):
        i += 1
    for j in range(i, min(len(clause.words), i + 8)):
        word = clause.words[j]
        if word in _ON or (word in _FOR and j <= i + 1 and not _is_purpose(clause, j)):
            return j + 2 if word == "aimed" else j + 1
        if (
            word
            in _STOP - {"by", "in", "as", "were", "was", "have", "has", "had", "will", "would", "are", "is", "over"}
            or word in _RELATIVE
        ):
            return None
    return None


def _is_purpose(clause: Clause, j: int) -> bool:
    following = clause.words[j + 1] if j + 1 < len(clause.words) else ""
    return following.endswith("ing") or (following in ("six", "another") and "months" in clause.words[j : j + 4])


def _collect(clause: Clause, start: int) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """Parties from word *start* to the end of the noun phrase; when there is none, those of the relative clause after it."""
    stop = _phrase_end(clause, start)
    found = clause.parties_in(start, stop)
    if not found and stop < len(clause.words) and clause.words[stop] in _RELATIVE:
        found = clause.parties_in(stop, min(len(clause.words), stop + 10))
    if not found and stop < len(clause.words) and clause.words[stop] == "in":
        found = clause.parties_in(stop, _phrase_end(clause, stop + 1))
    states = [party for party in found if party.kind != "place"] or list(found)
    return _codes(states), (start, stop)


def _phrase_end(clause: Clause, start: int) -> int:
    for i in range(start, min(len(clause.words), start + 25)):
        word = clause.words[i]
        if word in _STOP or word in _RELATIVE or word in REPORTING or (word.endswith("ing") and i > start + 1):
            return i
        if word == "," and not _list_goes_on(clause, i):
            return i
    return min(len(clause.words), start + 25)


def _list_goes_on(clause: Clause, comma: int) -> bool:
    return (
        any(party.first in (comma + 1, comma + 2) for party in clause.parties)
        and "and" in clause.words[comma : comma + 12]
    )


def _others(
    clause: Clause, candidate: Candidate, group: tuple[int, int], issuers: tuple[str, ...], had_object: bool
) -> tuple[str, ...]:
    """No grammar tells the target: the nearest other state, unless the object is named and simply is no state.

    "sanctions on its gas exports" looks for whom "its" stands for.
    """
    if had_object and not _POSSESSIVES & set(clause.words[group[1] : group[1] + 5]) and candidate.verb is None:
        return ()
    rest = [
        p
        for p in clause.parties
        if p.code not in issuers
        and p.code not in INTERNATIONAL
        and not _speaks(clause, p)
        and not (group[0] <= p.first < group[1])
    ]
    after = [p for p in rest if p.first >= group[1]]
    chosen = after[:1] or rest[-1:]
    return _codes(chosen)


def _speaks(clause: Clause, party: Party) -> bool:
    """Whether *party* is where somebody speaks, or who does ("in Vienna", "the French president said")."""
    after = clause.words[party.last : party.last + 4]
    if any(word in REPORTING for word in after):
        return True
    return _preposition(clause, party) in ("in", "at", "from") and party.kind in ("capital", "place")
