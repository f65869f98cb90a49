"""Who did it: the agent of a figure, when its own sentence says so. Absent rather than wrong.

| How it is said | Basis |
|---|---|
| the subject right before the verb: "gunmen killed 12", "police in Osh held 40", "gunmen who killed 12" | stated |
| the subject of the clause: "gunmen stormed a church, killing 12", "police came and arrested 40" | stated |
| "by" after the verb or noun: "12 were killed by gunmen", "killed in an attack by gunmen" | stated |
| somebody is blamed or claims it: "12 died in an attack claimed by rebels" | inferred |

An agent is a noun for people, a body that acts as one (army, security forces), or a named person or organisation. A
noun that hangs on another one is none: in "a bomb near police in Osh killed 12" the police did nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from pipeline.figures.hints import BLAME
from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.structure import letters
from pipeline.text import Token
from schemas.enrichment import FigureKind

KINDS: Final[frozenset[FigureKind]] = frozenset({"killed", "injured", "casualties", "detained", "abducted"})
"""Kinds that somebody may have done; who frees, treats or shelters people is nobody's perpetrator."""
ACTIVE: Final = frozenset({"active", "active_names", "active_complement"})
"""Rules whose trigger is a verb with its subject before it."""
BLAMED: Final[frozenset[FigureKind]] = KINDS - {"detained"}
MAX_MODIFIERS: Final = 4
"""Words before the noun of an agent that belong to it ("Kenyan special police unit")."""

Spans = Sequence[tuple[int, int]]
"""Code points, half open, in reading order."""

_DIRECT: Final = re.compile(r"(?P<by>[QUPIx])B?\Z")
_PLACED: Final = re.compile(r"(?P<by>[QUPIx])(?:px{1,3}){1,2}B?\Z")
_RELATIVE: Final = re.compile(r"(?P<by>[QUPI])WB?\Z")
_CLAUSE: Final = re.compile(r"(?P<by>[QUPIx])(?:px{1,2})?(?P<verb>B?[vxKA])[vxKApotXPIQUNc,;D]{0,24}\Z")
_INTRODUCTION: Final = re.compile(r"(?:[pX][xpXI]{0,5},)?x{0,4}")
_CLAUSE_STARTS: Final = frozenset('swW.:"(-')
_BY: Final = re.compile(r"(?:[pX]x{0,2}){0,3}yo?(?P<by>x{0,4}[QUPIx])")
_AFTER: Final = frozenset('p,;:.)"-cwWBbsvytoKAV')
_BLAMABLE: Final = frozenset("QUPIx")


class Agent(NamedTuple):
    """Token indices of the sentence, half open, and how we know."""

    first: int
    last: int
    basis: Literal["stated", "inferred"]


class Scene(NamedTuple):
    """A sentence in which agents are looked for."""

    tokens: Sequence[Token]
    items: Sequence[Item]
    letters: str
    bodies: Spans
    """Named organisations of the text."""
    is_mixed: bool
    """Whether capitals mean something: not in upper-case wire text."""
    hints: int
    """The questions that its words give reason to ask (`pipeline.figures.hints`)."""
    lexicon: Lexicon


def scene_of(tokens: Sequence[Token], items: Sequence[Item], bodies: Spans, hints: int, lexicon: Lexicon) -> Scene:
    """A sentence with the letters of its items."""
    return Scene(tokens, items, letters(items), bodies, any(token[0].islower() for token in tokens), hints, lexicon)


def agent_of(scene: Scene, candidate: Candidate) -> Agent | None:
    """Who did it to those counted, or None when the sentence does not say."""
    if candidate.kind not in KINDS or candidate.rule.builds != "victims" or not scene.lexicon.agents.collectives:
        return None
    found = _subject(scene, candidate) if candidate.rule.name in ACTIVE else _by(scene, candidate)
    if found is None and scene.hints & BLAME and candidate.kind in BLAMED:
        return _blamed(scene)
    return found


def _subject(scene: Scene, candidate: Candidate) -> Agent | None:
    at = next((i for i, item in enumerate(scene.items) if item.first == candidate.first), None)
    if not at:
        return None
    text = scene.letters[:at]
    for pattern in (_DIRECT, _PLACED):
        match = pattern.search(text)
        if match:
            agent = _agent(scene, match.start("by"))
            if agent is not None and _begins_clause(scene, _start(scene, match.start("by"), agent)):
                return _joined(scene, agent)
    match = _RELATIVE.search(text)
    if match:
        pronoun = scene.items[match.start("by") + 1]
        who = scene.tokens[pronoun.first][3] in scene.lexicon.agents.relatives
        return _agent(scene, match.start("by")) if who else None
    return _clause_subject(scene, at)


