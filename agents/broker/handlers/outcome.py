"""From an action that may be refused to the error code that travels."""

from __future__ import annotations

import logging
from collections.abc import Callable

from agents.broker.protocol import ErrorCode, RequestError

logger = logging.getLogger(__name__)


def outcome(action: Callable[..., object], *arguments: object) -> tuple[ErrorCode, str | None]:
    """Do it: (NONE, None), or the code and the sentence with which the action was refused. A refusing disk is told to
    the client too."""
    try:
        action(*arguments)
    except RequestError as error:
        return error.code, error.message
    except OSError as error:
        logger.error("the disk refuses: %s", error)
        return ErrorCode.KAFKA_STORAGE_ERROR, f"the broker's disk refuses: {error.strerror}"
    return ErrorCode.NONE, None
