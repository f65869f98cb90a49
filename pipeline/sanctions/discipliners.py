"""Those who impose sanctions by their trade: courts on lawyers, leagues on clubs. None of it is a state's measure.

They are ordinary nouns ("a federal judge", "the league"), so only their place in the sentence tells: subject of the
verb that governs the measure, owner of it, or agent after "by".
"""

from __future__ import annotations

from typing import Final

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.function_words import BE, HAVE, MODALS, REPORTING
from pipeline.sanctions.model import Candidate
from pipeline.sanctions.role_lexicon import BARRIERS

_COURTS: Final = frozenset(
    "judge judges magistrate magistrates court courts tribunal tribunals arbitrator arbitrators".split()
)
_PLEADERS: Final = frozenset(
    "prosecutor prosecutors attorney attorneys lawyer lawyers plaintiff plaintiffs defendants counsel".split()
)
"""They ask a court for sanctions; a state's prosecutor may also ask for those against another state."""
_SPORT: Final = frozenset("league leagues federation federations association associations club clubs".split())
_COMMITTEES: Final = frozenset({"committee", "committees", "panel", "commission"})
_SPORTING: Final = frozenset("olympic olympics paralympic disciplinary games football athletics racing".split())
_REGULATORS: Final = frozenset("council councils board boards commission authority regulator society committee".split())
_TRADES: Final = frozenset(
    "electoral election elections bar media press medical nursing school broadcasting judicial ethics law advertising "
    "gambling teaching".split()
)
"""Before a regulator: whom it may discipline at home ("the bar council", "the electoral commission")."""
_ACTS: Final = frozenset(
    "impose imposes imposed imposing seek seeks sought seeking threaten threatens threatened threatening order orders "
    "ordered ordering issue issues issued issuing request requests requested consider considers considered considering "
    "weigh weighs weighed weighing levy levies levied hand hands handed slap slaps slapped want wants wanted "
    "warn warns warned warning announce announces announced recommend recommends recommended".split()
)
_REACH: Final = 5
"""Words between the measure and its verb, and between that verb and its subject."""
_STOPS: Final = (
    BARRIERS
    | REPORTING
    | {"that", "who", "which", "whose", "with", "by", "and", "or", "it", "they", "he", "she", ",", '"', "“"}
)
"""Beyond these stands another subject: "the EU blacklisted the judges and imposed"."""
_AUXILIARIES: Final = BE | HAVE | MODALS
_STATES: Final = frozenset({"nations", "states"})
_STATE_BEFORE_BODY: Final = ("country", "demonym", "body")


def discipliner(clause: Clause, candidate: Candidate) -> str | None:
    """The reason to refuse the measure when a court or a body of sport acts; None when neither does.

    Example: "A judge imposed [sanctions] on the firm". Counter-examples: "The court heard that US [sanctions] ...",
    "A court upheld the EU's [sanctions]".
    """
    if any(party.last == candidate.first for party in clause.parties):
        return None
    actor = _owner(clause, candidate)
    if actor is None:
        actor = _subject(clause, candidate)
    if actor is None:
        actor = _agent(clause, candidate)
    return _reason(clause, candidate, actor) if actor is not None else None


def _is_discipliner(clause: Clause, i: int) -> bool:
    word = clause.words[i]
    if _is_regulator(clause, i):
        return True
    if word in _COMMITTEES:
        return i > 0 and clause.words[i - 1] in _SPORTING
    if word not in _COURTS and word not in _PLEADERS and word not in _SPORT:
        return False
    if not _STATES.isdisjoint(clause.words[i + 1 : i + _REACH]) or "and" in clause.words[max(0, i - 2) : i]:
        return False  # "the association of ... nations", "the African Union and regional courts"
    return not any(party.first <= i < party.last for party in clause.parties)


def _is_regulator(clause: Clause, i: int) -> bool:
    """ "the bar [council]"; not "the Security [Council]"."""
    return i > 0 and clause.words[i] in _REGULATORS and clause.words[i - 1] in _TRADES


def _owner(clause: Clause, candidate: Candidate) -> int | None:
    """ "the committee's sanctions"."""
    i = candidate.first - 2
    return i if i >= 0 and clause.words[i + 1] in ("'s", "'") and _is_discipliner(clause, i) else None


def _subject(clause: Clause, candidate: Candidate) -> int | None:
    """ "the judge in Ohio has imposed new sanctions"."""
    reach = range(candidate.first - 1, max(0, candidate.first - _REACH) - 1, -1)
    verb = next((i for i in reach if clause.words[i] in _ACTS or clause.words[i] in _STOPS), None)
    if verb is None or clause.words[verb] in _STOPS:
        return None
    for i in range(verb - 1, max(0, verb - 2 * _REACH) - 1, -1):
        if clause.words[i] in _STOPS:
            return None
        if _is_discipliner(clause, i):
            return i
        if any(party.first == i and party.kind != "place" and not _is_held(clause, i) for party in clause.parties):
            return None
    return None


def _is_held(clause: Clause, i: int) -> bool:
    """Whether a preposition holds the party at word *i*: "a court in Iran"."""
    return any(word in ("in", "of", "for", "at", "from") for word in clause.words[max(0, i - 2) : i])


def _agent(clause: Clause, candidate: Candidate) -> int | None:
    """ "sanctions imposed by the league"."""
    for i in range(candidate.last, min(len(clause.words), candidate.last + _REACH)):
        if clause.words[i] == "by":
            end = min(len(clause.words), i + _REACH)
            return next((j for j in range(i + 1, end) if _is_discipliner(clause, j)), None)
    return None


def _reason(clause: Clause, candidate: Candidate, actor: int) -> str | None:
    word = clause.words[actor]
    if word in _PLEADERS and _is_on_state(clause, candidate):
        return None
    if _is_regulator(clause, actor):
        return f"discipline ({clause.words[actor - 1]} {word})"
    if word in _COURTS or word in _PLEADERS:
        return f"court ({word})"
    return f"sport ({word})"


def _is_on_state(clause: Clause, candidate: Candidate) -> bool:
    """ "sanctions on Russian officials": the state stands right after the preposition."""
    near = range(candidate.last + 1, candidate.last + 4)
    return any(party.first in near and party.kind in _STATE_BEFORE_BODY for party in clause.parties) and (
        "in" not in clause.words[candidate.last : candidate.last + 4]
    )