def _clause_subject(scene: Scene, at: int) -> Agent | None:
    """ "Gunmen stormed the church, KILLING 12", "Gunmen stormed the church and KILLED 12"."""
    text, trigger = scene.letters, scene.tokens[scene.items[at].first][3]
    participial = text[at - 1] == "," and trigger.endswith(scene.lexicon.agents.present_suffix)
    if not participial and text[at - 1] != "c":
        return None
    start = max((i + 1 for i in range(at) if text[i] in _CLAUSE_STARTS), default=0)
    introduced = _INTRODUCTION.match(text, start, at)
    for first in range(start, (introduced.end() if introduced else start) + 1):
        match = _CLAUSE.match(text, first, at)
        if match and _is_finite(scene, match.end("verb") - 1):
            agent = _agent(scene, match.start("by"))
            if agent is not None and _begins_clause(scene, _start(scene, match.start("by"), agent)):
                return agent
    return None


def _is_finite(scene: Scene, i: int) -> bool:
    """Whether the item is a verb with a subject: listed, or with the look of the past tense."""
    item = scene.items[i]
    return item.letter in "vA" or scene.tokens[item.first][3].endswith(scene.lexicon.agents.past_suffix)


def _by(scene: Scene, candidate: Candidate) -> Agent | None:
    if "y" not in scene.letters:
        return None
    after = next((i for i, item in enumerate(scene.items) if item.first >= candidate.last), len(scene.items))
    evidence = scene.tokens[candidate.first : candidate.last]
    if any(token[3] in scene.lexicon.agents.discoveries for token in evidence):
        return None
    if after and scene.letters[after - 1] == "y":
        after -= 1
    match = _BY.match(scene.letters, after)
    if not match or not _is_place_or_attack(scene, after, scene.letters.index("y", after)):
        return None
    return _agent_from(scene, match.start("by"))


def _is_place_or_attack(scene: Scene, first: int, last: int) -> bool:
    """Whether what stands between the verb and "by" is a day, a place, or an attack by the agent."""
    words = [scene.tokens[item.first] for item in scene.items[first:last] if item.letter == "x"]
    attacks = scene.lexicon.agents.attacks
    return all(word[3] in attacks or (scene.is_mixed and word.is_capitalised) for word in words)


def _ends_phrase(scene: Scene, agent: Agent) -> bool:
    """Whether no noun follows: "by police" and not "by police gunfire"."""
    following = next((item for item in scene.items if item.first >= agent.last), None)
    if following is None or following.first > agent.last:
        return True
    word = scene.tokens[following.first][3]
    if word == scene.lexicon.context.possessive:
        return False  # "by the president's troops"
    riding = word.endswith(scene.lexicon.agents.present_suffix)
    return following.letter in _AFTER or (riding and following.letter == "x")


def _blamed(scene: Scene) -> Agent | None:
    blames, tokens = scene.lexicon.agents.blames, scene.tokens
    for i in [i for i, token in enumerate(tokens) if token[3] in blames.first_words]:
        blame = blames.at(tokens, i)
        if blame is None:
            continue
        if blame[0] == "before":
            start = next((j for j, item in enumerate(scene.items) if item.first >= i + blame[1]), len(scene.items))
            found = _agent_from(scene, start + scene.letters.startswith("o", start))
        else:
            at = next((j for j, item in enumerate(scene.items) if item.last > i), len(scene.items))
            at -= 1 if at and scene.letters[at - 1] == "B" else 0
            found = _agent(scene, at - 1) if at else None
            found = found if found is not None and _begins_clause(scene, found.first) else None
        if found is not None:
            return found._replace(basis="inferred")
    return None


def _agent_from(scene: Scene, start: int) -> Agent | None:
    """The agent that a noun phrase from item *start* on names."""
    for i in range(start, min(start + MAX_MODIFIERS + 1, len(scene.items))):
        if scene.letters[i] not in _BLAMABLE:
            return None
        agent = _body_from(scene, scene.items[i].first) or _agent(scene, i)
        if agent is not None and _ends_phrase(scene, agent):
            return _with_second(scene, agent)
    return None


def _with_second(scene: Scene, agent: Agent) -> Agent:
    """ "by soldiers AND POLICE", "by Afghan AND COALITION FORCES"."""
    i = next((i for i, item in enumerate(scene.items) if item.first >= agent.last), len(scene.items))
    second = _agent_from(scene, i + 1) if scene.letters[i : i + 1] == "c" else None
    return agent._replace(last=second.last) if second is not None else agent


