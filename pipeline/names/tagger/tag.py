"""Tag the texts of an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import repeat

from pipeline.names.tagger.columns import read_columns
from pipeline.names.tagger.decode import Decoder, Scores, Tagged, all_scores, name_in_word, names_in
from pipeline.names.tagger.evidence import collect_hints, find_known
from pipeline.names.tagger.groups import Groups
from pipeline.names.tagger.model import Model, open_model
from pipeline.names.tagger.padded import pad
from pipeline.names.tagger.segments import Segment, find_segments
from pipeline.text import Text


class Tagger:
    """A model with what it remembers of words."""

    name = "packaged"

    def __init__(self, model: Model) -> None:
        self._groups: Groups[int] = Groups(model.total)
        self._decoder = Decoder(model.transitions)

    def tag(self, texts: Sequence[Text], small: frozenset[str]) -> list[list[tuple[Segment, list[Tagged]]]]:
        """Segments of each text of an article with the names in them, in reading order; without the silent ones.

        *small*: words that the article prints in small letters. Time is linear in the length of the texts.
        """
        every = list(map(find_segments, texts))
        segments = [[one for one in found if not one.silent] for found in every]
        padded = list(map(pad, texts, every))
        known = list(map(find_known, texts, segments, padded))
        columns = list(map(read_columns, texts, segments, padded))
        silent = map(_silent_among, texts, every, repeat(frozenset[str]().union(*[one.lowers for one in columns])))
        others = map(read_columns, texts, silent, padded)
        hints = collect_hints(zip([*columns, *others], known * 2, strict=True), small)
        values = map(self._groups.of, columns, [one.keys for one in padded], known, repeat(hints))
        names = map(self._names, segments, map(all_scores, values))
        return [list(zip(own, found, strict=True)) for own, found in zip(segments, names, strict=True)]

    def _names(self, segments: Sequence[Segment], scores: Sequence[Scores]) -> Iterator[list[Tagged]]:
        """The names in each of *segments*, whose tokens have *scores*."""
        end = 0
        for first, last, _, _, _, _ in segments:
            begin, end = end, end + last - first
            if end - begin == 1:
                yield name_in_word(first, scores[begin])
            else:
                own = scores[begin:end]
                yield names_in(first, self._decoder.best(own), own)


def _silent_among(text: Text, segments: Iterable[Segment], wanted: frozenset[str]) -> list[Segment]:
    """Those of the silent *segments* whose word is in a name: what stands beside it tells something of it there too."""
    return [one for one in segments if one.silent and text.lowers[one.first] in wanted]


@cache
def packaged_tagger() -> Tagger:
    """The tagger with the packaged weights, opened on first use.

    Raises:
        ModelError: the package was built without them.
    """
    return Tagger(open_model())
