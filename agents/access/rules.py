"""Which settings of a connection contradict each other. Pure.

A setting that would be ignored is refused as well: who gives a password believes that it protects something.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from agents.settings import Settings

SECRETS: Final = ("kafka_password", "kafka_key_password", "index_api_key", "index_password")
"""Each may stand in a file instead, which the setting of the same name with `_file` names."""

_CERTIFICATES: Final = ("kafka_ca_file", "kafka_certificate_file", "kafka_key_file")
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


def uses_tls(settings: Settings) -> bool:
    return settings.kafka_security in ("tls", "sasl_tls")


def uses_sasl(settings: Settings) -> bool:
    return settings.kafka_security in ("sasl_tls", "sasl_plaintext")


def is_given(settings: Settings, secret: str) -> bool:
    """Whether there is such a secret, here or in a file."""
    return getattr(settings, secret) is not None or getattr(settings, f"{secret}_file") is not None


def problem_of(settings: Settings) -> str | None:
    """The first contradiction, with what to do about it. None when the settings fit together."""
    return next((problem for check in _CHECKS if (problem := check(settings))), None)


def _secret_stands_in_one_place(settings: Settings) -> str | None:
    for name in SECRETS:
        if getattr(settings, name) is not None and getattr(settings, f"{name}_file") is not None:
            return f"{name} and {name}_file are both set; keep one"
    return None


def _embedded_broker_has_no_security(settings: Settings) -> str | None:
    if settings.uses_embedded_broker and settings.kafka_security != "plaintext":
        return (
            f"kafka_security is {settings.kafka_security}, but the embedded broker speaks neither TLS nor SASL; set "
            "kafka_url to your Kafka, or kafka_security to plaintext"
        )
    return None


def _sasl_has_what_it_needs(settings: Settings) -> str | None:
    has_user, has_password = settings.kafka_username is not None, is_given(settings, "kafka_password")
    if uses_sasl(settings):
        if not (has_user and has_password):
            return f"kafka_security is {settings.kafka_security}: kafka_username and kafka_password(_file) must be set"
    elif has_user or has_password:
        return (
            f"kafka_username or kafka_password is set, but kafka_security is {settings.kafka_security}, which would "
            "not use them; set kafka_security to sasl_tls"
        )
    return None


def _password_is_not_sent_in_the_open(settings: Settings) -> str | None:
    # On loopback too: the brokers' own addresses, which the first one tells, may be anywhere.
    if settings.kafka_security == "sasl_plaintext" and not settings.kafka_allow_sasl_without_tls:
        return (
            "kafka_security is sasl_plaintext, which sends what proves us, and every article, over the network in the "
            "open; set it to sasl_tls, or allow this with kafka_allow_sasl_without_tls"
        )
    return None


def _certificates_are_used(settings: Settings) -> str | None:
    given = [name for name in _CERTIFICATES if getattr(settings, name) is not None]
    if given and not uses_tls(settings):
        said = f"{given[0]} is set, but kafka_security is {settings.kafka_security}, without TLS"
        return f"{said}; set it to tls or sasl_tls"
    if settings.kafka_certificate_file is None:
        if settings.kafka_key_file is not None:
            return "kafka_key_file is set without kafka_certificate_file; a key proves nothing without its certificate"
        if is_given(settings, "kafka_key_password"):
            return "kafka_key_password is set without kafka_certificate_file; there is no key that it opens"
    return None


def _index_is_asked_in_one_name(settings: Settings) -> str | None:
    has_user, has_password = settings.index_username is not None, is_given(settings, "index_password")
    if has_user != has_password:
        return "index_username and index_password(_file) belong together; set both or neither"
    if has_user and is_given(settings, "index_api_key"):
        return "index_api_key and index_username are both set; keep one"
    return None


def _index_is_proven_in_one_way(settings: Settings) -> str | None:
    if settings.index_ca_file is not None and settings.index_fingerprint is not None:
        return "index_ca_file and index_fingerprint are both set; either one proves the server, keep one"
    return None


def _index_secret_is_not_sent_in_the_open(settings: Settings) -> str | None:
    kinds = {"an API key": "index_api_key", "a password": "index_password"}
    sent = [kind for kind, name in kinds.items() if is_given(settings, name)]
    if sent and any(is_in_the_open(one) for one in settings.index_url.split(",")):
        return f"{sent[0]} would cross the network in the open; index_url must begin with https://"
    return None


def is_in_the_open(url: str) -> bool:
    """Whether what is sent there can be read on the way. Elasticsearch answers where it is asked: loopback is safe."""
    address = urlsplit(url)
    return address.scheme == "http" and address.hostname not in _LOOPBACK


_CHECKS: Final[tuple[Callable[[Settings], str | None], ...]] = (
    _secret_stands_in_one_place,
    _embedded_broker_has_no_security,
    _sasl_has_what_it_needs,
    _password_is_not_sent_in_the_open,
    _certificates_are_used,
    _index_is_asked_in_one_name,
    _index_is_proven_in_one_way,
    _index_secret_is_not_sent_in_the_open,
)
