"""Which countries an article speaks of, as evidence for the sense of every name in it."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import Final

from pipeline.findings import Document
from pipeline.gazetteer import demonym
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
    previous = None
    for token in text.tokens:
        if not token.text[0].isupper():
            previous = None
            continue
        country = (demonym(f"{previous} {token.text}") if previous else None) or demonym(token.text)
        if country:
            found[country] += 1
        previous = token.text
    return found


def context(document: Document) -> dict[str, float]:
    """Votes that do not come from places: nationalities and the publisher's country."""
    votes = {country: NATIONALITY_VOTE * damped(count) for country, count in nationalities(document).items()}
    if document.source_country:
        votes[document.source_country] = votes.get(document.source_country, 0.0) + SOURCE_VOTE
    return votes
