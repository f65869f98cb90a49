"""The publishers' own files, as they were downloaded, when the development data is there."""

from __future__ import annotations

import gzip
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agents.errors import UsageError
from agents.lists.importing import ImportOptions, read_list
from pipeline.lists.versions import unpack
from schemas.lists import ListEntry

NOW = datetime(2026, 4, 1, tzinfo=UTC)
FILES = [
    (("ofac_sdn.csv.gz", "ofac_alt.csv.gz"), "ofac-sdn", "ofac-csv", 7_379),
    (("ofac_cons_prim.csv.gz", "ofac_cons_alt.csv"), "ofac-cons", "ofac-csv", 442),
    (("un_consolidated.xml.gz",), "un-sc", "un-xml", 1_003),
    (("eu.csv.gz",), "eu-journal", "eu-journal-csv", 8_008),
]
CASES = pytest.mark.parametrize(("names", "list_id", "form", "count"), FILES, ids=[one[1] for one in FILES])

pytestmark = pytest.mark.quality


@pytest.fixture(scope="module")
def lists(shared: Path) -> Path:
    return shared / "quality" / "data" / "lists"


def entries_of(*paths: Path) -> list[ListEntry]:
    _, packed, skipped = read_list(paths, ImportOptions(), NOW)
    assert skipped == ()
    return list(unpack(packed.parts))


@CASES
def test_a_publishers_file_is_known_by_its_content_and_read_whole(
    lists: Path, names: tuple[str, ...], list_id: str, form: str, count: int
) -> None:
    version, _, skipped = read_list([lists / name for name in names], ImportOptions(), NOW)
    assert (version.list, version.format, version.entries, skipped) == (list_id, form, count, ())


@CASES
def test_an_archive_and_a_byte_order_mark_change_nothing(
    lists: Path, tmp_path: Path, names: tuple[str, ...], list_id: str, form: str, count: int
) -> None:
    packed = tmp_path / f"{list_id}.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            content = (lists / name).read_bytes()
            content = gzip.decompress(content) if name.endswith(".gz") else content
            archive.writestr(name.removesuffix(".gz"), b"\xef\xbb\xbf" + content.removeprefix(b"\xef\xbb\xbf"))
    assert entries_of(packed) == entries_of(*(lists / name for name in names))


@CASES
def test_a_file_that_was_cut_off_is_refused(
    lists: Path, tmp_path: Path, names: tuple[str, ...], list_id: str, form: str, count: int
) -> None:
    content = gzip.decompress((lists / names[0]).read_bytes())
    cut = tmp_path / names[0].removesuffix(".gz")
    cut.write_bytes(content[: len(content) * 2 // 3])
    with pytest.raises(UsageError, match="Nothing was imported"):
        read_list([cut, *(lists / name for name in names[1:])], ImportOptions(), NOW)
