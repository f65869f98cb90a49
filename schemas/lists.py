"""Sanctions lists as they travel: an entry, a version of a list, and a decision that a match is not the listed one."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from schemas.article import CountryCode
from schemas.base import SCHEMA_VERSION, Record, UtcTime, Version

EntryType = Literal["person", "organisation", "vessel", "aircraft"]
NameKind = Literal["primary", "alias", "weak"]

LIST_ID = r"^[a-z0-9][a-z0-9._-]{0,63}$"
ListId = str


class ListedName(Record):
    """One name of an entry, in the order in which it is spoken: "John Smith", not "SMITH, John"."""

    name: str = Field(min_length=1, max_length=300)
    kind: NameKind = "alias"
    """primary: the name it is listed under; alias: the list calls it good; weak: the list itself calls it weak."""


class ListEntry(Record):
    """One person, organisation, vessel or aircraft on a sanctions list."""

    list: ListId = Field(pattern=LIST_ID)
    """Short id of the list: `ofac-sdn`, `un-sc`..."""
    id: str = Field(min_length=1, max_length=200)
    """The publisher's own id of the entry, unique within the list."""
    type: EntryType
    names: tuple[ListedName, ...] = Field(min_length=1)
    """The primary name first. Never empty."""
    countries: tuple[CountryCode, ...] = ()
    """Nationality, citizenship, flag or address. Empty means the list says none that is known."""
    birth_dates: tuple[str, ...] = ()
    """ISO 8601, as exact as the list is: 1960, 1960-08, 1960-08-11. Empty means not stated."""
    positions: tuple[str, ...] = ()
    """Titles, roles and posts, as printed."""
    identifiers: tuple[str, ...] = ()
    """Numbers of passports, ships and companies, as printed."""
    programmes: tuple[str, ...] = ()
    """Programmes or regimes it is listed under, in the publisher's words."""
    listed_on: date | None = None
    """None means not stated."""


class ListVersion(Record):
    """One imported version of a list: what a reader needs to know that it has all of it."""

    schema_version: Version = SCHEMA_VERSION
    list: ListId = Field(pattern=LIST_ID)
    id: str
    """`<snapshot date>-<first 12 digits of the content's SHA-256>`."""
    snapshot: date
    """Date of the list: the publisher's own, else the day given at the import."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Of the entries as JSON lines."""
    format: str
    """Name of the file format that was read."""
    entries: int = Field(ge=0)
    parts: int = Field(ge=0)
    """How many messages hold the entries."""
    imported_at: UtcTime
    current: bool = True
    """False: kept for the record, not screened against."""


class AllowDecision(Record):
    """A decision of a person or a desk: this name in our articles is not the listed one. Later matches show the
    decision and do not alert."""

    schema_version: Version = SCHEMA_VERSION
    id: str
    """Derived from list, entry and name, so that deciding twice is one decision."""
    list: ListId = Field(pattern=LIST_ID)
    entry_id: str
    name: str | None = None
    """Name as printed, for which it holds; None means the entry whatever the name."""
    decided_by: str = Field(min_length=1, max_length=200)
    decided_at: UtcTime
    reason: str = Field(min_length=1, max_length=2_000)
