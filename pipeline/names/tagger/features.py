"""What the tagger sees of a token, as rows of its weight table.

A row's number is a hash of the feature, so there is no dictionary of features. Every group of rows is a pure function
of one word, of two neighbours, or of a few small numbers, which is what makes caching its sum right.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple
from zlib import crc32

from pipeline import gazetteer
from pipeline.names import known, lexicon, places
from pipeline.names.tagger.clusters import open_clusters
from pipeline.names.words import (
    CLUB_PREFIXES,
    ORG_AFTER,
    ORG_BEFORE,
    PARTICLES,
    PERSON_AFTER,
    PLACE_BEFORE,
    PLACE_PREFIXES,
    PORTFOLIOS,
    ROLES,
    SAID,
    SMALL_PLACE_HEADS,
    SURNAME_ENDINGS,
    THING_HEADS,
    UNITS,
)

ROWS: Final = 249_989
"""Rows of the table; prime, so that remainders spread. Twice as many score no better."""

CASELESS: Final = "\0"
"""Begins the key of a word in print whose capitals say nothing."""
BEGIN: Final = "\1"
"""Key of what stands before a sentence."""
END: Final = "\2"
"""Key of what follows a sentence."""

STRENGTHS: Final = {None: 0, "weak": 1, "likely": 2, "sure": 3}
_PLACE_KINDS: Final = ("country", "admin1", "capital", "city", "region", "water", "site", "admin2")
_CLASSES: Final = (
    ROLES, SAID, PERSON_AFTER, ORG_BEFORE, ORG_AFTER, PLACE_BEFORE, SMALL_PLACE_HEADS, PORTFOLIOS, THING_HEADS, UNITS,
    CLUB_PREFIXES, PLACE_PREFIXES, PARTICLES,
)  # fmt: skip
_FIRST_CLASS: Final = 12
"""Bit of the first of `_CLASSES`; the lexicon's own flags are below."""
_SURNAME_FORM: Final = 1 << 25
_CASELESS_SALT: Final = 1 << 48
_LONGEST_PLACE: Final = 40

Rows = tuple[int, ...]


_LEFT: Final = 0x9E3779B97F4A7C15
_RIGHT: Final = 0xC2B2AE3D27D4EB4F
_TEMPLATES: Final = tuple(number * 0x165667B19E3779F9 for number in range(100))
"""Odd numbers of 64 bits that spread what they multiply."""
_HERE: Final = tuple(_TEMPLATES[n] for n in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14))
_NEAR: Final = tuple(tuple(_TEMPLATES[n + at] for n in (20, 22, 24, 26, 28, 34)) for at in (0, 1))
_FAR: Final = tuple(tuple(_TEMPLATES[n + at] for n in (30, 32, 36)) for at in (0, 1))
_T40, _T41, _T42, _T43, _T44 = _TEMPLATES[40:45]
_T50, _T51, _T52, _T53, _T54 = _TEMPLATES[50:55]
_T83, _T84, _T85, _T86, _T87 = _TEMPLATES[83:88]


def _rows(numbers: tuple[int, ...], templates: tuple[int, ...]) -> Rows:
    """As `row` of each of *numbers* with its template."""
    return tuple([(number * _LEFT ^ template) % ROWS for number, template in zip(numbers, templates, strict=True)])


def row(template: int, a: int, b: int = 0) -> int:
    """Row of the feature that *template* makes of *a* and *b*."""
    return (a * _LEFT ^ b * _RIGHT ^ _TEMPLATES[template]) % ROWS


def text_hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


class Word(NamedTuple):
    """The numbers that the features of a word are made of."""

    word: int
    shape: int
    flags: int
    evidence: int
    end: int
    """Its last three letters."""
    group: int
    """Its class, of words that stand in like contexts."""
    place: int
    salt: int
    printed: str
    lower: str


def shape(word: str) -> str:
    """Letters as X and x, digits as 0; of a run of one kind no more than two; ten characters at most."""
    if word.isalpha():  # the two usual forms, told without a look at each letter
        if word.islower():
            return "xx"[: len(word)]
        if word[0].isupper() and word[1:].islower():
            return "Xxx"[: len(word)]
    out: list[str] = []
    for c in word:
        kind = "X" if c.isupper() else "x" if c.isalpha() else "0" if c.isdigit() else c if c.isascii() else "?"
        if len(out) < 2 or out[-1] != kind or out[-2] != kind:
            out.append(kind)
            if len(out) == 10:
                break
    return "".join(out)


def _place_evidence(printed: str) -> int:
    """How surely the gazetteer knows the word, and which kinds of place it can mean, as bits."""
    bits = 0
    for place in gazetteer.lookup(printed)[:4]:
        bits |= 1 << _PLACE_KINDS.index(place.kind)
    return STRENGTHS[places.strength(printed)] * 256 + bits


