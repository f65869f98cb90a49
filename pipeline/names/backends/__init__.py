"""Other taggers than the packaged one, under the same rules: whatever names they find, rules and gazetteer go on.

A backend is chosen by a word and what it needs:

    spacy:en_core_web_sm              a pipeline of spaCy that is installed
    spacy:/folder/of/a/pipeline       or lies in a folder
    transformers:/folder/of/a/model   a model for token classification, exported to ONNX

It is opened at start or refused; nothing falls back to the packaged tagger, and nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pipeline.names.backends.arrange import ModelTagger
from pipeline.names.backends.protocol import BackendError, FindNames, Found
from pipeline.names.backends.spacy_pipeline import load_spacy, open_spacy
from pipeline.names.backends.token_classification import open_transformers
from pipeline.names.protocol import NameTagger

__all__ = ["BackendError", "FindNames", "Found", "ModelTagger", "load_spacy", "open_backend"]

BACKENDS: Final[Mapping[str, Callable[[str], NameTagger]]] = {"spacy": open_spacy, "transformers": open_transformers}
_FORMS: Final = "spacy:NAME or transformers:FOLDER"


def open_backend(chosen: str) -> NameTagger:
    """The tagger that *chosen* names, `backend:what it needs`.

    Raises:
        BackendError: there is no such backend, or it cannot be opened.
    """
    backend, _, what = chosen.partition(":")
    if backend not in BACKENDS or not what:
        raise BackendError(f"{chosen!r} is no tagger: write {_FORMS}")
    return BACKENDS[backend](what)
