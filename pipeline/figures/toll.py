"""The toll: per kind, the one statement of the article.

The figures that may speak are those of the kind that are not part of another of it, not hypothetical and not
background, rate or superseded; nor a title's number that the body puts into the past. A total of months or years
("since January") is what the news is set against: it speaks only where the text begins with it. Among them, the first
row that applies decides:

| Row | When | Status and numbers |
|---|---|---|
| 1 | no figure may speak | not_reported, no numbers |
| 2 | all that speak say none | denied, 0 |
| 3 | the title states a count that is no increment | stated, the title's, or the body's that it rounds or leaves open |
| 4 | there are running totals | stated, the last one of the newest day; if all name a period, the first one |
| 5 | there are counts that are not increments | stated, the largest |
| 6 | there are only increments | stated, the largest |

A denied number ("denied that 12 died") never decides; it only makes the toll disputed. Within a row, numbers come
before vague words, and words before one person or a bare plural. `disputed` is set when two speakers give different
values, or when the number that decides is itself disputed. Numbers of different sentences, speakers, parts and wholes
are never added; only counts that one sentence coordinates ("six priests and two nuns were killed") are, because they
are one statement. Where a total is silent, a zero beside it does not decide either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from math import inf
from typing import Final, get_args

from pipeline.records import maker
from schemas.enrichment import Figure, FigureKind, Toll

KINDS: Final[tuple[FigureKind, ...]] = get_args(FigureKind)
ROUND: Final = 10
"""A title's number that this divides may round the body's; a vague one leaves open less than so many times as much."""
TELLING: Final = 20
"""A smaller number of an old event may be that of the news by chance."""
_OPEN: Final = frozenset({"vague", "bare_plural"})
"""Qualifiers of what is no number."""
_SILENT: Final = frozenset({"background", "rate"})

_new_toll: Final = maker(Toll)
_NOT_REPORTED: Final = Toll.model_construct(status="not_reported")

Indexed = tuple[int, Figure]
_TALLIES: Final = frozenset({"figures.counted", "figures.bodies_of"})
"""Rules that count bodies, which are found one after the other."""


def _speaks(figure: Figure, figures: Sequence[Figure]) -> bool:
    is_part = figure.part_of is not None and (
        figure.part_of >= len(figures) or figures[figure.part_of].kind == figure.kind
    )
    return not is_part and not figure.hypothetical and figure.scope not in _SILENT


def _bounds(figure: Figure) -> tuple[int | None, int | None, int | None]:
    return figure.low, figure.best, figure.high


def _without_the_past(counts: Sequence[Indexed], figures: Sequence[Figure]) -> list[Indexed]:
    """The counts but for those of the title that the body repeats as the past only ("over collapse that killed 44")."""
    if all(figure.span.field != "title" for _, figure in counts):
        return list(counts)
    kind = counts[0][1].kind
    past = [f for f in figures if f.kind == kind and f.scope == "background" and f.span.field == "body"]
    old = {_bounds(f) for f in past if _value(f) >= TELLING and _strength(f) == 2}
    old -= {_bounds(figure) for _, figure in counts if figure.span.field == "body"}
    return [pair for pair in counts if pair[1].span.field == "body" or _bounds(pair[1]) not in old]


def _of_the_news(counts: Sequence[Indexed], figures: Sequence[Figure], long: Set[int]) -> list[Indexed]:
    """The counts, without totals of a *long* time where the text begins with something else: "Nine were freed on
    Monday. This year 40 have died", "Iran executed 14 on Monday, bringing to 312 the number this year"."""
    if long.isdisjoint(i for i, _ in counts):
        return list(counts)
    lead = next((f.sentence for f in figures if f.span.field == "body" and _speaks(f, figures)), None)
    first = [(i, f) for i, f in counts if f.span.field == "title" or f.sentence == lead]
    if any(i in long for i, _ in first) and all(i in long or f.scope == "cumulative" for i, f in first):
        return list(counts)
    return [pair for pair in counts if pair[0] not in long]


