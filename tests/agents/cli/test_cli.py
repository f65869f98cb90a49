"""The command line without a running system: what it prints, how it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from agents.cli.main import app
from agents.errors import TocsinError

TEXT = "Police detained 1,200 protesters in Lima, Peru, on Monday. Nobody was killed. Ana Quispe, 34, spoke of fear."


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def tocsin(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=given)


def refused(*arguments: str, given: str | bytes | None = None) -> tuple[int, str]:
    """Exit code and message of a command that must fail."""
    result = tocsin(*arguments, given=given)
    assert isinstance(result.exception, TocsinError), result.output
    return result.exception.exit_code, str(result.exception)


def test_enrich_gives_the_record_as_json() -> None:
    result = tocsin("enrich", "-", "--json", given=TEXT)
    record = json.loads(result.stdout)
    tolls = record["enrichment"]["toll"]
    assert (tolls["detained"]["best"], tolls["killed"]["status"]) == (1200, "denied")
    assert tolls["missing"]["status"] == "not_reported"
    assert record["body"] == TEXT


def test_enrich_shows_evidence_and_findings() -> None:
    result = tocsin("enrich", "-", given=TEXT)
    assert result.exit_code == 0
    for shown in ("Lima", "PE", "detained", "1200", "mass_detention"):
        assert shown in result.stdout


def test_enrich_takes_a_json_article_and_a_title(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"title": "12 dead in Quito", "body": "Rescuers went on."}')
    found = json.loads(tocsin("enrich", "a.json", "--json").stdout)["enrichment"]
    assert found["figures"][0]["span"]["field"] == "title"
    titled = json.loads(
        tocsin("enrich", "-", "--json", "--title", "12 dead in Quito", given="Rescuers went on.").stdout
    )
    assert titled["enrichment"]["toll"]["killed"]["best"] == 12


@pytest.mark.parametrize(
    ("arguments", "given", "code", "said"),
    [
        (("enrich", "missing.txt"), None, 64, "missing.txt"),
        (("enrich", "-"), '{"body": 3}', 64, "body"),
        (("enrich", "-"), b"\xff\xfe", 64, "not UTF-8"),
        (("feed", "missing.jsonl"), None, 64, "no such file"),
        (("feed", "-", "--topic", "alerts"), "x", 64, "articles.backfill"),
        (("feed", "-"), '{"body": "x"}', 69, "tocsin up"),
        (("status",), None, 69, "tocsin up"),
        (("alerts", "list"), None, 69, "tocsin up"),
        (("dead-letters", "list"), None, 69, "tocsin up"),
        (("dead-letters", "replay"), None, 64, "--all"),
        (("search", "countrys:KZ"), None, 64, "did you mean countries"),
        (("search", "(a OR"), None, 64, "column"),
        (("search", "*:*"), None, 69, "tocsin up"),
        (("search", "*:*", "--facet", "body"), None, 64, "facets are"),
        (("bench", "speed"), None, 64, "throughput"),
        (("--data-dir", "/proc/none", "--kafka-url", "amqp://x", "status"), None, 78, "kafka_url"),
        (("feeds", "add", "file:///etc/passwd", "--id", "a"), None, 64, "only http"),
        (("feeds", "add", "https://a.example/rss", "--id", "A B"), None, 64, "id"),
        (("rules", "check", "nowhere"), None, 64, "no such folder"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason(
    arguments: tuple[str, ...], given: str | bytes | None, code: int, said: str
) -> None:
    exit_code, message = refused(*arguments, given=given)
    assert (exit_code, said in message) == (code, True), message


def test_a_worker_of_an_unknown_agent_is_refused_with_those_there_are() -> None:
    # In a process of its own: running agents sets up logging for good.
    command = [sys.executable, "-m", "agents.cli.main", "worker", "indexr"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "enricher, indexer, matcher, alerter" in done.stderr) == (64, True), done.stderr


def test_config_show_tells_every_setting(tmp_path: Path) -> None:
    values = json.loads(tocsin("--topic-prefix", "desk", "config", "show", "--json").stdout)
    assert (values["topic_prefix"], values["data_dir"]) == ("desk", str(tmp_path / "data"))
    table = tocsin("config", "show").stdout
    assert "TOCSIN_ENRICH_TIMEOUT_S" in table.replace("\n", "").replace(" ", "") or "enrich" in table


def test_rules_are_listed_checked_and_tested() -> None:
    listed = [json.loads(line) for line in tocsin("rules", "list", "--json").stdout.splitlines()]
    assert "mass_detention" in {rule["id"] for rule in listed}
    assert json.loads(tocsin("rules", "check", "--json").stdout)["errors"] == []
    tested = json.loads(tocsin("rules", "test", "--json").stdout)
    assert (tested["failed"], tested["examples"] > 30) == ([], True)


def test_a_wrong_rule_file_fails_the_check_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "a.toml").write_text('id = "a"\nversion = 1\nquerry = "x"\n')
    result = tocsin("rules", "check", str(folder))
    assert result.exit_code == 1
    assert "a.toml:3" in result.output
    assert "did you mean query" in result.output.replace("\n", " ")


def test_an_example_that_comes_out_otherwise_fails(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "quake.toml").write_text(
        'id = "quake"\nversion = 1\ntitle = "Quake"\nquery = "quake"\nseverity = "low"\nchannel = "nature"\n'
        'message = "{title}"\nowner = "desk"\n[[examples]]\nmatch = true\ntext = "A storm came."\n'
    )
    result = tocsin("rules", "test", str(folder))
    assert result.exit_code == 1
    assert "must match and does not" in result.output.replace("\n", " ")


def test_doctor_says_what_is_there(tmp_path: Path) -> None:
    checks = {check["name"]: check for check in map(json.loads, tocsin("doctor", "--json").stdout.splitlines())}
    assert (checks["gazetteer"]["state"], checks["rules"]["state"]) == ("ok", "ok")
    assert (checks["broker"]["state"], checks["index"]["state"]) == ("warning", "warning")


def test_every_command_has_help() -> None:
    for command in ("demo", "up", "worker", "broker", "feed", "enrich", "search", "alerts", "rules", "feeds"):
        result = tocsin(command, "--help")
        assert result.exit_code == 0
        assert command in result.stdout
    assert tocsin("--version").stdout.startswith("tocsin 0.")
