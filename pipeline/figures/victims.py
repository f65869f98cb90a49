"""Candidates of the rules in which something happens to counted people, and of counts that say it themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.patterns import ASIDE, Rule
from pipeline.figures.structure import letters
from pipeline.text import Token
from schemas.enrichment import FigureKind

_OWN_VERB: Final = re.compile(r"[xpoX]{0,4}[Bb][KDVH]|[KDV0]")
_UNION: Final = frozenset({"killed", "injured"})
_HARM: Final = frozenset({"killed", "injured", "casualties"})
_NOBODY_BEFORE: Final = re.compile(r"[Zd]o?[QUNPIxc]{0,6}\Z")
_SHARES: Final = frozenset({"ratio", "percentage"})


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
    what = triggers_of(match, items)
    kinds = _kinds(what) if what[0].letter not in "Lf" else (("displaced",) if what[0].letter == "f" else ("killed",))
    start, end = match.span("who")
    if start and items[start - 1].letter == "y" and rule.name not in {"active", "nominal"}:
        return
    if rule.name == "companions" and not items[start - 1].noun:
        return  # "and" joins a new subject, "along with" does not
    if rule.name == "possessive" and not _is_possessive(tokens, items[end]):
        return
    if what[0].letter == "L" and not _suits(rule, what[0], lexicon):
        return
    text = letters(items)
    active = match.start("what") < start
    if (
        active
        and what[0].letter in "KA"
        and text[start] in "PIx"
        and _is_no_verb(items, match.start("what"), tokens, lexicon)
    ):
        return
    if not active and _NOBODY_BEFORE.search(text[:start]):
        return
    aside = {i for inserted in ASIDE.finditer(text, start, end) for i in range(*inserted.span())}
    for i in [i for i in range(start, end) if i not in aside]:
        item = items[i]
        if item.letter not in "QUNIPR" or (item.letter == "I" and rule.name.endswith("names")):
            continue
        if item.letter == "U" and (
            what[-1].noun in lexicon.triggers.weak
            or (rule.name == "active" and _HARM.issuperset(kinds) and not may_be_people(tokens[item.last - 1], lexicon))
        ):
            continue
        if rule.name == "headline_held" and item.quantity is not None and item.quantity.qualifier == "vague":
            continue  # "hundreds held" would outrank the body's number
        if item.letter == "P" and is_definite(tokens, item, lexicon):
            continue
        if active and i > start and _OWN_VERB.match(text, i + 1):
            return
        if not active and i < end - 1 and item.letter in "PI" and start and text[start - 1] not in ',;w"-(cp':
            continue
        if active and item.letter == "P" and what[0].letter == "A":
            continue
        if item.letter == "P" and _is_share(items, i):
            continue
        for kind in kinds:
            first = min(item.first, items[match.start()].first if active else item.first)
            last = max(items[match.end() - 1].last if not active else item.last, item.last)
            partial = rule.name == "inverted" and _is_among(items, match.start(), tokens, lexicon)
            yield Candidate(item, kind, rule, first, last, what[-1].first, what[-1].noun, partial=partial)


def _is_possessive(tokens: Sequence[Token], mark: Item) -> bool:
    """Whether a mark is an apostrophe joined to the noun before it and not a quotation mark."""
    token = tokens[mark.first]
    return token.lower == "'" and token.start == tokens[mark.first - 1].end


def _is_share(items: Sequence[Item], i: int) -> bool:
    """ "4 in 9 welders", "30 per cent of farmers": no number of people is said."""
    at = next((j for j in range(i - 1, max(-1, i - 4), -1) if items[j].reason in _SHARES), None)
    return at is not None and letters(items[at + 1 : i]) in {"", "o", "xo"}


def may_be_people(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun in no list may be people, by its ending or a capital ("12 Zorbans"): trades are executed too."""
    return not noun.text.islower() or noun.lower.endswith(lexicon.nouns.unlisted_suffixes)


def _is_among(items: Sequence[Item], i: int, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    return i > 0 and tokens[items[i - 1].first].lower in lexicon.context.among


def _suits(rule: Rule, phrase: Item, lexicon: Lexicon) -> bool:
    """ "bodies of" needs no verb, "lives of" does."""
    bodies = phrase.noun is not None and not lexicon.triggers.body_words.isdisjoint(phrase.noun.split())
    return bodies == (rule.name == "bodies_of")


def is_definite(tokens: Sequence[Token], item: Item, lexicon: Lexicon) -> bool:
    """ "the priests": people already mentioned, so no count of their own."""
    first = tokens[item.first].lower
    return first in lexicon.context.determiners or (
        item.first > 0 and tokens[item.first - 1].lower in lexicon.context.determiners
    )


def _is_no_verb(items: Sequence[Item], i: int, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the trigger at *i* is passive ("were killed, police said") or an adjective ("the murdered priests")."""
    first = items[i].first
    if (first == 0 and items[i].letter == "K") or tokens[first - 1].lower in lexicon.context.determiners:
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
