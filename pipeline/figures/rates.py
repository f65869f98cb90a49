"""How many people so often: "21 people are murdered per day"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.setting import Setting

_GOVERNING: Final = frozenset("potwy")
"""Token classes of words that govern a time."""


def is_rate(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "21 people are murdered per day", "on average"; not "a day after"."""
    words, begin = setting.words, setting.first
    openers, units = lexicon.context.rate_openers, lexicon.context.units_of_time
    for i in [i for i, word in enumerate(words[:-1]) if word in openers]:
        if i >= begin and words[i + 1] in units:
            following = words[i + 2] if i + 2 < len(words) else ""
            weak = words[i] == lexicon.context.weak_rate_opener
            if following not in lexicon.context.not_rate_followers and not (
                weak and (i < candidate.trigger or _is_governed(words[i - 1], lexicon))
            ):
                return True
    if _every_so_often(words[begin:], lexicon) or _per_so_many(words[begin:], lexicon):
        return True
    return not lexicon.context.rate_words.isdisjoint(words[max(0, candidate.first - 6) : candidate.last + 4])


def _is_governed(before: str, lexicon: Lexicon) -> bool:
    """ "arrested 14 IN a night raid", "died AFTER a week": a time, not a rate."""
    return lexicon.context.classes.get(before) in _GOVERNING


def _every_so_often(words: Sequence[str], lexicon: Lexicon) -> bool:
    """ "every 11 minutes a cyclist is killed"."""
    context, units = lexicon.context, lexicon.numbers.units
    if context.short_times.isdisjoint(words):
        return False
    openers = context.rate_openers - {context.weak_rate_opener}
    return any(
        words[i] in openers and (words[i + 1].isdigit() or words[i + 1] in units) and word in context.short_times
        for i, word in enumerate(words[2:])
    )


def _per_so_many(words: Sequence[str], lexicon: Lexicon) -> bool:
    """ "18 murders per 100,000 people": a rate, whatever the number is of."""
    opener, numbers = lexicon.context.share_opener, lexicon.numbers
    return any(
        word == opener and ("0" <= following < ":" or following in numbers.units or following in numbers.multipliers)
        for word, following in pairwise(words)
    )
