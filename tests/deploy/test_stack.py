"""deploy/stack, run as the containers run it: on folders for volumes, and on a real Elasticsearch with security."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from agents.index import IndexAccessError, IndexDocument, SearchRequest, open_index
from agents.services.account import give
from agents.services.download import fetch
from agents.services.elasticsearch import ELASTICSEARCH, environment, jvm_options, unpack
from agents.services.jdk_probe import find_jdk
from agents.services.process import launch
from agents.services.service import Start
from agents.settings import Settings
from pipeline.query import parse
from schemas.collections import ALERTS, ARTICLES, COLLECTIONS, DEAD_LETTERS
from tests.real.faults.servers import Server, server_folder, started
from tests.real.security import elasticsearch as secured

DEPLOY = Path(__file__).parents[2] / "deploy"
SCRIPTS = DEPLOY / "stack"


def run(script: str, environ: Mapping[str, str], *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = ["/bin/bash", str(SCRIPTS / script), *arguments]
    return subprocess.run(
        command, env={**os.environ, **environ}, capture_output=True, text=True, timeout=300, **options
    )


@dataclass(frozen=True)
class Stack:
    """The volumes after `prepare` and `credentials`, beside a running Elasticsearch."""

    volumes: Path
    url: str
    prepare: Mapping[str, str]
    """Environment of the script."""

    @property
    def authority(self) -> Path:
        return self.volumes / "authority" / "ca.crt"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "ELASTICSEARCH": self.url,
            "PRIVATE": str(self.volumes / "elasticsearch"),
            "VOLUMES": str(self.volumes),
            "ROLES": str(DEPLOY / "security" / "elasticsearch"),
        }

    def settings(self, volume: str) -> Settings:
        """Those of a service that holds the key of *volume*."""
        key = self.volumes / volume / "api.key"
        return Settings(index_url=self.url, index_ca_file=self.authority, index_api_key_file=key, index_replicas=0)

    def ask(self, path: str, user: str, password: Path, method: str = "GET") -> tuple[int, Any]:
        basic = base64.b64encode(f"{user}:{password.read_text()}".encode()).decode()
        request = urllib.request.Request(
            f"{self.url}{path}", headers={"Authorization": f"Basic {basic}"}, method=method
        )
        context = ssl.create_default_context(cafile=str(self.authority))
        try:
            with urllib.request.urlopen(request, timeout=60, context=context) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())


def as_the_image_starts_it(compose_environment: Mapping[str, str], private: Path) -> Any:
    """How the image's entry point starts it: dotted variables are settings, the password goes to the keystore."""

    def start(start: Start) -> int:
        program = unpack(start.files, start.home.parent)
        config = start.home / "config"
        shutil.copytree(program / "config", config)
        (config / "elasticsearch.yml").write_text("")
        (config / "jvm.options").write_text(
            jvm_options((config / "jvm.options").read_text("utf-8"), start.jdk), "utf-8"
        )
        shutil.copytree(private, config / "private")
        for name in ("data", "logs", "tmp"):
            (start.home / name).mkdir(exist_ok=True)
        options = start.account.as_options() if start.account else {}
        if start.account:
            give(start.home, start.account)
        environ = environment(start, os.environ)
        keystore = str(program / "bin" / "elasticsearch-keystore")
        password = (private / "elastic.password").read_text()
        for arguments in (["create"], ["add", "-x", "bootstrap.password"]):
            subprocess.run([keystore, *arguments], env=environ, input=password, text=True, check=True, **options)
        here = {
            "http.port": str(start.port),
            "network.host": "127.0.0.1",
            "path.data": str(start.home / "data"),
            "path.logs": str(start.home / "logs"),
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }
        given = {name: value for name, value in compose_environment.items() if "." in name}
        flags = [f"-E{name}={value}" for name, value in {**given, **here}.items()]
        command = [str(program / "bin" / "elasticsearch"), *flags]
        return launch(command, ELASTICSEARCH.output(start.home), environ, start.account)

    return start


