"""Who acts: the agent after "by", else the party before the measure ("EU sanctions"), else the subject of the verb.

At the stage "proposed" the issuer is the state that proposes when nobody else is named.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.sanctions.bodies import USUAL_ISSUERS
from pipeline.sanctions.clause import Clause
from pipeline.sanctions.function_words import REPORTING
from pipeline.sanctions.grammar import antecedent, codes, pronoun_subject, run_right, subject_of
from pipeline.sanctions.model import Candidate, Reading
from pipeline.sanctions.parties import Party
from pipeline.sanctions.role_lexicon import (
    AMERICAN_LAWMAKERS,
    BARRIERS,
    COORDINATORS,
    GROUPS_OF_STATES,
    JOINING,
    MODIFIER_ENDINGS,
    MODIFIERS,
    NOT_MODIFIERS,
    REFUSERS,
    WARNERS,
)


def governing_verb(candidate: Candidate, reading: Reading) -> int | None:
    """The verb whose subject is asked for; None for adjectives and when nothing governs."""
    if reading.governor is None:
        return None
    return candidate.verb if candidate.verb is not None else reading.governor[0]


def find_issuers(
    clause: Clause,
    candidate: Candidate,
    group: tuple[int, int],
    reading: Reading,
    modifiers: tuple[str, ...],
    earlier: Sequence[Party],
) -> tuple[str, ...]:
    """Codes of who acts. *modifiers* stand before the measure, *earlier* are the parties of the sentence before."""
    prefix = _prefix(clause, candidate)
    named = _agents(clause, candidate, group, reading) or modifiers or prefix
    verb = governing_verb(candidate, reading)
    if verb is None:
        return named or _owner(clause, group[0])
    acts = reading.subject == "issuer" and not reading.passive and not _is_refused(clause, verb, reading)
    if named and acts and clause.words[verb] in JOINING:
        return tuple(dict.fromkeys((*_subject(clause, candidate, verb, earlier), *named)))
    if not named and acts:
        return _subject(clause, candidate, verb, earlier)
    if named:
        return named
    if reading.rule == "predicate" and reading.stage in ("discussed", "threatened"):
        return _speaker(clause, group[0])
    return _warner(clause, verb) if reading.stage == "threatened" else _owner(clause, group[0])


def _is_refused(clause: Clause, verb: int, reading: Reading) -> bool:
    """Who vetoes an extension or will not join is not an issuer; who declines to impose is."""
    if reading.stage == "opposed" and clause.words[verb] in JOINING:
        return True
    return reading.stage == "opposed" and bool(REFUSERS & set(clause.words[max(0, verb - 5) : verb]))


def _prefix(clause: Clause, candidate: Candidate) -> tuple[str, ...]:
    """ "the US-sanctioned oligarch"."""
    return codes(p for p in clause.parties if p.first == candidate.first and candidate.attributive)


def split_modifiers(
    clause: Clause, first: int, reading: Reading, has_subject: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parties right before the measure at word *first*: issuers ("EU and US sanctions") and targets ("Iran sanctions").

    Counter-example: "Washington is mulling sanctions", where Washington is the subject.
    """
    issuers: list[Party] = []
    targets: list[Party] = []
    edge = first
    for party in reversed([p for p in clause.parties if p.last <= first]):
        gap = clause.words[party.last : edge]
        linked = all(_is_modifier(word) or (word in COORDINATORS and bool(issuers or targets)) for word in gap)
        if party.kind == "place" or len(gap) > 5 or not linked:
            break
        (targets if _is_target(clause, party, reading, has_subject) else issuers).insert(0, party)
        edge = party.first
    return codes(issuers), codes(targets)


def _is_modifier(word: str) -> bool:
    if word in MODIFIERS or word[0].isdigit():
        return True
    return MODIFIER_ENDINGS.match(word) is not None and word not in NOT_MODIFIERS


def _is_target(clause: Clause, party: Party, reading: Reading, has_subject: bool) -> bool:
    if party.hint is not None:
        return party.hint == "target"
    if party.code in USUAL_ISSUERS or party.kind in ("body", "agency", "leader"):
        return False
    if reading.stage == "evaded" and reading.subject == "target":
        return True
    possessive = party.last < len(clause.words) and clause.words[party.last] in ("'s", "'")
    return party.kind != "capital" and not possessive and (party.kind == "country" or has_subject)


def _agents(clause: Clause, candidate: Candidate, group: tuple[int, int], reading: Reading) -> tuple[str, ...]:
    """ "imposed by the United States", "sanctioned by the EU", "faces sanctions from Washington"."""
    start = candidate.last if candidate.verb is not None else group[1]
    for i in range(start, min(len(clause.words), start + 16)):
        if clause.words[i] in BARRIERS:
            break
        if clause.words[i] == "by" or (clause.words[i] == "from" and _faces(clause, reading)):
            parties = run_right(clause, i + 1)
            if parties and not clause.words[i + 1].endswith("ing"):
                return codes(parties)
    return ()


def _faces(clause: Clause, reading: Reading) -> bool:
    return reading.governor is not None and clause.words[reading.governor[0]].startswith(("fac", "risk"))


def _subject(clause: Clause, candidate: Candidate, verb: int, earlier: Sequence[Party]) -> tuple[str, ...]:
    pronoun = pronoun_subject(clause, verb)
    if pronoun is not None:
        found = antecedent(clause, pronoun)
        if found:
            return codes(found)
    direct = codes(subject_of(clause, verb))
    if direct:
        return direct
    if AMERICAN_LAWMAKERS & set(clause.words[:verb]):
        return ("US",)
    if pronoun is None:
        return ()
    return _from_before(clause, candidate, pronoun, earlier)


def _from_before(clause: Clause, candidate: Candidate, pronoun: int, earlier: Sequence[Party]) -> tuple[str, ...]:
    """Whom "it" or "the bloc" stood for in the sentence before; "the Council" of EU terms is the EU's."""
    word = clause.words[pronoun]
    if word == "council" and candidate.measure == "restrictive_measures":
        return ("EU",)
    if word in GROUPS_OF_STATES:
        here = [p for p in clause.parties if p.kind == "body"]
        if here:
            return codes(here[:1])
    parties = [p for p in earlier if p.kind != "place" and (p.kind == "body" or word not in GROUPS_OF_STATES)]
    return codes(parties[:1])


def _owner(clause: Clause, first: int) -> tuple[str, ...]:
    """ "Canada used its Magnitsky law": the measure is whose "its" stands for."""
    return codes(antecedent(clause, first)) if first and clause.words[first - 1] in ("its", "their") else ()


def _speaker(clause: Clause, first: int) -> tuple[str, ...]:
    """ "The White House said sanctions were on the table"."""
    said = next((i for i in range(first - 1, max(-1, first - 6), -1) if clause.words[i] in REPORTING), None)
    return codes(subject_of(clause, said)) if said is not None else ()


def _warner(clause: Clause, verb: int) -> tuple[str, ...]:
    """ "Brussels warned Kosovo that it could face sanctions": who warns would act."""
    for i in range(verb - 1, -1, -1):
        if clause.words[i] in WARNERS:
            return codes(subject_of(clause, i))
    return ()
