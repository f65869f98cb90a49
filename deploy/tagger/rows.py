"""Turn annotated texts into rows of numbers and labels."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from deploy.tagger.sources import Example, Spans
from pipeline.names.find import small_words
from pipeline.names.tagger.columns import read_columns
from pipeline.names.tagger.evidence import collect_hints, find_known
from pipeline.names.tagger.features import Rows
from pipeline.names.tagger.groups import Groups
from pipeline.names.tagger.padded import pad
from pipeline.names.tagger.segments import find_segments
from pipeline.text import Text, analyse


class Segments(NamedTuple):
    """Segments of a set of texts, one after the other."""

    rows: npt.NDArray[np.int32]
    """Tokens by features: rows of the weight table."""
    bounds: list[tuple[int, int]]
    """First token and token after the last one of each segment, in `rows`."""
    labels: list[tuple[list[int], ...]]
    """Per segment and layer of annotation, the label of each token."""
    texts: list[tuple[int, int]]
    """First segment and segment after the last one of each text."""


def _same(rows: Rows) -> Rows:
    return rows


_GROUPS: Final[Groups[Rows]] = Groups(_same)


def labels_of(text: Text, spans: Spans) -> list[int]:
    """Label of every token. A name that begins or ends within a token cannot be marked and is left out."""
    labels = [0] * len(text.tokens)
    for start, end, kind in spans:
        first = last = bisect_left(text.starts, start)
        while last < len(labels) and text.starts[last] < end:
            last += 1
        if first == last or text.starts[first] != start or text.tokens[last - 1].end != end:
            continue
        labels[first:last] = [1 + 2 * kind] + [2 + 2 * kind] * (last - first - 1)
    return labels


def _cut(labels: list[int], first: int, last: int) -> list[int]:
    """Labels of a segment. A name begun outside begins with the first word inside, or no path could be right."""
    cut = labels[first:last]
    if cut[0] and cut[0] % 2 == 0:
        cut[0] -= 1
    return cut


def build(examples: Iterable[Example]) -> Segments:
    """Rows and labels of *examples*, each text read as an article of its own."""
    rows: list[Rows] = []
    bounds: list[tuple[int, int]] = []
    labels: list[tuple[list[int], ...]] = []
    texts: list[tuple[int, int]] = []
    for example in examples:
        text = analyse(example.text)
        segments = find_segments(text)
        padded = pad(text, segments)
        known = find_known(text, segments, padded)
        columns = read_columns(text, segments, padded)
        hints = collect_hints([(columns, known)], small_words((text,)))
        layers = [labels_of(text, spans) for spans in example.layers]
        texts.append((len(bounds), len(bounds) + len(segments)))
        for segment in segments:
            begin = bounds[-1][1] if bounds else 0
            bounds.append((begin, begin + segment.last - segment.first))
            labels.append(tuple(_cut(layer, segment.first, segment.last) for layer in layers))
        rows.extend(_GROUPS.of(columns, padded.keys, known, hints))
    return Segments(np.array(rows, np.int32), bounds, labels, texts)
