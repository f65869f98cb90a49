"""Fetch Apache Kafka's released jars with Maven and print the folder they are in.

    python deploy/kafka-tools/fetch.py [--lock]

The jars are kept in the user's cache folder. Before each use every one is compared with `jars.sha512`: a missing,
changed or additional jar is an error. `--lock` writes that file from what Maven brings, after a change of `pom.xml`.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from platformdirs import user_cache_path

HERE = Path(__file__).parent
POM, LOCK = HERE / "pom.xml", HERE / "jars.sha512"


class FetchError(Exception):
    """The jars cannot be had, or are not those which were locked."""


def fetch() -> Path:
    """The folder with the checked jars. Raises FetchError."""
    folder = cache_folder()
    if not folder.exists():
        _download(folder)
    check(folder)
    return folder


def cache_folder() -> Path:
    """One folder for each version of the pom."""
    version = hashlib.sha256(POM.read_bytes()).hexdigest()[:16]
    return user_cache_path("tocsin") / f"kafka-{version}"


def check(folder: Path) -> None:
    """Raises FetchError naming the first jars that differ from the lock."""
    locked = dict(reversed(line.split()) for line in LOCK.read_text().splitlines())
    found = {path.name: _sha512(path) for path in folder.iterdir()}
    wrong = sorted(name for name in locked.keys() | found.keys() if locked.get(name) != found.get(name))
    if wrong:
        raise FetchError(
            f"{folder}: not as locked: {', '.join(wrong[:5])}. Delete the folder to fetch again; if it happens again, "
            "the published files differ from those which were tested."
        )


def _download(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        jars = Path(beside) / "jars"
        command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
        if shutil.which("mvn") is None:
            raise FetchError("Maven is not installed (the command `mvn`)")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise FetchError(f"Maven failed: {(done.stdout + done.stderr).strip()[-1000:]}")
        jars.rename(folder)


def _sha512(path: Path) -> str:
    return hashlib.sha512(path.read_bytes()).hexdigest()


def _write_lock() -> None:
    folder = cache_folder()
    shutil.rmtree(folder, ignore_errors=True)
    _download(folder)
    LOCK.write_text("".join(f"{_sha512(path)}  {path.name}\n" for path in sorted(folder.iterdir())))


def main() -> int:
    """Exit code 1 with one sentence when the jars cannot be used."""
    parser = argparse.ArgumentParser(description="Fetch Apache Kafka's released jars.")
    parser.add_argument("--lock", action="store_true", help="write jars.sha512 anew")
    given = parser.parse_args()
    try:
        if given.lock:
            _write_lock()
        print(fetch())
    except FetchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
