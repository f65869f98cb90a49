"""How many articles one core enriches in a second, and what each extractor costs."""

from __future__ import annotations

import statistics
import time
from typing import Any

from agents.bench.corpus import articles
from agents.bench.machine import memory_of
from pipeline.enrich import EXTRACTORS, enrich, join, read
from pipeline.findings import Findings


def measure_enrichment(count: int = 500) -> dict[str, Any]:
    """Enrich *count* articles of 600 words in this process, one after the other.

    Returns:
        articles per second, milliseconds per article (median, 99th percentile) and per extractor, memory in bytes.
    """
    sample = list(articles(count))
    for article in sample[:20]:  # caches fill, pages of the gazetteer come in
        enrich(article)
    times = []
    for article in sample:
        start = time.process_time()
        enrich(article)
        times.append(time.process_time() - start)
    return {
        "articles": count,
        "words_per_article": round(statistics.fmean(len(article.body.split()) for article in sample)),
        "articles_per_second": round(count / sum(times), 1),
        "ms_median": round(1000 * statistics.median(times), 3),
        "ms_p99": round(1000 * statistics.quantiles(times, n=100)[98], 3),
        "ms_by_step": _by_step(sample[: max(1, count // 5)]),
        **memory_of(),
    }


def _by_step(sample: list[Any]) -> dict[str, float]:
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
    return {name: round(1000 * seconds / len(sample), 3) for name, seconds in spent.items()}
