"""What protects a connection, in words for a person; never a secret."""

from __future__ import annotations

from agents.access.rules import is_given, is_in_the_open, uses_sasl, uses_tls
from agents.settings import EMBEDDED, Settings

_USUAL = "the usual authorities"


def kafka_security(settings: Settings) -> str:
    if settings.uses_embedded_broker:
        return "embedded, on this machine only: no TLS, no passwords"
    tls = f"TLS, broker proven by {settings.kafka_ca_file or _USUAL}" if uses_tls(settings) else "no TLS"
    if uses_sasl(settings):
        return f"{tls}, {settings.kafka_sasl_mechanism} as user {settings.kafka_username}"
    if settings.kafka_certificate_file is not None:
        return f"{tls}, we prove ourselves with {settings.kafka_certificate_file}"
    return f"{tls}, we prove nothing"


def index_security(settings: Settings) -> str:
    if settings.index_url == EMBEDDED:
        return "embedded, files of this machine"
    return f"{_index_tls(settings)}, {_index_user(settings)}"


def _index_tls(settings: Settings) -> str:
    if settings.index_url.startswith("http://"):
        return "no TLS" if is_in_the_open(settings.index_url) else "no TLS, on this machine only"
    if settings.index_fingerprint is not None:
        return "TLS, server proven by its certificate's fingerprint"
    return f"TLS, server proven by {settings.index_ca_file or _USUAL}"


def _index_user(settings: Settings) -> str:
    if is_given(settings, "index_api_key"):
        return "with an API key"
    return f"as user {settings.index_username}" if settings.index_username else "we prove nothing"
