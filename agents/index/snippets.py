"""Snippets of the hits on one page: made here from the stored documents, so that every engine shows the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.query.highlight import Snippet, highlight
from pipeline.query.tree import Node
from schemas.collections import Collection


def snippets_of(node: Node, body: Mapping[str, Any], collection: Collection) -> dict[str, Snippet]:
    """The snippet of each text field of a stored document in which the query found something."""
    texts = {name: value for name, value in body.items() if _is_text(name, value, collection)}
    found = {name: highlight(node, name, text) for name, text in texts.items()}
    return {name: snippet for name, snippet in found.items() if snippet is not None}


def _is_text(name: str, value: Any, collection: Collection) -> bool:
    """An index that another release filled may hold fields that this one does not know."""
    field = collection.by_name.get(name)
    return field is not None and field.type == "text" and isinstance(value, str)
