"""Why an article's names and places were read as they were: the candidates, their scores, the evidence that decided."""

from __future__ import annotations

from typing import Any, NamedTuple

from pipeline.enrich import join, read
from pipeline.figures import LANGUAGES
from pipeline.figures.explain import SentenceExplained
from pipeline.figures.explain import explain_figures as figures_of
from pipeline.findings import Findings
from pipeline.names import find_entities
from pipeline.names.explain import NameEvidence, explain_names
from pipeline.places import find_locations
from pipeline.places.explain import PlacesExplained, explain_places
from schemas.article import Article


class Explanation(NamedTuple):
    """The evidence for the entities and locations that `enrich` gives for the same article."""

    names: tuple[NameEvidence, ...]
    places: PlacesExplained


def explain(article: Article) -> Explanation:
    """The evidence behind names and places. Costs a second reading of the article; nothing of it enters the record."""
    document = read(article)
    found = find_entities(document, Findings())
    return Explanation(explain_names(document), explain_places(document, found))


def explain_figures(article: Article) -> tuple[SentenceExplained, ...]:
    """The evidence behind the figures. Empty for a language whose figures are not read."""
    document = read(article)
    if document.language and document.language not in LANGUAGES:
        return ()
    names = find_entities(document, Findings())
    places = find_locations(document, names)
    return figures_of(document, join(names, places))


def as_values(value: Any) -> Any:
    """*value* with named tuples as mappings: ready for JSON."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: as_values(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [as_values(part) for part in value]
    return value
