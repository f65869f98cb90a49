"""Whether the article asserts an event, somebody claims it, or it is hedged, scheduled, demanded or denied.

A demanded event ("called for a general strike") is hedged: it may come, nobody says that it has. What is read is the
way from the demanding verb to the trigger; "called for an end to the attacks" and "demanded justice for the massacre"
take the event for granted, and leave it asserted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from pipeline.events import english_words, stance_words
from pipeline.events.model import EventRule
from pipeline.events.quotes import Quotation, speaker_at
from pipeline.figures import english as figure_words
from pipeline.figures.attribution import speaker_of, speeches
from pipeline.figures.dates import day_of
from pipeline.figures.phrases import sequences
from pipeline.text import Text, Token
from schemas.enrichment import Factuality

LEXICON: Final = figure_words.LEXICON
_ANNOUNCED: Final = frozenset({"meeting", "election", "protest"})
"""Types that are announced before they happen."""
_DEMANDING: Final = sequences(stance_words.DEMANDING)
_REFUSING: Final = sequences(stance_words.REFUSING)
_WARNED: Final = sequences(stance_words.WARNED)
_CANCELLED: Final = sequences(stance_words.CANCELLED)
_DEMAND_REACH: Final = 10
_OBJECT: Final = 4
"""Words between a demanding verb, or the infinitive it asks for, and the trigger."""
_REFUSED: Final = 6
_AFTER: Final = 4
_DAY_REACH: Final = 5


class Sentence(Struct, frozen=True):
    """A sentence and what surrounds it."""

    text: Text
    tokens: Sequence[Token]
    offset: int
    """Index of its first token in the text."""
    published: date | None
    quoted: Sequence[Quotation]


def factuality(rule: EventRule, sentence: Sentence, first: int, last: int) -> tuple[Factuality, str | None]:
    """The stance of the article to the event at tokens *first* (inclusive) to *last* (exclusive), and who claims it."""
    tokens = sentence.tokens
    before = {token.lower for token in tokens[max(0, first - english_words.NEGATION_REACH) : first]}
    if not english_words.DENIED.isdisjoint(before) or is_refused(tokens, first) or _is_off(rule, tokens, first, last):
        return "denied", None
    if _is_scheduled(rule, sentence, before, last):
        return "scheduled", None
    if any(token.lower in english_words.JOKED for token in tokens):
        return "hedged", None
    if is_demanded(tokens, first) or _is_wished(tokens, last):
        return "hedged", None
    speech = speaker_of(speeches(tokens, LEXICON), first, last)
    if speech is not None:
        raw = sentence.text.raw[tokens[speech.first].start : tokens[speech.last - 1].end]
        return "claimed", " ".join(raw.split())
    speaker = speaker_at(sentence.quoted, sentence.offset + first)
    if speaker is not None:
        return "claimed", speaker
    return ("hedged", None) if _is_hedged(rule, tokens, first, before) else ("asserted", None)


def _is_hedged(rule: EventRule, tokens: Sequence[Token], first: int, before: set[str]) -> bool:
    if not english_words.HEDGED.isdisjoint(before):
        return True
    if rule.type == "attack" and not stance_words.THWARTED.isdisjoint(before):
        return True
    return any(_WARNED.at(tokens, i) is not None for i in range(max(0, first - _OBJECT), first))


def _is_scheduled(rule: EventRule, sentence: Sentence, before: set[str], last: int) -> bool:
    if rule.type in _ANNOUNCED:
        return _is_ahead(rule, sentence, before) or (rule.type == "meeting" and _is_for_day(sentence.tokens, last))
    return rule.type == "dismissal" and not stance_words.AHEAD.isdisjoint(before)


def _is_ahead(rule: EventRule, sentence: Sentence, before: set[str]) -> bool:
    """Whether the event is announced: a word of planning (close by for a protest), or a date after publication."""
    planned = before if rule.type == "protest" else {token.lower for token in sentence.tokens}
    if not english_words.SCHEDULED.isdisjoint(planned):
        return True
    named = day_of(sentence.tokens, sentence.published, LEXICON)
    return named is not None and sentence.published is not None and named > sentence.published


def _is_for_day(tokens: Sequence[Token], last: int) -> bool:
    """ "called a [meeting] for Thursday", "postponed the [summit] until June"."""
    for i in range(last, min(len(tokens) - 1, last + _AFTER)):
        if tokens[i].lower in stance_words.UNTIL:
            following = tokens[i + 1 : i + _DAY_REACH]
            return any(_is_day(token) for token in following)
    return False


def _is_day(token: Token) -> bool:
    return token.lower in stance_words.DAYS or (token.is_capitalised and token.lower in LEXICON.context.months)


def _is_off(rule: EventRule, tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "cancelled the [summit]", "the [curfew] was not imposed"."""
    if rule.type in _ANNOUNCED:
        near = (*range(max(0, first - _OBJECT), first), *_after_be(tokens, last))
        if any(_CANCELLED.at(tokens, i) is not None for i in near):
            return True
    negated = [i for i in _after_be(tokens, last) if tokens[i].lower in stance_words.NOT]
    following = {token.lower for i in negated[:1] for token in tokens[i + 1 : i + 3]}
    return not stance_words.HAPPENED.isdisjoint(following)


