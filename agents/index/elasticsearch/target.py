"""The names of one collection on the server: where it is searched, what this release writes, and under which name.

tocsin-articles -------------> tocsin-articles-v1        searches: the version that is complete, moved by a swap
tocsin-articles-v1-write ----> tocsin-articles-v1        writes of this release: always its own version
tocsin-articles-v2-write ----> tocsin-articles-v2        writes of the next release, which fill its index meanwhile
"""

from __future__ import annotations

from dataclasses import dataclass

from agents.settings import Settings
from schemas.collections import Collection
from schemas.mapping import alias_of, index_name, write_alias


@dataclass(frozen=True)
class Target:
    """Names of the indices of *collection*; this release's is the collection's `version`."""

    collection: Collection
    alias: str
    """Where searches look."""

    @property
    def index(self) -> str:
        """The index of this release."""
        return index_name(self.collection.version, self.alias)

    @property
    def written(self) -> str:
        """The alias under which this release writes its index."""
        return write_alias(self.index)


def target_of(settings: Settings, collection: Collection) -> Target:
    return Target(collection, alias_of(collection, settings.index_alias))
