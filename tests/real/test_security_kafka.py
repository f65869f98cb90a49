"""Kafka with TLS, passwords, certificates and ACLs: who gets in, what a refused client is told, who may do what."""

from __future__ import annotations

import asyncio
import os
import socket
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import TopicAuthorizationFailedError
from pydantic import SecretStr

from agents.alert_topics import read_alerts
from agents.dead_letters import read_dead_letters, replay
from agents.doctor import examine
from agents.errors import AccessError, SettingsError, UnavailableError
from agents.importer import Payload, send_payloads
from agents.index import open_index
from agents.kafka import client_options, open_admin, open_consumer, open_producer, read_to_end
from agents.notifier.beginning import begin
from agents.notifier.targets import load_targets
from agents.outcomes import Output
from agents.registry import AGENTS
from agents.sender import KafkaSender
from agents.settings import Settings
from agents.setup.topics import prepare_topics
from agents.supervision.child import Child, environment_of
from agents.supervision.supervisor import worker_spec
from agents.topics import ensure_topics
from schemas.alert import Alert
from schemas.topics import ARTICLES, DEAD_LETTERS, MATCHES, TOPICS, alerts_topic
from tests.agents.notifier.conftest import Receiver, alert
from tests.real.faults.subscribers import notifying
from tests.real.security.acls import TABLE, grant, may, read_table
from tests.real.security.kafka import ADMIN, SecuredKafka, password_of, secured_kafka

pytestmark = [pytest.mark.java, pytest.mark.timeout(400), pytest.mark.usefixtures("hung_up")]

COMPONENTS = tuple(dict.fromkeys(acl.component for acl in read_table()))
NO_PASSWORD: dict[str, Any] = {"kafka_username": None, "kafka_password": None}
CHANNEL = "water"
NAMES = [topic.prefixed("tocsin") for topic in (*TOPICS, alerts_topic(CHANNEL), alerts_topic("backfill"))]
RULE = f"""
id = "flood"
version = 1
title = "Flood"
query = "title:flood"
severity = "medium"
channel = "{CHANNEL}"
message = "Flood: {{title}}"
owner = "water desk"
"""


@pytest.fixture
async def hung_up() -> AsyncIterator[None]:
    """Hang up what is left open: aiokafka leaves a refused TLS connection to end by itself, when the other side has
    said goodbye, for which a test's loop may not live long enough."""
    yield
    open_: Mapping[int, asyncio.Transport] = asyncio.get_running_loop()._transports  # type: ignore[attr-defined]
    for transport in tuple(open_.values()):
        transport.abort()
    await asyncio.sleep(0.01)  # the loop closes them in its next round


@pytest.fixture(scope="module")
def broker() -> Iterator[SecuredKafka]:
    """A broker on which each component has its rights, and the topics."""
    with secured_kafka(COMPONENTS) as running:
        grant(running.settings(), read_table())
        asyncio.run(_make_topics(running.settings("setup")))
        yield running


async def _make_topics(settings: Settings) -> None:
    """What `tocsin setup` does with Kafka."""
    parts = await prepare_topics(settings, [CHANNEL])
    assert {part.name for part in parts if part.done == "created"} == set(NAMES)


def at(broker: SecuredKafka, listener: str, host: str = "127.0.0.1") -> str:
    return f"kafka://{host}:{broker.ports[listener]}"


def ways_in(broker: SecuredKafka) -> dict[str, Settings]:
    by_certificate: dict[str, Any] = {"kafka_url": at(broker, "MUTUAL"), "kafka_security": "tls", **NO_PASSWORD}
    in_the_open: dict[str, Any] = {
        "kafka_url": at(broker, "OPEN"),
        "kafka_security": "sasl_plaintext",
        "kafka_ca_file": None,
    }
    return {
        "PLAIN": broker.settings(kafka_sasl_mechanism="PLAIN"),
        "SCRAM-SHA-256": broker.settings(kafka_sasl_mechanism="SCRAM-SHA-256"),
        "SCRAM-SHA-512": broker.settings(),
        "certificate": broker.settings(
            **by_certificate,
            kafka_certificate_file=broker.client.certificate,
            kafka_key_file=broker.client.key,
            kafka_key_password="key pass",
        ),
        "certificate and key in one file": broker.settings(
            **by_certificate, kafka_certificate_file=broker.client.both, kafka_key_password="key pass"
        ),
        "TLS alone": broker.settings(kafka_url=at(broker, "NAMED", "localhost"), kafka_security="tls", **NO_PASSWORD),
        "allowed by name": broker.settings(**in_the_open, kafka_allow_sasl_without_tls=True),
    }


