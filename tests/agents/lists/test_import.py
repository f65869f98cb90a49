"""Importing lists on the embedded broker: what is refused leaves the list in use as it was."""

from __future__ import annotations

import gzip
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from agents.errors import UnavailableError, UsageError
from agents.kafka import open_producer
from agents.lists import files
from agents.lists.folder import POINTER, CurrentLists, lists_folder
from agents.lists.importing import Imported, ImportOptions, import_list
from agents.lists.store import (
    ListStore,
    decision_id,
    lists_topic,
    load_lists,
    remove_decision,
    remove_list,
    save_decision,
)
from agents.lists.watch import followed_lists, install
from agents.settings import Settings
from pipeline.lists.versions import unpack
from schemas.lists import AllowDecision

DATA = Path(__file__).parents[2] / "data" / "lists"
HEADER = "id,name,type\n"


def csv(folder: Path, count: int, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(HEADER + "".join(f"{number},Orvo Kalderi{'n' * number},person\n" for number in range(count)))
    return path


async def import_(settings: Settings, *paths: Path, day: date = date(2026, 2, 1), **changes: object) -> Imported:
    values: dict[str, object] = {"list_id": "t", "snapshot": day}
    return await import_list(settings, paths, ImportOptions(**(values | changes)))  # type: ignore[arg-type]


def ids(store: ListStore) -> list[str]:
    return [entry.id for entry in unpack(store.parts_of(store.current["t"]))]


async def test_an_import_is_there_for_all_and_says_what_is_new(settings: Settings, tmp_path: Path) -> None:
    done = await import_(settings, csv(tmp_path, 3))
    assert done.written and done.difference.added == ("0", "1", "2")
    assert ids(await load_lists(settings)) == ["0", "1", "2"]


async def test_importing_the_same_file_again_writes_nothing(settings: Settings, tmp_path: Path) -> None:
    await import_(settings, csv(tmp_path, 3))
    assert not (await import_(settings, csv(tmp_path, 3))).written


async def test_a_new_version_takes_over_and_the_old_one_is_kept(settings: Settings, tmp_path: Path) -> None:
    first = await import_(settings, csv(tmp_path, 10))
    second = await import_(settings, csv(tmp_path, 9), day=date(2026, 2, 2))
    store = await load_lists(settings)
    assert second.difference.removed == ("9",) and second.old == first.version
    assert store.current["t"].id == second.version.id
    assert {one.id: one.current for one in store.of_list("t")} == {second.version.id: True, first.version.id: False}
    assert len(list(unpack(store.parts_of(store.versions["t", first.version.id])))) == 10


async def test_only_so_many_versions_are_kept(settings: Settings, tmp_path: Path) -> None:
    for number in range(5):
        await import_(settings, csv(tmp_path, 10 + number), day=date(2026, 2, 1 + number))
    store = await load_lists(settings)
    assert [one.entries for one in store.of_list("t")] == [14, 13, 12]
    assert {ident for _, ident, _ in store.parts} == {one.id for one in store.of_list("t")}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (HEADER + "1,Ada\n", "truncated"),
        (HEADER + '1,"Ada Quill', "truncated"),
        (HEADER, "no entry"),
        (HEADER + "1,Ada Quillon,person\n1,Bo Quillon,person\n", "two entries"),
        (HEADER + "1,Ada Quillon,person\n", "shrank"),
        ('<CONSOLIDATED_LIST xmlns="urn:other"/>', "namespace"),
        ("<CONSOLIDATED_LIST><INDIVIDUALS>", "truncated"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><CONSOLIDATED_LIST/>", "document type"),
        ("", "empty"),
    ],
)
async def test_a_bad_file_is_refused_and_the_old_list_stays(
    settings: Settings, tmp_path: Path, content: str, reason: str
) -> None:
    await import_(settings, csv(tmp_path, 10))
    bad = tmp_path / "bad.csv"
    bad.write_text(content)
    with pytest.raises(UsageError, match=reason):
        await import_(settings, bad, day=date(2026, 3, 1))
    assert len(ids(await load_lists(settings))) == 10


