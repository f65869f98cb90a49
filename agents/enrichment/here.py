"""Enriching in this process as the processes of the settings would: the same lists, the same tagger of names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from agents.errors import UsageError
from agents.lists.folder import POINTER, CurrentLists, lists_folder
from agents.settings import Settings
from pipeline.enrich import enrich
from pipeline.lists.index import BrokenIndexError
from pipeline.names.backends import BackendError, open_backend
from schemas.article import Article
from schemas.enrichment import EnrichedArticle

if TYPE_CHECKING:
    from pipeline.lists import Screener
    from pipeline.names import NameTagger

Enriching = Callable[[Article], EnrichedArticle]


def chosen_tagger(settings: Settings) -> NameTagger | None:
    """The tagger of names that is set; None for the packaged one.

    Raises:
        UsageError: it cannot be opened.
    """
    if settings.names_backend is None:
        return None
    try:
        return open_backend(settings.names_backend)
    except BackendError as error:
        raise UsageError(f"TOCSIN_NAMES_BACKEND: {error}") from error


def current_screener(settings: Settings) -> Screener | None:
    """A screener of the lists that the enricher of the data folder uses, with the decisions that hold there; None when
    there are none.

    Raises:
        UsageError: the lists are of another release.
    """
    try:
        return CurrentLists(lists_folder(settings) / POINTER).screener()
    except BrokenIndexError as error:
        raise UsageError(f"the lists in {lists_folder(settings)}: {error} by starting the enricher") from error


def enricher_of(settings: Settings) -> Enriching:
    """
    Raises:
        UsageError: as `chosen_tagger` and `current_screener`.
    """
    return partial(enrich, screener=current_screener(settings), tagger=chosen_tagger(settings))
