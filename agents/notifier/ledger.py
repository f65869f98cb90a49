"""How far a target has come, noted beside its consumer group's offsets, which Kafka drops when nobody uses them.

Kafka forgets the offsets of a group that has had no member for seven days (`offsets.retention.minutes`). A target whose
notifier was away for longer would look like a new one and begin with what is raised from then on: the alerts of those
days would be missed without a word. So the notifier notes the offsets in its state folder as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import orjson
import structlog
from aiokafka import TopicPartition
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agents.replacing import replace_content
from agents.settings import Settings
from pipeline.notifying.target import Target

log = structlog.get_logger(__name__)

_EVERY_S: Final = 5.0
"""Between two notes; an alert that was told in between is told again, by the same id, should Kafka have forgotten."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)

    topic: str
    partition: int = Field(ge=0)
    offset: int = Field(ge=0)


class Note(BaseModel):
    """What was noted last."""

    model_config = ConfigDict(frozen=True)

    noted_at_ms: int
    """Since 1970 UTC."""
    parts: tuple[_Part, ...]

    @property
    def offsets(self) -> dict[TopicPartition, int]:
        """Of the next message of each partition."""
        return {TopicPartition(one.topic, one.partition): one.offset for one in self.parts}


def _path(settings: Settings, target: Target) -> Path:
    return settings.state_dir / "targets" / f"{settings.topic_prefix}.{target.id}.json"


def read_note(settings: Settings, target: Target) -> Note | None:
    """None when there is none that can be read."""
    path = _path(settings, target)
    try:
        return Note.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        log.warning("how far a target has come cannot be read", target=target.id, file=str(path), error=str(error))
        return None


@dataclass
class Ledger:
    """Notes how far one target has come. `clock` is for tests."""

    settings: Settings
    target: Target
    clock: Callable[[], float] = time.monotonic
    _offsets: dict[TopicPartition, int] = field(default_factory=dict)
    _noted_at: float | None = None
    _failed: bool = False

    def keep(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Forget all other partitions: they are another notifier's to note."""
        self._offsets = dict(offsets)

    def take(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Note these offsets soon."""
        self._offsets |= offsets
        if self._noted_at is None or self.clock() - self._noted_at >= _EVERY_S:
            self.write()

    def write(self) -> None:
        """Note them now. A folder that cannot be written costs nothing as long as Kafka remembers."""
        if not self._offsets:
            return
        path = _path(self.settings, self.target)
        parts = [{"topic": one.topic, "partition": one.partition, "offset": at} for one, at in self._offsets.items()]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_content(path, orjson.dumps({"noted_at_ms": int(time.time() * 1000), "parts": parts}))
        except OSError as error:
            if not self._failed:
                log.warning("how far a target has come cannot be noted", target=self.target.id, error=str(error))
            self._failed = True
            return
        self._noted_at, self._failed = self.clock(), False
