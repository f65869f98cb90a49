"""Which countries an article speaks of, as evidence for the sense of every name in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import compress, count
from math import log
from operator import ne
from typing import Final

from pipeline.findings import Document
from pipeline.gazetteer import demonym, demonym_heads, demonyms
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
    with_capital = list(map(ne, text.printed, text.lowers))  # which `demonym` asks for
    names = list(compress(text.printed, with_capital))
    found, heads = demonyms(names), demonym_heads()
    small = list(compress(text.lowers, with_capital))
    if not heads.isdisjoint(small):
        pairs = [(n, f"{names[n - 1]} {names[n]}") for n, lower in enumerate(small[:-1], 1) if lower in heads]
        pairs = [(n, pair) for n, pair in pairs if demonym(pair)]
        at = list(compress(count(), with_capital)) if pairs else []
        for n, pair in pairs:
            if at[n] == at[n - 1] + 1:
                found[n] = demonym(pair)
    return [country for country in found if country]


def context(people: Mapping[str, int], source_country: str | None) -> dict[str, float]:
    """Votes that do not come from places: of nationalities and of the publisher's country."""
    votes = {country: NATIONALITY_VOTE * damped(times) for country, times in people.items()}
    if source_country:
        votes[source_country] = votes.get(source_country, 0.0) + SOURCE_VOTE
    return votes