def _value(figure: Figure) -> int:
    """The number to rank by."""
    return next((n for n in (figure.best, figure.low, figure.high) if n is not None), 0)


def _is_zero(figure: Figure) -> bool:
    return figure.best == 0


def _strength(figure: Figure) -> int:
    """Numbers before vague words, those before one person or a bare plural."""
    if figure.qualifier == "bare_plural" or figure.best == 1:
        return 0
    return 1 if figure.qualifier == "vague" else 2


def _largest(figures: Sequence[Indexed]) -> Indexed:
    return max(figures, key=lambda pair: (_strength(pair[1]), _value(pair[1]), -pair[0]))


def _decide(figures: Sequence[Indexed], groups: Mapping[int, int]) -> Indexed:
    """Rows 3 to 6."""
    whole = [pair for pair in figures if pair[1].scope != "incremental"]
    titles = [pair for pair in whole or figures if pair[1].span.field == "title"]
    if titles:
        return _behind(_largest(titles), figures, groups)
    totals = _standing([pair for pair in figures if pair[1].scope == "cumulative" and _strength(pair[1])], whole)
    if totals:
        free = [pair for pair in totals if pair[1].period is None]
        told = free[-1] if free else totals[0]  # "73 since May. Twelve in the past week"
        return told if _strength(told[1]) == max(_strength(f) for _, f in free or totals) else _largest(free or totals)
    return _largest(whole or figures)


def _standing(totals: Sequence[Indexed], whole: Sequence[Indexed]) -> list[Indexed]:
    """The running totals that still hold: none of an older day than another ("rose to 66 on Monday. It was 40 on
    Sunday"), and no bodies found so far that are fewer than the dead."""
    newest = max((figure.as_of for _, figure in totals if figure.as_of is not None), default=None)
    reached = max((_value(f) for _, f in totals if f.as_of == newest), default=0)
    most = max((_value(f) for _, f in whole if f.scope == "incident" and _strength(f) == 2), default=0)
    return [
        (i, figure)
        for i, figure in totals
        if (figure.as_of in (None, newest) or _value(figure) > reached)
        and not (figure.rule in _TALLIES and _value(figure) < most)
    ]


def _behind(title: Indexed, figures: Sequence[Indexed], groups: Mapping[int, int]) -> Indexed:
    """The body's number that the title rounds ("80" for 83) or leaves open ("dozens" for 48, "villagers" for 30, "a
    guard" where the text begins with three, or with a guard and two clerks), else the title's."""
    body = [pair for pair in figures if pair[1].span.field == "body" and _may_stand_behind(pair[1])]
    value, qualifier = _value(title[1]), title[1].qualifier
    if qualifier in _OPEN:
        most = ROUND * value if qualifier == "vague" else inf
        body = [pair for pair in body if pair[1].scope == "incident" and value <= _value(pair[1]) < most]
    elif value == 1:
        body = [pair for pair in body[:1] if pair[1].scope == "incident" and _counts_several(pair, figures, groups)]
    elif value >= ROUND and value % ROUND == 0 and all(_value(figure) != value for _, figure in body):
        body = [pair for pair in body if pair[1].best is not None and _rounds(value, pair[1].best)]
    else:
        return title
    return _largest(body) if body else title


def _counts_several(pair: Indexed, figures: Sequence[Indexed], groups: Mapping[int, int]) -> bool:
    return _value(pair[1]) > 1 or len(_statement(pair, figures, groups)) > 1


def _rounds(value: int, best: int) -> bool:
    """Whether a round value may stand for a number: "80" for 83, "20" for 17; not "20" for 11."""
    grain = _grain(value)
    return best != value and -grain // 2 <= best - value < grain


def _may_stand_behind(figure: Figure) -> bool:
    return figure.scope != "incremental" and not figure.disputed and figure.qualifier not in _OPEN


def _grain(value: int) -> int:
    """What the last figure before the zeros of a round number stands for: 10 of 80, 100 of 1,200."""
    grain = ROUND
    while value % (grain * 10) == 0 and value > grain * 10:
        grain *= 10
    return grain


