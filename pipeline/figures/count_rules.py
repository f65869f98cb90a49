"""The rules that count lives, bodies, happenings and totals, and lines of tables."""

from __future__ import annotations

from typing import Final

from pipeline.figures.patterns import Rule

COUNT_RULES: Final = (
    Rule(
        "lives_of",
        r"l x{0,2} (?P<what>L) (?P<who>{list})",
        "claimed the lives of a count",
        "The avalanche claimed the lives of nine skiers.",
        "The film shows the lives of nine skiers.",
        needs="L",
        also="l",
    ),
    Rule(
        "bodies_of",
        r"(?P<what>L) (?P<who>[QUN])",
        "the bodies of a count",
        "Divers recovered the bodies of nine skiers.",
        "A book on the lives of nine skiers is out.",
        needs="L",
        counts="QUN",
    ),
    Rule(
        "listing",
        r"(?<![QUN]) (?P<what>[KDGT]) : (?P<who>[QUN]) (?![KD])",
        "a table line",
        "Wounded: 31.",
        "Agenda: 31 items.",
        needs=":",
        counts="QUN",
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
        counts="QUN",
        builds="toll",
    ),
    Rule(
        "deaths_rise",
        r"(?P<what>G) [xp]{0,4} [xv] t? (?P<who>N)",
        "deaths, a linking word and the number",
        "Deaths in the mines rose to 44.",
        "The death was linked to 44.",
        needs="G",
        counts="N",
        builds="toll",
    ),
    Rule(
        "restated",
        r"(?:(?<=c)|(?<=w)|(?<=;)) [xoPI]{1,6} (?P<what>s) (?P<who>N) (?=[.,;]|$)",
        "after a figure, what another speaker says instead",
        "Villagers said 50 people were killed, but officials confirmed only 19.",
        "Villagers said the road was cut, but officials confirmed only 19.",
        needs="s",
        also="N",
        builds="toll",
        confidence=0.7,
    ),
)
