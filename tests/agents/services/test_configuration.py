"""What the servers are told, and what their logs look like to a reader."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

import pytest

from agents.services.account import may_enter
from agents.services.elasticsearch import as_yaml, environment, jvm_options, node_settings, unpack
from agents.services.errors import ServiceError
from agents.services.jdk import Jdk
from agents.services.kafka import as_properties, java_command, new_cluster_id, server_properties
from agents.services.lifecycle import home_of, services_named
from agents.services.log_files import follow, last_lines
from agents.services.service import Start
from agents.settings import Settings

LOOPBACK = "127.0.0.1"


def kafka(**given: int) -> dict[str, str]:
    wanted = {"port": 1, "controller_port": 2, "max_message_bytes": 1000} | given
    return server_properties(data=Path("/data"), **wanted)


def test_kafka_listens_on_loopback_only_and_keeps_one_copy() -> None:
    values = kafka(port=9092, controller_port=9093)
    assert values["listeners"] == "PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093"
    assert values["advertised.listeners"] == "PLAINTEXT://127.0.0.1:9092"
    assert {values[name] for name in values if name.endswith("replication.factor")} == {"1"}


@pytest.mark.parametrize("largest", [65_536, 33_554_432, 200_000_000])
def test_kafka_takes_the_largest_message_of_the_settings_and_a_request_that_holds_it(largest: int) -> None:
    values = kafka(max_message_bytes=largest)
    assert int(values["message.max.bytes"]) > largest
    assert int(values["socket.request.max.bytes"]) > int(values["message.max.bytes"])


def test_backslashes_are_escaped_in_properties() -> None:
    assert as_properties({"log.dirs": "/odd\\name"}) == "log.dirs=/odd\\\\name\n"


def test_cluster_ids_have_kafkas_form() -> None:
    ids = {new_cluster_id() for _ in range(300)}
    assert len(ids) == 300
    assert all(len(one) == 22 and not one.startswith("-") for one in ids)


def test_the_java_command_names_heap_jars_and_logging() -> None:
    command = java_command("java", Path("/jars"), "256m", "kafka.Kafka", "x", logging=Path("/l"))
    assert command[:2] == ["java", "-Xmx256m"]
    assert "-Dlog4j2.configurationFile=/l" in command
    assert command[-4:] == ["-cp", "/jars/*", "kafka.Kafka", "x"]


def test_elasticsearch_listens_on_loopback_and_odd_folders_stay_one_value() -> None:
    text = as_yaml(node_settings(port=9200, home=Path('/my "data": #1')))
    assert f'network.host: "{LOOPBACK}"\n' in text
    assert "http.port: 9200\n" in text
    assert "xpack.security.enabled: false\n" in text
    assert 'path.data: "/my \\"data\\": #1/data"\n' in text


def jdk(*modules: str) -> Jdk:
    return Jdk(Path("/jdk"), 25, frozenset(modules))


SHIPPED = "-XX:+UseG1GC\n20-:--add-modules=jdk.incubator.vector\n-Xlog:gc*,safepoint:file=gc.log:utctime\n"


def test_a_module_that_the_jdk_lacks_is_not_asked_for() -> None:
    assert "jdk.incubator.vector" in jvm_options(SHIPPED, jdk("jdk.incubator.vector"))
    assert jvm_options(SHIPPED, jdk()) == "-XX:+UseG1GC\n"


def test_a_persons_own_java_variables_do_not_reach_elasticsearch(tmp_path: Path) -> None:
    start = Start(Settings(services_elasticsearch_heap="1g"), tmp_path, tmp_path, jdk(), 9200, None)
    base = {"ES_JAVA_OPTS": "-Xmx9g", "ES_HOME": "/x", "JAVA_HOME": "/old", "LANG": "C"}
    assert environment(start, base) == {
        "LANG": "C",
        "ES_JAVA_HOME": "/jdk",
        "ES_JAVA_OPTS": "-Xms1g -Xmx1g",
        "ES_PATH_CONF": str(tmp_path / "config"),
        "ES_TMPDIR": str(tmp_path / "tmp"),
    }


def archive(folder: Path, *names: str) -> Path:
    folder.mkdir()
    with zipfile.ZipFile(folder / "thing-1.0.zip", "w") as zipped:
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o100755 if "/bin/" in name else 0o100660) << 16
            zipped.writestr(entry, "content")
    return folder


def test_the_program_is_unpacked_runnable_and_readable_for_all(tmp_path: Path) -> None:
    files = archive(tmp_path / "files", "thing-1.0/bin/elasticsearch", "thing-1.0/config/users")
    program = unpack(files, tmp_path)
    assert program == tmp_path / "thing-1.0"
    assert stat.S_IMODE((program / "bin" / "elasticsearch").stat().st_mode) == 0o755
    assert stat.S_IMODE((program / "config" / "users").stat().st_mode) == 0o644
    assert unpack(files, tmp_path) == program


def test_an_archive_of_another_layout_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    files = archive(tmp_path / "files", "other/bin/elasticsearch")
    with pytest.raises(ServiceError, match="not laid out as expected"):
        unpack(files, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["files"]


@pytest.mark.parametrize("heap", ["512", "0m", "lots", "1g -Xfoo", ""])
def test_a_heap_that_java_would_not_take_is_refused(heap: str) -> None:
    with pytest.raises(ValueError, match="services_kafka_heap"):
        Settings(services_kafka_heap=heap)


def test_services_are_known_by_name() -> None:
    assert [one.name for one in services_named([])] == ["kafka", "elasticsearch"]
    assert [one.name for one in services_named(["elasticsearch"])] == ["elasticsearch"]
    with pytest.raises(ServiceError, match="no service 'redis'; there are kafka, elasticsearch"):
        services_named(["redis"])


def test_kafka_lives_below_the_data_folder(tmp_path: Path) -> None:
    (service,) = services_named(["kafka"])
    assert home_of(Settings(data_dir=tmp_path), service) == tmp_path / "services" / "kafka"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs a server as somebody else")
def test_a_data_folder_closed_to_others_sends_roots_elasticsearch_to_an_open_one(tmp_path: Path) -> None:
    (service,) = services_named(["elasticsearch"])
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    homes = {home_of(Settings(data_dir=closed / one), service) for one in ("a", "b", "a")}
    assert len(homes) == 2
    account = service.account()
    assert account is not None
    assert all(may_enter(home, account) and home.name == "elasticsearch" for home in homes)


@pytest.mark.parametrize("count", [0, 1, 3, 10_000, 20_000])
def test_the_last_lines_of_a_log(tmp_path: Path, count: int) -> None:
    lines = [f"line {number} {'x' * (number % 50)}" for number in range(10_000)]
    (tmp_path / "log").write_text("\n".join(lines) + "\n")
    assert last_lines(tmp_path / "log", count) == (lines[-count:] if count else [])


def test_a_log_that_is_not_there_or_empty_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert last_lines(tmp_path / "absent", 5) == last_lines(tmp_path / "empty", 5) == []


def test_following_gives_what_is_added_over_rotation_and_late_files(tmp_path: Path) -> None:
    first, late = tmp_path / "first", tmp_path / "late"
    first.write_text("old\n")
    lines = follow({"a": first, "b": late})
    append(first, "new\nhalf")
    assert next(lines) == ("a", "new")
    append(first, " line\n")
    assert next(lines) == ("a", "half line")
    append(late, "late\n")
    assert next(lines) == ("b", "late")
    append(first, "before rotation\n")
    first.rename(tmp_path / "first.1")
    append(first, "after\n")
    assert [next(lines), next(lines)] == [("a", "before rotation"), ("a", "after")]


def append(path: Path, text: str) -> None:
    with path.open("a") as file:
        file.write(text)
