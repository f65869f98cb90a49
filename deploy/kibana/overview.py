"""The overview: what came in, what was alerted, where and how many, which sanctions, and what went wrong."""

from __future__ import annotations

from typing import Final

from deploy.kibana.charts import donut, graph, metric, table
from deploy.kibana.columns import count, highest, over_time, top
from deploy.kibana.dashboard import Row, dashboard
from deploy.kibana.searches import LATEST_ALERTS, OPEN_DEAD_LETTERS
from schemas.collections import ALERTS, ARTICLES, DEAD_LETTERS

LIVE: Final = "mode:live"
OPEN: Final = "open:true"

_NUMBERS: Final = Row(
    5,
    (
        metric("Articles", ARTICLES, count("Articles")),
        metric("Alerts", ALERTS, count("Alerts"), LIVE),
        metric("Highest death toll in one article", ARTICLES, highest("toll.killed.best", "Killed")),
        metric("Open dead letters", DEAD_LETTERS, count("Dead letters"), OPEN),
    ),
)

_COURSE: Final = Row(
    11,
    (
        graph(
            "Articles over time",
            ARTICLES,
            {"time": over_time(), "language": top(ARTICLES, "language", "Language", by="n"), "n": count("Articles")},
            series="bar_stacked",
            x="time",
            split="language",
        ),
        graph(
            "Alerts over time, by severity",
            ALERTS,
            {"time": over_time(), "severity": top(ALERTS, "severity", "Severity", by="n"), "n": count("Alerts")},
            series="bar_stacked",
            x="time",
            split="severity",
            query=LIVE,
        ),
    ),
)

_ALERTS: Final = Row(
    11,
    (
        donut(
            "Alerts by severity", ALERTS, top(ALERTS, "severity", "Severity", by="value"), count("Alerts"), query=LIVE
        ),
        graph(
            "Alerts by rule",
            ALERTS,
            {"rule": top(ALERTS, "rule_id", "Rule", by="n", size=20), "n": count("Alerts")},
            series="bar_horizontal",
            x="rule",
            query=LIVE,
        ),
        table(
            "Alerts by group",
            ALERTS,
            {
                "group": top(ALERTS, "group", "Group", by="n", size=20),
                "n": count("Alerts"),
                "severe": count("High and critical", "severity.level:>=3"),
            },
            query=LIVE,
        ),
    ),
)

_TOLLS: Final = Row(
    13,
    (
        table(
            "Countries",
            ARTICLES,
            {
                "country": top(ARTICLES, "primary_country", "Country", by="n", size=25),
                "n": count("Articles"),
                "killed": highest("toll.killed.best", "Killed, highest"),
                "injured": highest("toll.injured.best", "Injured, highest"),
                "detained": highest("toll.detained.best", "Detained, highest"),
                "displaced": highest("toll.displaced.best", "Displaced, highest"),
            },
        ),
        graph(
            "Highest death and detention tolls in one article",
            ARTICLES,
            {
                "time": over_time(),
                "killed": highest("toll.killed.best", "Killed"),
                "detained": highest("toll.detained.best", "Detained"),
            },
            series="line",
            x="time",
        ),
    ),
)

_SANCTIONS: Final = Row(
    11,
    (
        graph(
            "Sanctions by stage",
            ARTICLES,
            {
                "stage": top(ARTICLES, "sanctions.stage", "Stage", by="n", size=15),
                "mode": top(ARTICLES, "sanctions.mode", "Said or hinted", by="n", size=2),
                "n": count("Articles"),
            },
            series="bar_horizontal",
            x="stage",
            split="mode",
            query="sanctions.flagged:true",
        ),
        table(
            "Sanctions: who against whom",
            ARTICLES,
            {
                "issuer": top(ARTICLES, "sanctions.issuers", "Issuer", by="n"),
                "target": top(ARTICLES, "sanctions.targets", "Target", by="n", size=5),
                "n": count("Articles"),
            },
            query="sanctions.flagged:true",
        ),
    ),
)

_DEAD_LETTERS: Final = Row(
    10,
    (
        graph(
            "Dead letters by reason",
            DEAD_LETTERS,
            {
                "reason": top(DEAD_LETTERS, "reason", "Reason", by="n", size=15),
                "stage": top(DEAD_LETTERS, "stage", "Stage", by="n"),
                "n": count("Dead letters"),
            },
            series="bar_horizontal",
            x="reason",
            split="stage",
        ),
        OPEN_DEAD_LETTERS,
    ),
)

OVERVIEW: Final = dashboard(
    "tocsin-overview",
    title="[Tocsin] Overview",
    description="What came in, what was alerted, where and how many, which sanctions, and what went wrong.",
    rows=(_NUMBERS, _COURSE, Row(12, (LATEST_ALERTS,)), _ALERTS, _TOLLS, _SANCTIONS, _DEAD_LETTERS),
)
