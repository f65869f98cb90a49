"""Well-known organisations: canonical name, acronyms, country. Longest match over tokens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.mapped import packaged_file
from pipeline.names import lexicon
from pipeline.text import Token
from pipeline.text.tokens import tokenise


class Organisation(NamedTuple):
    """One row of the table."""

    name: str
    """Canonical name."""
    country: str | None
    """ISO 3166-1 alpha-2. None for international bodies."""
    kind: str


class Known(NamedTuple):
    """A known organisation found in a text."""

    organisation: Organisation
    length: int
    """Tokens it covers."""
    weak: bool
    """The words may mean something else ("Amnesty", "Wagner"): the context has to agree."""


_ORDINARY = lexicon.FUNCTION | lexicon.COMMON


class _Alias(NamedTuple):
    words: tuple[str, ...]
    exact: str | None
    """The alias in its own capitals when only those will do. None for names in any capitalisation."""
    weak: bool
    small_end: bool
    """The last word is written small ("IS group"), so it may be so in a text."""
    organisation: Organisation


def _words(printed: str) -> tuple[str, ...]:
    """The words of *printed* as a text's are, in lower case; those of plain letters need no tokeniser."""
    if printed.isascii() and printed.replace(" ", "").isalpha():
        return tuple(printed.lower().split())
    return tuple([token.lower for token in tokenise(printed)])


def _alias(printed: str, organisation: Organisation) -> _Alias:
    exact = printed.startswith("=")
    printed = printed.removeprefix("=")
    words, small_end = _words(printed), printed.split()[-1][0].islower()
    if len(words) > 1:
        return _Alias(words, None, False, small_end, organisation)
    acronym = exact or 2 * sum(map(str.isupper, printed)) >= len(printed)
    weak = not acronym and bool(lexicon.flags(words[0]) & (lexicon.GIVEN | lexicon.SURNAME | lexicon.COMMON))
    return _Alias(words, printed if acronym else None, weak, small_end, organisation)


@cache
def _by_words() -> dict[str, dict[str | None, tuple[_Alias, ...]]]:
    """Aliases by their first word and then by their second one, longest first; those of one word are with every second.

    None stands for any other second word.
    """
    index: dict[str, list[_Alias]] = {}
    for line in packaged_file("pipeline.names", "organisations.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, aliases, country, kind = line.split("\t")
        organisation = Organisation(name, None if country == "-" else country, kind)
        for printed in (name, *filter(None, aliases.split("|"))):
            alias = _alias(printed, organisation)
            index.setdefault(alias.words[0], []).append(alias)
    return {word: _by_second(sorted(found, key=lambda alias: -len(alias.words))) for word, found in index.items()}


def _by_second(aliases: list[_Alias]) -> dict[str | None, tuple[_Alias, ...]]:
    seconds = dict.fromkeys([None, *(alias.words[1] for alias in aliases if len(alias.words) > 1)])
    return {
        second: tuple(alias for alias in aliases if len(alias.words) == 1 or alias.words[1] == second)
        for second in seconds
    }


@cache
def first_words() -> frozenset[str]:
    """The words, in lower case, that names in the table begin with."""
    return frozenset(_by_words())


def match(tokens: Sequence[Token], i: int, limit: int, *, any_case: bool = False) -> Known | None:
    """The longest known organisation that begins at token *i* and ends before *limit*.

    With *any_case* (text in capitals) the capitals of an acronym prove nothing and are not asked for.
    """
    by_second = _by_words().get(tokens[i][3])
    if by_second is None:
        return None
    second = tokens[i + 1][3] if i + 1 < limit else None
    for words, exact, weak, small_end, organisation in by_second.get(second) or by_second[None]:
        n = len(words)
        if i + n > limit or any(tokens[i + k].lower != words[k] for k in range(2, n)):
            continue
        if exact is not None and any_case and (len(exact) < 3 or lexicon.flags(words[0]) & _ORDINARY):
            continue  # "WHO IS" in text in capitals
        if exact is not None and tokens[i].text != exact and not any_case:
            continue
        if n > 1 and not any_case and not (tokens[i + n - 1].text[0].isupper() or small_end):
            continue
        return Known(organisation, n, weak)
    return None
