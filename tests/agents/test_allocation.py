"""How many arenas glibc has made, told by itself, after threads that all hold memory at once."""

from __future__ import annotations

import platform
import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")

_PROGRAM = """
import ctypes, threading
from agents.allocation import keep_one_arena
{first}
libc = ctypes.CDLL(None)
libc.fopen.restype = libc.malloc.restype = ctypes.c_void_p
held = threading.Barrier(5)
def hold():
    libc.malloc(ctypes.c_size_t(1000))
    held.wait()
threads = [threading.Thread(target=hold) for _ in range(4)]
for thread in threads: thread.start()
held.wait()
libc.malloc_info(0, ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w")))
libc.fflush(None)
"""


def _arenas(first: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(first=first)], capture_output=True, text=True, check=True, timeout=60
    )
    return len(re.findall(r"<heap nr=", done.stdout))


def test_threads_of_a_worker_share_one_arena() -> None:
    assert _arenas("assert keep_one_arena()") == 1


def test_without_it_threads_have_arenas_of_their_own() -> None:
    assert _arenas("") > 1
