"""Tokens, sentences, dateline and language of one text. Offsets are code points of the string as it came.

>>> text = analyse("Twelve died. U.S. envoys left.")
>>> [text.slice(s) for s in text.sentences]
['Twelve died.', 'U.S. envoys left.']
"""

from __future__ import annotations

from pipeline.text.analyse import analyse
from pipeline.text.dateline import Dateline, dateline
from pipeline.text.language import language, may_be_english
from pipeline.text.model import Sentence, Text, Token

__all__ = ["Dateline", "Sentence", "Text", "Token", "analyse", "dateline", "language", "may_be_english"]
