"""`python -m agents.supervision.poller_process`: the poller as the supervisor runs it, with settings from the
environment.
"""

from __future__ import annotations

import asyncio
import signal
import sys

import structlog
import uvloop

from agents.errors import TocsinError
from agents.logs import configure_logging
from agents.polling.poller import run_poller
from agents.settings import Settings, load_settings

log = structlog.get_logger(__name__)


async def _poll(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await run_poller(settings, stop)


def main() -> int:
    settings = load_settings()
    configure_logging(settings)
    try:
        uvloop.run(_poll(settings))
    except TocsinError as error:
        log.error("poller ended", error=str(error))
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
