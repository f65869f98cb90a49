"""English words for those who do it to people, besides nouns for people and named bodies."""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import AgentWords
from pipeline.figures.phrases import Phrases, by_phrase

_COLLECTIVES: Final = frozenset(
    """
    army armies military navy police policemen gendarmerie forces force troops soldiers militia militias regime junta
    government authorities guard guards gang gangs cartel cartels mob mobs insurgency guerrilla guerrillas squad squads
    battalion brigade taliban commandos paratroopers coalition customs intelligence mafia group groups faction factions
    patrol patrols agents
    """.split()
)
_MODIFIERS: Final = frozenset(
    """
    security armed special state riot federal local national provincial paramilitary government military rebel army
    border presidential counter-terrorism anti-terrorism plain-clothes plainclothes masked suspected unidentified
    unknown islamist jihadist separatist criminal drug vigilante coalition allied occupation intelligence secret
    joint elite air naval regional municipal heavily pro-government anti-government pro-russian opposition right-wing
    left-wing ethnic tribal communist maoist royalist loyalist republican death fellow off-duty religious morality
    """.split()
)

_BLAMES: Final = {
    "before": "claimed by | later claimed by | blamed on | widely blamed on | attributed to | the work of",
    "after": """claimed responsibility | claims responsibility | claiming responsibility | took responsibility
        | takes responsibility | taken responsibility | admitted responsibility""",
}

AGENTS: Final = AgentWords(
    collectives=_COLLECTIVES,
    modifiers=_MODIFIERS,
    members=frozenset(
        "group groups gang gangs band bands mob crowd team teams unit units squad members column".split()
    ),
    relatives=frozenset({"who"}),
    past_suffix="ed",
    present_suffix="ing",
    attacks=frozenset(
        """attack attacks raid raids ambush ambushes shooting shootings assault assaults strike strikes airstrike
        airstrikes bombing bombings massacre shelling rampage crackdown bombardment swoop drive-by sweep operation
        operations""".split()
    ),
    discoveries=frozenset({"found", "discovered"}),
    blames=Phrases(by_phrase(_BLAMES)),
)
