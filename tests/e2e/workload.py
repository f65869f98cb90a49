"""Seeded messages: articles, revisions of articles, and messages that are none."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

_WORDS = "river bridge mayor council market winter harvest railway teacher hospital village coast valley engine".split()
_COUNTRIES = ("KZ", "FI", "PE", "TD", "LA")
BROKEN = (
    b"",
    b"{",
    b'{"title": "cut off, "body": "',
    b'{"body": "\xff\xfe"}',
    b'{"body": 7}',
    b"{}",
    b'{"body": "from the future", "schema_version": "9.0"}',
    b"[" * 5_000,
)


def _article(chance: random.Random, number: int) -> dict[str, Any]:
    subject = chance.choice(("flood", "fire", "strike", "election", "fair"))
    minute, hour, day = number % 60, number // 60 % 24, number // 1440 % 28 + 1
    return {
        "url": f"https://news.example/{number}?utm_source=test",
        "title": f"{subject.capitalize()} near the {chance.choice(_WORDS)}",
        "body": " ".join(chance.choices(_WORDS, k=chance.randint(20, 300))),
        "tags": [subject],
        "source": {"id": f"paper-{number % 7}", "country": chance.choice(_COUNTRIES)},
        "published_at": f"2024-03-{day:02}T{hour:02}:{minute:02}:00Z",
        "observed_at": f"2024-04-{day:02}T{hour:02}:{minute:02}:00Z",
    }


def messages(seed: int, count: int, first: int = 0) -> Iterator[bytes]:
    """*count* messages, the articles numbered from *first*; one in fifty is broken, one in thirty a later revision of
    the article before it."""
    chance = random.Random(seed)
    article = _article(chance, first)
    for number in range(first, first + count):
        if chance.random() < 0.02:
            yield chance.choice(BROKEN)
            continue
        if number > first and chance.random() < 0.03:
            observed = article["observed_at"].replace("2024-04", "2024-05")
            article = article | {"body": article["body"] + " Updated.", "revision": 1, "observed_at": observed}
        else:
            article = _article(chance, number)
        yield json.dumps(article).encode()
