"""Sanctions lists: reading their files, and finding their names in articles."""

from __future__ import annotations

from pipeline.lists.decide import match
from pipeline.lists.kit import screener_of
from pipeline.lists.screening import Screener

__all__ = ["Screener", "match", "screener_of"]
