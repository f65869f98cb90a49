"""Whether a state or body acts in a verb: as its subject, or after "by"."""

from __future__ import annotations

from typing import Final

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.exclusion_lexicon import APPROVERS
from pipeline.sanctions.governors import is_passive

_BEFORE: Final = 6
"""Words between a subject and its verb; further away it is another verb's."""
_AFTER: Final = 8


def acts(clause: Clause, i: int) -> bool:
    """Whether a state or body acts in the verb at word *i*."""
    return is_subject(clause, i) or is_agent(clause, i)


def is_subject(clause: Clause, i: int) -> bool:
    """ "[Washington] has blacklisted"; not in the passive, where it would be acted upon."""
    near = any(p.last <= i <= p.last + _BEFORE and p.kind != "place" for p in clause.parties)
    return near and not is_passive(clause, i)


def is_agent(clause: Clause, i: int) -> bool:
    """ "sanctioned by the [European Union]"; not "sanctioned by the Malian parliament"."""
    window = clause.words[i + 1 : i + _AFTER]
    if "by" not in window:
        return False
    by = i + 1 + window.index("by")
    named = any(by < p.first <= by + 5 for p in clause.parties)
    return named and APPROVERS.isdisjoint(clause.words[by + 1 : by + 6])
