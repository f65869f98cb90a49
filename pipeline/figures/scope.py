"""Which time a figure covers: the event, a running total, one more, so many a day, or the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from pipeline.figures.dates import YEAR, year_at
from pipeline.figures.hints import (
    DATE,
    DAY,
    MEMORIAL,
    OLD,
    OTHER,
    PAST,
    RATE,
    RUNNING,
    SINCE,
    SPEECH,
    SUPERLATIVE,
    YEARS,
)
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.setting import Setting, index_of
from schemas.enrichment import Scope

SUPERLATIVE_REACH: Final = 8
"""Words between "the deadliest" and "since"."""
DAY_REACH: Final = 4
"""Words between what happened and its day."""
EVENT_REACH: Final = 8
"""Words from the year of an event to what it did, or to the clause that tells it."""
PERFECT_REACH: Final = 3
"""Words from "have" to the participle: "have so far been killed"."""
TIME_REACH: Final = 6
"""Words from "since" to the "when" that tells of that time."""
OLD_MONTHS: Final = 2
"""Months before publication from which a month named at the beginning is the past; a report on a month is one late."""
_JUDICIAL: Final = frozenset({"detained", "released", "sentenced"})
"""What a state does to people: also over what happened long ago, or at its memorial."""
AGO_REACH: Final = 5
"""Words from "il y a" to the years."""
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


def is_anniversary(words: Sequence[str], lexicon: Lexicon) -> bool:
    """ "it is 20 years since", "marks ten years"; not "in the 20 years since", which is a total."""
    context = lexicon.context
    if context.plural_units_of_time.isdisjoint(words):
        return False
    for i, word in enumerate(words):
        if word not in context.plural_units_of_time:
            continue
        before, following = words[max(0, i - 4) : i], words[i + 1] if i + 1 < len(words) else ""
        if not context.marking.isdisjoint(before):
            return True
        if following in context.year_counters and context.stretches.isdisjoint(before):
            return True
    return False


def _since(setting: Setting, lexicon: Lexicon) -> int | None:
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


def _told_since(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> tuple[int, int] | None:
    """Indices of the words of "tense SINCE August, WHEN police shot 14", if what follows counts: it happened then."""
    words, context = setting.words, lexicon.context
    for i in range(setting.first, candidate.first):
        if words[i] in context.year_counters:
            for j in range(i + 2, min(i + 1 + TIME_REACH, candidate.first)):
                if words[j] in context.at_which:
                    return i, j
    return None


def _happened_long_ago(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "since August, when police shot 14"; "since Monday, when police shot 14" is still the news."""
    told = _told_since(setting, candidate, lexicon)
    if told is None:
        return False
    time, context = setting.words[told[0] + 1 : told[1]], lexicon.context
    return all(word not in context.weekdays and word not in context.relative_days for word in time)


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
    told = _told_since(setting, candidate, lexicon)
    old = (_since(setting, lexicon), told and told[0])
    return any(i not in old and i < last for i in found)