@pytest.fixture(scope="module")
def stack(services: dict[str, dict[str, Any]]) -> Iterator[Stack]:
    account = ELASTICSEARCH.account()
    jdk = find_jdk(ELASTICSEARCH.need, account)
    with server_folder() as folder:
        volumes = folder / "volumes"
        for mount in services["prepare"]["volumes"]:
            if (target := mount.split(":")[1]).startswith("/volumes/"):
                (volumes / target.removeprefix("/volumes/")).mkdir(parents=True)
        program = unpack(fetch(ELASTICSEARCH.name, jdk.home, print), folder)
        secured._install_plugin(program, jdk.home)  # what the whole release has and this one lacks
        prepare = {
            "VOLUMES": str(volumes),
            "OWNER": f"{account.uid}:{account.gid}" if account else f"{os.getuid()}:{os.getgid()}",
            "CERTUTIL": str(program / "bin" / "elasticsearch-certutil"),
            "ES_JAVA_HOME": str(jdk.home),
            "ES_JAVA_OPTS": "-Xmx128m",
        }
        done = run("prepare.sh", prepare)
        assert done.returncode == 0, done.stderr
        private = volumes / "elasticsearch"

        def is_ready(port: int) -> bool:
            """The health check of the compose file."""
            environ = {"ELASTICSEARCH": f"https://127.0.0.1:{port}", "PRIVATE": str(private)}
            arguments = services["elasticsearch"]["healthcheck"]["test"][3:]
            return run("ask.sh", environ, *arguments).returncode == 0

        service = replace(
            ELASTICSEARCH,
            scheme="https",
            start=as_the_image_starts_it(services["elasticsearch"]["environment"], private),
            is_ready=is_ready,
        )
        server = Server(service, folder, Settings(data_dir=folder, services_elasticsearch_heap="400m"))
        with started(server):
            made = Stack(volumes, server.url, prepare)
            done = run("credentials.sh", made.environment, **(account.as_options() if account else {}))
            assert done.returncode == 0, done.stderr
            yield made


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.java
@pytest.mark.elasticsearch
@pytest.mark.timeout(600)  # four Java programs start one after the other
class TestStack:
    """On the running stack."""

    def test_repeating_both_scripts_changes_nothing(self, stack: Stack) -> None:
        before = contents(stack.volumes)
        assert run("prepare.sh", stack.prepare).returncode == 0
        assert run("credentials.sh", stack.environment).returncode == 0
        assert contents(stack.volumes) == before

    def test_key_that_was_revoked_is_replaced_and_the_others_stay(self, stack: Stack) -> None:
        before = contents(stack.volumes)
        key = stack.volumes / "search" / "api.key"
        key.write_text(base64.b64encode(b"nobody:knows").decode())
        done = run("credentials.sh", stack.environment)
        assert done.returncode == 0, done.stderr
        changed = {name for name, content in contents(stack.volumes).items() if before[name] != content}
        assert changed == {"search/api.key"}

    def test_secrets_are_their_owners_alone_and_the_authority_signs_nothing_more(self, stack: Stack) -> None:
        for name, content in contents(stack.volumes).items():
            readable_by_others = (stack.volumes / name).stat().st_mode & 0o077
            assert not readable_by_others or name == "authority/ca.crt", name
            assert content
        keys = [name for name, content in contents(stack.volumes).items() if b"PRIVATE KEY" in content]
        assert keys == ["elasticsearch/server.key"]

    async def test_each_service_may_do_its_work_and_no_more(self, stack: Stack) -> None:
        with pytest.raises(IndexAccessError):
            await write(stack.settings("ingest"), ARTICLES.name, "too-early")
        for collection in COLLECTIONS:
            made = await open_index(stack.settings("setup"), collection)
            with pytest.raises(IndexAccessError):
                await made.write([IndexDocument(id="x", version=1, body={"@timestamp": "2026-03-01T00:00:00.000Z"})])
            await made.close()
        for collection in COLLECTIONS:
            assert await write(stack.settings("ingest"), collection.name, "a") == "written"
            index = await open_index(stack.settings("search"), collection, read_only=True)
            await index.search(SearchRequest(query=parse("*:*", collection)))
            await index.close()
        with pytest.raises(IndexAccessError):
            await write(stack.settings("search"), ALERTS.name, "b")

    def test_desk_reads_and_may_not_write(self, stack: Stack) -> None:
        password = stack.volumes / "desk" / "desk.password"
        status, account = stack.ask("/_security/_authenticate", "desk", password)
        assert status == 200
        assert "kibana_admin" in account["roles"]
        asyncio.run(set_up_all(stack.settings("setup")))
        for collection in (ARTICLES, ALERTS, DEAD_LETTERS):
            status, found = stack.ask(f"/tocsin-{collection.name}/_search", "desk", password)
            assert status == 200, found
        assert stack.ask("/tocsin-articles/_doc/1", "desk", password, "DELETE")[0] == 403

    def test_kibana_has_its_password(self, stack: Stack) -> None:
        status, account = stack.ask(
            "/_security/_authenticate", "kibana_system", stack.volumes / "kibana" / "kibana.password"
        )
        assert (status, account["roles"]) == (200, ["kibana_system"])

    def test_nobody_gets_in_without_a_key(self, stack: Stack) -> None:
        wrong = stack.volumes / "kibana" / "kibana.password"
        assert stack.ask("/_cluster/health", "elastic", wrong)[0] == 401


