"""The development corpora, for tests that look at single texts."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def corpora(shared: Path) -> Any:
    """The readers of the development data; tests that use them carry the mark `quality`."""
    sys.path.insert(0, str(shared / "quality"))
    try:
        return importlib.import_module("corpora")
    finally:
        sys.path.pop(0)