def is_of_war(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "the WAR HAS killed 9,000", "9,000 HAVE been killed in the WAR": a total of years, said without one."""
    words, context = setting.words, lexicon.context
    if context.wars.isdisjoint(setting.clause_words):
        return False
    before = words[max(setting.first, candidate.trigger - PERFECT_REACH) : candidate.trigger]
    return not context.present_perfects.isdisjoint(before)


def _of_old_year(setting: Setting, candidate: Candidate, published_year: int, lexicon: Lexicon) -> bool:
    """ "the 2011 TSUNAMI killed 20,000", "the 1989 DISASTER, which claimed 97 lives": the event bears its year; not
    "under the 2020 law, police arrested 12"."""
    begin = min(candidate.trigger, candidate.item.first)
    words, context = setting.words, lexicon.context
    relative = (i for i in range(begin - 1, max(0, begin - EVENT_REACH), -1) if context.classes.get(words[i]) == "W")
    begin = next(relative, begin)
    for i in range(max(setting.first + 1, begin - EVENT_REACH), begin):
        if YEAR.fullmatch(words[i]) and words[i - 1] in context.definite and int(words[i]) < published_year:
            return i < 2 or words[i - 2] not in context.legal_bases
    return False


def _is_remembered(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "a memorial to the nine KILLED"; not "police detained nine at a memorial"."""
    return candidate.kind not in _JUDICIAL and not lexicon.context.background_nouns.isdisjoint(setting.clause_words)


def _is_another(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "a SIMILAR attack that left 19 dead", "the PREVIOUS two killed 23"; not "in a similar attack, 19 died"."""
    words, context = setting.words, lexicon.context
    begin = min(candidate.trigger, candidate.item.first)
    for i in range(max(setting.first, begin - EVENT_REACH), begin):
        if words[i] in context.others_like:
            following = words[i + 1]
            time = following in context.units_of_time or following in context.short_times
            return not time and "," not in words[i:begin]
    return False


def _of_earlier_month(setting: Setting, candidate: Candidate, published: date, lexicon: Lexicon) -> bool:
    """ "In JANUARY, 30 people were crushed", of an article of June: at the beginning, with no day or year after it."""
    words, context = setting.words, lexicon.context
    i = setting.first + 1
    month = context.months.get(words[i]) if i + 1 < candidate.first else None
    if month is None or words[i - 1] not in context.month_prepositions or "0" <= words[i + 1] < ":":
        return False
    return (published.month - month) % 12 >= OLD_MONTHS


def _is_of_offence(setting: Setting, candidate: Candidate, past: int, lexicon: Lexicon) -> bool:
    """ "sentenced 14 people FOR protests in 2020": what is *past* is what they had done; not "for the SAME crime"."""
    context = lexicon.context
    if candidate.kind not in _JUDICIAL and candidate.trigger_noun not in lexicon.triggers.executions:
        return False
    after = max(candidate.trigger + 1, candidate.item.last)
    between = setting.words[after:past]
    return not context.offence_links.isdisjoint(between) and context.same.isdisjoint(between)


def _is_revised(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "HAD put the toll at 40 on Monday", "had EARLIER said that 12 died", "INITIALLY said": what was said before."""
    words, context = setting.words, lexicon.context
    begin = candidate.item.first
    if candidate.rule.builds != "toll":
        begin = min(candidate.first, begin, candidate.trigger)
    for i in range(setting.first, begin):
        if words[i] not in context.said:
            continue
        if any(word == "," and context.classes.get(after) == "c" for word, after in pairwise(words[i : begin + 1])):
            continue  # "had put it at 40, AND 12 more have died since"
        beside = words[max(setting.first, i - 2) : i]
        if not context.at_first.isdisjoint((*beside[-1:], words[i + 1])):
            return True
        if not context.past_perfects.isdisjoint(beside) and (
            candidate.rule.builds == "toll" or not context.earlier.isdisjoint(words[setting.first : begin])
        ):
            return True
    return False


def _is_dated_now(setting: Setting, candidate: Candidate, past: int, lexicon: Lexicon) -> bool:
    """ "on SATURDAY executed two men over riots last year": a day stands by it, and what is *past* behind."""
    first, last = min(candidate.trigger, candidate.item.first), max(candidate.trigger + 1, candidate.item.last)
    near = setting.words[max(setting.first, first - DAY_REACH) : min(setting.last, last + DAY_REACH)]
    context = lexicon.context
    return past >= last and any(word in context.weekdays or word in context.relative_days for word in near)


def _years_ago(setting: Setting, lexicon: Lexicon) -> int | None:
    """Where "HACE diez años", "IL Y A dix ans" begins; not "il y a dix blessés"."""
    at = index_of(setting, lexicon.context.ago)
    if at is None:
        return None
    near = setting.words[at + 1 : at + 1 + AGO_REACH]
    return None if lexicon.context.plural_units_of_time.isdisjoint(near) else at


def is_background(setting: Setting, candidate: Candidate, published_year: int | None, lexicon: Lexicon) -> bool:
    """ "years after an earthquake killed 5,100", "in 2013" when it is published later, a memorial, a comparison, "the
    deadliest attack since 20 soldiers died"."""
    hints = setting.hints
    if hints & SINCE:
        old = _since(setting, lexicon) if hints & SUPERLATIVE else None
        if old is not None and candidate.first > old and "," not in setting.words[old : candidate.first]:
            return True
        if _happened_long_ago(setting, candidate, lexicon):
            return True
    past = index_of(setting, lexicon.context.background) if hints & PAST else None
    if past is None and hints & YEARS:
        past = _years_ago(setting, lexicon)
    if past is not None and not (
        _is_dated_now(setting, candidate, past, lexicon) or _is_of_offence(setting, candidate, past, lexicon)
    ):
        return True
    if (
        (hints & YEARS and is_anniversary(setting.clause_words, lexicon))
        or (hints & MEMORIAL and _is_remembered(setting, candidate, lexicon))
        or (hints & OTHER and _is_another(setting, candidate, lexicon))
    ):
        return True
    return (
        bool(hints & DATE)
        and published_year is not None
        and _is_dated_then(setting, candidate, published_year, lexicon)
    )


def _is_dated_then(setting: Setting, candidate: Candidate, published_year: int, lexicon: Lexicon) -> bool:
    """ "the 2011 tsunami killed 20,000", "in 2013", of what is published later; not what began then and goes on."""
    if _of_old_year(setting, candidate, published_year, lexicon):
        return True
    at = year_at(setting.clause, lexicon)
    return (
        at is not None
        and int(setting.words[setting.first + at]) < published_year
        and not is_running(setting, candidate, lexicon)
        and not _is_of_offence(setting, candidate, setting.first + at, lexicon)
    )


def scope_of(setting: Setting, candidate: Candidate, published: date | None, lexicon: Lexicon) -> Scope:
    """Which time the figure covers; the most cautious reading wins: background, rate, incremental, cumulative."""
    hints = setting.hints
    if candidate.scope == "background" or setting.compared:
        return "background"
    if hints & OLD and is_background(setting, candidate, published.year if published else None, lexicon):
        return "background"
    if hints & DAY and published is not None and _of_earlier_month(setting, candidate, published, lexicon):
        return "background"
    if hints & SPEECH and _is_revised(setting, candidate, lexicon):
        return "background"
    if hints & RATE and is_rate(setting, candidate, lexicon):
        return "rate"
    quantity = candidate.item.quantity
    if quantity is not None and quantity.incremental:
        return "incremental"
    running = hints & RUNNING and (is_running(setting, candidate, lexicon) or is_of_war(setting, candidate, lexicon))
    if candidate.scope == "cumulative" or running:
        return "cumulative"
    return "incident"
