"""Records as structs with some of their fields, which msgspec fills from JSON without reading the rest.

A struct's fields have the names, types and bounds of the record's. It takes JSON as records are written; other forms
that pydantic takes too (a number as text, a time without a zone) it refuses, so whoever reads asks pydantic then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import reduce
from operator import or_
from types import GenericAlias, UnionType
from typing import Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

import msgspec
from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import AfterValidator, StringConstraints
from pydantic.fields import FieldInfo

from schemas.base import SCHEMA_VERSION, Record, check_version

Parts: TypeAlias = "Mapping[str, Parts | None]"
"""Fields of a record, each with the fields below it; None means all of them."""

_PLAIN: Final = (str, int, float, bool, date, type(None), Any)
_LIMITS: Final = {Ge: "ge", Gt: "gt", Le: "le", Lt: "lt", MinLen: "min_length", MaxLen: "max_length"}
_OUR_VERSION: Final = rf"\A{re.escape(SCHEMA_VERSION.split('.')[0])}(\.|\Z)"
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)


class Utc(datetime):
    """A time in UTC, as records are written. msgspec's own reading rounds what pydantic cuts off."""


def parts_of(paths: Iterable[str]) -> dict[str, Any]:
    """`Parts` that hold each of *paths*: `a.b` is the field `b` of `a`, `a` is all of it, `a.` is that there is one."""
    parts: dict[str, Any] = {}
    for path in sorted(paths, key=lambda path: path.count("."), reverse=True):
        *above, last = path.split(".")
        here = parts
        for name in above:
            here = here.setdefault(name, {})
        if last:
            here[last] = None
    return parts


def struct_of(
    record: type[Record], parts: Parts | None = None, *, refuse_unknown: bool = False
) -> type[msgspec.Struct]:
    """A struct with *parts* of *record*; None means all of it.

    Args:
        refuse_unknown: take no JSON with fields that the struct has not; those of its parts may have more.

    Raises:
        TypeError: a field has a type or a bound that is not known here.
    """
    names = record.model_fields if parts is None else parts
    fields = [_field(name, record.model_fields[name], None if parts is None else parts[name]) for name in names]
    return msgspec.defstruct(
        record.__name__, fields, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=refuse_unknown
    )


def decoder_of(struct: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    """Reads JSON as what `struct_of` made."""
    return msgspec.json.Decoder(struct, dec_hook=_read_time)


def _read_time(kind: type, raw: object) -> datetime:
    if kind is not Utc or not isinstance(raw, str) or not _TIME.fullmatch(raw):
        raise ValueError("not a time in UTC as records are written")
    return Utc.fromisoformat(raw)


def _field(name: str, field: FieldInfo, parts: Parts | None) -> tuple[str, Any] | tuple[str, Any, Any]:
    kind = _type(field.annotation, field.metadata, parts)
    if field.is_required():
        return name, kind
    return name, kind, field.get_default(call_default_factory=True)


def _type(annotation: Any, bounds: Iterable[Any], parts: Parts | None) -> Any:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(arguments[0], (*arguments[1:], *bounds), parts)
    if origin in (Union, UnionType):
        return reduce(or_, (_type(one, () if one is type(None) else bounds, parts) for one in arguments))
    if annotation is datetime:
        return Utc
    kind = _kind(annotation, origin, arguments, parts)
    limits = _limits(bounds)
    return Annotated[kind, msgspec.Meta(**limits)] if limits else kind


def _kind(annotation: Any, origin: Any, arguments: tuple[Any, ...], parts: Parts | None) -> Any:
    if annotation in _PLAIN or origin is Literal:
        return annotation
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return struct_of(annotation, parts)
    if origin is tuple and arguments[1:] == (...,):
        return GenericAlias(tuple, (_type(arguments[0], (), parts), ...))
    if origin is dict:
        return GenericAlias(dict, (_type(arguments[0], (), None), _type(arguments[1], (), parts)))
    raise TypeError(f"{annotation} has no counterpart in a struct")


def _limits(bounds: Iterable[Any]) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for bound in bounds:
        if type(bound) in _LIMITS:
            name = _LIMITS[type(bound)]
            limits[name] = getattr(bound, name)
        elif isinstance(bound, StringConstraints) and isinstance(bound.pattern, str):
            # The end of a text in pydantic's regexes is the end, in Python's also what comes before a last line break.
            limits["pattern"] = re.sub(r"\$\Z", r"\\Z", bound.pattern)
        elif isinstance(bound, AfterValidator) and bound.func is check_version:
            limits["pattern"] = _OUR_VERSION
        else:
            raise TypeError(f"{bound!r} has no counterpart in a struct")
    return limits