async def test_a_list_that_really_shrank_is_taken_when_told(settings: Settings, tmp_path: Path) -> None:
    await import_(settings, csv(tmp_path, 10))
    await import_(settings, csv(tmp_path, 2), day=date(2026, 2, 2), may_shrink=True)
    assert len(ids(await load_lists(settings))) == 2


async def test_a_dry_run_writes_nothing(settings: Settings, tmp_path: Path) -> None:
    done = await import_(settings, csv(tmp_path, 3), dry_run=True)
    assert done.difference.added == ("0", "1", "2")
    assert not (await load_lists(settings)).versions


async def test_archives_are_read_and_broken_ones_refused(settings: Settings, tmp_path: Path) -> None:
    packed = tmp_path / "sdn.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(DATA / "ofac.csv", "sdn.csv")
        archive.write(DATA / "ofac.csv.alt", "alt.csv")
    done = await import_(settings, packed, list_id=None)
    assert (done.version.list, done.version.entries) == ("ofac-sdn", 2)
    whole = gzip.compress(csv(tmp_path, 50).read_bytes())
    (tmp_path / "cut.csv.gz").write_bytes(whole[:-20])
    (tmp_path / "cut.zip").write_bytes(packed.read_bytes()[:-40])
    for name in ("cut.csv.gz", "cut.zip"):
        with pytest.raises(UsageError, match="cannot be read"):
            await import_(settings, tmp_path / name)


async def test_an_archive_that_unpacks_without_end_is_refused(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1_000_000)
    bomb = tmp_path / "bomb.csv.gz"
    rows = b"".join(b"%d,Ada Quillon,person\n" % number for number in range(60_000))
    bomb.write_bytes(gzip.compress(HEADER.encode() + rows))
    with pytest.raises(UsageError, match="larger than"):
        await import_(settings, bomb)


