"""Why a Kafka broker does not let us in, in words that a person can act on.

aiokafka keeps the reason to itself ("Unable to bootstrap"). So after a failure each address is tried once more, step by
step, until one step fails: reach it -> TLS -> who we are -> what it holds.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from dataclasses import dataclass
from typing import Any, Final

from aiokafka.conn import AIOKafkaConnection, collect_hosts, create_conn
from aiokafka.errors import (
    IllegalSaslStateError,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)
from aiokafka.protocol.metadata import MetadataRequest

from agents.access.kafka import security_options
from agents.access.rules import uses_sasl, uses_tls
from agents.settings import Settings

_STEP_S: Final = 4.0
"""Longest wait for one step, seconds."""


@dataclass(frozen=True)
class Trouble:
    """What happened and where, and what to do."""

    said: str
    advice: str
    passes: bool = False
    """Whether it may mend itself: nobody answers. Else a person has to do something."""

    def __str__(self) -> str:
        return f"{self.said}. {self.advice}" if self.advice else self.said


async def diagnose(settings: Settings, servers: str) -> Trouble | None:
    """Try each of the *servers* (`host:port[,...]`). None when one lets us in now.

    Raises:
        SettingsError: a certificate or a secret cannot be read.
    """
    options = await asyncio.to_thread(security_options, settings)
    found = await asyncio.gather(
        *(_Attempt(settings, options, host, port).trouble() for host, port, _ in collect_hosts(servers))
    )
    troubles = [one for one in found if one is not None]
    if len(troubles) < len(found):
        return None
    return next((one for one in troubles if not one.passes), troubles[0])


@dataclass(frozen=True)
class _Attempt:
    """One address, step by step."""

    settings: Settings
    options: dict[str, Any]
    host: str
    port: int

    @property
    def where(self) -> str:
        return f"{self.host}:{self.port}"

    async def trouble(self) -> Trouble | None:
        if unreachable := await self._unreachable():
            return unreachable
        if uses_tls(self.settings) and (unproven := await self._tls_trouble()):
            return unproven
        return await self._kafka_trouble()

    async def _unreachable(self) -> Trouble | None:
        try:
            await self._dial(None)
        except socket.gaierror as error:
            return self._nobody(f"the name {self.host} cannot be resolved ({error.strerror})")
        except TimeoutError:
            return self._nobody(f"no connection within {_STEP_S:g} s")
        except OSError as error:
            return self._nobody(error.strerror or type(error).__name__)
        return None

    def _nobody(self, why: str) -> Trouble:
        advice = "Start the broker, or set TOCSIN_KAFKA_URL to one that runs"
        return Trouble(f"no Kafka broker answers at {self.where}: {why}", advice, passes=True)

    async def _dial(self, context: ssl.SSLContext | None) -> None:
        """Connect, shake hands over TLS when there is a *context*, and hang up."""
        async with asyncio.timeout(_STEP_S):
            _, writer = await asyncio.open_connection(self.host, self.port, ssl=context)
        writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    async def _tls_trouble(self) -> Trouble | None:
        try:
            await self._dial(self.options["ssl_context"])
        except ssl.SSLCertVerificationError as error:
            return _unproven(error, self.where, self.settings)
        except TimeoutError as error:
            return self._silent(error)
        except OSError as error:
            if _says(error, "ALERT"):
                return _refused_certificate(error, self.where, self.settings)
            return Trouble(
                f"{self.where} speaks no TLS, but kafka_security is {self.settings.kafka_security}",
                "Use the broker's TLS port, or set kafka_security to what this port speaks",
            )
        return None

    async def _kafka_trouble(self) -> Trouble | None:
        """What the broker says to a Kafka client; over TLS 1.3 it refuses our certificate only here."""
        try:
            connection = await create_conn(
                self.host, self.port, client_id="tocsin", request_timeout_ms=int(_STEP_S * 1000), **self.options
            )
        except SaslAuthenticationFailed as error:
            return self._refused_user(error)
        except UnsupportedSaslMechanismError as error:
            return Trouble(
                f"the broker at {self.where} does not know {self.settings.kafka_sasl_mechanism}: {error}",
                "Set kafka_sasl_mechanism to one that it knows",
            )
        except IllegalSaslStateError:
            return Trouble(
                f"the broker at {self.where} asks for no password on this port",
                "Use the port that does, or set kafka_security to plaintext or tls",
            )
        except (KafkaError, OSError) as error:
            return await self._closed(error)
        try:
            await _ask(connection)
        except (KafkaError, OSError) as error:
            return await self._closed(error)
        finally:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(connection.close(), _STEP_S)
        return None

    def _refused_user(self, error: KafkaError) -> Trouble:
        return Trouble(
            f"the broker at {self.where} refuses the user {self.settings.kafka_username!r} "
            f"({self.settings.kafka_sasl_mechanism}): {_told(error)}",
            "Check kafka_username, kafka_password or its file, and kafka_sasl_mechanism",
        )

    async def _closed(self, error: Exception) -> Trouble:
        """The broker hung up or kept silent: which of the usual causes?"""
        security = self.settings.kafka_security
        if not uses_tls(self.settings) and await self._speaks_tls():
            return Trouble(
                f"{self.where} speaks TLS, but kafka_security is {security}",
                "Set kafka_security to tls, or to sasl_tls where the broker asks for a password",
            )
        if uses_tls(self.settings) and not uses_sasl(self.settings):
            return _refused_certificate(error, self.where, self.settings)
        return self._silent(error)

    def _silent(self, error: Exception) -> Trouble:
        security = self.settings.kafka_security
        advice = f"Is it the port of a Kafka broker, is the broker well, and is the port meant for {security}?"
        if not uses_sasl(self.settings):
            advice += " Where it asks for a password, set kafka_security to sasl_tls"
        said = f"{self.where} accepts connections, but hangs up or keeps silent ({_told(error)})"
        return Trouble(said, advice, passes=True)

    async def _speaks_tls(self) -> bool:
        try:
            await self._dial(ssl.create_default_context())
        except ssl.SSLCertVerificationError:
            return True  # it showed a certificate, whosever
        except (TimeoutError, OSError) as error:
            return _says(error, "ALERT")
        return True


async def _ask(connection: AIOKafkaConnection) -> None:
    async with asyncio.timeout(_STEP_S):
        await connection.send(MetadataRequest([]))


def _told(error: BaseException) -> str:
    """aiokafka wraps what happened into its own names and numbers."""
    if isinstance(error, TimeoutError):
        return f"nothing within {_STEP_S:g} s"
    if isinstance(error, ssl.SSLError):
        return error.reason or str(error)
    return str(error.args[0] if error.args else "") or type(error).__name__


def _says(error: Exception, word: str) -> bool:
    return isinstance(error, ssl.SSLError) and word in (error.reason or "")


# Numbers of X509_V_ERR_*: https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/
_NOT_YET, _EXPIRED, _OTHER_NAME, _OTHER_ADDRESS = 9, 10, 62, 64
_UNKNOWN_SIGNER: Final = frozenset({2, 18, 19, 20, 21, 27})


def _unproven(error: ssl.SSLCertVerificationError, where: str, settings: Settings) -> Trouble:
    """The server's certificate was not accepted. Nothing was sent to it."""
    shown = f"the certificate of {where}"
    trusted = settings.kafka_ca_file or "the usual authorities"
    match error.verify_code:
        case code if code in (_OTHER_NAME, _OTHER_ADDRESS):
            return Trouble(
                f"{shown} is for another name: {error.verify_message.rstrip('.')}",
                "Set kafka_url to the name in the certificate, or have the broker's certificate name this address",
            )
        case code if code == _EXPIRED:
            return Trouble(f"{shown} has expired", "Renew the broker's certificate; check this machine's clock")
        case code if code == _NOT_YET:
            return Trouble(f"{shown} is not valid yet", "Check the clocks of this machine and of the broker's")
        case code if code in _UNKNOWN_SIGNER:
            return Trouble(
                f"{shown} is not signed by {trusted}: {error.verify_message}",
                "Set kafka_ca_file to the certificates (PEM) of the authority that signed the broker's",
            )
    return Trouble(f"{shown} is not accepted: {error.verify_message}", "See the broker's certificate and kafka_ca_file")


def _refused_certificate(error: Exception, where: str, settings: Settings) -> Trouble:
    own, told = settings.kafka_certificate_file, _told(error)
    if own is None:
        return Trouble(
            f"{where} ends the connection after TLS ({told})",
            "It asks for a password (set kafka_security to sasl_tls) or for a certificate of ours "
            "(kafka_certificate_file, kafka_key_file)",
        )
    return Trouble(
        f"{where} does not accept our certificate {own} ({told})",
        "Set kafka_certificate_file to one that is valid and signed by an authority that the brokers trust",
    )
