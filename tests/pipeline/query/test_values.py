"""Values are read as Elasticsearch reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.query.canon import from_ms, to_ms
from pipeline.query.dates import Stretch, read_date
from pipeline.query.errors import ValueRefusedError
from pipeline.query.values import read_float, read_integer

DAY_MS = 86_400_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01", (0, DAY_MS - 1)),
        ("1970-01-01T00:01", (60_000, 119_999)),
        ("1970-01-01T00:01Z", (60_000, 119_999)),
        ("1970-01-01T00:00:01", (1_000, 1_999)),
        ("1970-01-01T00:00:01.5", (1_500, 1_500)),
        ("1970-01-01T00:00:01.005Z", (1_005, 1_005)),
        ("1970-01-01T03:00:00+03:00", (0, 999)),
        ("1969-12-31T18:30:00-05:30", (0, 999)),
        ("1969-12-31", (-DAY_MS, -1)),
    ],
)
def test_date_stands_for_its_stretch(text: str, expected: tuple[int, int]) -> None:
    assert read_date(text) == Stretch(*expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-3-1",
        "2026-13-01",
        "2026-01-01T24:00",
        "2026-01-01T10",
        "2026-01-01T10:00+25:00",
        "1772323200000",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError) as caught:
        read_date(text)
    assert caught.value.hint


@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.just(UTC)))
def test_any_time_to_the_millisecond_is_read_exactly(moment: datetime) -> None:
    text = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    stretch = read_date(text)
    assert stretch.first == stretch.last == to_ms(moment)


@given(st.integers(-(10**13), 10**14))
def test_milliseconds_and_times_are_a_pair(ms: int) -> None:
    assert to_ms(from_ms(ms)) == ms
    assert from_ms(ms + 1) - from_ms(ms) == timedelta(milliseconds=1)


def test_decimal_numbers() -> None:
    assert read_float("-0.5") == Stretch(-0.5, -0.5)
    for text in ("nan", "inf", "1e5", ".5", "1_0", "9" * 400):
        with pytest.raises(ValueRefusedError):
            read_float(text)


@pytest.mark.parametrize("text", ["٣", "1_000", "1,000", "+1", "0x10", "", "9223372036854775808"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_integer(text)
