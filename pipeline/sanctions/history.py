"""What happened in a year gone by is history: told by the dates in the sentence and the day of publication."""

from __future__ import annotations

import itertools
import re
from typing import Final

from msgspec.structs import replace

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.model import Reading
from schemas.enrichment import SanctionStage

_YEAR: Final = re.compile(r"(?:19|20)\d\ds?$")
_REACH: Final = 12
"""Words between a measure and the year that dates it."""
LONG_AGO: Final = 2000
"""Years before this are history even when the day of publication is unknown."""
_PAST_ERAS: Final = frozenset({"apartheid-era", "soviet-era", "rhodesia", "rhodesian", "cold-war"})
_PAST_PAIRS: Final = frozenset(
    {("apartheid", "south"), ("apartheid", "era"), ("apartheid", "pretoria"), ("soviet", "era"), ("fascist", "italy"),
     ("nazi", "germany"), ("imperial", "japan"), ("napoleonic", "france")}
)  # fmt: skip
_ERAS_ENDED: Final = 1994
"""The year after which every one of these regimes was gone (South Africa voted in April 1994)."""
_STANDING: Final[dict[SanctionStage, SanctionStage]] = {
    "adopted": "in_force",
    "listed": "in_force",
    "amended": "in_force",
}


def as_history(clause: Clause, reading: Reading, group: tuple[int, int], published: int | None) -> Reading:
    """*reading*, marked as dated when its words name a year before that of publication.

    Example: "imposed sanctions in 1987" is in force since, not adopted now; so is what names a regime long gone.
    Counter-example: the same year as publication.

    Args:
        group: first and last word of the measure.
        published: year of publication. None means unknown.
    """
    if reading.dated:
        return reading
    near = clause.words[max(0, group[0] - _REACH) : group[1] + _REACH]
    if _is_of_past_era(near) and (published is None or published > _ERAS_ENDED):
        return replace(reading, stage=_STANDING.get(reading.stage, reading.stage), dated=True)
    years = [int(word[:4]) for word in near if _YEAR.match(word)]
    if not years or max(years) >= (published if published is not None else LONG_AGO):
        return reading
    return replace(reading, stage=_STANDING.get(reading.stage, reading.stage), dated=True)


def _is_of_past_era(words: tuple[str, ...]) -> bool:
    """Whether they name a regime or an era that is over: "apartheid South Africa"."""
    return not _PAST_ERAS.isdisjoint(words) or any(pair in _PAST_PAIRS for pair in itertools.pairwise(words))
