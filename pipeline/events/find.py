"""What is in the news: protests, attacks, emergency rule, dismissals, meetings, and who says so.

One event per type and sentence. Per trigger: its conditions, then whether the article asserts it, somebody claims it,
it is hedged (as what is only demanded), scheduled or denied; departures from office that nobody made are refused.
Mass detentions also come from the figures. Places and figures are tied to the events last (`pipeline.events.links`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Final

from pipeline.events import english, english_words
from pipeline.events.links import linked
from pipeline.events.model import CODES, SCHEDULED_MEETING, Codes, EventRule
from pipeline.events.offices import is_object, is_possessor, is_subject
from pipeline.events.quotes import quotations
from pipeline.events.stance import LEXICON, Sentence, comes_true, factuality, is_demanded, is_refused
from pipeline.figures.dates import day_of
from pipeline.figures.fiction import is_told
from pipeline.figures.passages import by_passage
from pipeline.figures.phrases import Phrases, listed
from pipeline.findings import Document, Findings
from pipeline.text import Text, Token
from schemas.enrichment import Event, Factuality, Figure, Rejected

MASS: Final = 50
"""Detained people that make a mass detention; ordinary police work arrests fewer at a time."""
MAX_EVENTS: Final = 300
"""Events of one article after which the rest is not read."""
TOO_MANY: Final = f"not read, nor what follows: more than {MAX_EVENTS} events before it"
NOT_MADE: Final = "a departure from office that is demanded, threatened, possible or refused, not made"
UNLESS_REACH: Final = 3
RECENT_YEARS: Final = 1
"""Years before publication that an article of the day still tells as news."""
LAST_HISTORIC_YEAR: Final = 1980
"""Without a date of publication, a year before this one is history."""
_YEAR_BEFORE: Final = 6
_YEAR_AFTER: Final = 3
_PAUSES: Final = frozenset({",", ";", "-", "and", "but"})
"""They part a year from what is told on their other side."""
_YEAR: Final = re.compile(r"1[0-9]{3}|20[0-9]{2}")


def _by_trigger(rules: Iterable[EventRule]) -> dict[str, tuple[EventRule, ...]]:
    """The rules of each trigger, in the order of *rules*."""
    found: dict[str, list[EventRule]] = {}
    for rule in rules:
        for phrase in dict.fromkeys(listed(rule.triggers)):
            found.setdefault(phrase, []).append(rule)
    return {phrase: tuple(own) for phrase, own in found.items()}


_RULES: Final = Phrases(_by_trigger(english.RULES))
_STARTS: Final = _RULES.first_words
_HOLDERS: Final = {"object": is_object, "subject": is_subject, "possessor": is_possessor}


def find_events(document: Document, found: Findings) -> Findings:
    """Events of an article. Reads the figures, locations and stories of *found*."""
    published = document.published_at.date() if document.published_at else None
    everything = (
        item
        for text in document.texts
        for item in _of_text(text, published)
        if not is_told(found.stories.get(text.field, ()), item.span.start)
    )
    items = list(islice(everything, MAX_EVENTS))
    unread = next(everything, None) if len(items) == MAX_EVENTS else None
    refused = tuple(item for item in items if isinstance(item, Rejected))
    stated = (item for item in items if isinstance(item, Event))
    events = _without_twins([*stated, *_of_figures(found.figures)])
    order = {"title": 0, "body": 1}
    ordered = sorted(events, key=lambda e: (order[e.span.field], e.span.start, e.type))
    return Findings(
        events=linked(ordered, document, found),
        rejected=(*refused, _too_many(document, unread)) if unread else refused,
    )


def _without_twins(events: Sequence[Event]) -> list[Event]:
    """Without the arrests of a sentence that tells of a mass detention: they are the same."""
    mass = {(e.sentence.field, e.sentence.start) for e in events if e.type == "mass_detention"}
    return [e for e in events if e.type != "arrest" or (e.sentence.field, e.sentence.start) not in mass]


def _too_many(document: Document, first: Event | Rejected) -> Rejected:
    """The record of what was cut off, from *first* on."""
    text = document.title if first.span.field == "title" else document.body
    words = text.raw[first.span.start : first.span.end]
    return Rejected(text=words, span=first.span, considered_as="event", reason=TOO_MANY)


def _of_text(text: Text, published: date | None) -> Iterator[Event | Rejected]:
    tokens = text.tokens
    marks = [i for i, lower in enumerate(text.lowers) if lower in _STARTS and _RULES.at(tokens, i) is not None]
    if not marks:
        return
    quoted = quotations(text, LEXICON)
    for first, last, own in by_passage(text, marks):
        sentence = Sentence(text, tokens[first:last], first, published, quoted)
        yield from _of_sentence(sentence, [i - first for i in own])


def _of_sentence(sentence: Sentence, starts: Sequence[int]) -> Iterator[Event | Rejected]:
    seen: set[str] = set()
    historic = _is_history(sentence)
    for i in starts:
        found = _RULES.at(sentence.tokens, i)
        for rule in found[0] if found and not historic else ():
            if rule.type in seen or not found or not _holds(rule, sentence.tokens, i, i + found[1]):
                continue
            if _is_dated_back(sentence, i, i + found[1]):
                continue
            if rule.type == "dismissal" and _is_not_made(rule, sentence.tokens, i):
                yield _not_made(sentence, i, i + found[1])
            else:
                seen.add(rule.type)
                yield _event(rule, sentence, i, i + found[1])


def _is_not_made(rule: EventRule, tokens: Sequence[Token], first: int) -> bool:
    """Whether nobody left office: a departure that is only called for changes no office."""
    if rule.bare and not comes_true(tokens, first):
        return True
    return is_demanded(tokens, first) or is_refused(tokens, first)


def _not_made(sentence: Sentence, first: int, last: int) -> Rejected:
    span = sentence.text.span(sentence.tokens[first].start, sentence.tokens[last - 1].end)
    words = sentence.text.raw[span.start : span.end]
    return Rejected(text=words, span=span, considered_as="event", reason=NOT_MADE)


def _is_history(sentence: Sentence) -> bool:
    """ "In 1916, paratroopers landed": the sentence opens or closes with a year well before publication."""
    last = len(sentence.tokens) - 1
    return _has_past_year(sentence, [i for i in (0, last - 2, last - 1) if 0 <= i < last])


def _is_dated_back(sentence: Sentence, first: int, last: int) -> bool:
    """ "an invasion in 1974 that followed a [coup]", "since the [coup] in 2012": a past year stands by the trigger."""
    tokens = sentence.tokens
    pauses = [i for i in range(max(0, first - _YEAR_BEFORE), last + _YEAR_AFTER) if _pauses(tokens, i)]
    begin = max([i + 1 for i in pauses if i < first], default=max(0, first - _YEAR_BEFORE))
    end = min([i for i in pauses if i >= last], default=last + _YEAR_AFTER)
    return _has_past_year(sentence, (*range(begin, first - 1), *range(last, min(len(tokens) - 1, end))))


def _has_past_year(sentence: Sentence, at: Iterable[int]) -> bool:
    """Whether "in" and a year well before publication stand at one of the tokens *at*."""
    tokens = sentence.tokens
    limit = sentence.published.year - RECENT_YEARS if sentence.published else LAST_HISTORIC_YEAR
    return any(
        tokens[i].lower == english_words.YEAR_OPENER
        and _YEAR.fullmatch(tokens[i + 1].text) is not None
        and int(tokens[i + 1].text) < limit
        for i in at
    )


def _pauses(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].lower in _PAUSES


def _holds(rule: EventRule, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words around a trigger allow the event."""
    close = {
        token.lower for token in (*tokens[max(0, first - UNLESS_REACH) : first], *tokens[last : last + UNLESS_REACH])
    }
    if not rule.unless.isdisjoint(close) or (first and tokens[first - 1].lower in rule.never_after):
        return False
    if rule.never_with:
        words = {token.lower for token in tokens}
        if not rule.never_with.isdisjoint(words) and english_words.STATE.isdisjoint(words):
            return False
    following = tokens[last].lower if last < len(tokens) else ""
    if following in rule.never_before or (rule.only_before and following not in rule.only_before):
        return False
    if rule.holder is not None and not _HOLDERS[rule.holder](tokens, first, last):
        return False
    if not rule.near:
        return True
    before = () if rule.only_after else tokens[max(0, first - rule.reach) : first]
    return any(token.lower in rule.near for token in (*before, *tokens[last : last + rule.reach]))


