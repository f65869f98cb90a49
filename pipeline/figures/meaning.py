"""What a candidate means in its sentence: did it happen, is it denied, which time does it cover.

Each question is one function over the tokens; the words are in the lexicon.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pipeline.figures.calendar_numbers import is_month
from pipeline.figures.context_words import Frame
from pipeline.figures.hints import DENIAL, DOUBT, UNREAL
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.setting import Setting
from pipeline.text import Token

LOOK_BACK: Final = 5
"""Words before a trigger in which "threatened to" and the like govern it."""
CLAIM_REACH: Final = 14
"""Tokens after a number in which somebody calls it a claim and denies it."""
LINK_REACH: Final = 6
"""Words before the number of a toll in which a modal makes it a forecast."""
NOT_TOLD: Final = "no number is said"
NOMINAL: Final = frozenset({"nominal", "nominal_names", "nominal_described", "nominal_elided", "genitive"})
"""Rules whose trigger is a noun, so that the happening is taken for granted."""


_WISHES: Final = frozenset({"demand", "intention", "did not happen"})
"""Intents with which a release that is a noun is not there yet: "DEMANDED the release of 40"."""


class Reality(NamedTuple):
    """How far a figure is fact."""

    refused: str | None = None
    """Reason when nothing is said to have happened: a plot, threat, order or attempt."""
    hypothetical: bool = False
    hedged: bool = False
    negated: bool = False
    disputed: bool = False


def _refusal(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> str | None:
    """Why nothing is said to have happened: an infinitive that did not come true, or a camera that "shot"."""
    context, trigger, words = lexicon.context, candidate.trigger, setting.words
    if candidate.trigger_noun in context.camera_verbs and not context.camera_words.isdisjoint(words):
        return "picture"
    if candidate.undecided:
        return "kind undecided"
    if _is_asked(words, candidate, lexicon):
        return NOT_TOLD
    frame = next((frame for frame in context.frames if _is_framed(setting, candidate, frame)), None)
    if frame is not None:
        return frame.reason
    people = lexicon.nouns.people
    if _is_bare_score(candidate, lexicon) and people.isdisjoint(words[:trigger]):
        return "no people named"
    if _is_charmed(words, candidate, lexicon):
        return "metaphor"
    before = words[max(0, trigger - LOOK_BACK) : trigger]
    if candidate.kind == "released" and candidate.rule.name in NOMINAL:
        return next((context.intents[word] for word in before if context.intents.get(word) in _WISHES), None)
    if trigger > candidate.item.first or not _is_infinitive(before, lexicon):
        return None
    governing = next((w for w in reversed(before) if w in context.intents or w in context.realised), None)
    gerund = (candidate.trigger_noun or "").endswith(lexicon.agents.present_suffix)
    if governing in context.realised or (governing is None and gerund and not context.confessions.isdisjoint(before)):
        return None  # "were FORCED to free two", "CONFESSED to killing two"; not "PLANNED to kill two"
    return context.intents[governing] if governing else "purpose"


def _is_asked(words: Sequence[str], candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "it is not clear HOW MANY died", "AS MANY are missing"."""
    quantity = candidate.item.quantity
    if quantity is None or quantity.qualifier != "vague" or not quantity.first:
        return False
    return words[quantity.first - 1] in lexicon.context.asking


def _is_framed(setting: Setting, candidate: Candidate, frame: Frame) -> bool:
    """Whether a frame makes the candidate's trigger mean something else."""
    if candidate.kind not in frame.kinds or (frame.nouns and candidate.item.noun not in frame.nouns):
        return False
    words, quantity = setting.words, candidate.item.quantity
    if frame.triggers and candidate.trigger_noun not in frame.triggers:
        return False
    if (
        frame.few
        and quantity is not None
        and max(quantity.low or 0, quantity.high or 0, quantity.best or 0) >= frame.few
    ):
        return False
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
    if candidate.rule.builds == "toll" and _is_forecast(words, candidate, lexicon):
        return True
    if lexicon.context.being in near and not lexicon.context.dreads.isdisjoint(auxiliaries):
        return True
    before = words[: candidate.item.first]
    return not (lexicon.context.conditionals.isdisjoint(before) and lexicon.context.fiction.isdisjoint(before))


