"""Names in a text: who, which bodies, which places, which nationalities, each with the rule that said so."""

from __future__ import annotations

from pipeline.names.find import find_entities, finder
from pipeline.names.protocol import NameTagger

__all__ = ["NameTagger", "find_entities", "finder"]
