"""Bytes of an RSS, Atom or RDF feed to entries. Bytes only: feedparser would open a string as an address or a file.

A feed is hostile until shown otherwise. feedparser's fallback parser expands entities without any limit (44 KB became
160 MB), and a document may hide the declaration in UTF-16, UTF-32 or EBCDIC, so the bytes are decoded first and a
document that declares entities is refused.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from time import struct_time
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import feedparser
from feedparser.encodings import convert_to_utf8

from pipeline.feeds.html import to_text

MAX_ENTRIES: Final = 500
MAX_TITLE: Final = 1_024
MAX_TEXT: Final = 262_144
_ENTITY: Final = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class FeedError(ValueError):
    """The bytes are no feed, or one that must not be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, cleaned: texts are plain, `url` is http or https."""

    key: str
    """What identifies it within the feed: guid, else address, else title."""
    guid: str | None
    url: str | None
    title: str | None
    body: str
    """The content, else the summary; empty when there is neither."""
    summary: str | None
    authors: tuple[str, ...]
    published_at: datetime | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    title: str | None
    language: str | None
    """ISO 639-1 as the feed states it. None means not stated."""
    entries: tuple[Entry, ...]


def parse_feed(content: bytes, *, content_type: str = "", url: str = "") -> ParsedFeed:
    """Read a feed.

    Args:
        content_type: the HTTP header, for its charset.
        url: address of the feed, against which relative links are resolved.

    Raises:
        FeedError: it declares entities, or it is no feed at all.
    """
    parsed = feedparser.parse(
        io.BytesIO(_as_safe_utf8(content, content_type)),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
    )
    if not parsed.version and not parsed.entries:
        raise FeedError("this is no RSS, Atom or RDF feed" + _first_words(content))
    entries = (_entry(item, url) for item in parsed.entries[:MAX_ENTRIES])
    language = parsed.feed.get("language")
    return ParsedFeed(
        title=_clean(parsed.feed.get("title"), MAX_TITLE),
        language=language[:2].lower()
        if isinstance(language, str) and re.match(r"[A-Za-z]{2}($|[-_])", language)
        else None,
        entries=tuple(entry for entry in entries if entry is not None),
    )


def _as_safe_utf8(content: bytes, content_type: str) -> bytes:
    headers = {"content-type": content_type} if content_type else {}
    text: bytes = convert_to_utf8(headers, content, {})
    if _ENTITY.search(text) or _ENTITY.search(content):
        raise FeedError("it declares XML entities, which can be expanded without limit; it is not read")
    return text


def _first_words(content: bytes) -> str:
    return f"; it begins with {content[:60]!r}" if content.strip() else "; it is empty"


def _clean(value: object, limit: int) -> str | None:
    if not isinstance(value, str):
        return None
    text = _CONTROL.sub("", to_text(value)).strip()
    return text[:limit] or None


def _safe_url(value: object, base: str) -> str | None:
    """An absolute http or https address, else None: feeds carry `javascript:` links."""
    if not isinstance(value, str):
        return None
    try:
        absolute = urljoin(base, value.strip())
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute[:2048] if parts.scheme in ("http", "https") and parts.netloc else None


def _entry(item: Any, base: str) -> Entry | None:
    guid = item.get("id") if isinstance(item.get("id"), str) else None
    url = _safe_url(item.get("link"), base)
    title = _clean(item.get("title"), MAX_TITLE)
    summary = _clean(item.get("summary"), MAX_TEXT)
    contents = (_clean(part.get("value"), MAX_TEXT) for part in item.get("content", ()))
    body = max((text for text in contents if text), key=len, default=summary or "")
    key = guid or url or title
    if key is None or not (title or body):
        return None
    return Entry(
        key=key[:512],
        guid=guid[:512] if guid else None,
        url=url,
        title=title,
        body=body,
        summary=summary if summary != body else None,
        authors=tuple(
            name for name in (_clean(author.get("name"), 256) for author in item.get("authors", ())[:20]) if name
        ),
        published_at=_moment(item.get("published_parsed") or item.get("updated_parsed")),
        tags=tuple(tag for tag in (_clean(tag.get("term"), 256) for tag in item.get("tags", ())[:50]) if tag),
    )


def _moment(value: struct_time | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(value), UTC) if value else None
    except (ValueError, OverflowError, OSError):
        return None