def _after_be(tokens: Sequence[Token], last: int) -> range:
    """The words after a form of "be" or "have" that follows the trigger's noun phrase closely."""
    end = min(len(tokens), last + _AFTER + 1)
    at = next((i for i in range(last, end) if tokens[i].lower in stance_words.BE_OR_HAVE), None)
    return range(at + 1, min(len(tokens), at + 4)) if at is not None else range(0)


def _is_wished(tokens: Sequence[Token], last: int) -> bool:
    """ "a [state of emergency] should be declared", "a [curfew] might be imposed"."""
    for i in range(last, min(len(tokens) - 1, last + _AFTER)):
        if tokens[i].lower in stance_words.WISHED and tokens[i + 1].lower == "be":
            return any(token.lower in stance_words.HAPPENED for token in tokens[i + 2 : i + _DAY_REACH])
    return False


def is_refused(tokens: Sequence[Token], first: int) -> bool:
    """ "refused to resign", "rejected calls for a curfew"."""
    return any(_REFUSING.at(tokens, i) is not None for i in range(max(0, first - _REFUSED), first))


def is_demanded(tokens: Sequence[Token], first: int) -> bool:
    """Whether the trigger at token *first* is what a verb of demanding, or "should" and "must", asks for.

    Example: "urged the army to declare a [state of emergency]". Counter-examples: "called for an end to the
    [attacks]", "demanded bread at a [protest]".
    """
    for i in range(first - 1, max(-1, first - _DEMAND_REACH - 1), -1):
        word = tokens[i].lower
        if word in stance_words.CLAUSE_ENDS:
            return False
        found = _DEMANDING.at(tokens, i)
        if found is not None and tokens[i + found[1]].lower not in stance_words.SOUGHT:
            return _asks_for(tokens, i + found[1], first)
        if word in stance_words.MODALS:
            return _infinitive_leads(tokens, i + 1, first)
    return False


def _asks_for(tokens: Sequence[Token], begin: int, first: int) -> bool:
    between = [token.lower for token in tokens[begin:first]]
    if not stance_words.TAKEN_FOR_GRANTED.isdisjoint(between):
        return False
    if "to" in between:
        return _infinitive_leads(tokens, begin + between.index("to") + 1, first)
    begin = between.index("that") + 1 if "that" in between else 0  # "demanded that the minister [resign]"
    return _is_phrase(between[begin:])


def _infinitive_leads(tokens: Sequence[Token], begin: int, first: int) -> bool:
    """ "to declare a [state of emergency]", "to [resign]", "should not be [sacked]"."""
    while begin < first and tokens[begin].lower in stance_words.VERB_GROUP:
        begin += 1
    if begin == first:
        return True
    if tokens[begin].lower not in stance_words.DOING:
        return False
    return _is_phrase([token.lower for token in tokens[begin + 1 : first]])


def _is_phrase(words: Sequence[str]) -> bool:
    return len(words) <= _OBJECT and stance_words.PREPOSITIONS.isdisjoint(words)


def comes_true(tokens: Sequence[Token], first: int) -> bool:
    """Whether the infinitive at token *first* tells what was done or will be, not what somebody wants or may do.

    Example: "voted to [remove]", "was forced to [resign]", "will [step down]", "two ministers [resign]".
    Counter-examples: "threatened to [resign]", "can [sack]", "urged him to [step down]".
    """
    i = first - 1
    while i >= 0 and tokens[i].lower in stance_words.ADVERBS:
        i -= 1
    word = tokens[i].lower if i >= 0 else ""
    if word in stance_words.AHEAD:
        return True
    if word == "to":
        return i > 0 and tokens[i - 1].lower in stance_words.DECIDING | stance_words.AHEAD
    if tokens[first].lower == "be" or word in stance_words.UNREAL:
        return False
    return not is_demanded(tokens, first)
