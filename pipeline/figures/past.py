"""What happened before the news: years ago, at an anniversary, in an earlier month, as was said at first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from pipeline.figures.dates import YEAR, year_at
from pipeline.figures.hints import DATE, MEMORIAL, OTHER, PAST, SINCE, SUPERLATIVE, YEARS
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.running import is_running, since, told_since
from pipeline.figures.setting import Setting, index_of
from pipeline.text import Token

DAY_REACH: Final = 4
"""Words between what happened and its day."""
EVENT_REACH: Final = 6
"""Words from the year of an event to what it did, or to the clause that tells it."""
RELATIVE_REACH: Final = 4
"""Words from "which" to what it tells: "the 2013 collapse, WHICH has since killed 40"."""
OLD_MONTHS: Final = 2
"""Months before publication from which a month named at the beginning is the past; a report on a month is one late."""
MIN_CONTENT: Final = 5
"""Letters of a word that every headline in title case prints with a capital."""
_JUDICIAL: Final = frozenset({"detained", "released", "sentenced"})
"""What a state does to people: also over what happened long ago, or at its memorial."""
AGO_REACH: Final = 5
"""Words from "il y a" to the years."""


def is_background(setting: Setting, candidate: Candidate, published_year: int | None, lexicon: Lexicon) -> bool:
    """ "years after an earthquake killed 5,100", "in 2013" when it is published later, a memorial, a comparison, "the
    deadliest attack since 20 soldiers died"."""
    hints = setting.hints
    if hints & SINCE:
        old = since(setting, lexicon) if hints & SUPERLATIVE else None
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


