"""Rule files are read strictly: what is wrong is said with its place and what to write instead."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alerting import Rule, RuleError, parse_rule
from pipeline.alerting.rule import seconds

GOOD = """\
id = "ferry-accidents"
version = 3
title = "Ferry accident"
query = "toll.missing.best:>=10 AND body:ferry"
severity = "medium"
channel = "sea"
group_by = "primary_country"
throttle = "1d12h"
update_on = ["toll.missing.best", "toll.killed.best"]
message = "{toll.missing.best} missing in {primary_country}"
owner = "sea desk"

[[examples]]
match = true
text = "A ferry sank and 40 people are missing."
published_at = 2026-03-01T08:00:00Z

[[examples]]
match = false
body = "The ferry was late."
"""


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def error_of(toml_text: str) -> RuleError:
    with pytest.raises(RuleError) as caught:
        parse_rule(toml_text, "rules/ferry.toml")
    return caught.value


def test_a_rule_file_is_read() -> None:
    rule = parse_rule(GOOD, "ferry.toml")
    assert (rule.id, rule.version, rule.severity, rule.channel) == ("ferry-accidents", 3, "medium", "sea")
    assert rule.throttle_seconds == 36 * 3600
    assert rule.enabled
    assert [(example.match, example.text[:9]) for example in rule.examples] == [
        (True, "A ferry s"),
        (False, "The ferry"),
    ]


def test_a_rule_knows_the_fields_it_uses() -> None:
    expected = {"toll.missing.best", "body", "primary_country", "toll.killed.best"}
    assert parse_rule(GOOD, "ferry.toml").fields == expected


def test_only_a_few_keys_are_required() -> None:
    required = {name for name, field in Rule.model_fields.items() if field.is_required()}
    assert required == {"id", "version", "title", "query", "severity", "channel", "message", "owner"}


@pytest.mark.parametrize(
    ("toml_text", "line", "column", "said"),
    [
        (changed('title = "', "title = ["), 3, None, "not TOML"),
        (changed("throttle", "trottle"), 8, 1, "unknown key 'trottle'; did you mean throttle"),
        (changed("\nbody", "\n  boddy"), 20, 3, "unknown key 'boddy'; did you mean body?"),
        (changed('owner = "sea desk"', ""), None, None, "key 'owner' is missing"),
        (changed('"medium"', '"urgent"'), 5, 1, "severity: Input should be 'info', 'low', 'medium', 'high' or"),
        (changed('"1d12h"', '"6 hours"'), 8, 1, "throttle '6 hours' is no duration; write for example"),
        (changed('"1d12h"', '"400d"'), 8, 1, "longer than 366 days"),
        (changed('"ferry-accidents"', '"Ferry accidents"'), 1, 1, "id: String should match pattern"),
        (changed('"sea"', '"backfill"'), 6, 1, "channel 'backfill' is where would-be alerts are kept"),
        (changed("toll.missing.best:", "toll.mising.best:"), 4, 10, "toll.mising.best"),
        (changed("AND body:ferry", "AND (body:ferry"), 4, None, "query: "),
        (changed("toll.missing.best:>=10 AND", "NOT"), 4, 1, "matches whatever is not excluded"),
        (changed("toll.missing.best:>=10 AND body:ferry", "*:*"), 4, 1, "matches whatever is not excluded"),
        (changed('group_by = "primary', 'group_by = "primry'), 7, 1, "did you mean primary_country?"),
        (changed('group_by = "primary_country"', 'group_by = "body"'), 7, 1, "field 'body' is of type text"),
        (changed('"toll.killed.best"', '"title"'), 9, 1, "update_on: field 'title' is of type text"),
        (changed("{primary_country}", "{country}"), 10, 44, "message: no field is called 'country'"),
        (changed("{primary_country}", "{primary_country.__class__}"), 10, 44, "message: no field is called"),
        (changed("{primary_country}", "{points}"), 10, 44, "field 'points' is of type geo_point"),
        (changed("{primary_country}", "{primary_country"), 10, 43, "'{' stands alone"),
        (changed('text = "A ferry sank', 'body = "x"\ntext = "A ferry sank'), 13, 1, "`text` or `body`, not both"),
        (changed('body = "The ferry was late."', ""), 18, 1, "needs `text` or `title`"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_refused_with_its_place(
    toml_text: str, line: int | None, column: int | None, said: str
) -> None:
    error = error_of(toml_text)
    assert said in str(error)
    assert str(error).startswith("rules/ferry.toml")
    if line is not None:
        assert error.line == line
    if column is not None:
        assert error.column == column
        assert f"rules/ferry.toml:{line}:{column}: " in str(error)


def test_the_place_in_a_query_of_several_lines_is_counted_in_the_file() -> None:
    query = '"""\ntoll.missing.best:>=10\n  AND boddy:ferry\n"""'
    error = error_of(changed('"toll.missing.best:>=10 AND body:ferry"', query))
    assert (error.line, error.column) == (6, 7)


def test_the_place_in_a_query_with_escapes_is_that_of_its_key() -> None:
    error = error_of(changed("body:ferry", 'boddy:\\"ferry\\"'))
    assert (error.line, error.column) == (4, 1)


@pytest.mark.parametrize(("duration", "expected"), [("0s", 0), ("90s", 90), ("30m", 1800), ("1d1s", 86401)])
def test_durations_are_sums_of_units(duration: str, expected: int) -> None:
    assert seconds(duration) == expected


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_rule_or_a_rule_error(text: str) -> None:
    with pytest.raises(RuleError):
        parse_rule(text, "x.toml")


@settings(deadline=None)
@given(
    key=st.sampled_from(sorted(Rule.model_fields)), value=st.none() | st.text() | st.integers() | st.lists(st.text())
)
def test_any_value_of_a_key_is_accepted_or_refused_with_the_path(key: str, value: object) -> None:
    data = tomllib.loads(GOOD) | {key: value}
    lines = [f"{name} = {_toml(item)}" for name, item in data.items() if name != "examples"]
    try:
        rule = parse_rule("\n".join(lines), "x.toml")
    except RuleError as error:
        assert str(error).startswith("x.toml")
    else:
        assert rule.model_dump()[key] is not None or key == "examples"


def _toml(value: object) -> str:
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(char):08X}" if not "\ud800" <= char <= "\udfff" else "?" for char in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return "nothing" if value is None else str(value)
