"""Candidates of the rules in which something happens to counted people, and of counts that say it themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.members import Match, members
from pipeline.figures.model import Candidate
from pipeline.figures.patterns import Rule
from pipeline.figures.whom import is_definite
from pipeline.figures.words import is_adverb
from pipeline.text import Token
from schemas.enrichment import FigureKind

_EXCLUSIVE: Final = ("killed", "detained")
_UNION: Final = frozenset({"killed", "injured"})
_NOBODY_BEFORE: Final = re.compile(r"[Zd]o?[QUNPIxc]{0,6}\Z")
_OBJECT_OF_RELATIVE: Final = re.compile(r"[IPQUNx]W[Bbx]{0,2}[KAv]\Z")
""" "a man who killed TEN PEOPLE at a market was sentenced": the man was."""
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


def victims(
    rule: Rule, match: re.Match[str], items: Sequence[Item], tokens: Sequence[Token], lexicon: Lexicon
) -> Iterator[Candidate]:
    """One candidate per count and kind that the rule gives."""
    what = triggers_of(match, items)
    start, end = match.span("who")
    found = Match(
        rule, items, match.string, what, _all_kinds(what), start, end, match.start("what") < start, tokens, lexicon
    )
    if not _applies(found, match):
        return
    for i in members(found):
        item = items[i]
        if what[-1].noun in lexicon.triggers.keeping and _is_not_kept(found, i):
            continue
        first = min(item.first, items[match.start()].first if found.active else item.first)
        last = max(items[match.end() - 1].last if not found.active else item.last, item.last)
        undecided = len(found.kinds) > 1 and (
            found.kinds == _EXCLUSIVE or _is_either(match, items, tokens, lexicon)
        )  # "killed and detained": nobody is both, in this order
        partial = rule.name in {"the_dead_include", "are_among", "among_the_harmed"} or (
            rule.name == "inverted" and _is_among(items, match.start(), tokens, lexicon)
        )
        whole = items[match.start("whole")] if match.re.groupindex.get("whole") and match["whole"] else None
        for kind in found.kinds:
            yield Candidate(
                item,
                "abducted" if kind == "detained" and _is_captive(item, what[-1], lexicon) else kind,
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


def _is_not_kept(found: Match, i: int) -> bool:
    """ "HOLDING a guard responsible", "holding nine guards HOSTAGE", "holding 40 people BACK"."""
    item = found.items[i]
    following = found.tokens[item.last][3] if item.last < len(found.tokens) else ""
    return item.letter == "I" or found.text[i + 1 : i + 2] == "D" or following in found.lexicon.triggers.not_kept


def _is_captive(item: Item, trigger: Item, lexicon: Lexicon) -> bool:
    """ "48 hostages are HELD": by kidnappers; not "hostages were arrested"."""
    kept = trigger.letter in "HD" or trigger.noun in lexicon.triggers.keeping
    return kept and item.noun in lexicon.nouns.captives


def _is_either(match: re.Match[str], items: Sequence[Item], tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "captured OR killed"."""
    between = (items[i] for i in range(*match.span("what")) if items[i].letter == "c")
    return any(tokens[item.first].lower in lexicon.context.either for item in between)


def _all_kinds(what: Sequence[Item]) -> tuple[FigureKind, ...]:
    if what[0].letter == "f":
        return ("displaced",)
    return ("killed",) if what[0].letter == "L" else _kinds(what)


def _applies(found: Match, match: re.Match[str]) -> bool:
    """Whether what stands around the match allows the rule."""
    rule, items, start = found.rule, found.items, found.start
    if start and items[start - 1].letter == "y" and rule.name not in {"active", "nominal"}:
        return False
    if not found.active and _is_verb_of_another(found, match.end()):
        return False
    if rule.name == "active_dated":
        return _is_day(found.tokens[items[start - 1].first], found.lexicon)
    if rule.name == "object_first":
        return _is_object(items[start], found.tokens, found.lexicon)
    if rule.name == "among_the_harmed":
        return _is_among(items, match.start("what"), found.tokens, found.lexicon)
    if rule.name == "are_among" and not _is_among(
        items, match.start("what") - (match["whole"] is not None), found.tokens, found.lexicon
    ):
        return False
    if rule.name == "headline_described" and not _is_adjective(items[start + 1], found.tokens):
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
        may_be_noun = found.what[0].letter in "KA" and found.text[start] in "PIx" and rule.grammar == ""
        return not (may_be_noun and _is_no_verb(items, at, found.tokens, found.lexicon))
    if (
        found.what[0].letter in "KHD"
        and _OBJECT_OF_RELATIVE.search(found.text[:start])
        and "B" in found.text[found.end : at]
    ):
        return False
    if found.what[0].letter in "KH" and (_is_no_passive(found, at) or _IN_RELATIVE.search(found.text[: at + 1])):
        return False
    if found.what[0].letter == "H" and found.text[max(0, at - 2) : at] == "tB":
        return False  # "elections to be held"
    return not _NOBODY_BEFORE.search(found.text[:start])


def _is_verb_of_another(found: Match, end: int) -> bool:
    """ "viajaban 40 personas, MURIERON 12": where verbs may stand first, the verb counts those after it."""
    if "verb_first" not in found.lexicon.grammar:
        return False
    following = found.text[end : end + 1]
    return following in {"Q", "U", "N"} or (following == "I" and "," in found.text[found.end : end])


def _is_day(token: Token, lexicon: Lexicon) -> bool:
    """ "liberaron AYER a nueve": the word between them names a day."""
    return token[3] in lexicon.context.weekdays or token[3] in lexicon.context.relative_days


def _is_object(item: Item, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "девять ЧЕЛОВЕК задержали", "ДВОИХ задержали"; not "девять полицейских задержали", who did it."""
    number = tokens[item.quantity.core].lower if item.quantity is not None else ""
    return item.noun in lexicon.nouns.general or number in lexicon.numbers.objects


def _is_adjective(item: Item, tokens: Sequence[Token]) -> bool:
    """ "tres leñadores CHILENOS asesinados": in the plural, which no verb ends like."""
    return tokens[item.first][3].endswith(("s", "x"))


def _is_no_passive(found: Match, trigger: int) -> bool:
    """ "rebels HAVE killed", "are said to HAVE killed": those counted did it; not "have been killed". "were TO BE
    killed": it did not happen yet."""
    between = range(trigger - 1, found.end - 1, -1)
    group = next((found.items[i] for i in between if found.text[i] in "Bb"), None)
    if group is None:
        return False
    words = [token[3] for token in found.tokens[group.first : group.last]]
    context = found.lexicon.context
    if words[0] in context.be_forms and words[1:2] == [context.infinitive]:
        return True
    own = [word for word in words if context.classes.get(word) in {"B", "h"}]
    return bool(own) and (own[-1] in context.perfects or context.perfects.issuperset(own))


def _is_possessive(tokens: Sequence[Token], mark: Item) -> bool:
    """Whether a mark is an apostrophe joined to the noun before it and not a quotation mark."""
    token = tokens[mark.first]
    return token.lower == "'" and token.start == tokens[mark.first - 1].end


def _is_at_places(found: Match) -> bool:
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
