"""How many were killed, injured, missing, detained, displaced..., and who says so.

>>> from pipeline.findings import Document, Findings
>>> from pipeline.text import analyse
>>> found = find_figures(Document(analyse("", "title"), analyse("At least 12 people were killed.")), Findings())
>>> [(figure.kind, figure.low, figure.high) for figure in found.figures]
[('killed', 12, None)]
"""

from __future__ import annotations

from pipeline.figures.find import find_figures
from pipeline.figures.languages import LANGUAGES
from pipeline.figures.toll import toll_of, tolls

__all__ = ["LANGUAGES", "find_figures", "toll_of", "tolls"]
