"""Run a module in a process that does not outlive the one that started it.

`python -m agents.supervision.tether FD GRACE MODULE [ARG...]` runs MODULE as `python -m` would. FD is the reading end
of a pipe that only the parent holds open: when it closes, the parent is gone, however it went, and this process gets
SIGTERM and, GRACE seconds later, its end.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time
from typing import Final

ORPHANED: Final = 75


def _watch(pipe: int, grace_s: float) -> None:
    os.read(pipe, 1)  # nothing is ever written; it returns when the pipe closes
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(grace_s)
    os._exit(ORPHANED)


def main() -> None:
    pipe, grace_s, module, *arguments = sys.argv[1:]
    threading.Thread(target=_watch, args=(int(pipe), float(grace_s)), daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
