"""The connection to a cluster: addresses, credentials, certificates, and its errors as ours."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from aiohttp import ServerDisconnectedError, ServerFingerprintMismatch
from elastic_transport import TlsError
from elasticsearch import ApiError, AsyncElasticsearch, TransportError

from agents.access.secrets import secret
from agents.errors import SettingsError
from agents.index.elasticsearch.bulk import error_type, reason_of
from agents.index.errors import IndexAccessError, IndexMissingError, IndexUnavailableError
from agents.settings import Settings

_CONNECTIONS: Final = 8
_MAX_TEXT: Final = 300
_TLS_ADVICE: Final = (
    "Check that the port speaks TLS, that index_url names the server as its certificate does, that the certificate has "
    "not expired, and index_ca_file or index_fingerprint; nothing was sent to it"
)
_PLAIN_ADVICE: Final = ". Where the server speaks TLS, index_url must begin with https://"


def open_client(settings: Settings) -> AsyncElasticsearch:
    """A client that never tries again by itself: the stage does, and shows signs of life while it waits.

    Raises:
        SettingsError: the API key, the password or the CA file cannot be read.
    """
    _quieten()
    credentials = _credentials(settings)
    try:
        return AsyncElasticsearch(
            settings.index_url.split(","),
            request_timeout=request_timeout_s(settings),
            connections_per_node=_CONNECTIONS,
            max_retries=0,
            retry_on_timeout=False,
            **credentials,
            **_certificates(settings),
        )
    except (OSError, ValueError) as error:
        raise SettingsError(f"index_url or index_ca_file: no connection can be made with them: {error}") from None


def request_timeout_s(settings: Settings) -> float:
    """Seconds; a write lasts twice that at most, which the watchdog must not take for a worker that stands still."""
    return min(settings.index_timeout_s, settings.wedge_timeout_s / 3)


def _quieten() -> None:
    """The client would decode every body for a debug log, shown or not, and repeat each request at level info."""
    logging.getLogger("elastic_transport.node").propagate = False
    logging.getLogger("elastic_transport.transport").setLevel(logging.ERROR)
    logging.getLogger("elastic_transport.node_pool").setLevel(logging.ERROR)


def _credentials(settings: Settings) -> dict[str, Any]:
    """Read anew for each client, so that a key that was exchanged in its file is taken up."""
    key = secret(settings, "index_api_key")
    if key is not None:
        file = settings.index_api_key_file
        return {"api_key": _checked_key(key.strip(), f"index_api_key_file: {file}" if file else "index_api_key")}
    if settings.index_username is not None:
        return {"basic_auth": (settings.index_username, secret(settings, "index_password"))}
    return {}


def _checked_key(key: str, where: str) -> str:
    """A key that fits into a header; else each request would fail as if by a bug of ours."""
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise SettingsError(f"{where} holds no API key; it is one word of letters, digits and = signs")
    return key


def _certificates(settings: Settings) -> dict[str, Any]:
    """Certificates are always verified: against the system's authorities, a given one, or by fingerprint."""
    if settings.index_fingerprint is not None:
        return {"ssl_assert_fingerprint": settings.index_fingerprint}
    if settings.index_ca_file is None:
        return {}
    if not settings.index_ca_file.is_file():
        raise SettingsError(f"index_ca_file: there is no file {settings.index_ca_file}")
    return {"ca_certs": str(settings.index_ca_file)}


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn the client's errors into ours.

    Raises:
        IndexAccessError: who we are or what we may do was refused, or the server does not prove itself.
        IndexMissingError: there is no such index.
        IndexUnavailableError: no answer, no usable answer, or a refusal of another kind.
    """
    try:
        yield
    except ApiError as error:
        raise answered(error, where) from error
    except TlsError as error:
        raise IndexAccessError(f"no usable answer from {where}: {_told(error)}. {_TLS_ADVICE}") from error
    except TransportError as error:
        cause = _cause(error)
        if isinstance(cause, ServerFingerprintMismatch):
            raise IndexAccessError(f"no usable answer from {where}: {_other_certificate(cause)}") from error
        hung_up = isinstance(cause, ServerDisconnectedError) and where.startswith("http://")
        advice = _PLAIN_ADVICE if hung_up else ""
        raise IndexUnavailableError(f"no usable answer from {where}: {_told(error)}{advice}") from error


def _cause(error: TransportError) -> BaseException | None:
    """What aiohttp said, which the client puts into its own words."""
    return error.__cause__ or error.__context__ or next(iter(error.errors), None)


def _other_certificate(error: ServerFingerprintMismatch) -> str:
    return (
        f"its certificate has the SHA-256 fingerprint {error.got.hex()}, not that of index_fingerprint. If the "
        "certificate was renewed, set index_fingerprint to the new one; nothing was sent"
    )


def _told(error: TransportError) -> str:
    """The client keeps the reason of a connection that failed to itself."""
    reasons = [repr(cause) for cause in error.errors if str(cause) not in str(error.message)]
    return " ".join([str(error.message), *reasons[:1]])[:_MAX_TEXT]


def answered(error: ApiError, where: str) -> IndexUnavailableError:
    """The error for an answer that is none of success."""
    cause = error.body.get("error") if isinstance(error.body, dict) else str(error.body)[:_MAX_TEXT]
    said = f"{where} answered {error.status_code}: {reason_of(cause)}"
    if is_refusal(error.status_code, error_type(cause)):
        return IndexAccessError(f"{said}; mend the API key or its rights, nothing is lost meanwhile")
    if error.status_code == 404 and error_type(cause) == "index_not_found_exception":
        return IndexMissingError(f"{said}; the indexer makes it when it starts")
    return IndexUnavailableError(said)


def is_refusal(status: int, error: str | None) -> bool:
    """Whether the server refuses the caller; it also answers 403 for an index that is blocked."""
    return status == 401 or (status == 403 and error != "cluster_block_exception")
