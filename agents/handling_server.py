"""What people do about alerts, over HTTP: for programs that show alerts and have a button.

    POST /alerts/ID/acknowledge | snooze | resolve | reopen | comment      GET /alerts/ID

On loopback only: a proxy with TLS stands before it where others are to reach it. Each caller has a token of its own,
and what it does is done in its name. Only POST with JSON changes anything, since mail scanners and link previews follow
links.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

import structlog
from aiohttp import web
from aiokafka.errors import KafkaError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agents.errors import UnavailableError, UsageError
from agents.handling import FollowedHandling, act, followed_handling
from agents.handling_alerts import FollowedAlerts, followed_alerts
from agents.handling_callers import Callers
from agents.settings import Settings
from schemas.alert import Alert
from schemas.base import UtcTime
from schemas.duration import Seconds
from schemas.handling import AlertStatus

log = structlog.get_logger(__name__)

_MOST_BYTES: Final = 32_768
"""Of a request; a comment has 4,000 characters at most."""
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


class RefusalError(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status


class Desk:
    """The handlers."""

    def __init__(
        self, settings: Settings, callers: Callers, alerts: FollowedAlerts, handling: FollowedHandling
    ) -> None:
        self._settings, self._callers, self._alerts, self._handling = settings, callers, alerts, handling

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
        status = _status(action, said) if action in _ACTIONS else None
        try:
            done = await act(self._settings, alert, status, by=by, text=said.comment, until=_end(said, now))
        except UsageError as error:
            raise RefusalError(400, str(error)) from None
        log.info("done about an alert", alert=alert.id, action=action, by=by)
        told = {"comment": done.comment, "handling": done.state}
        return web.json_response({name: one.model_dump(mode="json") for name, one in told.items() if one is not None})

    async def _alert(self, request: web.Request) -> Alert:
        alert = await self._alerts.find(request.match_info["id"])
        if alert is None:
            raise RefusalError(404, "no alert has this id")
        return alert


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
    async with followed_alerts(settings) as alerts, followed_handling(settings) as handling:
        desk = Desk(settings, callers, alerts, handling)
        runner = web.AppRunner(desk.application(), access_log=None, shutdown_timeout=5.0)
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


def _port_of(addresses: Sequence[Any]) -> int:
    return int(addresses[0][1])
