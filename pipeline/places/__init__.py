"""Places of an article: which place each name means, where it is, and what part it plays."""

from __future__ import annotations

from pipeline.places.find import find_locations

__all__ = ["find_locations"]
