"""deploy/compose.yaml: what can be known of it without an engine."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from agents.cli.main import app
from agents.registry import AGENTS
from agents.services.elasticsearch import ELASTICSEARCH
from agents.services.kafka import KAFKA, server_properties
from agents.settings import Settings, load_settings
from pipeline.notifying import parse_targets

DEPLOY = Path(__file__).parents[2] / "deploy"
OURS = ("setup", *(agent.name for agent in AGENTS), "poller", "notifier", "cli")
ONCE = ("prepare", "credentials", "dashboards", "setup", "cli")
Services = dict[str, dict[str, Any]]


def settings_of(service: dict[str, Any]) -> Settings:
    environment = {name: str(value) for name, value in service["environment"].items()}
    return load_settings(environ={name: value for name, value in environment.items() if name.startswith("TOCSIN_")})


def seconds(duration: str) -> int:
    units = {"s": 1, "m": 60, "h": 3600}
    return sum(int(count) * units[unit] for count, unit in re.findall(r"(\d+)([smh])", duration))


def test_file_fits_the_official_schema(compose: dict[str, Any]) -> None:
    schema = json.loads((files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(compose)


def test_every_agent_has_a_service_of_its_own(services: Services) -> None:
    commands = [service.get("command") for service in services.values()]
    for agent in AGENTS:
        assert commands.count(["worker", agent.name]) == 1, agent.name


@pytest.mark.parametrize("name", [name for name in OURS if name not in ("poller", "cli")])
def test_command_is_one_of_the_command_line(services: Services, name: str) -> None:
    parse(services[name]["command"])


def test_health_checks_are_commands_of_the_command_line(services: Services) -> None:
    for agent in AGENTS:
        mark, program, *arguments = services[agent.name]["healthcheck"]["test"]
        assert (mark, program) == ("CMD", "tocsin")
        parse(arguments)
        assert arguments[-1] == agent.name


def parse(arguments: list[str]) -> None:
    """Parse as the entry point does, without running anything: help is shown after unknown names are refused."""
    answer = CliRunner().invoke(app, [*arguments, "--help"])
    assert answer.exit_code == 0, answer.output


def test_parsing_refuses_what_the_command_line_does_not_know() -> None:
    for arguments in (["wrker", "enricher"], ["worker", "--bogus", "enricher"]):
        with pytest.raises(AssertionError):
            parse(arguments)


@pytest.mark.parametrize("name", OURS)
def test_variables_are_settings_with_values_that_are_accepted(services: Services, name: str) -> None:
    settings = settings_of(services[name])
    assert settings.kafka_url == "kafka://kafka:19092"


def test_only_who_needs_the_index_has_a_key_and_the_one_for_its_work(services: Services) -> None:
    keys = {"setup": "setup", "indexer": "ingest", "recorder": "ingest", "cli": "search"}
    assert keys.keys() == {name for name, one in services.items() if "-key:/run" in str(one.get("volumes"))}
    for name, key in keys.items():
        settings = settings_of(services[name])
        assert settings.index_api_key_file and settings.index_ca_file
        assert settings.index_replicas == 0, "one node never gets green with copies"
        assert f"{key}-key:{settings.index_api_key_file.parent}:ro" in services[name]["volumes"]
        assert f"authority:{settings.index_ca_file.parent}:ro" in services[name]["volumes"]


def test_ports_are_bound_to_loopback(services: Services) -> None:
    ports = [port for service in services.values() for port in service.get("ports", ())]
    assert len(ports) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_only_servers_are_published_and_only_poller_and_notifier_reach_out(
    compose: dict[str, Any], services: Services
) -> None:
    assert compose["networks"]["inside"] == {"internal": True}
    networks = {name: set(service.get("networks", ())) for name, service in services.items()}
    assert {name for name, on in networks.items() if "outside" in on} == {"poller", "notifier"}
    assert {name for name, on in networks.items() if "published" in on} == {"kafka", "elasticsearch", "kibana"}
    assert services["prepare"]["network_mode"] == "none"


def test_images_are_pinned_and_those_of_the_tested_servers(services: Services) -> None:
    for name, service in services.items():
        assert re.search(r":\d+\.\d+\.\d+$", service["image"]), name
    assert services["kafka"]["image"].rpartition(":")[2] in KAFKA.title
    elastic = ELASTICSEARCH.title.rpartition(" ")[2]
    for name in ("elasticsearch", "kibana", "prepare", "credentials", "dashboards"):
        assert services[name]["image"].endswith(f":{elastic}"), name


def test_every_service_is_confined(services: Services) -> None:
    for name, service in services.items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"], name
        assert service["logging"]["options"]["max-size"], name
        assert service["restart"] == ("no" if name in ONCE else "unless-stopped"), name
    for name in OURS:
        assert services[name]["pull_policy"] == "never", "somebody else's image of this name"
        assert services[name]["read_only"], name
        assert services[name]["user"] == "1000:0", name


def test_agents_are_given_the_time_they_take_to_stop(services: Services) -> None:
    for agent in AGENTS:
        service = services[agent.name]
        # The worker's own time, then five seconds until its supervisor ends it.
        assert seconds(service["stop_grace_period"]) > settings_of(service).stop_timeout_s + 5


def test_whatever_is_waited_for_says_when_it_is_ready(services: Services) -> None:
    for name, service in services.items():
        for other, wait in service.get("depends_on", {}).items():
            if wait["condition"] == "service_healthy":
                assert "test" in services[other]["healthcheck"], (name, other)
            else:
                assert wait["condition"] == "service_completed_successfully", (name, other)
                assert other in ONCE, (name, other)


def test_agents_start_after_setup_and_setup_after_the_servers(services: Services) -> None:
    assert all("setup" in services[name]["depends_on"] for name in OURS if name != "setup")
    assert set(services["setup"]["depends_on"]) == {"kafka", "credentials"}


def test_volumes_exist_and_secrets_are_written_by_their_maker_only(compose: dict[str, Any], services: Services) -> None:
    mounts = [(name, *mount.split(":")) for name, one in services.items() for mount in one.get("volumes", ())]
    named = {source for _, source, *_ in mounts if not source.startswith(".")}
    assert named == set(compose["volumes"])
    writers = {name for name, source, _, *mode in mounts if source.endswith("-key") and mode != ["ro"]}
    assert writers == {"prepare", "credentials"}
    for _, source, *_ in mounts:
        if source.startswith("."):
            assert (DEPLOY / source).exists(), source


def test_the_notifier_keeps_how_far_its_targets_have_come(services: Services) -> None:
    """Its data folder in the image, which decides whom a new volume belongs to, and no tmpfs in the volume's place."""
    [folder] = re.findall(r"^\s*TOCSIN_DATA_DIR=(\S+)", (DEPLOY / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    mounts = dict(mount.split(":")[:2] for mount in services["notifier"]["volumes"])
    assert mounts["notifier-data"] == folder
    assert re.search(rf"install --directory --owner 1000 .*{folder}$", (DEPLOY / "Dockerfile").read_text("utf-8"), re.M)
    assert [mount.split(":")[0] for mount in services["notifier"]["tmpfs"]] == ["/tmp"]


def test_kafka_is_set_up_as_the_one_that_is_tested(services: Services) -> None:
    wanted = server_properties(port=0, controller_port=0, data=Path(), max_message_bytes=Settings().max_message_bytes)
    own = {
        "listeners",
        "advertised.listeners",
        "listener.security.protocol.map",
        "controller.quorum.voters",
        "log.dirs",
    }
    given = services["kafka"]["environment"]
    for name, value in wanted.items():
        if name not in own:
            assert str(given[f"KAFKA_{name.upper().replace('.', '_')}"]) == value, name


def test_targets_that_ship_are_a_valid_file_that_notifies_nobody(services: Services) -> None:
    """Each table in it is a comment; without the marks it is an example that is right."""
    assert "./notify:/etc/tocsin/notify:ro" in services["notifier"]["volumes"]
    assert str(settings_of(services["notifier"]).notify_file) == "/etc/tocsin/notify/targets.toml"
    text = (DEPLOY / "notify" / "targets.toml").read_text("utf-8")
    assert parse_targets(text, "targets.toml") == ()
    examples = parse_targets(re.sub(r"^#(?=\[\[|\w+ = )", "", text, flags=re.MULTILINE), "targets.toml")
    assert {one.kind for one in examples} == {"webhook", "apprise", "atom"}


def test_example_of_the_environment_tells_every_variable_and_its_default() -> None:
    used = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", (DEPLOY / "compose.yaml").read_text("utf-8")))
    told = dict(re.findall(r"^(\w+)=(.*)$", (DEPLOY / "env.example").read_text("utf-8"), re.MULTILINE))
    assert told == used
