"""The index in the data folder: tantivy, one process that writes, any number that read.

schema (fields and documents) -> compile (queries) -> store (files, writer, versions) -> search -> engine (async)
"""

from __future__ import annotations

from agents.index.embedded.engine import EmbeddedIndex

__all__ = ["EmbeddedIndex"]