@pytest.mark.parametrize(
    "way",
    [
        "PLAIN",
        "SCRAM-SHA-256",
        "SCRAM-SHA-512",
        "certificate",
        "certificate and key in one file",
        "TLS alone",
        "allowed by name",
    ],
)
async def test_a_client_that_proves_itself_gets_in(broker: SecuredKafka, way: str) -> None:
    async with open_admin(ways_in(broker)[way]) as admin:
        assert isinstance(await admin.list_topics(), list)


def refusals(broker: SecuredKafka) -> dict[str, tuple[Settings, list[str]]]:
    """Settings that are wrong in one way each, and what the error has to name."""
    make = broker.settings
    secured, mutual = f"127.0.0.1:{broker.ports['SECURED']}", f"127.0.0.1:{broker.ports['MUTUAL']}"
    by_certificate = {"kafka_url": at(broker, "MUTUAL"), "kafka_security": "tls", **NO_PASSWORD}
    tls = {"kafka_security": "tls", **NO_PASSWORD}
    plain = {"kafka_security": "plaintext", "kafka_ca_file": None, **NO_PASSWORD}
    other_client = broker.folder / "stranger" / "client-both.pem"
    if not other_client.exists():
        broker.stranger.issue("client", "client.example")
    return {
        "wrong password": (make(kafka_password="wrong"), [secured, "refuses the user 'admin'", "kafka_password"]),
        "wrong password, PLAIN": (
            make(kafka_password="wrong", kafka_sasl_mechanism="PLAIN"),
            [secured, "refuses the user 'admin' (PLAIN)", "kafka_password"],
        ),
        "unknown user": (make(kafka_username="nobody"), ["refuses the user 'nobody'", "kafka_username"]),
        "unknown authority": (
            make(kafka_ca_file=broker.stranger.file),
            [secured, f"not signed by {broker.stranger.file}", "kafka_ca_file"],
        ),
        "usual authorities": (make(kafka_ca_file=None), ["not signed by the usual authorities", "kafka_ca_file"]),
        "other name": (make(kafka_url=at(broker, "NAMED"), **tls), ["is for another name", "kafka_url"]),
        "expired": (make(kafka_url=at(broker, "EXPIRED"), **tls), ["has expired", "Renew"]),
        "in the open to TLS": (make(**plain), [f"{secured} speaks TLS", "set kafka_security".capitalize()]),
        "password in the open to TLS": (
            make(kafka_security="sasl_plaintext", kafka_ca_file=None, kafka_allow_sasl_without_tls=True),
            [f"{secured} speaks TLS", "kafka_security is sasl_plaintext"],
        ),
        "TLS to a port without": (make(kafka_url=at(broker, "OPEN")), ["speaks no TLS", "kafka_security is sasl_tls"]),
        "TLS without the password": (make(**tls), [secured, "asks for a password", "sasl_tls"]),
        "in the open without the password": (
            make(kafka_url=at(broker, "OPEN"), **plain),
            ["hangs up", "asks for a password", "sasl_tls"],
        ),
        "password that nobody wants": (
            make(kafka_url=at(broker, "NAMED", "localhost")),
            ["asks for no password", "kafka_security"],
        ),
        "no certificate of ours": (make(**by_certificate), [mutual, "certificate of ours", "kafka_certificate_file"]),
        "certificate of a stranger": (
            make(**by_certificate, kafka_certificate_file=other_client),
            [mutual, f"does not accept our certificate {other_client}"],
        ),
    }


REFUSALS = [
    "wrong password",
    "wrong password, PLAIN",
    "unknown user",
    "unknown authority",
    "usual authorities",
    "other name",
    "expired",
    "in the open to TLS",
    "password in the open to TLS",
    "TLS to a port without",
    "TLS without the password",
    "in the open without the password",
    "password that nobody wants",
    "no certificate of ours",
    "certificate of a stranger",
]


