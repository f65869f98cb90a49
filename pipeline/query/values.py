"""Read the values of numbers and booleans as Elasticsearch reads them, and tell which types can be compared."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Final

from pipeline.query.dates import Stretch, read_date
from pipeline.query.errors import ValueRefusedError, shown
from schemas.fields import FieldType

MAX_INTEGER: Final = 2**63 - 1
"""Both engines store whole numbers in 64 bits."""

_INTEGER: Final = re.compile(r"-?\d{1,19}", re.ASCII)
_FLOAT: Final = re.compile(r"-?\d{1,300}(?:\.\d{1,300})?", re.ASCII)


def read_boolean(text: str) -> bool:
    """`true` or `false`.

    Raises:
        ValueRefusedError: anything else.
    """
    if text not in ("true", "false"):
        raise ValueRefusedError(f"{shown(text)} is neither true nor false", "write true or false")
    return text == "true"


def read_integer(text: str) -> Stretch:
    """A whole number.

    Raises:
        ValueRefusedError: it is none, or needs more than 64 bits.
    """
    if not _INTEGER.fullmatch(text) or abs(int(text)) > MAX_INTEGER:
        raise ValueRefusedError(f"{shown(text)} is not a whole number", "write digits only, for example 1000")
    return Stretch(int(text), int(text))


def read_float(text: str) -> Stretch:
    """A decimal number.

    Raises:
        ValueRefusedError: it is none.
    """
    if not _FLOAT.fullmatch(text) or math.isinf(float(text)):
        raise ValueRefusedError(f"{shown(text)} is not a number", "write digits, for example 0.5")
    return Stretch(float(text), float(text))


_READERS: Final[dict[FieldType, Callable[[str], Stretch]]] = {
    "integer": read_integer,
    "float": read_float,
    "date": read_date,
}
RANGE_TYPES: Final = tuple(_READERS)
"""Types that can be compared."""


def read_stretch(kind: FieldType, text: str) -> Stretch:
    """The value of a type in `RANGE_TYPES`.

    Raises:
        ValueRefusedError: *text* is none.
    """
    return _READERS[kind](text)