def _is_forecast(words: Sequence[str], candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "the toll COULD reach 10,000", "is EXPECTED to pass 50": nobody counted so many."""
    link = words[max(candidate.trigger, candidate.item.first - LINK_REACH) : candidate.item.first]
    if not lexicon.context.expectations.isdisjoint(link):
        return True
    return any(word in lexicon.context.modals and not _is_perfect_guess(link, word, lexicon) for word in link)


def _is_perfect_guess(words: Sequence[str], modal: str, lexicon: Lexicon) -> bool:
    """ "may have drowned": something that perhaps did happen."""
    i = words.index(modal) if modal in words else -1
    return modal in lexicon.context.guesses and lexicon.context.perfect in words[i + 1 : i + 3]


def reality(setting: Setting, candidate: Candidate, lexicon: Lexicon) -> Reality:
    """Whether the candidate happened, might, or is denied."""
    refused = _refusal(setting, candidate, lexicon)
    if refused:
        return Reality(refused)
    words, first, hints = setting.words, setting.first, setting.hints
    denied, withdrawn = False, candidate.superseded
    if hints & DENIAL:
        before = words[first : max(candidate.item.first, candidate.trigger)]
        denied = _is_denied(words[first : candidate.first], candidate, lexicon)
        withdrawn = withdrawn or not lexicon.context.withdrawals.isdisjoint(before)
        withdrawn = withdrawn or _is_contested(words[candidate.last :], lexicon)
        denied = denied or _is_false_report(words[first : candidate.first], words[candidate.last :], lexicon)
    return Reality(
        hypothetical=bool(hints & UNREAL) and _is_unreal(words, candidate, lexicon),
        hedged=bool(hints & DOUBT) and _hedged(setting, max(first, candidate.first - 4), candidate, lexicon),
        negated=denied,
        disputed=denied or withdrawn,
    )


def _is_denied(words: Sequence[str], candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a denial among the *words* before it governs it. "denied links to the murder of six" denies the links: a
    murder that is a noun is denied only when it is the object itself, "denied reports of the death of six"; nor is what
    happened denied with the part in it: "denied INVOLVEMENT in the blast that killed 12"."""
    context = lexicon.context
    if context.denials.isdisjoint(words):
        return False
    at = max(i for i, word in enumerate(words) if word in context.denials)
    object_ = next((i for i in range(at + 1, len(words)) if words[i] not in context.determiners), at)
    if words[object_] in context.parts_in or (
        words[object_] in lexicon.triggers.nominal and words[object_ + 1 : object_ + 2] == [","]
    ):
        return False
    if any(words[i] in context.said and context.classes.get(words[i - 1]) == "c" for i in range(at + 2, len(words))):
        return False  # "rejected the claim AND SAID that five had died"
    light = (
        context.determiners | context.report_words | {word for word, letter in context.classes.items() if letter == "o"}
    )
    return candidate.rule.name not in NOMINAL or light.issuperset(words[at + 1 :])


def _is_contested(after: Sequence[str], lexicon: Lexicon) -> bool:
    """ "killed 40 soldiers, a CLAIM that the army REJECTED"."""
    context, near = lexicon.context, after[:CLAIM_REACH]
    at = next((i for i, word in enumerate(near) if word in context.claims), None)
    if at is None or at < 2 or near[at - 2] != "," or near[at - 1] not in context.determiners:
        return False
    return any(word in context.denials or word in context.withdrawals for word in near[at + 1 :])


def _is_noun(word: str, lexicon: Lexicon) -> bool:
    return word[0].isalpha() and word not in lexicon.context.classes


def _is_false_report(before: Sequence[str], after: Sequence[str], lexicon: Lexicon) -> bool:
    """ "REPORTS THAT two had died turned out to be FALSE"; not "reports said two had died in a false alarm"."""
    context = lexicon.context
    near = [*after[:CLAIM_REACH], "."]
    if not any(word in context.falsehoods and not _is_noun(near[i + 1], lexicon) for i, word in enumerate(near[:-1])):
        return False  # "as FALSE PAPERS were found"
    return any(
        word in context.hearsay and context.classes.get(following) == "W" for word, following in pairwise(before)
    )


def _hedged(setting: Setting, first: int, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a word of doubt stands near, other than one about who they are: "12 SUSPECTED rebels"."""
    tokens, words = setting.tokens, setting.words
    return any(
        words[i] in lexicon.context.hedges
        and not (_is_about_people(tokens, i, lexicon) or _is_modifier(words[i], i, candidate, lexicon))
        and not is_month(tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None, lexicon)
        for i in range(first, candidate.last)
    )


def _is_modifier(word: str, i: int, candidate: Candidate, lexicon: Lexicon) -> bool:
    """ "ten SUSPECTED mules": doubt about who they are, inside the count."""
    return (
        word in lexicon.nouns.modifiers
        and candidate.item.quantity is not None
        and (candidate.item.quantity.last <= i < candidate.item.last)
        and candidate.item.letter != "F"
    )


def _is_about_people(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    nouns = lexicon.nouns
    if tokens[i][3] not in nouns.modifiers:
        return False
    following = [token[3] for token in tokens[i + 1 : i + 4]]
    return any(
        word in nouns.people or word in nouns.person or word.endswith(nouns.people_suffixes + nouns.unlisted_suffixes)
        for word in following
    )


def is_executed(words: Sequence[str], candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the dead were put to death by a court: their own kind, a part of those killed."""
    return candidate.trigger_noun in lexicon.triggers.executions and not lexicon.triggers.judicial.isdisjoint(words)
