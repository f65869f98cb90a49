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


SUBJECTS = ("flood", "fire", "strike", "election", "fair")
_SENTENCES = (
    "Police detained {number} protesters in {city} on Monday, officials said.",
    "At least {number} people were killed when a bridge fell near {city}.",
    "The European Union adopted sanctions against {number} officials of the port of {city}.",
    "A council in {city} opened {number} schools after the long winter break.",
    "Rescuers in {city} said that {number} villagers were still missing after the flood.",
    "The mayor of {city} spoke to {number} farmers about the price of bread.",
)
_CITIES = ("Almaty", "Helsinki", "Lima", "Moundou", "Vientiane", "Oulu", "Cusco", "Karaganda")


def _article(chance: random.Random, number: int) -> dict[str, Any]:
    subject = chance.choice(SUBJECTS)
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


def _revised(article: dict[str, Any]) -> dict[str, Any]:
    """A month later, and a second after the revision before it: two revisions of one moment would be one version."""
    revision = article.get("revision", 0) + 1
    observed = f"{article['observed_at'].replace('2024-04', '2024-05')[:-3]}{revision:02}Z"
    return article | {"body": article["body"] + " Updated.", "revision": revision, "observed_at": observed}


def messages(seed: int, count: int, first: int = 0) -> Iterator[bytes]:
    """*count* messages, the articles numbered from *first*; one in fifty is broken, one in thirty a later revision of
    the article before it."""
    chance = random.Random(seed)
    article = _article(chance, first)
    for number in range(first, first + count):
        if chance.random() < 0.02:
            yield chance.choice(BROKEN)
            continue
        article = _revised(article) if number > first and chance.random() < 0.03 else _article(chance, number)
        yield json.dumps(article).encode()


def short_articles(seed: int, count: int) -> Iterator[bytes]:
    """*count* messages of 40 to 60 words with figures and places, one in a hundred a broken one, one in fifty a later
    revision of the article before it. One subject in twenty-five makes alerts."""
    chance = random.Random(seed)
    subjects = (*SUBJECTS, *_WORDS, *_COUNTRIES, "law")
    article = _short(chance, 0, subjects)
    for number in range(count):
        if chance.random() < 0.01:
            yield chance.choice(BROKEN) + b" %d" % number
            continue
        article = _revised(article) if number and chance.random() < 0.02 else _short(chance, number, subjects)
        yield json.dumps(article).encode()


def _short(chance: random.Random, number: int, subjects: tuple[str, ...]) -> dict[str, Any]:
    subject = chance.choice(subjects)
    fact = chance.choice(_SENTENCES).format(number=chance.randint(2, 900), city=chance.choice(_CITIES))
    rest = " ".join(chance.choices(_WORDS, k=chance.randint(30, 44)))
    article = _article(chance, number)
    return article | {"title": f"{subject.capitalize()} report", "tags": [subject], "body": f"{fact} The {rest}."}
