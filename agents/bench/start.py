"""What a process that enriches costs before it is warm: the import, then its first article."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

_CODE: Final = """
from time import process_time
start = process_time()
from pipeline.enrich import enrich_text
imported = process_time()
enrich_text("GORLUVA (Agency) - Twelve people were killed and three injured in clashes, the mayor of Gorluva said.")
print(imported - start, process_time() - imported)
"""


def measure_start(processes: int = 7) -> dict[str, float]:
    """Start *processes*, one after the other; the least of each cost counts, since others' work only adds to it.

    Returns:
        CPU milliseconds of the import, with byte code that is written already, and of the first article.
    """
    measured = [_measure_one() for _ in range(processes + 1)][1:]  # the first one may write the byte code
    imports, firsts = zip(*measured, strict=True)
    return {"ms_import": round(1000 * min(imports), 1), "ms_first_in_process": round(1000 * min(firsts), 1)}


def _measure_one() -> tuple[float, float]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", _CODE], env=kept, stdout=subprocess.PIPE, text=True, check=True)
    imported, first = done.stdout.split()
    return float(imported), float(first)
