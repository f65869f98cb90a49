"""Refuse measures that are not a state's or an international body's against another: sport, discipline, welfare,
weather ...

A refused candidate is kept with its reason; nothing is dropped in silence.
"""

from __future__ import annotations

from typing import Final

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.discipliners import discipliner
from pipeline.sanctions.exclusion_lexicon import DECISIVE, DIGNITARIES, FIELDS, MODIFIERS, SPORT_BODIES, SUSPECT
from pipeline.sanctions.function_words import BE, HAVE, MODALS, PREPOSITIONS
from pipeline.sanctions.grammar import is_venue
from pipeline.sanctions.model import Candidate
from pipeline.sanctions.parties import Party

#: Kinds of measure whose name says by itself that a state acts abroad.
_SPEAKING: Final = frozenset({"secondary_sanctions", "counter_sanctions", "arms_embargo", "delisting", "financial_ban"})
_CODES: Final = frozenset({"law", "code", "constitution", "statute"})
_AFTER_NOUN: Final = BE | HAVE | MODALS | PREPOSITIONS | {"imposed", "regime", "package", "list"}
_TRADE: Final = frozenset("compliance screening due-diligence consultancy consultants software".split())
_BORDER: Final = frozenset({"travel_ban", "flight_ban"})
_WORLDLY: Final = frozenset(
    "economic international western financial trade crippling punitive unilateral multilateral oil targeted tough "
    "sweeping secondary sectoral war wartime diplomatic foreign global nuclear junta regime".split()
)
_STATE_NOUNS: Final = frozenset(
    "country countries nation nations government governments regime junta bloc allies diplomats".split()
)
_NEEDS_TARGET: Final = frozenset({"export_control", "price_cap", "trade_embargo", "travel_ban", "flight_ban"})
_RUSSIAN_OIL: Final = frozenset("russian russia moscow crude g7 g-7 seaborne".split())
_ON: Final = frozenset({"on", "against", "for", "to", "targeting", "from"})
_POWERS: Final = ("body", "agency", "leader", "capital")
_DOMESTIC_TOO: Final = frozenset({"travel_ban", "price_cap", "flight_ban"})


def refusal(clause: Clause, candidate: Candidate, anchored: bool, seen: bool) -> str | None:
    """Why *candidate* is no sanctions measure; None when it is one.

    Args:
        anchored: the article speaks of states or of sanctions near this sentence.
        seen: it has spoken of sanctions already.
    """
    modifier = clause.words[candidate.first - 1] if candidate.first else ""
    if modifier in MODIFIERS and not any(party.last == candidate.first for party in clause.parties):
        return f"{MODIFIERS[modifier]} ({modifier} {clause.words[candidate.first]})"
    if modifier in _CODES and candidate.last < len(clause.words) and clause.words[candidate.last] not in _AFTER_NOUN:
        return f"domestic law (the {modifier} punishes)"
    if candidate.verb is not None and candidate.rule not in ("swift", "headline_verb"):
        return None  # the verb rules looked for an agent already
    return (
        discipliner(clause, candidate)
        or _by_trade(clause, candidate)
        or _by_field(clause, candidate, seen)
        or _by_measure(clause, candidate, seen)
        or _by_anchor(clause, candidate, anchored)
    )


def _by_trade(clause: Clause, candidate: Candidate) -> str | None:
    """The trade that lives on sanctions, and the law they are named in, are no measure.

    Counter-example: "Britain used its Sanctions Act", where a state acts.
    """
    following = clause.words[candidate.last] if candidate.last < len(clause.words) else ""
    if following in _TRADE:
        return f"the trade of compliance (sanctions {following})"
    acts = any(party.last != candidate.first for party in _states(clause))
    return "the name of a law" if following == "act" and not acts else None


def _by_field(clause: Clause, candidate: Candidate, seen: bool) -> str | None:
    """A field's vocabulary, unless a state is named as the one that acts or is acted on."""
    if SPORT_BODIES & clause.vocabulary:
        return "sport"
    decisive = DECISIVE.keys() & clause.vocabulary
    if decisive:
        return f"{DECISIVE[min(decisive)]} ({min(decisive)})"
    outweighed = seen or _outweighs(clause, candidate)
    vocabulary = _common_words(clause)
    for name in SUSPECT.get(candidate.measure, ()):
        words = FIELDS[name] & vocabulary
        if words and not outweighed:
            return f"{name} ({min(words)})"
    return None


