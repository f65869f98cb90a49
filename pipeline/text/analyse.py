"""Cut a text into tokens and sentences.

Hyphenated words stay whole ("shoot-to-kill", "19-year-old"), digit ranges are split ("13-14" is three tokens), a possessive is a
token of its own ("Kazakhstan", "'s"), numbers keep their grouping ("7,939", "1.200", "3.5"), abbreviations keep their dots.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.text.model import Sentence, Text, Token
from schemas.enrichment import TextField

ABBREVIATIONS: Final = frozenset(
    "mr mrs ms dr prof gen col lt maj capt sgt cpl cmdr adm brig gov sen rep rev hon pres st sr jr messrs mt ft no nos vs etc "
    "inc ltd co corp bros dept est approx al jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e a.m p.m fig vol".split()
)
"""Words whose full stop does not end a sentence (lower case, without the last stop)."""

_TOKEN: Final = re.compile(
    r"""
      \d+(?:[.,\u00a0\u202f]\d+)*(?:-?(?:[^\W\d_]+(?:-[^\W\d_]+)*))?(?![^\W_])   # 7,939  3.5  19-year-old  20th  5m
    | (?:[^\W\d_]\.){2,}                                                        # U.S.  a.m.
    | ['’]s\b                                                                   # possessive
    | [^\W_]+(?:['’](?!s\b)[^\W\d_]+|-[^\W_]+|&[^\W_]+)*                         # words, O'Brien, well-known, AT&T
    | \S                                                                        # any other mark
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-"})
_ENDERS: Final = frozenset(".!?…。！？؟")
_CLOSERS: Final = frozenset("\"'”’»)]")
_OPENERS: Final = frozenset("\"'“‘«([¿¡-–—•*")


def _tokens(raw: str) -> tuple[Token, ...]:
    found: list[Token] = []
    for match in _TOKEN.finditer(raw):
        word, start, end = match.group(), match.start(), match.end()
        lower = word.translate(_PLAIN).lower()
        if raw[end : end + 1] == "." and lower in ABBREVIATIONS:
            word, end = raw[start : end + 1], end + 1
            lower += "."
        elif found and word == "." and found[-1].end > start:
            continue
        found.append(Token(word, start, end, lower))
    return tuple(found)


def _ends_sentence(raw: str, tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a sentence ends after token *i*: a line break follows, or a full stop and then something that can begin one."""
    token, following = tokens[i], tokens[i + 1]
    gap = raw[token.end : following.start]
    if "\n" in gap:
        return True
    if not gap:
        return False
    j = i
    while j and tokens[j].text in _CLOSERS and tokens[j].start == tokens[j - 1].end:
        j -= 1
    last = tokens[j].text
    if last[-1] not in _ENDERS:
        return False
    starts = following.text[0].isupper() or following.text[0].isdigit() or following.text[0] in _OPENERS
    if len(last) > 1:  # an abbreviation; "U.S." may end a sentence, but far more often it does not
        return False
    return starts or not following.text[0].islower()


def analyse(raw: str, field: TextField = "body") -> Text:
    """Cut *raw* into tokens and sentences. Linear in the length of the text."""
    tokens = _tokens(raw)
    sentences: list[Sentence] = []
    first = 0
    for i in range(len(tokens)):
        if i + 1 == len(tokens) or _ends_sentence(raw, tokens, i):
            sentences.append(Sentence(first, i + 1, tokens[first].start, tokens[i].end))
            first = i + 1
    return Text(raw, field, tokens, tuple(sentences))
