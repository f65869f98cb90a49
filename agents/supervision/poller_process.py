"""`python -m agents.supervision.poller_process`: the poller as the supervisor runs it, with settings from the
environment.
"""

from __future__ import annotations

import sys
from functools import partial

from agents.polling.poller import run_poller
from agents.settings import Settings
from agents.supervision.entry import run_process, run_until_signal


def _poll(settings: Settings) -> None:
    run_until_signal(partial(run_poller, settings))


def main() -> int:
    return run_process(_poll, "poller ended")


if __name__ == "__main__":
    sys.exit(main())
