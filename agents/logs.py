"""Logging of every process: one line per event on standard error, JSON unless a person watches."""

from __future__ import annotations

import logging
import math
import sys
import time
from collections.abc import Callable
from typing import Any, Final, TextIO, cast

import structlog
from structlog.typing import EventDict, Processor

from agents.settings import Settings

_MAX_VALUE: Final = 512
_MAX_KINDS: Final = 1_000
_LIBRARIES: Final = ("aiokafka", "faust", "mode")
_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def _plain(text: str) -> str:
    """What an article or a server says may not move the cursor, reorder the line or fill the disk."""
    return "".join(
        " " if char < " " or "\x7f" <= char <= "\x9f" or char in _BIDI else char for char in text[:_MAX_VALUE]
    )


def _sanitised(_: Any, __: str, event: EventDict) -> EventDict:
    """Tracebacks stay whole: they are our own."""
    return {
        key: _plain(value) if isinstance(value, str) and key != "exception" else value for key, value in event.items()
    }


class Seldom(logging.Filter):
    """Passes a library's message once in a while: a client without its broker says the same hundreds of times."""

    def __init__(self, every_s: float = 10.0, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._every_s, self._clock = every_s, clock
        self._passed: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith(_LIBRARIES):
            return True
        key, now = (record.name, str(record.msg)), self._clock()
        if now - self._passed.get(key, -math.inf) < self._every_s:
            return False
        if len(self._passed) >= _MAX_KINDS:  # some messages are formatted before they come here
            self._passed.clear()
        self._passed[key] = now
        return True


class _StandardError:
    """Standard error as it is when a line is written: whoever calls us may have lent us another only for a while."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def configure_logging(settings: Settings) -> None:
    """Set up structlog and the standard library's loggers alike."""
    as_json = settings.log_format == "json" or (settings.log_format == "auto" and not sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if as_json:
        shared.append(structlog.processors.format_exc_info)
    renderer: Processor = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    stream = cast(TextIO, _StandardError())
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structlog.configure(
        processors=[*shared, _sanitised, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _sanitised, renderer],
        )
    )
    handler.addFilter(Seldom())
    logging.basicConfig(level=level, handlers=[handler], force=True)