def _common_words(clause: Clause) -> frozenset[str]:
    """The words that are no part of a party's name: the European Union is no trade union."""
    named = {i for party in clause.parties for i in range(party.first, party.last)}
    return frozenset(word for i, word in enumerate(clause.words) if i not in named)


def _states(clause: Clause) -> tuple[Party, ...]:
    return tuple(party for party in clause.parties if party.kind != "place")


def _outweighs(clause: Clause, candidate: Candidate) -> bool:
    """Whether states weigh more than a field's words: a body or seat of power, two states, or one right at the measure.

    Health, weather and consumer rules are made by states too, so there only two states outweigh.
    """
    states = _states(clause)
    several = len({party.code for party in states}) > 1
    if candidate.measure in _DOMESTIC_TOO:
        return several and not FIELDS["health or weather rules"] & clause.vocabulary
    powers = any(party.kind in _POWERS and not is_venue(clause, party) for party in states)
    return several or powers or any(_is_close(clause, candidate, party) for party in states)


def _is_close(clause: Clause, candidate: Candidate, party: Party) -> bool:
    """ "UK sanctions", "sanctions on Russian clubs"."""
    if party.last == candidate.first:
        return True
    between = clause.words[candidate.last : party.first]
    prepositions = [word for word in between if word in PREPOSITIONS or word in _ON]
    return len(between) <= 4 and bool(prepositions) and prepositions[-1] in _ON


def _by_measure(clause: Clause, candidate: Candidate, seen: bool) -> str | None:
    """What the kind of measure needs beside it."""
    states = _states(clause)
    if candidate.measure == "restrictive_measures" and not (seen or _outweighs(clause, candidate)):
        return "restrictive measures of no international body"
    if candidate.measure == "price_cap" and not _RUSSIAN_OIL & clause.vocabulary:
        return "a price cap that is not on a state's exports"
    if (
        candidate.measure == "trade_embargo"
        and clause.words[candidate.last - 1].startswith("embargo")
        and _is_press(clause, candidate)
    ):
        return "press embargo"
    if candidate.measure in _NEEDS_TARGET and not states:
        return "no state or international body near"
    if candidate.measure in _BORDER and not _is_abroad(clause, candidate, states) and not seen:
        return "a rule for the state's own territory or for travellers in general"
    if clause.words[candidate.first] == "ban" and not any(p.first > candidate.first for p in states):
        return "a ban that is aimed at nobody"
    if candidate.measure == "export_control" and not _is_aimed(clause, candidate, states):
        return "export rules that are aimed at nobody"
    return None


def _is_abroad(clause: Clause, candidate: Candidate, states: tuple[Party, ...]) -> bool:
    """Two states, or an international body; general "restrictions" must be on dignitaries."""
    if clause.words[candidate.last - 1] == "restrictions" and not DIGNITARIES & clause.vocabulary:
        return False
    if len({party.code for party in states}) > 1 or any(party.kind in ("body", "agency") for party in states):
        return True
    return bool(states) and bool({"asset", "assets"} & clause.vocabulary)


def _is_press(clause: Clause, candidate: Candidate) -> bool:
    before = clause.words[max(0, candidate.first - 1) : candidate.first]
    return before == ("under",) and not clause.parties


def _is_aimed(clause: Clause, candidate: Candidate, states: tuple[Party, ...]) -> bool:
    after = any(party.first >= candidate.last for party in states)
    return (
        after
        or len({party.code for party in states}) >= 2
        or bool({"chips", "chip", "technology", "military"} & clause.vocabulary)
    )


def _by_anchor(clause: Clause, candidate: Candidate, anchored: bool) -> str | None:
    """ "sanctions" alone may be anybody's: it needs a state or body, a worldly adjective, or an article about
    states."""
    if candidate.measure in _SPEAKING or clause.parties or anchored:
        return None
    before = set(clause.words[max(0, candidate.first - 3) : candidate.last])
    if before & _WORLDLY or _STATE_NOUNS & clause.vocabulary:
        return None
    return "no state or international body near"
