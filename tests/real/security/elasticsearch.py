"""Elasticsearch with TLS, users, roles and API keys, on loopback.

The node is the one of the integration-test release, which lacks the analysis module that its own index of users and
keys names. A plug-in of thirty lines, compiled here, stands in for it.
"""

from __future__ import annotations

import base64
import hashlib
import os
import ssl
import subprocess
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from agents.services.elasticsearch import ELASTICSEARCH, as_yaml, configure, environment, node_settings, unpack
from agents.services.process import launch
from agents.services.service import Start
from agents.settings import Settings
from tests.real.faults.servers import Server, server_folder, started
from tests.real.security.certificates import Authority

ADMIN = "admin"
PASSWORD = "admin pass"
_ROUNDS = 10_000
_PLUGIN = Path(__file__).with_name("java") / "SecurityIndexAnalysis.java"
_DESCRIPTOR = """\
name={name}
description=stands in for the analysis module
version=1
elasticsearch.version={version}
java.version=21
classname={name}
"""
_SETTINGS: dict[str, str | bool | int] = {
    "xpack.security.enabled": True,
    "xpack.security.http.ssl.enabled": True,
    "xpack.security.http.ssl.certificate": "node-certificate.pem",
    "xpack.security.http.ssl.key": "node-key.pem",
    "xpack.security.authc.api_key.enabled": True,
    "xpack.security.authc.realms.file.people.order": 0,
    # Elasticsearch remembers an API key for a day otherwise, and its own invalidation clears it; this is for the node
    # that is asked next.
    "xpack.security.authc.api_key.cache.ttl": "1s",
}


@dataclass(frozen=True)
class SecuredElasticsearch:
    """A running node."""

    folder: Path
    url: str
    authority: Authority
    certificate: Path

    @property
    def fingerprint(self) -> str:
        first = self.certificate.read_text().partition("-----END CERTIFICATE-----\n")
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(first[0] + first[1])).hexdigest()

    def settings(self, **changes: Any) -> Settings:
        """Those of a client without a key."""
        values: dict[str, Any] = {
            "data_dir": self.folder / "client",
            "index_url": self.url,
            "index_ca_file": self.authority.file,
            "index_replicas": 0,
        }
        return Settings.model_validate({name: one for name, one in (values | changes).items() if one is not None})

    def ask(self, method: str, path: str, body: Any = None, key: str | None = None) -> tuple[int, Any]:
        """One request, by the administrator or with an API *key*: status and answer."""
        basic = base64.b64encode(f"{ADMIN}:{PASSWORD}".encode()).decode()
        headers = {"Authorization": f"ApiKey {key}" if key else f"Basic {basic}", "Content-Type": "application/json"}
        data = body if isinstance(body, bytes) else None if body is None else orjson.dumps(body)
        request = urllib.request.Request(f"{self.url}{path}", data, headers, method=method)
        context = ssl.create_default_context(cafile=str(self.authority.file))
        try:
            with urllib.request.urlopen(request, timeout=60, context=context) as answer:
                return answer.status, orjson.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, orjson.loads(error.read() or b"null")


def _password_line() -> str:
    """The administrator in the file of users, as Elasticsearch's PBKDF2 hasher writes it."""
    salt = b"0123456789abcdef0123456789abcdef"
    hashed = hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), salt, _ROUNDS, 32)
    return f"{ADMIN}:{{PBKDF2}}{_ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(hashed).decode()}\n"


def _install_plugin(program: Path, java_home: Path) -> None:
    name, folder = _PLUGIN.stem, program / "plugins" / _PLUGIN.stem
    folder.mkdir(parents=True)
    version = program.name.removeprefix("elasticsearch-")
    (folder / "plugin-descriptor.properties").write_text(_DESCRIPTOR.format(name=name, version=version))
    compiled = folder / "classes"
    options = ["--release", "21", "-proc:none", "-cp", f"{program}/lib/*", "-d", str(compiled)]
    subprocess.run([str(java_home / "bin" / "javac"), *options, str(_PLUGIN)], check=True, capture_output=True)
    with zipfile.ZipFile(folder / f"{name}.jar", "w") as jar:
        for file in compiled.iterdir():
            jar.write(file, file.name)
            file.unlink()
    compiled.rmdir()


def _start(start: Start, authority: Path) -> int:
    program = unpack(start.files, start.home)
    _install_plugin(program, start.jdk.home)
    configure(start, program)
    config = start.home / "config"
    values = node_settings(port=start.port, home=start.home) | _SETTINGS
    files = {
        "elasticsearch.yml": as_yaml(values),
        "users": _password_line(),
        "users_roles": f"superuser:{ADMIN}\n",
        "node-certificate.pem": (authority / "node-certificate.pem").read_text(),
        "node-key.pem": (authority / "node-key.pem").read_text(),
    }
    for name, content in files.items():
        (config / name).write_text(content)
        if start.account:
            os.chown(config / name, start.account.uid, start.account.gid)
    command = [str(program / "bin" / "elasticsearch"), "--quiet"]
    return launch(command, ELASTICSEARCH.output(start.home), environment(start, os.environ), start.account)


@contextmanager
def secured_elasticsearch() -> Iterator[SecuredElasticsearch]:
    """A node that knows its administrator."""
    with server_folder() as folder:
        authority = Authority(folder / "authority")
        node = authority.issue("node", "127.0.0.1")
        found: list[SecuredElasticsearch] = []

        def is_ready(_port: int) -> bool:
            try:
                status, health = found[0].ask("GET", "/_cluster/health")
            except OSError:
                return False
            return status == 200 and health["status"] in ("green", "yellow")

        service = replace(
            ELASTICSEARCH, start=lambda start: _start(start, folder / "authority"), is_ready=is_ready, scheme="https"
        )
        settings = Settings(data_dir=folder, services_elasticsearch_heap="400m")
        server = Server(service, folder, settings)
        found.append(SecuredElasticsearch(folder, server.url, authority, node.certificate))
        with started(server):
            yield found[0]
