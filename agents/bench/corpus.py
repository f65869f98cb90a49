"""Articles to measure with: sample articles joined until they have the wished number of words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import orjson

from agents.seeds import seeds_dir
from schemas.article import Article

WORDS = 600
"""Length of a usual agency report with background."""


def _english_bodies(folder: Path) -> list[str]:
    bodies = []
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_bytes().splitlines():
            try:
                article = orjson.loads(line)
            except orjson.JSONDecodeError:
                continue  # the samples hold a broken line on purpose
            if article.get("language", "en") == "en" and article.get("body"):
                bodies.append(article["body"])
    return bodies


def articles(count: int, *, words: int = WORDS, seed: int = 1) -> Iterator[Article]:
    """*count* different articles of about *words* words; the same for the same *seed*."""
    chosen = random.Random(seed)  # noqa: S311 - repeatable on purpose
    bodies = _english_bodies(seeds_dir() / "articles")
    for number in range(count):
        paragraphs: list[str] = []
        length = 0
        while length < words:
            paragraphs.append(chosen.choice(bodies))
            length += len(paragraphs[-1].split())
        yield Article.model_validate(
            {
                "id": f"bench-{seed}-{number}",
                "title": paragraphs[0].split(". ")[0][:120],
                "body": "\n\n".join(paragraphs),
                "published_at": "2026-03-01T12:00:00Z",
                "observed_at": "2026-03-01T12:00:00Z",
                "source": {"id": "bench", "name": "Benchmark"},
            }
        )
