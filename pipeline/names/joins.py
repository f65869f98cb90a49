"""Names that were read in pieces: "Wanjiku [wa] Njoroge", "Joaquín "Chapo" Guzmán"; and who is "known as" whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from pipeline.names import known
from pipeline.names.known import Organisation
from pipeline.names.passes import Part
from pipeline.names.reading import Candidate, Mention
from pipeline.names.words import PARTICLES
from pipeline.text.lexicon import words
from pipeline.text.tokens import tokenise

RULE_ALIAS: Final = "names.known_as"
RULE_LEGAL: Final = "names.legal_form"
_ARTICLES: Final = words("al el ul ash as an ar at az")
"""Arabic articles, where a text is printed with spaces round hyphens."""
_SYLLABLES: Final = words(
    "un il moon hye in jong wook hyun sik chul soo ho ju hwan yong ja kyung jae suk seok min sung young hee nam woo "
    "wan hui gun guk myung nyeo sook pyo bae wen ying chu shek pyong gil rim yol cheol kun mo"
)
"""Last syllables of Korean and Chinese given names."""
_LEGAL_FORMS: Final = words("inc inc. llc llp ltd ltd. plc corp corp. s.a. n.v. pc lp pty")
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
    """*part* with the pieces of one name in one mention, and aliases of persons as persons."""
    part = replace(part, mentions=tuple([_whole(part, one) for one in part.mentions if not _in_address(part, one)]))
    open_ones = {one.first: one for one in part.candidates}
    mentions = tuple(_joined(part, [_with_surname(part, one, open_ones) for one in part.mentions]))
    taken = {i for one in mentions for i in range(one.first, one.last)}
    left = tuple(one for one in part.candidates if one.first not in taken)
    return _with_aliases(replace(part, mentions=mentions, candidates=left))


def _with_surname(part: Part, mention: Mention, open_ones: Mapping[int, Candidate]) -> Mention:
    """With the open word behind a nickname or an apostrophe: "Marco 'The Owl' Benedetti", "Anyang' Nyong'o"."""
    printed = part.reading.text.printed
    if mention.label != "person" or mention.last == len(printed) or printed[mention.last] not in _QUOTES:
        return mention
    for first in range(mention.last + 1, mention.last + _LONGEST_NICKNAME + 3):
        between = printed[mention.last : first]
        behind = open_ones.get(first)
        if behind and (_is_nickname_between(between) or _ends_in_apostrophe(part, mention, behind, between)):
            return mention._replace(last=behind.last)
    return mention


def _whole(part: Part, mention: Mention) -> Mention:
    """With the article, legal form, or last syllable that stands apart from a name."""
    lowers, first, last = part.reading.text.lowers, mention.first, mention.last
    if first > 1 and lowers[first - 1] == "-" and lowers[first - 2] in _ARTICLES and mention.label != "nationality":
        mention = mention._replace(first=first - 2, organisation=_article_body(part, first, last))
    if mention.label == "person" and lowers[last : last + 1] == ("-",) and _is_syllable(part, last + 1):
        return mention._replace(last=last + 2)
    if mention.organisation and _is_legal_form(part, last):
        return mention._replace(last=last + 2)
    if _is_legal_form(part, last):
        return Mention(mention.first, last + 2, "organisation", RULE_LEGAL, max(0.8, mention.confidence))
    return mention


def _in_address(part: Part, mention: Mention) -> bool:
    """Whether it is the host, or the whole account, of a mail address: "jane@Harbour.EDU", "JaneR@harbour.com"."""
    raw, tokens = part.reading.text.raw, part.reading.text.tokens
    start, end = tokens[mention.first].start, tokens[mention.last - 1].end
    if raw[start - 1 : start] == "@" and start > 1:
        return raw[start - 2].isalnum()
    return raw[end : end + 1] == "@" and raw[end + 1 : end + 2].islower() and mention.last - mention.first == 1


def _is_legal_form(part: Part, i: int) -> bool:
    """Whether token *i* is a comma before the legal form of a firm: ", Inc."."""
    text = part.reading.text
    inside = i + 1 < len(text.lowers) and text.lowers[i] == ","
    return inside and text.lowers[i + 1] in _LEGAL_FORMS and text.tokens[i + 1].is_capitalised


def _is_syllable(part: Part, i: int) -> bool:
    """Whether token *i* is the last syllable of a given name, apart from its hyphen: "Ban Ki - moon"."""
    return i < len(part.reading.text.lowers) and part.reading.text.printed[i] in _SYLLABLES


def _article_body(part: Part, first: int, last: int) -> Organisation | None:
    """The known body whose name is printed with spaces round its hyphen: "al - Qaeda"."""
    lowers = part.reading.text.lowers
    tokens = tokenise(f"{lowers[first - 2]}-{part.reading.phrase(first, last)}".capitalize())
    body = known.match(tokens, 0, len(tokens))
    return body.organisation if body and body.length == len(tokens) else None


def _joined(part: Part, mentions: Sequence[Mention]) -> Iterator[Mention]:
    left: Mention | None = None
    begins = {one.first for one in mentions if one.label == "person"}
    for right in mentions:
        if left is not None and (left.first < right.first < left.last or _is_nickname(part, left, right, begins)):
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


def _is_nickname(part: Part, left: Mention, right: Mention, begins: set[int]) -> bool:
    """Whether *right* is in quotes between words of the name that *left* begins: it is no name of its own there."""
    printed, tokens = part.reading.text.printed, part.reading.text.tokens
    quoted = right.first == left.last + 1 and right.last + 1 < len(printed) and printed[left.last] in _QUOTES
    if not quoted or left.label != "person" or printed[right.last] not in _QUOTES:
        return False
    following = tokens[right.last + 1]
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
