"""The steps of enricher, indexer and matcher, with the outside played by small fakes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from agents.app import make_app
from agents.enricher import ENRICHER, EnrichStep, pool_config
from agents.enrichment.frames import Enriched, Job
from agents.enrichment.pool import Answer
from agents.errors import UnavailableError, UsageError
from agents.index import IndexDocument, IndexSchemaError, IndexUnavailableError, open_index
from agents.index import Outcome as Written
from agents.indexer import IndexStep, document_of, open_indexer
from agents.kafka import Message, open_admin
from agents.matcher import match_key, matches_of
from agents.metrics import Tally
from agents.outcomes import Done, Outcome, Refused
from agents.registry import AGENTS, agents_named, names_unless_all
from agents.settings import Settings
from agents.spec import Running
from agents.supervision.heartbeat import beat, heartbeat_path, read_heartbeat
from agents.supervision.progress import read_progress
from agents.topics import ensure_topics
from pipeline.alerting import RuleSet, parse_rule
from pipeline.document import PIPELINES
from schemas.alert import Match
from schemas.article import Article
from tests.agents.misbehave import enrich
from tests.e2e.deployment import RULES


def enriched(**fields: Any) -> Message:
    values = {"id": "a1", "body": "Water rose.", "title": "Fire and flood", "observed_at": "2024-05-01T12:00:00Z"}
    record = enrich(Article.model_validate(values | fields))
    return Message("t.enriched", 0, 3, 77, b"a1", record.model_dump_json().encode())


UNREADABLE = [
    (b"{", "invalid_json"),
    (b'{"body": "x"}', "invalid_record"),
    (b"\xff", "invalid_json"),
    (enriched().value.replace(b'"schema_version":"1.0"', b'"schema_version":"3.0"', 1), "unsupported_schema"),
]


@dataclass
class FakePool:
    jobs: list[Job] = field(default_factory=list)

    async def run(self, jobs: Sequence[Job]) -> list[Answer]:
        self.jobs += jobs
        return [Refused("invalid_json", "x") if job.raw == b"bad" else Enriched(b"k", job.raw) for job in jobs]


async def test_the_enricher_keeps_order_time_and_mode() -> None:
    pool = FakePool()
    step = EnrichStep(pool, "t.enriched", "t.articles.backfill")  # type: ignore[arg-type]
    outcomes = await step(
        [
            Message("t.articles", 0, 0, 5, None, b"one"),
            Message("t.articles.backfill", 0, 0, -1, None, b"two"),
            Message("t.articles", 0, 1, 6, None, b"bad"),
        ]
    )
    assert [(job.mode, job.timestamp_ms) for job in pool.jobs] == [("live", 5), ("backfill", None), ("live", 6)]
    sent = [output for one in outcomes if isinstance(one, Done) for output in one.outputs]
    assert [(one.topic, one.key, one.value, one.timestamp_ms) for one in sent] == [
        ("t.enriched", b"k", b"one", 5),
        ("t.enriched", b"k", b"two", None),
    ]
    assert isinstance(outcomes[2], Refused)


def test_matches_are_keyed_by_rule_and_group() -> None:
    rules = RuleSet([parse_rule(text, name) for name, text in RULES.items()])
    message = enriched(tags=["flood"], source={"country": "KZ"})
    outcome = matches_of(message, rules, "t.matches")
    assert isinstance(outcome, Done)
    found = [Match.model_validate_json(output.value) for output in outcome.outputs]
    assert [(match.rule_id, match.group) for match in found] == [("fire", ""), ("flood", "KZ")]
    assert [output.key for output in outcome.outputs] == [match_key(match) for match in found]
    assert {output.timestamp_ms for output in outcome.outputs} == {77}


@pytest.mark.parametrize(("value", "reason"), UNREADABLE)
def test_what_is_no_enriched_article_is_refused(value: bytes, reason: str) -> None:
    message = Message("t.enriched", 0, 0, 0, None, value)
    for outcome in (matches_of(message, RuleSet([]), "t"), document_of(message)):
        assert isinstance(outcome, Refused)
        assert outcome.reason == reason


def test_a_document_needs_id_and_time() -> None:
    message = enriched()
    nameless = Message("t", 0, 0, 0, None, json.dumps(json.loads(message.value) | {"id": None}).encode())
    assert document_of(nameless) == Refused("invalid_record", "an enriched article has an id and observed_at")
    found = document_of(message)
    assert isinstance(found, IndexDocument)
    assert (found.id, found.version // PIPELINES, found.body["title"]) == ("a1", 1_714_564_800_000, "Fire and flood")


@dataclass
class FakeIndex:
    """Rejects documents with the id `bad`."""

    written: list[str] = field(default_factory=list)

    async def write(self, documents: Sequence[IndexDocument]) -> list[Written]:
        self.written += [document.id for document in documents]
        return [Written("rejected", "no") if one.id == "bad" else Written("unchanged") for one in documents]


async def _index(step: IndexStep, *messages: Message) -> list[Outcome]:
    return await step(messages)


async def test_the_index_refuses_single_documents(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    index = FakeIndex()

    async def opened(*_: object) -> FakeIndex:
        return index

    monkeypatch.setattr("agents.indexer.open_index", opened)
    torn = Message("t", 0, 0, 0, None, b"{")
    outcomes = await _index(IndexStep(settings), torn, enriched(), enriched(id="bad"), enriched(id="a2"))
    reasons = [one.reason if isinstance(one, Refused) else "done" for one in outcomes]
    assert reasons == ["invalid_json", "done", "index_rejected", "done"]
    assert index.written == ["a1", "bad", "a2"]


@pytest.mark.parametrize("error", [IndexUnavailableError("down"), IndexSchemaError("other version")])
async def test_an_index_that_cannot_be_used_is_waited_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def opened(*_: object) -> FakeIndex:
        raise error

    monkeypatch.setattr("agents.indexer.open_index", opened)
    with pytest.raises(UnavailableError, match=str(error)):
        await _index(IndexStep(settings), enriched())


def test_agents_are_found_by_name() -> None:
    assert agents_named([]) == AGENTS
    assert [agent.name for agent in agents_named(["alerter", "enricher"])] == ["enricher", "alerter"]
    assert names_unless_all(AGENTS) == ()
    assert names_unless_all(AGENTS[:1]) == ("enricher",)
    with pytest.raises(UsageError, match="no agent 'poller'"):
        agents_named(["poller"])


async def test_topics_are_made_once_with_their_configuration(settings: Settings) -> None:
    made = await ensure_topics(settings, ["desk"])
    assert {"tocsin.articles", "tocsin.enriched", "tocsin.alerts.desk", "tocsin.alerts.backfill"} <= set(made)
    assert await ensure_topics(settings, ["desk"]) == []
    assert await ensure_topics(settings, ["night"]) == ["tocsin.alerts.night"]
    async with open_admin(settings) as admin:
        assert set(made) <= set(await admin.list_topics())


async def test_before_the_first_commit_everything_is_behind(settings: Settings) -> None:
    assert await read_progress(settings) == []
    await ensure_topics(settings)
    existing = ["tocsin.alerts.backfill"]
    assert {(part.agent, part.topic, part.lag) for part in await read_progress(settings)} == {
        (agent.name, topic, 0) for agent in AGENTS for topic in agent.topics(settings, existing)
    }


async def test_a_worker_gives_a_sign_every_second(settings: Settings) -> None:
    path = heartbeat_path(settings, ["enricher"])
    assert path != heartbeat_path(settings)
    tally = Tally(done=3)
    beating = asyncio.create_task(beat(path, {"enricher": tally}))
    async with asyncio.timeout(30):
        while (sign := read_heartbeat(path)) is None or sign.tick < 2:
            await asyncio.sleep(0.05)
    beating.cancel()
    assert sign.agents["enricher"]["done"] == 3


async def test_an_app_waits_for_its_handlers_and_never_creates_topics(settings: Settings) -> None:
    async def step(messages: Sequence[Message]) -> list[Outcome]:
        return [Done() for _ in messages]

    app = make_app(settings, ENRICHER, Running(step), stage=None)  # type: ignore[arg-type]
    assert app.conf.id == "tocsin.enricher"
    assert app.conf.stream_wait_empty is True
    assert app.conf.topic_allow_declare is False
    assert app.conf.web_enabled is False
    assert app.conf.consumer_group_instance_id == "enricher-0"
    assert app.conf.broker_max_poll_records * 5 < app.conf.stream_buffer_maxsize


def test_the_pool_follows_the_settings(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, enrich_processes=3, enrich_timeout_s=4, max_article_bytes=5_000)
    config = pool_config(settings)
    assert (config.processes, config.timeout_s, config.max_article_bytes) == (3, 4.0, 5_000)


async def test_a_damaged_index_holds_up_its_articles_and_not_the_worker(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    await (await open_index(settings)).close()
    for file in settings.index_dir.rglob("*.json"):
        file.write_bytes(b"damaged")
    async with open_indexer(settings, Tally()) as running:
        with pytest.raises(UnavailableError, match="tocsin reindex"):
            await running.step([enriched()])
