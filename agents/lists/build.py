"""Compile lists in a process of its own, so that neither the time nor the memory is the enricher's.

`python -m agents.lists.build PLAN OUT`; PLAN is JSON lines: a ListVersion, and the file of its entries.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson

from agents.lists.folder import replace_file
from pipeline.lists.compiling import VersionedList, compile_lists
from pipeline.lists.model import ListError
from pipeline.lists.versions import lines_of
from schemas.lists import ListEntry, ListVersion


def _entries(path: Path, version: ListVersion) -> Iterator[ListEntry]:
    digest = hashlib.sha256()
    for line in lines_of([path.read_bytes()]):
        digest.update(line)
        yield ListEntry.model_validate_json(line)
    if digest.hexdigest() != version.sha256:
        raise ListError(f"the entries of {version.list} {version.id} are not those that were imported; import it again")


def build(plan: Path, out: Path) -> None:
    """Compile what *plan* names into *out*.

    Raises:
        ListError: entries are damaged.
    """
    lists = []
    for line in plan.read_bytes().splitlines():
        version, path = orjson.loads(line)
        known = ListVersion.model_validate(version)
        lists.append(VersionedList(known, _entries(Path(path), known)))
    replace_file(out, compile_lists(lists))


def main() -> int:
    try:
        build(Path(sys.argv[1]), Path(sys.argv[2]))
    except ListError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the enricher reads it
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
