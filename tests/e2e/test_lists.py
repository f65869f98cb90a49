"""The whole way of a list: imported, an article names somebody on it, found and alerted with its reasons; a decision
that he is not meant keeps the next article silent, while others still alert; when the list changes, whoever was named
before is alerted, once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from agents.index import SearchRequest, open_index
from agents.lists.folder import POINTER, CurrentLists, lists_folder
from agents.lists.importing import ImportOptions, import_list
from agents.lists.rescreening import rescreen
from agents.lists.store import decision_id, save_decision
from pipeline.lists import Screener
from pipeline.query import parse
from schemas.lists import AllowDecision
from tests.e2e.deployment import Deployment, make_settings

LISTS = Path(__file__).parents[2] / "seeds" / "lists"
SAMPLE = LISTS / "sample.csv"
CHANGED = LISTS / "sample-changed.csv"


def article(ident: str, day: int, body: str) -> bytes:
    stamp = f"2026-03-{day:02}T08:00:00Z"
    return json.dumps({"id": ident, "body": body, "published_at": stamp, "observed_at": stamp}).encode()


async def until_lists(system: Deployment, ready: Callable[[Screener], bool]) -> None:
    current = CurrentLists(lists_folder(system.settings) / POINTER)

    def is_ready() -> bool:
        screener = current.screener()
        return screener is not None and ready(screener)

    await system.until(is_ready)


async def alerts_of(system: Deployment, rule: str) -> list[dict[str, Any]]:
    found = [json.loads(message.value) for message in await system.read("alerts.sanctions")]
    return [alert for alert in found if alert["rule_id"] == rule]


async def until_alerts(system: Deployment, count: int, rule: str = "listed_name") -> list[dict[str, Any]]:
    async with asyncio.timeout(90):
        while len(found := await alerts_of(system, rule)) < count:
            await asyncio.sleep(0.2)
    return found


async def documents(system: Deployment, query: str) -> list[dict[str, Any]]:
    index = await open_index(system.settings, read_only=True)
    try:
        return [dict(hit.source) for hit in (await index.search(SearchRequest(query=parse(query)))).hits]
    finally:
        await index.close()


async def test_a_listed_name_is_found_alerted_and_kept_silent_and_a_change_of_the_list_is_told(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, rules_dir=None, enrich_timeout_s=60.0)
    async with Deployment(settings, enrich=None) as system:
        await system.until_alive()
        await import_list(settings, [SAMPLE], ImportOptions(list_id="sample", snapshot=date(2026, 3, 1)))
        await until_lists(system, lambda screener: len(screener.index) == 7)

        await system.write([article("one", 2, "In Iran customs officers questioned Orvo Kaldery about the shipment.")])
        (first,) = await until_alerts(system, 1)
        assert first["article_ids"] == ["one"] and first["group"] == "sample/SAMPLE-1"
        assert ["Orvo Kaldery" in one["sentence"] for one in first["evidence"]] == [True]

        await save_decision(
            settings,
            AllowDecision(
                id=decision_id("sample", "SAMPLE-1", None),
                list="sample",
                entry_id="SAMPLE-1",
                decided_by="desk",
                decided_at=datetime(2026, 3, 3, tzinfo=UTC),
                reason="a baker in Ghent",
            ),
        )
        await until_lists(system, lambda screener: bool(screener.allowed))
        await system.write(
            [
                article("two", 10, "In Iran customs officers questioned Orvo Kaldery about another shipment."),
                article("three", 11, "In Russia Radovan Kurdyanov opened a fair for fish and nets."),
                article("four", 12, "The trader Marek Dorovnyk bought a dockyard in Varna."),
            ]
        )
        both = await until_alerts(system, 2)
        assert [alert["article_ids"] for alert in both] == [["one"], ["three"]]
        await system.until_settled()

        (found,) = await documents(system, 'lists.matches.entry:"sample/SAMPLE-1"')
        assert found["id"] == "one"
        assert "all 2 words match: orvo kaldery" in found["lists.matches.why"]
        assert "country IR is mentioned" in found["lists.matches.why"]
        (silent,) = await documents(system, 'lists.allowed:"sample/SAMPLE-1"')
        assert silent["id"] == "two" and "lists.matches.entry" not in silent

        for _ in range(2):
            await import_list(settings, [CHANGED], ImportOptions(list_id="sample", snapshot=date(2026, 4, 2)))
            await rescreen(settings, "sample", datetime(2026, 1, 1, tzinfo=UTC))
        (told,) = await until_alerts(system, 1, "newly_listed")
        assert told["article_ids"] == ["four"] and told["values"]["lead_days"] == 20
        (gone,) = await until_alerts(system, 1, "delisted")
        assert gone["article_ids"] == ["three"]
        await system.until_settled()
        assert [len(await alerts_of(system, rule)) for rule in ("newly_listed", "delisted", "listed_name")] == [1, 1, 2]
