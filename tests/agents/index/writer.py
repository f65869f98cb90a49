"""A process that writes batches for ever and says after each what was acknowledged; the crash test kills it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from agents.index import IndexDocument
from agents.index.embedded import EmbeddedIndex

BATCH = 20


async def write_for_ever(folder: Path) -> None:
    index = EmbeddedIndex(folder, heap_bytes=16_777_216)
    await index.set_up()
    number = await index.count()
    while True:
        batch = [
            IndexDocument(
                id=f"d{number + i}",
                version=1,
                body={"@timestamp": "2026-03-01T00:00:00Z", "title": f"word{number + i}"},
            )
            for i in range(BATCH)
        ]
        outcomes = await index.write(batch)
        number += BATCH
        if all(outcome.status == "written" for outcome in outcomes):
            print(number, flush=True)


if __name__ == "__main__":
    asyncio.run(write_for_ever(Path(sys.argv[1])))
