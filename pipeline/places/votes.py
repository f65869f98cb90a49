"""Which countries an article speaks of, as evidence for the sense of every name in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import log
from typing import Final

from pipeline.findings import Document
from pipeline.gazetteer import demonym, demonym_heads
from pipeline.text import Text

SOURCE_VOTE: Final = 0.5
"""Weight of the publisher's own country: local news leaves it unsaid."""
NATIONALITY_VOTE: Final = 0.8
"""Weight of a nationality against a place: "the French minister" may speak anywhere."""
DATELINE_FACTOR: Final = 2.0


def damped(count: int) -> float:
    """The weight of *count* mentions of one name: each further one says less."""
    return 1.0 + log(count) if count else 0.0


def nationalities(document: Document) -> Counter[str]:
    """Country codes of the demonyms in title and body, with how often they stand there."""
    found: Counter[str] = Counter()
    for text in document.texts:
        found.update(_demonyms(text))
    return found


def _demonyms(text: Text) -> Counter[str]:
    found: Counter[str] = Counter()
    heads, tokens = demonym_heads(), text.tokens
    after_head = -1
    for i in [i for i, token in enumerate(tokens) if token[0] != token[3]]:  # `demonym` asks for the capital
        word, _, _, lower = tokens[i]
        country = (demonym(f"{tokens[i - 1].text} {word}") if i == after_head else None) or demonym(word)
        if country:
            found[country] += 1
        if lower in heads:
            after_head = i + 1
    return found


def context(people: Mapping[str, int], source_country: str | None) -> dict[str, float]:
    """Votes that do not come from places: of nationalities and of the publisher's country."""
    votes = {country: NATIONALITY_VOTE * damped(count) for country, count in people.items()}
    if source_country:
        votes[source_country] = votes.get(source_country, 0.0) + SOURCE_VOTE
    return votes
