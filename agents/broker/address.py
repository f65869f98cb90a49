"""Where the broker of a data folder listens: a small file that clients on this machine read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from agents.broker.files import write_atomically

FILE_NAME: Final = "address.json"


def write_address(data_dir: Path, host: str, port: int, pid: int) -> None:
    """Say that the broker of *data_dir* is ready."""
    write_atomically(data_dir / FILE_NAME, json.dumps({"host": host, "port": port, "pid": pid}).encode())


def read_address(data_dir: Path) -> str | None:
    """`host:port` of the broker that serves *data_dir*, None when none has said so."""
    try:
        said = json.loads((data_dir / FILE_NAME).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return f"{said['host']}:{said['port']}"


def remove_address(data_dir: Path) -> None:
    """Say that the broker of *data_dir* has stopped."""
    (data_dir / FILE_NAME).unlink(missing_ok=True)
