"""What people do about alerts, over HTTP: for programs that show alerts and have a button.

    POST /alerts/ID/acknowledge | snooze | resolve | reopen | comment      GET /alerts/ID

On loopback only: a proxy with TLS stands before it where others are to reach it. Each caller has a token of its own,
and what it does is done in its name. Only POST with JSON changes anything, since mail scanners and link previews follow
links.
"""

from __future__ import annotations

import asyncio
import hmac
import stat
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Final

import structlog
from aiohttp import web
from aiokafka.errors import KafkaError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agents.errors import SettingsError, UnavailableError, UsageError
from agents.handling import FollowedHandling, find_alert, save_handling
from agents.settings import Settings
from pipeline.handling import comment, handle
from schemas.alert import Alert
from schemas.base import UtcTime
from schemas.duration import Seconds
from schemas.handling import AlertStatus

log = structlog.get_logger(__name__)

_MOST_BYTES: Final = 32_768
"""Of a request; a comment has 4,000 characters at most."""
_MOST_TOKENS_BYTES: Final = 65_536
_LEAST_TOKEN: Final = 24
"""Characters; `openssl rand -base64 24` gives 32."""
_ACTIONS: Final[Mapping[str, AlertStatus]] = {
    "acknowledge": "acknowledged",
    "snooze": "snoozed",
    "resolve": "resolved",
    "reopen": "open",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Said(BaseModel):
    """The body of a POST."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    last: Annotated[Seconds | None, Field(alias="for", gt=0)] = None
    """snooze: so long from now, as "6h"."""
    until: UtcTime | None = None
    """snooze: event time."""
    false_positive: bool = False
    """resolve: it was no case."""
    comment: str | None = Field(default=None, min_length=1, max_length=4_000)
    """In words; needed by `comment`."""


@dataclass(frozen=True)
class Callers:
    """Who may call, by the digest of the token."""

    names: Mapping[bytes, str] = field(repr=False)

    def name(self, header: str | None) -> str | None:
        """The caller's name. None: the header holds no token that is known."""
        kind, _, token = (header or "").partition(" ")
        given = sha256(token.strip().encode()).digest()
        found = [name for known, name in self.names.items() if hmac.compare_digest(known, given)]
        return found[0] if found and kind.lower() == "bearer" else None


def read_callers(file: Path) -> Callers:
    """The callers of a file with a name and a token a line; lines that begin with # and empty ones are passed over.

    Raises:
        SettingsError: it cannot be read, everyone may read or write it, or a line is none; never quotes a token.
    """
    try:
        with file.open("rb") as opened:
            text = opened.read(_MOST_TOKENS_BYTES).decode("utf-8")
        mode = file.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"tokens file {file} cannot be read: {type(error).__name__}") from None
    if mode & (stat.S_IWOTH | stat.S_IROTH):
        raise SettingsError(f"tokens file {file}: everyone may read or write it; chmod o-rw it")
    names: dict[bytes, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) != 2 or len(words[1]) < _LEAST_TOKEN or not line.isprintable():
            raise SettingsError(f"{file}:{number}: give a name and a token of at least {_LEAST_TOKEN} characters")
        if names.setdefault(sha256(words[1].encode()).digest(), words[0]) != words[0]:
            raise SettingsError(f"{file}:{number}: another caller has the same token")
    if not names:
        raise SettingsError(f"tokens file {file} has no line with a name and a token")
    return Callers(names)


