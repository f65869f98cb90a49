"""Ids: one thing one id, two things two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.identity import ID_LENGTH, alert_id, article_id, canonical_url, dead_letter_id, domain_of

PAGE = "https://news.example/world/a-story?id=7"

SAME_PAGE = [
    "HTTPS://News.Example/world/a-story?id=7",
    "https://news.example:443/world/a-story?id=7",
    "https://news.example./world/a-story?id=7",
    "https://news.example/world/a-story/?id=7",
    "https://news.example/world/./x/../a-story?id=7",
    "https://news.example/world/a%2Dstory?id=%37",
    "https://news.example/world/a-story?id=7#comments",
    "https://news.example/world/a-story?utm_source=mail&id=7&utm_medium=x&fbclid=abc",
    "https://reader:secret@news.example/world/a-story?id=7",
    "  https://news.example/world/a-story?id=7\n",
]


@pytest.mark.parametrize("url", SAME_PAGE)
def test_spellings_of_one_page_have_one_address(url: str) -> None:
    assert canonical_url(url) == PAGE


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example", "https://news.example/"),
        ("https://news.example/?b=2&a=1&a=0&c", "https://news.example/?a=0&a=1&b=2&c"),
        ("http://news.example:8080/A", "http://news.example:8080/A"),
        ("https://[2001:DB8::1]/x", "https://[2001:db8::1]/x"),
        ("https://münchen.example/straße", "https://xn--mnchen-3ya.example/stra%C3%9Fe"),
        ("https://news.example/../../x", "https://news.example/x"),
        ("https://news.example/a%2fb", "https://news.example/a%2Fb"),
    ],
)
def test_an_address_is_brought_into_one_form(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "", "news.example/a", "ftp://news.example/a", "javascript:alert(1)", "https://", "https:///a", "http://a b/",
        "https://news.example:port/", "https://[::1/", "https://x.example/" + "a" * 9_000, "mailto:a@x.example",
    ],
)  # fmt: skip
def test_what_is_no_web_address_has_no_canonical_form(url: str) -> None:
    assert canonical_url(url) is None
    assert domain_of(url) is None


@given(st.text() | st.text().map(lambda rest: "https://news.example/" + rest))
def test_the_canonical_form_is_stable(url: str) -> None:
    canonical = canonical_url(url)
    if canonical is not None:
        assert canonical_url(canonical) == canonical


def test_the_domain_has_no_www() -> None:
    assert domain_of("https://WWW.News.example/a") == "news.example"


def identify(url: str | None = None, guid: str | None = None, source: str | None = "s", body: str = "b") -> str:
    return article_id(url=url, source=source, guid=guid, title="t", body=body)


def test_the_address_goes_before_the_guid_and_the_guid_before_the_text() -> None:
    assert identify(PAGE, "g") == identify(PAGE, "h", body="c")
    assert identify(None, "g") == identify("not an address", "g", body="c")
    assert identify() == identify(source="other")
    assert len({identify(PAGE), identify(None, "g"), identify(None, "g", "s2"), identify(), identify(body="c")}) == 5


def test_http_and_https_are_one_page() -> None:
    assert identify("http://news.example/a") == identify("https://news.example/a")


def test_parts_do_not_run_together() -> None:
    assert article_id(url=None, source="ab", guid="c", title=None, body="") != article_id(
        url=None, source="a", guid="bc", title=None, body=""
    )
    assert alert_id("r", 1, "KZ", "x") != alert_id("r", 11, "KZ", "x")
    assert dead_letter_id("t", 1, 23) != dead_letter_id("t", 12, 3)


@given(st.text(), st.integers(), st.text(), st.text())
def test_an_id_is_short_plain_ascii(rule: str, version: int, group: str, trigger: str) -> None:
    made = alert_id(rule, version, group, trigger)
    assert len(made) == ID_LENGTH
    assert made.isascii() and made.isalnum() and made == made.lower()
