"""Every format of list: a file and what is read from it, side by side in tests/data/lists; and hostile files."""

from __future__ import annotations

import codecs
import gzip
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lists.formats import detect, read_items
from pipeline.lists.model import Item, ListError, Skipped, Snapshot, Source
from pipeline.lists.values import birth_dates, country, spoken
from schemas.lists import ListEntry

DATA = Path(__file__).parents[2] / "data" / "lists"
CASES = sorted(path for path in DATA.iterdir() if path.with_name(path.name + ".json").exists())


def source(name: str, content: bytes, size: int = 97) -> Source:
    """Small pieces: no parser may depend on where a piece ends."""
    return Source(name, lambda: (content[start : start + size] for start in range(0, len(content), size)))


def read(*sources: Source, list_id: str = "t", **options: Any) -> list[Item]:
    return list(read_items(detect(sources, **options), sources, list_id))


def case_sources(path: Path) -> list[Source]:
    beside = path.with_name(path.name + ".alt")
    return [source(one.name, one.read_bytes()) for one in (path, beside) if one.exists()]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_file_gives_its_entries(path: Path) -> None:
    expected = json.loads(path.with_name(path.name + ".json").read_text("utf-8"))
    sources = case_sources(path)
    items = read(*sources)
    assert detect(sources).name == expected["format"]
    assert [e for e in items if isinstance(e, ListEntry)] == [ListEntry.model_validate(e) for e in expected["entries"]]
    days = {str(item.day) for item in items if isinstance(item, Snapshot)}
    assert days == ({expected["snapshot"]} if expected["snapshot"] else set())


@pytest.mark.parametrize("path", [path for path in CASES if path.suffix != ".jsonl"], ids=lambda path: path.name)
def test_a_file_cut_inside_its_last_record_is_refused(path: Path) -> None:
    whole, *beside = case_sources(path)
    content = path.read_bytes().rstrip(b"\x1a\r\n")
    cut = content[: content.rfind(b"," if path.suffix == ".csv" else b"</")]
    cut = content[: content.rfind(b";")] if path.name == "eu.csv" else cut
    with pytest.raises(ListError, match="truncated"):
        read(source(whole.name, cut), *beside)


def test_a_json_line_cut_short_is_refused() -> None:
    with pytest.raises(ListError, match=r"line 4.*truncated"):
        read(source("ftm.jsonl", (DATA / "ftm.jsonl").read_bytes()[:-9]))


@pytest.mark.parametrize("path", [path for path in CASES if path.suffix == ".csv"], ids=lambda path: path.name)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_first_column(path: Path, encoding: str) -> None:
    whole, *beside = case_sources(path)
    text = path.read_bytes().removeprefix(codecs.BOM_UTF8).decode()
    assert read(source(whole.name, text.encode(encoding)), *beside) == read(whole, *beside)


def test_text_that_is_not_utf8_is_refused_with_the_remedy() -> None:
    with pytest.raises(ListError, match="iconv"):
        read(source("a.csv", "id,name\n1,José\n".encode("latin-1")))