@lru_cache(maxsize=32_768)
def _flags(lower: str) -> int:
    """Lexicon flags and cue classes of a word in lower case, as bits."""
    bits = lexicon.flags(lower)
    for n, listed in enumerate(_CLASSES):
        if lower in listed:
            bits |= 1 << (_FIRST_CLASS + n)
    if len(lower) > 5 and lower.endswith(SURNAME_ENDINGS):
        bits |= _SURNAME_FORM
    return bits


def read_word(key: str) -> Word:
    """The word of *key*: a token's text, `CASELESS` and its lower case, `BEGIN` or `END`."""
    caseless = key[0] == CASELESS
    printed, salt = (key[1:].capitalize(), _CASELESS_SALT) if caseless else (key, 0)
    lower = printed.lower()
    capital = caseless or printed != lower
    known_as = _flags(lower)
    place = _place_evidence(printed) if capital and printed[:1].isalpha() and len(printed) < _LONGEST_PLACE else 0
    return Word(
        text_hash(lower) + salt,
        salt + (len(lower) if caseless else text_hash(shape(printed))),
        salt + (known_as << 1 | capital),
        salt + ((known_as << 12 | place) << 1 | (capital and lower in known.first_words())),
        text_hash(lower[-3:]) + salt,
        open_clusters().of(printed, lower) + salt,
        place,
        salt,
        printed,
        lower,
    )


def read_here(word: Word) -> Rows:
    """The features of a word where it stands."""
    w, outline, flags, evidence, end, group, place, salt, printed, lower = word
    as_printed = w if printed == lower else salt + text_hash(printed)
    two, four, last_two = text_hash(lower[:2]) + salt, text_hash(lower[:4]) + salt, text_hash(lower[-2:]) + salt
    last_four = text_hash(lower[-4:]) + salt
    numbers = w, as_printed, outline, flags, evidence, two, four, last_two, end, last_four, salt, group
    return *_rows(numbers, _HERE), row(6, place, salt), row(7, evidence, outline), row(15, group, outline)


def read_near(word: Word, at: int) -> Rows:
    """The features that a word gives to the token after it (*at* 0), or before it (1)."""
    return _rows(word[:6], _NEAR[at])


def read_far(word: Word, at: int) -> Rows:
    """The features that a word gives to the second token after it (*at* 0), or before it (1)."""
    return _rows((word.word, word.flags, word.group), _FAR[at])


def read_first(a: Word, b: Word) -> Rows:
    """The features of *a* directly before *b*: `row` written out, since most pairs of words in an article are new."""
    aw, af, ash = a.word * _LEFT, a.flags * _LEFT, a.shape * _LEFT
    bw, bf, bsh = b.word * _RIGHT, b.flags * _RIGHT, b.shape * _RIGHT
    return (
        (aw ^ bw ^ _T40) % ROWS,
        (af ^ bf ^ _T41) % ROWS,
        (ash ^ bsh ^ _T42) % ROWS,
        (aw ^ bf ^ _T43) % ROWS,
        (ash ^ bw ^ _T44) % ROWS,
    )


def read_second(a: Word, b: Word) -> Rows:
    """The features of *b* directly behind *a*."""
    aw, af, ash = a.word * _LEFT, a.flags * _LEFT, a.shape * _LEFT
    bw, bf, bsh = b.word * _RIGHT, b.flags * _RIGHT, b.shape * _RIGHT
    return (
        (aw ^ bw ^ _T50) % ROWS,
        (af ^ bf ^ _T51) % ROWS,
        (ash ^ bsh ^ _T52) % ROWS,
        (af ^ bw ^ _T53) % ROWS,
        (aw ^ bsh ^ _T54) % ROWS,
    )


def read_neighbours(before: int, here: int, after: int) -> Rows:
    """The features of a token's evidence between the flags of its neighbours."""
    return (row(70, before * 31 + after, here),)


def read_found(before: int, here: int, after: int) -> Rows:
    """The features of the multi-word names that the tables have found at a token and beside it."""
    return row(80, here), row(81, before * 128 + here), row(82, here * 128 + after)


def read_situation(word: Word, found: int, initial: int) -> Rows:
    """The features of a word with what the tables found and with its place in the sentence."""
    known, place, flags, own = found * _LEFT, initial * _LEFT, word.flags * _RIGHT, word.word * _RIGHT
    return (
        (known ^ flags ^ _T83) % ROWS,
        (known ^ own ^ _T84) % ROWS,
        (place ^ flags ^ _T85) % ROWS,
        (place ^ own ^ _T86) % ROWS,
        (place ^ word.evidence * _RIGHT ^ _T87) % ROWS,
    )


def read_hints(hints: int, flags: int, outline: int, found: int) -> Rows:
    """The features of what the rest of the article shows of a word."""
    return row(90, hints), row(91, hints, flags), row(92, hints, outline), row(93, hints, found)
