"""What belongs to an event: the place it is tied to and the figures that count its people.

A figure belongs to the event of a fitting type in its own sentence, the nearest when there are several; when its
sentence has none, to that of the sentence just before ("A bomb went off in Orle. Nine people were killed."). Figures of
other times and rates, and what might happen, belong to no event.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.figures.passages import passages
from pipeline.findings import Document, Findings
from schemas.enrichment import Event, Figure, FigureKind, Location, Span

REACH: Final = 100
"""Code points between an event's trigger and the name of its place: about a clause and a half."""
_HARM: Final[tuple[FigureKind, ...]] = ("killed", "injured", "casualties", "hospitalised", "missing", "displaced")
_CUSTODY: Final[tuple[FigureKind, ...]] = ("detained", "released", "sentenced", "executed")
KINDS: Final[Mapping[str, frozenset[FigureKind]]] = {
    "attack": frozenset({*_HARM, "abducted"}),
    "disaster": frozenset(_HARM),
    "lethal_force_order": frozenset(_HARM),
    "protest": frozenset({*_HARM, *_CUSTODY}),
    "unrest": frozenset({*_HARM, *_CUSTODY}),
    "coup": frozenset({*_HARM, *_CUSTODY}),
    "state_of_emergency": frozenset({*_HARM, *_CUSTODY}),
    "troop_deployment": frozenset(_HARM),
    "election": frozenset(_HARM),
    "arrest": frozenset(_CUSTODY),
    "mass_detention": frozenset(_CUSTODY),
}
"""Event type -> kinds of figures that it may have. Other types have none."""
_ROLES: Final = frozenset({"event", "venue"})
_ORDER: Final = {"title": 0, "body": 1}

Sentence = tuple[int, int]
"""Field (title first) and start of a sentence."""


def linked(events: Sequence[Event], document: Document, found: Findings) -> tuple[Event, ...]:
    """The events with their places and figures."""
    places = _mentions(found.locations)
    figures = _figures_by_event(events, document, found.figures)
    return tuple(
        event.model_copy(update={"place": _place(event, places), "figures": tuple(figures.get(i, ()))})
        for i, event in enumerate(events)
    )


def _mentions(locations: Sequence[Location]) -> tuple[tuple[int, int, str], ...]:
    """Field, start and name of the places where something happens or is held, in reading order."""
    return tuple(
        sorted(
            (_ORDER[mention.field], mention.start, place.name)
            for place in locations
            if place.role in _ROLES
            for mention in place.mentions
        )
    )


def _place(event: Event, places: Sequence[tuple[int, int, str]]) -> str | None:
    """The nearest place named in the event's sentence."""
    field = _ORDER[event.span.field]
    first = bisect_left(places, (field, event.sentence.start, ""))
    last = bisect_left(places, (field, event.sentence.end, ""))
    near = [(abs(start - event.span.start), name) for _, start, name in places[first:last]]
    distance, name = min(near, default=(REACH + 1, None))
    return name if distance <= REACH else None


def _figures_by_event(events: Sequence[Event], document: Document, figures: Sequence[Figure]) -> dict[int, list[int]]:
    """Index of the event -> indices of its figures."""
    by_sentence: dict[Sentence, list[int]] = {}
    for i, event in enumerate(events):
        by_sentence.setdefault(_key(event.sentence), []).append(i)
    starts = {
        _ORDER[text.field]: [text.tokens[first].start for first, _ in passages(text)]
        for text in document.texts
        if by_sentence
    }
    found: dict[int, list[int]] = {}
    for i, figure in enumerate(figures):
        owner = _owner(figure, events, by_sentence, starts) if by_sentence and _counts(figure) else None
        if owner is not None:
            found.setdefault(owner, []).append(i)
    return found


def _key(sentence: Span) -> Sentence:
    return _ORDER[sentence.field], sentence.start


def _counts(figure: Figure) -> bool:
    return figure.scope not in {"background", "rate"} and not figure.hypothetical


def _owner(
    figure: Figure,
    events: Sequence[Event],
    by_sentence: Mapping[Sentence, Sequence[int]],
    starts: Mapping[int, Sequence[int]],
) -> int | None:
    """Index of the event that the figure belongs to."""
    key = _key(figure.sentence)
    here = by_sentence.get(key, ())
    if here:
        return _nearest(figure, here, events)
    at = bisect_left(starts[key[0]], key[1])
    return _nearest(figure, by_sentence.get((key[0], starts[key[0]][at - 1]), ()), events) if at else None


def _nearest(figure: Figure, candidates: Sequence[int], events: Sequence[Event]) -> int | None:
    fitting = [i for i in candidates if figure.kind in KINDS.get(events[i].type, ())]
    return min(fitting, key=lambda i: abs(events[i].span.start - figure.span.start), default=None)
