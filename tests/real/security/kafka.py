"""Apache Kafka with TLS, SASL and ACLs, on loopback: one listener for each way in that a test needs."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from agents.access.diagnosis import diagnose
from agents.services.kafka import KAFKA, as_properties, java_command, new_cluster_id, server_properties
from agents.services.process import launch
from agents.services.record import free_port, free_ports
from agents.services.service import Start
from agents.settings import Settings
from tests.real.faults.servers import Server, server_folder, started
from tests.real.security.certificates import Authority, Identity

ADMIN = "admin"
LISTENERS = {"SECURED": "SASL_SSL", "MUTUAL": "SSL", "NAMED": "SSL", "EXPIRED": "SSL", "OPEN": "SASL_PLAINTEXT"}


def password_of(user: str) -> str:
    return f'pass word "{user}" = é'.replace('"', "'")


@dataclass(frozen=True)
class SecuredKafka:
    """A running broker. `ports` by the names of its listeners: SECURED asks for a password over TLS, MUTUAL for our
    certificate, NAMED for nothing and proves itself as localhost only, EXPIRED cannot prove itself any more, and OPEN
    asks for a password without TLS."""

    folder: Path
    ports: Mapping[str, int]
    authority: Authority
    client: Identity
    stranger: Authority

    def settings(self, user: str = ADMIN, **changes: Any) -> Settings:
        """Those of a client that *user* runs, by password over TLS."""
        values: dict[str, Any] = {
            "data_dir": self.folder / "clients" / user,
            "kafka_url": f"kafka://127.0.0.1:{self.ports['SECURED']}",
            "kafka_security": "sasl_tls",
            "kafka_username": user,
            "kafka_password": password_of(user),
            "kafka_ca_file": self.authority.file,
        }
        return Settings.model_validate({name: one for name, one in (values | changes).items() if one is not None})


def _properties(start: Start, ports: Mapping[str, int], files: Path) -> dict[str, str]:
    plain = server_properties(
        port=start.port,
        controller_port=free_port(besides=(start.port, *ports.values())),
        data=start.home / "data",
        max_message_bytes=4_000_000,
    )
    controller = plain["controller.quorum.voters"].partition("@")[2]
    protocols = {"CONTROLLER": "SSL", **LISTENERS}
    hosts = {name: "localhost" if name == "NAMED" else "127.0.0.1" for name in ports}
    listening = [f"{name}://127.0.0.1:{port}" for name, port in ports.items()]
    secured = {
        "listeners": ",".join([*listening, f"CONTROLLER://{controller}"]),
        "advertised.listeners": ",".join(f"{name}://{hosts[name]}:{port}" for name, port in ports.items()),
        "listener.security.protocol.map": ",".join(f"{name}:{protocol}" for name, protocol in protocols.items()),
        "inter.broker.listener.name": "MUTUAL",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(files / "broker-both.pem"),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(files / "ca.pem"),
        "ssl.principal.mapping.rules": "RULE:^.*CN=([^,]+).*$/$1/,DEFAULT",
        "listener.name.controller.ssl.client.auth": "required",
        "listener.name.mutual.ssl.client.auth": "required",
        "listener.name.named.ssl.keystore.type": "PEM",
        "listener.name.named.ssl.keystore.location": str(files / "named-both.pem"),
        "listener.name.expired.ssl.keystore.type": "PEM",
        "listener.name.expired.ssl.keystore.location": str(files / "expired-both.pem"),
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": f"User:broker;User:{ADMIN}",
        "connection.failed.authentication.delay.ms": "20",
    }
    for name in ("secured", "open"):
        secured[f"listener.name.{name}.sasl.enabled.mechanisms"] = "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512"
        secured[f"listener.name.{name}.plain.sasl.jaas.config"] = (
            f'org.apache.kafka.common.security.plain.PlainLoginModule required user_{ADMIN}="{password_of(ADMIN)}";'
        )
        for number in ("256", "512"):
            module = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
            secured[f"listener.name.{name}.scram-sha-{number}.sasl.jaas.config"] = module
    return plain | secured


def _format(start: Start, properties: Path, users: tuple[str, ...]) -> None:
    """Prepare the data folder, with the users in it: a broker with SCRAM needs one before it runs."""
    arguments = ["format", "-t", new_cluster_id(), "-c", str(properties)]
    for user in users:
        for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-512"):
            arguments += ["--add-scram", f'{mechanism}=[name="{user}",password="{password_of(user)}"]']
    command = java_command(start.jdk.java, start.files, "128m", "kafka.tools.StorageTool", *arguments)
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=os.environ | {"LC_ALL": "C.UTF-8"})
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def secured_kafka(users: tuple[str, ...] = ()) -> Iterator[SecuredKafka]:
    """A broker that knows *users* and its administrator."""
    with server_folder() as folder:
        authority = Authority(folder / "authority")
        authority.issue("broker", "127.0.0.1", "localhost")
        authority.issue("named", "localhost")
        authority.issue("expired", "127.0.0.1", days=-1)
        ports = dict(zip(LISTENERS, free_ports(len(LISTENERS)), strict=True))
        found = SecuredKafka(
            folder=folder,
            ports=ports,
            authority=authority,
            client=authority.issue("client", "client.example", key_password="key pass"),
            stranger=Authority(folder / "stranger"),
        )

        def start(start: Start) -> int:
            properties = start.home / "server.properties"
            values = as_properties(_properties(start, ports, folder / "authority"))
            properties.write_text(values.replace("é", "\\u00e9"), "ascii")
            _format(start, properties, (ADMIN, *users))
            command = java_command(start.jdk.java, start.files, "256m", "kafka.Kafka", str(properties))
            return launch(command, KAFKA.output(start.home), os.environ, start.account)

        def is_ready(_port: int) -> bool:
            return asyncio.run(diagnose(found.settings(), f"127.0.0.1:{ports['SECURED']}")) is None

        server = Server(replace(KAFKA, start=start, is_ready=is_ready), folder, port=ports["SECURED"])
        with started(server):
            yield found
