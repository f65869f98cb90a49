"""Where JDKs are on this machine, and what each says of itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from agents.services.account import Account
from agents.services.jdk import Candidate, Jdk, Need, Probe, choose_jdk

_FOLDERS: Final = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
)
_TIMEOUT_S: Final = 30.0
_HOME: Final = re.compile(r"^\s*java\.home = (.+)$", re.MULTILINE)
_BASE: Final = re.compile(r"^java\.base@(\d+)", re.MULTILINE)
_MODULE: Final = re.compile(r"^([a-z][\w.]*)@", re.MULTILINE)


def find_jdk(need: Need, account: Account | None = None, environ: Mapping[str, str] | None = None) -> Jdk:
    """The JDK that a server is to run on; as the *account*, when the server runs as another user. Blocks.

    Raises:
        ServiceError: there is none; the message lists what was looked at.
    """
    found = candidates(need, os.environ if environ is None else environ)
    return choose_jdk((probe(candidate, account) for candidate in found), need)


def candidates(need: Need, environ: Mapping[str, str]) -> Iterator[Candidate]:
    """Every place that may hold a JDK, in the order of preference, each once."""
    seen: set[Path] = set()
    for candidate in (*_named(need, environ), *_on_path(environ), *_in_folders(environ)):
        real = candidate.program.resolve()
        if real not in seen:
            seen.add(real)
            yield candidate


def _named(need: Need, environ: Mapping[str, str]) -> Iterator[Candidate]:
    for variable in need.variables:
        if named := environ.get(variable):
            yield Candidate(Path(named) / "bin" / "java", variable, explicit=True)


def _on_path(environ: Mapping[str, str]) -> Iterator[Candidate]:
    if found := shutil.which("java", path=environ.get("PATH")):
        yield Candidate(Path(found).resolve(), "the path")


def _in_folders(environ: Mapping[str, str]) -> Iterator[Candidate]:
    home = Path(environ["HOME"]) if environ.get("HOME") else None
    for pattern in _FOLDERS:
        root = home if pattern.startswith("~") else Path("/")
        # Reverse order, so that the newest of several comes first where names end in versions.
        for folder in sorted(root.glob(pattern.lstrip("~/")), reverse=True) if root else ():
            if (folder / "bin" / "java").exists():
                yield Candidate(folder / "bin" / "java", str(folder.parent))


def probe(candidate: Candidate, account: Account | None = None) -> Probe:
    """Ask one candidate for its folder, version and modules. Blocks."""
    command = [str(candidate.program), "-XshowSettings:properties", "--list-modules"]
    switch = account.as_options() if account else {}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_TIMEOUT_S,
            check=False,
            cwd="/",
            **switch,
        )
    except FileNotFoundError:
        return Probe(candidate, problem="there is no such program")
    except PermissionError:
        who = f"the user {account.name}" if account else "you"
        return Probe(candidate, problem=f"{who} may not run it")
    except (OSError, subprocess.TimeoutExpired) as error:
        return Probe(candidate, problem=f"it cannot be asked: {error}")
    return read_probe(candidate, done.stdout, done.stderr)


def read_probe(candidate: Candidate, stdout: str, stderr: str) -> Probe:
    """Read the answer of `java -XshowSettings:properties --list-modules`."""
    home, base = _HOME.search(stderr), _BASE.search(stdout)
    if home is None or base is None:
        said = (stderr or stdout).strip().splitlines()
        return Probe(candidate, problem=f"it does not answer as a Java 9 or later: {said[0] if said else 'nothing'}")
    return Probe(candidate, Path(home[1].strip()), int(base[1]), frozenset(_MODULE.findall(stdout)))
