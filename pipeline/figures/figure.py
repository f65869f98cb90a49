"""From candidates to `Figure` records: values, meaning, speaker, time, place, and the whole that a part belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any, Final

from msgspec import Struct, field

from pipeline.figures.aboard import number_aboard
from pipeline.figures.attribution import Speech, speaker_of, speeches
from pipeline.figures.dates import day_of, period_of
from pipeline.figures.hints import DAY, PERIOD, SPEECH, hints_of
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.meaning import Reality, is_executed, reality
from pipeline.figures.model import Candidate, Sentence, Statement
from pipeline.figures.named import Named
from pipeline.figures.perpetrators import Agent, Scene, agent_of, scene_of
from pipeline.figures.refused import rejected
from pipeline.figures.running import is_long_total
from pipeline.figures.scope import scope_of
from pipeline.figures.setting import Setting, setting_of
from pipeline.figures.vocabulary import Vocabulary
from pipeline.records import Values, makers
from pipeline.text import Text, Token
from schemas.enrichment import Claim, Figure, FigureKind, Qualifier

figures_of: Final = makers(Figure)
"""The figures of an article from the values of its statements, all at once: three times as fast as one by one."""
claims_of: Final = makers(Claim)

PLACE_REACH: Final = 60
"""Code points after the evidence within which a place name belongs to it."""
WHOLE_REACH: Final = 20
"""Figures back in which the whole of a part is looked for."""
UNHARMED: Final = "unharmed"
_NAMING: Final = frozenset({"victims", "toll", "parts"})
"""What rules build in which the noun of the count says who the people are."""
_SURE_OF_ONE: Final = 0.6
_SURE_OF_PLURAL: Final = 0.5


class Context(Struct, frozen=True):
    """A sentence and what surrounds it."""

    text: Text
    tokens: Sequence[Token]
    vocabulary: Vocabulary
    published: date | None
    named: Named
    """Who and what is named in the text."""

    @property
    def lexicon(self) -> Lexicon:
        return self.vocabulary.lexicon


class Made(Struct):
    """What one sentence gave."""

    statements: list[Statement] = field(default_factory=list)
    claims: list[Values] = field(default_factory=list)
    rejected: list[Values] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    """First tokens of the items that became figures or were refused with a reason."""


Bounds = tuple[int | None, int | None, int | None, Qualifier]


def _values(candidate: Candidate) -> Bounds:
    """low, best, high, qualifier."""
    if candidate.rule.builds == "zero":
        return 0, 0, 0, "exact"
    quantity = candidate.item.quantity
    if quantity is not None:
        return quantity.low, quantity.best, quantity.high, quantity.qualifier
    if candidate.item.letter == "I":
        return 1, 1, 1, "exact"
    return 2, None, None, "bare_plural"


def _confidence(candidate: Candidate) -> float:
    if candidate.item.quantity is None and candidate.rule.builds != "zero":
        return _SURE_OF_ONE if candidate.item.letter == "I" else _SURE_OF_PLURAL
    return candidate.rule.confidence - (0.2 if candidate.item.letter == "U" else 0.0)


def _span(context: Context, first: int, last: int) -> Values:
    """The values of a span over tokens of the sentence."""
    tokens = context.tokens
    return {"start": tokens[first][1], "end": tokens[last - 1][2], "field": context.text.field}


def _printed(context: Context, first: int, last: int) -> str:
    """The tokens as printed, in one line."""
    return " ".join(context.text.raw[context.tokens[first][1] : context.tokens[last - 1][2]].split())


def _place(context: Context, start: int, end: int) -> str | None:
    """The location named next after the evidence, within reach and within the sentence."""
    places = context.named.places
    at = bisect_left(places, (start, ""))
    if at == len(places):
        return None
    begin, name = places[at]
    return name if begin < min(context.tokens[-1][2], end + PLACE_REACH) else None


def _period(context: Context, setting: Setting) -> str | None:
    found = period_of(setting.clause, context.vocabulary.lexicon) if setting.hints & PERIOD else None
    return _printed(context, setting.first + found[0], setting.first + found[1]) if found is not None else None


def _figure(
    context: Context,
    candidate: Candidate,
    setting: Setting,
    real: Reality,
    speech: Speech | None,
    part_of: int | None,
) -> dict[str, Any]:
    """The values of a figure, but for who did it."""
    low, best, high, qualifier = _values(candidate)
    lexicon, published, builds = context.vocabulary.lexicon, context.published, candidate.rule.builds
    span, zero = _span(context, candidate.first, candidate.last), builds == "zero"
    return {
        "kind": candidate.kind,
        "low": low,
        "best": best,
        "high": high,
        "qualifier": qualifier,
        "scope": scope_of(setting, candidate, published, lexicon),
        "negated": zero or real.negated,
        "hypothetical": real.hypothetical,
        "hedged": real.hedged or (zero and candidate.item.reason is not None),
        "disputed": real.disputed,
        "victims": (candidate.item.noun,) if candidate.item.noun and builds in _NAMING else (),
        "attributed_to": _printed(context, speech.first, speech.last) if speech is not None else None,
        "as_of": day_of(setting.clause, published, lexicon) if setting.hints & DAY else None,
        "period": _period(context, setting),
        "place": _place(context, span["start"], span["end"]),
        "part_of": part_of,
        "span": span,
        "sentence": _span(context, 0, len(context.tokens)),
        "rule": f"figures.{candidate.rule.name}",
        "confidence": _confidence(candidate),
    }


def _perpetrator(context: Context, scene: Scene, candidate: Candidate, real: Reality) -> Values | None:
    """Who did it, of what is said to have happened."""
    agent: Agent | None = None if real.negated or real.hypothetical else agent_of(scene, candidate)
    if agent is None:
        return None
    first, last, basis = agent
    return {"name": _printed(context, first, last), "span": _span(context, first, last), "basis": basis}


def _refused(context: Context, candidate: Candidate, reason: str) -> Values:
    return rejected(context.text, context.tokens, candidate.item.first, candidate.item.last, reason)


def _whole_before(candidate: Candidate, earlier: Sequence[Statement]) -> int | None:
    """Index of the latest figure of the kind in earlier sentences that is no part itself."""
    if not candidate.partial:
        return None
    near = range(len(earlier) - 1, max(-1, len(earlier) - 1 - WHOLE_REACH), -1)
    return next((i for i in near if earlier[i].kind == candidate.kind and earlier[i].part_of is None), None)


def _is_stated(kind: FigureKind, earlier: Iterable[Statement]) -> bool:
    """Whether a figure of the kind that refers to no other is among the *earlier* ones."""
    return any(one.kind == kind and not one.refers for one in earlier)


def _with_number(context: Context, candidate: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """The candidate with the number of those aboard, when it is about everybody. None when the sentence counts them."""
    if candidate.rule.builds != "everybody" or candidate.item.quantity is not None:
        return candidate
    if any(other.kind == candidate.kind and other.item.quantity is not None for other in others):
        return None
    at = bisect_left(context.text.starts, context.tokens[candidate.item.first].start)
    return candidate._replace(
        item=candidate.item._replace(quantity=number_aboard(context.text, at, context.vocabulary))
    )


def statements(context: Context, sentence: Sentence, earlier: Sequence[Statement]) -> Made:
    """The figures of one sentence; *earlier* are those before it in the article."""
    made, base, candidates = Made(), len(earlier), sentence.candidates
    if not candidates:
        return made
    words = [token[3] for token in context.tokens]
    hints = hints_of(words, context.vocabulary.hints)
    scene = scene_of(context.tokens, sentence.items, context.named.bodies, hints, context.lexicon)
    said = speeches(context.tokens, context.lexicon) if hints & SPEECH else ()
    ordered = sorted(candidates, key=lambda c: (c.whole is not None, c.item.first))
    owners: dict[tuple[int, FigureKind], int] = {}
    for found in ordered:
        candidate = _with_number(context, found, ordered)
        if candidate is None or (candidate.refers and _is_stated(candidate.kind, chain(earlier, made.statements))):
            continue
        made.used.add(candidate.item.first)
        setting = setting_of(context.tokens, words, hints, candidate, context.lexicon)
        real = reality(setting, candidate, context.lexicon)
        if real.refused:
            made.rejected.append(_refused(context, candidate, real.refused))
            continue
        if candidate.refers and real.hypothetical:
            continue
        part_of = owners.get((candidate.whole.first, candidate.kind)) if candidate.whole is not None else None
        if candidate.whole is not None and part_of is None:
            continue
        if part_of is None:
            part_of = _whole_before(candidate, earlier)
        if candidate.rule.builds == "zero" and candidate.item.quantity is not None:
            made.rejected.append(_refused(context, candidate, UNHARMED))
        speech = speaker_of(said, candidate.first, candidate.last)
        figure = _figure(context, candidate, setting, real, speech, part_of)
        if candidate.whole is not None and part_of is not None:
            who = made.statements[part_of - base].values["perpetrator"]
        else:
            who = _perpetrator(context, scene, candidate, real)
        figure["perpetrator"] = who
        owners[(candidate.item.first, candidate.kind)] = base + len(made.statements)
        _append(made, context, setting, candidate, figure, speech, base)
    return made


def _append(
    made: Made,
    context: Context,
    setting: Setting,
    candidate: Candidate,
    figure: Values,
    speech: Speech | None,
    base: int,
) -> None:
    part_of, kind, lexicon = figure["part_of"], candidate.kind, context.vocabulary.lexicon
    group = base * 1000 + candidate.trigger if candidate.rule.builds == "victims" and part_of is None else None
    long = figure["scope"] == "cumulative" and is_long_total(setting, candidate, figure["period"], lexicon)
    made.statements.append(Statement(kind, part_of, figure, group, candidate.refers, long))
    if speech is not None:
        made.claims.append(_claim(context, candidate, speech))
    if kind == "killed" and is_executed(setting.words, candidate, lexicon):
        whole = base + len(made.statements) - 1
        executed = {**figure, "kind": "executed", "part_of": whole}
        made.statements.append(Statement("executed", whole, executed, None, long=long))


def _claim(context: Context, candidate: Candidate, speech: Speech) -> Values:
    return {
        "speaker": _printed(context, speech.first, speech.last),
        "verb": context.tokens[speech.verb].lower,
        "span": _span(context, candidate.first, candidate.last),
    }
