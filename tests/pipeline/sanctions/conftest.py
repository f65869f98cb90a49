"""How the tests read a text: analysed, with nothing found before unless a test says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from pipeline.findings import Document, Findings
from pipeline.sanctions import find_sanctions
from pipeline.text import analyse

Read = Callable[..., Findings]


@pytest.fixture(scope="session")
def read() -> Read:
    def _read(
        text: str, title: str = "", published_at: datetime | None = None, found: Findings | None = None
    ) -> Findings:
        document = Document(title=analyse(title, "title"), body=analyse(text), published_at=published_at)
        return find_sanctions(document, found or Findings())

    return _read
