"""Why the names of an article mean the places they do: for every name its senses, with what spoke for each."""

from __future__ import annotations

from typing import Final, NamedTuple

from pipeline.findings import Document, Findings
from pipeline.places.doubt import doubtful
from pipeline.places.find import read_places, shown
from pipeline.places.model import Resolved, Weight
from pipeline.places.votes import context


class SenseEvidence(NamedTuple):
    """One sense of a name; numbers are those of the resolution and add up to `total`."""

    place: str
    kind: str
    population: int
    geonames_id: int | None
    prior: float
    container: float
    votes: float
    nearness: float
    total: float


class PlaceEvidence(NamedTuple):
    """One name with its senses, the chosen one first."""

    name: str
    mentions: int
    senses: tuple[SenseEvidence, ...]
    """The best of them; empty when the gazetteer has none of the kind that the text says."""
    more: int
    """Senses that were weighed and are not listed."""
    confidence: float
    decided: str
    """What decided, in words."""


class PlacesExplained(NamedTuple):
    """All names, and what voted beside them."""

    context: dict[str, float]
    """Country code to the votes of nationalities and the publisher's country."""
    names: tuple[PlaceEvidence, ...]


NO_SENSE: Final = "refused: the gazetteer has no such place"
LISTED: Final = 5
"""Senses listed per name."""


def _sense(weight: Weight) -> SenseEvidence:
    place = weight.place
    return SenseEvidence(
        shown(place),
        place.kind,
        place.population,
        place.geonames_id,
        *(round(part, 1) for part in (weight.prior, weight.container, weight.votes, weight.nearness, weight.total)),
    )


def _decided(one: Resolved, senses: int, refused: bool) -> str:
    if refused:
        return "refused: nothing in the text speaks for the place"
    if one.rival:
        return f"not {shown(one.rival.place)}: {one.rival.because}"
    if senses == 1:
        return "the only sense of the name"
    return "the text says what it lies in" if one.contained else "no other sense comes near"


def explain_places(document: Document, found: Findings) -> PlacesExplained:
    """The evidence for every name that `find_locations` resolves, refused ones included, in the same order."""
    every, people, resolution = read_places(document, found)
    resolved = resolution.all()
    doubted = doubtful(resolved, people)
    names = []
    for i, one in enumerate(resolved):
        weights = resolution.weights(i)
        names.append(
            PlaceEvidence(
                one.candidate.mentions[0].surface,
                len(one.candidate.mentions),
                tuple(map(_sense, weights[:LISTED])),
                max(0, len(weights) - LISTED),
                one.confidence,
                _decided(one, len(weights), i in doubted),
            )
        )
    for candidate in every:
        if not candidate.senses:
            surface = candidate.mentions[0].surface
            names.append(PlaceEvidence(surface, len(candidate.mentions), (), 0, 0.0, candidate.refusal or NO_SENSE))
    return PlacesExplained(context(people, document.source_country), tuple(names))
