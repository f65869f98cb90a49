"""A pool of processes that enrich: the event loop never parses an article, and an article that hangs or kills its
process harms no other.

    run(jobs) -> queue -> lane (one task) <-> process (one at a time) -> answers, in the order of the jobs

A process answers in order, so the article that killed it is the oldest unanswered one. That one is tried again in a
fresh process, at most `max_attempts` times in all; those behind it go back to the head of the queue uncounted.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

import structlog

from agents.enrichment.frames import LENGTH, Enriched, Job, pack_job, unpack_answer
from agents.errors import UnavailableError
from agents.metrics import Tally
from agents.outcomes import Refused

log = structlog.get_logger(__name__)

ENRICH: Final = "pipeline.enrich:enrich"
_AHEAD: Final = 2
"""Articles a process is given at once: one to work on and one waiting, so that it never waits for the pipe."""
_START_TIMEOUT_S: Final = 120.0
_STOP_TIMEOUT_S: Final = 2.0
_MAX_PAUSE_S: Final = 10.0

Answer = Enriched | Refused


@dataclass(frozen=True, kw_only=True)
class PoolConfig:
    """How many processes, and what one article may cost."""

    processes: int
    timeout_s: float
    memory_bytes: int
    max_article_bytes: int
    max_attempts: int
    lists: Path | None = None
    """Pointer to the sanctions lists (`agents/lists/folder.py`), followed by every process. None means none."""
    tagger: str | None = None
    """What finds names instead of the packaged tagger (`pipeline/names/backends`). None means that one."""
    function: str = ENRICH
    """`module:function`, called with article and mode."""


class _GoneError(Exception):
    """The process ended or was ended; `reason` is what its oldest article is refused with."""

    def __init__(self, reason: Literal["enrichment_timeout", "enrichment_crash"], detail: str) -> None:
        super().__init__(detail)
        self.reason: Literal["enrichment_timeout", "enrichment_crash"] = reason


@dataclass(eq=False, slots=True)
class _Ticket:
    """A job on its way. A mutable count and a future: it never leaves this module."""

    job: Job
    answer: asyncio.Future[Answer]
    attempts: int = 0


def _describe_exit(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"


class _Process:
    """One child with its pipes."""

    def __init__(self, child: asyncio.subprocess.Process, timeout_s: float) -> None:
        assert child.stdin is not None and child.stdout is not None
        self._child, self._stdin, self._stdout = child, child.stdin, child.stdout
        self._timeout_s = timeout_s

    @classmethod
    async def start(cls, config: PoolConfig) -> _Process:
        """Start one and wait until it can work.

        Raises:
            _GoneError: it ended before, or took too long.
        """
        command = [sys.executable, "-m", "agents.enrichment.pool_worker", "--function", config.function]
        command += ["--max-bytes", str(config.max_article_bytes), "--memory", str(config.memory_bytes)]
        command += ["--deadline", str(config.timeout_s)]
        command += ["--lists", str(config.lists)] if config.lists is not None else []
        command += ["--tagger", config.tagger] if config.tagger is not None else []
        pipe = asyncio.subprocess.PIPE
        process = cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe), config.timeout_s)
        try:
            await process._read(_START_TIMEOUT_S)
        except BaseException:
            await process.kill()
            raise
        return process

    def send(self, job: Job) -> None:
        # No drain: while we waited for it, a process that waits for us to read its answer would never read on.
        # What is buffered is bounded by the articles given ahead.
        self._stdin.write(pack_job(job))

    async def receive(self) -> Answer:
        """The next answer.

        Raises:
            _GoneError: the process ended, or the answer took longer than one article may.
        """
        answer = await self._read(self._timeout_s)
        assert answer is not None
        return answer

    async def _read(self, timeout_s: float) -> Answer | None:
        try:
            async with asyncio.timeout(timeout_s):
                (size,) = LENGTH.unpack(await self._stdout.readexactly(LENGTH.size))
                return unpack_answer(await self._stdout.readexactly(size))
        except TimeoutError:
            raise _GoneError("enrichment_timeout", f"no result after {timeout_s:g} s") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise _GoneError("enrichment_crash", f"the process {_describe_exit(await self._exit_code())}") from None

    async def _exit_code(self) -> int | None:
        """How it ended; None when it only closed its pipe."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_STOP_TIMEOUT_S):
                await self._child.wait()
        return self._child.returncode

    async def kill(self) -> None:
        if self._child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._child.kill()
        await self._child.wait()
        self._stdin.close()

    async def stop(self) -> None:
        """Close its input, which ends it; kill it when it does not."""
        self._stdin.close()
        await self._exit_code()
        await self.kill()


