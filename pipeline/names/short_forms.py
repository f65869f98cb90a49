"""Which of an article's organisations are short forms of others: "FRP" of "Front for the Renewal of the People"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from pipeline.names.words import ORG_HEADS
from pipeline.text.lexicon import words

Name = tuple[str, ...]

_SKIPPED: Final = words("of the and for on in to & de la al 's ’s")
"""Words that give an acronym no letter."""
_COMPANY: Final = words(
    "inc inc. corp corp. corporation company co co. ltd ltd. plc llc llp limited group holding holdings ag sa s.a. "
    "gmbh n.v. nv airlines airways motors industries foundation international party movement organisation organization"
)
"""What a name is often shortened by, without meaning another body: "Gazprom Neft" is not "Gazprom"."""
_LONGEST_ACRONYM: Final = 8
_MOST_NAMESAKES: Final = 50
"""Names tried that begin with one word: bounds the work on a list of a thousand "Bank of ..."."""


class Short(Struct, frozen=True):
    """The name that a shorter one stands for, and the rule that says so."""

    full: Name
    reason: str


def initials(name: Sequence[str]) -> str:
    return "".join(word[0] for word in name if word not in _SKIPPED)


def _letters(printed: str) -> str | None:
    """The letters of an acronym, lower case; None when *printed* is none."""
    letters = printed.replace(".", "")
    if 2 <= len(letters) <= _LONGEST_ACRONYM and letters.isalpha() and sum(map(str.isupper, letters)) >= 2:
        return letters.lower()
    return None


def _leaves_out(name: Name, longer: Name) -> bool:
    """Whether *name* is *longer* without its legal form, or without "of ..."."""
    rest = longer[len(name) :]
    if not rest or longer[: len(name)] != name or (len(name) == 1 and name[0] in ORG_HEADS):
        return False
    return rest[0] in {"of", "for"} or all(word in _COMPANY for word in rest)


class ShortForms:
    """The organisations of an article by what they may be shortened to."""

    def __init__(self, names: Sequence[Name]) -> None:
        """*names*: every distinct name, in the order of the first mention."""
        self._by_initials: dict[str, list[Name]] = {}
        self._by_first: dict[str, list[Name]] = {}
        self._by_head: dict[str, list[Name]] = {}
        for name in names:
            if len(name) > 1:
                self._by_initials.setdefault(initials(name), []).append(name)
                self._by_first.setdefault(name[0], []).append(name)
                heads = {word for word in (name[0], name[-1]) if word in ORG_HEADS}
                for head in heads:
                    self._by_head.setdefault(head, []).append(name)

    def full(self, name: Name, printed: str) -> Short | None:
        """The one body that *name* is short for; None when there is none, or more than one."""
        letters = _letters(printed) if len(name) == 1 else None
        if letters and (found := _only(self._by_initials.get(letters, ()))):
            return Short(found, "names.initials_of_body")
        longer = [
            one for one in self._by_first.get(name[0], ())[:_MOST_NAMESAKES] if one != name and _leaves_out(name, one)
        ]
        if found := _only(longer):
            return Short(found, "names.shorter_name")
        if len(name) == 1 and name[0] in ORG_HEADS and (found := _only(self._by_head.get(name[0], ()))):
            return Short(found, "names.head_of_body")
        return None


def _only(found: Sequence[Name]) -> Name | None:
    return found[0] if len(found) == 1 else None
