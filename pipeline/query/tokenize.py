"""Cut text into the words that are searched, as Elasticsearch's standard analyzer does (Unicode's UAX #29).

"7,939", "3.5", "u.s", "can't" and "co_op" are one word each; "anti-war" is two; each Han or Hiragana character is one.
There is no stemming and no folding: "mexico" does not find "méxico", in any engine.

Every engine gets its words from here or is compared with this in tests, so that what is found is what alerts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import filterfalse
from typing import Final, NamedTuple

from pipeline.query.word_break import RANGES

MAX_WORD_UNITS: Final = 255
"""Longest word in UTF-16 units; a longer run is cut into pieces, as Lucene's standard tokenizer does by default."""


class Word(NamedTuple):
    """A word in lower case; `start` and `end` are code points of the text, half open."""

    text: str
    start: int
    end: int


def _class(names: str, last_point: int) -> str:
    """Inside of a regex character class with the ranges of *names*, up to *last_point*."""
    parts = []
    for span in " ".join(RANGES[name] for name in names.split()).split():
        first, last = (int(end, 16) for end in (span.split("-") * 2)[:2])
        if first <= last_point:
            parts.append(f"\\U{first:08X}-\\U{last:08X}" if last > first else f"\\U{first:08X}")
    return "".join(parts)


@cache
def _pattern(last_point: int) -> re.Pattern[str]:
    """The rules as one regex, compiled when first needed.

    Nothing that was read is ever given back, which keeps it linear. Groups are atomic, not repeated possessively:
    Python 3.11.2, which is Debian 12's, gives wrong words for the latter or searches for ever.
    """

    def cls(names: str) -> str:
        return f"[{_class(names, last_point)}]"

    def run(name: str) -> str:
        return f"{cls(name)}{cls(name + ' EXTEND')}*+"

    letters, numbers, joiners, katakana = run("LETTER"), run("NUMERIC"), run("JOINER"), run("KATAKANA")
    extend, hebrew, pictograph = cls("EXTEND"), cls("HEBREW"), cls("PICTOGRAPH")
    inside_word = f'(?:{cls("MID_LETTER")}|(?<={hebrew})"(?={hebrew})){extend}*+'
    inside_number = f"{cls('MID_NUMBER')}{extend}*+"
    return re.compile(
        "|".join(
            (
                f"(?>(?:{letters}(?>(?:{inside_word}{letters})*)(?>(?:(?<={hebrew})')?)"
                f"|{numbers}(?>(?:{inside_number}{numbers})*)|{joiners}(?>(?:{katakana})?))+)",
                f"{katakana}(?>(?:{joiners}(?>(?:{katakana})?)(?>(?:{letters}|{numbers})*))*)",
                f"{cls('HAN HIRAGANA')}{extend}*+",
                run("SOUTHEAST_ASIAN"),
                *([f"{cls('REGIONAL')}{{2}}"] if last_point > 0xFFFF else ()),
                f"(?:{cls('EMOJI')}|{pictograph}\ufe0f){extend}*+(?>(?:(?<=\u200d){pictograph}{extend}*+)*)",
            )
        )
    )


_ASCII_WORD: Final = re.compile(r"(?>(?:[a-z]++(?>(?:[':.][a-z]++)*)|[0-9]++(?>(?:[',.;][0-9]++)*)|_++)+)")
_BEYOND_PLANE_0: Final = re.compile("[^\x00-\uffff]")
_JOINERS: Final = "_\u202f\u203f\u2040\u2054\ufe33\ufe34\ufe4d\ufe4e\ufe4f\uff3f"
"""What joins words but is none by itself: the class JOINER."""
_SIGNS: Final = "“”–—…«»•\xa0"
_NARROW_BLANK: Final = "\u202f"
"""The one joiner that Python takes for a blank."""
_MANY_ODD: Final = 100
"""More stretches than this are not cut one by one; a text in another script has hundreds."""
_EDGES: Final = f',.;:?!()[]"{_SIGNS}'
"""Signs that stand in words at most between other characters."""
_JOINER: Final = re.compile(f"[{_JOINERS}]")


