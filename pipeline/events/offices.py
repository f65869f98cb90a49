"""Who loses an office: the noun phrases around a verb of dismissing, resigning or removing.

Dismissing takes many objects ("dismissed the charges", "removed a banner", "fired at the crowd"), so the holder of an
office must be the head of the object or subject; a word of office anywhere near is not enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.events.office_words import (
    AUXILIARIES,
    CLUBS,
    DETERMINERS,
    GOVERNMENT,
    HOLDERS,
    NOT_HOLDERS,
    PHRASE_ENDS,
    POSTS,
    PRONOUNS,
    SUBJECT_BARRIERS,
)
from pipeline.text import Token

_PHRASE: Final = 8
"""Words of a noun phrase: "his long-serving minister of trade" is a long one."""
_FROM_POST: Final = 9
_OBJECT_ENDINGS: Final = ("ed", "ing")
_LINKS: Final = frozenset({"of", "for", "the"})
_OBJECT_STARTS: Final = frozenset("the a an his her their its".split())
"""After them stands what is left: "quit the cabinet", but also "quit the case", "stood down his troops"."""
_POST_REACH: Final = 4


def is_object(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a holder of an office is the object of the verb or noun at tokens *first* to *last*.

    Example: "[fired] his finance minister", "[removed] Vell from his post". Counter-examples: "[dismisses] charges
    against minister", "the [sacked] minister said" (tells of no dismissal now).
    """
    if last >= len(tokens) or _is_attribute(tokens, first):
        return False
    begin = last + (tokens[last].lower == "of")
    return _names_holder(tokens, begin) or _from_post(tokens, last)


def _is_attribute(tokens: Sequence[Token], first: int) -> bool:
    """ "the ousted president", "Sacked minister tells court"."""
    before = tokens[first - 1].lower if first else "the"
    return tokens[first].lower.endswith("ed") and before in DETERMINERS


def _names_holder(tokens: Sequence[Token], first: int) -> bool:
    """Whether the noun phrase that begins at token *first* has a holder as its head; "the minister's son" has none."""
    found = False
    for i in range(first, min(len(tokens), first + _PHRASE)):
        word = tokens[i].lower
        if word == "'s":
            found = False
        elif _ends_phrase(tokens, i, found):
            break
        elif word in HOLDERS:
            found = True
        elif word in NOT_HOLDERS or not tokens[i].is_capitalised:
            found = False
    return found


def _ends_phrase(tokens: Sequence[Token], i: int, found: bool) -> bool:
    word = tokens[i].lower
    if word in PHRASE_ENDS or not word[0].isalnum():
        return word not in ("-", "'")
    return found and word.endswith(_OBJECT_ENDINGS)


def _from_post(tokens: Sequence[Token], last: int) -> bool:
    """ "[removing] Vell from a powerful role", "[stripped] of his post", "[ousted] her as governor"."""
    named = tokens[last].is_capitalised or tokens[last].lower in PRONOUNS or tokens[last].lower in ("from", "of", "as")
    if not named:
        return False
    for i in range(last, min(len(tokens), last + _FROM_POST)):
        word = tokens[i].lower
        if word == "as":
            return _names_holder(tokens, i + 1)
        if word in ("from", "of"):
            return _is_post(tokens, i + 1)
        if not (tokens[i].is_capitalised or word in PRONOUNS):
            return False
    return False


def _is_post(tokens: Sequence[Token], first: int) -> bool:
    """ "his post", "a powerful role"; not "the governor's office"."""
    for token in tokens[first : first + _POST_REACH]:
        if token.lower in POSTS:
            return True
        if token.lower == "'s":
            return False
    return False


def is_subject(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a holder of an office is the subject of the verb at tokens *first* to *last*, or says what he leaves.

    Example: "The prime minister, Orso Vell, [resigned]", "She [stepped down] as governor". Counter-examples: "The
    minister's son [resigned]", "The judge [resigned] from the tennis club".
    """
    following = tokens[last].lower if last < len(tokens) else ""
    if following == "as":
        return _names_holder(tokens, last + 1)
    if following == "from":
        left = {token.lower for token in tokens[last + 1 : last + 6]}
        if not left.isdisjoint(CLUBS):
            return False
        if not left.isdisjoint(GOVERNMENT):
            return True
    if following in _OBJECT_STARTS and not _is_post(tokens, last):
        return False
    return _is_held(tokens, first)


def _is_held(tokens: Sequence[Token], verb: int) -> bool:
    """Walks left over the verb group, then over the subject, back to a holder."""
    i = verb - 1
    while i >= 0 and (tokens[i].lower in AUXILIARIES or tokens[i].lower.endswith("ly")):
        i -= 1
    if i >= 0 and tokens[i].text == ",":
        i -= 1
    plain, aside = False, False
    for j in range(i, max(-1, i - _PHRASE), -1):
        word = tokens[j].lower
        if word in HOLDERS and tokens[j + 1].lower != "'s":
            return True
        if _ends_subject(tokens, j, plain, aside):
            return False
        aside = aside or word == ","
        plain = plain or not (tokens[j].is_capitalised or word == "," or word in _LINKS)
    return False


def _ends_subject(tokens: Sequence[Token], j: int, plain: bool, aside: bool) -> bool:
    """Whether the walk left may not pass word *j*: only a bare name stands between commas ("the premier, Vell, ...").

    Args:
        plain: words of lower case have been passed.
        aside: a comma has been passed, so that only the words of the holder's noun phrase may follow.
    """
    word = tokens[j].lower
    if word in SUBJECT_BARRIERS or word in NOT_HOLDERS or (word == "," and (plain or aside)):
        return True
    within = tokens[j].is_capitalised or word in _LINKS or word == "," or (j and tokens[j - 1].lower in _LINKS)
    return aside and not within


def is_possessor(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "the minister's [resignation]", or the [resignation] of the minister.

    Counter-example: "a letter of resignation".
    """
    if last < len(tokens) and tokens[last].lower == "of":
        return _names_holder(tokens, last + 1)
    return first > 1 and tokens[first - 1].lower == "'s" and tokens[first - 2].lower in HOLDERS
