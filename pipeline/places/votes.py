"""Which countries an article speaks of, as evidence for the sense of every name in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import log
from typing import Final, NamedTuple

from pipeline.findings import Document
from pipeline.gazetteer import demonym, demonym_heads, demonym_parts, demonym_tails, fold
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


class _Demonym(NamedTuple):
    """What a word with a capital says of a country."""

    country: str | None
    ends_pair: bool
    """Whether it may be the second word of a demonym of two: "South Korean"."""


def _demonyms(text: Text) -> list[str]:
    """Country codes of the demonyms of *text*, in reading order."""
    parts = demonym_parts()
    capitals = text.vocabulary - text.small
    # Of most words, lower case is all that folding does to them.
    told = {
        word: _told(word)
        for word in capitals
        if (word.lower() if word.isalpha() and word.isascii() else fold(word)) in parts
    }
    if not told:
        return []
    if any(one.ends_pair for one in told.values()):
        return list(_of_two_words(text, told))
    return [country for word in text.printed if word in told and (country := told[word].country)]


def _told(word: str) -> _Demonym:
    return _Demonym(demonym(word), fold(word) in demonym_tails())


def _of_two_words(text: Text, told: Mapping[str, _Demonym]) -> Iterator[str]:
    """The same where some may be of two words, *told* having the parts."""
    printed, heads = text.printed, demonym_heads()
    for i, word in enumerate(printed):
        if word in told:
            country, ends_pair = told[word]
            if ends_pair and i and text.lowers[i - 1] in heads and printed[i - 1] not in text.small:
                country = demonym(f"{printed[i - 1]} {word}") or country
            if country:
                yield country


def context(people: Mapping[str, int], source_country: str | None) -> dict[str, float]:
    """Votes that do not come from places: of nationalities and of the publisher's country."""
    votes = {country: NATIONALITY_VOTE * damped(times) for country, times in people.items()}
    if source_country:
        votes[source_country] = votes.get(source_country, 0.0) + SOURCE_VOTE
    return votes
