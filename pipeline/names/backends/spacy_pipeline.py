"""The names of a pipeline of spaCy, installed or in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from pipeline.names.backends.arrange import ModelTagger
from pipeline.names.backends.protocol import BackendError, Found


def load_spacy(path_or_name: str) -> Any:
    """The pipeline of spaCy that is installed as *path_or_name*, or lies in that folder; without its parser.

    Raises:
        BackendError: spaCy or the pipeline is not installed, or the pipeline finds no names.
    """
    try:
        spacy: Any = import_module("spacy")
    except ImportError as error:
        raise BackendError(f"spaCy is not installed ({error}): run `pip install tocsin[spacy]`") from error
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
        for doc in nlp.pipe(texts, batch_size=1):  # a batch is held in memory whole, and long texts come in many
            yield [Found(name.start_char, name.end_char, name.label_) for name in doc.ents]

    return ModelTagger(f"spacy {nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}", find)
