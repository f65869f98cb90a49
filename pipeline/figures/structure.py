"""Settle which counts are parts of others, before the rules run: "19 people, including 10 children" counts 19.

Works on the letters of `pipeline.figures.items`; a count that is a part becomes `q`, and "two of the three soldiers"
becomes one count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.figures.items import Item, word
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.numbers import of_one_word

OWN_STATE: Final = "says what happened to it"
"""Mark of a part with a word of what happened behind it."""
_COUNTS = frozenset("QUN")
_DONE_TO_PART: Final = re.compile(r"[QUN][KD][xpoPI]{0,8}[Bb]p?[KDVH]")
""" "two of the three men arrested there were freed": what the verb says is said of the two."""
_OWN_VERB: Final = re.compile(r"p?(?:[KDV]|[Bb]p?[KDVH])")
""" "four of whom LATER DIED", "of whom nine ARE STILL HELD"."""


_SHARE: Final = re.compile(r"(?<![Bb])No[QUN](?!W)")
_APPOSITION: Final = re.compile(r"[QUN](?:[op]x{0,2}[IPx]?)?,(?P<listed>(?:[QUNI],){0,4}[QUNI],?c[QUNI])(?=[,.;)]|$)")
""" "three people in a car, a man and two women," """


_SECOND_OF: Final = re.compile(r"co[QUNI]")
_AGES: Final = re.compile(
    r"(?<=[IQUPN])(?P<ages>,x?o?X(?:[c,-]X){0,4}(?:,|$)|x?o?X(?:c?X){0,3})|(?P<adjective>X(?=[IP]))"
)
""" "de 28 y 35 años" after people, "12-летний" before them."""


def letters(items: Sequence[Item]) -> str:
    return "".join([item[0] for item in items])


def settle(items: Sequence[Item], lexicon: Lexicon) -> list[Item]:
    """The items with partitives joined and parts marked."""
    present, settled = set(letters(items)), list(items)
    if "X" in present and lexicon.context.age_units:
        settled = _without_ages(settled, lexicon.context.age_units)
    if "o" in present and "adjective_last" in lexicon.grammar:
        settled = _without_second_of(settled)
    if "R" in present:
        settled = _partitives(settled)
    if "r" in present:
        settled = _pronouns(settled)
    if "u" in present or "h" in present or "i" in present:
        settled = _after_including(settled)
    if "o" in present:
        settled = _of_one(_shares(settled))
    if "o" in present and [item for item in settled if item[0] == "o" and item.noun]:
        settled = _families(settled)
    if '"' in present and "N" in present:
        settled = _quoted(settled)
    if "," in present and "c" in present and not present.isdisjoint(_COUNTS):
        settled = _apposed(settled, lexicon.nouns.general)
    if "I" in present and [item for item in settled if item[0] == "B" and item.noun]:
        settled = _pairs(settled)
    return _in_parentheses(settled) if "(" in present or "-" in present else settled


def _without_second_of(items: Sequence[Item]) -> list[Item]:
    """ "de un policía Y DE dos civiles", which is "of a policeman and two civilians"."""
    text = letters(items)
    return [item for i, item in enumerate(items) if not (item.letter == "o" and _SECOND_OF.match(text, max(0, i - 1)))]


def _without_ages(items: Sequence[Item], units: frozenset[str]) -> list[Item]:
    """ "una mujer DE 38 AÑOS", "двое мужчин, 28 И 35 ЛЕТ,", "12-ЛЕТНИЙ мальчик": people without what is said of their
    age, which parts them from their verb and from others."""
    found = list(items)
    for match in reversed(list(_AGES.finditer(letters(items)))):
        first, last = match.span()
        if all(item.letter != "X" or item.reason == "age" or item.noun in units for item in found[first:last]):
            del found[first:last]
    return found


def _quoted(items: Sequence[Item]) -> list[Item]:
    """'two "attackers" died' counts 2: what they are called stands in quotation marks."""
    found: list[Item] = []
    for item in items:
        found.append(item)
        if letters(found[-4:]) == 'N"P"':
            number, _, people, mark = found[-4:]
            found[-4:] = [number._replace(letter="Q", last=mark.last, noun=people.noun)]
    return found


def _apposed(items: Sequence[Item], general: frozenset[str]) -> list[Item]:
    """ "three people, a man and two women, were killed": counts after a comma that add up to the one before it. Without
    a comma that closes them they must say more of who they are: "two soldiers, a cook and a driver" may be four."""
    found, text = list(items), letters(items)
    for match in _APPOSITION.finditer(text):
        whole, listed = match.start(), [i for i in range(*match.span("listed")) if found[i].letter in "QUNI"]
        closed = text[match.end() : match.end() + 1] in {",", ")"} and text[match.end() + 1 : match.end() + 2] != "c"
        total = sum(_size(found[i]) or 0 for i in listed)
        if (closed or found[whole].noun in general) and _size(found[whole]) == total:
            for i in listed:
                found[i] = found[i]._replace(letter="q", quantity=found[i].quantity or of_one_word(found[i].first, 1))
    return found


def _size(item: Item) -> int | None:
    """How many an item counts exactly, one for a person."""
    return item.quantity.best if item.quantity is not None else 1 if item.letter == "I" else None


def _shares(items: Sequence[Item]) -> list[Item]:
    """ "NINE OF 12 hostages were freed" counts nine; "is one of 12 hostages freed" and "nine of 12 hostages who were
    freed" count 12."""
    found = list(items)
    for match in reversed(list(_SHARE.finditer(letters(items)))):
        part, whole = found[match.start()], found[match.end() - 1]
        if (_size(part) or 0) < (_size(whole) or 0) and _size(part):
            found[match.start() : match.end()] = [whole._replace(first=part.first, quantity=part.quantity)]
    return found


