"""What a match is told about when a rule makes a group of each value: the article as if it had that value alone.

An article that names two listed persons gives two matches. With one, by its first value, whoever stands second would
be silent while an alert about the first is recent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

import msgspec
from pydantic import BaseModel

from pipeline.alerting.telling import WHY_LISTED
from pipeline.document_fields import entry_of
from schemas.enrichment import EnrichedArticle, ListMatch

MAX_GROUPS: Final = 50
"""Groups that one article may fall into: who prints a whole list names no suspects."""
_LISTED: Final[Mapping[str, Any]] = {
    "lists.matches.entry": entry_of,
    "lists.matches.name": lambda match: match.name,
    "lists.matches.list": lambda match: match.list,
}
"""Fields that are made of matches, of which the others are left out."""

Some = TypeVar("Some")


def values_of(field: str, document: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values that make a group each; one None when the field has none."""
    value = document.get(field)
    several = tuple(dict.fromkeys(value)) if isinstance(value, list | tuple) else (value,)
    return several[:MAX_GROUPS] or (None,)


def is_of_lists(field: str) -> bool:
    """Whether the rest of the article is told without the other values' matches, so that its query must hold anew."""
    return field in _LISTED


def article_about(article: EnrichedArticle, field: str, value: Any) -> EnrichedArticle:
    """*article* with those matches on lists alone that have *value* in *field*, one `is_of_lists` is true of."""
    found = article.enrichment.sanctions
    kept = tuple(match for match in found.list_matches if _is_about(match, field, value))
    sanctions = _replaced(found, list_matches=kept)
    return _replaced(article, enrichment=_replaced(article.enrichment, sanctions=sanctions))


def _is_about(match: ListMatch, field: str, value: Any) -> bool:
    return match.allowed is not None or _LISTED[field](match) == value


def document_about(document: Mapping[str, Any], field: str, value: Any) -> dict[str, Any]:
    """*document* with *value* alone in *field*; of the reasons for matches, which are text, those that tell of it."""
    if not isinstance(document.get(field), list):
        return dict(document)
    about = {**document, field: [value]}
    if field == "lists.matches.entry" and document.get(WHY_LISTED):
        about[WHY_LISTED] = "\n".join(_reasons(document[WHY_LISTED], str(value)))
    return about


def _reasons(lines: str, entry: str) -> Iterator[str]:
    list_id, _, entry_id = entry.partition("/")
    return (line for line in lines.splitlines() if f"({list_id} {entry_id}, " in line)


def _replaced(record: Some, **changes: Any) -> Some:
    """Of a struct or a record alike; see `pipeline.structs`."""
    if isinstance(record, BaseModel):
        return record.model_copy(update=changes)
    return msgspec.structs.replace(record, **changes)  # type: ignore[type-var]
