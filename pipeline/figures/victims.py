"""Candidates of the rules in which something happens to counted people, and of counts that say it themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.patterns import ASIDE, Rule
from pipeline.figures.structure import letters
from pipeline.figures.whom import ends_clause, is_definite, is_joined_to_count, is_news, is_share, may_be_people
from pipeline.figures.words import is_adverb
from pipeline.text import Token
from schemas.enrichment import FigureKind

_OWN_VERB: Final = re.compile(r"[xpoX]{0,4}[Bb][KDVH]|[KDV0]")
_EXCLUSIVE: Final = ("killed", "detained")
_FAR: Final = frozenset({"companions", "shared_subject"})
"""Rules with much between the count and the trigger, so that a noun in no list needs the look of people."""
_OF_THE_SHARE: Final = frozenset(
    {"passive", "passive_coordinated", "passive_then_state", "shared_subject", "state", "intransitive"}
)
"""Rules in which the verb speaks of the share alone: "half of the 60 hostages died", not "half of the 60 dead"."""
_FINITE: Final = frozenset({"passive", "passive_coordinated", "passive_then_state"})
_UNION: Final = frozenset({"killed", "injured"})
REFERRED: Final = frozenset({"killed", "injured", "detained", "abducted"})
"""Kinds that people already mentioned may be counted for."""
_HARM: Final = frozenset({"killed", "injured", "casualties"})
_NOBODY_BEFORE: Final = re.compile(r"[Zd]o?[QUNPIxc]{0,6}\Z")
_IN_RELATIVE: Final = re.compile(r",W[^,;QUN]{1,6}[QUN][^,;]{0,6},[Bb]p?[KH]\Z")
""" "the guard, who killed two men in 2019, WAS FREED": the guard was."""


def triggers_of(match: re.Match[str], items: Sequence[Item]) -> list[Item]:
    return [items[i] for i in range(*match.span("what")) if items[i].letter not in ",c"]


def _kinds(what: Sequence[Item]) -> tuple[FigureKind, ...]:
    """Kinds of coordinated triggers; "killed or wounded" is one count of undecided kind."""
    kinds = tuple(dict.fromkeys(item.kind for item in what if item.kind is not None))
    if len(kinds) > 1 and _UNION.issuperset(kinds):
        return ("casualties",)
    return kinds


class _Match(Struct, frozen=True):
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


def victims(
    rule: Rule, match: re.Match[str], items: Sequence[Item], tokens: Sequence[Token], lexicon: Lexicon
) -> Iterator[Candidate]:
    """One candidate per count and kind that the rule gives."""
    what = triggers_of(match, items)
    start, end = match.span("who")
    found = _Match(
        rule, items, letters(items), what, _all_kinds(what), start, end, match.start("what") < start, tokens, lexicon
    )
    if not _applies(found, match):
        return
    for i in _members(found):
        item = items[i]
        first = min(item.first, items[match.start()].first if found.active else item.first)
        last = max(items[match.end() - 1].last if not found.active else item.last, item.last)
        undecided = len(found.kinds) > 1 and (
            found.kinds == _EXCLUSIVE or _is_either(match, items, tokens, lexicon)
        )  # "killed and detained": nobody is both, in this order
        partial = rule.name in {"the_dead_include", "are_among"} or (
            rule.name == "inverted" and _is_among(items, match.start(), tokens, lexicon)
        )
        whole = items[match.start("whole")] if match.re.groupindex.get("whole") and match["whole"] else None
        for kind in found.kinds:
            yield Candidate(
                item,
                kind,
                rule,
                first,
                last,
                what[-1].first,
                what[-1].noun,
                whole=whole,
                partial=partial,
                undecided=undecided,
                refers=item.letter == "P" and is_definite(tokens, item, lexicon),
            )


def _is_either(match: re.Match[str], items: Sequence[Item], tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "captured OR killed"."""
    between = (items[i] for i in range(*match.span("what")) if items[i].letter == "c")
    return any(tokens[item.first].lower in lexicon.context.either for item in between)


def _all_kinds(what: Sequence[Item]) -> tuple[FigureKind, ...]:
    if what[0].letter == "f":
        return ("displaced",)
    return ("killed",) if what[0].letter == "L" else _kinds(what)


