"""Who says so: the speaker of a figure, from the verb of saying or "according to" in its sentence."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from msgspec import Struct

from pipeline.figures.lexicon import Lexicon
from pipeline.figures.words import is_adverb
from pipeline.text import Token

NOT_SAID_REACH: Final = 6
MAX_SPEAKER: Final = 12
"""Words of a speaker; a longer stretch is a clause."""
_CLOSERS: Final = frozenset(',;:.!?()"“”«»-–—')


class Speech(Struct, frozen=True):
    """A speaker and the verb, as token indices of the sentence, half open."""

    first: int
    last: int
    verb: int
    backward: bool
    """Whether what is said stands before the verb ("12 died, police said")."""


def _starts_clause(token: Token, lexicon: Lexicon, verb: Token) -> bool:
    """Whether a clause starts; beside a *verb* in small letters, capitals are a name ("the WHO chief said")."""
    if token.text in _CLOSERS:
        return True
    shouted = len(token.text) > 1 and token.text.isupper() and not verb.text.isupper()
    return not shouted and lexicon.context.classes.get(token.lower) in {"w", "W"}


def _clause_start(tokens: Sequence[Token], end: int, verb: Token, lexicon: Lexicon) -> int:
    """The first of the words before *end* that may name who says it."""
    first = end
    while first > 0 and end - first < MAX_SPEAKER and not _starts_clause(tokens[first - 1], lexicon, verb):
        first -= 1
    return first


def _bare(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> tuple[int, int]:
    """Cut conjunctions, adverbs and auxiliaries off both ends."""
    loose = {"c", "B", "m", "j", "w", "W"}
    while first < last and (
        lexicon.context.classes.get(tokens[first].lower) in loose or not tokens[first].text[0].isalnum()
    ):
        first += 1
    while first < last and _is_loose(tokens[last - 1], loose | {"p"}, lexicon):
        last -= 1
    return first, last


def _is_loose(token: Token, loose: Set[str], lexicon: Lexicon) -> bool:
    """Whether a word or mark at the end belongs to no name: "police LATER said", "the mayor INITIALLY said"; not
    "Ana MAY said"."""
    context, lower = lexicon.context, token.lower
    if not token.text[0].isalnum() or is_adverb(lower, context):
        return True
    is_name = token.text.istitle() and lower in context.months
    return context.classes.get(lower) in loose and not is_name


def _according(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> Speech | None:
    found = lexicon.context.according.at(tokens, i)
    if found is None:
        return None
    first = last = i + found[1]
    while last < min(len(tokens), first + MAX_SPEAKER) and not _ends_name(tokens, last, lexicon, tokens[i]):
        last += 1
    first, last = _bare(tokens, first, last, lexicon)
    return Speech(first, last, i, i > 0) if last > first else None


def _ends_name(tokens: Sequence[Token], i: int, lexicon: Lexicon, verb: Token) -> bool:
    return _starts_clause(tokens[i], lexicon, verb) or tokens[i].text[0].isdigit()


def _subject(tokens: Sequence[Token], verb: int, lexicon: Lexicon) -> Speech | None:
    """The words before the verb back to the clause boundary; else those after it ("said the mayor")."""
    first = _clause_start(tokens, verb, tokens[verb], lexicon)
    earlier = (i for i in range(first + 1, verb) if tokens[i][3] in lexicon.context.denials)
    start, last = _bare(tokens, first, next(earlier, verb), lexicon)  # "the army DISMISSED the claim and said"
    if last > start and not any(
        token.text[0].isdigit() or token.lower in lexicon.triggers.words for token in tokens[start:last]
    ):
        return Speech(start, last, verb, _is_tail(tokens, first, verb, lexicon))
    return (_inverted(tokens, verb, lexicon) or _before_aside(tokens, verb, lexicon)) if last <= start else None


def _before_aside(tokens: Sequence[Token], verb: int, lexicon: Lexicon) -> Speech | None:
    """ "THE MINISTER, Ana Holt, said", "ANA HOLT, 44, said": the speaker before what stands between two commas."""
    if verb == 0 or tokens[verb - 1].text != ",":
        return None
    opening = next((i for i in range(verb - 2, max(0, verb - MAX_SPEAKER), -1) if tokens[i].text == ","), None)
    if opening is None:
        return None
    start, last = _bare(tokens, _clause_start(tokens, opening, tokens[verb], lexicon), opening, lexicon)
    told = (*tokens[start:last], *tokens[opening:verb])
    if last <= start or tokens[start].text[0].isdigit() or any(token.lower in lexicon.triggers.words for token in told):
        return None
    return Speech(start, last, verb, False)


def _is_tail(tokens: Sequence[Token], first: int, verb: int, lexicon: Lexicon) -> bool:
    """Whether the saying follows what is said: a comma before the speaker and nothing but a stop or clause after."""
    after = tokens[verb + 1].text if verb + 1 < len(tokens) else "."
    return (
        first > 0
        and tokens[first - 1].text in _CLOSERS
        and (after in _CLOSERS or not after[0].isalnum() or _looks_final(tokens, verb, lexicon))
    )


def _looks_final(tokens: Sequence[Token], verb: int, lexicon: Lexicon) -> bool:
    """Whether little follows the verb, and neither a number nor what happened: "officials confirmed only 19" and
    "witnesses claim dozens were shot" say something themselves."""
    return len(tokens) - verb <= 5 and not any(
        token.text[0].isdigit() or token.lower in lexicon.triggers.words for token in tokens[verb + 1 :]
    )


def _inverted(tokens: Sequence[Token], verb: int, lexicon: Lexicon) -> Speech | None:
    begin = verb
    while begin and tokens[begin - 1].lower in lexicon.context.perfects:  # "a annoncé le maire"
        begin -= 1
    if begin == 0 or tokens[begin - 1].text not in _CLOSERS:
        return None
    last = verb + 1
    if "genitive" in lexicon.grammar and last < len(tokens) and lexicon.context.classes.get(tokens[last].lower) == "p":
        last += 1  # "сообщили В министерстве"
    speaker = last
    while last < min(len(tokens), verb + 1 + MAX_SPEAKER) and not _ends_name(tokens, last, lexicon, tokens[verb]):
        last += 1
    first, last = _bare(tokens, speaker, last, lexicon)
    tells = any(token.lower in lexicon.triggers.words for token in tokens[first:last])  # "said nine cooks died"
    return Speech(first, last, verb, True) if last > first and not tells else None


def _says_nothing(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Whether a word of saying is passive ("were reported killed"), a noun ("its report") or "claimed 12 lives"."""
    context = lexicon.context
    before = tokens[i - 1].lower if i else ""
    if tokens[i][3] in context.report_nouns and (
        before in context.revisions or (i + 1 < len(tokens) and tokens[i + 1][3] in context.said)
    ):
        return True  # "INITIAL reports said"
    if before in context.be_forms or before in context.determiners or before in context.said:
        return True
    if i + 1 < len(tokens) and context.classes.get(tokens[i + 1].lower) == "o":
        return True  # "earlier reports of 23"
    near = [token[3] for token in tokens[i + 1 : i + 1 + NOT_SAID_REACH]]
    if tokens[i][3] in context.denials and not context.parts_in.isdisjoint(near):
        return True  # "denied any role in a raid that left 30 dead"
    return not context.not_said.isdisjoint(near)


def speeches(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Speech, ...]:
    """Every act of saying in a sentence."""
    found: list[Speech] = []
    openers, said = lexicon.context.according.first_words, lexicon.context.said
    for i, (_, _, _, lower) in enumerate(tokens):
        speech = _according(tokens, i, lexicon) if lower in openers else None
        if speech is None and lower in said and not _says_nothing(tokens, i, lexicon):
            speech = _subject(tokens, i, lexicon)
        if speech is not None:
            found.append(speech)
    return tuple(found)


def speaker_of(found: Sequence[Speech], first: int, last: int) -> Speech | None:
    """The act of saying that covers tokens *first* to *last*: the nearest before, else one that closes the sentence."""
    before = [s for s in found if s.verb < first and (not s.backward or s.verb < s.first <= s.last <= first)]
    if before:
        return max(before, key=lambda s: s.verb)
    after = [s for s in found if s.backward and s.verb >= last]
    return min(after, key=lambda s: s.verb) if after else None
