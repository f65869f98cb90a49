"""Small words of English grammar that several rules look at. Data only."""

from __future__ import annotations

from typing import Final

BE: Final = frozenset("be been being is are was were am 're get gets got getting".split())
HAVE: Final = frozenset({"has", "have", "had", "having"})
MODALS: Final = frozenset("will would could may might can should must shall cannot 'll 'd to".split())
REPORTING: Final = frozenset(
    "said says say saying told tells added adds according reported stated argued claimed believe believes "
    "noted insisted explained".split()
)
PREPOSITIONS: Final = frozenset(
    "in on at from against for with by under over about of to near between into through during like despite "
    "towards among".split()
)
