"""Why the names of an article were read as they were: for every entity its mentions, rules, and what lists say."""

from __future__ import annotations

from typing import Final, NamedTuple

from pipeline.findings import Document
from pipeline.names import known, lexicon, places
from pipeline.names.find import read_names
from pipeline.names.grouping import Group, Member, group_mentions
from pipeline.names.meanings import COUNTRIES, join_meaning, meaning
from pipeline.text import Token
from pipeline.text.tokens import tokenise

_LISTS: Final = (
    (lexicon.GIVEN, "given name"),
    (lexicon.SURNAME, "surname"),
    (lexicon.TITLE, "title"),
    (lexicon.ORG_HEAD, "word of bodies"),
    (lexicon.PLACE_HEAD, "word of places"),
    (lexicon.DEMONYM, "nationality"),
    (lexicon.ETHNIC, "people"),
    (lexicon.COMMON, "everyday word"),
)


class MentionEvidence(NamedTuple):
    """One mention and why it was found and joined."""

    text: str
    field: str
    start: int
    rule: str
    why: str
    """What the rule says, in words."""
    confidence: float
    joined: str
    """Why it belongs to the entity, in words."""


class NameEvidence(NamedTuple):
    """One entity and what spoke for it."""

    type: str
    name: str
    title: str | None
    country: str | None
    country_why: str | None
    """Why it has that country, in words. None when it has none."""
    mentions: tuple[MentionEvidence, ...]
    lists: tuple[str, ...]
    """What the lists and the gazetteer say of its words: the other readings that were open."""


def _word(token: Token) -> str | None:
    flags = lexicon.flags(token.lower)
    said = [name for flag, name in _LISTS if flags & flag]
    return f"{token.text}: {', '.join(said)}" if said else None


def what_lists_say(name: str) -> tuple[str, ...]:
    """What the table of bodies, the gazetteer and the word lists know about *name* as printed."""
    tokens = tokenise(name)
    body = known.match(tokens, 0, len(tokens)) if tokens else None
    strength = places.strength(name)
    found = [f"table of bodies: {body.organisation.name}"] if body and body.length == len(tokens) else []
    found += [f"gazetteer: {strength} place"] if strength else []
    return (*found, *(said for said in map(_word, tokens) if said))


def _mention(member: Member) -> MentionEvidence:
    return MentionEvidence(
        member.printed,
        member.span["field"],
        member.span["start"],
        member.rule,
        meaning(member.rule),
        member.confidence,
        join_meaning(member.reason),
    )


def _evidence(group: Group) -> NameEvidence:
    told = group.country_rule if group.country else None
    return NameEvidence(
        group.label,
        group.name,
        group.title,
        group.country,
        COUNTRIES.get(told, "it is the country's own name") if told else None,
        tuple(map(_mention, group.members)),
        what_lists_say(group.members[0].printed),
    )


def explain_names(document: Document) -> tuple[NameEvidence, ...]:
    """The evidence for every entity that `find_entities` gives, in the same order."""
    parts, _ = read_names(document)
    return tuple(map(_evidence, group_mentions(parts)))
