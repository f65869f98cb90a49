"""`python -m agents.supervision.notifier_process`: the notifier as the supervisor runs it, with settings from the
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
from agents.notifier.run import run_notifier
from agents.settings import Settings, load_settings
from agents.supervision.claim import claim_names

log = structlog.get_logger(__name__)


async def _notify(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await run_notifier(settings, stop)


def notify_until_stopped(settings: Settings) -> None:
    """Run the notifier until SIGTERM or SIGINT.

    Raises:
        SettingsError: the data folder cannot be written.
        UsageError: the targets file is wrong, or a notifier of this worker's name runs on the data folder already.
    """
    with claim_names(settings, ["notifier"]):
        uvloop.run(_notify(settings))


def main() -> int:
    settings = load_settings()
    configure_logging(settings)
    try:
        notify_until_stopped(settings)
    except TocsinError as error:
        log.error("notifier ended", error=str(error))
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
