"""Names that the gazetteer knows but nothing supports: surnames, brands and titles that are also villages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.places.model import Mention, Resolved
from pipeline.text.lexicon import words

SMALL: Final = 15_000
"""Inhabitants below which a place needs support: names of larger ones are rarely anything else."""
_PLACING: Final = words("in at near from to outside around off towards toward between into across through via")


def _placed(mention: Mention) -> bool:
    """Whether a preposition of place stands right before the name."""
    before = mention.first - 1
    if before < mention.text.sentences[mention.sentence].first:
        return False
    return mention.text.tokens[before].lower in _PLACING


def _spoken_of(resolved: Sequence[Resolved], people: Mapping[str, int]) -> Counter[str]:
    """How many names or nationalities speak for each country."""
    found = Counter(dict.fromkeys(people, 1))
    found.update(one.place.country for one in resolved if one.place.country)
    return found


def doubtful(resolved: Sequence[Resolved], people: Mapping[str, int]) -> frozenset[int]:
    """Indices of small places without container, preposition of place, or another name in their country."""
    found = _spoken_of(resolved, people)
    return frozenset(
        i
        for i, one in enumerate(resolved)
        if one.place.kind in ("city", "admin2")
        and one.place.population < SMALL
        and not one.contained
        and not one.candidate.in_dateline
        and one.candidate.level is None
        and found[one.place.country or ""] <= 1
        and not any(_placed(mention) for mention in one.candidate.mentions)
    )
