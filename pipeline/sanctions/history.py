"""What happened in a year gone by is history: told by the dates in the sentence and the day of publication."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.model import Reading
from schemas.enrichment import SanctionStage

_YEAR: Final = re.compile(r"(?:19|20)\d\ds?$")
_REACH: Final = 12
"""Words between a measure and the year that dates it."""
LONG_AGO: Final = 2000
"""Years before this are history even when the day of publication is unknown."""
_STANDING: Final[dict[SanctionStage, SanctionStage]] = {
    "adopted": "in_force",
    "listed": "in_force",
    "amended": "in_force",
}


def as_history(clause: Clause, reading: Reading, group: tuple[int, int], published: int | None) -> Reading:
    """*reading*, marked as dated when its words name a year before that of publication.

    Example: "imposed sanctions in 1987" is in force since, not adopted now. Counter-example: the same year as
    publication.

    Args:
        group: first and last word of the measure.
        published: year of publication. None means unknown.
    """
    if reading.dated:
        return reading
    near = clause.words[max(0, group[0] - _REACH) : group[1] + _REACH]
    years = [int(word[:4]) for word in near if _YEAR.match(word)]
    if not years or max(years) >= (published if published is not None else LONG_AGO):
        return reading
    return replace(reading, stage=_STANDING.get(reading.stage, reading.stage), dated=True)
