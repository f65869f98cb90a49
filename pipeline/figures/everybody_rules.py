"""The rules in which something happens to everybody aboard; `pipeline.figures.aboard` finds how many they are."""

from __future__ import annotations

from typing import Final

from pipeline.figures.patterns import Rule

EVERYBODY_RULES: Final = (
    Rule(
        "none_survived",
        r"Z o (?P<who>[QN]) [xpP]{0,4} (?P<what>v) (?=[.,;:)]|$)",
        "nobody of a count lives",
        "None of the 62 people on board survived.",
        "None of the 62 people on board voted.",
        needs="Z",
        counts="QN",
        also="v",
        builds="everybody",
        confidence=0.8,
    ),
    Rule(
        "all_aboard",
        r"(?<![nb]) (?P<who>M) {gap} (?:B p?)? (?P<what>{triggers}|D|V)",
        "everybody aboard, and the verb; the number stands elsewhere",
        "The ferry had 62 people on board. All aboard were killed.",
        "The ferry had 62 people on board. All aboard were sick.",
        needs="M",
        builds="everybody",
        confidence=0.7,
    ),
    Rule(
        "killing_all_aboard",
        r"(?P<what>[KA]) (?P<who>M)",
        "the verb, and everybody aboard",
        "The ferry, carrying 62 people, sank, killing everyone on board.",
        "The ferry, carrying 62 people, sank, scaring everyone on board.",
        needs="M",
        builds="everybody",
        confidence=0.7,
    ),
    Rule(
        "no_survivors",
        r"(?P<who>g)",
        "nobody lives; the number stands elsewhere",
        "The ferry had 62 people on board. There were no survivors.",
        "The ferry had 62 people on board. There were no passengers.",
        needs="g",
        builds="everybody",
        confidence=0.7,
    ),
)
