"""Counts that are parts of another: "19 people, including ten children", "14 dead: nine fighters and five cooks"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.patterns import Rule
from pipeline.figures.structure import OWN_STATE, letters
from pipeline.text import Token

_LISTED: Final = re.compile(r":((?:[QUI](?:,|,?c)){1,6}[QUI])(?![xp]*[BKVD])")

PART: Final = Rule(
    "part",
    r"q",
    "a count inside another: including ten children",
    "The blast killed 19 people, including ten children.",
    "The blast shook 19 houses, including ten schools.",
    needs="q",
    builds="parts",
    confidence=0.8,
)


def parts(items: Sequence[Item], taken: Mapping[int, list[Candidate]]) -> Iterator[Candidate]:
    """Counts that are parts take the kind of the nearest figure before them, else of the first one after."""
    parts = [item for item in items if item.letter == "q"]
    if not parts and ":" not in (item.letter for item in items):
        return
    mains = [c for found in taken.values() for c in found if c.rule.builds != "zero" and c.item.quantity is not None]
    for part in parts + _after_colon(items, mains):
        whole = None if _is_of_others(part, items, mains) else _whole(part, mains)
        if part.kind is not None and _says_itself(part) and (whole is None or whole.kind != part.kind):
            yield Candidate(part, part.kind, PART, part.first, part.last, part.last - 1, part.noun)
        elif whole is not None and part.quantity is not None:
            inside = None if _exceeds(part, whole.item) else whole.item
            yield Candidate(
                part, whole.kind, PART, part.first, part.last, whole.trigger, whole.trigger_noun, whole=inside
            )


def _is_of_others(part: Item, items: Sequence[Item], mains: Sequence[Candidate]) -> bool:
    """ "rescued 140 passengers, 12 OF THEM children, but scores drowned": a part of people to whom nothing happened."""
    at = next((i for i, item in enumerate(items) if item.first == part.first), 0)
    if letters(items[max(0, at - 2) : at]) in {",u", ",h"}:  # "140 passengers, INCLUDING 12 children, but scores"
        at -= 1
    if at < 2 or items[at - 1].letter not in ",(-" or items[at - 2].letter not in "QU":
        return False
    return all(main.item.first != items[at - 2].first for main in mains)


def _exceeds(part: Item, whole: Item) -> bool:
    """ "9,200 households (55,200 people)": the same again in another unit, and no part."""
    part_best, whole_best = (item.quantity.best if item.quantity else None for item in (part, whole))
    return part_best is not None and whole_best is not None and part_best > whole_best


def _says_itself(part: Item) -> bool:
    """ "14 million people in need, including 3 million DISPLACED people"; not "seven of the wounded"."""
    return (part.noun is not None or part.reason == OWN_STATE) and part.quantity is not None


def _whole(part: Item, mains: Sequence[Candidate]) -> Candidate | None:
    before = [c for c in mains if c.item.first < part.first]
    after = [c for c in mains if c.item.first > part.first and c.trigger > c.item.first]  # else: those who did it
    if before:
        return max(before, key=lambda c: c.item.first)
    return min(after, key=lambda c: c.item.first) if after else None


def _after_colon(items: Sequence[Item], mains: Sequence[Candidate]) -> list[Item]:
    """ "14 dead: nine fighters and five policemen"."""
    text = letters(items)
    found: list[Item] = []
    if ":" not in text:
        return found
    for main in mains:
        end = next((i for i, item in enumerate(items) if item.first >= main.last), len(items))
        match = _LISTED.match(text, end)
        if match:
            found += [item for item in items[match.start(1) : match.end(1)] if item.letter in "QU"]
    return found


def split_of_whole(items: Sequence[Item], taken: dict[int, list[Candidate]]) -> None:
    """ "Of the 112 detained, 37 remain in custody": later figures of the kind are parts of the first."""
    if len(items) < 2 or items[0].letter != "o" or items[1].first not in taken:
        return
    whole = taken[items[1].first][0]
    for first, found in taken.items():
        if first != whole.item.first:
            taken[first] = [c._replace(whole=whole.item) if c.kind == whole.kind else c for c in found]


def parts_by_pronoun(tokens: Sequence[Token], taken: dict[int, list[Candidate]], lexicon: Lexicon) -> None:
    """ "96 critics were detained, 31 OF WHOM are still in custody": the second of a kind is a part of the first."""
    pronouns = lexicon.numbers.part_pronouns
    for first, found in taken.items():
        item = found[0].item if found else None
        if item is None or not (
            tokens[item.last - 1][3] in pronouns or (item.first and tokens[item.first - 1][3] in pronouns)
        ):
            continue
        wholes = {c.kind: c.item for at in taken if at < first for c in taken[at] if c.whole is None}
        taken[first] = [c._replace(whole=wholes.get(c.kind, c.whole)) for c in found]
