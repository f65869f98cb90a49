"""Rules, and what becomes of the articles that satisfy them.

    enriched article -> RuleSet.match -> matches -> decide -> alerts

A match is written for every article that satisfies a rule; `decide` makes an alert of it, or keeps silent because the
same thing was alerted before.
"""

from __future__ import annotations

from pipeline.alerting.backtest import Backtest, backtest, trial
from pipeline.alerting.rule import Example, Rule
from pipeline.alerting.rule_file import RuleError, parse_rule
from pipeline.alerting.ruleset import Compiled, Explanation, RuleSet, compile_rule
from pipeline.alerting.state import AlertState, Silence, decide, silence

__all__ = [
    "AlertState",
    "Backtest",
    "Compiled",
    "Example",
    "Explanation",
    "Rule",
    "RuleError",
    "RuleSet",
    "Silence",
    "backtest",
    "compile_rule",
    "decide",
    "parse_rule",
    "silence",
    "trial",
]
