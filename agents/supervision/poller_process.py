"""`python -m agents.supervision.poller_process`: the poller as the supervisor runs it, with settings from the
environment.
"""

from __future__ import annotations

import sys
from functools import partial

from agents.polling.poller import run_poller
from agents.settings import Settings
from agents.supervision.claim import claim_names
from agents.supervision.entry import run_process, run_until_signal


def poll_until_stopped(settings: Settings) -> None:
    """Run the poller until SIGTERM or SIGINT.

    Raises:
        SettingsError: the data folder cannot be written.
        UsageError: the feeds file is wrong, or a poller of this worker's name runs on the data folder already.
    """
    with claim_names(settings, ["poller"]):
        run_until_signal(partial(run_poller, settings))


def main() -> int:
    return run_process(poll_until_stopped, "poller ended")


if __name__ == "__main__":
    sys.exit(main())
