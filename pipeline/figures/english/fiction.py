"""English words with which an article tells a story."""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import StoryWords

_WORKS: Final = frozenset(
    """film movie novel novella game videogame thriller episode series sitcom miniseries opera musical mode
    storyline storybook sequel prequel trilogy comic manga anime fable screenplay blockbuster soap""".split()
)
_TELLS: Final = frozenset(
    """opens begins follows tells depicts imagines portrays narrates ends stars climaxes recounts centres centers
    features pits unfolds""".split()
)
_NOT_THE_WORK: Final = frozenset(
    """industry business world studio studios district festival theatre theater park reserve against between of
    company crew set market developer developers console arcade played""".split()
)

STORIES: Final = StoryWords(
    works=_WORKS,
    openers=frozenset("in throughout midway".split()),
    articles=frozenset("the this".split()),
    tells=_TELLS,
    not_the_work=_NOT_THE_WORK,
)
