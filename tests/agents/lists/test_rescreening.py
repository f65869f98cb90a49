"""A list changes: who was named before is found in the index and told to the alerter, once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agents.cli.lists_rescreen import moment
from agents.cli.main import app
from agents.errors import TocsinError, UnavailableError, UsageError
from agents.index import IndexDocument, IndexSchemaError, IndexUnavailableError, open_index
from agents.kafka import open_producer, read_to_end
from agents.lists import rescreening
from agents.lists.importing import ImportOptions, import_list
from agents.lists.rescreening import Rescreened, rescreen
from agents.lists.store import decision_id, lists_topic, load_lists, save_decision
from agents.settings import Settings
from pipeline.alerting import AlertState, decide
from pipeline.document import document_version, to_document
from pipeline.enrich import enrich
from schemas.alert import Alert, Match
from schemas.article import Article
from schemas.enrichment import EnrichedArticle
from schemas.lists import AllowDecision
from schemas.topics import MATCHES

HEADER = "id,name,type\n"
OLD = "1,Radovan Kurdyanov,person\n2,Ilse Bramkova,person\n3,Velmar Drilling,organisation\n"
START = datetime(2026, 1, 1, tzinfo=UTC)


def article(ident: str, day: int, body: str) -> EnrichedArticle:
    at = datetime(2026, 2, day, 8, tzinfo=UTC)
    return enrich(Article(id=ident, body=body, published_at=at, observed_at=at))


ARTICLES = (
    article("first", 3, "Customs officers in Velmar questioned Orvo Kaldery about the shipment."),
    article("again", 9, "Orvo Tamsin Kalderi denied it."),
    article("other", 9, "Ilse Bramkova sentenced him."),
    article("calm", 10, "Nothing happened at all."),
)


async def index_articles(settings: Settings, articles: Sequence[EnrichedArticle] = ARTICLES) -> None:
    index = await open_index(settings)
    await index.write(
        [IndexDocument(id=one.id or "", version=document_version(one), body=to_document(one)) for one in articles]
    )
    await index.close()


async def import_(settings: Settings, folder: Path, rows: str, day: int) -> None:
    path = folder / "list.csv"
    path.write_text(HEADER + rows)
    options = ImportOptions(list_id="t", snapshot=date(2026, 3, day), may_shrink=True)
    await import_list(settings, [path], options)


async def alerts(settings: Settings) -> list[Alert]:
    """What is raised of all matches that were written."""
    state, raised = AlertState(), list[Alert]()
    async for message in read_to_end(settings, [MATCHES.prefixed(settings.topic_prefix)]):
        state, alert = decide(state, Match.model_validate_json(message.value), START)
        raised += [alert] if alert else []
    return raised


@pytest.fixture
async def changed(settings: Settings, tmp_path: Path) -> Settings:
    """Kalderi was added, Bramkova removed; four articles were indexed before."""
    await index_articles(settings)
    await import_(settings, tmp_path, OLD, 1)
    await import_(settings, tmp_path, OLD.replace("2,Ilse Bramkova", "4,Orvo Tamsin Kalderi"), 2)
    return settings


def told(done: Rescreened) -> dict[str, object]:
    return {f"{one.rule_id} {one.values['entry']}": one.values["article_ids"] for one in done.matches}


async def test_articles_are_found_under_other_spellings_and_only_what_may_match_is_read(changed: Settings) -> None:
    done = await rescreen(changed, "t", START)
    assert told(done) == {"newly_listed t/4": ["first", "again"], "delisted t/2": ["other"]}
    assert done.articles == 3


async def test_the_alert_says_how_long_before_the_listing(changed: Settings) -> None:
    await rescreen(changed, "t", START)
    found = {alert.rule_id: alert for alert in await alerts(changed)}
    assert found["newly_listed"].values["lead_days"] == 27
    assert found["newly_listed"].channel == "sanctions"
    assert "Orvo Kaldery" in found["newly_listed"].evidence[0].sentence
    assert found["delisted"].values["articles"] == 1


async def test_screening_again_raises_no_second_alert(changed: Settings) -> None:
    for _ in range(2):
        await rescreen(changed, "t", START)
    assert sorted(alert.rule_id for alert in await alerts(changed)) == ["delisted", "newly_listed"]


async def test_the_next_version_does_not_alert_the_same_again(changed: Settings, tmp_path: Path) -> None:
    await rescreen(changed, "t", START)
    await import_(
        changed, tmp_path, OLD.replace("2,Ilse Bramkova", "4,Orvo Tamsin Kalderi") + "5,Bo Quillon,person\n", 3
    )
    await rescreen(changed, "t", START)
    assert sorted(alert.rule_id for alert in await alerts(changed)) == ["delisted", "newly_listed"]


async def test_what_is_older_is_not_looked_at(changed: Settings) -> None:
    done = await rescreen(changed, "t", datetime(2026, 2, 5, tzinfo=UTC))
    assert told(done)["newly_listed t/4"] == ["again"]


async def test_whom_somebody_decided_not_to_be_meant_stays_silent(changed: Settings) -> None:
    decision = AllowDecision(
        id=decision_id("t", "4", None), list="t", entry_id="4", decided_by="desk", decided_at=START, reason="a baker"
    )
    await save_decision(changed, decision)
    assert set(told(await rescreen(changed, "t", START))) == {"delisted t/2"}


async def test_an_article_that_alerted_when_it_came_in_is_not_told_again(changed: Settings) -> None:
    document = to_document(ARTICLES[0]) | {"lists.matches.entry": ["t/4"]}
    version = document_version(ARTICLES[0]) + 1
    index = await open_index(changed)
    await index.write([IndexDocument(id="first", version=version, body=document)])
    await index.write([IndexDocument(id="late", version=1, body=document | {"id": "late", "mode": "backfill"})])
    await index.close()
    assert told(await rescreen(changed, "t", START))["newly_listed t/4"] == ["late", "again"]


async def test_with_one_version_nothing_is_screened(settings: Settings, tmp_path: Path) -> None:
    await import_(settings, tmp_path, OLD, 1)
    assert await rescreen(settings, "t", START) == Rescreened((), 0, ())


async def test_where_nothing_was_ever_indexed_nobody_was_named(settings: Settings, tmp_path: Path) -> None:
    await import_(settings, tmp_path, OLD, 1)
    await import_(settings, tmp_path, OLD + "4,Orvo Tamsin Kalderi,person\n", 2)
    done = await rescreen(settings, "t", START)
    assert (len(done.changes), done.articles, done.matches) == (1, 0, ())


async def test_a_list_that_is_not_there_is_refused(settings: Settings) -> None:
    with pytest.raises(UsageError, match="no list 't'"):
        await rescreen(settings, "t", START)


async def test_a_damaged_version_is_told_with_the_remedy(changed: Settings) -> None:
    (old,) = (one for one in (await load_lists(changed)).of_list("t") if not one.current)
    async with open_producer(changed) as producer:
        await producer.send_and_wait(lists_topic(changed), b"no gzip", key=f"t/{old.id}/0".encode())
    with pytest.raises(UnavailableError, match="import the list again"):
        await rescreen(changed, "t", START)


async def call(settings: Settings, *words: str) -> str:
    command = ["--data-dir", str(settings.data_dir), "lists", *words]
    result = await asyncio.to_thread(CliRunner().invoke, app, command)
    if result.exception is not None:
        raise result.exception
    return result.stdout


async def test_importing_screens_again_by_itself_and_tells(settings: Settings, tmp_path: Path) -> None:
    await index_articles(settings)
    await import_(settings, tmp_path, OLD, 1)
    path = tmp_path / "new.csv"
    path.write_text(HEADER + OLD + "4,Orvo Tamsin Kalderi,person\n")
    words = ("import", str(path), "--list", "t", "--date", "2026-03-02", "--since", "2026-01-01")
    assert "first 27 days before" in " ".join((await call(settings, *words)).split())
    assert '"lead_days":27' in await call(settings, "rescreen", "--since", "2026-01-01", "--json")


@pytest.mark.parametrize("trouble", [IndexUnavailableError, IndexSchemaError])
async def test_an_index_that_cannot_be_read_leaves_the_list_in_use_and_says_what_to_do(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: type[TocsinError]
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise trouble("nobody answers")

    await import_(settings, tmp_path, OLD, 1)
    monkeypatch.setattr(rescreening, "open_index", away)
    path = tmp_path / "new.csv"
    path.write_text(HEADER + OLD + "4,Orvo Tamsin Kalderi,person\n")
    with pytest.raises(UnavailableError, match="lists rescreen t"):
        await call(settings, "import", str(path), "--list", "t", "--date", "2026-03-02")
    assert (await load_lists(settings)).current["t"].entries == 4


def test_a_period_is_a_stretch_or_a_date() -> None:
    assert moment("2026-03-31") == datetime(2026, 3, 31, tzinfo=UTC)
    assert timedelta(days=89) < datetime.now(UTC) - moment("90d") < timedelta(days=91)
    for wrong in ("soon", "90", "9999999999d"):
        with pytest.raises(UsageError, match="--since"):
            moment(wrong)
