"""Enriched articles for the replay drill, and rules of every kind over them.

A few samples are enriched; each article is one of them with an id, a time, a source and a toll of its own. Matcher,
alerter and notifier are under test, so the articles go in where the matcher reads.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from pipeline.enrich import enrich
from schemas.article import Article

_START = datetime(2024, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=12)
"""Event time of one pass."""
_TEXTS = {
    "flood": "At least 12 people were killed when a river flooded the old town on Monday, officials said.",
    "protest": "Police detained 40 protesters in the capital on Tuesday, the interior ministry said.",
    "fire": "A fire in a warehouse injured 7 workers and burned for a day, rescuers said.",
    "market": "The price of bread rose again at the market, and the bakers met with the mayor.",
    "school": "Teachers opened 3 schools after the long winter break, the council said.",
}
_OTHERS = tuple("sport weather law harvest railway theatre museum harbour bridge hospital".split())
_COUNTRIES = tuple("KZ FI PE TD LA GE UY NO".split())

_LATE = 'lateness = "1d"\n'
"""Longer, in event time, than one partition's articles can be ahead of another's: the order of arrival decides nothing,
so that two runs alert alike, whatever befell them."""


def _rule(id: str, query: str, channel: str, more: str = "") -> str:
    head = f'id = "{id}"\nversion = 1\ntitle = "{id}"\nquery = "{query}"\nseverity = "medium"\n'
    return f'{head}channel = "{channel}"\nmessage = "{{title}}"\nowner = "desk"\n{more}'


_BY_COUNTRY = 'group_by = "source.country"\n'

EXACT = {
    "each": _rule("each", "tags:sport", "single"),
    "toll": _rule(
        "toll",
        "tags:flood",
        "water",
        f'{_BY_COUNTRY}{_LATE}throttle = "6h"\nupdate_on = ["toll.killed.best"]\n'
        '[[escalate]]\nfield = "toll.killed.best"\nat = 30\nseverity = "high"\n',
    ),
    "often": _rule(
        "often",
        "tags:protest",
        "unrest",
        f'{_BY_COUNTRY}{_LATE}throttle = "6h"\n[condition]\nkind = "frequency"\ncount = 3\nwindow = "6h"\n',
    ),
    "sources": _rule(
        "sources",
        "tags:flood",
        "water",
        f'{_BY_COUNTRY}{_LATE}[condition]\nkind = "cardinality"\nfield = "source.id"\ndistinct = 4\nwindow = "12h"\n',
    ),
    "rise": _rule(
        "rise",
        "tags:flood",
        "water",
        f'{_BY_COUNTRY}{_LATE}[condition]\nkind = "change"\nfield = "toll.killed.best"\nrise = 25\nwindow = "3d"\n',
    ),
    "novel": _rule(
        "novel",
        "tags:fire OR tags:novelty",
        "single",
        f'{_LATE}[condition]\nkind = "new_term"\nfield = "tags"\nlookback = "10d"\n',
    ),
    "burst": _rule(
        "burst",
        "tags:protest",
        "unrest",
        f'{_BY_COUNTRY}{_LATE}[condition]\nkind = "spike"\nwindow = "3h"\nreference = "1d"\nratio = 2.0\ncount = 3\n',
    ),
    "quiet": _rule(
        "quiet", "tags:school", "single", f'{_BY_COUNTRY}{_LATE}[condition]\nkind = "silence"\nafter = "18h"\n'
    ),
    "after": _rule(
        "after",
        "tags:protest",
        "unrest",
        f'{_BY_COUNTRY}{_LATE}[condition]\nkind = "sequence"\nfirst = "tags:flood"\nwithin = "2h"\n',
    ),
}
"""Rules whose alerts depend on the articles alone."""
AT_ONCE = {
    "at_once": _rule("at_once", "tags:flood", "water", f'{_BY_COUNTRY}throttle = "6h"\n'),
    "often_at_once": _rule(
        "often_at_once",
        "tags:protest",
        "unrest",
        f'{_BY_COUNTRY}[condition]\nkind = "frequency"\ncount = 3\nwindow = "6h"\n',
    ),
}
"""Rules that wait for nothing: which of two articles comes first may decide which of them alerts."""
RULES = {**EXACT, **AT_ONCE}
CHANNELS = ("single", "unrest", "water")

EDITED = "each"
"""The rule that is edited while articles arrive."""


def edited(version: int) -> str:
    return RULES[EDITED].replace("version = 1", f"version = {version}").replace("{title}", "Edited: {title}")


def _samples() -> dict[str, dict[str, Any]]:
    found = {}
    for subject, text in _TEXTS.items():
        article = Article(id="sample", title=f"{subject.capitalize()} report", body=text, observed_at=_START)
        found[subject] = orjson.loads(enrich(article).model_dump_json())
    return found


def articles(seed: int, count: int, *, first: int = 0, step: timedelta) -> Iterator[bytes]:
    """*count* enriched articles, a *step* of event time after each other; two in three match no rule, one in thirty is
    a later revision of the one before it."""
    chance, samples = random.Random(seed), _samples()
    article = _article(chance, samples, first, step)
    for number in range(first, first + count):
        is_revision = number > first and chance.random() < 0.03
        article = _revised(chance, article) if is_revision else _article(chance, samples, number, step)
        yield orjson.dumps(article)


def key_of(value: bytes) -> bytes:
    """As the enricher keys them: revisions of one article stay in order."""
    return str(orjson.loads(value)["id"]).encode()


def _article(chance: random.Random, samples: dict[str, dict[str, Any]], number: int, step: timedelta) -> dict[str, Any]:
    is_watched = chance.random() < 1 / 3
    subject = chance.choice(tuple(_TEXTS)) if is_watched else "market"
    tags = [subject] if is_watched else [chance.choice(_OTHERS)]
    if subject == "fire":
        tags = tags if chance.random() < 0.3 else ["novelty", f"novelty-{chance.randint(1, 900)}"]
    sample, moment = samples[subject], _START + number * step
    country, killed = chance.choice(_COUNTRIES), chance.randint(1, 40)
    return sample | {
        "id": f"replayed-{number}",
        "url": f"https://news.example/{number}",
        "title": f"{subject.capitalize()} report {number}",
        "tags": tags,
        "source": {"id": f"paper-{chance.randint(1, 9)}", "country": country},
        "published_at": _stamp(moment),
        "observed_at": _stamp(moment + timedelta(minutes=1)),
        "enrichment": _with_killed(sample["enrichment"], killed),
    }


def _revised(chance: random.Random, article: dict[str, Any]) -> dict[str, Any]:
    seen = datetime.fromisoformat(article["observed_at"]) + timedelta(minutes=10)
    enrichment = _with_killed(article["enrichment"], chance.randint(1, 80))
    return article | {"observed_at": _stamp(seen), "revision": article["revision"] + 1, "enrichment": enrichment}


def _with_killed(enrichment: dict[str, Any], killed: int) -> dict[str, Any]:
    toll = enrichment["toll"]
    if toll["killed"]["status"] != "stated":
        return enrichment
    return enrichment | {"toll": toll | {"killed": toll["killed"] | {"low": killed, "best": killed}}}


def _stamp(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
