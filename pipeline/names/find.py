"""Persons, organisations, nationalities and place names of an article.

sentences -> runs of capitals -> evidence in order (parse) -> what the document adds (passes) -> entities
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.findings import Document, Extract, Findings
from pipeline.names import places
from pipeline.names.entities import to_entities
from pipeline.names.joins import with_joins
from pipeline.names.namesakes import places_in_names, with_namesakes
from pipeline.names.parse import read_segment
from pipeline.names.passes import Part, consider_document
from pipeline.names.protocol import NameTagger
from pipeline.names.reading import Candidate, Mention, Reading
from pipeline.names.tagger import Tagged, packaged_tagger
from pipeline.names.tagger.segments import Segment
from pipeline.names.words import PORTFOLIOS
from pipeline.records import Values, makers
from pipeline.text import Text
from schemas.enrichment import Rejected

_new_rejected: Final = makers(Rejected)
_BEFORE_QUOTED: Final = frozenset({"“", '"', "‘", ":"})
_MOST_REJECTED: Final = 50
"""Refused candidates kept with the record: enough to understand an article, bounded for hostile ones."""


def small_words(texts: tuple[Text, ...]) -> frozenset[str]:
    """The words that *texts* print in small letters."""
    return frozenset[str]().union(*[text.small for text in texts])


def _read(reading: Reading, tagged: Iterable[tuple[Segment, list[Tagged]]]) -> Part:
    text = reading.text
    mentions: list[Mention] = []
    candidates: list[Candidate] = []
    for segment, names in tagged:
        initial = _is_initial(text, segment.sentence, segment.first)
        found = read_segment(reading, segment, names, initial=initial)
        mentions += found.mentions
        candidates += found.candidates
    return Part(reading, tuple(mentions + _small_ministries(reading, mentions)), tuple(candidates))


def _is_initial(text: Text, first: int, start: int) -> bool:
    """Whether only quotes and brackets stand between the beginning of the sentence, or of a quotation, and the run."""
    if start - first > 3:
        return text.tokens[start - 1].text in _BEFORE_QUOTED
    return start == first or not any(token[0][0].isalnum() for token in text.tokens[first:start])


def _small_ministries(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """ "foreign ministry of Kazakhstan" names one body although it is written small."""
    found = []
    for mention in mentions:
        start = mention.first - 2
        if mention.label != "location" or start < 1 or reading.text.tokens[start + 1].lower != "of":
            continue
        code = places.country_of(reading.phrase(mention.first, mention.last))
        if code is None or reading.text.tokens[start].text != "ministry":
            continue
        while start and reading.text.tokens[start - 1].lower in PORTFOLIOS:
            start -= 1
        found.append(Mention(start, mention.last, "organisation", "names.ministry_of_country", 0.8, country=code))
    return found


def _rejected(part: Part) -> Iterator[Values]:
    text = part.reading.text
    for candidate in part.candidates:
        if not candidate.initial:
            first, last = text.tokens[candidate.first], text.tokens[candidate.last - 1]
            yield {
                "text": text.raw[first.start : last.end],
                "span": {"start": first.start, "end": last.end, "field": text.field},
                "considered_as": "name",
                "reason": "capitalised, but nothing in the article says what it names",
            }


def read_names(document: Document, tagger: NameTagger | None = None) -> tuple[tuple[Part, ...], tuple[Values, ...]]:
    """The mentions of title and body after all evidence, and the places that turned out to be people."""
    tagger = tagger or packaged_tagger()
    small = small_words(document.texts)
    tagged = tagger.tag(document.texts, small)
    read = [_read(Reading(text, small), names) for text, names in zip(document.texts, tagged, strict=True)]
    return with_namesakes(consider_document([with_joins(part) for part in read]))


def recognise(document: Document, tagger: NameTagger) -> Findings:
    """Entities of *document* as *tagger* and the rules see them."""
    parts, namesakes = read_names(document, tagger)
    open_names = (item for part in parts for item in _rejected(part))
    rejected = itertools.islice(itertools.chain(namesakes, places_in_names(parts), open_names), _MOST_REJECTED)
    return Findings(entities=to_entities(parts), rejected=_new_rejected(list(rejected)))


def find_entities(document: Document, found: Findings) -> Findings:
    """Entities of *document*: persons, organisations, locations (by name only; `places` resolves them), nationalities.

    *found* is not read: names come first. Cost is linear in the length of the text.

    Raises:
        ModelError: the package was built without the tagger's weights.
    """
    del found
    return recognise(document, packaged_tagger())


def finder(tagger: NameTagger) -> Extract:
    """The extractor of names that reads with *tagger* instead of the packaged one."""

    def find_entities_with(document: Document, found: Findings) -> Findings:
        del found
        return recognise(document, tagger)

    return find_entities_with
