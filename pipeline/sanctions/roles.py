"""Issuers and targets of one measure, put together."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.grammar import subject_of
from pipeline.sanctions.issuers import find_issuers, governing_verb, split_modifiers
from pipeline.sanctions.model import Candidate, Reading
from pipeline.sanctions.parties import Party
from pipeline.sanctions.targets import find_targets


class Roles(Struct, frozen=True):
    """Codes of issuers and targets, and the words among which named targets stand."""

    issuers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    target_words: tuple[int, int] | None = None


def read_roles(
    clause: Clause, candidate: Candidate, group: tuple[int, int], reading: Reading, earlier: Sequence[Party]
) -> Roles:
    """Issuers and targets of one measure. *earlier* are the parties of the sentence before, for "it" and "the bloc"."""
    verb = governing_verb(candidate, reading)
    acts = reading.subject == "issuer" and verb is not None and bool(subject_of(clause, verb))
    is_noun = candidate.verb is None or candidate.rule == "list_entry"
    before, premodified = split_modifiers(clause, group[0], reading, acts) if is_noun else ((), ())
    issuers = find_issuers(clause, candidate, group, reading, before, earlier)
    targets, words = find_targets(clause, candidate, group, reading, issuers, premodified)
    return Roles(issuers, targets, words)