def zipped(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def altered(path: Path, old: bytes, new: bytes) -> Path:
    content = path.read_bytes()
    assert content.count(old) == 2, "once beside the member, once in the directory"
    path.write_bytes(content.replace(old, new))
    return path


def swollen(folder: Path) -> Path:
    """Four members that unpack to a thousand times their size, none of which is too large by itself."""
    rows = HEADER.encode() + b"1,Ada Quillon,person\n" + b"#" * 400_000
    return zipped(folder / "swollen.zip", *((f"{number}.csv", rows) for number in range(4)))


def lying(folder: Path) -> Path:
    """A member of two million bytes that says it has 40."""
    size = 2_000_000
    path = zipped(folder / "lying.zip", ("a.csv", (HEADER + "1,Ada Quillon,person\n").encode().ljust(size, b"#")))
    return altered(path, struct.pack("<L", size), struct.pack("<L", 40))


def encrypted(folder: Path) -> Path:
    path = zipped(folder / "secret.zip", ("a.csv", (HEADER + "1,Ada Quillon,person\n").encode()))
    content = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    path.write_bytes(bytes(content))
    return path


def nested(folder: Path) -> Path:
    return zipped(folder / "outer.zip", ("inner.zip", swollen(folder).read_bytes()))


def crowded(folder: Path) -> Path:
    return zipped(folder / "crowded.zip", *((f"{number}.csv", b"id,name\n") for number in range(51)))


@pytest.mark.parametrize(
    ("archive", "reason"),
    [
        (swollen, "larger than"),
        (lying, "cannot be read to its end"),
        (encrypted, "truncated or encrypted"),
        (nested, "no known format"),
        (crowded, "holds 51 files"),
    ],
)
async def test_a_hostile_archive_is_refused_and_the_old_list_stays(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    archive: Callable[[Path], Path],
    reason: str,
) -> None:
    await import_(settings, csv(tmp_path, 3))
    monkeypatch.setattr(files, "MAX_BYTES", 1_000_000)
    with pytest.raises(UsageError, match=reason):
        await import_(settings, archive(tmp_path), day=date(2026, 3, 1))
    assert ids(await load_lists(settings)) == ["0", "1", "2"]


async def test_a_format_without_a_usual_list_must_be_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--list"):
        await import_(settings, csv(tmp_path, 2), list_id=None)


async def test_both_lists_of_ofac_have_ids_of_their_own(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "consolidated.xml"
    path.write_bytes((DATA / "ofac.xml").read_bytes())
    done = await import_(settings, path, list_id=None, snapshot=None)
    assert (done.version.list, done.version.snapshot) == ("ofac-cons", date(2026, 3, 5))


async def test_a_removed_list_is_gone_with_all_its_parts(settings: Settings, tmp_path: Path) -> None:
    await import_(settings, csv(tmp_path, 3))
    await remove_list(settings, "t", await load_lists(settings))
    store = await load_lists(settings)
    assert not store.versions and not store.parts


async def test_a_list_without_one_of_its_parts_is_not_half_used(settings: Settings, tmp_path: Path) -> None:
    done = await import_(settings, csv(tmp_path, 3))
    async with open_producer(settings) as producer:
        await producer.send_and_wait(lists_topic(settings), None, key=f"t/{done.version.id}/0".encode())
    with pytest.raises(UnavailableError, match="part 0 of 1"):
        await install(settings, await load_lists(settings))


def decision(name: str | None = None) -> AllowDecision:
    return AllowDecision.model_validate(
        {
            "id": decision_id("t", "0", name),
            "list": "t",
            "entry_id": "0",
            "name": name,
            "decided_by": "desk",
            "decided_at": "2026-02-03T00:00:00Z",
            "reason": "a baker",
        }
    )


async def test_a_decision_is_kept_and_can_be_taken_back(settings: Settings, tmp_path: Path) -> None:
    await import_(settings, csv(tmp_path, 3))
    await save_decision(settings, decision())
    await save_decision(settings, decision())
    assert list((await load_lists(settings)).decisions.values()) == [decision()]
    await remove_decision(settings, decision())
    assert not (await load_lists(settings)).decisions


async def test_processes_see_new_lists_and_decisions_between_two_looks(settings: Settings, tmp_path: Path) -> None:
    await import_(settings, csv(tmp_path, 3))
    await install(settings, await load_lists(settings))
    current = CurrentLists(lists_folder(settings) / POINTER)
    first = current.screener()
    assert first is not None and len(first.index) == 3
    assert current.screener() is first
    await import_(settings, csv(tmp_path, 4), day=date(2026, 2, 2))
    await save_decision(settings, decision())
    await install(settings, await load_lists(settings))
    second = current.screener()
    assert second is not None and len(second.index) == 4
    assert [one.reason for one in second.allowed["t", "0"]] == ["a baker"]
    assert len(first.index) == 3, "an article in work keeps its lists"
    assert len(list(lists_folder(settings).glob("index-*"))) == 1


async def test_installing_the_same_lists_again_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    await import_(settings, csv(tmp_path, 3))
    assert await install(settings, await load_lists(settings))
    assert not await install(settings, await load_lists(settings))


async def test_without_lists_nothing_is_screened(settings: Settings) -> None:
    async with followed_lists(settings) as pointer:
        assert CurrentLists(pointer).screener() is None


async def test_damaged_entries_stop_the_worker_instead_of_passing_articles_unscreened(
    settings: Settings, tmp_path: Path
) -> None:
    done = await import_(settings, csv(tmp_path, 3))
    async with open_producer(settings) as producer:
        part = gzip.compress(b'{"list":"t","id":"x","type":"person","names":[{"name":"Else"}]}\n')
        await producer.send_and_wait(lists_topic(settings), part, key=f"t/{done.version.id}/0".encode())
    with pytest.raises(UnavailableError, match="import it again"):
        async with followed_lists(settings):
            pass