@pytest.mark.parametrize("wrong", REFUSALS)
async def test_a_refused_client_is_told_what_where_and_what_to_do(broker: SecuredKafka, wrong: str) -> None:
    settings, told = refusals(broker)[wrong]
    with pytest.raises(UnavailableError) as caught:
        async with asyncio.timeout(60), open_producer(settings):
            pass
    assert [part for part in told if part not in str(caught.value)] == [], str(caught.value)
    # Only a broker that hangs up without a word might be one that is about to start.
    assert isinstance(caught.value, AccessError) != (wrong == "in the open without the password")
    assert settings.kafka_password is None or settings.kafka_password.get_secret_value() not in str(caught.value)


async def test_a_port_that_keeps_silent_is_told_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agents.kafka._PATIENCE_S", 0.3)
    monkeypatch.setattr("agents.access.diagnosis._STEP_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"kafka://127.0.0.1:{silent.getsockname()[1]}"
        for security in ("plaintext", "tls"):
            settings = Settings.model_validate({"kafka_url": url, "kafka_security": security})
            with pytest.raises(UnavailableError, match="keeps silent"):
                async with asyncio.timeout(60), open_admin(settings):
                    pass


async def test_tls_to_a_plain_broker_is_told(kafka: Settings, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, kafka_url=kafka.kafka_url, kafka_security="tls")
    with pytest.raises(AccessError, match="speaks no TLS"):
        async with asyncio.timeout(60), open_admin(settings):
            pass


@pytest.mark.parametrize("given", [None, "wrong"])
async def test_a_key_that_does_not_open_names_its_file_and_asks_nobody(broker: SecuredKafka, given: str | None) -> None:
    password = None if given is None else SecretStr(given)
    settings = ways_in(broker)["certificate"].model_copy(update={"kafka_key_password": password})
    with pytest.raises(SettingsError, match="kafka_key_password must open the key") as caught:
        async with open_admin(settings):
            pass
    assert str(broker.client.key) in str(caught.value)


def command(settings: Settings, *arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """`tocsin ...` as a person calls it, the password in a file."""
    file = settings.data_dir.parent / f"{settings.kafka_username}-password"
    file.parent.mkdir(parents=True, exist_ok=True)
    assert settings.kafka_password is not None
    file.write_text(settings.kafka_password.get_secret_value() + "\n")
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    environ = {
        "TOCSIN_DATA_DIR": str(settings.data_dir),
        "TOCSIN_KAFKA_URL": settings.kafka_url,
        "TOCSIN_KAFKA_SECURITY": "SASL_SSL",
        "TOCSIN_KAFKA_USERNAME": str(settings.kafka_username),
        "TOCSIN_KAFKA_PASSWORD_FILE": str(file),
        "TOCSIN_KAFKA_CA_FILE": str(settings.kafka_ca_file),
    }
    program = [sys.executable, "-m", "agents.cli.main", *arguments]
    return subprocess.run(program, env=os.environ | environ, input=said, capture_output=True, text=True, timeout=120)


def test_the_command_line_shows_one_message_and_no_secret(broker: SecuredKafka) -> None:
    done = command(broker.settings("operator", kafka_password="wrong secret"), "status")
    assert done.returncode == AccessError.exit_code
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("tocsin: the broker at 127.0.0.1:")
    assert "wrong secret" not in line


def test_status_of_a_new_cluster_needs_no_more_than_the_operators_rights(broker: SecuredKafka) -> None:
    done = command(broker.settings("operator"), "status")
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in NAMES)


async def test_doctor_tells_how_the_connection_is_protected(broker: SecuredKafka) -> None:
    said = {check.name: check for check in await examine(broker.settings("operator"))}["broker"]
    assert said.state == "ok"
    assert f"TLS, broker proven by {broker.authority.file}, SCRAM-SHA-512 as user operator" in said.said
    assert password_of("operator") not in said.said


# Rights


def test_each_agent_may_read_its_topics_and_park_what_it_refuses() -> None:
    table = read_table()
    for agent in AGENTS:
        settings = Settings()
        assert all(may(table, agent.name, "Read", topic) for topic in agent.topics(settings, NAMES)), agent.name
        assert may(table, agent.name, "Write", DEAD_LETTERS.prefixed("tocsin"))
        groups = {acl.name for acl in table if (acl.component, acl.resource) == (agent.name, "group")}
        assert groups == {agent.group(settings)}


def test_only_setup_may_create_or_alter() -> None:
    more_than_use = {"Create", "Alter", "AlterConfigs", "Delete", "All"}
    assert {acl.component for acl in read_table() if acl.operation in more_than_use} == {"setup"}


@asynccontextmanager
async def workers(broker: SecuredKafka, rules: Path) -> AsyncIterator[dict[str, Settings]]:
    """Each agent in a process of its own, with no more than its own rights."""
    async with AsyncExitStack() as stack:
        found = {}
        for agent in AGENTS:
            settings = broker.settings(agent.name, rules_dir=rules, enrich_processes=1, log_level="warning")
            child = await Child.start(worker_spec(settings, [agent]))
            stack.push_async_callback(child.stop)
            found[agent.name] = settings
        yield found


async def until_alert(settings: Settings) -> str:
    topic = alerts_topic(CHANNEL).prefixed(settings.topic_prefix)
    async with asyncio.timeout(180):
        while True:
            async for alert in read_alerts(settings, [topic]):
                return alert.title
            await asyncio.sleep(0.2)


async def until_indexed(settings: Settings) -> None:
    async with asyncio.timeout(120):
        while True:
            try:
                index = await open_index(settings, read_only=True)
            except UnavailableError:
                await asyncio.sleep(0.2)
                continue
            count = await index.count()
            await index.close()
            if count:
                return
            await asyncio.sleep(0.2)


async def test_every_agent_does_its_work_with_its_own_rights(broker: SecuredKafka, tmp_path: Path) -> None:
    (tmp_path / "flood.toml").write_text(RULE)
    importer = broker.settings("importer")
    topic = ARTICLES.prefixed(importer.topic_prefix)
    async with workers(broker, tmp_path) as settings:
        async with open_producer(importer) as producer:
            sent = await send_payloads(
                producer,
                importer,
                topic,
                [
                    Payload(b'{"title": "A flood in the valley", "body": "The river rose."}', "one"),
                    Payload(b"{", "two"),
                ],
            )
        assert not sent.refused
        assert await until_alert(broker.settings("subscriber")) == "Flood: A flood in the valley"
        await until_indexed(settings["indexer"])
    letters = [message async for message in read_to_end(broker.settings("operator"), [DEAD_LETTERS.prefixed("tocsin")])]
    assert [b"enricher" in letter.value for letter in letters] == [True]


def of_desk(id: str, number: int) -> Alert:
    return alert(number, id=id, channel=CHANNEL)


async def raise_as_alerter(broker: SecuredKafka, *alerts: Alert) -> None:
    async with open_producer(broker.settings("alerter")) as producer:
        for one in alerts:
            topic = alerts_topic(CHANNEL).prefixed("tocsin")
            await producer.send_and_wait(topic, one.model_dump_json().encode(), key=b"flood\x1fKZ")


async def until_taken(receiver: Receiver, ids: list[str]) -> None:
    async with asyncio.timeout(120):
        while receiver.ids != ids:
            await asyncio.sleep(0.1)


async def test_the_notifier_and_the_desk_do_their_work_with_their_own_rights(
    broker: SecuredKafka, tmp_path: Path
) -> None:
    settings = broker.settings("notifier", notify_file=tmp_path / "targets.toml", log_level="warning")
    desk, operator = broker.settings("desk"), broker.settings("operator")
    async with notifying(settings, "desk", give_up_after="0s") as (_, [receiver]):
        await raise_as_alerter(broker, of_desk("seen", 1))
        await until_taken(receiver, ["seen"])
        done = await asyncio.to_thread(command, desk, "alerts", "snooze", "seen", "--for", "900d", "--by", "ana")
        assert done.returncode != 0, "no duration is longer than a year"
        for arguments in (("ack", "seen"), ("comment", "seen", "on it"), ("snooze", "seen", "--until", "2026-03-02")):
            done = await asyncio.to_thread(command, desk, "alerts", *arguments, "--by", "ana")
            assert done.returncode == 0, done.stderr
        await raise_as_alerter(broker, of_desk("silent", 2), of_desk("later", 3 * 24 * 60))
        await until_taken(receiver, ["seen", "later"])
        receiver.answer = refuse
        await raise_as_alerter(broker, of_desk("missed", 3 * 24 * 60 + 1))
        async with asyncio.timeout(120):
            while not (missed := [one for one in await read_dead_letters(operator) if "notifier" in one.letter.stage]):
                await asyncio.sleep(0.2)
        receiver.answer = None
        assert [one.outcome for one in await replay(broker.settings("replayer"), missed)] == ["sent"]
        await until_taken(receiver, ["seen", "later", "missed"])
    shown = await asyncio.to_thread(command, operator, "alerts", "show", "seen")
    assert all(words in shown.stdout for words in ("snoozed until 2026-03-02", "by ana", "ana: on it")), shown.stderr


async def refuse(_: int) -> web.StreamResponse:
    return web.Response(status=500)


async def test_a_notifier_without_rights_says_which_one_is_missing(broker: SecuredKafka, tmp_path: Path) -> None:
    settings = broker.settings("importer", notify_file=tmp_path / "targets.toml")
    (tmp_path / "targets.toml").write_text('[[target]]\nid = "feed"\nkind = "atom"\n')
    (target,) = load_targets(settings)
    with pytest.raises(AccessError, match=r"user 'importer' use the consumer group tocsin\.notifier\.feed"):
        await begin(settings, target)


@asynccontextmanager
async def plain_producer(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """One that starts also where nothing may be written."""
    producer = AIOKafkaProducer(**client_options(settings))
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


async def _is_written(producer: AIOKafkaProducer, topic: str) -> bool:
    try:
        await producer.send_and_wait(topic, b"{}", key=b"test")
    except TopicAuthorizationFailedError:
        return False
    return True


async def _is_read(settings: Settings, topic: str) -> bool:
    async with open_consumer(settings) as consumer:
        if topic not in await consumer.topics():
            return False
        part = TopicPartition(topic, 0)
        consumer.assign([part])
        consumer.seek(part, 0)
        try:
            await consumer.getmany(part, timeout_ms=300)
        except TopicAuthorizationFailedError:
            return False
    return True


@pytest.mark.parametrize("component", COMPONENTS)
async def test_a_component_may_do_nothing_else(broker: SecuredKafka, component: str) -> None:
    table, settings = read_table(), broker.settings(component)
    forbidden = {
        operation: [name for name in NAMES if not may(table, component, operation, name)]
        for operation in ("Read", "Write")
    }
    assert forbidden["Write"]
    async with plain_producer(settings) as producer:
        assert [name for name in forbidden["Write"] if await _is_written(producer, name)] == []
    assert [name for name in forbidden["Read"] if await _is_read(settings, name)] == []
    if component != "setup":
        with pytest.raises(UnavailableError, match=r"refuses topic tocsin\."):
            await ensure_topics(settings, ["new"])


async def test_setup_compares_and_mends_with_no_more_than_its_rights(broker: SecuredKafka) -> None:
    settings = broker.settings("setup", partitions=2, max_message_bytes=3_000_000, max_article_bytes=1_000_000)
    await prepare_topics(broker.settings("setup", max_message_bytes=2_500_000, max_article_bytes=1_000_000), [CHANNEL])
    mended = await prepare_topics(settings, [CHANNEL], apply=True)
    assert [part.name for part in mended if "2 partitions" in part.done or "instead of 2" in part.done]
    assert {part.state for part in await prepare_topics(settings, [CHANNEL], dry_run=True)} == {"ok"}


async def test_a_stage_that_may_not_write_says_who_may_not_what(broker: SecuredKafka) -> None:
    matches = MATCHES.prefixed("tocsin")
    sender = KafkaSender(broker.settings("enricher"))
    await sender.start()
    try:
        (failure,) = await sender.send([Output(matches, b"key", b"{}")], alone=False)
    finally:
        await sender.stop()
    assert failure is not None
    assert not failure.too_large
    assert f"does not let the user 'enricher' use the topic {matches}" in failure.error
    assert "kafka-acls.txt" in failure.error


@pytest.mark.parametrize(
    ("component", "arguments", "denied"),
    [
        ("importer", ["dead-letters", "list"], "use the topic"),
        ("operator", ["feed", "-"], "write to any topic"),
        ("poller", ["feed", "--topic", "articles.backfill", "-"], "use the topic"),
    ],
)
def test_the_command_line_says_which_right_is_missing(
    broker: SecuredKafka, component: str, arguments: list[str], denied: str
) -> None:
    done = command(broker.settings(component), *arguments, said='{"title": "A flood"}\n')
    assert done.returncode == AccessError.exit_code, done.stderr
    assert f"does not let the user '{component}' {denied}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("user", "password", "said"),
    [
        ("enricher", "wrong secret", "refuses the user 'enricher'"),
        (
            "importer",
            password_of("importer"),
            "does not let the user 'importer' use the consumer group tocsin.enricher",
        ),
    ],
)
async def test_a_worker_that_is_refused_says_so_once_and_stops_when_told(
    broker: SecuredKafka, user: str, password: str, said: str
) -> None:
    settings = broker.settings(user, kafka_password=password)
    output = settings.data_dir.parent / f"worker-{user}.log"
    output.parent.mkdir(parents=True, exist_ok=True)
    environ = os.environ | environment_of(settings) | {"TOCSIN_LOG_FORMAT": "json"}
    with output.open("wb") as file:
        program = [sys.executable, "-m", "agents.worker", "enricher"]
        worker = await asyncio.create_subprocess_exec(*program, env=environ, stderr=file)
        async with asyncio.timeout(90):
            while said not in output.read_text():
                await asyncio.sleep(0.1)
        await asyncio.sleep(2)
        worker.terminate()
        async with asyncio.timeout(60):
            assert await worker.wait() == 0
    assert output.read_text().count(said) == 1
    assert password not in output.read_text()


async def test_a_reader_that_opens_a_producer_is_told(broker: SecuredKafka) -> None:
    with pytest.raises(AccessError, match="does not let the user 'operator' write to any topic"):
        async with open_producer(broker.settings("operator")):
            pass


async def test_the_administrator_could_do_all_of_it(broker: SecuredKafka) -> None:
    """Else the refusals above might have another reason than the rights."""
    async with plain_producer(broker.settings(ADMIN)) as producer:
        assert [name for name in NAMES if not await _is_written(producer, name)] == []
    assert [name for name in NAMES if not await _is_read(broker.settings(ADMIN), name)] == []


def test_the_script_hands_every_line_to_kafkas_tool(tmp_path: Path) -> None:
    tool = tmp_path / "kafka-acls.sh"
    tool.write_text('#!/bin/sh\nfor one in "$@"; do printf "%s|" "$one"; done\necho\n')
    tool.chmod(0o755)
    script = TABLE.with_name("grant-kafka.sh")
    environ = os.environ | {"KAFKA_ACLS": str(tool), "TOCSIN_TOPIC_PREFIX": "news"}
    options = ["--bootstrap-server", "k:9093", "--command-config", "with blank.properties"]
    done = subprocess.run(
        [str(script), "worker-1", "enricher", "importer", "--", *options],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    expected = [
        [
            *(*options, "--add", "--allow-principal", "User:worker-1", "--operation", acl.operation),
            *(f"--{acl.resource}", acl.name.replace("tocsin", "news", 1), "--resource-pattern-type", acl.pattern, ""),
        ]
        for acl in read_table()
        if acl.component in ("enricher", "importer")
    ]
    assert [line.split("|") for line in done.stdout.splitlines()] == expected


def test_the_script_refuses_a_component_that_is_none() -> None:
    script = TABLE.with_name("grant-kafka.sh")
    done = subprocess.run([str(script), "u", "enrich", "--", "x"], capture_output=True, text=True)
    assert (done.returncode, "no component 'enrich'" in done.stderr) == (64, True)
