"""What all records share: frozen, JSON, and readable by later minor versions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict

#: Version of every record in this package. A later minor version adds optional fields only; another major is refused.
SCHEMA_VERSION: Final = "1.0"


class UnsupportedSchemaError(ValueError):
    """The record says a major version that this release does not know."""


def check_version(version: str) -> str:
    """Return *version* unchanged when its major number is ours.

    Raises:
        UnsupportedSchemaError: the major number differs or is not a number; upgrade Tocsin, then replay the message.
    """
    major = version.split(".", 1)[0]
    ours = SCHEMA_VERSION.split(".", 1)[0]
    if major != ours:
        raise UnsupportedSchemaError(
            f"schema_version {version[:40]!r} is not supported: this release reads {ours}.x; upgrade Tocsin and replay"
        )
    return version


def _to_utc(moment: datetime) -> datetime:
    """A naive time is taken as UTC: feeds and scripts that omit the zone mean it more often than any local zone."""
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{moment.isoformat()} lies outside the calendar in UTC") from None


UtcTime = Annotated[datetime, AfterValidator(_to_utc)]
Version = Annotated[str, AfterValidator(check_version)]


class Record(BaseModel):
    """A frozen value. Fields that a later minor version added are read over, not refused.

    A kind's validator is built when its first record is read or made: no process needs them all. Threads may
    be the first at once: pydantic 2.14 and later build under a lock. Defaults and constants are made with
    `model_construct`, since a call would build it on import.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_inf_nan="null", defer_build=True)
