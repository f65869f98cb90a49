"""Hints at sanctions: measures that are not named, by an actor, in answer to what a state did.

Three things must come together: a measure noun, a reaction, and an event that is answered, with an actor who is not the
accused state; actor and event may stand in the sentence before. A hint is discussed, proposed or threatened,
never adopted
or listed: the words do not say what was done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.grammar import codes, is_venue, preposition_of
from pipeline.sanctions.implicit_lexicon import (
    ACCUSING,
    BALLOTS,
    DOUBTS,
    EVENTS,
    MEASURES,
    OFFICIALS,
    OTHER_BUSINESS,
    PUSHING,
    REACTIONS,
    SUFFERING,
    TESTS,
    THREATENING,
    TRIGGERS,
    WARNING,
    WEAPONS,
)
from pipeline.sanctions.model import Refusal
from pipeline.sanctions.parties import Party
from pipeline.sanctions.phrases import Hit
from schemas.enrichment import SanctionStage

_NEAR: Final = 9
_ADJECTIVES: Final = frozenset(
    "possible potential further new targeted additional concrete punitive serious severe tough tougher strong "
    "stronger joint appropriate diplomatic unspecified heavy high grave swift more other".split()
)


class Hint(Struct, frozen=True):
    """A hint at measures: words `first` (inclusive) to `last` (exclusive)."""

    first: int
    last: int
    stage: SanctionStage
    issuers: tuple[str, ...]
    targets: tuple[str, ...]
    adjacent: bool
    """The event or the actor stands in the sentence before."""


def find_hint(clause: Clause, before: Clause | None, last_targets: tuple[str, ...]) -> Hint | Refusal | None:
    """The hint in *clause*; *before* is the sentence before it, *last_targets* those of a hint found there.

    Example: "ministers will discuss [possible measures] to respond to the crackdown in Kazakhstan".
    Counter-examples: "economic measures to curb inflation" (no event), "Kazakh authorities announced measures in
    response to
    the unrest" (the accused state's own).
    """
    noun = _measure(clause)
    if noun is None or not (_is_threat(clause) if noun.value == "threatened" else _reacts(clause)):
        return None
    event = _event(clause)
    borrowed = event is None
    if borrowed and (before is None or _event(before) is None or not _reacts(clause, strongly=True)):
        return None
    return _assign(clause, before, noun, event, last_targets, borrowed)


def may_hint(words: Sequence[str]) -> bool:
    return not TRIGGERS.isdisjoint(words)


def _measure(clause: Clause) -> Hit[str] | None:
    for hit in MEASURES.scan(clause.words):
        near = clause.words[max(0, hit.first - 2) : hit.last]
        if not OTHER_BUSINESS & set(near):
            return hit
    return None


def _reacts(clause: Clause, strongly: bool = False) -> bool:
    """Whether words of reaction stand in it; "action against" alone is too weak to reach back a sentence."""
    return any(hit.value or not strongly for hit in REACTIONS.scan(clause.words)) or _holds_to_account(clause)


def _is_threat(clause: Clause) -> bool:
    """ "will face consequences" is a threat, "has had serious consequences" is none."""
    return not THREATENING.isdisjoint(clause.vocabulary)


def _holds_to_account(clause: Clause) -> bool:
    return bool({"hold", "holds", "holding"} & clause.vocabulary) and bool(
        {"accountable", "account"} & clause.vocabulary
    )


def _event(clause: Clause) -> int | None:
    words = clause.words
    for i, word in enumerate(words):
        if word in EVENTS and not (word == "landing" and "forced" not in clause.vocabulary):
            return i
        near = set(words[max(0, i - 4) : i + 5])
        if (word in BALLOTS and DOUBTS & near) or (word in TESTS and WEAPONS & near):
            return i
    if "human" in clause.vocabulary and "rights" in clause.vocabulary:
        return words.index("rights")
    return None


def _assign(
    clause: Clause,
    before: Clause | None,
    noun: Hit[str],
    event: int | None,
    last_targets: tuple[str, ...],
    borrowed: bool,
) -> Hint | Refusal | None:
    targets = _targets(clause, noun, event)
    adjacent = borrowed
    if not targets and before is not None:
        old = _event(before)
        targets = last_targets or (_targets(before, None, old) if old is not None else ())
        adjacent = True
    actors = _actors(clause, targets)
    if not actors and targets and before is not None:
        actors, adjacent = _actors(before, targets), True
    if not targets:
        return None
    if not actors:
        return Refusal(noun.first, noun.last, "measures of the accused state itself, or of nobody named")
    first = noun.first
    while first and clause.words[first - 1] in _ADJECTIVES:
        first -= 1
    return Hint(first, noun.last, _stage(clause, noun), actors, targets, adjacent)


def _stage(clause: Clause, noun: Hit[str]) -> SanctionStage:
    if noun.value == "threatened":
        return "threatened"
    if PUSHING & clause.vocabulary:
        return "proposed"
    return "threatened" if WARNING & clause.vocabulary else "discussed"


def _is_state(party: Party) -> bool:
    return party.kind not in ("body", "agency", "leader") or (
        party.code in ("RU", "BY", "SY", "IR", "VE") and party.kind != "body"
    )


def _targets(clause: Clause, noun: Hit[str] | None, event: int | None) -> tuple[str, ...]:
    """The accused: who will pay or face it, whom it is for or against, who is warned, or where the event took place."""
    states = [party for party in clause.parties if _is_state(party) and party.code not in ("EU", "UN")]
    for start, end in _accusing_words(clause, noun):
        for party in states:
            if start <= party.first < end:
                return (party.code,)
    return codes(_at_event(clause, states, event)) if event is not None else ()


def _accusing_words(clause: Clause, noun: Hit[str] | None) -> list[tuple[int, int]]:
    """Stretches of words in which a state is the accused, the surest first."""
    words = clause.words
    stretches = [(max(0, i - 4), i) for i, word in enumerate(words) if word in SUFFERING]
    if noun is not None and noun.last < len(words) and words[noun.last] in ("for", "on", "against"):
        stretches.append((noun.last + 1, noun.last + 6))
    return stretches + [(i + 1, i + 5) for i, word in enumerate(words) if word in ACCUSING]


def _at_event(clause: Clause, states: list[Party], event: int) -> list[Party]:
    """ "the crackdown ... in [Kazakhstan]", "[Sudan]'s generals ... the crackdown", "the [Belarusian] regime's
    repression"."""
    by = [p for p in states if event < p.first <= event + _NEAR + 3 and "by" in clause.words[p.first - 2 : p.first]]
    if by:
        return by[:1]
    after = [
        p
        for p in states
        if event < p.first <= event + _NEAR
        and clause.words[p.first - 1] in ("in", "of", "on", "by", "at", "'s", "across", "the")
    ]
    if after:
        return after[:1]
    accused = [p for p in states if p.first < event and _rules(clause, p)]
    if accused:
        return accused[-1:]
    close = [p for p in states if event - 4 <= p.first < event]
    return close[-1:]


def _rules(clause: Clause, party: Party) -> bool:
    """ "the Burmese generals", "the junta in Mali"."""
    if OFFICIALS & set(clause.words[party.last : party.last + 3]):
        return True
    return clause.words[party.first - 1] in ("in", "of") and bool(
        OFFICIALS & set(clause.words[party.first - 3 : party.first])
    )


def _actors(clause: Clause, targets: tuple[str, ...]) -> tuple[str, ...]:
    """Who would act: an international body when one is named, else the other states that are not merely where it
    happens."""
    others = [p for p in clause.parties if p.code not in targets and p.kind != "place" and not is_venue(clause, p)]
    bodies = [
        p
        for p in others
        if (p.kind in ("body", "agency", "leader") or p.code in ("EU", "UN"))
        and preposition_of(clause, p) not in ("with", "into", "to", "from")
    ]
    return codes(bodies or others)[:3]
