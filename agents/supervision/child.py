"""A child process that the supervisor starts, watches and stops."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr

from agents.settings import Settings


@dataclass(frozen=True, kw_only=True)
class ChildSpec:
    """A module to run as a process of its own."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Added to the parent's. It may hold secrets, so it is never printed."""
    stop_timeout_s: float = 30.0
    """Between SIGTERM and SIGKILL."""


def _as_variable(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return ",".join(value) if isinstance(value, (list, tuple)) else str(value)


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings as `TOCSIN_*` variables, secrets in the open, from which a child builds the same settings."""
    return {f"TOCSIN_{name.upper()}": _as_variable(value) for name, value in settings}


class Child:
    """A running process, tethered to this one: it ends when this one is gone."""

    def __init__(self, spec: ChildSpec, process: asyncio.subprocess.Process, tether: int) -> None:
        self.spec = spec
        self._process = process
        self._tether = tether

    @classmethod
    async def start(cls, spec: ChildSpec) -> Child:
        """Start the process, in a session of its own: Ctrl-C is for the parent, which stops its children in order."""
        reader, writer = os.pipe()
        command = [
            "-m",
            "agents.supervision.tether",
            str(reader),
            str(spec.stop_timeout_s),
            spec.module,
            *spec.arguments,
        ]
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *command,
                env={**os.environ, **spec.environment},
                stdin=asyncio.subprocess.DEVNULL,
                pass_fds=(reader,),
                start_new_session=True,
            )
        except BaseException:
            os.close(writer)
            raise
        finally:
            os.close(reader)
        return cls(spec, process, writer)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def code(self) -> int | None:
        """Exit code; None while it runs."""
        return self._process.returncode

    async def wait(self) -> int:
        """Wait for its end; the exit code, negative for a signal."""
        code = await self._process.wait()
        if self._tether >= 0:
            os.close(self._tether)
            self._tether = -1
        return code

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def stop(self, grace_s: float | None = None) -> int:
        """SIGTERM, wait, and SIGKILL for one that does not end."""
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.spec.stop_timeout_s if grace_s is None else grace_s):
                return await self.wait()
        self.kill()
        return await self.wait()
