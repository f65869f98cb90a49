"""Importing enrichment loads what enrichment needs: every process that enriches pays for it at its start."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

import pytest

_CODE: Final = """
import sys
import pipeline.enrich
from schemas.base import Record

def kinds(record):
    for kind in record.__subclasses__():
        yield kind
        yield from kinds(kind)

print(*sys.modules)
print(*(kind.__name__ for kind in kinds(Record)))
print(*(kind.__name__ for kind in kinds(Record) if kind.__pydantic_complete__))
"""


@pytest.fixture(scope="module")
def printed() -> list[list[str]]:
    """The modules that are loaded, the records, and those of them that have a validator."""
    done = subprocess.run([sys.executable, "-c", _CODE], stdout=subprocess.PIPE, text=True, check=True)
    return [line.split() for line in done.stdout.split("\n")]


@pytest.mark.parametrize(
    "module",
    [
        "asyncio",
        "email",  # comes with importlib.metadata, which pydantic asks for plugins when it builds a validator
        "importlib.metadata",
        "importlib.resources",
        "numpy",
        "onnxruntime",
        "pipeline.lists",
        "pipeline.names.backends",
        "pipeline.query",
        "rapidfuzz",
        "socket",
        "spacy",
        "tokenizers",
    ],
)
def test_what_is_not_needed_is_not_imported(module: str, printed: list[list[str]]) -> None:
    assert "pipeline.enrich" in printed[0]
    assert module not in printed[0]


def test_no_validator_is_built(printed: list[list[str]]) -> None:
    assert {"Article", "Span", "EnrichedArticle"} <= set(printed[1])
    assert printed[2] == []
