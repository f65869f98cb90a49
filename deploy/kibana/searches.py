"""Saved searches: one for each shipped rule, with exactly the rule's query, and two for the dashboard.

The queries are in Kibana's Lucene language. Words without a field are then looked for where the index says
(`index.query.default_field`, see `schemas/mapping.py`), as in the command line; in Kibana's other language they would
be looked for in every field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from deploy.kibana.data_views import reference_to
from deploy.kibana.saved_object import SavedObject, compact
from pipeline.alerting import Rule
from schemas.collections import ALERTS, ARTICLES, DEAD_LETTERS, Collection

_SOURCE: Final = "kibanaSavedObjectMeta.searchSourceJSON.index"
_MOST_COLUMNS: Final = 6


def lucene(query: str) -> dict[str, str]:
    return {"query": query, "language": "lucene"}


def search(
    id: str, collection: Collection, *, title: str, description: str, query: str, columns: Iterable[str]
) -> SavedObject:
    """A table of documents, latest first."""
    source = {"query": lucene(query), "filter": [], "highlightAll": True, "version": True, "indexRefName": _SOURCE}
    attributes: dict[str, Any] = {
        "title": title,
        "description": description,
        "columns": list(columns),
        "sort": [["@timestamp", "desc"]],
        "hits": 0,
        "version": 1,
        "kibanaSavedObjectMeta": {"searchSourceJSON": compact(source)},
    }
    return SavedObject("search", id, attributes, (reference_to(collection, _SOURCE),))


def one_line(text: str) -> str:
    """Rules are written over several lines; the search bar has one."""
    return re.sub(r"\s+", " ", text).strip()


def rule_columns(rule: Rule) -> tuple[str, ...]:
    """The headline, the country, and what the rule looks at besides words."""
    looked_at = (name for name in sorted(rule.fields) if ARTICLES.by_name[name].type != "text")
    return tuple(dict.fromkeys(("title", "primary_country", *looked_at)))[:_MOST_COLUMNS]


def rule_search(rule: Rule) -> SavedObject:
    """What *rule* fires on. It finds every such article; alerts are throttled, so there are fewer of them."""
    return search(
        f"tocsin-rule-{rule.id}",
        ARTICLES,
        title=f"[Tocsin] Rule: {rule.title}",
        description=one_line(rule.description),
        query=one_line(rule.search_query),
        columns=rule_columns(rule),
    )


LATEST_ALERTS: Final = search(
    "tocsin-latest-alerts",
    ALERTS,
    title="[Tocsin] Latest alerts",
    description="Alerts that were delivered; those of a backfill, which nobody was notified of, are left out.",
    query="mode:live",
    columns=("severity", "rule_id", "group", "title", "is_update"),
)

OPEN_DEAD_LETTERS: Final = search(
    "tocsin-open-dead-letters",
    DEAD_LETTERS,
    title="[Tocsin] Open dead letters",
    description="Messages that a stage gave up on and nobody has replayed; `tocsin dead-letters show` has their bytes.",
    query="open:true",
    columns=("stage", "reason", "detail", "topic", "partition", "offset"),
)


def searches(rules: Iterable[Rule]) -> tuple[SavedObject, ...]:
    return (*(rule_search(rule) for rule in rules), LATEST_ALERTS, OPEN_DEAD_LETTERS)
