"""Frames of the languages that are read at a first level: flight that displaces nobody, and sport."""

from __future__ import annotations

from typing import Final

from pipeline.figures.context_words import Frame
from schemas.enrichment import FigureKind

FEW: Final = 50
"""Fewer who fled, and no families among them, ran away and were not driven out."""


_DISPLACED: Final[frozenset[FigureKind]] = frozenset({"displaced"})
_HURT: Final[frozenset[FigureKind]] = frozenset({"injured", "casualties", "missing", "released"})


def plain_frames(
    *, flight: tuple[str, ...], runaways: str, scenes: str, dwellers: str, players: str, games: str, not_games: str
) -> tuple[Frame, ...]:
    """*flight*: verbs of fleeing; *runaways*: who flees from custody or from what they did; *scenes*: what is fled
        from;
    *dwellers*: who flees home; *players*, *games*: words of sport; *not_games*: words with which a game is no game."""
    fled = frozenset(flight)
    none = frozenset[str]()
    runaway = "flight of those who did it, or from custody"
    return (
        Frame(reason=runaway, kinds=_DISPLACED, triggers=fled, nouns=frozenset(runaways.split()), unless=none),
        Frame(
            reason="flight from a scene", kinds=_DISPLACED, triggers=fled, words=frozenset(scenes.split()), unless=none
        ),
        Frame(reason="flight of a few", kinds=_DISPLACED, triggers=fled, few=FEW, unless=frozenset(dwellers.split())),
        Frame(reason="sport", kinds=_HURT, nouns=frozenset(players.split()), unless=frozenset(not_games.split())),
        Frame(reason="sport", kinds=_HURT, words=frozenset(games.split()), unless=frozenset(not_games.split())),
    )