def _applies(found: _Match, match: re.Match[str]) -> bool:
    """Whether what stands around the match allows the rule."""
    rule, items, start = found.rule, found.items, found.start
    if start and items[start - 1].letter == "y" and rule.name not in {"active", "nominal"}:
        return False
    if rule.name == "are_among" and not _is_among(
        items, match.start("what") - (match["whole"] is not None), found.tokens, found.lexicon
    ):
        return False
    if rule.name == "headline_one" and "casualties" in found.kinds:
        return False  # "Forward Vale shot from 30 metres"
    if rule.name == "elsewhere":
        return _is_at_places(found)
    if rule.name == "companions":
        return bool(items[start - 1].noun)  # "and" joins a new subject, "along with" does not
    if rule.name == "possessive":
        return _is_possessive(found.tokens, items[found.end])
    if found.what[0].letter == "L" and not _suits(rule, found.what[0], found.lexicon):
        return False
    at = match.start("what")
    if found.active:
        may_be_noun = found.what[0].letter in "KA" and found.text[start] in "PIx"
        return not (may_be_noun and _is_no_verb(items, at, found.tokens, found.lexicon))
    if found.what[0].letter in "KH" and (_is_perfect(found, at) or _IN_RELATIVE.search(found.text[: at + 1])):
        return False
    if found.what[0].letter == "H" and found.text[max(0, at - 2) : at] == "tB":
        return False  # "elections to be held"
    return not _NOBODY_BEFORE.search(found.text[:start])


def _is_perfect(found: _Match, trigger: int) -> bool:
    """ "rebels HAVE killed", "are said to HAVE killed": those counted did it; not "have been killed"."""
    between = range(trigger - 1, found.end - 1, -1)
    group = next((found.items[i] for i in between if found.text[i] in "Bb"), None)
    if group is None:
        return False
    words = [token[3] for token in found.tokens[group.first : group.last]]
    context = found.lexicon.context
    own = [word for word in words if context.classes.get(word) in {"B", "h"}]
    return bool(own) and (own[-1] in context.perfects or context.perfects.issuperset(own))


def _members(found: _Match) -> Iterator[int]:
    """Indices of the items that count, up to one that begins a clause of its own."""
    text, start, end = found.text, found.start, _end_of_list(found)
    aside = {i for inserted in ASIDE.finditer(text, start, end) for i in range(*inserted.span())}
    for i in [i for i in range(start, end) if i not in aside and text[i] in "QUNIPR"]:
        if found.active and i > start and _OWN_VERB.match(text, i + 1) and not _is_object_of_relative(found, i):
            return
        if _is_counted(found, i):
            yield i


def _is_object_of_relative(found: _Match, i: int) -> bool:
    """ "two policemen THEY had held": the verb has a subject of its own."""
    following = found.items[i + 1]
    return found.tokens[following.first].lower in found.lexicon.context.pronouns


def _end_of_list(found: _Match) -> int:
    """ "the murder of the priests, several senators say": a list before a verb ends at its first comma."""
    comma = found.text.find(",", found.start, found.end)
    before_verb = found.active and found.text[found.end : found.end + 1] in {"B", "b", "v", "s"}
    return comma if comma >= 0 and before_verb else found.end


def _is_counted(found: _Match, i: int) -> bool:
    """Whether an item of the list is a count of people to whom it happened."""
    item = found.items[i]
    if not found.active and _is_pronoun_subject(found):
        return False
    if found.rule.name in _OF_THE_SHARE and is_share(found.items, i):
        return False
    if item.letter == "I" and _is_apposed(found, i):
        return False
    if item.letter == "I":
        return not found.rule.name.endswith("names") and not (not found.active and _belongs_to_another(found, i))
    if item.letter == "U":
        return _may_be_victims(found, item)
    if item.letter == "P":
        return _is_bare_plural(found, i)
    vague = item.quantity is not None and item.quantity.qualifier == "vague"
    return not (found.rule.name == "headline_held" and vague)  # "hundreds held" would outrank the body's number


def _is_apposed(found: _Match, i: int) -> bool:
    """ "a nurse, ANA HOLT", "Ana Holt, A NURSE,": the one before again, by name or by what they are."""
    if i - 2 < found.start or found.text[i - 2 : i] != "I,":
        return False
    before, item = found.items[i - 2], found.items[i]
    if before.noun is None and item.noun is not None:
        return found.text[i + 1 : i + 2] == ","
    return before.noun is not None and item.noun is None


