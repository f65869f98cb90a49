"""Replacing a file that others read meanwhile."""

from __future__ import annotations

from pathlib import Path


def replace_content(path: Path, content: bytes) -> None:
    """Write beside and rename: a reader sees the old content or the new, whole. For one writer.

    Not forced to the disk: after a power cut it may be gone, so only for what can be had again.

    Raises:
        OSError: the folder is missing or cannot be written; the old content stays.
    """
    beside = path.with_name(path.name + ".tmp")
    beside.write_bytes(content)
    beside.replace(path)
