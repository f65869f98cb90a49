"""Rules, and what becomes of the articles that satisfy them.

    enriched article -> RuleSet.match -> matches -> Watch.take (windows, then decide) -> alerts

A match is written for every article that satisfies a rule. Windows keep it until its rule's condition holds; `decide`
makes an alert of it, or keeps silent because the same thing was alerted before.
"""

from __future__ import annotations

from pipeline.alerting.backtest import Backtest, backtest, trial
from pipeline.alerting.compiled import Compiled, compile_rule
from pipeline.alerting.decision import Silence, decide, silence
from pipeline.alerting.rule import Example, Rule
from pipeline.alerting.rule_file import RuleError, parse_rule
from pipeline.alerting.ruleset import Explanation, RuleSet
from pipeline.alerting.state import AlertState, Recollection
from pipeline.alerting.watch import Watch
from pipeline.alerting.windows import Windows

__all__ = [
    "AlertState",
    "Backtest",
    "Compiled",
    "Example",
    "Explanation",
    "Recollection",
    "Rule",
    "RuleError",
    "RuleSet",
    "Silence",
    "Watch",
    "Windows",
    "backtest",
    "compile_rule",
    "decide",
    "parse_rule",
    "silence",
    "trial",
]
