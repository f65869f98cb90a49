"""Faust speaks to the brokers as the plain clients do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from agents.app import make_app
from agents.enricher import ENRICHER
from agents.outcomes import Done, Outcome
from agents.sender import KafkaSender
from agents.settings import Settings
from agents.spec import Running
from agents.stage import Stage

USER = {"kafka_username": "u", "kafka_password": "p"}


def credentials_for(folder: Path, given: dict[str, Any]) -> Any:
    """Those of the enricher's Faust app."""
    settings = Settings.model_validate({"data_dir": folder, "kafka_url": "kafka://k.example:9092", **given})

    async def step(messages: Any) -> list[Outcome]:
        return [Done() for _ in messages]

    stage = Stage(
        name="enricher",
        step=step,
        sender=KafkaSender(settings),
        dead_letters="d",
        max_attempts=1,
        stopping=lambda: False,
    )
    return make_app(settings, ENRICHER, Running(step), stage).conf.broker_credentials


@pytest.mark.parametrize(
    ("given", "protocol"),
    [
        ({"kafka_security": "tls"}, "SSL"),
        ({"kafka_security": "sasl_tls", **USER}, "SASL_SSL"),
        ({"kafka_security": "sasl_plaintext", "kafka_allow_sasl_without_tls": True, **USER}, "SASL_PLAINTEXT"),
    ],
)
def test_faust_is_given_what_the_settings_say(tmp_path: Path, given: dict[str, Any], protocol: str) -> None:
    credentials = credentials_for(tmp_path, given)
    assert credentials.protocol.value == protocol
    if "kafka_username" in given:
        assert (credentials.mechanism.value, credentials.username, credentials.password) == ("SCRAM-SHA-512", "u", "p")
    assert "'p'" not in repr(credentials)


def test_without_security_faust_is_given_none(tmp_path: Path) -> None:
    assert credentials_for(tmp_path, {}) is None


def test_a_password_without_tls_that_nobody_allowed_never_reaches_faust(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_context(settings: Settings) -> dict[str, Any]:
        return {
            "bootstrap_servers": "k.example:9092",
            "security_protocol": "SASL_SSL",
            "sasl_mechanism": "PLAIN",
            "sasl_plain_username": "u",
            "sasl_plain_password": "p",
        }

    monkeypatch.setattr("agents.app.client_options", without_context)
    with pytest.raises(ValueError, match="Faust would not use SASL_SSL"):
        credentials_for(tmp_path, {"kafka_security": "sasl_tls", **USER})
