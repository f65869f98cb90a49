"""The rules: each a short pattern over the item letters of a sentence (`pipeline.figures.items`), with an example that
it must find and a counter-example in which it must find nothing.

A pattern is a regular expression in verbose form. `{list}` is one count or a coordination of counts, `{gap}` what may
stand between a subject and its verb, `{end}` what may follow a bare participle (else it is an active verb and the
number before it counts those who did it). The group `who` holds the counts, the group `what` the triggers.
Every repetition is bounded, so matching is linear in the length of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

_ASIDE: Final = r"\([^()BbKVD]{0,14}\)|-{1,2}[^-BbsKDV.;]{1,10}-{1,2}|W[Bb]?[xopPtwI]{1,8}(?=c[QUNI])"
_LIST: Final = rf"[QUNIP](?:{_ASIDE})?(?:c[QUNIP]|(?:,[QUNIP]){{1,12}},?c[QUNIPx]|(?<=,[QUN]),c[QUN])?"
_INSERTION: Final = r"\([^()]{0,14}\)|-{1,2}[^-BbsKDV.;]{1,10}-{1,2}|,u[^,BbsKDV.;]{1,10},"
_GAP: Final = rf"(?:{_INSERTION}|W[Bb]?|[op]\"?X?[IP]|qP|cX|[xp,\"quXroy0t-]){{0,10}}"
_END: Final = r"(?=(?:,?cK){0,2}(?:[p,;:.)\"yBbWwt-]|c(?!K)|$))"
_NAMES: Final = r"[xI]{1,8}(?:,[xI]{1,6}){0,4}(?:,[QUN]){0,2},?c[QUN]"
_TRIGGERS: Final = r"(?:K(?:,K)?(?:,?cK){0,2})"

ASIDE: Final = re.compile(_ASIDE)
"""What may stand between the counts of a coordination without being one of them."""

Builds = Literal["victims", "own", "zero", "toll", "parts"]


@dataclass(frozen=True)
class Rule:
    """One way in which news says how many."""

    name: str
    pattern: str
    meaning: str
    example: str
    counter_example: str
    needs: str
    """Letters of which at least one must be in the sentence: a test that spares most searches."""
    builds: Builds = "victims"
    confidence: float = 0.9

    @cached_property
    def expression(self) -> re.Pattern[str]:
        pattern = self.pattern
        for name, value in (
            ("{list}", _LIST),
            ("{gap}", _GAP),
            ("{end}", _END),
            ("{triggers}", _TRIGGERS),
            ("{names}", _NAMES),
        ):
            pattern = pattern.replace(name, value)
        return re.compile(pattern, re.VERBOSE)


RULES: Final = (
    Rule(
        "passive",
        r"(?P<who>{list}) {gap} B (?P<what>{triggers}|H)",
        "counted people, then an auxiliary and a participle",
        "Eleven loggers who had been cutting cedar were reported killed.",
        "Eleven loggers were on strike.",
        needs="KH",
    ),
    Rule(
        "state",
        r"(?P<who>{list}) {gap} B (?P<what>D)",
        "counted people who are in a state",
        "Six hikers are still missing.",
        "Six hikers are still walking.",
        needs="D",
    ),
    Rule(
        "intransitive",
        r"(?P<who>{list}) {gap} [B]? (?P<what>V)",
        "counted people who died, fled or vanished",
        "Nine loggers in a hut died overnight.",
        "Nine loggers in a hut slept.",
        needs="V",
    ),
    Rule(
        "toll",
        r"(?P<what>T) (?:[xpotyIPBWXs,\"-]{0,12}?) (?P<who>[QUN])",
        "a toll, then a linking word and the number",
        "The death toll from the avalanche climbed to 44.",
        "The toll road has 44 exits.",
        needs="T",
        builds="toll",
    ),
    Rule(
        "headline",
        r"(?P<who>[QUN]) (?P<what>{triggers}) {end}",
        "a count directly before a participle that does not govern an object",
        "Nine killed in landslide",
        "Nine gunmen killed a banker.",
        needs="K",
    ),
    Rule(
        "headline_held",
        r"(?<![xKAV]) (?P<who>[QN]) (?P<what>H) (?=[;.wp]|$)",
        "a count directly before held, at the end or before a preposition",
        "Nine loggers held after brawl",
        "Nine loggers held the rope.",
        needs="H",
        confidence=0.7,
    ),
    Rule(
        "predicate_adjective",
        r"(?P<who>(?:[QUN](?:,[QUN]){0,6},?c)?[QUNI]) (?P<what>D) (?=[p,;:.)(\"yBbWwtcnsfu-]|$)",
        "a count directly before dead, missing, homeless, hostage",
        "Storm leaves nine dead",
        "Storm leaves nine trees bare",
        needs="D",
    ),
    Rule(
        "active",
        r"(?P<what>(?:[KA](?:,?c[KA]){0,2})) (?:cx|x{1,3}(?=P)|X,?c(?=[QUN]))? (?P<who>{list})",
        "a verb and its object",
        "The flood killed nine loggers and two cooks.",
        "The flood destroyed nine huts.",
        needs="KA",
    ),
    Rule(
        "object_adjective",
        r"(?<=l) (?P<what>D) (?P<who>[QN])",
        "took hostage nine men: the state before the count",
        "The gang took hostage nine loggers.",
        "The sea is dead; nine loggers left.",
        needs="D",
    ),
    Rule(
        "taken",
        r"(?<=l) (?P<who>{list}) [xoPI]{1,6} (?P<what>D)",
        "took a count into custody, left a count dead, with more words between",
        "Troops took the two occupants of the van into custody.",
        "Troops took the two occupants of the van to lunch.",
        needs="D",
    ),
    Rule(
        "nominal",
        r"(?P<what>G) (?:yx{1,3}|p[xopX]{1,6})? \(? o (?P<who>{list})",
        "the murder, arrest or release of a count",
        "The verdict on the murder of nine loggers is due.",
        "The verdict on the murder is due in nine days.",
        needs="G",
    ),
    Rule(
        "nominal_names",
        r"(?P<what>G) o (?P<who>{names})",
        "the murder of a named person and a count",
        "Nobody was charged with the murder of Orsolya Pinter and two passengers.",
        "Nobody was charged with the murder of Orsolya Pinter in two years.",
        needs="G",
        confidence=0.8,
    ),
    Rule(
        "active_names",
        r"(?P<what>[KA]) (?P<who>{names})",
        "a verb, a named person and a count",
        "The avalanche killed Orsolya Pinter and two guides.",
        "The avalanche killed Orsolya Pinter in two minutes.",
        needs="KA",
        confidence=0.8,
    ),
    Rule(
        "lives_of",
        r"l x{0,2} (?P<what>L) (?P<who>{list})",
        "claimed the lives of a count",
        "The avalanche claimed the lives of nine skiers.",
        "The film shows the lives of nine skiers.",
        needs="L",
    ),
    Rule(
        "bodies_of",
        r"(?P<what>L) (?P<who>[QUN])",
        "the bodies of a count",
        "Divers recovered the bodies of nine skiers.",
        "A book on the lives of nine skiers is out.",
        needs="L",
    ),
    Rule(
        "driven_from_home",
        r"(?P<who>[QUN]) (?P<what>f)",
        "a count driven from their homes",
        "Lava forced 300 farmers from their homes.",
        "Nine farmers work near their homes.",
        needs="f",
    ),
    Rule(
        "listing",
        r"(?<![QUN]) (?P<what>[KD]) : (?P<who>[QUN])",
        "a table line",
        "Wounded: 31.",
        "Agenda: 31 items.",
        needs=":",
    ),
    Rule(
        "inverted",
        r"(?<![QUNIP]) (?P<what>[KD]) B (?P<who>{list})",
        "the participle first",
        "Killed were nine loggers.",
        "Present were nine loggers.",
        needs="KD",
    ),
    Rule(
        "counted",
        r"(?P<who>F)",
        "a count of happenings",
        "The clinic recorded 9 deaths.",
        "The clinic recorded 9 births.",
        needs="F",
        builds="own",
    ),
    Rule(
        "premodified",
        r"(?P<who>Q)",
        "a count of people with a participle before the noun",
        "The clinic admitted 52 injured loggers.",
        "The clinic admitted 52 loggers.",
        needs="Q",
        builds="own",
    ),
    Rule(
        "running_total",
        r"(?P<what>T) (?:[xpotyIPBWXs,\"-]{0,12}?) (?P<who>[QUN])",
        "a total after a figure takes that figure's kind",
        "Troops arrested nine loggers, raising the total to 44.",
        "The shop sold nine lamps, raising the total to 44.",
        needs="T",
        builds="toll",
    ),
    Rule(
        "nobody",
        r"(?P<who>Z) (?:o?[QUNP]c[QUNP])? (?:{gap} B)? (?P<what>{triggers}|D|V)",
        "nobody, and the verb",
        "Nobody was killed in the avalanche.",
        "Nobody was at home.",
        needs="Z",
        builds="zero",
    ),
    Rule(
        "hurt_nobody",
        r"(?P<what>[KA]) (?P<who>[Z])",
        "the verb, and nobody",
        "The avalanche injured nobody.",
        "The avalanche scared nobody.",
        needs="Z",
        builds="zero",
    ),
    Rule(
        "did_not_hurt",
        r"[nb] x? (?P<what>[KA](?:c[KA])?) (?P<who>a)",
        "a negation, the verb, and anyone",
        "The avalanche did not injure anyone.",
        "The avalanche could injure anyone.",
        needs="a",
        builds="zero",
    ),
    Rule(
        "was_not_hurt",
        r"(?P<who>[QUNIP]) {gap} b (?P<what>{triggers})",
        "somebody who was not hurt",
        "The governor was not injured.",
        "The governor was injured.",
        needs="b",
        builds="zero",
    ),
    Rule(
        "neither",
        r"d (?P<who>[QUNIPx]) [xoP]{0,4} (?:c[xQUNIP]{1,4})? B (?P<what>{triggers})",
        "neither of two was hurt",
        "Neither the governor nor her driver was injured.",
        "Either the governor or her driver was late.",
        needs="d",
        builds="zero",
    ),
    Rule(
        "escaped",
        r"(?P<who>[xW]) [vB] x? (?P<what>0)",
        "somebody without a noun for people escaped unhurt: he, who, a name",
        "He emerged unhurt.",
        "He emerged unshaven.",
        needs="0",
        builds="zero",
        confidence=0.8,
    ),
    Rule(
        "no_casualties",
        r"(?P<who>z)",
        "no casualties, deaths, arrests",
        "There were no casualties.",
        "There were casualties.",
        needs="z",
        builds="zero",
    ),
    Rule(
        "without_casualties",
        r"[nb] [xp]{0,3} (?P<who>[eT])",
        "a negation that governs casualties",
        "The rocket fell without causing any casualties.",
        "The rocket fell, causing casualties.",
        needs="eT",
        builds="zero",
    ),
    Rule(
        "unharmed",
        r"(?P<who>[QUNIP]) {gap} v? [Bb]? (?P<what>0)",
        "somebody who escaped unharmed",
        "All nine passengers escaped unharmed.",
        "All nine passengers escaped.",
        needs="0",
        builds="zero",
    ),
)
"""In order: the first rule that gives a count a kind wins."""
