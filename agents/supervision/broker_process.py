"""`python -m agents.supervision.broker_process`: the embedded broker as the supervisor runs it, with settings from the
environment.
"""

from __future__ import annotations

import sys

from agents.broker.config import BrokerConfig, BrokerError
from agents.broker.server import serve
from agents.errors import UnavailableError
from agents.settings import Settings
from agents.supervision.entry import run_process


def run_broker(settings: Settings) -> None:
    """Run the broker of the data folder until SIGINT or SIGTERM.

    Raises:
        UnavailableError: it cannot start; the message says why and what to do.
    """
    config = BrokerConfig(
        data_dir=settings.broker_dir,
        port=settings.broker_port,
        fsync=settings.broker_fsync,
        default_partitions=settings.partitions,
    )
    try:
        serve(config)
    except BrokerError as error:
        raise UnavailableError(str(error)) from error


def main() -> int:
    return run_process(run_broker, "broker not started")


if __name__ == "__main__":
    sys.exit(main())
