"""Which of an article's personal names mean the same person: "Tokayev" after "Kassym-Jomart Tokayev".

A shorter name joins a longer one that has its words in the same order. When several longer ones do, the one named last
before it is meant: that is how news speaks of two people of one surname.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

Name = tuple[str, ...]

_ARTICLES: Final = frozenset({"al", "el", "ul", "an", "as", "ash", "ad", "ar", "az"})
"""Arabic articles, which newsrooms print or leave out: "al-Assad" is "Assad"."""
_SUFFIXES: Final = frozenset({"jr.", "sr.", "jr", "sr", "ii", "iii", "iv"})
_MOST_NAMESAKES: Final = 50
"""Longer names tried for one name: bounds the work on a text that repeats one name with many others."""


class Link(Struct, frozen=True):
    """The full name that a name stands for."""

    full: Name
    reason: str | None
    """None for the full name itself."""


def compared(words: Iterable[str]) -> Name:
    """The words of a name as they are compared: hyphenated parts apart, without Arabic articles and suffixes.

    >>> compared(["kim", "jong-un"]), compared(["bashar", "al-assad"])
    (('kim', 'jong', 'un'), ('bashar', 'assad'))
    """
    parts = [part for word in words for part in word.split("-") if part]
    kept = [part for part in parts if part not in _ARTICLES and part not in _SUFFIXES]
    return tuple(kept or parts)


def _same(short: str, long: str) -> bool:
    return short == long or (len(short) == 2 and short[1] == "." and short[0] == long[0])


def _shortens(name: Name, longer: Name) -> bool:
    """Whether *name* is *longer* with words left out or cut to initials, and at least one word in full."""
    if len(name) > len(longer) or name == longer or not set(name) & set(longer):
        return False
    if len(name) == len(longer) and not any(word[-1:] == "." for word in name):
        return False
    rest = iter(longer)
    return all(any(_same(word, other) for other in rest) for word in name)


def _reason(name: Name, full: Name) -> str:
    if len(name) == 1:
        return "names.surname" if name[0] == full[-1] else "names.part_of_name"
    return "names.initials" if any(word[-1:] == "." for word in name) else "names.shorter_name"


def _place(name: Name, full: Name) -> int:
    """How well the end of a longer name fits: a surname before a first name, that before one in the middle."""
    if name[-1] == full[-1]:
        return 0
    return 1 if name[0] == full[0] else 2


class People:
    """The personal names of an article, and for each mention the full name it stands for."""

    def __init__(self, names: Sequence[Name]) -> None:
        """*names* in reading order, as `compared` gives them."""
        by_word: dict[str, list[Name]] = {}
        distinct = dict.fromkeys(names)
        for name in distinct:
            for word in dict.fromkeys(name):
                by_word.setdefault(word, []).append(name)
        self._full = {name: self._longer(name, by_word) for name in distinct}
        self._last: dict[Name, int] = {}
        self._read = 0

    def _longer(self, name: Name, by_word: dict[str, list[Name]]) -> tuple[Name, ...]:
        """The fullest names that *name* may stand for; empty when it is one of them."""
        whole = [by_word[word] for word in name if not word.endswith(".")]
        rarest = min(whole, key=len, default=[])
        found = [other for other in rarest[:_MOST_NAMESAKES] if _shortens(name, other)]
        best = min((_place(name, other) for other in found), default=0)
        found = [other for other in found if _place(name, other) == best]
        return tuple(one for one in found if not any(_shortens(one, other) for other in found))

    def link(self, name: Name) -> Link:
        """The full name that the next mention, *name*, stands for. Mentions are given in reading order."""
        self._read += 1
        found = self._full[name]
        if not found:
            self._last[name] = self._read
            return Link(name, None)
        full = max(found, key=lambda one: self._last.get(one, 0))
        self._last[full] = self._read
        reason = _reason(name, full)
        return Link(full, reason if len(found) == 1 else f"{reason}_of_latest")
