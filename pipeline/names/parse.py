"""Read one run of capitalised words: ordered evidence, from the surest to the weakest.

    known body -> nationality -> gazetteer -> title -> body head -> place head -> given name -> name shape -> context

Each step either takes words from the left of the run and labels them, or leaves them to the next step. A statistical
tagger can stand beside `read_run`: it would propose mentions for the same runs, and the document pass would not know
the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pipeline.names import known
from pipeline.names.body_steps import body_head, known_body
from pipeline.names.lexicon import FUNCTION, GIVEN, SURNAME
from pipeline.names.person_steps import given_name, name_shape, single, titled
from pipeline.names.place_steps import gazetteer_place, nationality, place_head
from pipeline.names.reading import Pieces, Reading
from pipeline.names.run import Run

STEPS: Final[tuple[Callable[[Run, int], int], ...]] = (
    known_body,
    nationality,
    gazetteer_place,
    titled,
    body_head,
    place_head,
    given_name,
    name_shape,
    single,
)
"""The evidence in order; `single` always takes the word."""

ONE_WORD_STEPS: Final = tuple(step for step in STEPS if step not in (place_head, given_name, name_shape))
"""The steps that can say something about a run of one word; most runs are no longer."""


def _is_grammar(run: Run, i: int) -> bool:
    """Whether a capitalised word of grammar is just that; "Will Smith", "The Hague" and "The Guardian" are not."""
    flags = run.flags(i)
    if not flags & FUNCTION or run.lower(i + 1) == "hague":
        return False
    if flags & GIVEN and i + 1 < run.end and run.flags(i + 1) & (GIVEN | SURNAME):
        return False
    return known.match(run.tokens, i, run.limit, any_case=run.shout) is None


def read_run(reading: Reading, start: int, end: int, limit: int, *, initial: bool, shout: bool) -> Pieces:
    """Mentions and open candidates of the capitals in tokens *start* to *end* of a sentence that ends at *limit*."""
    run = Run(reading, start, end, limit, initial, shout)
    i = start
    while i < run.end:
        i = i + 1 if _is_grammar(run, i) else _take(run, i)
    return Pieces(run.mentions, run.candidates)


def _take(run: Run, i: int) -> int:
    for step in ONE_WORD_STEPS if i + 1 == run.end else STEPS:
        after = step(run, i)
        if after > i:
            return after
    return i + 1
