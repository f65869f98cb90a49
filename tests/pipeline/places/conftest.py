"""Articles with marked names: `[[Brest]]` is a location entity, as the names extractor would give it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pipeline.findings import Document, Findings
from pipeline.text import analyse
from schemas.enrichment import Entity, Span, TextField

Marked = Callable[..., tuple[Document, Findings]]


def _unmark(marked: str, field: TextField) -> tuple[str, dict[str, list[Span]]]:
    plain, spans = "", dict[str, list[Span]]()
    for i, part in enumerate(re.split(r"\[\[(.*?)\]\]", marked)):
        if i % 2:
            spans.setdefault(part, []).append(Span(start=len(plain), end=len(plain) + len(part), field=field))
        plain += part
    return plain, spans


@pytest.fixture
def marked() -> Marked:
    def read(body: str, title: str = "", source_country: str | None = None) -> tuple[Document, Findings]:
        entities = []
        texts = []
        fields: tuple[tuple[str, TextField], ...] = ((title, "title"), (body, "body"))
        for text, field in fields:
            plain, spans = _unmark(text, field)
            texts.append(analyse(plain, field))
            entities += [
                Entity(type="location", name=name, mentions=tuple(found), rule="test", confidence=1.0)
                for name, found in spans.items()
            ]
        return Document(texts[0], texts[1], source_country=source_country), Findings(entities=tuple(entities))

    return read
