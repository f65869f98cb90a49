"""Logging of every process: one line per event on standard error, JSON unless a person watches."""

from __future__ import annotations

import logging
import sys
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor

from agents.settings import Settings

_MAX_VALUE: Final = 512
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
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structlog.configure(
        processors=[*shared, _sanitised, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _sanitised, renderer],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
