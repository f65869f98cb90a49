"""Alert to index document: flat, named as in `schemas/collections.py`, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.document_values import flattened, iso_time, kept, unique
from pipeline.handling import LEVELS, handling_fields
from pipeline.query.canon import to_ms
from schemas.alert import Alert
from schemas.collections import ALERTS
from schemas.handling import AlertComment, AlertHandling


def alert_document(
    alert: Alert, state: AlertHandling | None = None, comments: Iterable[AlertComment] = ()
) -> dict[str, Any]:
    """The index document of an alert. Pure: the same alert gives the same document.

    Args:
        state: what people did about it. None means nothing yet.
        comments: what they wrote about it.
    """
    return kept(
        ALERTS,
        {
            "id": alert.id,
            "@timestamp": iso_time(alert.event_time),
            "raised_at": iso_time(alert.raised_at),
            "rule_id": alert.rule_id,
            "rule_version": alert.rule_version,
            "severity": alert.severity,
            "severity.level": LEVELS[alert.severity],
            "channel": alert.channel,
            "group": alert.group,
            "title": alert.title,
            "summary": alert.summary,
            "article_ids": unique(alert.article_ids),
            "url": alert.url,
            "evidence": "\n".join(unique(one.sentence for one in alert.evidence)),
            "values": flattened(alert.values),
            "values_before": flattened(alert.values_before or {}),
            "is_update": alert.update_of is not None,
            "update_of": alert.update_of,
            "mode": alert.mode,
            **handling_fields(state, comments),
        },
    )


def handled_document(
    document: Mapping[str, Any], state: AlertHandling | None, comments: Iterable[AlertComment]
) -> dict[str, Any]:
    """The alert's *document* with what people have done since."""
    return kept(ALERTS, {**document, **handling_fields(state, comments)})


def alert_version(alert: Alert) -> int:
    """External version of the document: when it was raised, ms since 1970 UTC. An alert that was raised twice (its
    worker died before it could say so) is one document, of the later raising."""
    return to_ms(alert.raised_at)
