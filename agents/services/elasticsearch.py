"""Elasticsearch on loopback: one node without security, from the released zip without plugins.

It lacks scripts, ES|QL, ILM and language analyzers, which the index of Tocsin does without.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from agents.services.account import give, unprivileged_account
from agents.services.errors import ServiceError
from agents.services.jdk import Jdk, Need
from agents.services.process import launch
from agents.services.record import LOOPBACK
from agents.services.service import Service, Start

_NEED: Final = Need(program="Elasticsearch 9", least=21, module="jdk.jdi", variables=("ES_JAVA_HOME", "JAVA_HOME"))
_VECTOR: Final = "jdk.incubator.vector"
_GC_LOG: Final = "-Xlog:gc"
_ANSWER_S: Final = 5.0
_OWN_FOLDERS: Final = ("config", "data", "logs", "tmp")
"""What the server writes to."""


def node_settings(*, port: int, home: Path) -> dict[str, str | bool | int]:
    """`elasticsearch.yml`."""
    return {
        "cluster.name": "elasticsearch",  # also the name of the log file
        "node.name": "tocsin",
        "discovery.type": "single-node",
        "network.host": LOOPBACK,
        "http.port": port,
        "path.data": str(home / "data"),
        "path.logs": str(home / "logs"),
        # Containers and small machines often allow too few memory maps, and the node would refuse them.
        "node.store.allow_mmap": False,
        # A laptop with a disk more than 95 % full would otherwise get a read-only index.
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "xpack.security.enabled": False,
    }


def as_yaml(values: Mapping[str, str | bool | int]) -> str:
    """A flat YAML file; JSON's scalars are YAML's."""
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())


def jvm_options(shipped: str, jdk: Jdk) -> str:
    """The shipped `jvm.options` without what does not fit here."""
    # The JVM would not start with a module that it lacks; the collector's log may grow to 2 GB.
    unwanted = [_GC_LOG] if _VECTOR in jdk.modules else [_GC_LOG, _VECTOR]
    return "".join(line for line in shipped.splitlines(keepends=True) if not any(part in line for part in unwanted))


def environment(start: Start, base: Mapping[str, str]) -> dict[str, str]:
    """Variables of the server's process; a person's own `ES_*` and `JAVA_HOME` must not change it."""
    heap = start.settings.services_elasticsearch_heap
    kept = {name: value for name, value in base.items() if not name.startswith("ES_") and name != "JAVA_HOME"}
    return kept | {
        "ES_JAVA_HOME": str(start.jdk.home),
        "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}",
        "ES_PATH_CONF": str(start.home / "config"),
        "ES_TMPDIR": str(start.home / "tmp"),
    }


def unpack(files: Path, home: Path) -> Path:
    """The folder of the program below *home*, unpacked whole or not at all. Blocks.

    Raises:
        ServiceError: the release holds something else than one zip with one folder.
    """
    (archive,) = files.iterdir()
    program = home / archive.stem
    if program.exists():
        return program
    with tempfile.TemporaryDirectory(dir=home, prefix=".program-") as beside, zipfile.ZipFile(archive) as zipped:
        for entry in zipped.infolist():
            path = Path(zipped.extract(entry, beside))
            # Readable for whom the server runs as, whatever the umask here; zipfile forgets what may be executed.
            executable = entry.is_dir() or (entry.external_attr >> 16) & stat.S_IXUSR
            path.chmod(0o755 if executable else 0o644)
        if not (Path(beside) / archive.stem / "bin" / "elasticsearch").exists():
            raise ServiceError(f"{archive}: not laid out as expected, no {archive.stem}/bin/elasticsearch")
        (Path(beside) / archive.stem).rename(program)
    return program


def configure(start: Start, program: Path) -> None:
    """Write the configuration anew and make the folders that the server writes to its account's."""
    for name in _OWN_FOLDERS:
        (start.home / name).mkdir(mode=0o755, exist_ok=True)
    # A fresh folder, so that root never writes into one that an unprivileged user could have prepared.
    config = start.home / "config"
    shutil.rmtree(config)
    shutil.copytree(program / "config", config)
    (config / "elasticsearch.yml").write_text(as_yaml(node_settings(port=start.port, home=start.home)), "utf-8")
    shipped = (program / "config" / "jvm.options").read_text("utf-8")
    (config / "jvm.options").write_text(jvm_options(shipped, start.jdk), "utf-8")
    if start.account:
        for name in _OWN_FOLDERS:
            give(start.home / name, start.account)


def _start(start: Start) -> int:
    program = unpack(start.files, start.home)
    configure(start, program)
    command = [str(program / "bin" / "elasticsearch"), "--quiet"]  # its log file says the same
    output = ELASTICSEARCH.output(start.home)
    return launch(command, output, environment(start, os.environ), start.account)


def _is_ready(port: int) -> bool:
    """Whether the node has elected itself and can hold indices: `_cluster/health` is not red."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=_ANSWER_S)
    try:
        connection.request("GET", "/_cluster/health")
        answer = connection.getresponse()
        return answer.status == 200 and json.load(answer).get("status") in ("green", "yellow")
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()


ELASTICSEARCH: Final = Service(
    name="elasticsearch",
    title="Elasticsearch 9.2.8",
    need=_NEED,
    variable="TOCSIN_INDEX_URL",
    scheme="http",
    port=lambda settings: settings.services_elasticsearch_port,
    account=unprivileged_account,
    start=_start,
    is_ready=_is_ready,
    stop_timeout_s=60.0,
)
