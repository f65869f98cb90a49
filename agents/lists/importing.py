"""Import a list: read, check, compare with the one in use, write. On any trouble the old one stays as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from agents.errors import UsageError
from agents.lists.files import open_sources
from agents.lists.store import ListStore, load_lists, save_version
from agents.settings import Settings
from agents.topics import ensure_topics
from pipeline.lists.formats import Format, detect, read_items
from pipeline.lists.model import ListError, Skipped, Snapshot, Source
from pipeline.lists.versions import Difference, Packed, Packer, check_successor, compare, digests_of, version_of
from schemas.lists import LIST_ID, ListEntry, ListVersion


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """What the person who imports says about the files."""

    list_id: str | None = None
    """None means the usual id of the format."""
    snapshot: date | None = None
    """None means the publisher's own date in the file, else today."""
    columns: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ","
    may_shrink: bool = False
    may_be_older: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Imported:
    """What came of an import."""

    version: ListVersion
    old: ListVersion | None
    """The version in use before. None means the list is new."""
    difference: Difference
    skipped: tuple[Skipped, ...]
    written: bool
    """False: nothing has changed, or it was a dry run."""


def _nothing(_count: int) -> None:
    return


def read_list(
    paths: Sequence[Path], options: ImportOptions, now: datetime, progress: Callable[[int], None] = _nothing
) -> tuple[ListVersion, Packed, tuple[Skipped, ...]]:
    """Read and check the files of one list.

    Raises:
        UsageError: they are no list, or the list has no id; the message says why.
    """
    try:
        sources = open_sources(paths)
        form = detect(sources, options.columns, options.delimiter)
        return _read(form, sources, _list_id(form, paths, options), options, now, progress)
    except ListError as error:
        raise UsageError(f"{error}. Nothing was imported") from error


def _list_id(form: Format, paths: Sequence[Path], options: ImportOptions) -> str:
    usual = form.list_id
    if usual == "ofac-sdn" and any("cons" in path.name.lower() for path in paths):
        usual = "ofac-cons"  # both of OFAC's lists have one format
    list_id = options.list_id or usual
    if list_id is None:
        raise ListError(f"a file in the format {form.name} does not say which list it is; give --list ID")
    if not re.fullmatch(LIST_ID, list_id):
        raise ListError(f"{list_id!r} is no list id: lower case, digits, dots and dashes, at most 64")
    return list_id


def _read(
    form: Format,
    sources: Sequence[Source],
    list_id: str,
    options: ImportOptions,
    now: datetime,
    progress: Callable[[int], None],
) -> tuple[ListVersion, Packed, tuple[Skipped, ...]]:
    packer = Packer()
    skipped: list[Skipped] = []
    published: date | None = None
    for item in read_items(form, sources, list_id):
        if isinstance(item, ListEntry):
            packer.add(item)
            if len(packer.digests) % 1_000 == 0:
                progress(len(packer.digests))
        elif isinstance(item, Snapshot):
            published = max(filter(None, (published, item.day)))
        else:
            skipped.append(item)
    packed = packer.finish()
    snapshot = options.snapshot or published or now.date()
    return version_of(list_id, packed, snapshot, form.name, now), packed, tuple(skipped)


async def import_list(
    settings: Settings, paths: Sequence[Path], options: ImportOptions, progress: Callable[[int], None] = _nothing
) -> Imported:
    """Import the files of one list.

    Raises:
        UsageError: they are refused; the list in use stays.
        UnavailableError: no broker answers.
    """
    version, packed, skipped = read_list(paths, options, datetime.now(UTC), progress)
    await ensure_topics(settings)
    store = await load_lists(settings)
    old = store.current.get(version.list)
    difference = _difference(store, old, packed)
    unchanged = old is not None and (old.sha256, old.snapshot) == (version.sha256, version.snapshot)
    if old is not None and not unchanged:
        try:
            check_successor(old, version, may_shrink=options.may_shrink, may_be_older=options.may_be_older)
        except ListError as error:
            raise UsageError(str(error)) from error
    write = not unchanged and not options.dry_run
    if write:
        await save_version(settings, version, packed, store)
    return Imported(version, old, difference, skipped, write)


def _difference(store: ListStore, old: ListVersion | None, packed: Packed) -> Difference:
    return compare(digests_of(store.parts_of(old)) if old is not None else {}, packed.digests)
