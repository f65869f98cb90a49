"""An enrichment function that does what the article's body says; pool tests and end-to-end tests name it."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

from schemas.article import Article
from schemas.enrichment import EnrichedArticle, Enrichment, Mode, Provenance

HANG = "HANG"
EXIT = "EXIT"
SEGFAULT = "SEGFAULT"
RAISE = "RAISE"
HOG = "HOG"
PRINT = "PRINT"
ONCE = "ONCE "
"""Followed by a path: dies unless the file exists, and makes it first."""


def enrich(article: Article, mode: Mode = "live") -> EnrichedArticle:
    word, _, rest = article.body.partition(" ")
    if word == HANG:
        time.sleep(3600)
    if word == EXIT:
        os._exit(9)
    if word == SEGFAULT:
        ctypes.string_at(0)
    if word == RAISE:
        raise ValueError("told to raise")
    if word == HOG:
        bytearray(1 << 40)
    if word == PRINT:
        print("noise that must not reach the answer", flush=True)
    if word == ONCE.strip() and not Path(rest).exists():
        Path(rest).touch()
        os._exit(9)
    values = {name: getattr(article, name) for name in Article.model_fields}
    enrichment = Enrichment(provenance=Provenance(pipeline="test"))
    return EnrichedArticle.model_construct(**values, enrichment=enrichment, mode=mode)
