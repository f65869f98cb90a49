"""What everybody has at hand for looking at a Kafka: Kafka's own console tools, and kcat."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Run = Callable[..., str]


@pytest.fixture
def kcat(broker) -> Run:
    """kcat("-L", stdin="...") -> standard output."""

    def run(*arguments: str, stdin: str = "") -> str:
        command = ["kcat", "-b", broker.address, *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def tool(broker, kafka_jars: Path) -> Run:
    """tool("org.apache.kafka.tools.TopicCommand", "--list") -> standard output."""

    def run(name: str, *arguments: str, stdin: str = "") -> str:
        java = ["java", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{kafka_jars}/*"]
        command = [*java, name, "--bootstrap-server", broker.address, *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=90, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Error" not in done.stdout, done.stdout
        return done.stdout

    return run


TOPICS = "org.apache.kafka.tools.TopicCommand"
GROUPS = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"
OFFSETS = "org.apache.kafka.tools.GetOffsetShell"
CONFIGS = "kafka.admin.ConfigCommand"
PRODUCER = "org.apache.kafka.tools.ConsoleProducer"
CONSUMER = "org.apache.kafka.tools.consumer.ConsoleConsumer"


def rows(table: str) -> list[list[str]]:
    """The lines of a printed table after its header."""
    return [line.split() for line in table.strip().splitlines() if line.strip()][1:]


@pytest.mark.java
def test_kafkas_tools_manage_topics(tool: Run) -> None:
    tool(TOPICS, "--create", "--topic", "t", "--partitions", "2", "--config", "retention.ms=100000")
    tool(TOPICS, "--create", "--topic", "u")
    assert tool(TOPICS, "--list", "--exclude-internal").split() == ["t", "u"]
    described = tool(TOPICS, "--describe", "--topic", "t")
    assert "PartitionCount: 2" in described
    assert "retention.ms=100000" in described
    tool(TOPICS, "--alter", "--topic", "t", "--partitions", "5")
    assert "PartitionCount: 5" in tool(TOPICS, "--describe", "--topic", "t")
    tool(CONFIGS, "--alter", "--entity-type", "topics", "--entity-name", "t", "--add-config", "retention.bytes=5000")
    assert "retention.bytes=5000" in tool(CONFIGS, "--describe", "--entity-type", "topics", "--entity-name", "t")
    tool(TOPICS, "--delete", "--topic", "t")
    assert tool(TOPICS, "--list", "--exclude-internal").split() == ["u"]


@pytest.mark.java
def test_kafkas_tools_write_read_and_manage_groups(tool: Run) -> None:
    tool(TOPICS, "--create", "--topic", "t", "--partitions", "1")
    lines = "".join(f"line {number}\n" for number in range(100))
    tool(PRODUCER, "--topic", "t", stdin=lines)
    assert tool(OFFSETS, "--topic", "t").split() == ["t:0:100"]
    assert (
        tool(CONSUMER, "--topic", "t", "--group", "g", "--from-beginning", "--max-messages", "60").splitlines()
        == (lines.splitlines()[:60])
    )
    assert tool(GROUPS, "--list").split() == ["g"]
    (row,) = rows(tool(GROUPS, "--describe", "--group", "g"))[-1:]
    assert row[:6] == ["g", "t", "0", "60", "100", "40"]
    reset = ("--reset-offsets", "--to-earliest", "--topic", "t", "--group", "g", "--execute")
    assert rows(tool(GROUPS, *reset)) == [["g", "t", "0", "0"]]
    assert tool(CONSUMER, "--topic", "t", "--group", "g", "--max-messages", "1") == "line 0\n"
    tool(GROUPS, "--delete", "--group", "g")
    assert tool(GROUPS, "--list").split() == []


@pytest.fixture
def reading_group(broker) -> Iterator[str]:
    """A group with a live member that has read and committed topic t."""
    from confluent_kafka import Consumer

    settings = {"bootstrap.servers": broker.address, "group.id": "live", "auto.offset.reset": "earliest"}
    consumer = Consumer(settings | {"client.id": "reader"})
    consumer.subscribe(["t"])
    until = time.monotonic() + 60
    while consumer.poll(0.2) is None:
        assert time.monotonic() < until
    consumer.commit(asynchronous=False)
    yield "live"
    consumer.close()


@pytest.mark.java
@pytest.mark.kcat
def test_kafkas_tools_show_live_members_and_refuse_to_delete_them(kcat: Run, tool: Run, request) -> None:
    tool(TOPICS, "--create", "--topic", "t", "--partitions", "1")
    kcat("-P", "-t", "t", stdin="a\n")
    group = request.getfixturevalue("reading_group")
    (row,) = rows(tool(GROUPS, "--describe", "--group", group))
    assert row[:6] == [group, "t", "0", "1", "1", "0"]
    assert row[8] == "reader"
    assert row[7] == "/127.0.0.1"
    assert "Stable" in tool(GROUPS, "--describe", "--group", group, "--state")
    with pytest.raises(AssertionError, match="not empty"):
        tool(GROUPS, "--delete", "--group", group)


@pytest.mark.kcat
@pytest.mark.parametrize("compression", ["none", "gzip", "snappy", "lz4", "zstd"])
async def test_kcat_writes_and_reads(helper, kcat: Run, compression: str) -> None:
    await helper.create_topic("t", partitions=2)
    lines = "".join(f"key{number % 7}:value {number}\n" for number in range(1000))
    kcat("-P", "-t", "t", "-K:", "-z", compression, stdin=lines)
    assert sorted(kcat("-C", "-t", "t", "-e", "-q", "-K:").splitlines()) == sorted(lines.splitlines())
    listed = kcat("-L")
    assert 'topic "t" with 2 partitions' in listed


@pytest.mark.kcat
async def test_kcat_reads_as_a_group_and_asks_for_offsets(helper, kcat: Run) -> None:
    await helper.create_topic("t")
    await helper.produce("t", [b"old", b"new"], timestamps=[1_700_000_000_000, 1_700_000_100_000])
    read = kcat("-G", "g", "-X", "auto.offset.reset=earliest", "-c", "2", "-q", "t")
    assert read.splitlines() == ["old", "new"]
    assert kcat("-Q", "-t", "t:0:1700000000001").split() == ["t", "[0]", "offset", "1"]
    assert kcat("-Q", "-t", "t:0:-1").split() == ["t", "[0]", "offset", "2"]
