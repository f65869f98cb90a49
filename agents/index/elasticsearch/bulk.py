"""The `_bulk` exchange: lines, portions and what each answer means. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple

import orjson

MAX_PORTION_BYTES: Final = 5 * 1024 * 1024
"""Size of a request where documents are large; servers get slower, not faster, beyond it."""
MAX_PORTION_ITEMS: Final = 250
"""So that a batch of the indexer (500) makes two requests, which run side by side: with one at a time the server was a
third slower in measurements."""
_MAX_REASON: Final = 500

Kind = Literal["written", "unchanged", "rejected", "again"]
_BUSY: Final = frozenset({"cluster_block_exception", "es_rejected_execution_exception"})
"""Told with changing statuses: a full disk is a 429, an index that was made read-only by hand a 403."""


class Verdict(NamedTuple):
    """What became of one item. `again`: nothing, and not by its own fault."""

    kind: Kind
    reason: str | None = None
    error: str | None = None
    """The server's name for what went wrong."""


class Entry(NamedTuple):
    """One item to send. `position` is its place in the batch."""

    position: int
    lines: bytes


def index_lines(id: str, version: int, source: bytes, *, replace_equal: bool = False) -> bytes:
    """Action and document. The higher version wins; with *replace_equal* also an equal one."""
    kind = "external_gte" if replace_equal else "external"
    action = orjson.dumps({"index": {"_id": id, "version": version, "version_type": kind}})
    return action + b"\n" + source + b"\n"


def portions(
    entries: Iterable[Entry], *, max_bytes: int = MAX_PORTION_BYTES, max_items: int = MAX_PORTION_ITEMS
) -> Iterator[list[Entry]]:
    """Cut into requests, lazily: no more than one is held. An entry larger than *max_bytes* goes alone."""
    portion: list[Entry] = []
    size = 0
    for entry in entries:
        if portion and (size + len(entry.lines) > max_bytes or len(portion) == max_items):
            yield portion
            portion, size = [], 0
        portion.append(entry)
        size += len(entry.lines)
    if portion:
        yield portion


def judge(item: Mapping[str, Any]) -> Verdict:
    """What one item of the answer means.

    Only a 400 is held against the document. Everything unknown is tried again: a document that waits can be helped, one
    that was given up for the server's mistake is missed by nobody.
    """
    answer = next(iter(item.values()), None) if isinstance(item, Mapping) else None
    if not isinstance(answer, Mapping) or not isinstance(answer.get("status"), int):
        return Verdict("again", "the answer cannot be read")
    status: int = answer["status"]
    if 200 <= status < 300:
        return Verdict("written")
    if status == 409:
        return Verdict("unchanged")
    error = answer.get("error")
    reason = reason_of(error)
    if status == 400 and _is_own_fault(error):
        return Verdict("rejected", reason, error_type(error))
    return Verdict("again", f"{status} {reason}", error_type(error))


def _is_own_fault(error: Any) -> bool:
    # An unknown field never gets here; so the index lacks one of ours, and set_up adds it.
    return error_type(error) not in _BUSY | {"strict_dynamic_mapping_exception"}


def error_type(error: Any) -> str | None:
    return error["type"] if isinstance(error, Mapping) and isinstance(error.get("type"), str) else None


def reason_of(error: Any) -> str:
    """The server's reason in one line: what it says first and what it says last."""
    said = [text for text in (_said(one) for one in _causes(error)) if text]
    ends = dict.fromkeys([*said[:1], *said[-1:]])
    return "; ".join(ends)[:_MAX_REASON] or "no reason given"


def _causes(error: Any) -> Iterator[Any]:
    for _ in range(20):
        if error is None:
            return
        yield error
        error = error.get("caused_by") if isinstance(error, Mapping) else None


def _said(error: Any) -> str:
    if not isinstance(error, Mapping):
        return str(error)
    return ": ".join(str(error[name]) for name in ("type", "reason") if error.get(name))
