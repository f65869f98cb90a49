"""English phrases that say that nobody was hurt or killed, and those that only look like them."""

from __future__ import annotations

from itertools import product
from typing import Final

from pipeline.figures.lexicon import Kinded
from pipeline.figures.phrases import listed

_HARMLESS: Final = """no one was harmed | nobody was harmed | no one has been harmed | nobody has been harmed
    | no one came to harm | nobody came to harm | harmed no one | harmed nobody | without harming anyone
    | without harming anybody | did not harm anyone | did not harm anybody | without hurting anyone
    | without hurting anybody | without injuring anyone | without injuring anybody | without anyone being hurt
    | without anyone being injured | without anybody being hurt | no bodily harm"""
"""Harm alone is no injury: tariffs harm farmers."""
_LOSSES: Final = ("loss of life", "loss of lives", "loss of human life", "loss of human lives")
_WAS: Final = ("was", "were")
_AVERTED: Final = ("averted", "avoided", "prevented")
_SOME: Final = (*"further additional more greater major massive heavy heavier significant serious".split(), "a major")
"""Before an averted loss of life: some were lost, or may have been. "A major" begins like an officer."""


def _averted() -> tuple[str, ...]:
    """ "a loss of human life was averted", "damage and the loss of life were prevented"."""
    return tuple(" ".join(words) for words in product(_LOSSES, _WAS, _AVERTED))


def unharmed_phrases() -> dict[str, Kinded | str]:
    """Phrase -> its token class, with the kind when it is not of those killed."""
    averted = _averted()
    return {
        **dict.fromkeys(listed(_HARMLESS), Kinded("z", "injured")),
        **dict.fromkeys(averted, "z"),
        **{f"{some} {loss}": "x" for some, loss in product(_SOME, averted)},
    }
