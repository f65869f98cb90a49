"""The rules that say none: nobody was hurt, no casualties, escaped unharmed. None is not the same as not mentioned."""

from __future__ import annotations

from typing import Final

from pipeline.figures.patterns import Rule

NONE_RULES: Final = (
    Rule(
        "nobody",
        r"(?P<who>Z) (?:o?[QUNP](?:c[QUNP])?)? (?:,W[^,]{1,8},(?=B))? (?:{gap} B)? n? (?P<what>{triggers}|D|V)",
        "nobody, and the verb",
        "Nobody was killed in the avalanche.",
        "Nobody was at home.",
        needs="Z",
        builds="zero",
    ),
    Rule(
        "hurt_nobody",
        r"(?P<what>[KAV]) (?P<who>[Z])",
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
        "neither_nor",
        r"(?P<who>d) (?P<what>[KD]c[KD]) (?![QUNIP])",
        "neither dead nor wounded",
        "The squall left neither dead nor wounded.",
        "The squall left neither cold nor wet.",
        needs="d",
        also="c",
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
        r"(?:[nbd](?:[xploaPIv]{1,4}c(?=x{0,2}e))?|Z(?=x{0,3}e)) [xplo]{0,3} (?P<who>[eT])",
        "a negation that governs casualties",
        "The rocket fell without causing any casualties.",
        "The rocket fell, causing casualties.",
        needs="eT",
        builds="zero",
    ),
    Rule(
        "unharmed",
        r"(?P<who>[QUNIPM]) {gap} (?:vx?|[Bb]?[vxK]?) (?P<what>0)",
        "somebody who escaped unharmed",
        "All nine passengers escaped unharmed.",
        "All nine passengers escaped.",
        needs="0",
        builds="zero",
    ),
)