@dataclass
class _Queue:
    """First in, first out, with a way back to the front."""

    waiting: deque[_Ticket] = field(default_factory=deque)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def extend(self, tickets: Sequence[_Ticket]) -> None:
        self.waiting.extend(tickets)
        self.arrived.set()

    def give_back(self, tickets: Sequence[_Ticket]) -> None:
        self.waiting.extendleft(reversed(tickets))
        self.arrived.set()

    async def wait(self) -> None:
        while not self.waiting:
            self.arrived.clear()
            await self.arrived.wait()


class Pool:
    """Processes that enrich. Use as an async context manager."""

    def __init__(self, config: PoolConfig, tally: Tally | None = None) -> None:
        self._config = config
        self._tally = tally if tally is not None else Tally()
        self._queue = _Queue()
        self._processes: list[_Process] = []
        self._lanes: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Pool:
        """Start all processes.

        Raises:
            UnavailableError: one cannot start; its own message is on standard error.
        """
        starts = [_Process.start(self._config) for _ in range(self._config.processes)]
        started = await asyncio.gather(*starts, return_exceptions=True)
        failed = [one for one in started if isinstance(one, BaseException)]
        self._processes = [one for one in started if isinstance(one, _Process)]
        if failed:
            await self.__aexit__()
            raise UnavailableError(f"an enrichment process does not start: {failed[0]}") from failed[0]
        self._lanes = [asyncio.create_task(self._lane(number)) for number in range(len(started))]
        return self

    async def __aexit__(self, *_: object) -> None:
        for lane in self._lanes:
            lane.cancel()
        await asyncio.gather(*self._lanes, return_exceptions=True)
        await asyncio.gather(*(process.stop() for process in self._processes))

    async def run(self, jobs: Sequence[Job]) -> list[Answer]:
        """One answer per job, in order. Never raises for an article."""
        loop = asyncio.get_running_loop()
        tickets = [_Ticket(job, loop.create_future()) for job in jobs]
        self._queue.extend(tickets)
        return list(await asyncio.gather(*(ticket.answer for ticket in tickets)))

    async def _lane(self, number: int) -> None:
        while True:
            given: deque[_Ticket] = deque()
            try:
                await self._serve(self._processes[number], given)
            except _GoneError as gone:
                await self._processes[number].kill()
                self._tally.replaced += 1
                self._blame(given, gone)
                self._processes[number] = await self._restart()

    async def _serve(self, process: _Process, given: deque[_Ticket]) -> None:
        while True:
            if not given:
                await self._queue.wait()
            while self._queue.waiting and len(given) < self._share():
                ticket = self._queue.waiting.popleft()
                given.append(ticket)
                process.send(ticket.job)
            if given:
                self._settle(given[0], await process.receive())
                given.popleft()

    def _share(self) -> int:
        """Work ahead only when there is enough for all: of two articles each of two processes takes one."""
        return _AHEAD if len(self._queue.waiting) >= len(self._lanes) else 1

    def _settle(self, ticket: _Ticket, answer: Answer) -> None:
        ticket.attempts += 1
        self._tally.signs += 1
        if isinstance(answer, Refused):
            ours = answer.reason in ("enrichment_failed", "enrichment_timeout", "enrichment_crash")
            if ours and ticket.attempts < self._config.max_attempts:
                self._queue.give_back([ticket])
                return
            answer = replace(answer, attempts=ticket.attempts)
        if not ticket.answer.done():
            ticket.answer.set_result(answer)

    def _blame(self, given: deque[_Ticket], gone: _GoneError) -> None:
        if not given:
            return
        guilty, *neighbours = given
        self._queue.give_back(neighbours)
        log.warning("enrichment process replaced", reason=gone.reason, detail=str(gone))
        self._settle(guilty, Refused(gone.reason, str(gone)))

    async def _restart(self) -> _Process:
        pause = 0.1
        while True:
            try:
                return await _Process.start(self._config)
            except (_GoneError, OSError) as error:
                log.error("enrichment process does not start", error=str(error), pause_s=pause)
                await asyncio.sleep(pause)
                pause = min(_MAX_PAUSE_S, pause * 2)
