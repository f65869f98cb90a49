"""Everything that was acknowledged is there after the writing process was killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

from agents.index import SearchRequest
from agents.index.embedded import EmbeddedIndex
from pipeline.query import parse
from tests.agents.index.writer import BATCH

WRITER = Path(__file__).with_name("writer.py")
ROOT = Path(__file__).parents[3]


def acknowledged_before_kill(folder: Path, batches: int) -> int:
    """Start the writer, kill it after some acknowledgements, and return the number of documents last acknowledged."""
    with subprocess.Popen(
        [sys.executable, str(WRITER), str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        seen = [writer.stdout.readline() for _ in range(batches)]
        writer.kill()
        seen += writer.stdout.readlines()  # acknowledged before the signal arrived
    return int([line for line in seen if line.endswith("\n")][-1])


async def test_acknowledged_documents_survive_sigkill(tmp_path: Path) -> None:
    random = Random(7)
    folder = tmp_path / "index"
    for _ in range(4):
        acknowledged = acknowledged_before_kill(folder, random.randrange(2, 6))
        index = EmbeddedIndex(folder, heap_bytes=16_777_216)
        await index.set_up()
        count = await index.count()
        assert count >= acknowledged
        assert count % BATCH == 0, "a batch is there whole or not at all"
        assert await index.get(f"d{acknowledged - 1}") is not None
        result = await index.search(SearchRequest(query=parse(f"word{acknowledged - 1}")))
        assert result.total == 1
        await index.close()
