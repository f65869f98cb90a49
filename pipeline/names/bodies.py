"""Which body a name means: the one in the table, or a country's own ("Security Council of Kazakhstan")."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pipeline import gazetteer
from pipeline.names.reading import Mention

STATE_BODIES: Final = re.compile(
    r"(?:(?:national )?security council|parliament|(?:national|state|constituent) assembly|senate|cabinet|"
    r"supreme court|"
    r"constitutional court|central bank|central election(?:s)? commission|electoral commission|national guard|"
    r"(?:\w+ ){0,3}ministry(?: of [\w ,]+)?|ministry of [\w ,]+|prosecutor general's office|supreme leader's office)"
)
"""Bodies that every state has: without a country in their name, the article's context tells whose it is."""

_UN_SECURITY_COUNCIL: Final = "United Nations Security Council"
_FOREIGN: Final = re.compile(r"(?:foreign ministry|ministry of foreign affairs)( of (?:the )?[\w ]+)?", re.IGNORECASE)


class Body(NamedTuple):
    """Canonical name and country of an organisation."""

    name: str
    country: str | None


def resolve(mention: Mention, words: tuple[str, ...], printed: str, main: str | None, un_named: bool) -> Body:
    """The body that *mention* means.

    *main* is the country the article is about; *un_named* says that the article names the United Nations, whose
    Security Council is then the one meant when no country stands beside it.
    """
    if mention.organisation is not None:
        return Body(mention.organisation.name, mention.organisation.country)
    text = " ".join(words)
    if text == "security council" and mention.country is None and (un_named or main is None):
        return Body(_UN_SECURITY_COUNCIL, None) if un_named else Body(printed, None)
    if not STATE_BODIES.fullmatch(text) and mention.country is None:
        return Body(printed, None)
    code = mention.country or main
    country = gazetteer.country(code) if code else None
    if country is None:
        return Body(printed, None)
    if _FOREIGN.fullmatch(text):
        return Body(f"Ministry of Foreign Affairs of {country.name}", country.code)
    if mention.country is None and STATE_BODIES.fullmatch(text):
        return Body(f"{printed} of {country.name}", country.code)
    return Body(printed, country.code)
