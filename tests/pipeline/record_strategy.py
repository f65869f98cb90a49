"""Records as hypothesis draws them: every field of every part filled by its type and bounds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic import StringConstraints

from schemas.base import Record

R = TypeVar("R", bound=Record)
ALPHABET = "abzABZ 09.,'\":;-_\n\u202f\u0301İΣßéЖ的あ🇰🇿\u200dא“…"
TEXTS = st.one_of(st.text(ALPHABET, max_size=12), st.sampled_from(["", "fire", "Osh Trading", "3,000", "figure"]))
COUNTRIES = st.sampled_from(["KZ", "XK", "BR"])
TIMES = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC))
LEAST = {"schema_version": "1.0", "id": "a1", "body": "A fire broke out.", "observed_at": "2026-03-01T10:00:00.25Z"}


def records(record: type[R]) -> st.SearchStrategy[R]:
    """Records of this kind; articles are complete, as the enricher writes them."""
    return _values(record).map(record.model_validate)


def _values(record: type[Record]) -> st.SearchStrategy[dict[str, Any]]:
    drawn = {name: _drawn(field.annotation, field.metadata) for name, field in record.model_fields.items()}
    least = {name: value for name, value in LEAST.items() if record.__name__ == "EnrichedArticle"}
    return st.fixed_dictionaries({name: one for name, one in drawn.items() if name not in least} | _fixed(least))


def _fixed(least: dict[str, str]) -> dict[str, st.SearchStrategy[Any]]:
    return {name: st.just(value) for name, value in least.items()}


def _drawn(annotation: Any, bounds: Iterable[Any]) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _drawn(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        return st.one_of(*(_drawn(one, bounds) for one in arguments))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(_drawn(arguments[0], ()), max_size=2)
    if origin is dict:
        return st.dictionaries(_drawn(arguments[0], ()), _drawn(arguments[1], ()), max_size=3)
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return _values(annotation)
    return _scalar(annotation, bounds)


def _scalar(annotation: Any, bounds: Iterable[Any]) -> st.SearchStrategy[Any]:
    if any(isinstance(bound, StringConstraints) for bound in bounds):
        return COUNTRIES
    low = next((bound.ge for bound in bounds if isinstance(bound, Ge)), -180)
    high = next((bound.le for bound in bounds if isinstance(bound, Le)), 2**53)
    kinds: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXTS,
        int: st.integers(low, high),
        float: st.floats(low, high),
        bool: st.booleans(),
        datetime: TIMES,
        date: st.dates(),
        type(None): st.none(),
        Any: st.one_of(TEXTS, st.integers(-5, 5), st.lists(st.booleans(), max_size=1)),
    }
    return kinds[annotation]
