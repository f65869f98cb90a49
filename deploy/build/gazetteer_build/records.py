"""What the parts of the build hand to one another."""

from __future__ import annotations

from dataclasses import dataclass, field


class BuildError(Exception):
    """A source table contradicts itself or GeoNames; the message says which line to mend."""


@dataclass(slots=True)
class Row:
    """One place with all its keys. `keys` are folded names, or acronyms in capitals."""

    name: str
    kind: str
    country: str
    lat: float
    lon: float
    population: int = 0
    geonames_id: int = 0
    division: str = ""
    """`CC.code` of the first-level division; empty means none."""
    keys: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Former:
    """A name that was official once, until the year `until`; `since` None means from time out of mind."""

    name: str
    since: int | None
    until: int


@dataclass(frozen=True, slots=True)
class Alias:
    """One line of `aliases.tsv`."""

    country: str
    kind: str
    name: str
    names: tuple[str, ...]
    former: tuple[Former, ...] = ()
