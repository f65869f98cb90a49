"""Cut a text into tokens.

Hyphenated words stay whole ("shoot-to-kill", "19-year-old", "Al-Shabaab"), digit ranges are split ("13-14" is three
tokens), a possessive is a token of its own ("Kazakhstan", "'s"), numbers keep their grouping ("7,939", "1.200", "3.5"),
abbreviations and initials keep their dots ("U.S.", "Gen.", "J."), web addresses are one token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, compress, repeat
from operator import add
from typing import Final, NamedTuple

from pipeline.text.lexicon import words
from pipeline.text.model import Token

TITLE_ABBREVIATIONS: Final = words(
    "mr mrs ms mx dr prof gen lt maj capt sgt cpl pte col brig cmdr adm gov sen rep rev hon pres pvt "
    "supt insp det messrs mme mlle st mt ft gov-gen atty amb fr sr dept est approx vs v cf fig vol no "
    "nos art sec para p pp op ch ex al sra dra ing вул ул пр тов гр им simt ph"
)
"""Something always follows these, so their full stop never ends a sentence (lower case, without the stop)."""

TRAILING_ABBREVIATIONS: Final = words(
    "jr inc ltd co corp bros llc plc pty etc jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e "
    "a.m p.m mon tue tues wed thu thurs fri sat ave blvd rd univ assn bn mln rs calif fla conn mass "
    "mich minn wash ariz ala ark colo ga ill ind kan ky la md mo neb nev okla ore pa tenn tex va wis "
    "wyo"
)
"""These may also be the last word of a sentence: whether they are depends on what follows."""

_AMBIGUOUS: Final = words("la pa mass ind ill wash ore art sec no para mar sat fri wed mon ex ch op v al ph est im ga")
"""Abbreviations that are also words: they count as abbreviations only when capitalised or when a number follows."""

# Combining marks of the scripts that news is written in, and invisible joiners: they continue a word. Python's \w has
# only letters and digits, so Hindi, Thai or decomposed Latin words would fall apart at every vowel sign or accent.
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983"
    "\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bd7"
    "\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57\u0d81-\u0d83\u0dca-\u0ddf\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u102b-\u103e\u1056-\u1059\u135d-\u135f\u17b4-\u17d3\u20d0-\u20f0"
    "\u200b-\u200d\u2060\ufeff\u00ad\ufe00-\ufe0f"
)

# Every alternative is greedy and none can fail after having read far, so the work is linear in the length of the text.
_TOKEN: Final = re.compile(
    rf"""
    (?:
      [A-Za-z]++(?![^ \n,"”“;)])                                                  # most words, decided quickly
    | (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]                         # web address
    | \d+(?:[.,\u00a0\u202f]\d+)*\w*(?:[-‐‑](?=[^\W\d])[\w{_MARKS}]+)*             # 7,939  3.5  19-year-old  20th  5m
    | [^\W\d_]\.(?:(?:[^\W\d_]\.)+(?:[^\W\d_](?!\w))?|[^\W\d_](?!\w))              # U.S.  a.m.  U.S
    | ['’][sS]\b                                                                # possessive
    | \w[\w{_MARKS}]*(?:['’](?![sS]\b)[^\W\d_][\w{_MARKS}]*                    # words, O'Brien
        |[-‐‑&](?![^\W\d_]\.[^\W\d_])\w[\w{_MARKS}]*                            # well-known, AT&T, not anti-U.S.
        |\.(?:com|org|net|gov|edu|info|io|ru|by|kz|ua|uk)\b)*
    | \.{{2,}} | -{{2,}} | [!?]{{2,}}
    | \S                                                                        # any other mark
    )\s*+                                     # and what parts it from the next: lengths then add up to offsets
    """,
    re.VERBOSE,
)
HYPHENS: Final = "-‐‑–"
"""What is a hyphen in `lower`."""
_PLAIN: Final = (
    {ord(c): "'" for c in "’‘ʼ`"}
    | {ord(c): "-" for c in HYPHENS}
    | dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
)


LONGEST: Final = 1_000
"""Code points of a token; what is longer is cut. Words are remembered in many places, and a hostile text must not fill
the memory with them."""


def lower(word: str) -> str:
    """Lower case with straight apostrophes and hyphens, without invisible characters."""
    return word.lower() if word.isascii() else word.translate(_PLAIN).lower()


def _abbreviates(raw: str, word: str, low: str, end: int) -> bool:
    """Whether the full stop at *end*, right behind *word*, belongs to it; *low*: the word in lower case."""
    if len(low) == 1 and word.isupper():
        return True  # an initial: "J. Smith"
    if low in TITLE_ABBREVIATIONS or low in TRAILING_ABBREVIATIONS:
        if low in _AMBIGUOUS:
            after = raw[end + 1 : end + 3].lstrip()
            return after[:1].isdigit() or (word.istitle() and low not in {"no", "sat", "art"})
        return True
    return False


def _join_stops(raw: str, words: list[str], ends: list[int], lowers: list[str]) -> list[int]:
    """Give abbreviations their full stops. Returns the indices of those stops, which are no tokens then."""
    joined = [-2]  # stands before every index
    for i in [i for i, word in enumerate(words) if word == "."]:
        before = i - 1 - (joined[-1] == i - 1)
        word, end = words[before], ends[before]
        if before >= 0 and end == ends[i] - 1 and _abbreviates(raw, word, lowers[before], end):
            words[before], ends[before], lowers[before] = word + ".", end + 1, lowers[before] + "."
            joined.append(i)
    return joined[1:]


def _cut(pieces: Iterable[str]) -> Iterator[str]:
    """*pieces*, none with more than `LONGEST` code points before the white space at its end."""
    for piece in pieces:
        last = (len(piece.rstrip()) - 1) // LONGEST * LONGEST
        for i in range(0, last, LONGEST):
            yield piece[i : i + LONGEST]
        yield piece[last:]


class Columns(NamedTuple):
    """The tokens of a text, field by field."""

    printed: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lowers: tuple[str, ...]

    def tokens(self) -> tuple[Token, ...]:
        return tuple(map(tuple.__new__, repeat(Token), zip(*self, strict=True)))


def tokenise(raw: str) -> tuple[Token, ...]:
    """Tokens of *raw* in reading order. Every character that is not white space is in exactly one token."""
    return columns(raw).tokens()


def columns(raw: str) -> Columns:
    """What `tokenise` gives, column by column, since this is where every article spends a tenth of its time.

    Linear time.
    """
    pieces = _TOKEN.findall(raw)
    lengths = list(map(len, pieces))
    if len(raw) > LONGEST and max(lengths, default=0) > LONGEST:
        pieces = list(_cut(pieces))
        lengths = list(map(len, pieces))
    words = list(map(str.rstrip, pieces))
    starts = list(accumulate(lengths, initial=len(raw) - len(raw.lstrip())))
    ends = list(map(add, starts, map(len, words)))
    lowers = [word.lower() if word.isascii() else lower(word) for word in words]
    kept = bytearray(b"\1") * len(words)
    for i in _join_stops(raw, words, ends, lowers):
        kept[i] = 0
    return Columns(
        tuple(compress(words, kept)),
        tuple(compress(starts, kept)),
        tuple(compress(ends, kept)),
        tuple(compress(lowers, kept)),
    )
