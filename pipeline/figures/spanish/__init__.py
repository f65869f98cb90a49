"""Spanish, at a first level: the killed, injured, missing, detained, abducted, displaced, released and hospitalised of
plain reports.

Read: verbs before and after their count, headlines in the present ("mueren 14"), tolls, parts ("entre ellas"), totals
since a date, denials. Not read: infinitives and futures (threats, plans), relative clauses over several verbs, people
spoken of by a pronoun, fiction; of frames, sport and flight only. Source: own knowledge of Spanish agency style.
"""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import Lexicon
from pipeline.figures.spanish.context import CONTEXT
from pipeline.figures.spanish.numbers import NUMBERS
from pipeline.figures.spanish.people import AGENTS, NOUNS
from pipeline.figures.spanish.triggers import TRIGGERS

LEXICON: Final = Lexicon(
    numbers=NUMBERS,
    triggers=TRIGGERS,
    nouns=NOUNS,
    context=CONTEXT,
    agents=AGENTS,
    grammar=frozenset({"verb_first", "participle_nouns", "counted_participles", "day_before_object", "adjective_last"}),
)
