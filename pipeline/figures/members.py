"""Which items of a rule's list of people count, once the rule has matched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.patterns import ASIDE, Rule
from pipeline.figures.whom import ends_clause, is_definite, is_joined_to_count, is_news, is_share, may_be_people
from pipeline.text import Token
from schemas.enrichment import FigureKind

_OWN_VERB: Final = re.compile(r"[xpoX]{0,4}[Bb][KDVH]|[KDV0]")
_BEFORE_VERB: Final = re.compile(r"[xPI]{0,2}[Bbvs]")
_GOVERNING: Final = frozenset("KAV")
_FAR: Final = frozenset({"companions", "shared_subject"})
"""Rules with much between the count and the trigger, so that a noun in no list needs the look of people."""
_OF_THE_SHARE: Final = frozenset(
    {"passive", "passive_coordinated", "passive_then_state", "shared_subject", "state", "intransitive"}
)
"""Rules in which the verb speaks of the share alone: "half of the 60 hostages died", not "half of the 60 dead"."""
_FINITE: Final = frozenset({"passive", "passive_coordinated", "passive_then_state"})
REFERRED: Final = frozenset({"killed", "injured", "detained", "abducted"})
"""Kinds that people already mentioned may be counted for."""
_HARM: Final = frozenset({"killed", "injured", "casualties"})


class Match(Struct, frozen=True):
    """A rule that matched, and what its counts are read with."""

    rule: Rule
    items: Sequence[Item]
    text: str
    """The letters of the items."""
    what: Sequence[Item]
    kinds: tuple[FigureKind, ...]
    start: int
    """First item of the counts."""
    end: int
    active: bool
    """Whether the trigger stands before the counts."""
    tokens: Sequence[Token]
    lexicon: Lexicon


def members(found: Match) -> Iterator[int]:
    """Indices of the items that count, up to one that begins a clause of its own."""
    text, start, end = found.text, _start_of_list(found), _end_of_list(found)
    aside = {i for inserted in ASIDE.finditer(text, start, end) for i in range(*inserted.span())}
    for i in [i for i in range(start, end) if i not in aside and text[i] in "QUNIPRF"]:
        if found.active and i > start and _OWN_VERB.match(text, i + 1) and not _is_object_of_relative(found, i):
            return
        if _is_counted(found, i):
            yield i


def _is_object_of_relative(found: Match, i: int) -> bool:
    """ "two policemen THEY had held": the verb has a subject of its own."""
    following = found.items[i + 1]
    return found.tokens[following.first].lower in found.lexicon.context.pronouns


def _start_of_list(found: Match) -> int:
    """ "mató a 12 PERSONAS Y 3 resultaron heridas": an earlier verb governs those before the last."""
    text, last = found.text, found.end - 1
    if found.active or last == found.start or text[last - 1] != "c" or text[last] not in "QUNI":
        return found.start
    governed = found.start > 0 and text[found.start - 1] in _GOVERNING
    return last if governed or (found.lexicon.grammar and _is_bare(found.items[last])) else found.start


def _is_bare(item: Item) -> bool:
    """ "viajaban 40 personas y DOCE murieron": a number alone that goes on with some of those before it."""
    quantity = item.quantity
    return quantity is not None and not quantity.incremental and item.letter == "N" and item.last == quantity.last


def _end_of_list(found: Match) -> int:
    """ "the murder of the priests, several senators say", "hurt dozens, residents and relief workers say": a list
    before a verb ends at its first comma."""
    comma = found.text.find(",", found.start, found.end)
    before_verb = found.active and _BEFORE_VERB.match(found.text, found.end)
    return comma if comma >= 0 and before_verb else found.end


def _is_counted(found: Match, i: int) -> bool:
    """Whether an item of the list is a count of people to whom it happened."""
    item = found.items[i]
    if not found.active and _is_pronoun_subject(found):
        return False
    if found.rule.name in _OF_THE_SHARE and is_share(found.items, i):
        return False
    if found.rule.name == "headline" and i + 1 < found.end and item.noun in found.lexicon.nouns.general:
        return False  # "Nine people, three children killed"
    if item.letter == "I":
        if found.rule.name.endswith("names") or _is_apposed(found, i):
            return False
        return found.active or not _belongs_to_another(found, i)
    if item.letter == "U":
        return _may_be_victims(found, item)
    if item.letter == "P":
        return _is_bare_plural(found, i)
    vague = item.quantity is not None and item.quantity.qualifier == "vague"
    return not (found.rule.name == "headline_held" and vague)  # "hundreds held" would outrank the body's number


def _is_apposed(found: Match, i: int) -> bool:
    """ "a nurse, ANA HOLT", "Ana Holt, A NURSE,": the one before again, by name or by what they are."""
    if i - 2 < found.start or found.text[i - 2 : i] != "I,":
        return False
    before, item = found.items[i - 2], found.items[i]
    if before.noun is None and item.noun is not None:
        return found.text[i + 1 : i + 2] == ","
    return before.noun is not None and item.noun is None


def _belongs_to_another(found: Match, i: int) -> bool:
    """A noun without a number inside a longer phrase: "the leaders of villagers were killed"."""
    return i < found.end - 1 and found.start > 0 and found.text[found.start - 1] not in ',;w"-(cpsl'


def _may_be_victims(found: Match, item: Item) -> bool:
    if found.what[-1].noun in found.lexicon.triggers.weak:
        return False
    if found.rule.name in _FAR:
        return may_be_people(found.tokens[item.last - 1], found.lexicon)
    harmed = found.rule.name == "active" and _HARM.issuperset(found.kinds)
    return not harmed or may_be_people(found.tokens[item.last - 1], found.lexicon)


def _is_bare_plural(found: Match, i: int) -> bool:
    """Whether people without a number are new in the text, and the subject or object themselves."""
    item = found.items[i]
    if (
        (is_definite(found.tokens, item, found.lexicon) and not _may_refer(found))
        or is_share(found.items, i)
        or is_joined_to_count(found.items, i)
        or (not found.active and ends_clause(found.items, i))
    ):
        return False
    if found.active:
        participle = found.what[0].letter == "A" and not is_definite(found.tokens, item, found.lexicon)
        return not participle and found.rule.name != "inverted" and not _is_described(found)
    return not _belongs_to_another(found, i) and not _has_singular_verb(found, i)


def _may_refer(found: Match) -> bool:
    """ "the rebels WERE CAPTURED", "troops CAPTURED the rebels"; not "the murder of the priests"."""
    if not REFERRED.issuperset(found.kinds):
        return False
    if found.rule.name == "active":
        at = found.start - len(found.what)
        before = found.text[max(0, at - 1) : at]
        return before == "," if found.what[0].letter == "A" else before != "W"
    if found.rule.name not in _FINITE:
        return False
    verb = found.items.index(found.what[0], found.end)
    return is_news(found.items, found.start, verb, found.tokens, found.lexicon)


def _is_described(found: Match) -> bool:
    """ "a camp FOR displaced people": which people, and not what happened."""
    at = found.start - len(found.what)
    return found.what[0].letter == "K" and at > 0 and found.text[at - 1] in "po"


def _is_pronoun_subject(found: Match) -> bool:
    """ "relatives fear that he was killed"."""
    verb = next((item for item in found.items[found.end :] if item.letter in "BbKDV"), None)
    return verb is not None and verb.first > 0 and found.tokens[verb.first - 1].lower in found.lexicon.context.pronouns


def _has_singular_verb(found: Match, i: int) -> bool:
    """ "a reporter on rebels, was injured": the plural is not the subject."""
    verb = next((item for item in found.items[i + 1 :] if item.letter in "Bb"), None)
    return verb is not None and found.tokens[verb.first].lower in found.lexicon.context.singular_verbs
