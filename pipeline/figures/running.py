"""Totals that run on: "since 2011", "so far", "the war has killed"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.figures.dates import is_long
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.setting import Setting
from schemas.enrichment import FigureKind

SUPERLATIVE_REACH: Final = 8
"""Words between "the deadliest" and "since"."""
OF_WARS: Final[frozenset[FigureKind]] = frozenset({"killed", "injured", "casualties", "missing", "displaced"})
"""Kinds of which a war has totals; who is freed or held in one is the news."""
WAR_REACH: Final = 5
"""Words from the years to the war."""
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
    """ "the WAR HAS killed 9,000", "9,000 HAVE been killed in the WAR": a total of years, said without one; not "have
    held 12 under terrorism laws", "the strike, the worst of the war, has killed 33"."""
    words, context = setting.words, lexicon.context
    if candidate.kind not in OF_WARS or context.present_perfects.isdisjoint(_verb(setting, candidate)):
        return False
    if any(word in context.weekdays or word in context.relative_days for word in setting.clause_words):
        return False
    begin, end = min(candidate.first, candidate.trigger), max(candidate.last, candidate.trigger)
    for i in range(setting.first, setting.last):
        if words[i] in context.wars:
            before, between = words[max(setting.first, i - WAR_REACH) : i], words[i:begin] or words[end:i]
            years = not context.plural_units_of_time.isdisjoint(before)  # "in ten YEARS OF civil war"
            of = any(context.classes.get(word) == "o" for word in before[-2:])  # "the worst OF the war"
            inside = not context.stretches.isdisjoint(before)  # "DURING this long war"
            if years or (not of and inside) or (not of and i < begin and "," not in between):
                return True
    return False


def _verb(setting: Setting, candidate: Candidate) -> Sequence[str]:
    """The auxiliaries before what happened, and what may stand there else."""
    return setting.words[max(setting.first, candidate.trigger - PERFECT_REACH) : candidate.trigger]


def is_long_total(setting: Setting, candidate: Candidate, period: str | None, lexicon: Lexicon) -> bool:
    """Whether a running total is one of months, years or a war; not "killed 12 in a town rebuilt since 2015", "killed
    12 in the deadliest attack this year"."""
    context, words = lexicon.context, setting.clause_words
    if is_of_war(setting, candidate, lexicon):
        return True
    if period is None or not is_long(period, lexicon) or not context.superlatives.isdisjoint(words):
        return False
    since_then = period.lower().split()[0] in context.year_counters
    perfect = not (context.present_perfects | context.past_perfects).isdisjoint(_verb(setting, candidate))
    return not since_then or perfect or words[0] in context.year_counters or candidate.rule.builds in {"toll", "own"}
