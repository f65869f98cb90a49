"""Other taggers than the packaged one, under the same rules: whatever names they find, rules and gazetteer go on.

A backend is chosen by a word and what it needs, `spacy:en_core_web_sm` or `spacy:/folder/of/a/pipeline`. It is opened
at start or refused; nothing falls back to the packaged tagger.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, Final, NamedTuple, Protocol

from pipeline.names.tagger import Tagged
from pipeline.names.tagger.segments import Segment, find_segments
from pipeline.text import Sentence, Text

KINDS: Final = {"PERSON": 0, "PER": 0, "ORG": 1, "GPE": 2, "LOC": 2, "FAC": 2}
"""Labels of OntoNotes and CoNLL as kinds of names; other labels are no names here."""
_PIECE: Final = 20_000
"""Code points read at once: models need memory in proportion, and refuse more than a million."""
_USUAL_MARGIN: Final = 140
"""Stands for a confidence of 0.85 where a model tells none: about the precision that such models reach on news."""
_EDGES: Final = frozenset({"the", "'s", "’s", ",", "."})
"""Not part of a name at its edges, by the rules' way of counting."""


class BackendError(RuntimeError):
    """The backend cannot be opened. The message says what is missing and what to do."""


class NameTagger(Protocol):
    """Finds the names in an article's texts. `name` says which tagger, for the record's provenance."""

    @property
    def name(self) -> str: ...

    def tag(self, texts: Sequence[Text], small: frozenset[str]) -> list[list[tuple[Segment, list[Tagged]]]]:
        """Segments of each text with the names in them, in reading order; *small*: words printed in small letters.

        A function of its arguments alone. Every name lies within its segment, and none overlaps another.
        """
        ...


class Found(NamedTuple):
    """A name that a model found: code points `start` to `end` of the text it was given."""

    start: int
    end: int
    label: str


FindNames = Callable[[Sequence[str]], Iterable[Iterable[Found]]]
"""The names of each of several texts."""


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


def _sentence_of(text: Text, token: int) -> Sentence:
    return text.sentences[bisect_right(text.sentences, token, key=lambda sentence: sentence.first) - 1]


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
        if one.label not in KINDS or first >= last or first < end:
            continue
        sentence = _sentence_of(text, first)
        last = end = min(last, sentence.last)
        names.append(Tagged(first, last, KINDS[one.label], _USUAL_MARGIN))
        segments.append(Segment(first, last, sentence.first, sentence.last, caseless=False))
    return [
        (segment, [name for name in names[bisect_left(names, (segment.first,)) :] if name.first < segment.last])
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
                yield Found(one.start + offset, one.end + offset, one.label)


def load_spacy(path_or_name: str) -> Any:
    """The pipeline of spaCy that is installed as *path_or_name*, or lies in that folder; without its parser.

    Raises:
        BackendError: spaCy or the pipeline is not installed, or the pipeline finds no names.
    """
    try:
        spacy: Any = import_module("spacy")
    except ImportError as error:
        raise BackendError(f"spaCy is not installed ({error}): run `pip install spacy`") from error
    try:
        nlp = spacy.load(path_or_name, exclude=["parser", "lemmatizer", "senter"])
    except (OSError, ImportError, ValueError) as error:
        raise BackendError(f"spaCy cannot load the pipeline {path_or_name!r}: {error}") from error
    if not {"ner", "entity_ruler"} & set(nlp.pipe_names):
        raise BackendError(f"the pipeline {path_or_name!r} finds no names: it has neither `ner` nor `entity_ruler`")
    return nlp


def open_spacy(path_or_name: str) -> ModelTagger:
    """A tagger made of the pipeline of spaCy that is installed as *path_or_name*, or lies in that folder.

    Raises:
        BackendError: as `load_spacy`.
    """
    nlp = load_spacy(path_or_name)

    def find(texts: Sequence[str]) -> Iterator[list[Found]]:
        for doc in nlp.pipe(texts):
            yield [Found(name.start_char, name.end_char, name.label_) for name in doc.ents]

    return ModelTagger(f"spacy {nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}", find)


BACKENDS: Final[Mapping[str, Callable[[str], ModelTagger]]] = {"spacy": open_spacy}


def open_backend(chosen: str) -> ModelTagger:
    """The tagger that *chosen* names, `backend:what it needs`.

    Raises:
        BackendError: there is no such backend, or it cannot be opened.
    """
    backend, _, what = chosen.partition(":")
    if backend not in BACKENDS or not what:
        raise BackendError(f"{chosen!r} is no tagger: write {' or '.join(f'{name}:NAME' for name in BACKENDS)}")
    return BACKENDS[backend](what)
