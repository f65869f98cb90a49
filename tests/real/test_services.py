"""`tocsin services` on the real servers."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest
from typer.testing import CliRunner

from agents.cli.main import app
from agents.kafka import open_admin, open_producer, read_to_end
from agents.services.errors import ServiceError
from agents.services.lifecycle import SERVICES, home_of
from agents.services.record import read_record, write_record
from agents.settings import Settings
from agents.topics import ensure_topics

pytestmark = pytest.mark.timeout(400)


def services(settings: Settings, *arguments: str, code: int = 0) -> str:
    """Standard output of `tocsin services ...` in this data folder."""
    result = CliRunner().invoke(app, ["--data-dir", str(settings.data_dir), "services", *arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout


def found(settings: Settings, command: str, name: str, code: int = 0) -> dict[str, Any]:
    """The one service in the JSON of a command."""
    (one,) = json.loads(services(settings, command, name, "--json", code=code))["services"]
    assert one["name"] == name
    return dict(one)


def processes_in(settings: Settings) -> list[int]:
    """Live processes whose command line names the data folder."""
    alive = (one for one in psutil.process_iter(["cmdline", "status"]) if one.info["status"] != psutil.STATUS_ZOMBIE)
    return [one.pid for one in alive if str(settings.data_dir) in " ".join(one.info["cmdline"] or [])]


def family_of(settings: Settings, name: str) -> list[psutil.Process]:
    """The server's process and those it started."""
    first = psutil.Process(found(settings, "status", name)["pid"])
    return [first, *first.children(recursive=True)]


def url_of(settings: Settings, name: str) -> str:
    return settings.kafka_url if name == "kafka" else settings.index_url


def test_up_prints_the_setting_that_points_tocsin_at_it_and_a_second_time_changes_nothing(
    settings: Settings, name: str
) -> None:
    before = found(settings, "status", name)
    said = services(settings, "up", name).strip()
    assert said == f"export {before['variable']}={url_of(settings, name)}"
    again = json.loads(services(settings, "up", name, "--json"))
    assert again[before["variable"]] == before["url"] == url_of(settings, name)
    assert again["services"] == [before]
    assert before["state"] == "running"


def test_a_running_server_does_not_move_to_another_port_and_says_so(settings: Settings, name: str) -> None:
    arguments = ("--data-dir", str(settings.data_dir), "services", "up", name, f"--{name}-port", "1")
    result = CliRunner().invoke(app, arguments)
    assert "not 1; stop it first" in result.stderr
    assert url_of(settings, name) in result.stdout


def test_logs_shows_the_last_lines_of_the_servers_log(settings: Settings, name: str) -> None:
    printed = services(settings, "logs", name, "-n", "5").splitlines()
    assert len(printed) == 5
    service = next(one for one in SERVICES if one.name == name)
    written = service.log(home_of(settings, service)).read_text("utf-8").splitlines()
    # The server may have gone on writing.
    assert printed in (written[first : first + 5] for first in range(len(written)))


def test_it_listens_on_loopback_only(settings: Settings, name: str) -> None:
    connections = [one for process in family_of(settings, name) for one in process.net_connections()]
    listening = [one.laddr for one in connections if one.status == psutil.CONN_LISTEN]
    assert int(url_of(settings, name).rpartition(":")[2]) in {address.port for address in listening}
    assert {address.ip.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}


@pytest.mark.java
@pytest.mark.elasticsearch
@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to give up its rights")
def test_root_starts_elasticsearch_as_somebody_else(elasticsearch: Settings) -> None:
    family = family_of(elasticsearch, "elasticsearch")
    assert len(family) == 2  # launcher and server
    assert all(0 not in process.uids() for process in family)


@pytest.mark.java
async def test_kafka_keeps_its_messages_over_a_restart(kafka: Settings) -> None:
    topic = await _produce(kafka, b"kept")
    await asyncio.to_thread(down_and_up, kafka, "kafka")
    assert [message.value async for message in read_to_end(kafka, [topic])] == [b"kept"]


async def _produce(settings: Settings, value: bytes) -> str:
    topic = f"{settings.topic_prefix}.articles"
    await ensure_topics(settings)
    async with open_producer(settings) as producer:
        await producer.send_and_wait(topic, value)
    return topic


@pytest.mark.java
@pytest.mark.elasticsearch
def test_elasticsearch_keeps_its_documents_over_a_restart(elasticsearch: Settings) -> None:
    address = f"{elasticsearch.index_url}/kept/_doc/1"
    assert _request(f"{address}?refresh=true", "PUT", {"title": "flood"})["result"] == "created"
    down_and_up(elasticsearch, "elasticsearch")
    assert _request(address, "GET")["_source"] == {"title": "flood"}
    found_by_word = _request(f"{elasticsearch.index_url}/kept/_search?q=title:flood", "GET")
    assert found_by_word["hits"]["total"]["value"] == 1


def _request(url: str, method: str, body: Any = None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return dict(json.load(answer))


def down_and_up(settings: Settings, name: str) -> None:
    """Stop it, see that it is gone, start it; it comes back where it was."""
    before = found(settings, "status", name)
    assert processes_in(settings)
    assert found(settings, "down", name)["state"] == "stopped"
    assert processes_in(settings) == []
    assert found(settings, "status", name, code=3)["pid"] is None
    after = found(settings, "up", name)
    assert after["url"] == before["url"]
    assert after["pid"] != before["pid"]


def test_a_killed_server_is_noticed_and_started_again(settings: Settings, name: str) -> None:
    before = found(settings, "status", name)
    os.kill(before["pid"], signal.SIGKILL)
    until = time.monotonic() + 60
    while processes_in(settings):  # the launcher of Elasticsearch takes its server with it
        assert time.monotonic() < until
        time.sleep(0.1)
    assert found(settings, "status", name, code=3)["state"] == "stopped"
    assert found(settings, "up", name)["url"] == before["url"]


def test_a_process_that_got_the_number_of_a_dead_server_is_neither_trusted_nor_stopped(
    settings: Settings, name: str
) -> None:
    (service,) = [one for one in SERVICES if one.name == name]
    home = settings.services_dir / service.name
    record = read_record(home)
    assert record is not None
    write_record(home, record.model_copy(update={"pid": os.getpid()}))
    try:
        assert found(settings, "status", name, code=3)["state"] == "stopped"
        services(settings, "down", name)  # would end this very process
    finally:
        write_record(home, record)
    assert found(settings, "status", name)["state"] == "running"


def test_a_port_that_is_taken_is_refused_before_anything_starts(tmp_path: Path, name: str) -> None:
    settings = Settings(data_dir=tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        arguments = ("--data-dir", str(tmp_path), "services", "up", name, f"--{name}-port", str(port))
        result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, ServiceError)
    assert f"port {port} for" in str(result.exception)
    assert processes_in(settings) == []


@pytest.mark.java
async def test_our_own_clients_reach_it(kafka: Settings) -> None:
    async with open_admin(kafka) as admin:
        assert isinstance(await admin.list_topics(), list)
