"""French, at a first level: the killed, injured, missing, detained, abducted, displaced, released and hospitalised of
plain reports.

Read: verbs after their count, headlines without a verb ("trois soldats tués"), tolls ("le bilan s'élève à"), parts
("dont"), totals since a date, denials. Not read: infinitives and futures (threats, plans), people spoken of by a
pronoun ("en a blessé cinq"), fiction; of frames, sport and flight only. Elided words ("n'a", "d'une") are single
tokens. Source: own knowledge of French agency style.
"""

from __future__ import annotations

from typing import Final

from pipeline.figures.french.context import CONTEXT
from pipeline.figures.french.numbers import NUMBERS
from pipeline.figures.french.people import AGENTS, NOUNS
from pipeline.figures.french.triggers import TRIGGERS
from pipeline.figures.lexicon import Lexicon

LEXICON: Final = Lexicon(
    numbers=NUMBERS,
    triggers=TRIGGERS,
    nouns=NOUNS,
    context=CONTEXT,
    agents=AGENTS,
    grammar=frozenset({"participle_nouns", "counted_participles", "elision", "day_before_object", "adjective_last"}),
)
