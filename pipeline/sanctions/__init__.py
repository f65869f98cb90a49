"""Sanctions in the news: which measure, at which stage, by whom, against whom, said or only hinted."""

from __future__ import annotations

from pipeline.sanctions.find import find_sanctions

__all__ = ["find_sanctions"]
