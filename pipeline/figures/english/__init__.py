"""English: the word lists of the figure rules, as data. Sources: own reading of news, and style books on numbers."""

from __future__ import annotations

from typing import Final

from pipeline.figures.english.agents import AGENTS
from pipeline.figures.english.context import CONTEXT
from pipeline.figures.english.fiction import STORIES
from pipeline.figures.english.numbers import NUMBERS
from pipeline.figures.english.people import NOUNS
from pipeline.figures.english.triggers import TRIGGERS
from pipeline.figures.lexicon import Lexicon

LEXICON: Final = Lexicon(
    numbers=NUMBERS, triggers=TRIGGERS, nouns=NOUNS, context=CONTEXT, stories=STORIES, agents=AGENTS
)
