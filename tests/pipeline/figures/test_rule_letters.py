"""The letters that spare the search of a rule are in everything that the rule finds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.figures.candidates import COUNTING
from pipeline.figures.patterns import Rule
from pipeline.figures.rules import RULES

_LETTERS = 'QUNXFRrqIPZze0aMgdKAHVDGTLlfkuhiBboytpwWcnsv,;:()"-.x'


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(data=st.data())
@settings(max_examples=5, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_rule_finds_nothing_without_its_letters(rule: Rule, data: st.DataObject) -> None:
    found = data.draw(st.from_regex(rule.expression, alphabet=_LETTERS))
    assert rule.expression.search(found)
    assert set(rule.needs) & set(found)
    assert set(rule.also) <= set(found)
    assert rule.builds not in COUNTING or set(rule.counts) & set(found)
