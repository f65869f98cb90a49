"""What a candidate means in its sentence: did it happen, is it denied, which time does it cover.

Each question is one function over the tokens; the words are in the lexicon.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.figures.attribution import Speech
from pipeline.figures.context_words import Frame
from pipeline.figures.dates import year_in
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.phrases import Phrases
from pipeline.figures.refusals import is_month
from pipeline.text import Token
from schemas.enrichment import Scope

LOOK_BACK: Final = 5
"""Words before a trigger in which "threatened to" and the like govern it."""
NOMINAL: Final = frozenset({"nominal", "nominal_names", "genitive"})
"""Rules whose trigger is a noun, so that the happening is taken for granted."""
_STOPS: Final = frozenset(";:")


class Reality(NamedTuple):
    """How far a figure is fact."""

    refused: str | None = None
    """Reason when nothing is said to have happened: a plot, threat, order or attempt."""
    hypothetical: bool = False
    hedged: bool = False
    negated: bool = False
    disputed: bool = False


class Setting(NamedTuple):
    """A sentence, read once for all questions about a candidate in it."""

    tokens: Sequence[Token]
    words: list[str]
    """The tokens in lower case."""
    first: int
    """The candidate's clause, between semicolons or colons: token indices, half open."""
    last: int

    @property
    def clause(self) -> Sequence[Token]:
        return self.tokens[self.first : self.last]

    @property
    def clause_words(self) -> list[str]:
        return self.words[self.first : self.last]


def setting_of(tokens: Sequence[Token], words: list[str], candidate: Candidate) -> Setting:
    """What surrounds a candidate."""
    first, last = candidate.first, candidate.last
    if not _STOPS.isdisjoint(words):
        while first > 0 and words[first - 1] not in _STOPS:
            first -= 1
        while last < len(words) and words[last] not in _STOPS:
            last += 1
        return Setting(tokens, words, first, last)
    return Setting(tokens, words, 0, len(words))


def contains(setting: Setting, phrases: Phrases[None]) -> bool:
    """Whether any phrase stands in the clause."""
    tokens, words, first_words = setting.clause, setting.clause_words, phrases.first_words
    begins = [i for i, word in enumerate(words) if word in first_words]
    return any(phrases.at(tokens, i) is not None for i in begins)


