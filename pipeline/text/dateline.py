"""The dateline: where a report was filed, printed before its first sentence.

KYIV, Ukraine (Agency) — ...        Almaty, 6 January (Agency) – ...        GENEVA/BANGKOK -- ...        NAIROBI: ...
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from pipeline.text.model import Sentence, Text, Token

_DASHES: Final = frozenset({"—", "–", "-", "--", "―", "|"})
_MONTHS_AND_DAYS: Final = frozenset(
    "jan feb mar apr may jun june jul july aug sep sept oct nov dec january february march april august september "
    "october november december monday tuesday wednesday thursday friday saturday sunday".split()
)
_SIGNS: Final = _DASHES | {":", "/"}
"""One of them sets every dateline off from what follows it."""
_JOINERS: Final = frozenset({",", "/", "of", "the", "de", "la", "el", "al", "del", "and"})
_MOST_PLACE_WORDS: Final = 10
_LONGEST: Final = 24  # tokens before the dash; the longest seen is city, region, date and two agencies


class Dateline(Struct, frozen=True):
    """Where and by whom a report was filed. Offsets are code points of the text, half open."""

    start: int
    end: int
    """`raw[start:end]` names the place, for example "KYIV, Ukraine"; neither date nor agency."""
    agency: str | None
    """What stands in brackets or slashes. None means nothing does."""
    body_start: int
    """Where the first sentence begins."""


def _is_month_or_day(lower: str) -> bool:
    """With or without a full stop."""
    return lower.removesuffix(".") in _MONTHS_AND_DAYS


def _places(words: tuple[Token, ...]) -> int:
    """How many tokens from the first on can name a place."""
    n = 0
    for word in words:
        if _is_month_or_day(word.lower) or not (word.is_capitalised or word.lower in _JOINERS):
            break
        n += 1
    while n and words[n - 1].lower in _JOINERS:
        n -= 1
    bracket = _bracket(words, n)
    return bracket if n and bracket < len(words) and words[bracket].text == "," else n  # "LIMA (PERU), 3 MAY"


def _date(words: tuple[Token, ...], i: int) -> int:
    """Index after a date that begins at *i*; *i* itself when there is none."""
    j = i + (i < len(words) and words[i].text == ",")
    first = j
    while j < len(words) and (
        words[j].text.isdigit() or _is_month_or_day(words[j].lower) or (j > first and words[j].text == ",")
    ):
        j += 1
    if j < len(words) and words[j].text == ".":
        j += 1  # "January 10. /AGENCY/."
    return j if any(_is_month_or_day(word.lower) for word in words[first:j]) else i


def _bracket(words: tuple[Token, ...], i: int) -> int:
    """Index after "(Agency)" or "/AGENCY/."; *i* itself when there is none."""
    closer = {"(": ")", "/": "/", "[": "]"}.get(words[i].text) if i < len(words) else None
    for j in range(i + 2, min(i + 10, len(words))):
        if words[j].text == closer:
            return j + 1
    return i


def _breaks(words: tuple[Token, ...], mark: int, shouted: bool) -> bool:
    """Whether the token at *mark* sets the dateline off from the sentence that follows it."""
    before, sign, after = words[mark - 1], words[mark], words[mark + 1]
    if after.text[0].isalpha() and not after.is_capitalised:
        return False
    if sign.text == ":":
        return shouted and not after.text.isupper()
    apart = sign.end < after.start and before.end < sign.start
    return sign.text in {"—", "--"} or (sign.text in _DASHES and apart)


def _read(text: Text, words: tuple[Token, ...]) -> Dateline | None:
    n = _places(words)
    if not n or n > _MOST_PLACE_WORDS or words[0].lower == "by":
        return None
    dated = _date(words, n)
    signed = _bracket(words, dated)
    mark = signed
    while mark < len(words) and words[mark].text in {".", ","} and signed > dated:
        mark += 1
    if mark + 1 >= len(words):
        return None
    shouted = words[0].text.isupper() and len(words[0].text) > 2
    slashed = signed > dated and words[dated].text == "/"
    if not slashed and not _breaks(words, mark, shouted):
        return None
    first = words[mark] if slashed else words[mark + 1]
    on_one_line = "\n" not in text.raw[words[0].start : first.start]
    if not (shouted or signed > n or (n <= 4 and on_one_line)):
        return None
    agency = text.raw[words[dated].end : words[signed - 1].start].strip() if signed > dated else None
    return Dateline(words[0].start, words[n - 1].end, agency, first.start)


def _begins_line(text: Text, sentence: Sentence) -> bool:
    before = text.raw[max(0, sentence.start - 200) : sentence.start].rstrip(" \t")
    return not before or before[-1] == "\n"


def dateline(text: Text) -> Dateline | None:
    """The dateline of *text*, recognised by its form alone; the gazetteer decides whether the words name a place.

    None when there is none. Looks at the first lines only, so the cost does not grow with the text.
    """
    for sentence in text.sentences[:6]:  # it may come after a headline and a byline
        begin, end = sentence.first, sentence.first + _LONGEST
        if _SIGNS.isdisjoint(text.printed[begin:end]):
            continue
        words = text.tokens[begin:end]
        found = _read(text, words) if _begins_line(text, sentence) else None
        if found is not None:
            return found
    return None
