"""`python -m agents.broker --data-dir FOLDER [--port PORT]`."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from agents.broker.config import BrokerConfig, BrokerError
from agents.broker.server import serve


def main(arguments: list[str] | None = None) -> int:
    """Run the broker until it is told to stop. Exit code 1 when it cannot start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    try:
        serve(_config(arguments))
    except BrokerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _config(arguments: list[str] | None) -> BrokerConfig:
    defaults = BrokerConfig(data_dir=Path())
    parser = argparse.ArgumentParser(prog="python -m agents.broker", description="Embedded single-node Kafka broker.")
    parser.add_argument("--data-dir", type=Path, required=True, help="folder of all files; made when absent")
    parser.add_argument("--host", default=defaults.host, help="loopback address (default %(default)s)")
    parser.add_argument("--port", type=int, default=defaults.port, help="TCP port; 0 takes a free one (default)")
    parser.add_argument(
        "--partitions", type=int, default=defaults.default_partitions, help="of topics made automatically"
    )
    parser.add_argument(
        "--auto-create-topics", action=argparse.BooleanOptionalAction, default=defaults.auto_create_topics
    )
    parser.add_argument("--fsync", choices=("never", "interval", "always"), default=defaults.fsync)
    parser.add_argument("--retention-ms", type=int, default=defaults.retention_ms)
    parser.add_argument("--retention-bytes", type=int, default=defaults.retention_bytes)
    given = parser.parse_args(arguments)
    return BrokerConfig(
        data_dir=given.data_dir,
        host=given.host,
        port=given.port,
        default_partitions=given.partitions,
        auto_create_topics=given.auto_create_topics,
        fsync=given.fsync,
        retention_ms=given.retention_ms,
        retention_bytes=given.retention_bytes,
    )


if __name__ == "__main__":
    raise SystemExit(main())
