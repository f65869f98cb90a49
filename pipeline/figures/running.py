"""Totals that run on: "since 2011", "so far", "the war has killed"."""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.setting import Setting

SUPERLATIVE_REACH: Final = 8
"""Words between "the deadliest" and "since"."""
PERFECT_REACH: Final = 3
"""Words from "have" to the participle: "have so far been killed"."""
TIME_REACH: Final = 6
"""Words from "since" to the "when" that tells of that time."""


def since(setting: Setting, lexicon: Lexicon) -> int | None:
    """Index of the word of "the deadliest attack SINCE 2019": it counts nothing, and what follows is an old event."""
    words, context = setting.words, lexicon.context
    if context.superlatives.isdisjoint(words):
        return None
    return next(
        (
            i
            for i in range(setting.first, setting.last)
            if words[i] in context.year_counters
            and not context.superlatives.isdisjoint(words[max(setting.first, i - SUPERLATIVE_REACH) : i])
        ),
        None,
    )


def told_since(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> tuple[int, int] | None:
    """Indices of the words of "tense SINCE August, WHEN police shot 14", if what follows counts: it happened then."""
    words, context = setting.words, lexicon.context
    for i in range(setting.first, candidate.first):
        if words[i] in context.year_counters:
            for j in range(i + 2, min(i + 1 + TIME_REACH, candidate.first)):
                if words[j] in context.at_which:
                    return i, j
    return None


def is_running(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "since 2011", "so far", "bringing the total to 31". What brings a total to a number is no part of it:
    "six bodies were found, BRINGING the toll to 31"."""
    cumulative, raising = lexicon.context.cumulative, lexicon.context.raising
    found = [
        i
        for i in range(setting.first, setting.last)
        if setting.words[i] in cumulative.first_words
        and cumulative.at(setting.tokens, i) is not None
        and not (setting.words[i] in lexicon.context.interposed and setting.words[i - 1] in lexicon.context.perfects)
    ]
    if not found:
        return False
    last = next((i for i in found if setting.words[i] in raising and i >= candidate.last), setting.last)
    told = told_since(setting, candidate, lexicon)
    old = (since(setting, lexicon), told and told[0])
    return any(i not in old and i < last for i in found)


def is_of_war(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "the WAR HAS killed 9,000", "9,000 HAVE been killed in the WAR": a total of years, said without one."""
    words, context = setting.words, lexicon.context
    if context.wars.isdisjoint(setting.clause_words):
        return False
    before = words[max(setting.first, candidate.trigger - PERFECT_REACH) : candidate.trigger]
    return not context.present_perfects.isdisjoint(before)