ENTITIES = """<?xml version="1.0"?><!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>&b;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_that_could_declare_entities_is_refused_unread(encoding: str) -> None:
    with pytest.raises(ListError, match="document type"):
        read(source("un.xml", ENTITIES.replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding)))


def test_an_external_document_type_is_refused() -> None:
    text = b'<!DOCTYPE CONSOLIDATED_LIST SYSTEM "file:///etc/passwd"><CONSOLIDATED_LIST/>'
    with pytest.raises(ListError, match="document type"):
        read(source("un.xml", text))


def test_another_namespace_is_refused_by_name() -> None:
    content = (DATA / "eu.xml").read_bytes().replace(b"http://eu.europa.ec/fpi/fsd/export", b"urn:other")
    with pytest.raises(ListError, match="namespace 'urn:other'"):
        read(source("eu.xml", content))


def test_a_root_without_its_namespace_is_refused() -> None:
    content = (DATA / "eu.xml").read_bytes().replace(b' xmlns="http://eu.europa.ec/fpi/fsd/export"', b"")
    with pytest.raises(ListError, match="namespace"):
        read(source("eu.xml", content))


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(ListError, match="nested"):
        read(source("un.xml", b"<CONSOLIDATED_LIST>" + b"<a>" * 100_000))


def test_a_record_without_end_is_refused() -> None:
    text = b"<CONSOLIDATED_LIST><ENTITY><FIRST_NAME>" + b"x" * 3_000_000
    with pytest.raises(ListError, match="larger than"):
        read(source("un.xml", text, 65_536))


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(ListError, match="longer than"):
        read(source("a.csv", b"id,name\n1," + b"x" * 3_000_000, 65_536))


@pytest.mark.parametrize("name", ["un.xml", "eu.xml", "ofac.xml", "uk.xml"])
def test_two_entries_with_one_id_are_refused(name: str) -> None:
    content = (DATA / name).read_bytes()
    for old, new in ((b"XXe.002", b"XXi.001"), (b"EU.2.22", b"EU.1.11"), (b"9002", b"9001"), (b"VEL0002", b"VEL0001")):
        content = content.replace(old, new)
    with pytest.raises(ListError, match="two entries have the id"):
        read(source(name, content))


def test_an_entry_without_a_name_is_passed_over_and_told() -> None:
    items = read(source("a.csv", b"id,name\n1,\n2,Ada Quillon\n"))
    assert [item.reason for item in items if isinstance(item, Skipped)] == ["it has no name"]


def test_a_file_of_entries_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(ListError, match="cannot be used"):
        read(source("a.csv", b"id,name\n" + b"".join(b"%d,\n" % n for n in range(2_000))))


def test_a_file_without_entries_is_refused() -> None:
    with pytest.raises(ListError, match="no entry"):
        read(source("un.xml", b"<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>"))


@pytest.mark.parametrize("content", [b"", b"  \n", b"\x00\x01\x02", b"hello", gzip.compress(b"id,name\n", mtime=0)])
def test_what_is_no_list_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(ListError, match=r"some\.bin"):
        read(source("some.bin", content))


def test_an_alias_file_alone_is_refused() -> None:
    with pytest.raises(ListError, match="primary"):
        read(source("alt.csv", (DATA / "ofac.csv.alt").read_bytes()))


def test_files_of_two_lists_are_refused() -> None:
    with pytest.raises(ListError, match="several formats"):
        read(*(source(name, (DATA / name).read_bytes()) for name in ("un.xml", "uk.xml")))


def test_a_column_map_reads_any_table() -> None:
    content = b"Ref;Voller Name;Land\n7;Quillon, Ada;Syrien\n8;Bo Quillon;SY\n"
    columns = {"id": "Ref", "name": "Voller Name", "countries": "Land"}
    first, second = read(source("liste.csv", content), columns=columns, delimiter=";")
    assert isinstance(first, ListEntry) and isinstance(second, ListEntry)
    assert (first.id, first.names[0].name, second.countries) == ("7", "Ada Quillon", ("SY",))


def test_a_column_map_with_an_unknown_column_is_refused() -> None:
    with pytest.raises(ListError, match="no column 'nme'"):
        read(source("a.csv", b"x,y\n1,2\n"), columns={"nme": "x"})


def test_a_type_that_is_not_known_is_refused_with_its_line() -> None:
    with pytest.raises(ListError, match=r"line 3.*'dragon'"):
        read(source("a.csv", b"id,name,type\n1,Ada Quillon,person\n2,Smaug,dragon\n"))


def test_a_large_file_is_never_held() -> None:
    row = b"<INDIVIDUAL><DATAID>%d</DATAID><FIRST_NAME>Ada</FIRST_NAME><SECOND_NAME>Quillon</SECOND_NAME></INDIVIDUAL>"

    def chunks() -> Iterator[bytes]:
        yield b"<CONSOLIDATED_LIST>"
        for number in itertools.count():
            yield row % number  # a file without end

    big = Source("un.xml", chunks)
    first = list(itertools.islice(read_items(detect([big]), [big], "t"), 1_000))
    assert len({item.id for item in first if isinstance(item, ListEntry)}) == 1_000


@given(st.text(max_size=60))
def test_spoken_names_hold_no_line_and_no_control_character(text: str) -> None:
    name = spoken(text, "person")
    assert name == " ".join(name.split()) and not any(ord(c) < 32 for c in name)


@given(st.text(alphabet="0123456789./- ADJaceunr", max_size=40))
def test_dates_of_birth_are_years_months_or_days(text: str) -> None:
    assert all(len(one) in (4, 7, 10) and one[:4].isdigit() for one in birth_dates(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iran (Islamic Republic of)", "IR"),
        ("Syrian Arab Republic", "SY"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Russian Federation", "RU"),
        ("Belarusian", "BY"),
        ("by", "BY"),
        ("zz", None),
        ("Atlantis", None),
    ],
)
def test_countries_are_known_by_code_name_and_nationality(text: str, code: str | None) -> None:
    assert country(text) == code


def test_a_large_table_is_never_held() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"id,name\n"
        for number in itertools.count():
            yield b"%d,Ada Quillon\n" % number  # a file without end

    big = Source("a.csv", chunks)
    first = list(itertools.islice(read_items(detect([big]), [big], "t"), 1_000))
    assert len({item.id for item in first if isinstance(item, ListEntry)}) == 1_000