def _statement(chosen: Indexed, figures: Sequence[Indexed], rule_sets: Mapping[int, int]) -> list[Indexed]:
    """The figures that one sentence coordinates with the chosen one; usually itself alone."""
    group = rule_sets.get(chosen[0])
    return [pair for pair in figures if pair[0] == chosen[0] or (group is not None and rule_sets.get(pair[0]) == group)]


def _sum(values: Sequence[int | None]) -> int | None:
    """Sum, or None when one of them is unknown."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _stated(chosen: Indexed, speaking: Sequence[Indexed], groups: Mapping[int, int], contested: bool) -> Toll:
    members = _statement(chosen, speaking, groups)
    low = _sum([f.low if f.low is not None else f.best for _, f in members]) if len(members) > 1 else chosen[1].low
    best = _sum([_action_value(f) for _, f in members])
    high = _sum([f.high for _, f in members])
    agreeing = {i for i, f in speaking if (f.low, f.best, f.high) == (chosen[1].low, chosen[1].best, chosen[1].high)}
    support = tuple(sorted(agreeing | {i for i, _ in members})) if len(members) == 1 else tuple(i for i, _ in members)
    return _new_toll(
        {"status": "stated", "low": low, "best": best, "high": high, "supported_by": support, "disputed": contested}
    )


def _action_value(figure: Figure) -> int | None:
    """The number to act on: the printed one, else the lower bound, else the upper."""
    return next((n for n in (figure.best, figure.low, figure.high) if n is not None), None)


def _contested(figures: Sequence[Indexed], denied: Sequence[Indexed], chosen: Figure) -> bool:
    if chosen.disputed or denied:
        return True
    values: dict[str, set[int]] = {}
    for _, figure in figures:
        if (
            figure.attributed_to is not None
            and figure.period == chosen.period  # a total of years contradicts no toll of a day
            and figure.scope != "incremental"
            and _strength(figure) == 2
        ):
            values.setdefault(figure.attributed_to.casefold(), set()).add(_value(figure))
    return len(values) > 1 and not set.intersection(*values.values())


def toll_of(
    kind: FigureKind,
    figures: Sequence[Figure],
    groups: Mapping[int, int] | None = None,
    long: Set[int] = frozenset(),
) -> Toll:
    """The article's statement about one kind. *groups* gives coordinated figures the same number; *long* are the
    figures that cover months or years."""
    speaking = [(i, f) for i, f in enumerate(figures) if f.kind == kind and _speaks(f, figures)]
    denied = [(i, f) for i, f in speaking if f.negated and not _is_zero(f)]
    zeros = [(i, f) for i, f in speaking if _is_zero(f)]
    counts = [(i, f) for i, f in speaking if not f.negated and not _is_zero(f)]
    told = _of_the_news(_without_the_past(counts, figures), figures, long) if counts else counts
    if counts and not told:
        return _new_toll({"status": "not_reported", "disputed": bool(denied)})  # what is silent makes no zero true
    counts = told
    if counts:
        chosen = _decide(counts, groups or {}) if len(counts) > 1 else counts[0]
        return _stated(chosen, counts, groups or {}, _contested(counts, denied, chosen[1]))
    if zeros:
        support = tuple([i for i, _ in zeros])
        return _new_toll(
            {"status": "denied", "low": 0, "best": 0, "high": 0, "supported_by": support, "disputed": bool(denied)}
        )
    return _new_toll({"status": "not_reported", "disputed": bool(denied)})


def tolls(
    figures: Sequence[Figure], groups: Mapping[int, int] | None = None, long: Set[int] = frozenset()
) -> dict[FigureKind, Toll]:
    """One toll per kind, all kinds present, in the order of `FigureKind`."""
    counted = {figure.kind for figure in figures}
    return {kind: toll_of(kind, figures, groups, long) if kind in counted else _NOT_REPORTED for kind in KINDS}
