"""Why a broker does not let us in, asked of servers that only pretend to be one; real ones are asked in tests/real."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme

from agents.access.certificates import tls_context
from agents.access.diagnosis import diagnose
from agents.access.kafka import security_options
from agents.errors import AccessError, SettingsError, UnavailableError
from agents.kafka import open_admin
from agents.settings import Settings

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return file


async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


@asynccontextmanager
async def server(talk: Talk = hang_up, context: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """`host:port` of a server that talks so."""
    started = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
    async with started:
        yield f"127.0.0.1:{started.sockets[0].getsockname()[1]}"


def proven_by(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    return context


async def told(servers: str, **changes: Any) -> str:
    found = await diagnose(Settings.model_validate({"kafka_url": f"kafka://{servers}", **changes}), servers)
    assert found is not None
    return str(found)


async def test_an_address_where_nobody_listens_is_named() -> None:
    assert "no Kafka broker answers at 127.0.0.1:1: " in await told("127.0.0.1:1")
    assert "the name no.invalid cannot be resolved" in await told("no.invalid:9092")


async def test_a_port_with_tls_and_one_without_are_told_apart(authority: trustme.CA, ca_file: Path) -> None:
    async with server(context=proven_by(authority, "127.0.0.1")) as with_tls, server() as without:
        assert f"{with_tls} speaks TLS, but kafka_security is plaintext" in await told(with_tls)
        assert f"{without} speaks no TLS" in await told(without, kafka_security="tls", kafka_ca_file=ca_file)
        assert f"{without} accepts connections, but hangs up" in await told(without)


async def test_a_certificate_for_another_name_or_from_another_authority_is_not_accepted(
    authority: trustme.CA, ca_file: Path
) -> None:
    async with server(context=proven_by(authority, "other.example")) as other:
        assert "is for another name" in await told(other, kafka_security="tls", kafka_ca_file=ca_file)
        assert "is not signed by the usual authorities" in await told(other, kafka_security="tls")


async def test_no_secret_is_sent_to_a_server_that_does_not_prove_itself(authority: trustme.CA) -> None:
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(100))
        writer.close()

    user = {"kafka_username": "u", "kafka_password": "p"}
    async with server(listen, proven_by(authority, "127.0.0.1")) as unproven:
        assert "is not signed" in await told(unproven, kafka_security="sasl_tls", **user)
    assert heard == []


async def test_what_a_person_must_mend_is_told_before_what_may_pass(authority: trustme.CA) -> None:
    async with server(context=proven_by(authority, "127.0.0.1")) as with_tls:
        assert "speaks TLS" in await told(f"127.0.0.1:1,{with_tls}")
        settings = Settings(kafka_url=f"kafka://127.0.0.1:1,{with_tls}")
        with pytest.raises(AccessError, match="speaks TLS"):
            async with open_admin(settings):
                pass


async def test_nobody_there_may_pass() -> None:
    with pytest.raises(UnavailableError, match="no Kafka broker answers at") as caught:
        async with open_admin(Settings(kafka_url="kafka://127.0.0.1:1")):
            pass
    assert not isinstance(caught.value, AccessError)


def test_tls_accepts_no_unproven_server_whatever_the_settings(ca_file: Path) -> None:
    for given in ({}, {"kafka_ca_file": ca_file}):
        settings = Settings.model_validate({"kafka_url": "kafka://k.example:9092", "kafka_security": "tls", **given})
        context = tls_context(settings)
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname


def test_a_password_goes_to_no_client_without_the_context_that_protects_it() -> None:
    settings = Settings.model_validate(
        {
            "kafka_url": "kafka://k.example:9092",
            "kafka_security": "sasl_tls",
            "kafka_username": "u",
            "kafka_password": "p",
        }
    )
    options = security_options(settings)
    assert options["security_protocol"] == "SASL_SSL"
    assert isinstance(options["ssl_context"], ssl.SSLContext)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kafka_ca_file": "none.pem"}, "kafka_ca_file: there is no file"),
        ({"kafka_ca_file": "text.pem"}, "kafka_ca_file: .*holds no certificates"),
        ({"kafka_certificate_file": "none.pem"}, "kafka_certificate_file: there is no file"),
        ({"kafka_certificate_file": "text.pem", "kafka_key_file": "none.pem"}, "kafka_key_file: there is no file"),
        ({"kafka_certificate_file": "text.pem"}, "cannot be used"),
    ],
)
def test_files_that_are_no_certificates_are_refused_by_name(tmp_path: Path, given: dict[str, str], said: str) -> None:
    (tmp_path / "text.pem").write_text("hello")
    files = {name: tmp_path / file for name, file in given.items()}
    settings = Settings.model_validate({"kafka_url": "kafka://k.example:9092", "kafka_security": "tls", **files})
    with pytest.raises(SettingsError, match=said):
        tls_context(settings)
