"""TLS towards Kafka: the server always proves itself and its name; we prove ourselves where a certificate is set."""

from __future__ import annotations

import ssl
from pathlib import Path

from agents.access.secrets import secret
from agents.errors import SettingsError
from agents.settings import Settings


def tls_context(settings: Settings) -> ssl.SSLContext:
    """A context that accepts no unproven server and no other name than the one that was dialled. Blocks for some ms.

    Raises:
        SettingsError: a file of certificates or the key cannot be used; the message names it.
    """
    context = _trusting(settings.kafka_ca_file)
    if settings.kafka_certificate_file is not None:
        _identify(context, settings.kafka_certificate_file, settings)
    return context


def _trusting(ca_file: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except FileNotFoundError:
        raise SettingsError(f"kafka_ca_file: there is no file {ca_file}") from None
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise SettingsError(f"kafka_ca_file: {ca_file} holds no certificates in PEM: {error}") from None


def _identify(context: ssl.SSLContext, certificate: Path, settings: Settings) -> None:
    key = settings.kafka_key_file or certificate
    for setting, file in (("kafka_certificate_file", certificate), ("kafka_key_file", key)):
        if not file.is_file():
            raise SettingsError(f"{setting}: there is no file {file}")
    # Never None: OpenSSL would then ask whoever sits at the terminal, or wait for ever where nobody does.
    password = secret(settings, "kafka_key_password") or ""
    try:
        context.load_cert_chain(certificate, key, password=password)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"kafka_certificate_file: {certificate} and the key in {key} cannot be used: {error}. Both must be PEM, "
            "belong together, and kafka_key_password must open the key if it is encrypted"
        ) from None
