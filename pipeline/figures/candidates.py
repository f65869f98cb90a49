"""Apply the rules to the items of one sentence. The result says which count is of which kind, and by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.patterns import ASIDE, RULES, Rule
from pipeline.figures.structure import letters, settle
from pipeline.text import Token
from schemas.enrichment import FigureKind, Scope

_OWN_VERB: Final = re.compile(r"[xpoX]{0,4}[Bb][KDVH]|[KDV0]")
_UNION: Final = frozenset({"killed", "injured"})
_HARM: Final = frozenset({"killed", "injured", "casualties"})
_SEARCHES: Final = tuple((rule, frozenset(rule.needs), rule.expression.finditer) for rule in RULES)
_NOBODY_BEFORE: Final = re.compile(r"[Zd]o?[QUNPIxc]{0,6}\Z")
SHARES: Final = frozenset({"ratio", "percentage"})
_LISTED: Final = re.compile(r":((?:[QUI](?:,|,?c)){1,6}[QUI])(?![xp]*[BKVD])")


class Candidate(NamedTuple):
    """A count with its kind, before its meaning in context is known."""

    item: Item
    kind: FigureKind
    rule: Rule
    first: int
    """Tokens of the sentence that are the evidence, half open."""
    last: int
    trigger: int
    """Token index of the trigger."""
    trigger_noun: str | None
    whole: Item | None = None
    """The count of which this one is a part."""
    scope: Scope | None = None
    """Scope that the rule itself implies."""
    superseded: bool = False
    partial: bool = False
    """Whether it is a part of a figure of an earlier sentence ("among the dead were three nurses")."""


class Sentence(NamedTuple):
    """A sentence made ready for the rules."""

    tokens: Sequence[Token]
    items: Sequence[Item]
    candidates: tuple[Candidate, ...]


def read(tokens: Sequence[Token], items: Sequence[Item], lexicon: Lexicon) -> Sentence:
    """Find every candidate of a sentence, in reading order."""
    settled = settle(items)
    text = letters(settled)
    taken: dict[int, list[Candidate]] = {}
    present = frozenset(text)
    for rule, needs, search in _SEARCHES:
        if present.isdisjoint(needs):
            continue
        for match in search(text):
            for candidate in _build(rule, match, settled, tokens, lexicon, taken):
                _add(taken, candidate)
    for candidate in _parts(settled, taken):
        _add(taken, candidate)
    _split_of_whole(settled, taken)
    ordered = sorted((c for found in taken.values() for c in found), key=lambda c: (c.item.first, c.first))
    return Sentence(tokens, settled, tuple(ordered))


def _split_of_whole(items: Sequence[Item], taken: dict[int, list[Candidate]]) -> None:
    """ "Of the 112 detained, 37 remain in custody": later figures of the kind are parts of the first."""
    if len(items) < 2 or items[0].letter != "o" or items[1].first not in taken:
        return
    whole = taken[items[1].first][0]
    for first, found in taken.items():
        if first != whole.item.first:
            taken[first] = [c._replace(whole=whole.item) if c.kind == whole.kind else c for c in found]


def _add(taken: dict[int, list[Candidate]], candidate: Candidate) -> None:
    """Keep the first candidate of a count, and a later one only when it says something else of the same people."""
    earlier = taken.setdefault(candidate.item.first, [])
    kinds = {c.kind for c in earlier}
    if not earlier or (candidate.kind not in kinds and "casualties" not in kinds and _independent(earlier, candidate)):
        earlier.append(candidate)


def _independent(earlier: Sequence[Candidate], candidate: Candidate) -> bool:
    """Whether two things are said of one count: "five kidnapped engineers were released", "the death of two guides who
    had been abducted", "killed or injured nobody"."""
    return all(
        "own" in (c.rule.builds, candidate.rule.builds)
        or c.rule is candidate.rule
        or c.trigger == candidate.trigger
        or (c.trigger < c.item.first) != (candidate.trigger < c.item.first)
        for c in earlier
    )


def _build(
    rule: Rule,
    match: re.Match[str],
    items: Sequence[Item],
    tokens: Sequence[Token],
    lexicon: Lexicon,
    taken: dict[int, list[Candidate]],
) -> Iterator[Candidate]:
    who = range(*match.span("who"))
    first, last = items[match.start()].first, items[match.end() - 1].last
    if match.end() == match.start():
        return
    match rule.builds:
        case "own":
            yield from _own(rule, items, who[0], tokens, lexicon)
        case "zero":
            yield from _zero(rule, match, items, first, last)
        case "toll":
            yield from _toll(rule, match, items, tokens, lexicon, taken)
        case _:
            yield from _victims(rule, match, items, tokens, lexicon)


def _what(match: re.Match[str], items: Sequence[Item]) -> list[Item]:
    return [items[i] for i in range(*match.span("what")) if items[i].letter not in ",c"]


