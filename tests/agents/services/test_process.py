"""Processes that outlive their starter: found again, not confused, stopped in order."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agents.services.account import Account, give, may_enter
from agents.services.errors import ServiceError
from agents.services.process import is_running, launch, started_at, stop
from agents.services.record import (
    Record,
    choose_port,
    free_port,
    free_ports,
    is_free,
    only_command,
    read_record,
    write_record,
)

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
SOMEBODY = Account("somebody", 65534, 65534)


@pytest.fixture
def launched(tmp_path: Path) -> Iterator[Callable[[str], tuple[int, str]]]:
    """launched(shell script) -> process id and start; its output is in `log`. Returns once the script printed."""
    running: list[tuple[int, str]] = []

    def start(script: str) -> tuple[int, str]:
        pid = launch(["/bin/sh", "-c", script], tmp_path / "log", os.environ)
        started = started_at(pid)
        assert started is not None
        running.append((pid, started))
        until = time.monotonic() + 30
        while not (tmp_path / "log").read_text():
            assert time.monotonic() < until
            time.sleep(0.02)
        return running[-1]

    yield start
    for pid, started in running:
        stop(pid, started, 0)


def test_a_launched_process_runs_in_a_session_of_its_own_until_it_is_stopped(tmp_path: Path, launched) -> None:
    pid, started = launched("echo up; exec sleep 60")
    assert is_running(pid, started)
    assert os.getsid(pid) != os.getsid(0)
    assert stop(pid, started, 30)
    assert not is_running(pid, started)
    assert started_at(pid) is None
    assert (tmp_path / "log").read_text() == "up\n"


def test_one_that_ignores_the_request_is_killed_with_its_children(launched) -> None:
    pid, started = launched("trap '' TERM; echo up; sleep 60 & while :; do sleep 1; done")
    assert not stop(pid, started, 0.3)
    assert not is_running(pid, started)


def test_a_process_of_the_same_number_but_another_start_is_left_alone(launched) -> None:
    pid, started = launched("echo up; exec sleep 60")
    assert not is_running(pid, "another start")
    assert stop(pid, "another start", 5)
    assert is_running(pid, started)


def test_a_zombie_does_not_run() -> None:
    child = subprocess.Popen(["/bin/true"])
    try:
        until = time.monotonic() + 30
        while started_at(child.pid) is not None:
            assert time.monotonic() < until
            time.sleep(0.02)
    finally:
        child.wait()


def test_a_record_survives_and_a_broken_one_is_none(tmp_path: Path) -> None:
    assert read_record(tmp_path) is None
    record = Record(port=9092, pid=os.getpid(), started=started_at(os.getpid()))
    write_record(tmp_path, record)
    assert read_record(tmp_path) == record
    assert record.runs
    assert not Record(port=9092).runs
    (tmp_path / "service.json").write_text("{")
    assert read_record(tmp_path) is None


def test_free_ports_are_different_and_none_that_is_promised() -> None:
    ports = free_ports(50, besides=range(45_000))
    assert len(set(ports)) == 50
    assert min(ports) >= 45_000
    assert all(map(is_free, ports))


def test_the_port_of_before_is_taken_again_unless_it_is_taken() -> None:
    port = free_port()
    assert is_free(port)
    assert choose_port("x", 0, port) == port
    assert choose_port("x", port, None) == port
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        assert choose_port("x", 0, number) != number
        with pytest.raises(ServiceError, match=f"port {number} for x is in use"):
            choose_port("x", number, None)


def test_a_second_command_waits_for_the_first(tmp_path: Path) -> None:
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        with only_command(tmp_path, lambda line: waiting.set()):
            order.append("second")

    with only_command(tmp_path, print):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(30)
        order.append("first")
    thread.join(30)
    assert order == ["first", "second"]


@pytest.mark.parametrize(("mode", "open_to_all"), [(0o755, True), (0o711, True), (0o700, False), (0o744, False)])
def test_a_folder_closed_to_others_or_below_one_cannot_be_entered(mode: int, open_to_all: bool) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "inner").mkdir()
        folder.chmod(mode)
        stranger = Account("stranger", os.getuid() + 1, os.getgid() + 1)
        assert may_enter(folder, stranger) == open_to_all
        assert may_enter(folder / "inner" / "not yet there", stranger) == open_to_all
        assert may_enter(folder, Account("owner", os.getuid(), os.getgid()))
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


@needs_root
def test_a_server_started_as_somebody_else_has_no_rights_of_root(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        give(folder, SOMEBODY)
        pid = launch(["/bin/sh", "-c", "id -u; id -G; exec sleep 60"], folder / "log", os.environ, SOMEBODY)
        started = started_at(pid)
        assert started is not None
        until = time.monotonic() + 30
        while len((folder / "log").read_text().splitlines()) < 2:
            assert time.monotonic() < until
            time.sleep(0.02)
        stop(pid, started, 30)
        assert (folder / "log").read_text().split() == ["65534", "65534"]


@needs_root
def test_giving_a_folder_away_follows_no_link(tmp_path: Path) -> None:
    folder, outside = tmp_path / "ours", tmp_path / "outside"
    (folder / "inner").mkdir(parents=True)
    outside.write_text("root's")
    (folder / "inner" / "link").symlink_to(outside)
    give(folder, SOMEBODY)
    assert (folder / "inner").stat().st_uid == 65534
    assert (folder / "inner" / "link").lstat().st_uid == 65534
    assert outside.stat().st_uid == 0
