"""A small trained tagger: a linear sequence model over the words that can be names.

segments (what can hold names) -> evidence (tables, the article) -> features -> weights -> best labels -> names
"""

from __future__ import annotations

from pipeline.names.tagger.decode import Tagged
from pipeline.names.tagger.tag import Tagger, packaged_tagger

__all__ = ["Tagged", "Tagger", "packaged_tagger"]
