"""Feeds as they come: each XML file in tests/data/feeds has the entries it must give beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pipeline.feeds import FeedError, ParsedFeed, parse_feed
from pipeline.feeds.html import to_text
from pipeline.feeds.parse import MAX_ENTRIES, MAX_TITLE

CASES = sorted((Path(__file__).parents[2] / "data" / "feeds").glob("*.xml"))
RSS = "<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_feed_gives_its_entries(case: Path) -> None:
    parsed = parse_feed(case.read_bytes(), url="https://gazette.example.org/rss")
    expected = json.loads(case.with_suffix(".json").read_text("utf-8"))
    assert TypeAdapter(ParsedFeed).dump_python(parsed, mode="json") == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp037"])
def test_a_feed_that_declares_entities_is_refused_in_every_encoding(encoding: str) -> None:
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE rss [<!ENTITY a "{"x" * 100}">]>' + RSS.format(
        items="<item><title>&a;&a;</title></item>"
    )
    with pytest.raises(FeedError, match="entities"):
        parse_feed(bomb.encode(encoding), content_type=f"application/xml; charset={encoding}")


@pytest.mark.parametrize("content", [b"", b"<html><body>Not here</body></html>", b"\x00\x01\x02", b'{"a": 1}'])
def test_what_is_no_feed_is_refused(content: bytes) -> None:
    with pytest.raises(FeedError, match="no RSS, Atom or RDF feed"):
        parse_feed(content)


def test_entries_and_titles_are_bounded() -> None:
    items = "".join(f"<item><title>{'w' * 5000}</title><guid>{n}</guid></item>" for n in range(MAX_ENTRIES + 9))
    parsed = parse_feed(RSS.format(items=items).encode())
    assert len(parsed.entries) == MAX_ENTRIES
    assert len(parsed.entries[0].title or "") == MAX_TITLE


def test_control_characters_are_dropped_from_titles() -> None:
    parsed = parse_feed(RSS.format(items="<item><title>a&#27;[31mb</title></item>").encode())
    assert "\x1b" not in (parsed.entries[0].title or "")


@given(st.text(alphabet=st.characters(blacklist_characters="<>&", blacklist_categories=["Cs", "Cc"]), max_size=200))
def test_code_is_dropped_and_plain_text_kept(text: str) -> None:
    assert to_text(f"<script>{text}</script><p>kept</p>") == "kept"
    assert to_text(f"<p>{text}</p>") == " ".join(text.split())


@given(st.binary(max_size=400))
def test_any_bytes_are_a_feed_or_refused(content: bytes) -> None:
    try:
        parsed = parse_feed(content)
    except FeedError:
        return
    assert all(entry.key for entry in parsed.entries)
