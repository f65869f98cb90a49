"""The index in the data folder: tantivy, one process that writes, any number that read.

schema (fields and documents) -> compile (queries) -> store (files, writer, versions) -> search -> folders (versions
beside each other) -> engine (async)
"""

from __future__ import annotations

from agents.index.embedded.engine import EmbeddedIndex
from agents.index.embedded.folders import Folders

__all__ = ["EmbeddedIndex", "Folders"]
