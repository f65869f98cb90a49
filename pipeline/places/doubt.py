"""Names that the gazetteer knows but nothing supports: surnames, brands and titles that are also villages, and goods
that are called like countries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.gazetteer import Place
from pipeline.names import lexicon
from pipeline.places.cues import EVENTS
from pipeline.places.model import Mention, Resolved
from pipeline.text.lexicon import words

SMALL: Final = 15_000
"""Inhabitants below which a place needs support: names of larger ones are rarely anything else."""
ABROAD: Final = 60_000
"""Inhabitants below which the only name of its country is doubted in an article that is about another one."""
_ABOUT: Final = 3
"""Names and nationalities that speak for a country before an article is taken to be about it."""
TINY: Final = 500
"""Inhabitants below which a preposition alone is no support: "in" stands before games, films and books too. GeoNames
gives none where it does not know the number. A hamlet is believed where something happens in it."""
_INSIDE: Final = words("in near outside around at")
_SCENE: Final = 20
"""Tokens on either side in which something must happen."""
_KITCHEN: Final = words(
    "baste basted basting braised carving casserole chutney crockery cutlery gravy grilled leftovers marinade menu "
    "oven poached recipe recipes roast roasted roasting saucer saucers simmer stuffing tablespoon tablespoons "
    "tableware teacup teacups teaspoon teaspoons"
)
"""Words of kitchen and table: beside them turkey and china are goods."""
_WARES: Final = words(
    "almonds bowls breast breasts cups dishes drumsticks figurines nuts peaches peanuts pecans pies plates platter "
    "sandwich sandwiches teapot teapots vase vases"
)
"""Goods that are called after a country right before them: "Jordan almonds"."""
_WARE_REACH: Final = 12
"""Tokens on either side of a name that are searched for them."""
_PLACING: Final = words("in at near from to outside around off towards toward between into across through via")


def _placed(mention: Mention) -> bool:
    """Whether a preposition of place stands right before the name."""
    before = mention.first - 1
    if before < mention.sentence.first:
        return False
    return mention.text.lowers[before] in _PLACING


def _spoken_of(resolved: Sequence[Resolved], people: Mapping[str, int]) -> dict[str, int]:
    """How many names or nationalities speak for each country."""
    found = dict.fromkeys(people, 1)
    for one in resolved:
        if country := one.place.country:
            found[country] = found.get(country, 0) + 1
    return found


def _is_ware(mention: Mention) -> bool:
    """Whether the name stands among words of kitchen and table and no preposition of place is before it."""
    part, lowers = mention.sentence, mention.text.lowers
    following = lowers[mention.last] if mention.last < part.last else ""
    if following in ("'s", "’s") or _placed(mention):
        return False
    near = lowers[max(part.first, mention.first - _WARE_REACH) : min(part.last, mention.last + _WARE_REACH)]
    return following in _WARES or not _KITCHEN.isdisjoint(near)


def _is_unsupported(one: Resolved, supporters: int) -> bool:
    """Whether it is a small place without container, preposition of place, or another name in its country."""
    small = one.place.kind in ("city", "admin2") and one.place.population < SMALL
    if not small or one.contained or one.candidate.in_dateline or one.candidate.level is not None or supporters > 1:
        return False
    if one.place.kind == "city" and one.place.population < TINY:
        return not (len(one.candidate.senses) == 1 and any(map(_is_scene, one.candidate.mentions)))
    return not any(_placed(mention) for mention in one.candidate.mentions)


def _is_namesake_abroad(one: Resolved, supporters: int, most: int) -> bool:
    """Whether it is a small town that alone speaks for its country, where others speak for another: "Delft police" in
    an article about Cape Town."""
    small = one.place.kind in ("city", "admin2") and one.place.population < ABROAD
    if not small or one.contained or one.candidate.in_dateline or supporters > 1:
        return False
    return most >= _ABOUT and one.candidate.level is None


def _is_scene(mention: Mention) -> bool:
    """Whether the sentence says that something happened in it: "shells fell in Hroza, killing nine"."""
    part, before = mention.sentence, mention.first - 1
    if before < part.first or mention.text.lowers[before] not in _INSIDE or _is_word(mention):
        return False
    near = slice(max(part.first, mention.first - _SCENE), min(part.last, mention.last + _SCENE))
    return not EVENTS.isdisjoint(mention.text.lowers[near])


def _is_word(mention: Mention) -> bool:
    """Whether the name is an everyday word or a personal name too: "in Hope", "in Tyler"."""
    known = lexicon.COMMON | lexicon.GIVEN | lexicon.SURNAME
    return any(lexicon.flags(lower) & known for lower in mention.text.lowers[mention.first : mention.last])


def _is_goods(one: Resolved, supporters: int) -> bool:
    """ "Turkey should rest before carving": a country's name that is only ever a ware here."""
    return one.place.kind == "country" and supporters <= 1 and all(map(_is_ware, one.candidate.mentions))


def doubtful(resolved: Sequence[Resolved], people: Mapping[str, int]) -> frozenset[int]:
    """Indices of the small places that nothing supports, and of countries that are goods here."""
    found = _spoken_of(resolved, people)
    most = max(found.values(), default=0)
    return frozenset(
        [i for i, one in enumerate(resolved) if _may_be_doubted(one.place) and _is_doubtful(one, found, most)]
    )


def _may_be_doubted(place: Place) -> bool:
    """Whether it is a country or small: most names are neither, and need no closer look."""
    kind = place.kind
    return kind == "country" or (place.population < ABROAD and (kind == "city" or kind == "admin2"))


def _is_doubtful(one: Resolved, spoken_of: Mapping[str, int], most: int) -> bool:
    count = spoken_of.get(one.place.country or "", 0)
    return _is_unsupported(one, count) or _is_namesake_abroad(one, count, most) or _is_goods(one, count)