def _printed_day(sentence: Sentence) -> str | None:
    """The date as printed ("13 and 14 January"), or resolved when it is one day with a year."""
    tokens, months = sentence.tokens, LEXICON.context.months
    day = day_of(tokens, sentence.published, LEXICON)
    at = next(
        (i for i, t in enumerate(tokens) if t.lower in months and t.is_capitalised and _near_digit(tokens, i)), None
    )
    if at is None:
        return day.isoformat() if day else None
    first = at
    while first and (
        tokens[first - 1].text.isdigit()
        or (tokens[first - 1].lower in {"and", "-", "to"} and tokens[first - 2].text.isdigit())
    ):
        first -= 1
    last = at + 1
    while last < len(tokens) and tokens[last].text.isdigit():
        last += 1
    several = sum(token.text.isdigit() and len(token.text) < 3 for token in tokens[first:last]) > 1
    if day is not None and not several:
        return day.isoformat()
    return sentence.text.raw[tokens[first].start : tokens[last - 1].end]


def _near_digit(tokens: Sequence[Token], i: int) -> bool:
    return (i > 0 and tokens[i - 1].text.isdigit()) or (i + 1 < len(tokens) and tokens[i + 1].text.isdigit())


def _codes(rule: EventRule, stance: Factuality) -> Codes:
    if rule.type == "meeting" and stance == "scheduled":
        return SCHEDULED_MEETING
    return rule.codes or CODES[rule.type]


