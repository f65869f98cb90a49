"""The folders of one collection: a version of the index each, and a file that says which one searches read.

index/tocsin-articles-v1/          an older release's, complete
index/tocsin-articles-v2/          this release's, being filled
index/tocsin-articles.searched     "tocsin-articles-v1"
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from agents.index.embedded.remove import remove_folder
from agents.index.embedded.stamp import stamp_problem
from agents.index.embedded.store import Store
from agents.index.errors import IndexLockedError, IndexMissingError, IndexUnavailableError
from agents.index.standing import Standing
from agents.setup.part import Part
from schemas.collections import Collection
from schemas.mapping import alias_of, current_index_name, parse_index_name


@dataclass(frozen=True)
class Folders:
    root: Path
    collection: Collection

    @property
    def alias(self) -> str:
        return alias_of(self.collection)

    @property
    def own(self) -> Path:
        """What this release writes."""
        return self.root / current_index_name(self.alias, self.collection)

    @property
    def searched(self) -> Path:
        """What searches read; this release's own when nothing is there."""
        name = self.standing().searched
        return self.own if name is None else self.root / name

    def standing(self) -> Standing:
        there = tuple(self._there())
        pointed = self._pointed()
        if pointed not in there:
            pointed = self.own.name if self.own.name in there else next(reversed(there), None)
        return Standing(own=self.own.name, there=there, searched=pointed)

    def keep_searched(self) -> None:
        """Write down what searches read now, before a new version appears beside it."""
        if self._pointed() is None:
            self._point(self.searched)

    def swap(self) -> None:
        """Let searches that begin from now on read this release's own.

        Raises:
            IndexMissingError: there is none.
        """
        if not self.own.is_dir():
            raise IndexMissingError(f"there is no index in {self.own} yet")
        self._point(self.own)

    def remove_named(self, name: str) -> None:
        """Delete a version that nobody reads any more.

        Raises:
            UsageError: there is none, or it is searched or written.
            IndexLockedError: a process writes it.
        """
        self.standing().check_removable(name)
        remove_folder(self.root / name)

    def remove_all(self) -> bool:
        """Delete every version; return whether there was one.

        Raises:
            IndexLockedError: a process writes it; nothing of that version was deleted.
        """
        removed = [remove_folder(self.root / name) for name in (self.own.name, *self._there())]
        self._pointer.unlink(missing_ok=True)
        return any(removed)

    def prepare(self, dry_run: bool, heap_bytes: int) -> list[Part]:
        """Create this release's version when it is missing, and compare it when it is there.

        Raises:
            IndexUnavailableError: the folder cannot be written.
        """
        index = Part(kind="index", name=self.own.name, state="ok", said=f"in {self.root}")
        if self.own.name not in self._there():
            index = replace(index, state="missing")
            if not dry_run:
                self._create(heap_bytes)
                index = index.after("created")
        elif (problem := stamp_problem(self.own, self.collection)) is not None:
            index = replace(index, state="wrong", said=problem, mend="`tocsin reindex --rebuild`")
        return [index, self._searched_part()]

    def _create(self, heap_bytes: int) -> None:
        self.keep_searched()
        made = Store(self.own, self.collection, heap_bytes=heap_bytes, read_only=False)
        try:
            made.set_up()
        except IndexLockedError:
            pass  # a worker that started just now was faster
        finally:
            made.close()

    def _searched_part(self) -> Part:
        searched = self.standing().searched
        if searched in (None, self.own.name):
            return Part(kind="alias", name=self.alias, state="ok", said=f"searches read {self.own.name}")
        said = f"searches read {searched}, this release writes {self.own.name}"
        return Part(kind="alias", name=self.alias, state="differs", said=said, mend="`tocsin reindex`")

    @property
    def _pointer(self) -> Path:
        return self.root / f"{self.alias}.searched"

    def _there(self) -> list[str]:
        """Versions, the latest last."""
        if not self.root.is_dir():
            return []
        versions = {path.name: parse_index_name(path.name, self.alias) for path in self.root.iterdir() if path.is_dir()}
        numbered = {name: number for name, number in versions.items() if number is not None}
        return sorted(numbered, key=numbered.__getitem__)

    def _pointed(self) -> str | None:
        try:
            return self._pointer.read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexUnavailableError(f"{self._pointer} cannot be read: {error}") from error

    def _point(self, folder: Path) -> None:
        """In one step: a reader finds the old name or the new one."""
        self.root.mkdir(parents=True, exist_ok=True)
        temporary = self._pointer.with_suffix(f".new-{os.getpid()}")
        try:
            with temporary.open("w", encoding="utf-8") as file:
                file.write(folder.name)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._pointer)
        except OSError as error:
            raise IndexUnavailableError(f"{self._pointer} cannot be written: {error}") from error
