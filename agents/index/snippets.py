"""Snippets of the hits on one page: made here from the stored documents, so that every engine shows the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.query.canon import field_named
from pipeline.query.highlight import Snippet, highlight
from pipeline.query.tree import Node


def snippets_of(node: Node, body: Mapping[str, Any]) -> dict[str, Snippet]:
    """The snippet of each text field of a stored document in which the query found something."""
    found = {name: highlight(node, name, text) for name, text in _text_fields(body).items()}
    return {name: snippet for name, snippet in found.items() if snippet is not None}


def _text_fields(body: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in body.items() if isinstance(value, str) and field_named(name).type == "text"}
