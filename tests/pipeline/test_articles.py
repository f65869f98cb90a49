"""Decoding: whatever bytes arrive, the outcome is an article or a reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles import InvalidMessageError, Limits, decode_article
from schemas.article import Article

STAMP = 1_700_000_000_000


def decode(raw: bytes, **limits: int) -> Article:
    return decode_article(raw, timestamp_ms=STAMP, limits=Limits(**limits))


def article(**fields: Any) -> Article:
    return decode(json.dumps({"body": "Rain fell on Aktau."} | fields).encode())


REFUSED = [
    ("invalid_encoding", "byte 9", b'{"body":"\xff"}'),
    ("invalid_encoding", "byte 0", '{"body":"x"}'.encode("utf-16")),
    ("invalid_json", "line 1 column 9", b'{"body":'),
    ("invalid_json", "empty", b""),
    ("invalid_json", "empty", b" \n"),
    ("invalid_json", "NaN", b'{"body": "\\ud800", "n": NaN}'),
    ("invalid_json", "line 1", b'{"body": "\\ud800" "x"}'),
    ("invalid_json", "line 1", b'{"body": "x", "n": NaN}'),
    ("invalid_json", "", b"\x00\x01\x02"),
    ("too_deep", "nested", b'{"body":"x","a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    ("too_deep", "nested", b"[" * 100_000),
    ("too_deep", "nested", b'{"a":' * 100_000),
    ("too_deep", "nested", b'{"b":"\\ud800","a":' + b"[" * 900 + b"]" * 900 + b"}"),
    ("too_deep", "20 levels", b'{"body":"x","a":' + b"[" * 21 + b"]" * 21 + b"}"),
    ("too_large", "limit is 2000000", b'{"body":"' + b"x" * 2_000_000 + b'"}'),
    ("invalid_record", "blank", b"{}"),
    ("invalid_record", "blank", b'{"body":" \\n ", "title": ""}'),
    ("invalid_record", "found array", b"[]"),
    ("invalid_record", "found number", b"3"),
    ("invalid_record", "found str", b'"text"'),
    ("invalid_record", "body: ", b'{"body": 3}'),
    ("invalid_record", "source.country: ", b'{"body": "x", "source": {"country": "Kazakhstan"}}'),
    ("invalid_record", "published_at: ", b'{"body": "x", "published_at": "yesterday"}'),
    ("invalid_record", "outside the calendar", b'{"body": "x", "published_at": "0001-01-01T00:00:00+14:00"}'),
    ("invalid_record", "512 bytes", json.dumps({"body": "x", "id": "\u20ac" * 171}).encode()),
    ("unsupported_schema", "2.0", b'{"body": "x", "schema_version": "2.0"}'),
    ("unsupported_schema", "later", b'{"schema_version": "later", "anything": 1}'),
]


@pytest.mark.parametrize(("reason", "detail", "raw"), REFUSED, ids=range(len(REFUSED)))
def test_a_message_that_is_no_article_is_refused_with_its_reason(reason: str, detail: str, raw: bytes) -> None:
    with pytest.raises(InvalidMessageError) as caught:
        decode(raw)
    assert caught.value.reason == reason
    assert detail in caught.value.detail


def test_at_most_five_problems_are_listed() -> None:
    raw = json.dumps({"body": 1, "title": 1, "url": 1, "guid": 1, "html": 1, "summary": 1, "id": 1}).encode()
    with pytest.raises(InvalidMessageError, match="and 2 more"):
        decode(raw)


def test_the_least_article_gets_an_id_and_the_time_of_its_message() -> None:
    found = decode(b'{"body": "x"}')
    assert found.id is not None
    assert found.observed_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_a_byte_order_mark_is_read_over() -> None:
    assert decode(b'\xef\xbb\xbf{"body": "x"}') == decode(b'{"body": "x"}')


def test_a_later_minor_version_is_read_and_its_fields_kept() -> None:
    assert article(schema_version="1.9", mood="grim").extra == {"mood": "grim"}


def test_the_producers_id_and_observation_time_stand() -> None:
    found = article(id="a-1", observed_at="2024-01-02T03:04:05+02:00")
    assert (found.id, found.observed_at) == ("a-1", datetime(2024, 1, 2, 1, 4, 5, tzinfo=UTC))


@pytest.mark.parametrize("stamp", [None, -1])
def test_a_message_without_time_is_observed_when_it_was_published(stamp: int | None) -> None:
    dated = decode_article(b'{"body":"x","published_at":"2024-01-02T00:00:00Z"}', timestamp_ms=stamp)
    undated = decode_article(b'{"body":"x"}', timestamp_ms=stamp)
    assert dated.observed_at == datetime(2024, 1, 2, tzinfo=UTC)
    assert undated.observed_at == datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("stated", ["1970-01-01T00:00:00Z", "2023-11-16T00:00:00Z", "9998-01-01T00:00:00Z"])
def test_an_impossible_publication_time_is_taken_out_and_kept(stated: str) -> None:
    found = article(published_at=stated)
    assert found.published_at is None
    assert str(found.extra["refused_published_at"]).startswith(stated[:10])


def test_a_publication_time_just_ahead_stands() -> None:
    assert article(published_at="2023-11-15T10:00:00Z").published_at == datetime(2023, 11, 15, 10, tzinfo=UTC)


def test_an_address_that_is_not_http_is_taken_out_and_kept() -> None:
    found = article(url="javascript:alert(1)")
    assert found.url is None
    assert found.extra["refused_url"] == "javascript:alert(1)"


def test_the_domain_comes_from_the_address() -> None:
    assert article(url="https://www.News.example/a").source.domain == "news.example"
    assert article(url="https://x.example/a", source={"domain": "y.example"}).source.domain == "y.example"


def test_half_pairs_and_nul_are_replaced_one_for_one() -> None:
    found = decode(b'{"body": "a\\ud800b\\u0000c\\ud83d\\ude00", "k\\u0000": ["\\udfff", 1]}')
    assert found.body == "a\ufffdb\ufffdc😀"
    assert found.extra == {"k\ufffd": ["\ufffd", 1]}


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1" + "0" * 400])
@pytest.mark.parametrize("body", ["x", "\\ud800"])
def test_a_number_too_large_for_a_double_is_refused_however_the_text_is_read(number: str, body: str) -> None:
    with pytest.raises(InvalidMessageError, match="infinity"):
        decode(f'{{"body": "{body}", "n": {number}}}'.encode())


@pytest.mark.parametrize("number", [2**64, 2**70, -(2**63) - 1, 10**300, 2**64 - 1, -(2**63)])
def test_an_integer_beyond_64_bits_is_a_double_however_the_text_is_read(number: int) -> None:
    strict, lenient = (decode(f'{{"body": "{body}", "n": {number}}}'.encode()) for body in ("x", "\\ud800"))
    assert strict.extra == lenient.extra
    assert type(strict.extra["n"]) is type(lenient.extra["n"])


@pytest.mark.parametrize(
    ("raw", "name"), [(b"[]", "array"), (b"null", "null"), (b"1", "number"), (b'"a"', "string"), (b"true", "boolean")]
)
def test_what_is_no_object_is_named_as_in_json(raw: bytes, name: str) -> None:
    with pytest.raises(InvalidMessageError, match=f"found {name}$"):
        decode(raw)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.binary() | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_give_an_article_or_a_reason(raw: bytes) -> None:
    try:
        found = decode(raw)
    except InvalidMessageError as error:
        assert error.detail
    else:
        assert found.id


fields = st.fixed_dictionaries(
    {"body": st.text(min_size=1).filter(str.strip)},
    optional={"title": st.text(), "url": st.text(), "guid": st.text(), "published_at": st.datetimes().map(str)},
)


@given(fields)
def test_a_decoded_article_is_the_same_after_another_round(values: dict[str, Any]) -> None:
    try:
        once = decode(json.dumps(values).encode())
    except InvalidMessageError as error:
        assert error.reason == "invalid_record"
    else:
        assert decode(once.model_dump_json().encode()) == once


@pytest.mark.parametrize("stated", ["9999-12-31T00:00:00Z", "2200-01-01T00:00:00Z", "0001-01-02T00:00:00Z"])
def test_an_observation_time_that_cannot_be_is_replaced_and_kept_apart(stated: str) -> None:
    written_ms = 1_772_496_000_000  # 3 March 2026
    raw = json.dumps({"body": "x", "observed_at": stated}).encode()
    article = decode_article(raw, timestamp_ms=written_ms)
    assert article.observed_at == datetime(2026, 3, 3, tzinfo=UTC)
    assert "refused_observed_at" in article.extra


@pytest.mark.parametrize("timestamp_ms", [None, -1, 10**15, 10**30])
def test_without_a_usable_message_time_the_publication_counts(timestamp_ms: int | None) -> None:
    article = decode_article(b'{"body": "x", "published_at": "2026-03-01T00:00:00Z"}', timestamp_ms=timestamp_ms)
    assert article.observed_at == datetime(2026, 3, 1, tzinfo=UTC)
