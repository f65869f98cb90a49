"""Candidates of a toll: "the death toll rose to 44 from 38", "raising the total to 44"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate, Statement
from pipeline.figures.numbers import Quantity
from pipeline.figures.patterns import Rule
from pipeline.text import Token
from schemas.enrichment import FigureKind

SAME: Final = 5
"""How many times as many another speaker may count."""
RESTATED: Final = frozenset({"killed", "injured", "casualties", "missing"})
"""Kinds of which a second speaker's bare number is another count; after arrests it may be that of the marchers."""


def total(
    rule: Rule,
    match: re.Match[str],
    items: Sequence[Item],
    tokens: Sequence[Token],
    lexicon: Lexicon,
    taken: Mapping[int, list[Candidate]],
    before: Sequence[Statement] = (),
) -> Iterator[Candidate]:
    """*before* are the figures of the sentence before, of which another speaker may give the number."""
    what, item = items[match.start("what")], items[match.start("who")]
    if rule.name == "deaths_rise" and what.noun not in lexicon.triggers.events:
        return
    core = item.quantity.first if item.quantity else item.first
    link, links = tokens[core - 1].lower if core else "", lexicon.triggers.toll_links
    estimated = rule.name == "running_total" and what.noun in lexicon.triggers.estimates
    restated = rule.name == "restated" or estimated
    bound = item.quantity is not None and item.quantity.qualifier == "at_most"
    if item.quantity is not None and bound and (tokens[core].lower in links or what.last == core):
        item = item._replace(quantity=_exact(item.quantity))  # "toll up to 44", Russian "вырос до 44"
    elif not (rule.name == "restated" or link in links or _says_itself(tokens[core].lower, lexicon)):
        return
    elif item.quantity is not None and link in lexicon.triggers.exceeding:
        item = item._replace(quantity=_at_least(item.quantity))
    kind = what.kind or (_latest_kind(taken, what.first) if restated or rule.name == "running_total" else None)
    if estimated and kind is None and _is_only_number(item, items):
        kind = _kind_of_estimate(item, before)
    own = items[match.end()] if match.end() < len(items) else None
    if kind is None or (own is not None and own.letter in "DK" and own.kind != kind):
        return
    if restated:
        if kind in RESTATED or estimated:
            yield Candidate(item, kind, rule, item.first, item.last, what.first, what.noun)
        return
    first, last = min(what.first, item.first), max(what.last, item.last)
    yield Candidate(item, kind, rule, first, last, what.first, what.noun, scope="cumulative")
    old = _superseded(items, match.end(), tokens, lexicon)
    if old is not None:
        yield Candidate(
            old, kind, rule, what.first, old.last, what.first, what.noun, scope="background", superseded=True
        )


def _says_itself(bound: str, lexicon: Lexicon) -> bool:
    """ "superó las 2.000": in some languages the linking word is a bound of the number itself."""
    return bool(lexicon.grammar) and bound in lexicon.triggers.exceeding


def _exact(quantity: Quantity) -> Quantity:
    return quantity._replace(low=quantity.high, best=quantity.high, qualifier="exact")


def _at_least(quantity: Quantity) -> Quantity:
    """ "passed 2,000"; a number that says itself how it is meant ("passed about 2,000") stays."""
    return quantity._replace(high=None, qualifier="at_least") if quantity.qualifier == "exact" else quantity


def _latest_kind(taken: Mapping[int, list[Candidate]], before: int) -> FigureKind | None:
    """Kind of the figure before a bare "total"."""
    earlier = [c for found in taken.values() for c in found if c.item.first < before]
    return max(earlier, key=lambda c: c.item.first).kind if earlier else None


def _is_only_number(item: Item, items: Sequence[Item]) -> bool:
    """Not "around 50 houses collapsed, though residents put the number at 40"."""
    return all(other.first == item.first or other.quantity is None for other in items)


def _kind_of_estimate(item: Item, before: Sequence[Statement]) -> FigureKind | None:
    """ "Police arrested 272 people. Lawyers put the figure at 380": the kind of the last figure that may be the same
    count. "Organisers put the figure at 40,000" is that of the marchers."""
    quantity = item.quantity
    value = (quantity.best or quantity.low or quantity.high or 0) if quantity is not None else 0
    fitting = [
        one.kind
        for one in before
        if (best := one.values["best"])
        and one.part_of is None
        and one.values["scope"] != "background"
        and max(best, value) <= SAME * min(best, value)
    ]
    return fitting[-1] if len(set(fitting)) == 1 else None


def _superseded(items: Sequence[Item], i: int, tokens: Sequence[Token], lexicon: Lexicon) -> Item | None:
    """The number that "from 38" or "from an earlier 38" names after a new toll."""
    following = next((item for item in items[i : i + 4] if item.letter in "QUN"), None)
    if following is None or any(item.letter not in "pxQUN" for item in items[i : i + 3]):
        return None
    core = following.quantity.core if following.quantity else following.first
    before = {token.lower for token in tokens[max(0, core - 2) : core]}
    return following if before & (lexicon.context.revisions) else None