def _belongs_to_another(found: _Match, i: int) -> bool:
    """A noun without a number inside a longer phrase: "the leaders of villagers were killed"."""
    return i < found.end - 1 and found.start > 0 and found.text[found.start - 1] not in ',;w"-(cpsl'


def _may_be_victims(found: _Match, item: Item) -> bool:
    if found.what[-1].noun in found.lexicon.triggers.weak:
        return False
    if found.rule.name in _FAR:
        return may_be_people(found.tokens[item.last - 1], found.lexicon)
    harmed = found.rule.name == "active" and _HARM.issuperset(found.kinds)
    return not harmed or may_be_people(found.tokens[item.last - 1], found.lexicon)


def _is_bare_plural(found: _Match, i: int) -> bool:
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


def _may_refer(found: _Match) -> bool:
    """ "the rebels WERE CAPTURED", "troops CAPTURED the rebels"; not "the murder of the priests"."""
    if not REFERRED.issuperset(found.kinds):
        return False
    at = found.start - len(found.what)
    if found.active:
        before = found.text[max(0, at - 1) : at]
        return found.rule.name == "active" and (before == "," if found.what[0].letter == "A" else before != "W")
    verb = found.items.index(found.what[0], found.end)
    return found.rule.name in _FINITE and is_news(found.items, found.start, verb, found.tokens, found.lexicon)


def _is_described(found: _Match) -> bool:
    """ "a camp FOR displaced people": which people, and not what happened."""
    at = found.start - len(found.what)
    return found.what[0].letter == "K" and at > 0 and found.text[at - 1] in "po"


def _is_pronoun_subject(found: _Match) -> bool:
    """ "relatives fear that he was killed"."""
    verb = next((item for item in found.items[found.end :] if item.letter in "BbKDV"), None)
    return verb is not None and verb.first > 0 and found.tokens[verb.first - 1].lower in found.lexicon.context.pronouns


def _has_singular_verb(found: _Match, i: int) -> bool:
    """ "a reporter on rebels, was injured": the plural is not the subject."""
    verb = next((item for item in found.items[i + 1 :] if item.letter in "Bb"), None)
    return verb is not None and found.tokens[verb.first].lower in found.lexicon.context.singular_verbs


def _is_possessive(tokens: Sequence[Token], mark: Item) -> bool:
    """Whether a mark is an apostrophe joined to the noun before it and not a quotation mark."""
    token = tokens[mark.first]
    return token.lower == "'" and token.start == tokens[mark.first - 1].end


def _is_at_places(found: _Match) -> bool:
    """ "nine in PUNJAB and four in BALOCHISTAN", "nine on Tuesday"; not "two in critical condition"."""
    after = [found.items[i + 2] for i in range(found.start, found.end) if found.text[i] in "QN"]
    weekdays, months = found.lexicon.context.weekdays, found.lexicon.context.months
    named = [found.tokens[item.first] for item in after]
    return all(token.text.istitle() or token.lower in weekdays or token.lower in months for token in named)


def _is_among(items: Sequence[Item], i: int, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    return i > 0 and tokens[items[i - 1].first].lower in lexicon.context.among


def _suits(rule: Rule, phrase: Item, lexicon: Lexicon) -> bool:
    """ "bodies of" needs no verb, "lives of" does."""
    bodies = phrase.noun is not None and not lexicon.triggers.body_words.isdisjoint(phrase.noun.split())
    return bodies == (rule.name == "bodies_of")


def _is_no_verb(items: Sequence[Item], i: int, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the trigger at *i* is passive ("were killed, police said") or an adjective ("the murdered priests")."""
    first = items[i].first
    before = first - 1
    while before > 0 and is_adverb(tokens[before][3], lexicon.context):
        before -= 1  # "the SERIOUSLY injured sailors"
    if (first == 0 and items[i].letter == "K") or tokens[before].lower in lexicon.context.determiners:
        return True
    if not i or items[i - 1].letter not in "Bb":
        return False
    return any(token.lower in lexicon.context.be_forms for token in tokens[items[i - 1].first : items[i - 1].last])


def own(rule: Rule, items: Sequence[Item], i: int, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Candidate]:
    item = items[i]
    guard = lexicon.triggers.guarded_events.get(item.noun or "")
    if guard and guard.isdisjoint(token.lower for token in tokens):
        return
    if item.kind is not None:
        yield Candidate(item, item.kind, rule, item.first, item.last, item.last - 1, item.noun)
