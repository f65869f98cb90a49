"""A group member in a process of its own, so that a test can kill it.

    consumer_process.py LIBRARY ADDRESS TOPIC GROUP INSTANCE

Prints one JSON object for each thing that happens: {"assigned": [partitions]} or
{"message": [partition, offset, value]}. INSTANCE is empty for a dynamic member. Commits after each batch. SIGTERM
leaves the group in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
import threading
from typing import Any

SESSION_MS = 3000


def say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


async def run_aiokafka(address: str, topic: str, group: str, instance: str) -> None:
    from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener
    from aiokafka.errors import KafkaError

    class Listener(ConsumerRebalanceListener):
        def on_partitions_revoked(self, revoked: Any) -> None:
            pass

        def on_partitions_assigned(self, assigned: Any) -> None:
            say(assigned=sorted(place.partition for place in assigned))

    consumer = AIOKafkaConsumer(
        bootstrap_servers=address,
        group_id=group,
        group_instance_id=instance or None,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        session_timeout_ms=SESSION_MS,
        heartbeat_interval_ms=300,
        max_poll_records=50,
    )
    consumer.subscribe([topic], listener=Listener())
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await consumer.start()
    while not stopping.is_set():
        batches = await consumer.getmany(timeout_ms=200)
        for place, messages in batches.items():
            for message in messages:
                say(message=[place.partition, message.offset, message.value.decode()])
        if batches:
            with contextlib.suppress(KafkaError):  # the group moved on; what was not committed is read again
                await consumer.commit()
    await consumer.stop()


def run_confluent(address: str, topic: str, group: str, instance: str) -> None:
    from confluent_kafka import Consumer, KafkaException

    settings = {
        "bootstrap.servers": address,
        "group.id": group,
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        "session.timeout.ms": SESSION_MS,
        "heartbeat.interval.ms": 300,
    }
    if instance:
        settings["group.instance.id"] = instance
    consumer = Consumer(settings)
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    consumer.subscribe([topic], on_assign=lambda _, got: say(assigned=sorted(place.partition for place in got)))
    while not stopping.is_set():
        messages = [message for message in consumer.consume(50, timeout=0.2) if message.error() is None]
        for message in messages:
            say(message=[message.partition(), message.offset(), message.value().decode()])
        if messages:
            with contextlib.suppress(KafkaException):  # the group moved on; what was not committed is read again
                consumer.commit(asynchronous=False)
    consumer.close()


if __name__ == "__main__":
    library, *rest = sys.argv[1:]
    if library == "aiokafka":
        asyncio.run(run_aiokafka(*rest))
    else:
        run_confluent(*rest)
