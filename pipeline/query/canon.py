"""The values of a document as they are compared: in lower case, cut into words, dates in ms.

What cannot be searched is left out. Every engine would do part of this by itself and differ at the edges; so it is done
once, here, before each of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from pipeline.query.moments import from_ms as from_ms
from pipeline.query.moments import to_ms as to_ms
from pipeline.query.tokenize import lower, utf16_units, words
from pipeline.query.values import MAX_INTEGER
from schemas.collections import ARTICLES, Collection
from schemas.fields import Field, FieldType
from schemas.mapping import KEYWORD_LIMIT


class DocumentError(ValueError):
    """A document that no index takes: an unknown field, or a value that is not of the field's type."""


def canonical(field: Field, value: object) -> tuple[Any, ...]:
    """What is searchable of one field's value: words, keywords, numbers, ms since 1970 UTC, or booleans.

    Empty when nothing is: then the document counts as one without the field.

    Raises:
        DocumentError: the value is not of the field's type.
    """
    return tuple(_read(field, value, _CANONICAL[field.type]))


def text_of(field: Field, value: object) -> str:
    """A text field's value as it is cut into words; several are on lines of their own, and no word goes over a line.

    Raises:
        DocumentError: the value is no text.
    """
    return "\n".join(_read(field, value, lambda one: [_string(one)]))


def _read(field: Field, value: object, read: Callable[[Any], list[Any]]) -> list[Any]:
    found: list[Any] = []
    for one in value if isinstance(value, list | tuple) else (value,):
        try:
            found += read(one)
        except (TypeError, ValueError, AttributeError):
            raise DocumentError(f"{field.name} is a {field.type} and cannot hold {_shown(one)}") from None
    return found


def field_named(name: str, collection: Collection = ARTICLES) -> Field:
    """The field *name* of the collection.

    Raises:
        DocumentError: there is none; the index is strict.
    """
    try:
        return collection.by_name[name]
    except KeyError:
        raise DocumentError(f"there is no field {name[:60]!r}; the index takes none but its own") from None


def _text(value: Any) -> list[str]:
    return words(_string(value))


def _keyword(value: Any) -> list[str]:
    if type(value) is str and value.isascii():  # most are
        return [value.lower()] if 0 < len(value) <= KEYWORD_LIMIT else []
    return [lower(value)] if 0 < utf16_units(_string(value)) <= KEYWORD_LIMIT else []


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # a lone surrogate fits into no index
    return value


def _integer(value: Any) -> list[int]:
    if type(value) is not int or abs(value) > MAX_INTEGER:
        raise TypeError
    return [value]


def _float(value: Any) -> list[float]:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise TypeError
    return [float(value)]


def _boolean(value: Any) -> list[bool]:
    if type(value) is not bool:
        raise TypeError
    return [value]


def _date(value: Any) -> list[int]:
    return [to_ms(value if isinstance(value, datetime) else datetime.fromisoformat(value))]


def _unsearchable(value: Any) -> list[Any]:
    """Points and the producer's own fields are stored only."""
    if not isinstance(value, Mapping):
        raise TypeError
    return []


_CANONICAL: Final[dict[FieldType, Callable[[Any], list[Any]]]] = {
    "text": _text,
    "keyword": _keyword,
    "integer": _integer,
    "float": _float,
    "boolean": _boolean,
    "date": _date,
    "geo_point": _unsearchable,
    "flattened": _unsearchable,
}


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
