"""Lists and decisions in the compacted topic `lists`.

<list>/<version>/<number>   gzipped JSON lines of entries, written first
<list>/<version>            the ListVersion, written last: before it, nobody sees the version
allow/<id>                  an AllowDecision
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from aiokafka import AIOKafkaProducer
from pydantic import ValidationError

from agents.errors import UnavailableError
from agents.kafka import Message, open_producer, read_to_end
from agents.settings import Settings
from pipeline.lists.versions import Packed
from schemas.lists import AllowDecision, ListVersion
from schemas.topics import LISTS

_ALLOW: Final = "allow/"
KEPT: Final = 2
"""Versions of a list that are kept beside the one in use."""


def lists_topic(settings: Settings) -> str:
    return LISTS.prefixed(settings.topic_prefix)


@dataclass(frozen=True)
class ListStore:
    """What the topic holds."""

    versions: Mapping[tuple[str, str], ListVersion] = field(default_factory=dict)
    """By list and version, in the order in which they were last written."""
    parts: Mapping[tuple[str, str, int], bytes] = field(default_factory=dict)
    decisions: Mapping[str, AllowDecision] = field(default_factory=dict)

    @property
    def current(self) -> dict[str, ListVersion]:
        """The version in use of each list; of two that say so the one written last."""
        found = {version.list: version for version in self.versions.values() if version.current}
        return dict(sorted(found.items()))

    def of_list(self, list_id: str) -> list[ListVersion]:
        """The versions of a list, newest import first."""
        found = [version for version in self.versions.values() if version.list == list_id]
        return sorted(found, key=lambda version: version.imported_at, reverse=True)

    def parts_of(self, version: ListVersion) -> tuple[bytes, ...]:
        """The entries of a version, packed.

        Raises:
            UnavailableError: a part is missing.
        """
        found = [self.parts.get((version.list, version.id, number)) for number in range(version.parts)]
        if None in found:
            raise UnavailableError(
                f"the list {version.list} {version.id} lacks part {found.index(None)} of {version.parts} in its topic; "
                "import it again, or remove it with `tocsin lists remove`"
            )
        return tuple(part for part in found if part is not None)


async def load_lists(settings: Settings) -> ListStore:
    """All lists and decisions.

    Raises:
        UnavailableError: no broker answers, or a message cannot be read.
    """
    return await _collect(read_to_end(settings, [lists_topic(settings)]))


async def _collect(messages: AsyncIterator[Message]) -> ListStore:
    versions: dict[tuple[str, str], ListVersion] = {}
    parts: dict[tuple[str, str, int], bytes] = {}
    decisions: dict[str, AllowDecision] = {}
    async for message in messages:
        key = (message.key or b"").decode("utf-8", "replace")
        try:
            _apply(key, message.value, versions, parts, decisions)
        except (ValidationError, ValueError) as error:
            raise UnavailableError(f"message {key!r} in {message.topic} is no list of ours: {error}") from error
    return ListStore(versions, parts, decisions)


def _apply(
    key: str,
    value: bytes,
    versions: dict[tuple[str, str], ListVersion],
    parts: dict[tuple[str, str, int], bytes],
    decisions: dict[str, AllowDecision],
) -> None:
    if key.startswith(_ALLOW):
        decisions.pop(key, None)
        if value:
            decisions[key] = AllowDecision.model_validate_json(value)
        return
    list_id, version, *number = key.split("/")
    if number:
        parts.pop((list_id, version, int(number[0])), None)
        if value:
            parts[list_id, version, int(number[0])] = value
        return
    versions.pop((list_id, version), None)  # so that what was written last comes last
    if value:
        versions[list_id, version] = ListVersion.model_validate_json(value)


async def save_version(settings: Settings, version: ListVersion, packed: Packed, store: ListStore) -> None:
    """Write a version, make it the one in use, and drop versions beyond those kept.

    Whoever reads meanwhile sees the old version or the new one, each whole.
    """
    async with open_producer(settings) as producer:
        for number, part in enumerate(packed.parts):
            await _send(producer, settings, f"{version.list}/{version.id}/{number}", part)
        await _send(producer, settings, f"{version.list}/{version.id}", version.model_dump_json().encode())
        others = [one for one in store.of_list(version.list) if one.id != version.id]
        for other in others[:KEPT]:
            if other.current:
                retired = other.model_copy(update={"current": False}).model_dump_json().encode()
                await _send(producer, settings, f"{other.list}/{other.id}", retired)
        await _drop(producer, settings, store, others[KEPT:])


async def remove_list(settings: Settings, list_id: str, store: ListStore) -> None:
    """Take a list and all its versions out of use."""
    async with open_producer(settings) as producer:
        await _drop(producer, settings, store, store.of_list(list_id))


async def _drop(
    producer: AIOKafkaProducer, settings: Settings, store: ListStore, versions: Iterable[ListVersion]
) -> None:
    """The version goes first, so that nobody misses parts of it."""
    for version in versions:
        await _send(producer, settings, f"{version.list}/{version.id}", None)
        for list_id, ident, number in store.parts:
            if (list_id, ident) == (version.list, version.id):
                await _send(producer, settings, f"{list_id}/{ident}/{number}", None)


async def _send(producer: AIOKafkaProducer, settings: Settings, key: str, value: bytes | None) -> None:
    await producer.send_and_wait(lists_topic(settings), value, key=key.encode())


def decision_id(list_id: str, entry_id: str, name: str | None) -> str:
    """Deciding the same twice is one decision."""
    return sha256("\x1f".join((list_id, entry_id, name or "")).encode()).hexdigest()[:16]


async def save_decision(settings: Settings, decision: AllowDecision) -> None:
    async with open_producer(settings) as producer:
        await _send(producer, settings, f"{_ALLOW}{decision.id}", decision.model_dump_json().encode())


async def remove_decision(settings: Settings, decision: AllowDecision) -> None:
    async with open_producer(settings) as producer:
        await _send(producer, settings, f"{_ALLOW}{decision.id}", None)