class RefusalError(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status


class Desk:
    """The handlers. One request at a time looks for its alert: each reads the alert topics."""

    def __init__(self, settings: Settings, callers: Callers, handling: FollowedHandling) -> None:
        self._settings, self._callers, self._handling = settings, callers, handling
        self._looking = asyncio.Lock()

    def application(self) -> web.Application:
        application = web.Application(middlewares=[self._guard], client_max_size=_MOST_BYTES)
        application.router.add_get("/alerts/{id}", self.show, allow_head=False)
        application.router.add_post("/alerts/{id}/{action}", self.act)
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Nothing is told to a stranger, not even which addresses there are."""
        try:
            self._caller(request)
            return await handler(request)
        except RefusalError as error:
            return _refused(error.status, str(error))
        except web.HTTPException as error:
            return _refused(error.status, error.reason)
        except (UnavailableError, KafkaError, OSError) as error:
            log.warning("a call about an alert waits for the broker", error=str(error))
            return _refused(503, "the broker does not answer, try again")

    def _caller(self, request: web.Request) -> str:
        name = self._callers.name(request.headers.get("Authorization"))
        if name is None:
            raise RefusalError(401, "give a token: Authorization: Bearer ...")
        return name

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The alert, the state it is in and what people wrote about it."""
        alert = await self._alert(request)
        book = await self._handling.current()
        state = book.states.get(alert.id)
        told = {
            "alert": alert.model_dump(mode="json"),
            "handling": None if state is None else state.model_dump(mode="json"),
            "comments": [one.model_dump(mode="json") for one in book.comments(alert.id)],
        }
        return web.json_response(told)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Put the alert into a state, or comment on it, in the caller's name."""
        action, by, now = request.match_info["action"], self._caller(request), datetime.now(UTC)
        if action not in (*_ACTIONS, "comment"):
            raise RefusalError(404, f"no action {action[:40]!r}; actions: {', '.join((*_ACTIONS, 'comment'))}")
        said = await _said(request, action)
        alert = await self._alert(request)
        told: dict[str, Any] = {}
        if said.comment is not None:
            note = comment(alert.id, said.comment, by=by, at=now)
            await save_handling(self._settings, note)
            told["comment"] = note.model_dump(mode="json")
        if action in _ACTIONS:
            state = handle(alert, _status(action, said), by=by, at=now, until=_end(said, now))
            await save_handling(self._settings, state)
            told["handling"] = state.model_dump(mode="json")
        log.info("done about an alert", alert=alert.id, action=action, by=by)
        return web.json_response(told)

    async def _alert(self, request: web.Request) -> Alert:
        async with self._looking:
            try:
                return await find_alert(self._settings, request.match_info["id"], whole=True)
            except UsageError:
                raise RefusalError(404, "no alert has this id") from None


async def _said(request: web.Request, action: str) -> Said:
    """
    Raises:
        RefusalError: the body is none, or does not fit the action.
    """
    if request.content_type != "application/json":  # a form of another site cannot send that unasked
        raise RefusalError(415, "send JSON: Content-Type: application/json")
    try:
        said = Said.model_validate_json(await request.read() or b"{}")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise RefusalError(400, f"{'.'.join(map(str, first['loc'])) or 'body'}: {first['msg']}") from None
    if problem := _problem(action, said):
        raise RefusalError(400, problem)
    return said


def _problem(action: str, said: Said) -> str | None:
    if action == "snooze" and (said.last is None) == (said.until is None):
        return 'say how long: {"for": "2d"} or {"until": "2026-03-01T12:00:00Z"}'
    if action != "snooze" and (said.last is not None or said.until is not None):
        return "only a snooze lasts until a time"
    if action != "resolve" and said.false_positive:
        return "false_positive goes with resolve"
    return 'say what: {"comment": "..."}' if action == "comment" and said.comment is None else None


def _status(action: str, said: Said) -> AlertStatus:
    return "false_positive" if said.false_positive else _ACTIONS[action]


def _end(said: Said, now: datetime) -> datetime | None:
    return said.until if said.last is None else now + timedelta(seconds=said.last)


def _refused(status: int, error: str) -> web.Response:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return web.json_response({"error": error}, status=status, headers=headers)


async def serve_handling(
    settings: Settings, callers: Callers, port: int, stop: asyncio.Event, ready: Callable[[int], None]
) -> None:
    """Serve on loopback until told to stop.

    Args:
        port: 0 takes a free one.
        ready: called with the port.

    Raises:
        UsageError: the port is taken.
    """
    handling = FollowedHandling(settings)
    runner = web.AppRunner(Desk(settings, callers, handling).application(), access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        try:
            await site.start()
        except OSError as error:
            raise UsageError(f"port {port} on 127.0.0.1 cannot be had: {error.strerror}; give another") from error
        ready(_port_of(runner.addresses))
        await stop.wait()
    finally:
        await runner.cleanup()
        await handling.close()


def _port_of(addresses: Sequence[Any]) -> int:
    return int(addresses[0][1])