def _of_one(items: Sequence[Item]) -> list[Item]:
    """ "seven members of ONE family": the word counts nobody."""
    found = list(items)
    for i, item in enumerate(found[2:], start=2):
        if item.letter in "QUN" and _size(item) == 1 and letters(found[i - 2 : i]) == "Qo":
            found[i] = item._replace(letter="X", reason=found[i].reason or "one group")
    return found


def _families(items: Sequence[Item]) -> list[Item]:
    """ "a FAMILY OF five was killed" counts five; "the family of two victims" is a word and "of" as ever."""
    found: list[Item] = []
    for i, item in enumerate(items):
        if found and found[-1].letter == "o" and found[-1].noun:
            family = found.pop()
            adjective = found and found[-1].letter == "x" and found[-1].last == family.first  # "a SYRIAN family of six"
            first = found.pop().first if adjective else family.first
            found.append(item._replace(letter="Q", first=first, noun="family"))
        elif item.letter == "o" and item.noun and letters(items[i + 1 : i + 2]) != "N":
            found += [word("x", item.first), word("o", item.last - 1)]
        else:
            found.append(item)
    return found


def _partitives(items: Sequence[Item]) -> list[Item]:
    """ "two of the three soldiers (died)" counts 2; "two of the three killed" counts 3, of which 2; "one of the guards"
    1; "two of the wounded later died" 2 who died, "three of the seven detainees were freed" 3."""
    found: list[Item] = []
    i = 0
    while i < len(items):
        item = items[i]
        following = items[i + 1] if i + 1 < len(items) else None
        after = items[i + 2].letter if i + 2 < len(items) else ""
        if item.letter != "R" or following is None:
            found.append(item)
        elif following.letter in _COUNTS and _DONE_TO_PART.match(letters(items[i + 1 : i + 14])):
            found.append(item._replace(letter="N"))
        elif following.letter in _COUNTS and after in "KD" and after:
            is_object = letters(found[-1:]) in {"K", "A"}  # "FREED 15 of the 34 people detained"
            found.append(item._replace(letter="N" if is_object else "q"))
        elif following.letter in "QUNPI":
            found.append(item._replace(letter="Q", last=following.last, noun=following.noun))
            i += 1
        elif following.letter in "KDFT" and _OWN_VERB.match(letters(items[i + 2 : i + 6])):
            found.append(item._replace(letter="N", last=following.last))
            i += 1
        elif following.letter in "KDH":
            found.append(item._replace(letter="q", kind=following.kind))
        else:
            found.append(item._replace(letter="N"))
        i += 1
    return found


