"""Measure how often mentions are right, on texts that the weights have not seen, and write the table of it.

Rising steps by pooling adjacent violators (Ayer and others 1955); counts are integers, so the table is the same on
every machine. Its use: `pipeline/names/confidence.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from deploy.tagger.sources import Example
from pipeline.findings import Document
from pipeline.names.confidence import REST, Table, parse, share_right
from pipeline.names.find import read_names
from pipeline.names.tagger.tag import Tagger
from pipeline.text import analyse

_KINDS: Final = ("person", "organisation", "location")
_NOTHING: Final = analyse("", "title")
_FEWEST: Final = 40
"""Mentions that a rule needs to be measured alone, and a step to stand alone: a share off by less than 0.08 mostly."""
_BINS: Final = 10


class Seen(NamedTuple):
    """A mention, and whether its span and type are those of the annotation."""

    rule: str
    label: str
    own: float
    right: bool


class _Block(NamedTuple):
    start: float
    right: int
    all: int


def observe(tagger: Tagger, example: Example) -> Iterator[Seen]:
    """The mentions that *tagger* and the rules find in *example*; those on neutral words alone are left out."""
    gold = {(start, end): _KINDS[kind] for start, end, kind in example.layers[0]}
    parts, _ = read_names(Document(_NOTHING, analyse(example.text)), tagger)
    for part in parts:
        tokens = part.reading.text.tokens
        for one in part.mentions:
            start, end = tokens[one.first].start, tokens[one.last - 1].end
            touches = any(begin < end and start < stop for begin, stop in gold)
            neutral = not touches and any(begin < end and start < stop for begin, stop in example.neutral)
            if one.label in _KINDS and not neutral:
                yield Seen(one.rule, one.label, one.confidence, gold.get((start, end)) == one.label)


def _steps(seen: Sequence[Seen]) -> list[_Block]:
    """Blocks of rising shares, of no fewer mentions than may stand alone."""
    counts: dict[float, list[bool]] = {}
    for one in seen:
        counts.setdefault(one.own, []).append(one.right)
    blocks: list[_Block] = []
    for own in sorted(counts):
        block = _Block(own, sum(counts[own]), len(counts[own]))
        while blocks and (blocks[-1].all < _FEWEST or blocks[-1].right * block.all >= block.right * blocks[-1].all):
            last = blocks.pop()
            block = _Block(last.start, last.right + block.right, last.all + block.all)
        blocks.append(block)
    if len(blocks) > 1 and blocks[-1].all < _FEWEST:
        last, before = blocks.pop(), blocks.pop()
        blocks.append(_Block(before.start, before.right + last.right, before.all + last.all))
    return blocks


def _groups(seen: Iterable[Seen]) -> dict[tuple[str, str], list[Seen]]:
    """The mentions by rule and type; those of rules that are seldom, by type."""
    groups: dict[tuple[str, str], list[Seen]] = {}
    for one in seen:
        groups.setdefault((one.rule, one.label), []).append(one)
    for key in [key for key, found in groups.items() if len(found) < _FEWEST]:
        found = groups.pop(key)
        groups.setdefault((REST, key[1]), []).extend(found)
    return groups


def fit(seen: Iterable[Seen]) -> str:
    """The table's file. A share counts one right and one wrong mention more than were seen: none is 0 or 1.

    That moves the shares of small steps most, so that one could fall below the step before it; it has that one's then.
    """
    lines = ["# rule, type, from this number of the rule's own on, share right; written by python -m deploy.tagger"]
    for (rule, label), found in sorted(_groups(seen).items()):
        share = 0
        for start, right, every in _steps(found):
            share = max(share, (100 * (right + 1) + (every + 2) // 2) // (every + 2))
            lines.append(f"{rule}\t{label}\t{start:.2f}\t{share / 100:.2f}")
    return "\n".join(lines) + "\n"


def expected_error(seen: Sequence[Seen], table: Table) -> float:
    """Expected calibration error: mean distance, over ten bins weighted by size, of confidence from the share right."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for one in seen:
        told = share_right(table, one.rule, one.label, one.own)
        bins.setdefault(min(int(told * _BINS), _BINS - 1), []).append((told, one.right))
    off = [abs(sum(told for told, _ in found) - sum(right for _, right in found)) for found in bins.values()]
    return sum(off) / max(1, len(seen))


def held_out_error(folds: Sequence[Sequence[Seen]], *, fitted: bool = True) -> float:
    """`expected_error` with each fold told by a table of the others; without *fitted*, by the rules' own numbers."""
    told = 0.0
    for number, fold in enumerate(folds):
        others = [one for other, found in enumerate(folds) if other != number for one in found]
        table: Table = parse(fit(others).splitlines()) if fitted else {}
        told += expected_error(fold, table) * len(fold)
    return told / max(1, sum(map(len, folds)))
