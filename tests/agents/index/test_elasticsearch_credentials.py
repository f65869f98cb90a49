"""Who the server is and who we are: proven, never shown."""

from __future__ import annotations

import hashlib
import os
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from agents.cli.main import app
from agents.errors import SettingsError
from agents.index import IndexDocument, IndexUnavailableError, Outcome
from agents.index.elasticsearch import ElasticsearchIndex
from agents.index.elasticsearch.client import request_timeout_s
from agents.settings import Settings, load_settings
from agents.supervision.child import ChildSpec, environment_of
from tests.agents.index.stub_cluster import StubCluster, stub_cluster

SECRET = "c2VjcmV0OmtleQ"
DOCUMENT = IndexDocument(id="a", version=1, body={"@timestamp": "2026-03-01T00:00:00.000Z"})


@dataclass(frozen=True)
class Certificate:
    file: Path
    key: Path

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.file.read_text())).hexdigest().upper()


def make_certificate(folder: Path) -> Certificate:
    made = Certificate(folder / "cert.pem", folder / "key.pem")
    options = "-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    extensions = "-addext subjectAltName=IP:127.0.0.1 -addext keyUsage=critical,digitalSignature,keyCertSign"
    command = ["openssl", "req", *options.split(), *extensions.split(), "-keyout", str(made.key), "-out"]
    subprocess.run([*command, str(made.file)], check=True, capture_output=True)
    return made


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Certificate, Certificate]:
    """The server's, and one of somebody else."""
    if shutil.which("openssl") is None and os.environ.get("TOCSIN_REQUIRE_REAL") != "1":
        pytest.skip("openssl not installed")
    return make_certificate(tmp_path_factory.mktemp("own")), make_certificate(tmp_path_factory.mktemp("other"))


@pytest.fixture
async def secured(certificates: tuple[Certificate, Certificate]) -> AsyncIterator[StubCluster]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates[0].file, certificates[0].key)
    async with stub_cluster(context=context) as running:
        yield running


async def written(settings: Settings) -> list[Outcome]:
    index = ElasticsearchIndex(settings)
    try:
        return await index.write([DOCUMENT])
    finally:
        await index.close()


@pytest.mark.parametrize("proof", ["authority", "fingerprint", "fingerprint with colons"])
async def test_server_that_proves_itself_is_written(
    secured: StubCluster, certificates: tuple[Certificate, Certificate], proof: str
) -> None:
    print_of = certificates[0].fingerprint
    colons = ":".join(print_of[n : n + 2] for n in range(0, 64, 2))
    proofs: dict[str, dict[str, Any]] = {
        "authority": {"index_ca_file": certificates[0].file},
        "fingerprint": {"index_fingerprint": print_of},
        "fingerprint with colons": {"index_fingerprint": colons},
    }
    assert await written(secured.settings(index_api_key=SECRET, **proofs[proof])) == [Outcome("written")]
    assert secured.keys == [f"ApiKey {SECRET}"]


@pytest.mark.parametrize("proof", ["usual authorities", "other authority", "other fingerprint"])
async def test_server_that_does_not_prove_itself_never_sees_the_key(
    secured: StubCluster, certificates: tuple[Certificate, Certificate], proof: str
) -> None:
    proofs: dict[str, dict[str, Any]] = {
        "usual authorities": {},
        "other authority": {"index_ca_file": certificates[1].file},
        "other fingerprint": {"index_fingerprint": certificates[1].fingerprint},
    }
    with pytest.raises(IndexUnavailableError, match="no usable answer") as caught:
        await written(secured.settings(index_api_key=SECRET, **proofs[proof]))
    assert SECRET not in str(caught.value)
    assert (secured.keys, secured.requests) == ([], 0)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"index_api_key": SECRET, "index_api_key_file": "key"}, "keep one"),
    ({"index_ca_file": "ca.pem", "index_fingerprint": "AB" * 32}, "keep one"),
    ({"index_url": f"https://elastic:{SECRET}@es.example:9200"}, "holds a password"),
    ({"index_url": "http://es.example:9200", "index_api_key": SECRET}, "in the open"),
    ({"index_url": "https://es.example:9200,http://es.example:9200"}, "begin alike"),
    ({"index_url": "https://es.example"}, "https://host:port"),
    ({"index_url": "https://:9200"}, "https://host:port"),
    ({"index_url": "https://es.example:99999"}, "https://host:port"),
    ({"index_fingerprint": "ABCD"}, "index_fingerprint"),
    ({"index_api_key": ""}, "index_api_key"),
    ({"index_alias": "News_*"}, "index_alias"),
]


@pytest.mark.parametrize(("given", "said"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
def test_settings_that_would_fail_or_tell_a_secret_are_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        load_settings(given, {})
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9200", "http://localhost:9200", "http://[::1]:9200"])
def test_key_may_travel_in_the_open_on_one_machine(url: str) -> None:
    assert load_settings({"index_url": url, "index_api_key": SECRET}, {}).index_api_key is not None


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff", b"two words", b"a\nb", "é".encode()])
async def test_key_file_that_holds_none_is_refused_with_its_name(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match="index_api_key_file"):
        await written(Settings(index_url="http://127.0.0.1:1", index_api_key_file=file))


async def test_authority_that_is_missing_is_refused_with_its_name(tmp_path: Path) -> None:
    settings = Settings(index_url="https://127.0.0.1:1", index_ca_file=tmp_path / "ca.pem")
    with pytest.raises(SettingsError, match="index_ca_file"):
        await written(settings)


@pytest.mark.parametrize("key", ["a\nX-Other: b", "é", " "])
async def test_key_that_fits_in_no_header_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(SettingsError, match="index_api_key") as caught:
        await written(Settings(index_url="http://127.0.0.1:1", index_api_key=SecretStr(key)))
    assert "Other" not in str(caught.value)


async def test_authority_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("no certificate")
    with pytest.raises(SettingsError, match="index_ca_file"):
        await written(Settings(index_url="https://127.0.0.1:1", index_ca_file=file))


def test_child_gets_the_key_and_nothing_prints_it() -> None:
    settings = Settings(index_api_key=SecretStr(SECRET))
    environment = environment_of(settings)
    assert load_settings(environ=environment) == settings
    assert environment["TOCSIN_INDEX_API_KEY"] == SECRET
    spec = ChildSpec(name="x", module="x", environment=environment)
    assert SECRET not in repr(settings) + str(settings) + settings.model_dump_json() + repr(spec)


@pytest.mark.parametrize("arguments", [["config", "show"], ["config", "show", "--json"]])
def test_config_show_hides_the_key(arguments: list[str], tmp_path: Path) -> None:
    environ = {"TOCSIN_INDEX_API_KEY": SECRET, "TOCSIN_DATA_DIR": str(tmp_path), "COLUMNS": "300"}
    result = CliRunner().invoke(app, arguments, env=environ)
    assert result.exit_code == 0
    assert "index_api_key" in result.output
    assert SECRET not in result.output


def test_one_answer_is_never_waited_for_so_long_that_the_watchdog_steps_in() -> None:
    assert request_timeout_s(Settings(index_timeout_s=600, wedge_timeout_s=30)) == 10
    assert request_timeout_s(Settings(index_timeout_s=5)) == 5
