"""Which body a name means: the one in the table, or a country's own ("Security Council of Kazakhstan")."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from pipeline import gazetteer
from pipeline.names.reading import Mention
from pipeline.text import Text
from pipeline.text.lexicon import words

STATE_BODIES: Final = re.compile(
    r"(?:(?:national )?security council|parliament|(?:national|state|constituent) assembly|senate|cabinet|"
    r"supreme court|"
    r"constitutional court|central bank|central election(?:s)? commission|electoral commission|national guard|"
    r"(?:\w+ ){0,3}ministry(?: of [\w ,]+)?|ministry of [\w ,]+|prosecutor general's office|supreme leader's office)"
)
"""Bodies that every state has: without a country in their name, the article's context tells whose it is."""

_UN_SECURITY_COUNCIL: Final = "United Nations Security Council"
_HEADS: Final = words("head heads headed chairman chair chairs chaired chairing secretary deputy leads convened")
_UN_WORDS: Final = words(
    "resolution resolutions veto vetoed vetoes permanent 15-member 15-nation envoys ambassadors u.n."
)
_NEAR: Final = 6
_FOREIGN: Final = re.compile(r"(?:foreign ministry|ministry of foreign affairs)( of (?:the )?[\w ]+)?", re.IGNORECASE)


class Body(Struct, frozen=True):
    """Canonical name and country of an organisation."""

    name: str
    country: str | None


class Context(Struct, frozen=True):
    """What the article says about whose body is meant."""

    main: str | None
    """The country the article is about. None when that is open."""
    un_named: bool
    """The article names the United Nations, whose Security Council is then meant when no country stands beside it."""
    text: Text


def resolve(mention: Mention, words: tuple[str, ...], printed: str, context: Context) -> Body:
    """The body that *mention*, which no table knows, means; *printed* itself where nothing tells more."""
    text = " ".join(words)
    main = context.main
    if text == "security council" and mention.country is None and not (main and _is_headed(mention, context.text)):
        if context.un_named:
            return Body(_UN_SECURITY_COUNCIL, None)
        if main is None or _is_international(mention, context.text):
            return Body(_UN_SECURITY_COUNCIL if main else printed, None)
    if not STATE_BODIES.fullmatch(text) and mention.country is None:
        return Body(printed, None)
    code = mention.country or main
    country = gazetteer.country(code) if code else None
    if country is None:
        return Body(printed, None)
    if _FOREIGN.fullmatch(text):
        return Body(f"Ministry of Foreign Affairs of {country.name}", country.code)
    if STATE_BODIES.fullmatch(text) and not _says_country(mention, words):
        return Body(f"{printed} of {country.name}", country.code)
    return Body(printed, country.code)


def _says_country(mention: Mention, words: tuple[str, ...]) -> bool:
    """Whether the name itself has the country or its people in it."""
    return any(gazetteer.demonym(word.capitalize()) == mention.country is not None for word in words) or any(
        place.kind == "country" for word in words for place in gazetteer.lookup(word)
    )


def _is_headed(mention: Mention, text: Text) -> bool:
    """Whether somebody is said to head it: the United Nations' council has members and a monthly presidency."""
    return any(lower in _HEADS for lower in text.lowers[max(0, mention.first - _NEAR) : mention.first])


def _is_international(mention: Mention, text: Text) -> bool:
    """Whether words around it belong to the United Nations' council only."""
    return any(lower in _UN_WORDS for lower in text.lowers[max(0, mention.first - _NEAR) : mention.last + _NEAR])
