"""English words that tell whether an event took place, will, or is only asked for. Data; `stance.py` reads them."""

from __future__ import annotations

from typing import Final

DEMANDING: Final = """call for | calls for | called for | calling for | call on | calls on | called on | calling on
    | calls upon | called upon | urge | urges | urged | urging | demand | demands | demanded | demanding
    | want | wants | wanted | wanting | ask | asks | asked | asking | beg | begs | begged | appeal for | appeals for
    | appealed for | appealing for | appeal to | appealed to | press for | pressed for | pressing for | push for
    | pushed for | pushing for | pushes for | lobbied for | lobbying for | propose | proposes | proposed | proposing
    | recommend | recommends | recommended | advocate | advocates | advocated | favour | favours | favoured | favor
    | favors | favored | plead for | pleaded for | pleading for | petitioned | petition for | seek | seeks | sought
    | seeking | pressure on | pressured | pressed"""
SOUGHT: Final = frozenset("for in over by about".split())
""" "wanted for the bombing", "asked about the coup", after which nothing is demanded."""
MODALS: Final = frozenset({"should", "must", "ought"})
WISHED: Final = frozenset("should must could may might would can".split())
VERB_GROUP: Final = frozenset("to not be also now immediately have never".split())
DOING: Final = frozenset(
    """declare impose hold call order launch stage introduce convene organise organize join deploy send agree begin
    start open resume attend issue announce adopt approve enforce extend allow permit schedule set mount carry
    reimpose lead enter accept consider""".split()
)
"""Infinitives whose object is an event that they bring about."""
TAKEN_FOR_GRANTED: Final = frozenset(
    """end halt stop stopping ending cease response reaction answer justice victims investigation inquiry probe release
    compensation condemn lifting lift withdrawal""".split()
)
PREPOSITIONS: Final = frozenset(
    """at on in into after before during amid over about following with by from against against since despite for to
    and or but of , - who which when that""".split()
)
CLAUSE_ENDS: Final = frozenset(
    """; : . ! ? “ ” " ( ) — – after before because while when who which whose where during amid following since
    despite but although as""".split()
)
REFUSING: Final = """refuse to | refuses to | refused to | refusing to | decline to | declines to | declined to
    | declining to | fail to | fails to | failed to | ruled out | rules out | ruling out | reject calls | rejects calls
    | rejected calls | rejecting calls | rejected a call | rejected demands | rejects demands | rejected pleas
    | rejected the idea | dismissed calls | dismisses calls | resisted calls | resists calls | no plans to
    | no intention of"""
WARNED: Final = """warned of | warns of | warning of | warn of | fear a | fear an | fears a | fears an | fearing a
    | fearing an | threat of | risk of | danger of | plot to | plotting | plotted"""
THWARTED: Final = frozenset("thwarted thwarts thwarting foiled foils averted averts prevented prevent avert".split())
CANCELLED: Final = """cancelled | canceled | cancels | cancel | cancelling | called off | calls off | call off
    | scrapped | abandoned"""
BE_OR_HAVE: Final = frozenset("was were is are has have had been be".split())
NOT: Final = frozenset({"not", "never"})
HAPPENED: Final = frozenset(
    "imposed declared held introduced issued given ordered taken carried staged called announced happened".split()
)
UNTIL: Final = frozenset({"for", "until", "to", "till"})
DAYS: Final = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday tomorrow tonight next later mid-week midweek spring
    summer autumn""".split()
)
AHEAD: Final = frozenset(
    "will 'll shall due set plans planned planning plan intends intended scheduled preparing".split()
)
DECIDING: Final = frozenset(
    "voted votes decided decides agreed agrees chose opted forced compelled obliged moved".split()
)
"""Verbs whose infinitive came true ("voted to remove", "was forced to resign")."""
ADVERBS: Final = frozenset("also now immediately formally soon just finally quickly officially".split())
UNREAL: Final = frozenset(
    """would could may might can should must cannot not n't did do does let make help ought if never help lets and
    or 'd""".split()
)
"""Before a bare infinitive: it is wished, possible or denied."""
