"""Random queries and documents over a small vocabulary, so that many queries have hits."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

WORDS = [
    "flood",
    "quake",
    "mass",
    "arrests",
    "almaty",
    "7,939",
    "3.5",
    "can't",
    "u.s",
    "x_y",
    "méxico",
    "задержан",
    "2026",
]
ODD_TEXT = [
    "anti-war",
    "İstanbul",
    "ΟΔΟΣ",
    "中国",
    "_",
    "…",
    "Khamenei's",
    "😀",
    "a:b",
    "x" * 300,
    "don''t",
    "U.S.",
    "e\u0301a",
]
KEYWORDS = {
    "countries": ["KZ", "RU", "MX"],
    "tags": ["Politics", "política", "Central Asia", "a*b", "İ", "ς Σ", "y" * 1100],
    "sanctions.stage": ["adopted", "threatened"],
    "language": ["en", "ru"],
}
NUMBERS = ["toll.killed.best", "toll.detained.low", "revision"]
FLAGS = ["sanctions.flagged", "toll.killed.disputed"]
DAYS = ["2026-02-28", "2026-03-01", "2026-03-02"]


def _escaped(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _leaves() -> st.SearchStrategy[str]:
    text_field = st.sampled_from(["", "title:", "body:", "summary:"])
    word = st.builds("{}{}".format, text_field, st.sampled_from(WORDS))
    phrase = st.builds(
        lambda field, words: f'{field}"{" ".join(words)}"',
        text_field,
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
    )
    shape = st.sampled_from(["fl*", "*ake", "arr?sts", "*l*o*d", "al??ty", "qu*k?", "?uake", "мас*", "m*co"])
    wild = st.builds("{}{}".format, text_field, shape)
    keyword = st.sampled_from(
        [f"{name}:{_escaped(value)}" for name, values in KEYWORDS.items() for value in values if len(value) < 1000]
    )
    keyword_wild = st.sampled_from(["countries:K?Z*", "tags:pol*", "tags:*asia", "sanctions.stage:*ed", "tags:a\\*b*"])
    exists = st.builds(
        "_exists_:{}".format, st.sampled_from([*KEYWORDS, *NUMBERS, *FLAGS, "title", "body", "@timestamp"])
    )
    number = st.integers(-2, 12)
    compare = st.builds("{}:{}{}".format, st.sampled_from(NUMBERS), st.sampled_from([">", ">=", "<", "<="]), number)
    equal = st.builds("{}:{}".format, st.sampled_from(NUMBERS), st.integers(0, 12))
    between = st.builds(
        lambda field, low, width, left, right: f"{field}:{left}{low} TO {low + width}{right}",
        st.sampled_from(NUMBERS),
        number,
        st.integers(0, 8),
        st.sampled_from("[{"),
        st.sampled_from("]}"),
    )
    day = st.builds("@timestamp:{}{}".format, st.sampled_from(["", ">", ">=", "<", "<="]), st.sampled_from(DAYS))
    flag = st.builds("{}:{}".format, st.sampled_from(FLAGS), st.sampled_from(["true", "false"]))
    return st.one_of(
        word, phrase, wild, keyword, keyword_wild, exists, compare, equal, between, day, flag, st.just("*:*")
    )


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner.map("({})".format), min_size=2, max_size=4)
    signed = st.lists(st.builds("{}({})".format, st.sampled_from(["", "NOT "]), inner), min_size=2, max_size=3)
    return st.one_of(
        several.map(" OR ".join), several.map(" ".join), signed.map(" AND ".join), inner.map("NOT ({})".format)
    )


def queries() -> st.SearchStrategy[str]:
    """Queries that are accepted."""
    return st.recursive(_leaves(), _combined, max_leaves=6)


def moving_queries() -> st.SearchStrategy[str]:
    """Queries that count from `now`, and others."""
    steps = st.lists(st.sampled_from(["-1d", "+2h", "-1M", "/d", "/M", "/w", "-1y", "-90m"]), max_size=3).map("".join)
    anchor = st.sampled_from(["now", "now", "2026-03-01||", "2026-02-28T10:00||"])
    time = st.builds("{}{}".format, anchor, steps).filter(lambda text: not text.endswith("|"))
    since = st.builds('@timestamp:{}"{}" TO *]'.format, st.sampled_from("[{"), time)
    until = st.builds("@timestamp:[* TO {}{}".format, time, st.sampled_from("]}"))
    compare = st.builds(
        lambda sign, time: f"@timestamp:{sign}{time}".replace("/", "\\/").replace('"', ""),
        st.sampled_from([">", ">=", "<", "<="]),
        time.filter(lambda text: ":" not in text),
    )
    return st.recursive(st.one_of(since, until, compare, _leaves()), _combined, max_leaves=6)


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Documents without id and time."""
    text = st.lists(st.sampled_from(WORDS + ODD_TEXT), max_size=8).map(" ".join)
    fields: dict[str, st.SearchStrategy[Any]] = {"title": text, "body": text, "summary": text}
    fields |= {
        name: st.lists(st.sampled_from(values), max_size=3, unique=True)
        if name in ("countries", "tags")
        else st.sampled_from(values)
        for name, values in KEYWORDS.items()
    }
    fields |= {name: st.integers(0, 12) for name in NUMBERS} | {name: st.booleans() for name in FLAGS}
    return st.fixed_dictionaries({}, optional=fields)
