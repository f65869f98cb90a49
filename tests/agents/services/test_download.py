"""What is fetched is what was locked, whole or not at all. A stand-in for Maven lets tests say what it brings."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from agents.services import download
from agents.services.checksums import checksums, differing, parse_lock
from agents.services.download import fetch
from agents.services.errors import ServiceError
from agents.services.lifecycle import SERVICES
from agents.services.maven import progress_of

GOOD = {"a.jar": b"one", "b.zip": b"two"}
JAVA_HOME = Path("/jdk")


def digest(content: bytes) -> str:
    return hashlib.sha512(content).hexdigest()


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server `thing` of two files."""
    folder = tmp_path / "files" / "thing"
    folder.mkdir(parents=True)
    (folder / "pom.xml").write_text("<project/>")
    (folder / "files.sha512").write_text("".join(f"{digest(content)}  {name}\n" for name, content in GOOD.items()))
    monkeypatch.setattr(download, "FILES", tmp_path / "files")


def maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, brings: dict[str, bytes], then: str = "exit 0") -> None:
    """`mvn` on the path brings these files, says so as Maven does, and ends with the command *then*."""
    offered = tmp_path / "offered"
    offered.mkdir(exist_ok=True)
    for name, content in brings.items():
        (offered / name).write_bytes(content)
    script = tmp_path / "bin" / "mvn"
    script.parent.mkdir(exist_ok=True)
    script.write_text(
        '#!/bin/sh\nfor last; do :; done\nfolder="${last#-DoutputDirectory=}"\nmkdir -p "$folder"\n'
        f'printf "Progress (1): 1/3 kB\\rProgress (1): 3/3 kB\\n[ERROR] it broke\\n"\ncp {offered}/* "$folder"\n'
        f"{then}\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent), prepend=os.pathsep)


def in_cache(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir()) if cache.exists() else []


def test_files_as_locked_are_kept_and_not_fetched_again(tmp_path, monkeypatch, locked: None) -> None:
    maven(tmp_path, monkeypatch, GOOD)
    told: list[str] = []
    folder = fetch("thing", JAVA_HOME, told.append, cache=tmp_path / "cache")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == GOOD
    assert told == ["fetching thing: 2 files", "fetching thing: 1/3 kB"]
    maven(tmp_path, monkeypatch, {}, then="exit 9")
    assert fetch("thing", JAVA_HOME, told.append, cache=tmp_path / "cache") == folder
    assert len(told) == 2


@pytest.mark.parametrize(
    ("brings", "named"),
    [
        (GOOD | {"a.jar": b"evil"}, "a.jar"),
        (GOOD | {"extra.jar": b"three"}, "extra.jar"),
        ({"a.jar": b"one"}, "b.zip"),
    ],
    ids=["changed", "additional", "missing"],
)
def test_files_that_differ_from_the_lock_are_refused_and_leave_nothing(
    tmp_path, monkeypatch, locked: None, brings: dict[str, bytes], named: str
) -> None:
    maven(tmp_path, monkeypatch, brings)
    with pytest.raises(ServiceError, match=f"refused and deleted.*: {named}. Run"):
        fetch("thing", JAVA_HOME, print, cache=tmp_path / "cache")
    assert in_cache(tmp_path / "cache") == []


def test_a_file_changed_in_the_cache_is_refused_and_the_next_run_fetches_anew(tmp_path, monkeypatch, locked) -> None:
    maven(tmp_path, monkeypatch, GOOD)
    folder = fetch("thing", JAVA_HOME, print, cache=tmp_path / "cache")
    (folder / "a.jar").write_bytes(b"evil")
    with pytest.raises(ServiceError, match=r"a\.jar"):
        fetch("thing", JAVA_HOME, print, cache=tmp_path / "cache")
    assert in_cache(tmp_path / "cache") == []
    again = fetch("thing", JAVA_HOME, print, cache=tmp_path / "cache")
    assert (again / "a.jar").read_bytes() == b"one"


def test_a_download_that_breaks_off_leaves_nothing_and_says_what_maven_said(tmp_path, monkeypatch, locked) -> None:
    maven(tmp_path, monkeypatch, GOOD, then="exit 1")
    with pytest.raises(ServiceError, match="it broke"):
        fetch("thing", JAVA_HOME, print, cache=tmp_path / "cache")
    assert in_cache(tmp_path / "cache") == []


def test_a_person_who_interrupts_leaves_nothing(tmp_path, monkeypatch, locked) -> None:
    maven(tmp_path, monkeypatch, GOOD, then="sleep 60")

    def interrupt(line: str) -> None:
        if "1/3" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch("thing", JAVA_HOME, interrupt, cache=tmp_path / "cache")
    assert in_cache(tmp_path / "cache") == []


def test_without_maven_it_says_what_to_install(tmp_path, monkeypatch, locked) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ServiceError, match="apt-get install maven"):
        fetch("thing", JAVA_HOME, print, cache=tmp_path / "cache")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc  a.jar\n",
        f"{digest(b'x')} a.jar\n",
        f"{digest(b'x')}  ../a.jar\n",
        f"{digest(b'x')}  a.jar\n{digest(b'y')}  a.jar\n",
        f"{digest(b'x')}  a.jar\n\n",
    ],
    ids=["empty", "short", "one blank", "path", "twice", "blank line"],
)
def test_a_lock_that_could_hide_something_is_refused(text: str) -> None:
    with pytest.raises(ServiceError, match="lock file"):
        parse_lock(text)


def test_every_server_has_a_pom_and_a_lock_that_names_it() -> None:
    for service in SERVICES:
        locked = parse_lock(download.lock_path(service.name).read_text("ascii"))
        assert any(file.startswith(service.name) for file in locked)
        assert download.pom_path(service.name).exists()


def test_differences_are_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "same").write_bytes(b"x")
    assert checksums(tmp_path) == {"same": digest(b"x")}
    assert differing({"same": "1", "gone": "1", "other": "1"}, {"same": "1", "new": "1", "other": "2"}) == (
        "gone",
        "new",
        "other",
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Progress (1): 0.3/100 MB", "0.3/100 MB"),
        ("Progress (2): 1/2 kB | 3/4 MB", "1/2 kB | 3/4 MB"),
        ("Downloaded from central: scheme://host/org/x/y/1/y-1.jar (100 MB at 25 MB/s)", "y-1.jar (100 MB at 25 MB/s)"),
        ("[INFO] Copying y-1.jar", None),
    ],
)
def test_mavens_progress_is_read(line: str, said: str | None) -> None:
    assert progress_of(line) == said
