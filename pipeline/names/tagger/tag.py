"""Tag the texts of an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.names.tagger.decode import Decoder, Scores, Tagged, all_scores, names_in
from pipeline.names.tagger.evidence import collect_hints, find_known
from pipeline.names.tagger.groups import Groups
from pipeline.names.tagger.model import Model, open_model
from pipeline.names.tagger.padded import pad
from pipeline.names.tagger.segments import Segment, find_segments, is_silent
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
        segments = [list(find_segments(text)) for text in texts]
        padded = [pad(text, own, find_known(text, own)) for text, own in zip(texts, segments, strict=True)]
        hints = collect_hints(zip(texts, segments, padded, strict=True), small)
        result = []
        for text, every, words in zip(texts, segments, padded, strict=True):
            own = [segment for segment in every if not is_silent(text, segment)]
            scores = all_scores(self._groups.of(text, own, words, hints))
            result.append(list(zip(own, self._names(own, scores), strict=True)))
        return result

    def _names(self, segments: Sequence[Segment], scores: Sequence[Scores]) -> Iterator[list[Tagged]]:
        """The names in each of *segments*, whose tokens have *scores*."""
        end = 0
        for segment in segments:
            begin, end = end, end + segment.last - segment.first
            own = scores[begin:end]
            o, bp, _, bo, _, bl, _ = own[0]
            if end - begin == 1 and o >= bp and o >= bo and o >= bl:
                yield []  # most segments: the first word of a sentence
            else:
                yield names_in(segment.first, self._decoder.best(own), own)


@cache
def packaged_tagger() -> Tagger:
    """The tagger with the packaged weights, opened on first use.

    Raises:
        ModelError: the package was built without them.
    """
    return Tagger(open_model())
