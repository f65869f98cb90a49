"""How many articles one core enriches in a second, and what each extractor costs."""

from __future__ import annotations

import statistics
import time
from typing import Any, Final

from agents.bench.corpus import articles
from agents.bench.machine import memory_of
from agents.bench.names import measure_spacy
from agents.bench.start import measure_start
from pipeline.enrich import EXTRACTORS, enrich, join, read
from pipeline.findings import Findings
from pipeline.names.find import small_words
from pipeline.names.tagger import packaged_tagger
from pipeline.places import find_locations
from schemas.article import Article

_WARM: Final = 20
"""Articles read before times count: caches fill, pages of the gazetteer come in."""
_ROUNDS: Final = 3
"""Rounds of which the least disturbed counts."""
_BESIDE: Final = 100
"""Articles that another tagger reads beside."""


def measure_enrichment(count: int = 500) -> dict[str, Any]:
    """Enrich *count* articles of 600 words in this process, one after the other.

    Returns:
        articles per second, milliseconds per article (the first ones, median, 99th percentile) and per step, what a
        new process costs, memory in bytes before another tagger is loaded, and spaCy's names on the same articles.
    """
    sample = list(articles(count))
    first = [_time_of(article) for article in sample[:_WARM]]
    times = list(map(_time_of, sample))
    return {
        "articles": count,
        "words_per_article": round(statistics.fmean(len(article.body.split()) for article in sample)),
        "articles_per_second": round(count / sum(times), 1),
        "ms_first": round(1000 * statistics.fmean(first), 3),
        "ms_median": round(1000 * statistics.median(times), 3),
        "ms_p99": round(1000 * statistics.quantiles(times, n=100)[98], 3),
        "ms_by_step": _by_step(sample[: max(1, count // 5)]),
        "ms_tagger_and_resolver": _tagger_and_resolver(sample[: max(1, count // 5)]),
        **measure_start(),
        **memory_of(),
        "beside_spacy": measure_spacy(sample[:_BESIDE]),
    }


def _time_of(article: Article) -> float:
    start = time.process_time()
    enrich(article)
    return time.process_time() - start


def _tagger_and_resolver(sample: list[Article]) -> float:
    """What the trained tagger and the resolution of places take together, without the rules between them."""
    names = [EXTRACTORS[0].extract(read(article), Findings()) for article in sample]
    least = [
        min(_names_and_places(article, found) for _ in range(_ROUNDS))
        for article, found in zip(sample, names, strict=True)
    ]
    return round(1000 * statistics.fmean(least), 3)


def _names_and_places(article: Article, found: Findings) -> float:
    document = read(article)  # anew, since a text keeps what was worked out about it
    start = time.process_time()
    packaged_tagger().tag(document.texts, small_words(document.texts))
    find_locations(document, found)
    return time.process_time() - start


def _by_step(sample: list[Article]) -> dict[str, float]:
    """Per step the least disturbed of some rounds over the sample."""
    rounds = [_one_round(sample) for _ in range(_ROUNDS)]
    return {step: round(1000 * min(spent[step] for spent in rounds) / len(sample), 3) for step in rounds[0]}


def _one_round(sample: list[Article]) -> dict[str, float]:
    spent = dict.fromkeys(("text", *(step.name for step in EXTRACTORS)), 0.0)
    for article in sample:
        start = time.process_time()
        document = read(article)
        spent["text"] += time.process_time() - start
        found = Findings()
        for name, extractor, _ in EXTRACTORS:
            start = time.process_time()
            found = join(found, extractor(document, found))
            spent[name] += time.process_time() - start
    return spent
