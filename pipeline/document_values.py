"""Values as index documents hold them, the same for articles, alerts and dead letters.

They stay readable (times are ISO 8601 in UTC with milliseconds, names keep their capitals). What is empty or holds no
word is left out, so that "has the field" means the same in every engine.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from pipeline.query.tokenize import word_spans
from pipeline.query.values import MAX_INTEGER
from schemas.collections import Collection
from schemas.fields import FieldType
from schemas.mapping import EXTRA_DEPTH


def kept(collection: Collection, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the documents of *collection* hold, without the others."""
    return {name: value for name, value in values.items() if _is_kept(collection, name, value)}


def _is_kept(collection: Collection, name: str, value: Any) -> bool:
    kind = collection.by_name[name].type
    return is_held(kind, value) and (kind != "text" or any(True for _ in word_spans(value)))


def is_held(kind: FieldType, value: Any) -> bool:
    """Whether a document holds such a value of a field of this type; a text must have a word besides."""
    if not value and not isinstance(value, int | float):  # no and zero are values
        return False
    return kind != "integer" or not isinstance(value, int) or abs(value) <= MAX_INTEGER


def unique(values: Iterable[str | None]) -> list[str]:
    """In order, each once, without empty ones."""
    return list(dict.fromkeys(value for value in values if value))


def iso_time(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def flattened(value: Any, depth: int = EXTRA_DEPTH) -> Any:
    """Somebody's own fields as a `flattened` field takes them: no deeper than *depth* (the rest becomes JSON text), no
    NUL in names, no NaN."""
    if isinstance(value, dict):
        if depth == 0:
            return json.dumps(value, ensure_ascii=False, default=str)
        return {key.replace("\0", "\ufffd"): flattened(inner, depth - 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [flattened(inner, depth - 1) for inner in value] if depth else json.dumps(value, default=str)
    return None if isinstance(value, float) and not math.isfinite(value) else value
