"""The tokens beside a number, for the checks of what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.figures.lexicon import Lexicon
from pipeline.figures.numbers import Quantity
from pipeline.text import Token

_DIGITS: Final = re.compile(r"[0-9]+")


def token_before(tokens: Sequence[Token], quantity: Quantity, n: int = 1) -> Token | None:
    """The *n*th token before the number proper; None when the sentence has none."""
    at = quantity.core - n
    return tokens[at] if at >= 0 else None


def token_after(tokens: Sequence[Token], quantity: Quantity, n: int = 0) -> Token | None:
    """The token after the quantity, *n* further on; None when the sentence has none."""
    at = quantity.last + n
    return tokens[at] if at < len(tokens) else None


def is_digits(token: Token | None) -> bool:
    """Whether a token is a number in plain digits."""
    return token is not None and _DIGITS.fullmatch(token.text) is not None


def counts_people(token: Token | None, lexicon: Lexicon) -> bool:
    """Whether a token is a listed noun for people."""
    return token is not None and token.lower in lexicon.nouns.people
