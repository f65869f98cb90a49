"""Former names of places, with the years in which they were official."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pipeline.gazetteer.countries import packaged
from pipeline.gazetteer.folding import fold
from pipeline.gazetteer.table import Place


class FormerName(NamedTuple):
    """A name that a place had."""

    name: str
    since: int | None
    """First year. None means longer ago than the table goes."""
    until: int
    """Last year."""

    @property
    def years(self) -> str:
        """ "2019-2022", "until 1989"."""
        return f"until {self.until}" if self.since is None else f"{self.since}-{self.until}"


@cache
def _former() -> dict[tuple[str, int], FormerName]:
    return {
        (fold(name), ident): FormerName(name, since, until) for name, ident, since, until in packaged()["former_names"]
    }


@cache
def _renamed() -> frozenset[int | None]:
    """GeoNames ids of the places that had another name: few, so most names need not be folded."""
    return frozenset(ident for _, ident in _former())


def was_renamed(place: Place) -> bool:
    """Whether *place* had another name that the table knows."""
    return place.geonames_id in _renamed()


def former_name(name: str, place: Place) -> FormerName | None:
    """The former name that *name* is of *place*; None when it is none, or still official."""
    if not was_renamed(place):
        return None
    return _former().get((fold(name), place.geonames_id or 0))
