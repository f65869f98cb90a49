"""The item that a quantity makes with what follows it: counted people, a happening, a part, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.figures.items import Item, word
from pipeline.figures.lexicon import Lexicon, NumberWords
from pipeline.figures.nouns import PEOPLE, NounPhrase, noun_phrase
from pipeline.figures.numbers import Quantity, of_one_word
from pipeline.figures.refusals import YEAR_REASON, refusal
from pipeline.figures.vocabulary import Vocabulary
from pipeline.text import Token


def lone_number(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> Quantity | None:
    """A number of one word that the next word leaves alone: most numbers, so read without the detour."""
    value = vocabulary.lone_values[tokens[i][0]]
    if value is None:
        return None
    following = tokens[i + 1][3] if i + 1 < len(tokens) else ""
    if following in vocabulary.number_goes_on or "0" <= following < ":" or _is_split(tokens, i + 1):
        return None
    return of_one_word(i, value)


def _is_split(tokens: Sequence[Token], i: int) -> bool:
    """Whether a comma before more digits stands at *i*: "7, 939"."""
    return i + 1 < len(tokens) and tokens[i][3] == "," and "0" <= tokens[i + 1][3] < ":"


def counted(tokens: Sequence[Token], quantity: Quantity, vocabulary: Vocabulary) -> Item:
    """The item that a quantity and what follows it make."""
    first, last = quantity.first, quantity.last
    reason = refusal(tokens, quantity, vocabulary.lexicon, vocabulary.neighbours)
    if reason == YEAR_REASON and first < quantity.core and tokens[first].lower in vocabulary.lexicon.context.classes:
        return word(vocabulary.lexicon.context.classes[tokens[first].lower], first)  # "jailed OVER 2020 protests"
    if reason:
        return Item("X", first, last, quantity, reason=reason)
    part = _partitive(tokens, quantity, vocabulary)
    if part is not None:
        return part
    quantity, last, anaphor = _increment(tokens, quantity, vocabulary.lexicon.numbers)
    return _named(quantity, last, noun_phrase(tokens, last, vocabulary), anaphor)


def _partitive(tokens: Sequence[Token], quantity: Quantity, vocabulary: Vocabulary) -> Item | None:
    """ "four of them", "some of them", "two of the"."""
    last, lexicon = quantity.last, vocabulary.lexicon
    if last < len(tokens) and _is_of_the(tokens, last, lexicon):
        return _of_the(tokens, quantity, last + 1, vocabulary)
    if last < len(tokens) and tokens[last].lower in lexicon.numbers.part_pronouns:
        if lexicon.context.classes.get(tokens[last - 1].lower) == "o":  # the vague "some of" ends with it
            return Item("r", quantity.first, last + 1, quantity)
        return None
    if last + 1 >= len(tokens) or lexicon.context.classes.get(tokens[last].lower) != "o":
        return None
    object_ = tokens[last + 1].lower
    if object_ in lexicon.numbers.part_pronouns:
        return Item("r", quantity.first, last + 2, quantity)
    if object_ in lexicon.context.determiners - lexicon.numbers.articles:
        return _of_the(tokens, quantity, last + 2, vocabulary)
    return None


def _is_of_the(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """ "trois DES sept otages", "трое ИЗ семи"; not "трое из НИХ", "une trentaine des nôtres"."""
    following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    return (
        tokens[i].lower in lexicon.context.of_the
        and following not in lexicon.numbers.part_pronouns
        and tokens[i - 1].lower not in lexicon.numbers.multipliers
    )


def _of_the(tokens: Sequence[Token], quantity: Quantity, last: int, vocabulary: Vocabulary) -> Item:
    """ "one of the kidnapped teachers" counts people; of what follows "two of the" otherwise, the rules decide."""
    phrase = noun_phrase(tokens, last, vocabulary)
    if phrase.category in PEOPLE:
        return Item("Q", quantity.first, phrase.last, quantity, phrase.noun)
    return Item("R", quantity.first, last, quantity)


def _increment(tokens: Sequence[Token], quantity: Quantity, words: NumberWords) -> tuple[Quantity, int, bool]:
    """Absorb "more" or "others" after the number."""
    last, anaphor = quantity.last, False
    while last < len(tokens) and (tokens[last].lower in words.anaphors or tokens[last].lower in words.increments):
        quantity = quantity._replace(incremental=quantity.incremental or tokens[last].lower in words.increments)
        last, anaphor = last + 1, True
    return quantity, last, anaphor


def _named(quantity: Quantity, last: int, phrase: NounPhrase, anaphor: bool) -> Item:
    first = quantity.first
    if phrase.category == "event":
        return Item("F", first, phrase.last, quantity, phrase.noun, phrase.kind)
    if phrase.category in {"people", "person"}:
        return Item("Q", first, phrase.last, quantity, phrase.noun, phrase.kind)
    if phrase.category == "thing":
        return Item("X", first, phrase.last, quantity, phrase.noun, reason=phrase.reason)
    if phrase.category == "unknown" and not anaphor:
        return Item("U", first, phrase.last, quantity, phrase.noun)
    return Item("N", first, last, quantity)
