"""Five thousand documents and some hundred queries, the same ones each time, on which the engines are compared."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

DATA: Final = Path(__file__).parents[2] / "data/query"
_WRITTEN: Final = tomllib.loads((DATA / "parity.toml").read_text("utf-8"))
NOW_QUERIES: Final[list[str]] = _WRITTEN.pop("now")
WRITTEN_QUERIES: Final[list[str]] = [query for group in _WRITTEN.values() for query in group] + [
    case["query"] for case in tomllib.loads((DATA / "matches.toml").read_text("utf-8"))["case"]
]
_SEED: Final = 20260305

_WORDS: Final = (
    "the of in a police detained protesters killed flood quake mass arrests state emergency border clashes minister "
    "said sanctions almaty kazakhstan's U.N. 7,939 3.5 can't co_op x_y 2026 méxico задержан İstanbul ΟΔΟΣ 中国 😀 "
    "anti-war a:b"
).split()
_PHRASES: Final = ("state of emergency", "mass arrests", "border clashes", "police detained protesters", "7,939 killed")
_KEYWORDS: Final[dict[str, list[str]]] = {
    "countries": ["KZ", "RU", "MX", "TJ"],
    "tags": ["Politics", "política", "Central Asia", "a*b", "İ", "ς Σ", "", "y" * 1100],
    "events.type": ["protest", "disaster", "mass_detention"],
    "sanctions.measures": ["travel_ban", "asset_freeze", "embargo"],
    "people": ["Sergei O'Hara", "Ana López"],
    "language": ["en", "ru", "es"],
    "mode": ["live", "backfill"],
    "primary_country": ["KZ", "RU", "MX"],
    "sanctions.stage": ["adopted", "threatened", "lifted"],
    "toll.killed.status": ["stated", "denied"],
    "source.name": ["Steppe Wire", "Harbour Post"],
    "source.domain": ["steppe.example", "harbour.example"],
    "url": ["https://steppe.example/a?b=c", "https://harbour.example/ä b"],
}
_MANY: Final = ("countries", "tags", "events.type", "sanctions.measures", "people")
_NUMBERS: Final = {"toll.killed.best": range(12), "toll.detained.low": range(990, 1010), "revision": range(3)}
_FLAGS: Final = ("sanctions.flagged", "toll.killed.disputed")
_FIRST: Final = datetime(2026, 1, 20, tzinfo=UTC)
_CLOCKS: Final = (0, 1, 45_000_000, 45_000_001, 86_399_999)
"""Times of the day in ms at which bounds are tried."""


def documents(count: int) -> list[dict[str, Any]]:
    random = Random(_SEED)
    return [_document(random) for _ in range(count)]


def recent_documents(now: datetime) -> list[dict[str, Any]]:
    """Documents of the days, weeks and months round *now*."""
    hours = [*range(-41, 0, 3), 1, 3, 30, *(-24 * days for days in (4, 6, 8, 16, 20, 33, 180, 380, 800))]
    return [{"@timestamp": _written(now + timedelta(hours=hour)), "title": "flood"} for hour in hours]


def _document(random: Random) -> dict[str, Any]:
    made: dict[str, Any] = {
        name: _text(random, length) for name, length in (("title", 6), ("body", 25), ("summary", 8))
    }
    made |= {name: random.choice(values) for name, values in _KEYWORDS.items() if name not in _MANY}
    made |= {name: random.sample(_KEYWORDS[name], random.randrange(3)) for name in _MANY}
    made |= {name: random.choice(values) for name, values in _NUMBERS.items()}
    made |= {name: random.random() < 0.5 for name in _FLAGS}
    made["lists.matches.score"] = random.choice((0, 0.25, 0.5, 0.75, 1))
    made["lists.matches.why"] = random.choice(("an alias", "the name", "…"))
    made["geonames_ids"] = random.sample((1, 999_999, 1_526_384, 3_530_597), random.randrange(1, 3))
    made["published_at"] = _moment(random)
    kept = {name: value for name, value in made.items() if random.random() < 0.6}
    return {"@timestamp": _moment(random)} | kept


def _text(random: Random, length: int) -> str:
    # Low numbers are drawn more often, as few words make most of a text.
    words = [
        random.choice(_PHRASES) if random.random() < 0.05 else _WORDS[int(len(_WORDS) * random.random() ** 1.6)]
        for _ in range(random.randrange(length))
    ]
    return " ".join(words)


def _moment(random: Random) -> str:
    return _written(_FIRST + timedelta(days=random.randrange(60), milliseconds=random.choice(_CLOCKS)))


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def generated_queries(count: int) -> list[str]:
    """*count* different ones."""
    random, found = Random(_SEED + 1), dict[str, None]()
    while len(found) < count:
        found[_query(random, 2)] = None
    return list(found)


def _query(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.3:
        return random.choice(_LEAVES)(random)
    parts = [f"({_query(random, depth - 1)})" for _ in range(random.randrange(2, 4))]
    match random.randrange(5):
        case 0:
            return " OR ".join(parts)
        case 1:
            return " ".join(parts)
        case 2:
            return f"NOT {parts[0]}"
        case 3:
            return " AND ".join((parts[0], f"NOT {parts[1]}"))
    return " AND ".join(parts)


def _word(random: Random) -> str:
    return random.choice(("", "", "title:", "body:", "summary:")) + _quoted(random.choice(_WORDS))


def _phrase(random: Random) -> str:
    words = random.choice(_PHRASES) if random.random() < 0.5 else " ".join(random.sample(_WORDS[:12], 2))
    return random.choice(("", "title:", "body:")) + _quoted(words)


def _wildcard(random: Random) -> str:
    word = random.choice([word for word in _WORDS if word.isascii() and word.isalpha() and len(word) > 3])
    cut = random.randrange(2, len(word))
    return random.choice(
        (f"{word[:cut]}*", f"*{word[-cut:]}", f"{word[:cut]}?{word[cut + 1 :]}", f"*{word[1 : cut + 1]}*")
    )


def _keyword(random: Random) -> str:
    name = random.choice(list(_KEYWORDS))
    values = [value for value in _KEYWORDS[name] if 0 < len(value) < 1000]
    return f"{name}:{_quoted(random.choice(values))}"


def _exists(random: Random) -> str:
    return f"_exists_:{random.choice([*_KEYWORDS, *_NUMBERS, *_FLAGS, 'title', 'published_at', 'geonames_ids'])}"


def _number(random: Random) -> str:
    name = random.choice(list(_NUMBERS))
    values = _NUMBERS[name]
    low = random.choice(values)
    if random.random() < 0.5:
        return f"{name}:{random.choice(('', '>', '>=', '<', '<='))}{low}"
    return f"{name}:{random.choice('[{')}{low} TO {low + random.randrange(5)}{random.choice(']}')}"


def _flag(random: Random) -> str:
    return f"{random.choice(_FLAGS)}:{random.choice(('true', 'false'))}"


def _date(random: Random) -> str:
    name = random.choice(("@timestamp", "published_at"))
    day = (_FIRST + timedelta(days=random.randrange(60))).date().isoformat()
    steps = "".join(
        random.choice(("+1d", "-2w", "+1M", "/d", "/w", "/M", "-36h", "/y")) for _ in range(random.randrange(4))
    )
    time = f"{day}||{steps}" if steps else random.choice((day, f"{day}T12:30:00Z", f"{day}T12:30:00.001Z"))
    if random.random() < 0.5:
        return f"{name}:{random.choice('[{')}{time} TO *]"
    return f"{name}:[* TO {_quoted(time)}{random.choice(']}')}"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_LEAVES: Final[tuple[Callable[[Random], str], ...]] = (
    _word, _word, _phrase, _wildcard, _keyword, _keyword, _exists, _number, _number, _flag, _date, _date,
)  # fmt: skip
