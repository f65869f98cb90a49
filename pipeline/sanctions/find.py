"""Find sanctions in an article.

    sentence -> candidates (nouns, verbs) -> exclusions -> stage -> issuer and target -> mention
             -> no candidate holds: hint? -> mention (implicit)

A sentence without one of a few dozen words is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct, field

from pipeline.findings import Document, Findings
from pipeline.sanctions.clause import Clause, clauses, last_clause
from pipeline.sanctions.exclusions import refusal
from pipeline.sanctions.history import as_history
from pipeline.sanctions.implicit import Hint, find_hint, may_hint
from pipeline.sanctions.measure_lexicon import TRIGGERS
from pipeline.sanctions.measures import coordinate, find_nouns
from pipeline.sanctions.model import Candidate, Refusal
from pipeline.sanctions.parties import Party, PartyReader
from pipeline.sanctions.roles import Roles, read_roles
from pipeline.sanctions.stage import read_stage
from pipeline.sanctions.summary import HISTORY, summarise
from pipeline.sanctions.verbs import find_verbs
from pipeline.text import Sentence, Text
from schemas.enrichment import Rejected, SanctionMention, TextField

_STEMS: Final = ("sanction", "embargo")
_HINT_CONFIDENCE: Final = 0.5
_ADJACENT_CONFIDENCE: Final = 0.4
_HISTORY_FACTOR: Final = 0.7
MAX_MENTIONS: Final = 200
MAX_REJECTED: Final = 500
"""More than any article has. There reading stops, so that a hostile text costs no more than a long one."""


def find_sanctions(document: Document, found: Findings) -> Findings:
    """Mentions of sanctions in title and body, with the article's stage, issuers and targets; and what was refused.

    List matches are another extractor's.
    """
    mentions: list[SanctionMention] = []
    rejected: list[Rejected] = []
    for item in _items(document, found):
        if isinstance(item, Rejected):
            rejected.append(item)
        else:
            mentions.append(item)
        if len(mentions) == MAX_MENTIONS or len(rejected) == MAX_REJECTED:
            break
    return Findings(sanctions=summarise(mentions), rejected=tuple(rejected))


def _items(document: Document, found: Findings) -> Iterator[SanctionMention | Rejected]:
    year = document.published_at.year if document.published_at is not None else None
    seen = False
    for text in document.texts:
        walk = _TextReader(text, _reader(found, text.field), found, year, seen)
        yield from walk.read()
        seen = walk.seen


def _reader(found: Findings, text_field: TextField) -> PartyReader:
    resolved = {
        span.start: place.country
        for place in found.locations
        if place.country
        for span in place.mentions
        if span.field == text_field
    }
    people = frozenset(
        span.start
        for entity in found.entities
        if entity.type == "person"
        for span in entity.mentions
        if span.field == text_field
    )
    return PartyReader(resolved, people)


class _TextReader(Struct):
    """Walks one text. Remembers what the sentence before said: pronouns and hints reach back one sentence."""

    text: Text
    reader: PartyReader
    found: Findings
    published: int | None
    """Year of publication. None means unknown."""
    seen: bool
    """A mention was found earlier in the article, so that "sanctions" alone means those."""
    last_targets: tuple[str, ...] = field(default=())

    def read(self) -> Iterator[SanctionMention | Rejected]:
        words = self.text.lowers
        stems = _has_stem(self.text.raw)
        if not stems and TRIGGERS.isdisjoint(words) and not may_hint(words):
            return
        for i, sentence in enumerate(self.text.sentences):
            own = words[sentence.first : sentence.last]
            explicit = not TRIGGERS.isdisjoint(own) or (stems and _has_stem(self.text.slice(sentence)))
            hinting = may_hint(own)
            if not explicit and not hinting:
                self.last_targets = ()
                continue
            before = self.text.sentences[i - 1] if i else None
            for clause in clauses(self.text, sentence, self.reader):
                yield from self._clause(clause, before, explicit, hinting)

    def _clause(
        self, clause: Clause, before: Sentence | None, explicit: bool, hinting: bool
    ) -> Iterator[SanctionMention | Rejected]:
        named = False
        if explicit:
            for item in self._explicit(clause, before):
                named = named or isinstance(item, SanctionMention)
                yield item
        self.seen = self.seen or named
        hint = find_hint(clause, self._previous(before), self.last_targets) if hinting and not named else None
        self.last_targets = hint.targets if isinstance(hint, Hint) else ()
        if isinstance(hint, Hint):
            yield _implicit_mention(clause, hint)
        elif isinstance(hint, Refusal):
            yield _rejected(clause, hint.first, hint.last, hint.reason)

    def _explicit(self, clause: Clause, before: Sentence | None) -> Iterator[SanctionMention | Rejected]:
        nouns = find_nouns(clause)
        taken = frozenset(i for noun in nouns for i in range(noun.first, noun.last))
        kept: list[Candidate] = []
        for item in (*nouns, *find_verbs(clause, taken)):
            reason = (
                item.reason if isinstance(item, Refusal) else refusal(clause, item, self._anchored(before), self.seen)
            )
            if isinstance(item, Candidate) and reason is None:
                kept.append(item)
            elif reason is not None:
                yield _rejected(clause, item.first, item.last, reason)
        groups = coordinate(clause, [item for item in kept if item.verb is None])
        for item in sorted(kept, key=lambda candidate: candidate.first):
            yield self._mention(clause, item, groups.get(item, (item.first, item.last)), before)

    def _mention(
        self, clause: Clause, candidate: Candidate, group: tuple[int, int], before: Sentence | None
    ) -> SanctionMention:
        reading = as_history(clause, read_stage(clause, candidate, group), group, self.published)
        roles = read_roles(clause, candidate, group, reading, self._parties(before))
        return SanctionMention(
            span=clause.span(candidate.first, candidate.last),
            sentence=clause.evidence,
            rule=f"sanctions.{candidate.rule}.{reading.rule}{HISTORY if reading.dated else ''}",
            confidence=round(candidate.confidence * (_HISTORY_FACTOR if reading.dated else 1), 2),
            measure=candidate.measure,
            stage=reading.stage,
            mode="explicit",
            issuers=roles.issuers,
            targets=roles.targets,
            target_names=self._names(clause, roles),
        )

    def _names(self, clause: Clause, roles: Roles) -> tuple[str, ...]:
        """Persons and organisations among the words of the target."""
        if roles.target_words is None or not self.found.entities:
            return ()
        first, last = roles.target_words
        if first >= last:
            return ()
        span = clause.span(first, last)
        named = (
            (mention.start, entity.name)
            for entity in self.found.entities
            if entity.type in ("person", "organisation")
            for mention in entity.mentions
            if mention.field == self.text.field and span.start <= mention.start and mention.end <= span.end
        )
        return tuple(dict.fromkeys(name for _, name in sorted(named)))

    def _previous(self, before: Sentence | None) -> Clause | None:
        return last_clause(self.text, before, self.reader) if before is not None else None

    def _parties(self, before: Sentence | None) -> tuple[Party, ...]:
        previous = self._previous(before)
        return previous.parties if previous is not None else ()

    def _anchored(self, before: Sentence | None) -> bool:
        return self.seen or any(party.kind != "place" for party in self._parties(before))


def _has_stem(raw: str) -> bool:
    """Whether "sanctions-busting", "US-sanctioned", "embargoed" or the like may be in it."""
    lower = raw.lower()
    return any(stem in lower for stem in _STEMS)


def _implicit_mention(clause: Clause, hint: Hint) -> SanctionMention:
    return SanctionMention(
        span=clause.span(hint.first, hint.last),
        sentence=clause.evidence,
        rule="sanctions.hint.adjacent" if hint.adjacent else "sanctions.hint.sentence",
        confidence=_ADJACENT_CONFIDENCE if hint.adjacent else _HINT_CONFIDENCE,
        measure="measures",
        stage=hint.stage,
        mode="implicit",
        issuers=hint.issuers,
        targets=hint.targets,
    )


def _rejected(clause: Clause, first: int, last: int, reason: str) -> Rejected:
    return Rejected(
        text=clause.excerpt(first, last), span=clause.span(first, last), considered_as="sanctions", reason=reason
    )