def _pronouns(items: Sequence[Item]) -> list[Item]:
    """ "four of them": a part, unless it has a verb of its own ("four of them were killed", "shot four of them")."""
    found = list(items)
    for i, item in enumerate(found):
        if item.letter == "r":
            object_ = i > 0 and found[i - 1].letter in {"K", "A"}
            own = object_ or _OWN_VERB.match(letters(found[i + 1 : i + 5]))
            other = letters(found[i + 1 : i + 2]) in {"v", "s"}  # "and some of them RECEIVED threats"
            found[i] = item._replace(letter="N" if own else "X" if other else "q")
    return found


def _after_including(items: Sequence[Item]) -> list[Item]:
    """Counts after "including", as far as the list goes."""
    found = list(items)
    inside = False
    for i, item in enumerate(found):
        if item.letter in {"u", "h"} or (item.letter == "i" and _ends_count(found, i)):
            inside = any(previous.letter in "QUNFZ" for previous in found[:i])
        elif item.letter in _COUNTS and inside:
            following = letters(found[i + 1 : i + 5])
            own_verb = (following[:1] in {"K", "V", "D"} and _is_new_clause(found, i)) or (
                (found[i - 1].letter == "h" or letters(found[i - 2 : i]) == ",c") and _OWN_VERB.match(following)
            )
            if own_verb:
                inside = False
            else:
                found[i] = _in_state(item._replace(letter="q"), found[i + 1 : i + 2])
        elif item.letter not in ",cxoIPpX":
            inside = False
    return found


def _in_state(part: Item, following: Sequence[Item]) -> Item:
    """ "34 casualties, including nine DEAD": a part that says itself what happened to it."""
    state = following[0] if following and following[0].letter in "KD" else None
    if state is None or part.kind is not None or state.kind in {None, "casualties"}:
        return part
    return part._replace(kind=state.kind, last=state.last, reason=OWN_STATE)


def _pairs(items: Sequence[Item]) -> list[Item]:
    """ "the mayor and her driver were BOTH killed" counts 2."""
    found: list[Item] = []
    for i, item in enumerate(items):
        following = items[i + 1].letter if i + 1 < len(items) else ""
        if item.letter == "B" and item.noun and following in {*"KDHV"} and letters(found[-3:]) == "IcI":
            first, last = found[-3], found[-1]
            found[-3:] = [Item("Q", first.first, last.last, of_one_word(first.first, 2))]
        found.append(item)
    return found


def _ends_count(items: Sequence[Item], i: int) -> bool:
    """ "the nine dead INCLUDED two nuns", "the nine deaths INCLUDE"."""
    before = letters(items[max(0, i - 2) : i])
    return before[-1:] == "F" or (before[-1:] in {"K", "D"} and before[0] in _COUNTS)


def _is_new_clause(items: Sequence[Item], i: int) -> bool:
    return i > 0 and items[i - 1].letter in ",;c"


def _closes(items: Sequence[Item], i: int) -> bool:
    """Whether a second dash follows before a verb or stop."""
    rest = letters(items[i + 1 : i + 14]).lstrip("-")
    at = rest.find("-")
    return at > 0 and not any(letter in "BbsKDV.;:" for letter in rest[:at])


def _in_parentheses(items: Sequence[Item]) -> list[Item]:
    """ "eight people (three soldiers and five civilians)", and the same between dashes."""
    found = list(items)
    inside = False
    for i, item in enumerate(found):
        if item.letter == "(" or (item.letter == "-" and not inside):
            inside = i > 0 and found[i - 1].letter in "QUN-" and (item.letter == "(" or _closes(found, i))
        elif item.letter in ")-":
            inside = item.letter == "-" and i > 0 and found[i - 1].letter == "-"
        elif inside and item.letter in _COUNTS:
            found[i] = item._replace(letter="q")
    return found
