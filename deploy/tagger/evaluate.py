"""Score a tagger inside the whole recogniser of names, by the development data's own scorer."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from deploy.tagger.sources import Example, scorer
from pipeline.findings import Document
from pipeline.names.find import recognise
from pipeline.names.tagger.model import Model
from pipeline.names.tagger.tag import Tagger
from pipeline.text import analyse

_KINDS: Final = ("PER", "ORG", "LOC")
MEASURES: Final = ("exact", "overlap", *_KINDS)
_NOTHING: Final = analyse("", "title")


def open_bytes(model: bytes) -> Tagger:
    """A tagger with weights that are not packaged."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.bin"
        path.write_bytes(model)
        return Tagger(Model(path))  # the mapping outlives the file's name


def _names(tagger: Tagger, text: str) -> dict[str, list[dict[str, Any]]]:
    found = recognise(Document(_NOTHING, analyse(text)), tagger)
    return {"entities": [entity.model_dump() for entity in found.entities]}


def score(parts: Sequence[tuple[Tagger, Sequence[Example]]]) -> dict[str, float]:
    """F1 in percent by measure; each part of the texts is read by its own tagger."""
    readers: dict[str, Tagger] = {example.text: tagger for tagger, examples in parts for example in examples}
    docs = [
        {
            "id": example.id,
            "text": example.text,
            "title": "",
            "date": None,
            "gold": [(start, end, _KINDS[kind]) for start, end, kind in example.layers[0]],
            "neutral": example.neutral,
        }
        for _, examples in parts
        for example in examples
    ]
    result = scorer()(docs, lambda text, _title, _date: _names(readers[text], text))
    return {name: result[name]["f1"] for name in MEASURES}
