"""The rules about people already spoken of: "he was killed", "the attackers fled and were caught".

They count where nothing before them in the article counts the same (`pipeline.figures.references`).
"""

from __future__ import annotations

from typing import Final

from pipeline.figures.patterns import Rule

REFERENCE_RULES: Final = (
    Rule(
        "pronoun",
        r"(?P<who>x) (?P<be>B) p? (?:[xvpoyIP]{1,8},?c(?={triggers}{end}))? (?P<what>{triggers}|D(?=[.,;:pt)]|$))",
        "he, she or they, an auxiliary and a participle",
        "A logger ran at the guards. He was shot dead.",
        "A logger ran at the guards. He was thanked.",
        needs="KD",
        also="Bx",
        builds="reference",
        confidence=0.5,
    ),
    Rule(
        "subject_kept",
        r"(?:^|(?<=[,;.\"w(-])) (?P<who>[IP]) [xvlspotyIPX]{1,16} ,? c (?P<be>B) (?:[xv]c(?={triggers}{end}))?"
        r" (?P<what>{triggers})",
        "people without a number who did one thing, and to whom another was done",
        "A logger ran at the guards and was shot dead.",
        "A logger ran at the guards and was thanked.",
        needs="K",
        also="Bc",
        builds="reference",
        confidence=0.6,
    ),
)
"""In order, after those that count."""
