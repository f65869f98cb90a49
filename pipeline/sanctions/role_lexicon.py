"""Words that tell who acts and who is acted against. Data only."""

from __future__ import annotations

import re
from typing import Final

#: Words that may stand between an issuer and its measure ("EU trade and travel sanctions").
MODIFIERS: Final = frozenset(
    "new fresh tough tougher trade oil arms weapons gas more further additional broad broader existing current "
    "asset travel visa entry export import harsh harsher sweeping so-called related flagship first second third "
    "fourth fifth sixth old package of stiff heavy severe strict limited joint coordinated energy 's ' led".split()
)
MODIFIER_ENDINGS: Final = re.compile(r".*(?:al|ic|ive|ary|ous|wide|style|led|est|ing|standing)$")
NOT_MODIFIERS: Final = frozenset(
    "facing considering discussing imposing lifting weighing mulling seeking using during bringing including".split()
)
COORDINATORS: Final = frozenset({",", "and", "&", "/", "the", "or", "as", "well", "plus", "both", "'s", "-"})

ON: Final = frozenset({"on", "against", "targeting", "target", "targets", "towards", "toward", "upon", "hitting", "at"})
"""Words that lead from a measure to its target wherever they stand near it."""
FOR: Final = frozenset({"for", "to", "from", "of"})
"""Words that do so only right after the measure."""
RELATIVE: Final = frozenset({"that", "who", "which", "whose"})
PHRASE_ENDS: Final = frozenset(
    "over after because by as until unless if when while in following since despite amid although before under "
    "with but would will were was have has had are is could can . ; : — ( )".split()
)
"""Words that end the noun phrase of a target."""
NO_TARGET_BEYOND: Final = frozenset(
    "after because until unless if when while following since despite amid but . ; :".split()
)
"""Words beyond which no preposition belongs to the measure any more."""

NP_INNER: Final = frozenset(
    "the a an its their his her two three four five six seven eight nine ten eleven dozen dozens several some "
    "many former senior top other more new all any both state".split()
)
BARRIERS: Final = frozenset(
    {";", ":", "—", "but", "because", "after", "while", "when", "since", "although", "if", "unless"}
)
PRONOUNS: Final = frozenset({"it", "they", "he", "she", "we"})
GENERIC_ACTORS: Final = frozenset("bloc ministers officials president council administration union envoys".split())
SPEAKERS: Final = frozenset(
    "lawmakers officials ministers parliament legislators mps senators diplomats authorities".split()
)
POSSESSIVES: Final = frozenset({"its", "their", "his", "her", "country", "regime", "junta"})
AMERICAN_LAWMAKERS: Final = frozenset({"senators", "congressmen", "bipartisan"})
WARNERS: Final = frozenset(
    "warn warns warned warning threaten threatens threatened threatening tell tells told".split()
)
REFUSERS: Final = frozenset(
    "reject rejects rejected rejecting veto vetoes vetoed vetoing oppose opposes opposed opposing block blocks "
    "blocked blocking resist resists resisted against".split()
)
JOINING: Final = frozenset("join joins joined joining align aligns aligned aligning".split())
GROUPS_OF_STATES: Final = frozenset({"bloc", "union"})
