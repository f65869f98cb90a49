"""Tokens, sentences and language of one text. Offsets are code points of the string as it came; nothing is normalised away.

>>> text = analyse("Twelve died. U.S. envoys left.")
>>> [text.slice(s) for s in text.sentences]
['Twelve died.', 'U.S. envoys left.']
"""

from __future__ import annotations

from pipeline.text.analyse import analyse
from pipeline.text.model import Sentence, Text, Token

__all__ = ["Sentence", "Text", "Token", "analyse"]
