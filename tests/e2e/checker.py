"""What must be true of a system that has come to rest, whatever happened to it. Knows nothing of the faults.

Every message on the input topics is indexed or a dead letter, never both, never neither; every alert that the pure
functions give for the same input in the same order was raised exactly once, and no other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from agents.dead_letters import read_dead_letters
from agents.index import open_index
from agents.kafka import Message
from agents.rules import load_rules
from pipeline.alerting import AlertState, decide
from pipeline.articles import InvalidMessageError, Limits, decode_article
from pipeline.document import document_version, to_document
from schemas.alert import Alert
from schemas.enrichment import EnrichedArticle
from schemas.topics import ARTICLES, BACKFILL, ENRICHED
from tests.agents import misbehave
from tests.e2e.deployment import Deployment

POISON = {
    misbehave.HANG: "enrichment_timeout",
    misbehave.EXIT: "enrichment_crash",
    misbehave.SEGFAULT: "enrichment_crash",
    misbehave.HOG: "enrichment_crash",
    misbehave.RAISE: "enrichment_failed",
}

Place = tuple[str, int, int]


@dataclass(frozen=True)
class Truth:
    """What the inputs must come to."""

    refused: dict[Place, str]
    """Where each dead letter's message stands, and the reason."""
    articles: dict[str, EnrichedArticle]
    """Latest revision of each article by id."""
    alerts: dict[str, dict[str, Any]]
    """Alerts by id, without the moment they were raised."""


def _plain(alert: Alert) -> dict[str, Any]:
    return alert.model_dump(exclude={"raised_at"})


def _enriched(message: Message, deployment: Deployment) -> EnrichedArticle | str:
    """The record, or the reason of the dead letter."""
    limits = Limits(max_bytes=deployment.settings.max_article_bytes)
    try:
        article = decode_article(message.value, timestamp_ms=message.timestamp_ms, limits=limits)
    except InvalidMessageError as error:
        return error.reason
    if reason := POISON.get(article.body.partition(" ")[0]):
        return reason
    return misbehave.enrich(article, "backfill" if message.topic.endswith(BACKFILL.name) else "live")


async def find_truth(deployment: Deployment) -> Truth:
    """Run the pure functions over the input topics."""
    rules = load_rules(deployment.settings)
    refused: dict[Place, str] = {}
    articles: dict[str, EnrichedArticle] = {}
    alerts: dict[str, dict[str, Any]] = {}
    state = AlertState()
    for message in await deployment.read(ARTICLES.name, BACKFILL.name):
        record = _enriched(message, deployment)
        if isinstance(record, str):
            refused[message.topic, message.partition, message.offset] = record
            continue
        assert record.id is not None
        known = articles.get(record.id)
        if known is None or document_version(known) < document_version(record):
            articles[record.id] = record
        for match in rules.match(record):
            state, alert = decide(state, match, datetime.now(UTC))
            if alert is not None:
                alerts[alert.id] = _plain(alert)
    return Truth(refused, articles, alerts)


def _differences(kind: str, expected: dict[Any, Any], found: dict[Any, Any]) -> list[str]:
    problems = [f"{kind} missing: {key} {expected[key]!r:.200}" for key in expected.keys() - found.keys()]
    problems += [f"{kind} not expected: {key} {found[key]!r:.200}" for key in found.keys() - expected.keys()]
    both = expected.keys() & found.keys()
    problems += [
        f"{kind} differs: {key}\n  {expected[key]!r:.600}\n  {found[key]!r:.600}"
        for key in both
        if expected[key] != found[key]
    ]
    return problems


async def _dead_letter_problems(deployment: Deployment, truth: Truth) -> list[str]:
    letters = [stored.letter for stored in await read_dead_letters(deployment.settings)]
    found = {(one.topic, one.partition, one.offset): one.reason for one in letters}
    return _differences("dead letter", truth.refused, found)


async def _enriched_problems(deployment: Deployment, truth: Truth) -> list[str]:
    keys = {(message.key or b"").decode(): True for message in await deployment.read(ENRICHED.name)}
    return _differences("enriched article", dict.fromkeys(truth.articles, True), keys)


async def _index_problems(deployment: Deployment, truth: Truth) -> list[str]:
    """Each article once, in its latest revision."""
    index = await open_index(deployment.settings, read_only=True)
    try:
        stored = {key: await index.get(key) for key in truth.articles}
        count = await index.count()
    finally:
        await index.close()
    expected = {key: (document_version(article), to_document(article)) for key, article in truth.articles.items()}
    found = {key: (one.version, dict(one.body)) for key, one in stored.items() if one is not None}
    many = [] if count == len(expected) else [f"the index has {count} documents instead of {len(expected)}"]
    return many + _differences("document", expected, found)


async def read_alerts(deployment: Deployment) -> list[Alert]:
    channels = [*load_rules(deployment.settings).channels, "backfill"]
    messages = await deployment.read(*(f"alerts.{channel}" for channel in channels))
    return [Alert.model_validate_json(message.value) for message in messages]


async def _alert_problems(deployment: Deployment, truth: Truth) -> list[str]:
    raised = await read_alerts(deployment)
    twice = [f"alert raised {count} times: {one}" for one, count in Counter(a.id for a in raised).items() if count > 1]
    return twice + _differences("alert", truth.alerts, {alert.id: _plain(alert) for alert in raised})


async def find_problems(deployment: Deployment) -> list[str]:
    """Everything that is not as it must be, in words."""
    truth = await find_truth(deployment)
    problems = await _dead_letter_problems(deployment, truth)
    problems += await _enriched_problems(deployment, truth)
    problems += await _index_problems(deployment, truth)
    problems += await _alert_problems(deployment, truth)
    return problems
