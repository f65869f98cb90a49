"""A data folder whose embedded broker runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agents.broker.config import BrokerConfig
from agents.broker.server import Broker
from agents.settings import Settings


@pytest.fixture
async def settings(tmp_path: Path) -> AsyncIterator[Settings]:
    """Settings of a data folder whose broker runs until the test ends."""
    found = Settings(data_dir=tmp_path / "data", broker_port=0)
    broker = Broker(BrokerConfig(data_dir=found.broker_dir))
    await broker.start()
    yield found
    await broker.stop()