def _body_from(scene: Scene, first: int) -> Agent | None:
    """The named organisation that begins with token *first*."""
    at = bisect_left(scene.bodies, (scene.tokens[first].start, 0))
    if at == len(scene.bodies) or scene.bodies[at][0] != scene.tokens[first].start:
        return None
    last = bisect_left(scene.tokens, scene.bodies[at][1], lo=first, key=lambda token: token.start)
    return Agent(first, last, "stated")


def _agent(scene: Scene, i: int) -> Agent | None:
    """The agent whose last word is item *i*; None when the item is nobody who acts."""
    item, tokens = scene.items[i], scene.tokens
    if item.letter == "x":
        body = _body_at(scene, item.last - 1)
        if body is not None:
            return Agent(body, item.last, "stated")
        if tokens[item.first][3] not in scene.lexicon.agents.collectives:
            return None
        first = item.first
    else:
        first = item.quantity.last if item.quantity is not None else item.first
    context = scene.lexicon.context
    while first < item.last - 1 and (
        tokens[first][3] in context.determiners or context.classes.get(tokens[first][3]) == "o"
    ):
        first += 1
    if first >= item.last or _governs(scene, first, item.last - 1):
        return None
    return Agent(first if item.quantity is not None else _with_modifiers(scene, first), item.last, "stated")


def _governs(scene: Scene, first: int, last: int) -> bool:
    """ "a lorry CARRYING soldiers": the noun is an object."""
    suffix, modifiers = scene.lexicon.agents.present_suffix, scene.lexicon.agents.modifiers
    return any(token[3].endswith(suffix) and token[3] not in modifiers for token in scene.tokens[first:last])


def _with_modifiers(scene: Scene, first: int) -> int:
    """Where the phrase begins: "KENYAN SECURITY forces"; not "On Monday forces"."""
    tokens, context = scene.tokens, scene.lexicon.context
    begin = max(0, first - MAX_MODIFIERS)
    while first > begin:
        before = tokens[first - 1]
        named = scene.is_mixed and before.is_capitalised and before.text.isalpha()
        if before[3] not in scene.lexicon.agents.modifiers and (not named or before[3] in context.classes):
            break
        if before[3] in context.determiners or before[3] in scene.lexicon.triggers.words:
            break
        first -= 1
    return first


def _body_at(scene: Scene, last: int) -> int | None:
    """First token of the named organisation that ends with token *last*."""
    end = scene.tokens[last].end
    at = bisect_right(scene.bodies, (scene.tokens[last].start, end)) - 1
    if at < 0 or scene.bodies[at][1] != end:
        return None
    first = bisect_left(scene.tokens, scene.bodies[at][0], key=lambda token: token.start)
    return first if first <= last and scene.tokens[first].start == scene.bodies[at][0] else None


def _begins_clause(scene: Scene, first: int) -> bool:
    """Whether the phrase that begins at token *first* is a subject, and does not hang on a word before it."""
    i = next((i for i in range(len(scene.items) - 1, -1, -1) if scene.items[i].last <= first), None)
    if i is None:
        return True
    item, lexicon = scene.items[i], scene.lexicon
    word = scene.tokens[item.first][3]
    if item.letter == "o":
        return i > 0 and scene.tokens[item.first - 1][3] in lexicon.agents.members
    if item.letter == "c":
        return i == 0 or scene.letters[i - 1] not in "PIQUN" or _coordinates_subjects(scene, i)
    if item.letter == "p":
        context = lexicon.context
        return word in context.weekdays or word in context.relative_days or word in context.months
    return item.letter in ',;:."(-sWw'


def _start(scene: Scene, i: int, agent: Agent) -> int:
    """First token of the agent with its number."""
    return scene.items[i].first if scene.items[i].quantity is not None else agent.first


def _joined(scene: Scene, agent: Agent) -> Agent:
    """ "Soldiers AND police": both did it."""
    i = next((i for i, item in enumerate(scene.items) if item.first == agent.first), 0)
    before = _agent(scene, i - 2) if i > 1 and scene.letters[i - 1] == "c" else None
    return agent._replace(first=before.first) if before is not None and scene.letters[i - 2] in "PIx" else agent


def _coordinates_subjects(scene: Scene, i: int) -> bool:
    """ "Soldiers and police killed 12": the first of two is a subject itself; not "a bomb near soldiers and police"."""
    before = _agent(scene, i - 1)
    return before is not None and _begins_clause(scene, before.first)
