"""Settings of connections: what is refused before anything is connected, and that nothing prints a secret."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from agents.access.rules import SECRETS
from agents.access.words import index_security, kafka_security
from agents.cli.main import app
from agents.errors import SettingsError
from agents.settings import Settings, load_settings
from agents.supervision.child import environment_of

SECRET = "s3cret-word"
URL = {"kafka_url": "kafka://k.example:9092"}
USER = {"kafka_username": "u", "kafka_password": SECRET}
SASL = {**URL, **USER, "kafka_security": "sasl_tls"}
TLS = {**URL, "kafka_security": "tls"}
INDEX = {"index_url": "https://e.example:9200"}

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"kafka_url": f"kafka://u:{SECRET}@k.example:9092"}, "holds a password"),
    ({"kafka_security": "tls"}, "embedded broker speaks neither TLS nor SASL"),
    ({**URL, "kafka_security": "sasl"}, "kafka_security"),
    ({**URL, **USER}, "would not use them; set kafka_security to sasl_tls"),
    ({**URL, "kafka_username": "u"}, "would not use them"),
    ({**TLS, **USER}, "would not use them"),
    ({**URL, "kafka_security": "sasl_tls"}, r"kafka_username and kafka_password\(_file\) must be set"),
    ({**SASL, "kafka_password": None}, "must be set"),
    ({**SASL, "kafka_username": None}, "must be set"),
    ({**SASL, "kafka_password_file": "f"}, "kafka_password and kafka_password_file are both set"),
    ({**SASL, "kafka_security": "sasl_plaintext"}, "allow this with kafka_allow_sasl_without_tls"),
    (
        {**SASL, "kafka_security": "sasl_plaintext", "kafka_url": "kafka://127.0.0.1:9092"},
        "allow this with kafka_allow_sasl_without_tls",
    ),
    ({**SASL, "kafka_sasl_mechanism": "GSSAPI"}, "kafka_sasl_mechanism"),
    ({**SASL, "kafka_password": ""}, "kafka_password"),
    ({**URL, "kafka_ca_file": "ca.pem"}, "kafka_ca_file is set, but kafka_security is plaintext"),
    ({**URL, "kafka_certificate_file": "c.pem"}, "kafka_certificate_file is set, but"),
    ({**TLS, "kafka_key_file": "k.pem"}, "without kafka_certificate_file"),
    ({**TLS, "kafka_key_password": SECRET}, "no key that it opens"),
    (
        {**TLS, "kafka_certificate_file": "c.pem", "kafka_key_password": SECRET, "kafka_key_password_file": "f"},
        "kafka_key_password and kafka_key_password_file are both set",
    ),
    ({**INDEX, "index_username": "u"}, "belong together"),
    ({**INDEX, "index_password": SECRET}, "belong together"),
    ({**INDEX, "index_username": "u", "index_password": SECRET, "index_password_file": "f"}, "both set"),
    ({**INDEX, "index_username": "u", "index_password": SECRET, "index_api_key": SECRET}, "keep one"),
    ({"index_url": "http://e.example:9200", "index_username": "u", "index_password": SECRET}, "a password would cross"),
]


@pytest.mark.parametrize(("given", "said"), REFUSED)
def test_settings_that_contradict_each_other_are_refused_without_their_secrets(
    given: dict[str, Any], said: str
) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        load_settings(given, {})
    assert SECRET not in "".join(traceback.format_exception(caught.value))


ACCEPTED: list[tuple[dict[str, Any], str]] = [
    ({}, "embedded, on this machine only"),
    (URL, "no TLS, we prove nothing"),
    (TLS, "TLS, broker proven by the usual authorities, we prove nothing"),
    (SASL, "TLS, broker proven by the usual authorities, SCRAM-SHA-512 as user u"),
    ({**SASL, "kafka_sasl_mechanism": "PLAIN", "kafka_ca_file": "/ca.pem"}, "proven by /ca.pem, PLAIN as user u"),
    ({**TLS, "kafka_certificate_file": "/c.pem"}, "we prove ourselves with /c.pem"),
    (
        {**SASL, "kafka_security": "sasl_plaintext", "kafka_allow_sasl_without_tls": True},
        "no TLS, SCRAM-SHA-512 as user u",
    ),
]


@pytest.mark.parametrize(("given", "said"), ACCEPTED)
def test_what_protects_kafka_is_said_in_words(given: dict[str, Any], said: str) -> None:
    words = kafka_security(load_settings(given, {}))
    assert said in words
    assert SECRET not in words


INDEXED: list[tuple[dict[str, Any], str]] = [
    ({}, "embedded"),
    ({"index_url": "http://127.0.0.1:9200"}, "no TLS, on this machine only, we prove nothing"),
    ({"index_url": "http://e.example:9200"}, "no TLS, we prove nothing"),
    ({**INDEX, "index_api_key": SECRET}, "TLS, server proven by the usual authorities, with an API key"),
    (
        {**INDEX, "index_username": "u", "index_password": SECRET, "index_fingerprint": "AB" * 32},
        "fingerprint, as user u",
    ),
    ({**INDEX, "index_ca_file": "/ca.pem", "index_api_key_file": "/k"}, "server proven by /ca.pem, with an API key"),
]


@pytest.mark.parametrize(("given", "said"), INDEXED)
def test_what_protects_the_index_is_said_in_words(given: dict[str, Any], said: str) -> None:
    words = index_security(load_settings(given, {}))
    assert said in words
    assert SECRET not in words


@pytest.mark.parametrize(
    ("name", "ours"),
    [("SSL", "tls"), ("SASL_SSL", "sasl_tls"), ("PLAINTEXT", "plaintext"), ("SASL_PLAINTEXT", "sasl_plaintext")],
)
def test_kafkas_own_names_are_understood(name: str, ours: str) -> None:
    user = USER if "SASL" in name else {}
    settings = load_settings({**URL, **user, "kafka_security": name, "kafka_allow_sasl_without_tls": True}, {})
    assert settings.kafka_security == ours


def whole(folder: Path) -> Settings:
    """Settings with every secret that can be set at once."""
    given = {
        **SASL,
        **INDEX,
        "data_dir": folder,
        "kafka_certificate_file": "c.pem",
        "kafka_key_password": SECRET,
        "index_username": "u",
        "index_password": SECRET,
    }
    return Settings.model_validate(given)


def test_nothing_prints_a_secret_and_a_child_gets_it(tmp_path: Path) -> None:
    settings = whole(tmp_path)
    assert SECRET not in repr(settings) + str(settings) + settings.model_dump_json()
    assert load_settings(environ=environment_of(settings)) == settings


@pytest.mark.parametrize("arguments", [["config", "show"], ["config", "show", "--json"]])
def test_config_show_names_every_secret_and_shows_none(arguments: list[str], tmp_path: Path) -> None:
    result = CliRunner().invoke(app, arguments, env={**environment_of(whole(tmp_path)), "COLUMNS": "300"})
    assert result.exit_code == 0
    assert all(name in result.output for secret in SECRETS for name in (secret, f"{secret}_file"))
    assert SECRET not in result.output
