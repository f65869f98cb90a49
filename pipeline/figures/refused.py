"""The log of what was considered and refused: numbers that are no figures, and words of killing that kill nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.figures.counts import lone_number
from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.nouns import noun_phrase
from pipeline.figures.numbers import Quantity, read_digits
from pipeline.figures.parts import STOP
from pipeline.figures.refusals import refusal
from pipeline.figures.vocabulary import Vocabulary
from pipeline.records import Values, makers
from pipeline.text import Text, Token
from schemas.enrichment import Rejected

refusals_of: Final = makers(Rejected)
"""Records of the log from their values, all at once: three times as fast as one by one."""

UNRELATED = "nothing is said to have happened to them"


def rejected(text: Text, tokens: Sequence[Token], first: int, last: int, reason: str) -> Values:
    """The values of one entry of the log."""
    start, end = tokens[first][1], tokens[last - 1][2]
    span = {"start": start, "end": end, "field": text.field}
    return {"text": text.raw[start:end], "span": span, "considered_as": "figure", "reason": reason}


def stray_numbers(text: Text, tokens: Sequence[Token], marks: Sequence[int], vocabulary: Vocabulary) -> list[Values]:
    """Numbers, among the tokens at *marks*, of a sentence in which nothing happens to anybody."""
    found: list[Values] = []
    units, end = vocabulary.lexicon.numbers.units, 0
    for i in marks:
        token = tokens[i]
        if i < end or not ("0" <= token[0][0] <= "9" or token[3] in units):
            continue
        quantity = lone_number(tokens, i, vocabulary) or read_digits(tokens, i, vocabulary.lexicon)
        if quantity is None:
            reason, end = _odd(token, vocabulary.lexicon), i + 1
        else:
            reason, end = _reason(tokens, quantity, vocabulary) or UNRELATED, quantity.last
        found.append(rejected(text, tokens, i, end, reason))
    return found


def _reason(tokens: Sequence[Token], quantity: Quantity, vocabulary: Vocabulary) -> str | None:
    """Why the number counts no people, from its neighbours and its noun."""
    reason, last = refusal(tokens, quantity, vocabulary.lexicon, vocabulary.neighbours), quantity.last
    if reason is not None or last == len(tokens) or vocabulary.parts[tokens[last][3]] == STOP:
        return reason
    return noun_phrase(tokens, last, vocabulary).reason


def _odd(token: Token, lexicon: Lexicon) -> str:
    """Reason for a token that begins with a digit but is no whole number."""
    if any(token.lower.endswith(ending) for ending in lexicon.context.age_endings):
        return "age"
    return "not a whole number"


def unused_numbers(
    text: Text, tokens: Sequence[Token], items: Sequence[Item], used: set[int], lexicon: Lexicon
) -> Iterator[Values]:
    """Numbers of a sentence that no rule took."""
    for i in [i for i, item in enumerate(items) if item[3] is not None or item[0] == "X"]:
        item = items[i]
        if item.first in used:
            continue
        if item.quantity is None:
            reason = (item.reason if item.noun else None) or _odd(tokens[item.first], lexicon)
            yield rejected(text, tokens, item.first, item.last, reason)
        elif item.quantity.best != 1 or "0" <= tokens[item.quantity.core].text[0] <= "9":
            yield rejected(text, tokens, item.quantity.core, item.quantity.last, item.reason or _role(items, i))


def _role(items: Sequence[Item], i: int) -> str:
    """Whether the counted people are those who did it."""
    following = next((item.letter for item in items[i + 1 : i + 4] if item.letter not in "x,"), "")
    if (i and items[i - 1].letter == "y") or following in {"K", "A", "v"}:
        return "agent"
    return UNRELATED


def empty_threats(text: Text, tokens: Sequence[Token], marks: Sequence[int], lexicon: Lexicon) -> Iterator[Values]:
    """Orders ("shoot-to-kill orders"), metaphors ("crush a nation") and activities ("combat operations")."""
    for i in marks:
        lower = tokens[i].lower
        if lower.endswith(lexicon.context.order_markers):
            last = i + 2 if i + 1 < len(tokens) and tokens[i + 1].lower in lexicon.context.order_nouns else i + 1
            yield rejected(text, tokens, i, last, "order, no victims stated")
        elif lower in lexicon.context.metaphor_verbs:
            last = _collective(tokens, i + 1, lexicon)
            if last:
                yield rejected(text, tokens, i, last, "metaphor")
        elif lower in lexicon.context.activity_nouns:
            first = i
            while first and tokens[first - 1].lower in lexicon.context.activity_modifiers:
                first -= 1
            if first < i:
                yield rejected(text, tokens, first, i + 1, "activity, no victims stated")


def _collective(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> int:
    """End of an object that only a metaphor kills; 0 when there is none. "people" needs an article: "a people"."""
    if i + 1 >= len(tokens) or tokens[i + 1].lower not in lexicon.context.collective_objects:
        return 0
    determiner = tokens[i].lower
    if tokens[i + 1].lower in lexicon.nouns.people:
        return i + 2 if determiner in lexicon.numbers.articles else 0
    return i + 2 if determiner in lexicon.context.determiners else 0
