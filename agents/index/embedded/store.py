"""The files of the embedded index: open, write with versions, read. Blocking; the engine calls it off the event loop.

A write looks up the versions that are there, adds what is newer and commits before it returns, so that an outcome that
was returned survives a crash. tantivy's own lock file keeps a second writer out, also one in another process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import tantivy

from agents.index.checks import is_id
from agents.index.embedded.schema import (
    DELETED,
    ID,
    KEY,
    VERSION,
    build_schema,
    key_of,
    register_tokenizer,
    to_tantivy,
    tombstone,
)
from agents.index.embedded.stamp import check_stamp, write_stamp
from agents.index.errors import IndexLockedError, IndexMissingError, IndexReadOnlyError, IndexUnavailableError
from agents.index.protocol import UNCHANGED, WRITTEN, IndexDocument, Outcome
from pipeline.query.canon import DocumentError
from schemas.collections import Collection

WRITER_THREADS: Final = 1
"""Adding documents is a small part of a write here; a second thread costs memory and makes more, smaller segments."""


class Store:
    """One folder. Methods may be called from any thread; writes wait for each other."""

    def __init__(
        self, folder: Path, collection: Collection, *, heap_bytes: int, read_only: bool, is_foreign: bool = False
    ) -> None:
        """
        Args:
            is_foreign: another version's, with other fields, that is only read.
        """
        self._folder = folder
        self._collection = collection
        self._heap_bytes = heap_bytes
        self._read_only = read_only
        self._is_foreign = is_foreign
        self._lock = threading.RLock()
        self._index: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None

    @property
    def schema(self) -> tantivy.Schema:
        return self._open().schema

    def set_up(self) -> None:
        """Create the index, unless it is there, and take the writer's lock. A reader only opens it."""
        with self._lock, translated(self._folder):
            if not self._read_only:
                self._create()
            self._open()
            if not self._read_only:
                self._open_writer()

    def _create(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        if not self._exists():
            write_stamp(self._folder, self._collection)
            tantivy.Index(build_schema(self._collection), str(self._folder))

    def _exists(self) -> bool:
        return self._folder.is_dir() and tantivy.Index.exists(str(self._folder))

    def _open(self) -> tantivy.Index:
        if (index := self._index) is not None:
            return index  # without the lock: a search does not wait for a write
        with self._lock:
            if self._index is None:
                if not self._exists():
                    raise IndexMissingError(f"there is no index in {self._folder} yet; `tocsin up` makes one")
                check_stamp(self._folder, None if self._is_foreign else self._collection)
                index = tantivy.Index.open(str(self._folder))
                index.config_reader("manual", 0)
                register_tokenizer(index)
                self._index = index
            return self._index

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._read_only:
            raise IndexReadOnlyError(f"the index in {self._folder} was opened for reading only")
        if self._writer is None:
            self._writer = self._open().writer(self._heap_bytes, WRITER_THREADS)
        return self._writer

    def searcher(self) -> tantivy.Searcher:
        """What was committed until now, by any process."""
        with translated(self._folder):
            index = self._open()
            index.reload()
            return index.searcher()

    def write(self, documents: Sequence[IndexDocument]) -> list[Outcome]:
        """One outcome for each document, in order; all are on disk when it returns."""
        if not documents:
            return []
        with self._lock, translated(self._folder):
            writer = self._open_writer()
            versions = self._versions([document.id for document in documents if is_id(document.id)])
            latest: dict[str, tantivy.Document] = {}
            outcomes = [_enter(document, self._collection, versions, latest) for document in documents]
            if latest:
                self._replace(writer, latest)
            return outcomes

    def delete(self, ids: Sequence[str]) -> int:
        """Leave a tombstone in place of each document that is there; return how many."""
        with self._lock, translated(self._folder):
            writer = self._open_writer()
            versions = self._versions(list(dict.fromkeys(ids)), with_deleted=False)
            if versions:
                self._replace(writer, {id: tombstone(id, version) for id, version in versions.items()})
            return len(versions)

    def _replace(self, writer: tantivy.IndexWriter, documents: dict[str, tantivy.Document]) -> None:
        try:
            for id, document in documents.items():
                writer.delete_documents_by_term(ID, id)
                writer.add_document(document)
            writer.commit()
        except BaseException:
            self._forget_writer(writer)
            raise

    def _forget_writer(self, writer: tantivy.IndexWriter) -> None:
        """After a failure nothing of the batch may slip into the next commit; the next write opens a new writer."""
        self._writer = None
        _ignoring_failure(writer.rollback)
        _ignoring_failure(writer.wait_merging_threads)

    def _versions(self, ids: Sequence[str], *, with_deleted: bool = True) -> dict[str, int]:
        """The version of each of the ids that is there."""
        if not ids:
            return {}
        schema, searcher = self.schema, self.searcher()
        query = tantivy.Query.term_set_query(schema, ID, list(ids))
        if not with_deleted:
            query = live(query, schema)
        addresses = [address for _, address in searcher.search(query, limit=len(ids), count=False).hits]
        keys = searcher.fast_field_values(KEY, addresses)
        found = dict(zip(keys, searcher.fast_field_values(VERSION, addresses), strict=True))
        return {id: int(found[key] or 0) for id in ids if (key := key_of(id)) in found}

    def close(self) -> None:
        with self._lock:
            writer, self._writer, self._index = self._writer, None, None
            if writer is not None:
                with translated(self._folder):
                    writer.wait_merging_threads()


def count_of(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """Number of documents that match."""
    found: Any = searcher.search(query, limit=1, count=True)
    return int(found.count)


def live(query: tantivy.Query, schema: tantivy.Schema) -> tantivy.Query:
    """*query* without what was deleted."""
    gone = tantivy.Query.term_query(schema, DELETED, True, "basic")
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.MustNot, gone)])


def _enter(
    document: IndexDocument, collection: Collection, versions: dict[str, int], latest: dict[str, tantivy.Document]
) -> Outcome:
    """Enter the document and its version, unless it is not newer: a later one of the same batch is compared with it."""
    there = versions.get(document.id)
    if there is not None and there >= document.version:
        return UNCHANGED
    try:
        latest[document.id] = to_tantivy(document, collection)
    except DocumentError as error:
        return Outcome("rejected", str(error))
    versions[document.id] = document.version
    return WRITTEN


def _ignoring_failure(call: Callable[[], object]) -> None:
    """For cleaning up after a failure that is reported already."""
    try:
        call()
    except BaseException as error:
        if not _is_engine_failure(error):
            raise


def _is_engine_failure(error: BaseException) -> bool:
    """tantivy reports errors as ValueError or OSError and its panics as a BaseException of its own."""
    return isinstance(error, ValueError | OSError | RuntimeError) or type(error).__name__ == "PanicException"


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Turn the engine's failures into ours."""
    try:
        yield
    except BaseException as error:
        if not _is_engine_failure(error):
            raise
        if "LockBusy" in str(error):
            raise IndexLockedError(
                f"another process writes the index in {folder}; stop it, or give this worker another data folder"
            ) from error
        raise IndexUnavailableError(f"the index in {folder} failed: {str(error)[:500]}") from error
