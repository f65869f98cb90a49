"""The rules of headlines, in which a participle stands without its auxiliary: "Nine killed in landslide"."""

from __future__ import annotations

from typing import Final

from pipeline.figures.patterns import Rule

HEADLINE_RULES: Final = (
    Rule(
        "headline",
        r"(?P<who>(?:(?:^|(?<=[:;]))(?:Ic|Q,))?[QUN]) (?P<what>{triggers}) {end}",
        "a count directly before a participle that does not govern an object",
        "Nine killed in landslide",
        "Nine gunmen killed a banker.",
        needs="K",
        counts="QUN",
    ),
    Rule(
        "headline_one",
        r"^ x{0,2} I? (?P<who>I) (?:,X,)? (?P<what>K) (?=[,;.:)pwy]|$)",
        "a headline that begins with one person directly before a participle",
        "Logger killed in avalanche",
        "Logger fined in Orle",
        needs="K",
        counts="I",
        also="I",
        confidence=0.7,
    ),
    Rule(
        "headline_person",
        r"(?<=[DK]) ,? c (?P<who>I) (?P<what>[KD]) (?=[.,;:)p]|$)",
        "after some who are dead or hurt, one person directly before a participle",
        "The blast left two cooks dead and a waiter wounded.",
        "The blast left two cooks deaf and a waiter worried.",
        needs="KD",
        counts="I",
        also="cI",
    ),
    Rule(
        "headline_held",
        r"(?<![xpKAV]) (?P<who>[QN]) (?P<what>H) (?=[;.wp]|$)",
        "a count directly before held, at the end or before a preposition",
        "Nine loggers held after brawl",
        "Nine loggers held the rope.",
        needs="H",
        counts="QN",
        confidence=0.7,
    ),
)
"""In order."""
