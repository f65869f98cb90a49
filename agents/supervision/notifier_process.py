"""`python -m agents.supervision.notifier_process`: the notifier as the supervisor runs it, with settings from the
environment.
"""

from __future__ import annotations

import sys
from functools import partial

from agents.notifier.cursor import NAME
from agents.notifier.run import run_notifier
from agents.settings import Settings
from agents.supervision.claim import claim_names
from agents.supervision.entry import run_process, run_until_signal


def notify_until_stopped(settings: Settings) -> None:
    """Run the notifier until SIGTERM or SIGINT.

    Raises:
        SettingsError: the data folder cannot be written.
        UsageError: the targets file is wrong, or a notifier of this worker's name runs on the data folder already.
    """
    with claim_names(settings, [NAME]):
        run_until_signal(partial(run_notifier, settings))


def main() -> int:
    return run_process(notify_until_stopped, "notifier ended")


if __name__ == "__main__":
    sys.exit(main())