def _event(rule: EventRule, sentence: Sentence, first: int, last: int) -> Event:
    stance, speaker = factuality(rule, sentence, first, last)
    codes = _codes(rule, stance)
    tokens, text = sentence.tokens, sentence.text
    return Event(
        type=rule.type,
        cameo=codes.cameo,
        plover=codes.plover,
        factuality=stance,
        claimed_by=speaker,
        date=_printed_day(sentence),
        span=text.span(tokens[first].start, tokens[last - 1].end),
        sentence=text.span(tokens[0].start, tokens[-1].end),
        rule=f"events.{rule.name}",
        confidence=rule.confidence,
    )


def _of_figures(figures: Sequence[Figure]) -> Iterator[Event]:
    """Mass detentions: many detained, stated as fact, not of another time."""
    codes = CODES["mass_detention"]
    for figure in figures:
        many = (figure.low or figure.best or 0) >= MASS
        if figure.kind != "detained" or not many or figure.hypothetical or figure.scope in {"background", "rate"}:
            continue
        yield Event(
            type="mass_detention",
            cameo=codes.cameo,
            plover=codes.plover,
            factuality=_stance(figure),
            claimed_by=figure.attributed_to,
            date=figure.as_of.isoformat() if figure.as_of else None,
            span=figure.span,
            sentence=figure.sentence,
            rule="events.many_detained",
            confidence=figure.confidence,
        )


def _stance(figure: Figure) -> Factuality:
    if figure.negated:
        return "denied"
    if figure.attributed_to is not None:
        return "claimed"
    return "hedged" if figure.hedged else "asserted"
