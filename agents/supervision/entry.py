"""How a process of the supervisor begins and ends: settings from the environment, an exit code that says why."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable

import structlog
import uvloop

from agents.errors import TocsinError
from agents.logs import configure_logging
from agents.settings import Settings, load_settings

log = structlog.get_logger(__name__)


def run_process(run: Callable[[Settings], None], failed: str) -> int:
    """Exit code of a process that runs until it is told to stop; *failed* says in the log what an error ended."""
    settings = load_settings()
    configure_logging(settings)
    try:
        run(settings)
    except TocsinError as error:
        log.error(failed, error=str(error))
        return error.exit_code
    return 0


def run_until_signal(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run *work* in a loop of its own; the event is set by SIGTERM or SIGINT."""

    async def working() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await work(stop)

    uvloop.run(working())