async def set_up_all(settings: Settings) -> None:
    for collection in COLLECTIONS:
        await (await open_index(settings, collection)).close()


async def write(settings: Settings, collection: str, id: str) -> str:
    chosen = next(one for one in COLLECTIONS if one.name == collection)
    index = await open_index(settings, chosen)
    try:
        body = {"id": id, "@timestamp": "2026-03-01T00:00:00.000Z"}
        [outcome] = await index.write([IndexDocument(id=id, version=1, body=body)])
        return outcome.status
    finally:
        await index.close()


@contextmanager
def kibana(answer: bytes) -> Iterator[tuple[str, list[tuple[str, Mapping[str, str], bytes]]]]:
    """A server that takes an import and gives *answer*."""
    asked: list[tuple[str, Mapping[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append((self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("success", [True, False])
def test_dashboards_are_sent_whole_and_a_refusal_is_an_error(tmp_path: Path, success: bool) -> None:
    password = tmp_path / "desk.password"
    password.write_text("Zz9")
    file = DEPLOY / "kibana" / "tocsin.ndjson"
    with kibana(json.dumps({"success": success}, separators=(",", ":")).encode()) as (url, asked):
        done = run("dashboards.sh", {"KIBANA": url, "PASSWORD": str(password), "FILE": str(file)})
    assert (done.returncode == 0) is success, done.stderr
    [(path, headers, body)] = asked
    assert path == "/api/saved_objects/_import?overwrite=true"
    assert headers["kbn-xsrf"] == "true"
    assert headers["Authorization"] == f"Basic {base64.b64encode(b'desk:Zz9').decode()}"
    assert file.read_bytes() in body
    assert b'filename="tocsin.ndjson"' in body


def test_kibana_starts_with_its_secrets_and_the_same_key_every_time(tmp_path: Path) -> None:
    (tmp_path / "kibana.password").write_text("Pp1")
    (tmp_path / "encryption.key").write_text("k" * 32)
    environ = {"SECRETS": str(tmp_path), "KIBANA_PROGRAM": shutil.which("env") or "env"}
    done = run("kibana.sh", environ)
    given = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    assert given["ELASTICSEARCH_PASSWORD"] == "Pp1"
    keys = {name: value for name, value in given.items() if name.endswith("ENCRYPTIONKEY")}
    assert len(keys) == 3
    assert set(keys.values()) == {"k" * 32}
