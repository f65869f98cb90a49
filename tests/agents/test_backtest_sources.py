"""A rule is tried on what the index holds, or on files, before it is switched on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from agents.backtest import Period, backtest_on_files, backtest_on_index
from agents.importer import Refusal
from agents.index import IndexDocument, open_index
from agents.settings import Settings
from pipeline.alerting import Rule
from pipeline.document import document_version, to_document
from pipeline.enrich import enrich
from schemas.article import Article
from schemas.enrichment import EnrichedArticle

START = datetime(2026, 3, 2, tzinfo=UTC)
RULE = Rule(
    id="fire", version=1, title="F", query="body:fire", severity="low", channel="c", message="{title}", owner="o"
)


def articles(count: int) -> Iterator[EnrichedArticle]:
    """One an hour; every third tells of a fire."""
    fire, calm = (enrich(Article(id="a", body=body, observed_at=START)) for body in ("A fire broke out.", "All calm."))
    for hour in range(count):
        at = START + timedelta(hours=hour)
        update = {"id": f"a{hour:04}", "published_at": at, "observed_at": at}
        yield (calm if hour % 3 else fire).model_copy(update=update)


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path)
    index = await open_index(settings)
    documents = [
        IndexDocument(id=one.id or "", version=document_version(one), body=to_document(one)) for one in articles(1_600)
    ]
    await index.write(documents)
    await index.close()
    return settings


async def test_the_index_is_read_to_the_end_of_the_period_and_no_further(settings: Settings) -> None:
    period = Period(START, START + timedelta(hours=1_590))
    (found,) = await backtest_on_index(settings, [RULE], period)
    assert (found.documents, found.matches, len(found.alerts)) == (1_590, 530, 530)
    assert [alert.event_time for alert in found.alerts] == [
        START + timedelta(hours=hour) for hour in range(0, 1_590, 3)
    ]


def test_files_are_read_as_feed_reads_them_and_what_is_unreadable_is_told(tmp_path: Path) -> None:
    raw = b'{"id": "r", "body": "A fire again.", "published_at": "2026-03-02T00:00:00Z"}'
    enriched = [one.model_dump_json().encode() for one in articles(4)]
    wrong = [b'{"body": ', orjson.dumps({"enrichment": 1, "body": "x"})]
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"\n".join([raw, wrong[0], *enriched, wrong[1]]))
    told: list[Refusal] = []
    found, none = backtest_on_files(
        Settings(data_dir=tmp_path), [RULE, RULE.model_copy(update={"query": "body:flood"})], [str(path)], told.append
    )
    assert (found.documents, found.matches) == (5, 3)
    assert none.matches == 0
    assert [one.origin for one in told] == [f"{path}:2", f"{path}:7"]


async def test_now_is_each_articles_event_time(settings: Settings) -> None:
    """Searching the index asks for more than matches, as `now` is another time for each article."""
    (found,) = await backtest_on_index(
        settings,
        [RULE.model_copy(update={"query": "body:fire AND published_at:>now-1h AND NOT observed_at:<now"})],
        Period(START, START + timedelta(hours=30)),
    )
    assert found.matches == 10