def _happened_long_ago(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "since August, when police shot 14"; "since Monday, when police shot 14" is still the news."""
    told = told_since(setting, candidate, lexicon)
    if told is None:
        return False
    time, context = setting.words[told[0] + 1 : told[1]], lexicon.context
    return all(word not in context.weekdays and word not in context.relative_days for word in time)


def _of_old_year(setting: Setting, candidate: Candidate, published_year: int, lexicon: Lexicon) -> bool:
    """ "the 2011 TSUNAMI killed 20,000", "the 1989 DISASTER, which claimed 97 lives": the event bears its year; not
    "under the 2020 law, police arrested 12"."""
    begin = min(candidate.trigger, candidate.item.first)
    words, context = setting.words, lexicon.context
    relative = (i for i in range(begin - 1, max(0, begin - RELATIVE_REACH), -1) if context.classes.get(words[i]) == "W")
    told = next(relative, None)
    begin, reach = (begin, EVENT_REACH) if told is None else (told, EVENT_REACH + RELATIVE_REACH)
    for i in range(max(setting.first + 1, begin - reach), begin):
        if YEAR.fullmatch(words[i]) and words[i - 1] in context.definite and int(words[i]) < published_year:
            return i < 2 or words[i - 2] not in context.legal_bases
    return False


def _is_remembered(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "a memorial to the nine KILLED"; not "police detained nine at a memorial", "died at Memorial Hospital"."""
    nouns = lexicon.context.background_nouns
    return candidate.kind not in _JUDICIAL and any(
        setting.words[i] in nouns and not _is_in_name(setting.tokens, i, lexicon)
        for i in range(setting.first, setting.last)
    )


def _is_in_name(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Whether a capital inside a sentence, or a verb of saying, makes the word a name; in a headline capitals say
    nothing."""
    speaks = i + 1 < len(tokens) and tokens[i + 1][3] in lexicon.context.said
    return (
        tokens[i].is_capitalised
        and (i > 0 or speaks)
        and any(token.text.islower() and len(token.text) >= MIN_CONTENT for token in tokens)
    )


def _is_another(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "a SIMILAR attack that left 19 dead", "the PREVIOUS two killed 23"; not "in a similar attack, 19 died", "two
    similar attacks", "used similar tactics and killed 12"."""
    words, context = setting.words, lexicon.context
    begin = min(candidate.trigger, candidate.item.first)
    for i in range(max(setting.first, begin - EVENT_REACH), begin):
        if words[i] in context.others_like and (i == setting.first or words[i - 1] in context.determiners):
            following = words[i + 1]
            told = context.classes.get("".join(words[i + 2 : i + 3])) == "W"
            named = told or following in lexicon.agents.attacks or following in lexicon.numbers.units
            return (named or following in context.hearsay) and not _leads_elsewhere(words[i:begin], lexicon)
        if words[i] in context.same and words[i + 1] == context.infinitive:
            return not _leads_elsewhere(words[i:begin], lexicon)  # "similar TO the murder of six"
    return False


def _leads_elsewhere(between: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a comma or conjunction among the words says that what follows may be told of something else."""
    return any(word == "," or lexicon.context.classes.get(word) == "c" for word in between)


def of_earlier_month(setting: Setting, candidate: Candidate, published: date, lexicon: Lexicon) -> bool:
    """ "In JANUARY, 30 people were crushed", "in January 30 people", of an article of June: at the beginning, with no
    day or year after it."""
    words, context = setting.words, lexicon.context
    i = setting.first + 1
    month = context.months.get(words[i]) if i < candidate.first else None
    if month is None or words[i - 1] not in context.month_prepositions:
        return False
    if i + 1 != candidate.item.first and "0" <= words[i + 1] < ":":
        return False
    between = words[i + 1 : min(candidate.item.first, candidate.trigger)]
    if not context.weekdays.keys().isdisjoint(between):
        return False  # "in February the mine was sealed, and on MONDAY a blast killed 12"
    return (published.month - month) % 12 >= OLD_MONTHS


def _is_of_offence(setting: Setting, candidate: Candidate, past: int, lexicon: Lexicon) -> bool:
    """ "sentenced 14 people FOR protests in 2020": what is *past* is what they had done; not "for the SAME crime"."""
    context = lexicon.context
    if candidate.kind not in _JUDICIAL and candidate.trigger_noun not in lexicon.triggers.executions:
        return False
    after = max(candidate.trigger + 1, candidate.item.last)
    between = setting.words[after:past]
    return not context.offence_links.isdisjoint(between) and context.same.isdisjoint(between)


def is_revised(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "HAD put the toll at 40 on Monday", "had EARLIER said that 12 died", "INITIALLY said": what was said before."""
    words, context = setting.words, lexicon.context
    begin = candidate.item.first
    if candidate.rule.builds != "toll":
        begin = min(candidate.first, begin, candidate.trigger)
    for i in range(setting.first, begin):
        if words[i] not in context.said:
            continue
        between = words[i + 1 : begin]
        if not context.said.isdisjoint(between) or _leads_elsewhere(between, lexicon):
            continue  # "had put it at 40, AND 12 more have died since", "initially said four died BUT later SAID 12"
        beside = words[max(setting.first, i - 2) : i]
        if not context.at_first.isdisjoint((*beside[-1:], words[i + 1])):
            return True
        earlier = not context.earlier.isdisjoint(words[setting.first : begin])
        if not context.past_perfects.isdisjoint(beside) and (earlier or words[i] in context.setting_at):
            return True
    return False


def _is_dated_now(setting: Setting, candidate: Candidate, past: int, lexicon: Lexicon) -> bool:
    """ "on SATURDAY executed two men over riots last year": a day stands by it, and what is *past* behind; not "met on
    Monday TO honour the two who died last year"."""
    first, last = min(candidate.trigger, candidate.item.first), max(candidate.trigger + 1, candidate.item.last)
    words, context = setting.words, lexicon.context
    near = range(max(setting.first, first - DAY_REACH), min(setting.last, last + DAY_REACH))
    days = (i for i in near if words[i] in context.weekdays or words[i] in context.relative_days)
    return past >= last and any(i >= first or context.infinitive not in words[i:first] for i in days)


def _years_ago(setting: Setting, lexicon: Lexicon) -> int | None:
    """Where "HACE diez años", "IL Y A dix ans" begins; not "il y a dix blessés"."""
    at = index_of(setting, lexicon.context.ago)
    if at is None:
        return None
    near = setting.words[at + 1 : at + 1 + AGO_REACH]
    return None if lexicon.context.plural_units_of_time.isdisjoint(near) else at
