"""Three Kafka servers that hold each message three times and acknowledge what two of them have."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

from agents.services.kafka import KAFKA, as_properties, configure, java_command, new_cluster_id, server_properties
from agents.services.process import launch
from agents.services.record import LOOPBACK, free_ports
from agents.services.service import Service, Start
from agents.settings import Settings
from tests.real.faults.servers import Server

_COPIES = {
    "default.replication.factor": "3",
    "min.insync.replicas": "2",
    "offsets.topic.replication.factor": "3",
    "offsets.topic.num.partitions": "3",
    "transaction.state.log.replication.factor": "3",
    "transaction.state.log.min.isr": "2",
}


def kafka_cluster(folder: Path) -> list[Server]:
    """Three servers of one cluster, not started."""
    identity = new_cluster_id()
    ports = free_ports(6)
    controllers = dict(zip((1, 2, 3), ports, strict=False))
    settings = Settings(data_dir=folder, services_kafka_heap="256m")
    return [
        Server(_member(number, controllers, identity), folder / str(number), settings, port)
        for number, port in zip(controllers, ports[3:], strict=True)
    ]


def _member(number: int, controllers: dict[int, int], identity: str) -> Service:
    def start(start: Start) -> int:
        properties = _configure(start, number, controllers)
        jar, java = start.files, start.jdk.java
        if not (start.home / "data" / "meta.properties").exists():
            arguments = ("format", "-t", identity, "-c", str(properties))
            subprocess.run(java_command(java, jar, "128m", "kafka.tools.StorageTool", *arguments), check=True)
        log = start.home / "log4j2.properties"
        command = java_command(java, jar, "256m", "kafka.Kafka", str(properties), logging=log)
        return launch(command, KAFKA.output(start.home), os.environ, start.account)

    return replace(KAFKA, start=start)


def _configure(start: Start, number: int, controllers: dict[int, int]) -> Path:
    size = start.settings.max_message_bytes
    properties = configure(start.home, port=start.port, max_message_bytes=size)
    own = server_properties(
        port=start.port, controller_port=controllers[number], data=start.home / "data", max_message_bytes=size
    )
    voters = ",".join(f"{n}@{LOOPBACK}:{port}" for n, port in controllers.items())
    cluster = {"node.id": str(number), "controller.quorum.voters": voters}
    properties.write_text(as_properties(own | _COPIES | cluster), "utf-8")
    return properties
