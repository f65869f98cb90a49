"""Make records without the Python layer of pydantic's `__init__`, which costs as much as the validation of a small one.

Values are still validated and converted, by the same compiled validators. Nested records may be given as mappings, so
that a whole article's findings are one call: three times as fast as one call per span.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from schemas.base import Record

Values = Mapping[str, Any]
R = TypeVar("R", bound=Record)


def maker(record: type[R]) -> Callable[[Values], R]:
    """A function from the values of a *record*, by field, to the record.

    The function raises pydantic's `ValidationError` for values that the record refuses.
    """

    def make(values: Values) -> R:
        return record.__pydantic_validator__.validate_python(values)  # type: ignore[no-any-return]

    return make


def makers(record: type[R]) -> Callable[[Iterable[Values]], tuple[R, ...]]:
    """The same for many records at once."""

    def make(values: Iterable[Values]) -> tuple[R, ...]:
        return _validate_many(record)(values)

    return make


@cache
def _validate_many(record: type[Record]) -> Callable[[Iterable[Values]], tuple[Any, ...]]:
    adapter: TypeAdapter[tuple[Any, ...]] = TypeAdapter(tuple[record, ...])  # type: ignore[valid-type]
    return adapter.validator.validate_python
