"""Rules, and what becomes of the articles that satisfy them.

    enriched article -> RuleSet.match -> matches -> decide -> alerts

A match is written for every article that satisfies a rule; `decide` makes an alert of it, or keeps silent because the
same thing was alerted before.
"""

from __future__ import annotations

from pipeline.alerting.rule import Example, Rule
from pipeline.alerting.rule_file import RuleError, parse_rule
from pipeline.alerting.ruleset import Explanation, RuleSet
from pipeline.alerting.state import AlertState, Silence, decide, silence

__all__ = [
    "AlertState",
    "Example",
    "Explanation",
    "Rule",
    "RuleError",
    "RuleSet",
    "Silence",
    "decide",
    "parse_rule",
    "silence",
]
