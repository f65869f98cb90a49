"""Russian, at a first level: the killed, injured, missing, detained, abducted, displaced, released and hospitalised of
plain reports.

Nouns and numerals are listed in the cases that follow a number or a bound; verbs in the past tense, before and after
their count. Read too: tolls ("число погибших выросло до"), parts ("в том числе"), totals since a date, denials. A
number before a noun in no list counts nobody with verbs of custody, which take flights, accounts and villages as well.
Not read: infinitives and futures (threats, plans), people spoken of by a pronoun, who did it, fiction; of frames, sport
and flight only. Source: own knowledge of Russian agency style.
"""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import Lexicon
from pipeline.figures.russian.context import CONTEXT
from pipeline.figures.russian.numbers import NUMBERS
from pipeline.figures.russian.people import NOUNS
from pipeline.figures.russian.triggers import TRIGGERS

LEXICON: Final = Lexicon(
    numbers=NUMBERS,
    triggers=TRIGGERS,
    nouns=NOUNS,
    context=CONTEXT,
    grammar=frozenset({"verb_first", "negation_last", "genitive", "counted_participles", "day_before_object"}),
)
