"""Where the broker of a data folder listens: a small file that clients on this machine read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from agents.broker.files import write_atomically

FILE_NAME: Final = "address.json"


def write_address(data_dir: Path, host: str, port: int, pid: int) -> None:
    """Say that the broker of *data_dir* is ready."""
    write_atomically(data_dir / FILE_NAME, json.dumps({"host": host, "port": port, "pid": pid}).encode())


@dataclass(frozen=True)
class Address:
    """What a broker said when it was ready. One that was killed leaves its address behind."""

    host: str
    port: int
    pid: int


def read_address(data_dir: Path) -> str | None:
    """`host:port` of the broker that serves *data_dir*, None when none has said so."""
    said = announced(data_dir)
    return None if said is None else f"{said.host}:{said.port}"


def announced(data_dir: Path) -> Address | None:
    """What the broker that serves *data_dir* said, None when none has."""
    try:
        return Address(**json.loads((data_dir / FILE_NAME).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def remove_address(data_dir: Path) -> None:
    """Say that the broker of *data_dir* has stopped."""
    (data_dir / FILE_NAME).unlink(missing_ok=True)
