"""One client connection: frames in, answers out, in order, one request at a time as Kafka itself does it.

Whatever a client sends, the worst that happens is a log line and a closed connection.
"""

from __future__ import annotations

import asyncio
import logging
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from agents.broker.config import BrokerConfig
from agents.broker.memory import Budget
from agents.broker.protocol import (
    APIS,
    Api,
    ErrorCode,
    Message,
    ProtocolError,
    request_reader,
    response_writer,
)

logger = logging.getLogger(__name__)

_HEAD = struct.Struct(">hhih")
"""API key, API version, correlation id, length of the client id."""
_PRODUCE, _API_VERSIONS = 0, 18
_MAX_SMALL_REQUEST_BYTES = 8 * 1024 * 1024
"""Only Produce carries data; no other request has a reason to be larger."""
_STALL_SECONDS = 60.0
"""A frame that was begun, and an answer that was sent, must be through within this time."""
_READ_BUFFER_BYTES = 256 * 1024


@dataclass(frozen=True)
class Client:
    """Who asks: what a handler may know of the connection. `gone` is set when the client has closed its side."""

    client_id: str
    host: str
    version: int
    gone: asyncio.Event

    async def wait_for(self, awaited: asyncio.Future[Any], seconds: float | None = None) -> bool:
        """True when the future is done; False when the client went away or the time is over before."""
        leaving = asyncio.ensure_future(self.gone.wait())
        try:
            await asyncio.wait((awaited, leaving), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
        return awaited.done()


Handler = Callable[[Message, Client], Awaitable[Message | None]]
"""(request, client) -> response; None when no answer is wanted (Produce with acks=0) or the client is gone."""


class ClientReader(asyncio.StreamReader):
    """A stream reader that says at once when the client has closed its side, even while nobody reads."""

    def __init__(self) -> None:
        super().__init__(limit=_READ_BUFFER_BYTES)
        self.gone = asyncio.Event()

    def feed_eof(self) -> None:
        """Called by the event loop."""
        super().feed_eof()
        self.gone.set()

    def set_exception(self, exc: BaseException) -> None:
        """Called by the event loop when the connection breaks."""
        super().set_exception(exc)  # type: ignore[arg-type] # the stub of typeshed is narrower than asyncio
        self.gone.set()


@dataclass(eq=False)
class Connections:
    """All open connections and what they share."""

    config: BrokerConfig
    handlers: dict[int, Handler]
    budget: Budget
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def protocol(self) -> asyncio.StreamReaderProtocol:
        """What the server calls for each new connection."""
        return asyncio.StreamReaderProtocol(ClientReader(), self.serve)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client until it leaves or misbehaves."""
        task = asyncio.current_task()
        if task is None or not isinstance(reader, ClientReader):
            raise TypeError("serve runs as the task of a connection made by Connections.protocol")
        self.tasks.add(task)
        peer = writer.get_extra_info("peername") or ("?", 0)
        try:
            if len(self.tasks) > self.config.max_connections:
                raise ProtocolError(f"more than {self.config.max_connections} connections")
            while await self._exchange(reader, writer, str(peer[0])):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client left
        except asyncio.CancelledError:
            pass  # `close` ends the task; asyncio's stream protocol would report one that ends as cancelled as an error
        except (ProtocolError, TimeoutError) as error:
            logger.warning("closing the connection from port %s: %s", peer[1], str(error) or "it stalled")
        except Exception:
            logger.exception("closing the connection from port %s after an unexpected error", peer[1])
        finally:
            self.tasks.discard(task)
            writer.close()

    async def close(self) -> None:
        """End every connection now."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _exchange(self, reader: ClientReader, writer: asyncio.StreamWriter, host: str) -> bool:
        size = int.from_bytes(await reader.readexactly(4), "big", signed=True)
        if not _HEAD.size <= size <= self.config.max_request_bytes:
            raise ProtocolError(f"a request of {size} bytes is not plausible")
        async with self.budget.reserve(size):
            async with asyncio.timeout(_STALL_SECONDS):
                frame = await reader.readexactly(size)
            answer = await self._answer(memoryview(frame), reader.gone, host)
            del frame
        if answer is None:
            return not reader.gone.is_set() or not reader.at_eof()
        async with self.budget.reserve(len(answer)), asyncio.timeout(_STALL_SECONDS):
            writer.write(answer)
            del answer
            await writer.drain()
        return True

    async def _answer(self, frame: memoryview, gone: asyncio.Event, host: str) -> bytearray | None:
        key, version, correlation_id, client_id, at = _read_head(frame)
        out = bytearray(4) + correlation_id.to_bytes(4, "big", signed=True)
        api = APIS.get(key)
        if key == _API_VERSIONS and api is not None and not api.speaks(version):
            # KIP-511: a newer client learns from version 0 with error 35 which versions it may use.
            response_writer(key, 0)(out, advertised(ErrorCode.UNSUPPORTED_VERSION))
            return _with_length(out)
        api = _check_spoken(api, key, version, len(frame))
        request, _ = request_reader(key, version)(frame, at)
        response = await self.handlers[key](request, Client(client_id, host, version, gone))
        if response is None:
            return None
        response_writer(key, version)(out, response)
        return _with_length(out)


def advertised(error: ErrorCode = ErrorCode.NONE) -> Message:
    """The answer to ApiVersions."""
    keys = [{"api_key": a.key, "min_version": a.versions[0], "max_version": a.versions[1]} for a in APIS.values()]
    return {"error_code": error, "api_keys": keys}


def _read_head(frame: memoryview) -> tuple[int, int, int, str, int]:
    key, version, correlation_id, length = _HEAD.unpack_from(frame)
    end = _HEAD.size + max(0, length)
    if length < -1 or end > len(frame):
        raise ProtocolError("the client id does not fit its request")
    client_id = str(frame[_HEAD.size : end], "utf-8", "replace")
    return key, version, correlation_id, client_id, end


def _check_spoken(api: Api | None, key: int, version: int, size: int) -> Api:
    if api is None:
        raise ProtocolError(f"API {key} is not spoken here")
    if not api.speaks(version):
        raise ProtocolError(f"{api.name} version {version} is not spoken here, only {api.versions}")
    if key != _PRODUCE and size > _MAX_SMALL_REQUEST_BYTES:
        raise ProtocolError(f"a {api.name} request of {size} bytes is not plausible")
    return api


def _with_length(out: bytearray) -> bytearray:
    out[:4] = (len(out) - 4).to_bytes(4, "big")
    return out
