"""Screening: listed names in an article, each with a score and the reasons for it.

    runs -> candidates (blocking) -> weighed by the words -> corroborated -> matches | refused, with the reason

A name of one word, and one that the list itself calls weak, is never enough alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from pipeline.findings import Document, Findings
from pipeline.lists.blocking import find_candidates
from pipeline.lists.corroborate import Signal, Surroundings
from pipeline.lists.index import EMPTY, Listed, ListIndex
from pipeline.lists.runs import find_runs
from pipeline.lists.tokens import words_of
from pipeline.lists.weigh import Weighed, weigh
from pipeline.records import maker
from pipeline.text import Sentence, Text
from schemas.enrichment import ListMatch, Rejected, Span
from schemas.lists import AllowDecision

THRESHOLD: Final = 0.72
"""Measured on development articles, in percent: listed people found under a name that the list has, and under an alias
that it lacks; matches that are right; and of 1,000 other people those who were matched.

    0.65   98.4  65.5  98.0  2.9
    0.72   97.5  62.3  99.3  2.0      both of these are on the lists
    0.80   97.0  58.0  99.5  2.0
    0.90   94.7  50.0  99.8  1.0
"""
WEAK_ALIAS: Final = -0.2
BESIDE: Final = -0.22
"""Another word of the same name beside it: more likely somebody else with a longer name."""
UNSUPPORTED_CAP: Final = 0.6
"""Most that one word, a weak alias, a name of many or a ship's name (they are called Victory and Hope) gets without
corroboration; below any sensible threshold."""
_NOTABLE: Final = 0.45
"""Refused candidates above it are shown."""
MAX_MATCHES: Final = 200
MAX_REJECTED: Final = 100
MAX_JUDGED: Final = 1_000
"""More candidates than any article has. There reading stops, so that a hostile text costs no more than a long one."""

_new_match: Final = maker(ListMatch)
_new_rejected: Final = maker(Rejected)


class Judged(NamedTuple):
    """A listed name at a place, with its final score."""

    weighed: Weighed
    listed: Listed
    sentence: Sentence
    score: float
    signals: tuple[Signal, ...]


@dataclass(frozen=True)
class Screener:
    """The lists and how sure a match must be. Immutable: new lists are a new screener."""

    index: ListIndex = field(default=EMPTY)
    threshold: float = THRESHOLD
    allowed: Mapping[tuple[str, str], Sequence[AllowDecision]] = field(default_factory=dict)
    """Decisions by list and entry."""

    @property
    def version(self) -> str:
        """Lists and their versions, for provenance; empty without lists."""
        return self.index.version

    def __call__(self, document: Document, found: Findings) -> Findings:
        """List matches in title and body; the sanctions found before stay as they are."""
        if not len(self.index):
            return Findings()
        around = Surroundings(document, found)
        matches: list[ListMatch] = []
        rejected: list[Rejected] = []
        for text in document.texts:
            for judged in _resolved(self._judge(text, around)):
                if judged.score >= self.threshold:
                    matches.append(_match(judged, text, self._decision(judged, text)))
                elif judged.score >= _NOTABLE:
                    rejected.append(_refusal(judged, text))
        if not matches and not rejected:
            return Findings()
        sanctions = found.sanctions.model_copy(update={"list_matches": tuple(matches[:MAX_MATCHES])})
        return Findings(sanctions=sanctions, rejected=tuple(rejected[:MAX_REJECTED]))

    def may_match(self, document: Document) -> bool:
        """Whether any words of *document* fit a listed name, whatever else speaks for or against it: cheap, since it
        needs none of the other findings."""
        return any(True for text in document.texts for _ in _weighed(text, self.index))

    def _decision(self, judged: Judged, text: Text) -> AllowDecision | None:
        """The decision that holds for the name as it is printed."""
        taken = self.allowed.get((judged.listed.list, judged.listed.id), ())
        printed = words_of(_printed(judged, text)) if taken else []
        return next((one for one in taken if one.name is None or words_of(one.name) == printed), None)

    def _judge(self, text: Text, around: Surroundings) -> Iterator[Judged]:
        for weighed in islice(_weighed(text, self.index), MAX_JUDGED):
            listed = self.index.entry(weighed.name.entry)
            sentence = text.sentence_of(weighed.first)
            start, end = text.tokens[weighed.first].start, text.tokens[weighed.last - 1].end
            entity, mention = around.entity_at(text, start, end) or (None, None)
            signals = around.signals(listed, text, sentence, (weighed.first, weighed.last), entity)
            if beside := _beside(weighed, text, mention):
                signals.append(Signal(BESIDE, f"stands beside {beside}"))
            yield Judged(weighed, listed, sentence, _score(weighed, listed, signals), tuple(signals))


def _weighed(text: Text, index: ListIndex) -> Iterator[Weighed]:
    for run in find_runs(text, index):
        seen: set[tuple[int, int, int]] = set()
        for candidate in find_candidates(run, index):
            place = (candidate.name, candidate.words[candidate.first].first, candidate.words[candidate.last - 1].last)
            if place not in seen:
                weighed = weigh(candidate, index)
                if weighed is not None:
                    seen.add(place)
                    yield weighed


def _beside(weighed: Weighed, text: Text, mention: Span | None) -> str:
    """Neighbouring words that belong to the same name; the names step says where a name ends, if it saw one."""
    tokens = text.tokens
    return " ".join(
        word.text
        for word in weighed.beside
        if mention is None or (tokens[word.first].start >= mention.start and tokens[word.last - 1].end <= mention.end)
    )


def _score(weighed: Weighed, listed: Listed, signals: Sequence[Signal]) -> float:
    score = weighed.score + sum(signal.weight for signal in signals)
    if weighed.name.kind == "weak":
        score += WEAK_ALIAS
    needs_support = weighed.single or weighed.name.kind == "weak" or listed.type in ("vessel", "aircraft")
    needs_strong = weighed.generic or any(signal.weight == BESIDE for signal in signals)
    if (needs_support and not any(signal.weight > 0 for signal in signals)) or (
        needs_strong and not any(signal.strong for signal in signals)
    ):
        score = min(score, UNSUPPORTED_CAP)
    return max(0.0, min(1.0, score))


def _resolved(judged: Iterable[Judged]) -> list[Judged]:
    """The best of each entry at a place; nothing inside a longer and no worse match. In reading order."""
    best: dict[tuple[int, int, int], Judged] = {}
    for one in judged:
        key = (one.weighed.name.entry, one.weighed.first, one.weighed.last)
        if key not in best or one.score > best[key].score:
            best[key] = one
    kept: list[Judged] = []
    for one in sorted(best.values(), key=lambda j: (-j.score, j.weighed.first - j.weighed.last)):
        if not any(_overlap(one, other) and not _same_place(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.weighed.first, one.weighed.last, one.listed.list, one.listed.id))


def _overlap(one: Judged, other: Judged) -> bool:
    return one.weighed.first < other.weighed.last and other.weighed.first < one.weighed.last


def _same_place(one: Judged, other: Judged) -> bool:
    return one.weighed.first == other.weighed.first and one.weighed.last == other.weighed.last


def explain(judged: Judged) -> str:
    """The reasons in words, and whose alias it is."""
    kind = {"primary": "listed name", "alias": "alias", "weak": "weak alias"}[judged.weighed.name.kind]
    plus = [judged.weighed.why, *(signal.reason for signal in judged.signals if signal.weight > 0)]
    minus = [
        *(["common words"] if judged.weighed.generic else ()),
        *(signal.reason for signal in judged.signals if signal.weight < 0),
    ]
    article = "an" if judged.listed.type[0] in "ao" else "a"
    whose = f", {judged.listed.name}" if judged.listed.name != judged.weighed.name.text else ""
    said = f"{kind} of {article} {judged.listed.type}{whose}; {'; '.join(plus)}"
    return f"{said}; against: {'; '.join(minus)}" if minus else said


def _span(judged: Judged, text: Text) -> Mapping[str, object]:
    first, last = text.tokens[judged.weighed.first], text.tokens[judged.weighed.last - 1]
    return {"start": first.start, "end": last.end, "field": text.field}


def _printed(judged: Judged, text: Text) -> str:
    return text.raw[text.tokens[judged.weighed.first].start : text.tokens[judged.weighed.last - 1].end]


def _match(judged: Judged, text: Text, decision: AllowDecision | None) -> ListMatch:
    score = round(judged.score, 2)
    return _new_match(
        {
            "span": _span(judged, text),
            "sentence": {"start": judged.sentence.start, "end": judged.sentence.end, "field": text.field},
            "rule": f"lists.{judged.weighed.name.kind}",
            "confidence": score,
            "name": judged.weighed.name.text,
            "list": judged.listed.list,
            "entry_id": judged.listed.id,
            "snapshot": judged.listed.snapshot,
            "score": score,
            "why": explain(judged),
            "allowed": decision and {"by": decision.decided_by, "at": decision.decided_at, "reason": decision.reason},
        }
    )


def _refusal(judged: Judged, text: Text) -> Rejected:
    span = _span(judged, text)
    return _new_rejected(
        {
            "text": _printed(judged, text),
            "span": span,
            "considered_as": "list_match",
            "reason": f"{judged.listed.list} {judged.listed.id} {judged.weighed.name.text!r}, score "
            f"{judged.score:.2f}: {explain(judged)}"[:500],
        }
    )
