"""A text, cut once for all extractors."""

from __future__ import annotations

from pipeline.text.model import Text
from pipeline.text.sentences import split
from pipeline.text.tokens import columns
from schemas.enrichment import TextField


def analyse(raw: str, field: TextField = "body") -> Text:
    """Cut *raw* into tokens and sentences. Never raises; linear in the length of the text."""
    printed, starts, _, lowers = read = columns(raw)
    tokens = read.tokens()
    return Text(raw, field, tokens, split(raw, tokens, printed), printed, lowers, starts)
