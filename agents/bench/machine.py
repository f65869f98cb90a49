"""What the numbers were measured on: a figure without its machine says nothing."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def memory_of(pid: int | str = "self") -> dict[str, int]:
    """Resident and private memory of a process, bytes. Private leaves out what is shared, such as the gazetteer."""
    values = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name in ("Rss", "Private_Clean", "Private_Dirty"):
            values[name] = int(rest.split()[0]) * 1024
    return {"rss": values["Rss"], "private": values["Private_Clean"] + values["Private_Dirty"]}


def cpu_seconds_of(pid: int | str = "self") -> float:
    """CPU time that a process has used, its own and the kernel's for it."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def machine() -> dict[str, str | int | None]:
    """Cores, memory and Python of this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cores": os.cpu_count(), "memory_gib": round(memory / 2**30), "python": platform.python_version()}
