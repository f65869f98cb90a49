"""A file of 200 MB is read in pieces: its size is no measure of the memory it takes."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

_READ = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from agents.errors import UsageError
from agents.lists.importing import ImportOptions, read_list
try:
    version, _, _ = read_list([Path(sys.argv[1])], ImportOptions(list_id=sys.argv[2]), datetime(2026, 3, 1, tzinfo=UTC))
    print(version.entries)
except UsageError as error:
    print(str(error).replace(" ", "_"))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
SIZE = 200 << 20
ENTRIES = 400
PERSON = (
    "<INDIVIDUAL><DATAID>{n}</DATAID><FIRST_NAME>Orvo</FIRST_NAME><SECOND_NAME>Kalderi{n}</SECOND_NAME></INDIVIDUAL>"
)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """People without the end of their file; between them what no parser of ours asks for."""
    path = tmp_path_factory.mktemp("large") / "people.gz"
    filling = f"<NOTES>{'<NOTE>nothing of use</NOTE>' * 64}{'x' * (SIZE // ENTRIES)}</NOTES>"
    with gzip.open(path, "wt", compresslevel=1) as file:
        file.write('<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:00Z"><INDIVIDUALS>')
        for number in range(ENTRIES):
            file.write(PERSON.format(n=number) + filling)
    return path


def read(path: Path, list_id: str = "un-sc") -> tuple[str, int]:
    """What came of it, and the most memory that the process held, bytes."""
    done = subprocess.run([sys.executable, "-c", _READ, str(path), list_id], capture_output=True, text=True, check=True)
    said, peak = done.stdout.split()
    return said, int(peak) * 1024


@pytest.mark.parametrize(
    ("end", "said"),
    [("</INDIVIDUALS></CONSOLIDATED_LIST>", str(ENTRIES)), ("<INDIVIDUAL>", "truncated")],
    ids=["whole", "cut off"],
)
def test_a_file_of_200_mb_takes_less_memory_than_its_size(people: Path, tmp_path: Path, end: str, said: str) -> None:
    path = tmp_path / "un.xml.gz"
    path.write_bytes(people.read_bytes() + gzip.compress(end.encode()))  # two members are one file
    found, peak = read(path)
    assert said in found
    assert peak < SIZE / 1.5


def test_a_zipped_table_of_200_mb_takes_less_memory_than_its_size(tmp_path: Path) -> None:
    path, entries = tmp_path / "table.zip", 2_000
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("people.csv", "w") as file,
    ):
        file.write(b"id,name,type,remarks\n")
        for number in range(entries):
            file.write(b"%d,Orvo Kalderi %d,person,%s\n" % (number, number, b"x" * (SIZE // entries)))
    found, peak = read(path, "t")
    assert found == str(entries)
    assert peak < SIZE / 1.5