def _plain(low: str) -> str:
    """The text with blanks for signs that are in most English news and in no word, as ASCII is read much faster."""
    if not low.isascii():
        for sign in _SIGNS:
            low = low.replace(sign, " ")
    return low


def _word_pattern(low: str) -> re.Pattern[str]:
    """The three say the same of the text they are meant for; the narrower ones are up to ten times as fast."""
    if low.isascii():
        return _ASCII_WORD
    return _pattern(0x10FFFF if _BEYOND_PLANE_0.search(low) else 0xFFFF)


def lower(text: str) -> str:
    """Lower case, one code point for each code point, so that offsets stay true.

    Python alone would make two of a dotted capital I, and of a final capital sigma what its neighbours ask for; Lucene
    does neither.
    """
    return text.lower() if text.isascii() else text.replace("İ", "i").replace("Σ", "σ").lower()


def words(text: str) -> list[str]:
    """The words of *text* in lower case, in reading order."""
    low = _plain(lower(text))
    found = _word_pattern(low).findall(low)
    if max(map(len, found), default=0) < MAX_WORD_UNITS // 2 and not _JOINER.search(low):
        return found  # nothing to cut or to leave out
    return [word.text for word in word_spans(text)]


def word_set(text: str) -> set[str]:
    """What `words` finds, without order and number, in a quarter of the time.

    No word goes over a blank, so that each different stretch between blanks is cut once, and most need no cutting.
    """
    low = lower(text)
    found = set(low.split())
    if not _is_cut_by_blanks(low):
        return set(words(text))
    ragged = set(filterfalse(str.isalnum, found))
    bare = {stretch.strip(_EDGES) for stretch in ragged}
    odd = set(filterfalse(str.isalnum, bare))
    found -= ragged
    found |= bare
    found -= odd
    if not low.isascii():
        foreign = set(filterfalse(str.isascii, found))
        found -= foreign
        odd |= foreign
    found.update(words(" ".join(odd)))
    return found


def word_run(text: str) -> str:
    """What `words` finds, in order, with a blank before and after each; made as the set is where that is faster."""
    low = lower(text)
    stretches = low.split()
    found = set(stretches)
    ragged = {stretch: stretch.strip(_EDGES) for stretch in filterfalse(str.isalnum, found)}
    bare = {stretch: stretch for stretch in filterfalse(str.isascii, found)} | ragged
    odd = {stretch: one for stretch, one in bare.items() if not (one.isalnum() and one.isascii())}
    if len(odd) > _MANY_ODD or not _is_cut_by_blanks(low):
        return f" {' '.join(words(text))} "
    cut = bare | {stretch: " ".join(words(one)) for stretch, one in odd.items()}
    return f" {' '.join(filter(None, map(cut.get, stretches, stretches)))} "


def _is_cut_by_blanks(low: str) -> bool:
    """Whether what stands between blanks is words whole: no long run, and no word with a blank in it."""
    step = MAX_WORD_UNITS // 2  # a run that is too long fills one such piece of the text
    return _NARROW_BLANK not in low and all(" " in low[at : at + step] for at in range(0, len(low) - step + 1, step))


def word_spans(text: str) -> Iterator[Word]:
    """The words of *text* with their places."""
    low, make = _plain(lower(text)), tuple.__new__  # a third faster than calling the class
    for match in _word_pattern(low).finditer(low):
        word, start = match.group(), match.start()
        if word[0] in _JOINERS and not word.strip(_JOINERS):
            continue  # underscores alone are no word
        if len(word) <= MAX_WORD_UNITS // 2:
            yield make(Word, (word, start, start + len(word)))
        else:
            yield from _pieces(word, start)


def _pieces(word: str, start: int) -> Iterator[Word]:
    """*word* cut into pieces of at most `MAX_WORD_UNITS` UTF-16 units; a pair of units is never split."""
    first = units = 0
    for i, char in enumerate(word):
        size = 2 if ord(char) > 0xFFFF else 1
        if units + size > MAX_WORD_UNITS:
            yield Word(word[first:i], start + first, start + i)
            first, units = i, 0
        units += size
    yield Word(word[first:], start + first, start + len(word))


def utf16_units(text: str) -> int:
    """Length as Java counts it."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)
