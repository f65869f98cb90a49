"""Which entity each mention of an article belongs to, and the rule that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline import gazetteer
from pipeline.names import bodies, places
from pipeline.names.context import Sites, country_of_body, country_of_person, sites
from pipeline.names.passes import Part, words_of
from pipeline.names.people import People, compared
from pipeline.names.reading import Label, Mention
from pipeline.names.short_forms import ShortForms

Key = tuple[str, ...]

SAME: Final = "names.same_words"
_MAIN_SHARE: Final = 2 / 3
_MAIN_VOTES: Final = 3
"""An office without a country is the main country's when that has this share of at least this many mentions."""


class Belonging(NamedTuple):
    """A mention with the entity it belongs to."""

    key: Key
    name: str
    reason: str
    country: str | None = None
    country_rule: str | None = None


class Item(NamedTuple):
    """A mention with its words as they are compared, and as printed on one line."""

    mention: Mention
    words: Key
    printed: str


def items_of(part: Part) -> tuple[Item, ...]:
    """The mentions of *part*; of two of one label that overlap the longer one, so that no text counts twice."""
    found, ends, reading = list[Item](), dict[Label, int](), part.reading
    for mention in sorted(part.mentions, key=lambda mention: (mention.first, -mention.last)):
        if mention.first >= ends.get(mention.label, 0):
            ends[mention.label] = mention.last
            words = words_of(reading, mention.first, mention.last)
            printed = reading.phrase(mention.first, mention.last)
            if mention.last - mention.first > 1:
                printed = " ".join(printed.split())
            found.append(Item(mention, compared(words) if mention.label == "person" else words, printed))
    return tuple(found)


def main_country(votes: Counter[str]) -> str | None:
    """The country that the article names most; None on a tie or when it names none."""
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def dominant(votes: Counter[str]) -> str | None:
    """The country that the article is about beyond doubt; None when another one is named often too."""
    code, total = main_country(votes), sum(votes.values())
    return code if code and votes[code] >= max(_MAIN_VOTES, _MAIN_SHARE * total) else None


class Reader:
    """What the whole article says, and the entity of each of its mentions. Mentions are read in order."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.items = [items_of(part) for part in parts]
        self.sites = [sites(part) for part in parts]
        self.votes = Counter(code for around in self.sites for code in around.starts.values())
        every = [item for items in self.items for item in items]
        bodies_named = [item for item in every if item.mention.label == "organisation"]
        self._main = main_country(self.votes)
        self._un = any(_is_un(item.mention) for item in bodies_named)
        self._people = People([item.words for item in every if item.mention.label == "person"])
        unknown = (item.words for item in bodies_named if item.mention.organisation is None)
        self._bodies = ShortForms(list(dict.fromkeys(unknown)))

    def read(self, number: int, item: Item) -> Belonging:
        """The entity of the next mention, *item* of part *number*."""
        part, around, mention = self.parts[number], self.sites[number], item.mention
        if mention.label == "person":
            return self._person(part, around, item)
        if mention.label == "organisation":
            return self._body(part, around, item)
        if mention.label == "nationality":
            name, code = _nationality(mention, item.printed)
            return Belonging(("nationality", code or name.lower()), name, "names.demonym", code)
        return Belonging(("location", *item.words), item.printed, SAME, places.country_of(item.printed))

    def _person(self, part: Part, around: Sites, item: Item) -> Belonging:
        link = self._people.link(item.words)
        told = country_of_person(part, around, item.mention) if around.starts else None
        return Belonging(("person", *link.full), item.printed, link.reason or SAME, *(told or (None, None)))

    def _body(self, part: Part, around: Sites, item: Item) -> Belonging:
        mention, words, printed = item
        if mention.organisation is not None:
            body = mention.organisation
            return Belonging(("organisation", body.name.lower()), body.name, "names.known_alias", body.country)
        short = self._bodies.full(words, printed)
        if short is not None:
            return Belonging(("organisation", *short.full), printed, short.reason)
        told = None if mention.country else country_of_body(part, around, mention)
        mention = mention._replace(country=mention.country or (told.country if told else None))
        known = bodies.resolve(mention, words, printed, bodies.Context(self._main, self._un, part.reading.text))
        key = ("organisation", *words) if known.name == printed else ("organisation", known.name.lower())
        rule = told.rule if told else "names.country_in_name" if mention.country else "names.main_country"
        return Belonging(
            key, known.name, SAME if known.name == printed else "names.body_of_country", known.country, rule
        )


def _is_un(mention: Mention) -> bool:
    return mention.organisation is not None and mention.organisation.name.startswith("United Nations")


def _nationality(mention: Mention, printed: str) -> tuple[str, str | None]:
    known = gazetteer.country(mention.country) if mention.country else None
    return (known.demonyms[0] if known and known.demonyms else printed), mention.country
