"""A Faust worker with two agents, in -> middle -> out, in a process of its own: `faust_process.py ADDRESS FOLDER`.

It acknowledges a batch only when what it sent on is acknowledged. The session timeout is longer than any test may
take: a worker that comes back only then has failed.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import faust

SESSION_SECONDS = 600.0

address, folder = sys.argv[1:3]
sys.argv[1:] = ["worker", "--loglevel=warn", "--without-web"]

app = faust.App(
    "probe",
    broker=f"kafka://{address}",
    datadir=Path(folder),
    consumer_group_instance_id="worker-1",
    consumer_auto_offset_reset="earliest",
    broker_session_timeout=SESSION_SECONDS,
    broker_request_timeout=SESSION_SECONDS + 30,
    broker_commit_interval=0.5,
    broker_max_poll_records=100,
    stream_buffer_maxsize=4096,
    topic_partitions=2,
)


def raw_topic(name: str) -> Any:
    """`internal` makes Faust declare the topic before it subscribes."""
    return app.topic(
        name, internal=True, value_type=bytes, value_serializer="raw", key_type=bytes, key_serializer="raw"
    )


first, middle, last = raw_topic("in"), raw_topic("middle"), raw_topic("out")


async def forward(values: Any, to: Any) -> None:
    await asyncio.gather(*[await to.send(key=value, value=value) for value in values])


@app.agent(first)
async def early(stream: Any) -> None:
    async for values in stream.take(50, within=0.05):
        await forward(values, middle)


@app.agent(middle)
async def late(stream: Any) -> None:
    async for values in stream.take(50, within=0.05):
        await forward(values, last)


@app.task
async def declare() -> None:
    await last.declare()  # nobody reads it here


if __name__ == "__main__":
    app.main()
