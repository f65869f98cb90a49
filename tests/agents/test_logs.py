"""Logs: one line per event, whatever the event says."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest

from agents.logs import Seldom

SPEAK = """
import logging, structlog
from agents.logs import configure_logging
from agents.settings import Settings
configure_logging(Settings(log_format="FORMAT", log_level="warning"))
log = structlog.get_logger("t")
log.info("not shown")
log.warning("said", title="evil\\n\\x1b[31m\\u202etitle" + "x" * 5000)
logging.getLogger("aiokafka").error("gone %s", "broker")
logging.getLogger("aiokafka").error("gone %s", "broker")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("failed")
"""


def lines(form: str) -> list[str]:
    command = [sys.executable, "-c", SPEAK.replace("FORMAT", form)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_json_logs_are_one_clean_line_each() -> None:
    said, library, failed = (json.loads(line) for line in lines("json"))
    assert said["level"] == "warning"
    assert said["title"].startswith("evil  [31m title") and len(said["title"]) == 512
    assert library["event"] == "gone broker"
    assert "ZeroDivisionError" in failed["exception"]


def test_console_logs_carry_no_control_characters_of_articles() -> None:
    text = "\n".join(lines("console"))
    assert "said" in text and "gone broker" in text
    assert "\u202e" not in text and "\x1b[31m\u202e" not in text


LENT = """
import contextlib, io, logging, structlog
from agents.logs import configure_logging
from agents.settings import Settings
log = structlog.get_logger("t")
lent = io.StringIO()
with contextlib.redirect_stderr(lent):
    configure_logging(Settings(log_format="json"))
    log.warning("to the lent one")
assert "to the lent one" in lent.getvalue()
lent.close()
log.warning("to our own")
logging.getLogger("aiokafka").error("of a library")
"""


def test_lines_go_to_standard_error_as_it_is_when_they_are_written() -> None:
    done = subprocess.run([sys.executable, "-c", LENT], capture_output=True, text=True, check=True, timeout=60)
    assert [json.loads(line)["event"] for line in done.stderr.splitlines()] == ["to our own", "of a library"]


@pytest.mark.parametrize(("name", "passes"), [("aiokafka.client", False), ("agents.stage", True)])
def test_only_libraries_are_kept_from_repeating_themselves(name: str, passes: bool) -> None:
    now = [0.0]
    seldom = Seldom(every_s=10, clock=lambda: now[0])
    record = logging.LogRecord(name, logging.ERROR, "p", 1, "no broker", None, None)
    assert seldom.filter(record)
    assert seldom.filter(record) is passes
    now[0] = 11.0
    assert seldom.filter(record)
