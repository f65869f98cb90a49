"""The index in the data folder: tantivy, one process that writes, any number that read.

schema (fields and documents) -> compile (queries) -> store (files, writer, versions) -> search -> engine (async)
"""

from __future__ import annotations

from agents.index.embedded.engine import EmbeddedIndex
from agents.index.embedded.remove import remove_folder

__all__ = ["EmbeddedIndex", "remove_folder"]
