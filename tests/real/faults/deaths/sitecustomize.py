"""Kills a worker at one of its await points, or lists the points that it passes.

Python runs this file at the start of each process whose PYTHONPATH names its folder; so the product holds no hook. A
point is `file:line:side`, where the side says whether a coroutine goes to sleep there or has just woken up. Of
coroutines that wait for each other only the innermost is listed: they all sleep at the same moment.

_DEATH_LIST   file to which each point is added when it is first passed
_DEATH_POINT  point to die at; _DEATH_PASS, at its how manieth passage
"""

from __future__ import annotations

import opcode
import os
import signal
import sys
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

_ASYNC = 0x80 | 0x200  # coroutines and asynchronous generators
_YIELD = opcode.opmap["YIELD_VALUE"]
_PRODUCT = str(Path(__file__).parents[4] / "agents") + os.sep
_ELSEWHERE = ("supervision", "broker", "cli", "worker.py")  # no message is in hand there

_files: dict[CodeType, str | None] = {}
_bytes: dict[CodeType, bytes] = {}
_passes: dict[str, int] = {}
_listed: set[str] = set()
_is_unwinding = False


def _file_of(code: CodeType) -> str | None:
    """Path of an asynchronous function of a worker's; None for anything else."""
    if not code.co_flags & _ASYNC or not code.co_filename.startswith(_PRODUCT):
        return None
    path = code.co_filename.removeprefix(_PRODUCT)
    if path.startswith(_ELSEWHERE):
        return None
    _bytes[code] = code.co_code
    return path


def _side(frame: FrameType, event: str) -> str | None:
    """None for a function's first entry and its end."""
    code = frame.f_code
    if event == "call":
        return "awake" if frame.f_lineno != code.co_firstlineno else None
    return "asleep" if frame.f_lasti >= 0 and _bytes[code][frame.f_lasti] == _YIELD else None


def _watch(frame: FrameType, event: str, _: Any) -> None:
    global _is_unwinding
    if event not in ("call", "return"):
        return
    code = frame.f_code
    if code not in _files:
        _files[code] = _file_of(code)
    path = _files[code]
    if path is None:
        return
    side, was_unwinding = _side(frame, event), _is_unwinding
    _is_unwinding = side == "asleep"
    if side is None:
        return
    point = f"{path}:{frame.f_lineno}:{side}"
    _passes[point] = passes = _passes.get(point, 0) + 1
    if point == _point and passes == _pass:
        os.kill(os.getpid(), signal.SIGKILL)
    if _list is not None and side == "asleep" and not was_unwinding and point not in _listed:
        _listed.add(point)
        os.write(_list, f"{point}\n".encode())


_point = os.environ.get("_DEATH_POINT")
_pass = int(os.environ.get("_DEATH_PASS", "1"))
_list = None
if "agents.worker" in sys.orig_argv and (_point or "_DEATH_LIST" in os.environ):
    if "_DEATH_LIST" in os.environ:
        _list = os.open(os.environ["_DEATH_LIST"], os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    sys.setprofile(_watch)
