"""The folder of the embedded index: one writer, readers beside it, schema changes, failures."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tantivy

from agents.index import (
    IndexDocument,
    IndexLockedError,
    IndexMissingError,
    IndexReadOnlyError,
    IndexSchemaError,
    IndexUnavailableError,
    SearchRequest,
)
from agents.index.embedded import EmbeddedIndex, schema, store
from pipeline.query import parse
from schemas.collections import ARTICLES

HEAP = 16_777_216
COUNT_IN_ANOTHER_PROCESS = """
import asyncio, sys
from pathlib import Path
from agents.index.embedded import EmbeddedIndex
async def main():
    index = EmbeddedIndex(Path(sys.argv[1]), heap_bytes=0, read_only=True)
    await index.set_up()
    for line in sys.stdin:
        print(await index.count(), flush=True)
asyncio.run(main())
"""


def document(id: str = "a", version: int = 1, **body: Any) -> IndexDocument:
    return IndexDocument(id=id, version=version, body={"@timestamp": "2026-03-01T00:00:00Z"} | body)


async def opened(folder: Path, *, read_only: bool = False) -> EmbeddedIndex:
    index = EmbeddedIndex(folder, heap_bytes=HEAP, read_only=read_only)
    await index.set_up()
    return index


async def test_second_writer_is_refused_and_told_the_folder(tmp_path: Path) -> None:
    first = await opened(tmp_path)
    with pytest.raises(IndexLockedError, match=str(tmp_path)):
        await opened(tmp_path)
    await first.close()
    await (await opened(tmp_path)).close()


async def test_reader_in_another_process_sees_what_was_committed(tmp_path: Path) -> None:
    writer = await opened(tmp_path)
    reader = subprocess.Popen(
        [sys.executable, "-c", COUNT_IN_ANOTHER_PROCESS, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert reader.stdin is not None
    assert reader.stdout is not None
    with reader:
        for number in range(3):
            await writer.write([document(f"d{number}")])
            print("count", file=reader.stdin, flush=True)
            assert int(reader.stdout.readline()) == number + 1
    await writer.close()


async def test_reader_writes_nothing(tmp_path: Path) -> None:
    await (await opened(tmp_path)).close()
    reader = await opened(tmp_path, read_only=True)
    with pytest.raises(IndexReadOnlyError):
        await reader.write([document()])
    with pytest.raises(IndexReadOnlyError):
        await reader.delete(["a"])
    await reader.close()


async def test_reader_of_a_folder_without_index_is_told_and_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="no index"):
        await opened(tmp_path / "nothing", read_only=True)
    assert not (tmp_path / "nothing").exists()


async def test_index_of_another_schema_is_refused_and_kept(tmp_path: Path) -> None:
    index = await opened(tmp_path)
    await index.write([document()])
    await index.close()
    stamp = tmp_path / "tocsin-index.json"
    before = sorted(path.name for path in tmp_path.iterdir())
    stamp.write_text(json.dumps({"engine": "tantivy", "schema": "older"}))
    for read_only in (False, True):
        with pytest.raises(IndexSchemaError, match="tocsin reindex"):
            await opened(tmp_path, read_only=read_only)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("damage", ["", "[]", "{}", "no json"])
async def test_damaged_stamp_is_refused(tmp_path: Path, damage: str) -> None:
    await (await opened(tmp_path)).close()
    (tmp_path / "tocsin-index.json").write_text(damage)
    with pytest.raises(IndexSchemaError):
        await opened(tmp_path)


def test_schema_stamp_changes_with_the_fields() -> None:
    fewer = replace(ARTICLES, fields=ARTICLES.fields[1:])
    assert schema.schema_stamp(fewer) != schema.schema_stamp()


async def test_set_up_that_was_interrupted_is_finished_by_the_next(tmp_path: Path) -> None:
    from agents.index.embedded.stamp import write_stamp

    write_stamp(tmp_path, ARTICLES)
    index = await opened(tmp_path)
    assert await index.count() == 0
    await index.close()


async def test_damaged_index_is_reported_and_not_replaced(tmp_path: Path) -> None:
    index = await opened(tmp_path)
    await index.write([document()])
    await index.close()
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises((IndexUnavailableError, IndexSchemaError), match=str(tmp_path)):
        await opened(tmp_path)
    assert (tmp_path / "meta.json").read_text() == "{"


class FailingWriter:
    """Passes on to a real writer until the commit, which fails as a full disk does."""

    def __init__(self, writer: tantivy.IndexWriter, error: BaseException) -> None:
        self._writer = writer
        self._error = error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)

    def commit(self) -> int:
        raise self._error


class PanicException(BaseException):
    """Stands for the engine's panic, which is no Exception."""


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("broken"), PanicException("oh")])
async def test_failed_commit_writes_nothing_and_the_next_write_works(tmp_path: Path, error: BaseException) -> None:
    made = store.Store(tmp_path, ARTICLES, heap_bytes=HEAP, read_only=False)
    made.set_up()
    made.write([document("before")])
    assert made._writer is not None
    made._writer = FailingWriter(made._writer, error)  # type: ignore[assignment]
    with pytest.raises(IndexUnavailableError, match=str(tmp_path)):
        made.write([document("lost")])
    assert [outcome.status for outcome in made.write([document("after"), document("lost")])] == ["written", "written"]
    assert made.searcher().num_docs == 3
    made.close()


async def test_bug_in_our_own_code_is_not_called_an_outage(tmp_path: Path) -> None:
    made = store.Store(tmp_path, ARTICLES, heap_bytes=HEAP, read_only=False)
    made.set_up()
    with pytest.raises(AttributeError):
        made.write([None])  # type: ignore[list-item]
    made.close()


async def test_writes_and_searches_at_the_same_time_see_whole_batches(tmp_path: Path) -> None:
    index = await opened(tmp_path)
    done = False

    async def watch() -> set[int]:
        totals = set()
        while not done:
            totals.add((await index.search(SearchRequest(query=parse("title:flood")))).total)
        return totals

    watching = asyncio.create_task(watch())
    for version in range(1, 8):
        await index.write([document(f"d{n}", version, title="flood") for n in range(50)])
    done = True
    assert await watching <= {0, 50}
    await index.close()


async def test_two_writes_at_once_both_count(tmp_path: Path) -> None:
    index = await opened(tmp_path)
    batches = [[document(f"d{n}", version, title=f"v{version}") for n in range(20)] for version in (3, 1, 2)]
    await asyncio.gather(*(index.write(batch) for batch in batches))
    assert await index.count() == 20
    stored = [await index.get(f"d{n}") for n in range(20)]
    assert {one.version for one in stored if one} == {3}
    await index.close()