def _kinds(what: Sequence[Item]) -> tuple[FigureKind, ...]:
    """Kinds of coordinated triggers; "killed or wounded" is one count of undecided kind."""
    kinds = tuple(dict.fromkeys(item.kind for item in what if item.kind is not None))
    if len(kinds) > 1 and _UNION.issuperset(kinds):
        return ("casualties",)
    return kinds


def _victims(
    rule: Rule, match: re.Match[str], items: Sequence[Item], tokens: Sequence[Token], lexicon: Lexicon
) -> Iterator[Candidate]:
    what = _what(match, items)
    kinds = _kinds(what) if what[0].letter not in "Lf" else (("displaced",) if what[0].letter == "f" else ("killed",))
    start, end = match.span("who")
    if start and items[start - 1].letter == "y" and rule.name not in {"active", "nominal"}:
        return
    if what[0].letter == "L" and not _suits(rule, what[0], lexicon):
        return
    text = letters(items)
    active = match.start("what") < start
    if (
        active
        and what[0].letter in "KA"
        and text[start] in "PIx"
        and _is_no_verb(items, match.start("what"), tokens, lexicon)
    ):
        return
    if not active and _NOBODY_BEFORE.search(text[:start]):
        return
    aside = {i for inserted in ASIDE.finditer(text, start, end) for i in range(*inserted.span())}
    for i in [i for i in range(start, end) if i not in aside]:
        item = items[i]
        if item.letter not in "QUNIPR" or (item.letter == "I" and rule.name.endswith("names")):
            continue
        if item.letter == "U" and (
            what[-1].noun in lexicon.triggers.weak
            or (rule.name == "active" and _HARM.issuperset(kinds) and not may_be_people(tokens[item.last - 1], lexicon))
        ):
            continue
        if rule.name == "headline_held" and item.quantity is not None and item.quantity.qualifier == "vague":
            continue  # "hundreds held" would outrank the body's number
        if item.letter == "P" and is_definite(tokens, item, lexicon):
            continue
        if active and i > start and _OWN_VERB.match(text, i + 1):
            return
        if not active and i < end - 1 and item.letter in "PI" and start and text[start - 1] not in ',;w"-(cp':
            continue
        if active and item.letter == "P" and what[0].letter == "A":
            continue
        if item.letter == "P" and _is_share(items, i):
            continue
        for kind in kinds:
            first = min(item.first, items[match.start()].first if active else item.first)
            last = max(items[match.end() - 1].last if not active else item.last, item.last)
            partial = rule.name == "inverted" and _is_among(items, match.start(), tokens, lexicon)
            yield Candidate(item, kind, rule, first, last, what[-1].first, what[-1].noun, partial=partial)


def _is_share(items: Sequence[Item], i: int) -> bool:
    """ "4 in 9 welders", "30 per cent of farmers": no number of people is said."""
    at = next((j for j in range(i - 1, max(-1, i - 4), -1) if items[j].reason in SHARES), None)
    return at is not None and letters(items[at + 1 : i]) in {"", "o", "xo"}


