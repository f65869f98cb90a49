"""Elasticsearch with security on: who gets in, what each role may and may not do, and a key that is revoked in work."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from agents.delivery import Failure
from agents.doctor import examine
from agents.errors import SettingsError
from agents.index import (
    IndexAccessError,
    IndexDocument,
    IndexUnavailableError,
    SearchRequest,
    open_index,
    prepare_index,
    read_standing,
    remove_index,
    swap_index,
)
from agents.indexer import IndexStep
from agents.kafka import Message
from agents.outcomes import Output
from agents.settings import Settings
from agents.stage import Stage
from pipeline.query import parse
from schemas.collections import ALERTS, ARTICLES, DEAD_LETTERS, Collection
from tests.real.security.elasticsearch import ADMIN, PASSWORD, SecuredElasticsearch, secured_elasticsearch

pytestmark = [pytest.mark.java, pytest.mark.elasticsearch, pytest.mark.timeout(400)]

DEPLOY = Path(__file__).parents[2] / "deploy" / "security"
ROLES = ("tocsin-setup", "tocsin-ingest", "tocsin-search", "tocsin-dead-letters")
COLLECTIONS = (ARTICLES, ALERTS, DEAD_LETTERS)
WHEN = "2026-03-01T00:00:00.000Z"


@pytest.fixture(scope="module")
def node() -> Iterator[SecuredElasticsearch]:
    """A node with our roles, an index that is none of ours, and our own indices, made with the setup key."""
    with secured_elasticsearch() as running:
        for role in ROLES:
            body = (DEPLOY / "elasticsearch" / f"{role}.json").read_bytes()
            assert running.ask("PUT", f"/_security/role/{role}", body)[0] == 200
        assert running.ask("PUT", "/payroll")[0] == 200
        yield running


@pytest.fixture(scope="module")
def keys(node: SecuredElasticsearch) -> Mapping[str, str]:
    """An API key for each role, made as the shipped script makes it."""
    assert shutil.which("curl"), "the script needs curl"
    found = {role: _made(node, role) for role in ROLES}
    asyncio.run(_set_up(node, found["tocsin-setup"]))
    return found


def _made(node: SecuredElasticsearch, role: str) -> str:
    options = ["--cacert", str(node.authority.file), "--user", f"{ADMIN}:{PASSWORD}"]
    command = [str(DEPLOY / "elasticsearch-key.sh"), role, node.url, *options]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return str(orjson.loads(done.stdout)["encoded"])


async def _set_up(node: SecuredElasticsearch, key: str) -> None:
    """What `tocsin setup` does with Elasticsearch; a second time, there is nothing left to do."""
    for collection in COLLECTIONS:
        await prepare_index(node.settings(index_api_key=key), collection, apply=True)
        again = await prepare_index(node.settings(index_api_key=key), collection, dry_run=True)
        assert {part.state for part in again} == {"ok"}


def document(id: str, version: int = 1, **body: Any) -> IndexDocument:
    return IndexDocument(id=id, version=version, body={"@timestamp": WHEN, "id": id, **body})


async def written(settings: Settings, collection: Collection, *documents: IndexDocument) -> list[str]:
    index = await open_index(settings, collection)
    try:
        return [outcome.status for outcome in await index.write(documents)]
    finally:
        await index.close()


# Proof on both sides


@pytest.mark.parametrize("proof", ["authority", "fingerprint"])
async def test_a_server_that_proves_itself_is_asked(
    node: SecuredElasticsearch, keys: Mapping[str, str], proof: str
) -> None:
    how = {"index_ca_file": None, "index_fingerprint": node.fingerprint} if proof == "fingerprint" else {}
    settings = node.settings(index_api_key=keys["tocsin-search"], **how)
    index = await open_index(settings, read_only=True)
    try:
        assert await index.count() >= 0
    finally:
        await index.close()


def refusals(
    node: SecuredElasticsearch, keys: Mapping[str, str], folder: Path
) -> dict[str, tuple[Settings, list[str]]]:
    key = keys["tocsin-search"]
    other = node.authority.__class__(folder / "other").file
    plain = node.url.replace("https://", "http://")
    named = node.url.replace("127.0.0.1", "localhost")
    return {
        "unknown authority": (node.settings(index_api_key=key, index_ca_file=other), [node.url, "index_ca_file"]),
        "usual authorities": (node.settings(index_api_key=key, index_ca_file=None), [node.url, "index_ca_file"]),
        "other fingerprint": (
            node.settings(index_api_key=key, index_ca_file=None, index_fingerprint="AB" * 32),
            [node.url, f"has the SHA-256 fingerprint {node.fingerprint}", "index_fingerprint"],
        ),
        "other name": (node.settings(index_api_key=key, index_url=named), [named, "index_url names the server"]),
        "no TLS": (
            node.settings(index_api_key=key, index_url=plain, index_ca_file=None),
            [plain, "must begin with https://"],
        ),
        "no key": (node.settings(), ["401", "mend the API key"]),
        "wrong key": (node.settings(index_api_key="d3Jvbmc6d3Jvbmc="), ["401", "mend the API key"]),
        "wrong password": (node.settings(index_username=ADMIN, index_password="wrong secret"), ["401"]),
    }


WRONG = (
    "unknown authority",
    "usual authorities",
    "other fingerprint",
    "other name",
    "no TLS",
    "no key",
    "wrong key",
    "wrong password",
)


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_connection_that_is_refused_says_where_and_what_to_do(
    node: SecuredElasticsearch, keys: Mapping[str, str], tmp_path: Path, wrong: str
) -> None:
    settings, told = refusals(node, keys, tmp_path)[wrong]
    with pytest.raises(IndexUnavailableError) as caught:
        await open_index(settings, read_only=True)
    assert [part for part in told if part not in str(caught.value)] == [], str(caught.value)
    assert isinstance(caught.value, IndexAccessError) == (wrong != "no TLS")
    assert not any(secret in str(caught.value) for secret in (keys["tocsin-search"], "wrong secret", "d3Jvbmc6"))


async def test_a_user_with_a_password_from_a_file_gets_in(node: SecuredElasticsearch, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    settings = node.settings(index_username=ADMIN, index_password_file=file)
    index = await open_index(settings)
    await index.close()


# Each role does its work


async def test_the_ingest_key_does_the_whole_work_of_indexer_and_recorder(
    node: SecuredElasticsearch, keys: Mapping[str, str]
) -> None:
    settings = node.settings(index_api_key=keys["tocsin-ingest"])
    for collection in COLLECTIONS:
        assert await written(settings, collection, document("work")) == ["written"]
        assert await written(settings, collection, document("work")) == ["unchanged"]
        assert await written(settings, collection, document("work", 2)) == ["written"]
    letters = await open_index(settings, DEAD_LETTERS)
    stored = await letters.get("work")
    await letters.close()
    assert stored is not None
    assert stored.version == 2


async def test_the_search_key_searches_counts_and_pages(node: SecuredElasticsearch, keys: Mapping[str, str]) -> None:
    ingest = node.settings(index_api_key=keys["tocsin-ingest"])
    await written(ingest, ARTICLES, *(document(f"page-{n}", title="Landslide", countries=["KE"]) for n in range(5)))
    node.ask("POST", "/tocsin-articles/_refresh")
    index = await open_index(node.settings(index_api_key=keys["tocsin-search"]), read_only=True)
    try:
        query = parse("title:landslide")
        first = await index.search(SearchRequest(query=query, size=3, facets=("countries",), highlight=True))
        rest = await index.search(SearchRequest(query=query, size=3, after=first.hits[-1].cursor))
        stored = await index.get("page-0")
    finally:
        await index.close()
    assert (first.total, len(first.hits), len(rest.hits)) == (5, 3, 2)
    assert stored is not None


async def test_the_dead_letter_key_reads_dead_letters(node: SecuredElasticsearch, keys: Mapping[str, str]) -> None:
    settings = node.settings(index_api_key=keys["tocsin-dead-letters"])
    index = await open_index(settings, DEAD_LETTERS, read_only=True)
    try:
        assert await index.count() >= 0
    finally:
        await index.close()


async def test_the_setup_key_mends_what_is_missing(node: SecuredElasticsearch, keys: Mapping[str, str]) -> None:
    assert node.ask("DELETE", "/tocsin-alerts-v1")[0] == 200
    await _set_up(node, keys["tocsin-setup"])
    assert node.ask("GET", "/tocsin-alerts/_count")[1]["count"] == 0


async def test_the_setup_key_swaps_and_removes_indices(node: SecuredElasticsearch, keys: Mapping[str, str]) -> None:
    settings = node.settings(index_api_key=keys["tocsin-setup"], index_alias="tocsin-other")
    await prepare_index(settings, ARTICLES)
    await swap_index(settings, ARTICLES)
    assert (await read_standing(settings, ARTICLES)).is_current
    assert await remove_index(settings, ARTICLES)
    assert not (await read_standing(settings, ARTICLES)).there


async def test_an_indexer_that_finds_no_index_does_not_make_one(
    node: SecuredElasticsearch, keys: Mapping[str, str]
) -> None:
    settings = node.settings(index_api_key=keys["tocsin-ingest"], index_alias="tocsin-none")
    with pytest.raises(IndexAccessError, match="403"):
        await open_index(settings, ARTICLES)


# And nothing else

ITEM = b'{"index": {"_id": "x"}}\n{"@timestamp": "2026-03-01T00:00:00.000Z"}\n'
DOCUMENT = {"@timestamp": WHEN}
ANYBODY: list[tuple[str, str, Any]] = [
    ("GET", "/payroll/_search", None),
    ("PUT", "/payroll/_doc/1", DOCUMENT),
    ("DELETE", "/payroll", None),
    ("PUT", "/salaries", None),
    ("PUT", "/_cluster/settings", {"persistent": {"action.destructive_requires_name": False}}),
    ("POST", "/_security/api_key", {"name": "more"}),
    ("PUT", "/_security/user/me", {"password": "secret-secret", "roles": ["superuser"]}),
    ("GET", "/_security/role", None),
    ("PUT", "/_security/role/tocsin-search", {"cluster": ["all"]}),
]
NO_SETUP: list[tuple[str, str, Any]] = [
    ("DELETE", "/tocsin-articles-v1", None),
    ("PUT", "/tocsin-articles-v9", None),
    ("PUT", "/tocsin-articles-v1/_settings", {"index": {"number_of_replicas": 3}}),
    ("POST", "/_aliases", {"actions": [{"remove": {"index": "tocsin-articles-v1", "alias": "tocsin-articles"}}]}),
    ("POST", "/tocsin-articles-v1/_close", None),
    ("PUT", "/_index_template/tocsin", {"index_patterns": ["tocsin-*"]}),
    ("GET", "/_cluster/settings", None),
    ("GET", "/_nodes", None),
]
NO_WRITING: list[tuple[str, str, Any]] = [
    ("PUT", "/tocsin-articles/_doc/x", DOCUMENT),
    ("POST", "/tocsin-articles-v1/_bulk", ITEM),
    ("PUT", "/tocsin-alerts-v1/_doc/x", DOCUMENT),
    ("PUT", "/tocsin-dead-letters-v1/_doc/x", DOCUMENT),
    ("DELETE", "/tocsin-articles-v1/_doc/work", None),
    ("PUT", "/tocsin-articles-v1/_mapping", {"properties": {"more": {"type": "keyword"}}}),
]
NO_ARTICLES: list[tuple[str, str, Any]] = [
    ("GET", "/tocsin-articles/_search", None),
    ("GET", "/tocsin-articles-v1/_doc/work", None),
    ("GET", "/tocsin-alerts/_search", None),
]
NO_DEAD_LETTERS: list[tuple[str, str, Any]] = [
    ("GET", "/tocsin-dead-letters/_search", None),
    ("GET", "/tocsin-dead-letters-v1/_doc/work", None),
]
FORBIDDEN: dict[str, list[tuple[str, str, Any]]] = {
    "tocsin-setup": [*ANYBODY, *NO_WRITING[:5], *NO_ARTICLES, *NO_DEAD_LETTERS],
    "tocsin-ingest": [*ANYBODY, *NO_SETUP, *NO_ARTICLES, ("DELETE", "/tocsin-articles-v1/_doc/work", None)],
    "tocsin-search": [*ANYBODY, *NO_SETUP, *NO_WRITING, *NO_DEAD_LETTERS],
    "tocsin-dead-letters": [*ANYBODY, *NO_SETUP, *NO_WRITING, *NO_ARTICLES],
}


def is_denied(answer: tuple[int, Any]) -> bool:
    """Whether the rights were the reason; a bulk request is answered for each of its items."""
    status, body = answer
    errors = [item["index"].get("error") for item in body["items"]] if "items" in body else [body.get("error")]
    return status in (200, 403) and all(
        isinstance(error, dict) and error["type"] == "security_exception" for error in errors
    )


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_nothing_else(node: SecuredElasticsearch, keys: Mapping[str, str], role: str) -> None:
    answers = {f"{how} {path}": node.ask(how, path, body, keys[role]) for how, path, body in FORBIDDEN[role]}
    assert {name: answer for name, answer in answers.items() if not is_denied(answer)} == {}


def test_every_role_that_ships_is_tried_here() -> None:
    assert {file.stem for file in (DEPLOY / "elasticsearch").glob("*.json")} == set(ROLES) == set(FORBIDDEN)


def test_the_script_names_the_roles_there_are() -> None:
    done = subprocess.run([str(DEPLOY / "elasticsearch-key.sh"), "x", "https://e"], capture_output=True, text=True)
    assert done.returncode == 64
    assert all(role in done.stderr for role in ROLES)


# A key that is revoked while articles flow


class NoLetters:
    """A sender for a stage that must not park anything."""

    def __init__(self) -> None:
        self.sent: list[Output] = []

    async def send(self, outputs: Sequence[Output], *, alone: bool) -> list[Failure | None]:
        self.sent += outputs
        return [None for _ in outputs]

    async def renew(self) -> None:
        return


def _message(number: int) -> Message:
    return Message("t", 0, number, 0, None, str(number).encode())


def _as_document(message: Message) -> IndexDocument:
    return document(f"flow-{message.offset}", title="Drought")


async def test_a_key_that_is_revoked_in_work_halts_and_a_new_one_goes_on(
    node: SecuredElasticsearch, keys: Mapping[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "key"
    file.touch(stat.S_IRUSR | stat.S_IWUSR)
    file.write_text(_made(node, "tocsin-ingest"))
    id = b64decode(file.read_text()).partition(b":")[0].decode()
    step = IndexStep(node.settings(index_api_key_file=file), ARTICLES, _as_document)
    sender, waited = NoLetters(), asyncio.Event()

    async def pause(_: float) -> None:
        waited.set()
        await asyncio.sleep(0.1)

    stage = Stage(
        name="indexer",
        step=step,
        sender=sender,
        dead_letters="dead",
        max_attempts=1,
        stopping=lambda: False,
        sleep=pause,
    )
    await stage.process([_message(n) for n in range(3)])
    assert node.ask("DELETE", "/_security/api_key", {"ids": [id]})[0] == 200
    halted = asyncio.create_task(stage.process([_message(n) for n in range(3, 600)]))
    async with asyncio.timeout(60):
        await waited.wait()
    assert not halted.done()
    assert (stage.tally.done, sender.sent) == (3, [])
    file.write_text(_made(node, "tocsin-ingest"))
    async with asyncio.timeout(60):
        await halted
    await step.close()
    node.ask("POST", "/tocsin-articles/_refresh")
    assert node.ask("GET", "/tocsin-articles/_count?q=title:drought")[1]["count"] == 600
    assert (stage.tally.done, dict(stage.tally.dead_letters), sender.sent) == (600, {}, [])


# What a person sees


def tocsin(node: SecuredElasticsearch, folder: Path, key: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    file = folder / "key"
    file.write_text(key)
    file.chmod(0o600)
    environ = {
        "TOCSIN_DATA_DIR": str(folder),
        "TOCSIN_INDEX_URL": node.url,
        "TOCSIN_INDEX_API_KEY_FILE": str(file),
        "TOCSIN_INDEX_CA_FILE": str(node.authority.file),
    }
    program = [sys.executable, "-m", "agents.cli.main", *arguments]
    return subprocess.run(program, env=os.environ | environ, capture_output=True, text=True, timeout=120)


def test_the_command_line_searches_with_the_search_key(
    node: SecuredElasticsearch, keys: Mapping[str, str], tmp_path: Path
) -> None:
    done = tocsin(node, tmp_path, keys["tocsin-search"], "search", "id:work", "--json")
    assert done.returncode == 0, done.stderr
    assert b"work" in done.stdout.encode()


def test_the_command_line_shows_a_refusal_as_one_message(
    node: SecuredElasticsearch, keys: Mapping[str, str], tmp_path: Path
) -> None:
    done = tocsin(node, tmp_path, keys["tocsin-dead-letters"], "search", "flood")
    assert done.returncode == IndexAccessError.exit_code
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"tocsin: {node.url} answered 403")
    assert keys["tocsin-dead-letters"] not in line


async def test_doctor_tells_how_the_connection_is_protected(
    node: SecuredElasticsearch, keys: Mapping[str, str]
) -> None:
    said = {check.name: check for check in await examine(node.settings(index_api_key=keys["tocsin-search"]))}["index"]
    assert said.state == "ok"
    assert f"TLS, server proven by {node.authority.file}, with an API key" in said.said


async def test_a_key_file_that_everyone_may_write_is_refused(
    node: SecuredElasticsearch, keys: Mapping[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "key"
    file.write_text(keys["tocsin-search"])
    file.chmod(0o666)
    with pytest.raises(SettingsError, match="everyone may write"):
        await open_index(node.settings(index_api_key_file=file), read_only=True)
