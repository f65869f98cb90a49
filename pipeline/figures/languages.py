"""The languages that figures are read in; another one is another module with a `LEXICON`, and one entry here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Final

from pipeline.figures.lexicon import Lexicon
from pipeline.figures.vocabulary import Vocabulary, vocabulary_of

_MODULES: Final = {"en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
"""By ISO 639-1 code; each is imported with the first article in its language, as most processes meet few."""
LANGUAGES: Final = frozenset(_MODULES)
"""ISO 639-1 codes of the languages that figures are read in."""


@cache
def vocabulary_for(language: str | None) -> Vocabulary:
    """The words of *language*; an article whose language is not known is read as English.

    Raises:
        KeyError: it is none of `LANGUAGES`.
    """
    lexicon: Lexicon = import_module(f"pipeline.figures.{_MODULES[language or 'en']}").LEXICON
    return vocabulary_of(lexicon)
