"""Rule files are read strictly: what is wrong is said with its place and what to write instead."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alerting import Rule, RuleError, compile_rule, parse_rule
from pipeline.alerting.rule import seconds
from pipeline.query import parse
from schemas.condition import Frequency
from schemas.duration import duration_text

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


CONDITION = """\
[condition]
kind = "frequency"
count = 3
window = "24h"

[[escalate]]
field = "condition.count"
at = 9
severity = "high"

[[examples]]"""


def with_condition(old: str = "", new: str = "") -> str:
    assert old in CONDITION
    return GOOD.replace("[[examples]]", CONDITION.replace(old, new, 1), 1)


def test_a_condition_is_read_with_its_window_in_seconds() -> None:
    rule = parse_rule(with_condition(), "ferry.toml")
    assert rule.window_condition == Frequency(kind="frequency", count=3, window=86_400)
    assert rule.escalate[0].severity == "high"
    assert "condition.count" not in rule.fields


@pytest.mark.parametrize(
    ("toml_text", "line", "said"),
    [
        (with_condition('"frequency"', '"frequent"'), 13, "'frequent' found using 'kind' does not match any"),
        (with_condition("window", "widnow"), 16, "unknown key 'widnow'; did you mean window"),
        (with_condition('"24h"', '"a day"'), 13, "'a day' is no duration"),
        (with_condition('"24h"', '"60d"'), 13, "less than or equal to 2592000"),
        (with_condition("count = 3", "count = 1"), 13, "greater than or equal to 2"),
        (with_condition('kind = "frequency"\ncount = 3', 'kind = "cardinality"\nfield = "peple"\ndistinct = 3'), 13,
         "condition: no field is called 'peple'; did you mean people or"),
        (with_condition('kind = "frequency"\ncount = 3', 'kind = "change"\nfield = "people"'), 13, "of type keyword"),
        (with_condition('kind = "frequency"\ncount = 3\nwindow', 'kind = "sequence"\nfirst = "boddy:x"\nwithin'), 13,
         "condition: first, character 1: "),
        (with_condition('kind = "frequency"\ncount = 3\nwindow', 'kind = "sequence"\nfirst = "NOT a"\nwithin'), 13,
         "condition: first matches whatever is not excluded"),
        (with_condition('"condition.count"', '"condition.cout"'), 18, "did you mean condition.count"),
        (with_condition("severity", "sevrity"), 18, "key 'escalate.0.severity' is missing"),
        (with_condition("[condition]", 'lateness = "8d"\n\n[condition]'), 13, "lateness is longer than 7 days"),
        (changed('text = "A ferry sank and 40 people are missing."', 'articles = [{at = "soon", text = "x"}]'), 13,
         "at 'soon' is no duration"),
        (changed('text = "A ferry', 'articles = [{text = "x"}]\ntext = "A ferry'), 13, "`articles` or `text`"),
        (changed('text = "A ferry sank and 40 people are missing."', 'articles = [{at = "1h"}]'), 13, "needs `text`"),
    ],
)  # fmt: skip
def test_a_wrong_condition_is_refused_with_its_place(toml_text: str, line: int, said: str) -> None:
    error = error_of(toml_text)
    assert said in str(error)
    assert error.line == line


@pytest.mark.parametrize(
    ("condition", "query"),
    [
        ('kind = "threshold"\nfield = "toll.missing.best"\nat = 10', "(body:ferry) AND toll.missing.best:>=10"),
        ('kind = "threshold"\nfield = "lists.matches.score"\nat = 0.5', "(body:ferry) AND lists.matches.score:>=0.5"),
        ('kind = "sequence"\nfirst = "body:storm"\nwithin = "2d"', "(body:storm) OR (body:ferry)"),
        ('kind = "silence"\nafter = "2d"', "body:ferry"),
    ],
)
def test_what_is_searched_for_is_all_that_concerns_the_rule(condition: str, query: str) -> None:
    toml_text = changed("toll.missing.best:>=10 AND ", "").replace("[[examples]]", f"[condition]\n{condition}\n", 1)
    rule = parse_rule(toml_text.partition("match = true")[0], "ferry.toml")
    assert rule.search_query == query
    assert compile_rule(rule).node == parse(query)


def test_a_condition_that_stays_true_is_throttled_by_its_window_unless_the_rule_says_otherwise() -> None:
    without = with_condition().replace('throttle = "1d12h"\n', "")
    assert parse_rule(without, "ferry.toml").throttle_seconds == 86_400
    assert parse_rule(with_condition(), "ferry.toml").throttle_seconds == 36 * 3600
    assert parse_rule(with_condition().replace("1d12h", "0s"), "ferry.toml").throttle_seconds == 0


@pytest.mark.parametrize(("number", "text"), [(86_400, "1d"), (5_400, "90m"), (7_200, "2h"), (61, "61s"), (0, "0s")])
def test_a_number_of_seconds_is_written_as_a_rule_file_would(number: int, text: str) -> None:
    assert duration_text(number) == text
    assert seconds(text) == number