def _refusal(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> str | None:
    """Why nothing is said to have happened: an infinitive that did not come true, or a camera that "shot"."""
    context, trigger, words = lexicon.context, candidate.trigger, setting.words
    if candidate.trigger_noun in context.camera_verbs and not context.camera_words.isdisjoint(words):
        return "picture"
    if candidate.undecided:
        return "kind undecided"
    frame = next((frame for frame in context.frames if _is_framed(setting, candidate, frame)), None)
    if frame is not None:
        return frame.reason
    people = lexicon.nouns.people
    if _is_bare_score(candidate, lexicon) and people.isdisjoint(words[:trigger]):
        return "no people named"
    if _is_charmed(words, candidate, lexicon):
        return "metaphor"
    before = words[max(0, trigger - LOOK_BACK) : trigger]
    if trigger > candidate.item.first or not _is_infinitive(before, lexicon) or not context.realised.isdisjoint(before):
        return None
    governing = next((word for word in reversed(before) if word in context.intents), None)
    return context.intents[governing] if governing else "purpose"


def _is_framed(setting: Setting, candidate: Candidate, frame: Frame) -> bool:
    """Whether a frame makes the candidate's trigger mean something else."""
    if candidate.kind not in frame.kinds or (frame.nouns and candidate.item.noun not in frame.nouns):
        return False
    words = setting.words
    if not frame.unless.isdisjoint(words):
        return False
    if frame.subjects and (
        candidate.rule.name != "active" or frame.subjects.isdisjoint(words[setting.first : candidate.trigger])
    ):
        return False
    return not frame.words or not frame.words.isdisjoint(words)


def _is_bare_score(candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "shot 68": a number alone after a verb of shooting is a round of golf as readily as people."""
    item = candidate.item
    return (
        candidate.rule.name == "active"
        and candidate.trigger_noun in lexicon.context.camera_verbs
        and item.letter == "N"
        and item.quantity is not None
        and item.last == item.quantity.last
    )


def _is_charmed(words: Sequence[str], candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "arrested by the sheer beauty of Rome": the agent is nothing that can harm or hold."""
    following = words[candidate.trigger + 1 : candidate.trigger + 6]
    return following[:1] == [lexicon.context.agent_word] and not lexicon.context.metaphor_agents.isdisjoint(following)


def _is_infinitive(before: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the words *before* a trigger end in "to", or in "to" and an adverb."""
    if before[-1:] == [lexicon.context.infinitive]:
        return True
    return before[-2:-1] == [lexicon.context.infinitive] and before[-1].endswith(lexicon.context.adverb_suffix)


def _is_unreal(words: Sequence[str], candidate: Candidate, lexicon: Lexicon) -> bool:
    first, last = min(candidate.item.first, candidate.trigger), max(candidate.item.last, candidate.trigger)
    auxiliaries = words[max(0, min(first, candidate.trigger - 4)) : last]
    near = words[max(0, candidate.trigger - 4) : candidate.trigger]
    if any(word in lexicon.context.modals and not _is_perfect_guess(auxiliaries, word, lexicon) for word in near):
        return True
    if lexicon.context.being in near and not lexicon.context.dreads.isdisjoint(auxiliaries):
        return True
    before = words[: candidate.item.first]
    return not (lexicon.context.conditionals.isdisjoint(before) and lexicon.context.fiction.isdisjoint(before))


def _is_perfect_guess(words: Sequence[str], modal: str, lexicon: Lexicon) -> bool:
    """ "may have drowned": something that perhaps did happen."""
    i = words.index(modal) if modal in words else -1
    return modal in lexicon.context.guesses and lexicon.context.perfect in words[i + 1 : i + 3]


def reality(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> Reality:
    """Whether the candidate happened, might, or is denied."""
    refused = _refusal(setting, candidate, lexicon)
    if refused:
        return Reality(refused)
    words, first = setting.words, setting.first
    before = words[first : max(candidate.item.first, candidate.trigger)]
    denied = _is_denied(words[first : candidate.first], candidate, lexicon)
    withdrawn = candidate.superseded or not lexicon.context.withdrawals.isdisjoint(before)
    return Reality(
        hypothetical=_is_unreal(words, candidate, lexicon),
        hedged=_hedged(setting, max(first, candidate.first - 4), candidate, lexicon),
        negated=denied,
        disputed=denied or withdrawn,
    )


def _is_denied(words: Sequence[str], candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a denial among the *words* before it governs it. "denied links to the murder of six" denies the links: a
    murder that is a noun is denied only when it is the object itself, "denied reports of the death of six"."""
    context = lexicon.context
    if context.denials.isdisjoint(words):
        return False
    at = max(i for i, word in enumerate(words) if word in context.denials)
    light = (
        context.determiners | context.report_words | {word for word, letter in context.classes.items() if letter == "o"}
    )
    return candidate.rule.name not in NOMINAL or light.issuperset(words[at + 1 :])


def _hedged(setting: Setting, first: int, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a word of doubt stands near, other than one about who they are: "12 SUSPECTED rebels"."""
    tokens, words = setting.tokens, setting.words
    return any(
        words[i] in lexicon.context.hedges
        and not _is_about_people(tokens, i, lexicon)
        and not is_month(tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None, lexicon)
        for i in range(first, candidate.last)
    )


def _is_about_people(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    nouns = lexicon.nouns
    following = [token[3] for token in tokens[i + 1 : i + 4]]
    return tokens[i][3] in nouns.modifiers and any(word in nouns.people or word in nouns.person for word in following)


def is_rate(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "21 people are murdered per day", "on average"; not "a day after"."""
    words, begin = setting.words, setting.first
    openers, units = lexicon.context.rate_openers, lexicon.context.units_of_time
    for i in [i for i, word in enumerate(words[:-1]) if word in openers]:
        if i >= begin and words[i + 1] in units:
            following = words[i + 2] if i + 2 < len(words) else ""
            if following not in lexicon.context.not_rate_followers and (
                words[i] != lexicon.context.weak_rate_opener or i > candidate.trigger
            ):
                return True
    if _every_so_often(words[begin:], lexicon):
        return True
    return not lexicon.context.rate_words.isdisjoint(words[max(0, candidate.first - 6) : candidate.last + 4])


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


def is_background(setting: Setting, published_year: int | None, lexicon: Lexicon) -> bool:
    """ "years after an earthquake killed 5,100", "in 2013" when it is published later, a memorial."""
    words = setting.clause_words
    if (
        contains(setting, lexicon.context.background)
        or is_anniversary(words, lexicon)
        or not lexicon.context.background_nouns.isdisjoint(words)
    ):
        return True
    year = year_in(setting.clause, lexicon)
    return (
        year is not None
        and published_year is not None
        and year < published_year
        and not contains(setting, lexicon.context.cumulative)
    )


def scope_of(setting: Setting, candidate: Candidate, published_year: int | None, lexicon: Lexicon) -> Scope:
    """Which time the figure covers; the most cautious reading wins: background, rate, incremental, cumulative."""
    if candidate.scope == "background" or is_background(setting, published_year, lexicon):
        return "background"
    if is_rate(setting, candidate, lexicon):
        return "rate"
    quantity = candidate.item.quantity
    if quantity is not None and quantity.incremental:
        return "incremental"
    if candidate.scope == "cumulative" or contains(setting, lexicon.context.cumulative):
        return "cumulative"
    return "incident"


def is_executed(words: Sequence[str], candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the dead were put to death by a court: their own kind, a part of those killed."""
    return candidate.trigger_noun in lexicon.triggers.executions and not lexicon.triggers.judicial.isdisjoint(words)


def said_by(tokens: Sequence[Token], speech: Speech | None, raw: str) -> str | None:
    """The speaker as printed."""
    if speech is None:
        return None
    return " ".join(raw[tokens[speech.first].start : tokens[speech.last - 1].end].split())
