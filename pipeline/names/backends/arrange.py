"""From a model's names to what the rules read: tokens within segments, each with a margin.

text -> pieces that a model can hold -> its names -> tokens -> names within segments
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from pipeline.names.backends.protocol import FindNames, Found
from pipeline.names.parse import confidence_of
from pipeline.names.tagger import Tagged
from pipeline.names.tagger.segments import Segment, find_segments
from pipeline.text import Text

KINDS: Final = {
    **dict.fromkeys(("PERSON", "PER"), 0),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION"), 1),
    **dict.fromkeys(("GPE", "LOC", "LOCATION", "FAC", "FACILITY"), 2),
}
"""Labels of OntoNotes, CoNLL and their like in capitals, as kinds of names; other labels are no names here."""
_PIECE: Final = 20_000
"""Code points read at once: models need memory in proportion, and refuse more than a million."""
_USUAL_CONFIDENCE: Final = 0.85
"""Where a model tells none: about the precision that such models reach on news."""
_MARGINS: Final = range(6_001)
"""From a confidence of a half to one that is one to two digits."""
_EDGES: Final = frozenset({"the", "'s", "’s", ",", "."})
"""Not part of a name at its edges, by the rules' way of counting."""


def kind_of(label: str) -> int | None:
    """The kind of name that a model's *label* stands for, without the prefix of a scheme. None means no name."""
    return KINDS.get(label.upper())


@cache
def _margin_of(percent: int) -> int:
    found = bisect_left(_MARGINS, percent / 100, key=lambda margin: confidence_of(Tagged(0, 0, 0, margin)))
    return min(found, _MARGINS[-1])


def margin_of(confidence: float) -> int:
    """The margin that the rules read as *confidence*, 0 to 1: the inverse of theirs, which begins at a half."""
    return _margin_of(round(100 * confidence))


def _pieces(text: Text) -> Iterator[tuple[int, str]]:
    """Pieces of *text* that models can hold, each with its offset: cut between sentences, long ones between words."""
    start, sentences = 0, [sentence.start for sentence in text.sentences]
    while start < len(text.raw):
        end = start + _PIECE
        if end < len(text.raw):
            cuts = (starts[bisect_right(starts, end) - 1] for starts in (sentences, text.starts))
            end = next((cut for cut in cuts if start < cut <= end), end)
        yield start, text.raw[start:end]
        start = end


def _tokens_of(text: Text, start: int, end: int) -> tuple[int, int]:
    """Tokens that code points *start* to *end* touch, without an article or a possessive at the edges."""
    first, last = max(0, bisect_right(text.starts, start) - 1), bisect_left(text.starts, end)
    while first < last and (text.tokens[first].end <= start or text.lowers[first] in _EDGES):
        first += 1
    while last > first and text.lowers[last - 1] in _EDGES:
        last -= 1
    return first, last


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """Segments in order, those that overlap as one."""
    done: list[Segment] = []
    for one in sorted(segments):
        if done and one.first < done[-1].last:
            done[-1] = done[-1]._replace(last=max(done[-1].last, one.last))
        else:
            done.append(one)
    return done


def arrange(text: Text, found: Iterable[Found]) -> list[tuple[Segment, list[Tagged]]]:
    """The names that a model found in *text* as the rules read them: tokens, within the segments of the text."""
    names, segments, end = list[Tagged](), list(find_segments(text)), 0
    for one in sorted(found):
        first, last = _tokens_of(text, one.start, one.end)
        kind = kind_of(one.label)
        if kind is None or first >= last or first < end:
            continue
        sentence = text.sentence_of(first)
        last = end = min(last, sentence.last)
        sure = _USUAL_CONFIDENCE if one.confidence is None else one.confidence
        names.append(Tagged(first, last, kind, margin_of(sure)))
        segments.append(Segment(first, last, sentence.first, sentence.last, caseless=False))
    firsts = [name.first for name in names]
    return [
        (segment, names[bisect_left(firsts, segment.first) : bisect_left(firsts, segment.last)])
        for segment in _joined(segments)
    ]


class ModelTagger:
    """A tagger made of a model's function from texts to names."""

    def __init__(self, name: str, find: FindNames) -> None:
        self.name = name
        self._find = find

    def tag(self, texts: Sequence[Text], small: frozenset[str]) -> list[list[tuple[Segment, list[Tagged]]]]:
        """As `NameTagger.tag`."""
        del small
        return [arrange(text, self._names(text)) for text in texts]

    def _names(self, text: Text) -> Iterator[Found]:
        pieces = list(_pieces(text))
        for (offset, _), found in zip(pieces, self._find([raw for _, raw in pieces]), strict=True):
            for one in found:
                yield one._replace(start=one.start + offset, end=one.end + offset)