def may_be_people(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun in no list may be people, by its ending or a capital ("12 Zorbans"): trades are executed too."""
    return not noun.text.islower() or noun.lower.endswith(lexicon.nouns.unlisted_suffixes)


def _is_among(items: Sequence[Item], i: int, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    return i > 0 and tokens[items[i - 1].first].lower in lexicon.context.among


def _suits(rule: Rule, phrase: Item, lexicon: Lexicon) -> bool:
    """ "bodies of" needs no verb, "lives of" does."""
    bodies = phrase.noun is not None and not lexicon.triggers.body_words.isdisjoint(phrase.noun.split())
    return bodies == (rule.name == "bodies_of")


def is_definite(tokens: Sequence[Token], item: Item, lexicon: Lexicon) -> bool:
    """ "the priests": people already mentioned, so no count of their own."""
    first = tokens[item.first].lower
    return first in lexicon.context.determiners or (
        item.first > 0 and tokens[item.first - 1].lower in lexicon.context.determiners
    )


def _is_no_verb(items: Sequence[Item], i: int, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the trigger at *i* is passive ("were killed, police said") or an adjective ("the murdered priests")."""
    first = items[i].first
    if (first == 0 and items[i].letter == "K") or tokens[first - 1].lower in lexicon.context.determiners:
        return True
    if not i or items[i - 1].letter not in "Bb":
        return False
    return any(token.lower in lexicon.context.be_forms for token in tokens[items[i - 1].first : items[i - 1].last])


def _own(rule: Rule, items: Sequence[Item], i: int, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Candidate]:
    item = items[i]
    guard = lexicon.triggers.guarded_events.get(item.noun or "")
    if guard and guard.isdisjoint(token.lower for token in tokens):
        return
    if item.kind is not None:
        yield Candidate(item, item.kind, rule, item.first, item.last, item.last - 1, item.noun)


def _zero(rule: Rule, match: re.Match[str], items: Sequence[Item], first: int, last: int) -> Iterator[Candidate]:
    item = items[match.start("who")]
    kinds: tuple[FigureKind, ...]
    if "what" in match.re.groupindex:
        what = _what(match, items)
        kinds = tuple(dict.fromkeys(w.kind for w in what if w.kind is not None)) or ("injured",)
        trigger, noun = what[-1].first, what[-1].noun
    else:
        kinds = (item.kind or "killed",)  # a phrase has no kind: "no loss of life"
        trigger, noun = item.last - 1, item.noun
        kinds, last = _coordinated(kinds, match.end(), items, last)
    for kind in kinds:
        yield Candidate(item, kind, rule, first, last, trigger, noun)


def _coordinated(
    kinds: tuple[FigureKind, ...], i: int, items: Sequence[Item], last: int
) -> tuple[tuple[FigureKind, ...], int]:
    """ "no deaths or injuries" denies both."""
    if i + 1 >= len(items) or items[i].letter != "c" or items[i + 1].letter not in "Tze":
        return kinds, last
    second = items[i + 1].kind
    return ((*kinds, second), items[i + 1].last) if second is not None else (kinds, last)


def _toll(
    rule: Rule,
    match: re.Match[str],
    items: Sequence[Item],
    tokens: Sequence[Token],
    lexicon: Lexicon,
    taken: dict[int, list[Candidate]],
) -> Iterator[Candidate]:
    what, item = items[match.start("what")], items[match.start("who")]
    core = item.quantity.first if item.quantity else item.first
    if tokens[core - 1].lower not in lexicon.triggers.toll_links:
        return
    kind = what.kind if rule.name == "toll" else _latest_kind(taken, what.first)
    own = items[match.end()] if match.end() < len(items) else None
    if kind is None or (own is not None and own.letter in "DK" and own.kind != kind):
        return
    yield Candidate(item, kind, rule, what.first, item.last, what.first, what.noun, scope="cumulative")
    old = _superseded(items, match.end(), tokens, lexicon)
    if old is not None:
        yield Candidate(
            old, kind, rule, what.first, old.last, what.first, what.noun, scope="background", superseded=True
        )


def _latest_kind(taken: dict[int, list[Candidate]], before: int) -> FigureKind | None:
    """Kind of the figure before a bare "total"."""
    earlier = [c for found in taken.values() for c in found if c.item.first < before]
    return max(earlier, key=lambda c: c.item.first).kind if earlier else None


def _superseded(items: Sequence[Item], i: int, tokens: Sequence[Token], lexicon: Lexicon) -> Item | None:
    """The number that "from 38" or "from an earlier 38" names after a new toll."""
    following = next((item for item in items[i : i + 4] if item.letter in "QUN"), None)
    if following is None or any(item.letter not in "pxQUN" for item in items[i : i + 3]):
        return None
    core = following.quantity.core if following.quantity else following.first
    before = {token.lower for token in tokens[max(0, core - 2) : core]}
    return following if before & (lexicon.context.revisions) else None


def _parts(items: Sequence[Item], taken: dict[int, list[Candidate]]) -> Iterator[Candidate]:
    """Counts that are parts take the kind of the nearest figure before them, else of the first one after."""
    mains = [c for found in taken.values() for c in found if c.rule.builds != "zero" and c.item.quantity is not None]
    parts = [item for item in items if item.letter == "q"] + _after_colon(items, mains)
    for part in parts:
        whole = _whole(part, mains)
        if whole is not None and part.quantity is not None:
            yield Candidate(
                part, whole.kind, PART, part.first, part.last, whole.trigger, whole.trigger_noun, whole=whole.item
            )


def _whole(part: Item, mains: Sequence[Candidate]) -> Candidate | None:
    before = [c for c in mains if c.item.first < part.first]
    after = [c for c in mains if c.item.first > part.first]
    if before:
        return max(before, key=lambda c: c.item.first)
    return min(after, key=lambda c: c.item.first) if after else None


def _after_colon(items: Sequence[Item], mains: Sequence[Candidate]) -> list[Item]:
    """ "14 dead: nine fighters and five policemen"."""
    text = letters(items)
    found: list[Item] = []
    if ":" not in text:
        return found
    for main in mains:
        end = next((i for i, item in enumerate(items) if item.first >= main.last), len(items))
        match = _LISTED.match(text, end)
        if match:
            found += [item for item in items[match.start(1) : match.end(1)] if item.letter in "QU"]
    return found


PART: Final = Rule(
    "part",
    r"q",
    "a count inside another: including ten children",
    "The blast killed 19 people, including ten children.",
    "The blast shook 19 houses, including ten schools.",
    needs="q",
    builds="parts",
    confidence=0.8,
)
