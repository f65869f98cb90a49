"""Messages name registry fields only, and carry nothing but one line of printable text."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alerting.template import MAX_MESSAGE, TemplateError, fill, names, plain


@pytest.mark.parametrize(
    ("template", "document", "message"),
    [
        ("{toll.killed.best} killed", {"toll.killed.best": 12500}, "12,500 killed"),
        ("{toll.killed.best} killed", {}, "not stated killed"),
        ("in {countries}", {"countries": ["ZM", "KE"]}, "in ZM, KE"),
        ("in {countries}", {"countries": []}, "in not stated"),
        ("in {countries}", {"countries": ["A", "B", "C", "D", "E", "F"]}, "in A, B, C, D, E, …"),
        ("{a} {b}", {"a": True, "b": False}, "yes no"),
        ("at {published_at}", {"published_at": datetime(2026, 3, 1, 8, tzinfo=UTC)}, "at 2026-03-01 08:00 UTC"),
        ("{{{language}}}", {"language": "es"}, "{es}"),
        ("{title}", {"title": "{body}"}, "{body}"),
        ("{title}", {"title": "two\r\nlines\t\x1b[31mred\x00"}, "two lines [31mred"),
        ("{title}!", {"title": "abc\u202edef\u2066\u200b"}, "abcdef!"),
    ],
)
def test_values_are_filled_in(template: str, document: dict[str, Any], message: str) -> None:
    assert fill(template, document) == message


@pytest.mark.parametrize(("template", "column"), [("a { b", 3), ("a } b", 3), ("{a{b}}", 1), ("{a", 1)])
def test_a_lone_brace_is_refused_with_its_place(template: str, column: int) -> None:
    with pytest.raises(TemplateError, match="stands alone") as caught:
        names(template)
    assert caught.value.column == column


def test_names_come_with_their_columns() -> None:
    assert names("{title}: {{x}} {toll.killed.best}") == (("title", 2), ("toll.killed.best", 17))


def test_a_format_specification_or_attribute_is_part_of_the_name_and_so_no_field() -> None:
    assert [name for name, _ in names("{title!r} {title:>9} {title.__class__} {0[x]}")] == [
        "title!r",
        "title:>9",
        "title.__class__",
        "0[x]",
    ]


def test_a_long_message_is_cut_with_an_ellipsis() -> None:
    message = fill("{title}", {"title": "word " * 200})
    assert len(message) <= MAX_MESSAGE
    assert message.endswith("word…")


@settings(deadline=None)
@given(st.text())
def test_plain_text_is_one_bounded_printable_line(text: str) -> None:
    line = plain(text, 50)
    assert len(line) <= 50
    assert line == line.strip()
    assert not any(unicodedata.category(char).startswith(("C", "Zl", "Zp")) for char in line)
    assert plain(line, 50) == line


@settings(deadline=None)
@given(st.text(), st.text())
def test_no_article_text_is_read_as_a_template(title: str, body: str) -> None:
    assert fill("{title}", {"title": title, "body": body}) == plain(plain(title))
