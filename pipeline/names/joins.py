"""Names that were read in pieces: "Wanjiku [wa] Njoroge", "Joaquín "Chapo" Guzmán"; and who is "known as" whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.names.passes import Part
from pipeline.names.reading import Candidate, Mention
from pipeline.names.words import PARTICLES
from pipeline.text.lexicon import words

RULE_ALIAS: Final = "names.known_as"
_QUOTES: Final = frozenset({'"', "“", "”", "‘", "’", "'"})
_APOSTROPHES: Final = frozenset({"'", "’"})
_MOST_PARTICLES: Final = 2
_LONGEST_NICKNAME: Final = 3
_KNOWN: Final = words("known called dubbed nicknamed")
_ALIASES: Final = words("alias aka a.k.a. née")
_ADVERBS: Final = words("also better otherwise popularly widely commonly simply")
_MOST_SKIPPED: Final = 4
"""Words walked back over from an alias to the name: ", better known as "."""


def with_joins(part: Part) -> Part:
    """*part* with the pieces of one person's name in one mention, and aliases of persons as persons."""
    mentions = tuple(_joined(part, [_with_surname(part, one) for one in part.mentions]))
    taken = {i for one in mentions for i in range(one.first, one.last)}
    left = tuple(one for one in part.candidates if one.first not in taken)
    return _with_aliases(replace(part, mentions=mentions, candidates=left))


def _with_surname(part: Part, mention: Mention) -> Mention:
    """With the open word behind a nickname or an apostrophe: "Marco 'The Owl' Benedetti", "Anyang' Nyong'o"."""
    printed = part.reading.text.printed
    if mention.label != "person" or mention.last == len(printed) or printed[mention.last] not in _QUOTES:
        return mention
    for behind in part.candidates:
        if mention.last < behind.first <= mention.last + _LONGEST_NICKNAME + 2:
            between = printed[mention.last : behind.first]
            if _is_nickname_between(between) or _ends_in_apostrophe(part, mention, behind, between):
                return mention._replace(last=behind.last)
    return mention


def _joined(part: Part, mentions: Sequence[Mention]) -> Iterator[Mention]:
    left: Mention | None = None
    for right in mentions:
        if left is not None and _is_nickname(part, left, right):
            continue
        if left is not None and _are_one(part, left, right):
            left = left._replace(last=right.last, confidence=min(left.confidence, right.confidence))
            continue
        if left is not None:
            yield left
        left = right
    if left is not None:
        yield left


def _are_one(part: Part, left: Mention, right: Mention) -> bool:
    """Whether only what names have inside stands between two persons."""
    if left.label != "person" or right.label != "person" or right.title or right.first <= left.last:
        return False
    between = part.reading.text.printed[left.last : right.first]
    if len(between) <= _MOST_PARTICLES and all(word in PARTICLES and word.islower() for word in between):
        return True
    return _is_nickname_between(between) or _ends_in_apostrophe(part, left, right, between)


def _is_nickname_between(between: Sequence[str]) -> bool:
    """Whether *between* is a nickname in quotes: “Chapo”."""
    inside = between[1:-1]
    quoted = len(between) > 2 and between[0] in _QUOTES and between[-1] in _QUOTES
    return quoted and len(inside) <= _LONGEST_NICKNAME and all(word[0].isupper() for word in inside)


def _is_nickname(part: Part, left: Mention, right: Mention) -> bool:
    """Whether *right* is in quotes between words of the name that *left* begins: it is no name of its own there."""
    printed, tokens = part.reading.text.printed, part.reading.text.tokens
    quoted = right.first == left.last + 1 and right.last + 1 < len(printed) and printed[left.last] in _QUOTES
    if not quoted or left.label != "person" or printed[right.last] not in _QUOTES:
        return False
    following = tokens[right.last + 1]
    begins = {one.first for one in part.mentions if one.label == "person"}
    return right.last + 1 in begins and following.is_capitalised and right.last - right.first <= _LONGEST_NICKNAME


def _ends_in_apostrophe(part: Part, left: Mention, right: Mention | Candidate, between: Sequence[str]) -> bool:
    """Whether the first name ends in an apostrophe, as Luo names do: "Anyang' Nyong'o", not "the Harrises' Tom"."""
    if len(between) != 1 or between[0] not in _APOSTROPHES:
        return False
    tokens = part.reading.text.tokens
    last, mark = tokens[left.last - 1], tokens[left.last]
    return mark.start == last.end and tokens[right.first].start > mark.end and not last.lower.endswith("s")


def _with_aliases(part: Part) -> Part:
    """What a person is said to be known as is that person's name, not a body or an open word."""
    ends = {mention.last for mention in part.mentions if mention.label == "person"}
    mentions, left = list[Mention](), list[Candidate]()
    for one in part.mentions:
        unsure = one.label != "person" and one.organisation is None and _is_alias(part, one, ends)
        mentions.append(Mention(one.first, one.last, "person", RULE_ALIAS, 0.8) if unsure else one)
    for open_one in part.candidates:
        if _is_alias(part, open_one, ends):
            mentions.append(Mention(open_one.first, open_one.last, "person", RULE_ALIAS, 0.8))
        else:
            left.append(open_one)
    mentions.sort(key=lambda mention: (mention.first, mention.last))
    return Part(part.reading, tuple(mentions), tuple(left))


def _is_alias(part: Part, name: Mention | Candidate, ends: set[int]) -> bool:
    """Whether "known as", "alias" and the like stand between a person's name and *name*."""
    lowers, i = part.reading.text.lowers, name.first - 1
    while i >= 0 and (lowers[i] in _QUOTES or lowers[i] == "the"):
        i -= 1
    if i >= 1 and lowers[i] == "as" and lowers[i - 1] in _KNOWN:
        i -= 1
    elif i < 0 or lowers[i] not in _ALIASES | (_KNOWN - {"known", "called"}):
        return False
    i -= 1
    for _ in range(_MOST_SKIPPED):
        if i + 1 in ends:
            return True
        if i < 0 or not (lowers[i] in _ADVERBS or lowers[i] == "," or lowers[i] in _QUOTES):
            return False
        i -= 1
    return False
