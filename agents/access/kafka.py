"""The options by which every Kafka client proves itself and its broker. One place, so that none is left out."""

from __future__ import annotations

from typing import Any, Final

from agents.access.certificates import tls_context
from agents.access.rules import uses_sasl, uses_tls
from agents.access.secrets import secret
from agents.settings import Settings

_PROTOCOLS: Final = {
    "plaintext": "PLAINTEXT",
    "tls": "SSL",
    "sasl_plaintext": "SASL_PLAINTEXT",
    "sasl_tls": "SASL_SSL",
}


def security_options(settings: Settings) -> dict[str, Any]:
    """`security_protocol` and what belongs to it, in aiokafka's names. It holds secrets: never print it.

    Raises:
        SettingsError: a certificate or a secret cannot be read.
    """
    options: dict[str, Any] = {"security_protocol": _PROTOCOLS[settings.kafka_security]}
    if uses_tls(settings):
        options["ssl_context"] = tls_context(settings)
    if uses_sasl(settings):
        options["sasl_mechanism"] = settings.kafka_sasl_mechanism
        options["sasl_plain_username"] = settings.kafka_username
        options["sasl_plain_password"] = secret(settings, "kafka_password")
    return options
