"""Which countries an article speaks of, as evidence for the sense of every name in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import compress, count
from math import log
from operator import ne
from typing import Final

from pipeline.findings import Document
from pipeline.gazetteer import demonym, demonym_heads
from pipeline.text import Text

SOURCE_VOTE: Final = 0.5
"""Weight of the publisher's own country: local news leaves it unsaid."""
NATIONALITY_VOTE: Final = 0.8
"""Weight of a nationality against a place: "the French minister" may speak anywhere."""
DATELINE_FACTOR: Final = 2.0


def damped(times: int) -> float:
    """The weight of *times* mentions of one name: each further one says less."""
    return 1.0 + log(times) if times else 0.0


def nationalities(document: Document) -> Counter[str]:
    """Country codes of the demonyms in title and body, with how often they stand there."""
    return Counter([country for text in document.texts for country in _demonyms(text)])


def _demonyms(text: Text) -> list[str]:
    """Country codes of the demonyms of *text*, in reading order."""
    heads, printed, lowers = demonym_heads(), text.printed, text.lowers
    capitals = list(compress(count(), map(ne, printed, lowers)))  # `demonym` asks for the capital
    found = [demonym(printed[i]) for i in capitals]
    for n in [n for n, i in enumerate(capitals) if lowers[i] in heads]:
        i = capitals[n]
        if capitals[n + 1 : n + 2] == [i + 1]:
            found[n + 1] = demonym(f"{printed[i]} {printed[i + 1]}") or found[n + 1]
    return [country for country in found if country]


def context(people: Mapping[str, int], source_country: str | None) -> dict[str, float]:
    """Votes that do not come from places: of nationalities and of the publisher's country."""
    votes = {country: NATIONALITY_VOTE * damped(times) for country, times in people.items()}
    if source_country:
        votes[source_country] = votes.get(source_country, 0.0) + SOURCE_VOTE
    return votes
