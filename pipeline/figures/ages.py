"""Numbers of a family: ages, and how many children somebody has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.figures.beside import counts_people, is_digits, token_after, token_before
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.numbers import Quantity
from pipeline.text import Token

MAX_AGES: Final = 12
"""Tokens of a list of ages."""


def is_age(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "aged 34", "Henry, 19,", "a girl, 9,", "aged 12 and 15"; not "killed, 19 wounded"."""
    if quantity.best is None or quantity.best > 120:
        return False
    after = token_after(tokens, quantity)
    if after is not None and f"-{after.lower}" in lexicon.context.age_endings:
        return True
    if _follows_age_word(tokens, quantity, lexicon) or _follows_people(tokens, quantity, lexicon):
        return True
    if _shares_unit(tokens, quantity, lexicon) or _follows_person(tokens, quantity, lexicon):
        return True
    before, name = token_before(tokens, quantity), token_before(tokens, quantity, 2)
    closed = after is None or after.text in {",", ".", ")"} or after.lower in lexicon.context.age_joiners
    enclosed = before is not None and before.text in {",", "("} and closed
    named = name is not None and (name.is_capitalised or name.lower in lexicon.nouns.person)
    return enclosed and named and is_digits(tokens[quantity.core])


def _shares_unit(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "28 y 35 años": the unit that follows the next number is that of both."""
    joiner, number, unit = (token_after(tokens, quantity, n) for n in (0, 1, 2))
    return (
        joiner is not None
        and joiner.lower in lexicon.context.joiners_of_days
        and is_digits(number)
        and unit is not None
        and unit.lower in lexicon.context.age_units
    )


def _follows_person(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "su hermano DE 12 resultó herido": a number without a noun, linked to one person; not "el líder de 12 guardias",
    and not "el asesino de 12"."""
    link, person, after = (
        token_before(tokens, quantity),
        token_before(tokens, quantity, 2),
        token_after(tokens, quantity),
    )
    if link is None or person is None or link.lower not in lexicon.context.age_links:
        return False
    known = person.lower in lexicon.nouns.person and person.lower not in lexicon.nouns.people
    stands_alone = after is None or not after.text[0].isalpha() or after.lower in lexicon.context.classes
    return known and stands_alone and is_digits(tokens[quantity.core])


def _follows_people(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "The suspects, 17 and 18, were": two ages or more between commas, after a noun for people."""
    first = last = quantity.core
    if not first or tokens[first - 1][3] not in lexicon.context.joiners_of_days:
        return False
    while first > max(0, quantity.core - MAX_AGES) and _in_ages(tokens[first - 1], lexicon):
        first -= 1
    while last < min(len(tokens), quantity.core + MAX_AGES) and _in_ages(tokens[last], lexicon):
        last += 1
    ages = [token for token in tokens[first:last] if token.text.isdigit()]
    return (
        len(ages) > 1
        and first > 0
        and tokens[first].text == ","
        and tokens[first - 1].lower in lexicon.nouns.people
        and tokens[last - 1].text == ","
    )


def _in_ages(token: Token, lexicon: Lexicon) -> bool:
    return token.lower in lexicon.context.joiners_of_days or (token.text.isdigit() and int(token.text[:4]) <= 120)


def _follows_age_word(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "aged 9, 11 and 14": only numbers and joiners back to the word."""
    at = quantity.core - 1
    while at >= max(0, quantity.core - MAX_AGES) and (
        tokens[at].text.isdigit() or tokens[at].lower in lexicon.context.joiners_of_days
    ):
        at -= 1
    return at >= 0 and tokens[at].lower in lexicon.context.age_words


def is_children(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "a mother of three was killed"; not "the mother of three children killed in the raid"."""
    parent = token_before(tokens, quantity, 2)
    if parent is None or parent.lower not in lexicon.nouns.parents:
        return False
    noun, verb = token_after(tokens, quantity), token_after(tokens, quantity, 1)
    if not counts_people(noun, lexicon) or verb is None:
        return True
    return verb.lower not in lexicon.triggers.words and lexicon.context.classes.get(verb.lower) != "W"
