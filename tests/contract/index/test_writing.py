"""Writes: the newer version wins, a replay changes nothing, what is returned is durable."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import permutations
from typing import Any

import pytest

from agents.index import ENGINES, Index, IndexDocument, SearchRequest
from pipeline.query import parse
from tests.contract.index.conftest import TESTED, document, samples


async def statuses(index: Index, *documents: IndexDocument) -> list[str]:
    return [outcome.status for outcome in await index.write(documents)]


async def title(index: Index, id: str = "a") -> Any:
    stored = await index.get(id)
    return stored and stored.body["title"]


async def found(index: Index, query: str) -> set[str]:
    result = await index.search(SearchRequest(query=parse(query), size=1000))
    assert result.total == len(result.hits)
    return {hit.id for hit in result.hits}


def test_every_engine_is_tested() -> None:
    assert {ENGINES[scheme].make for scheme in TESTED} == {engine.make for engine in ENGINES.values()}


async def test_document_is_returned_as_it_was_written(index: Index) -> None:
    await index.write(samples())
    for sample in samples():
        stored = await index.get(sample.id)
        assert stored is not None
        assert (stored.id, stored.version, stored.body) == (sample.id, 1, sample.body)


async def test_nothing_is_written_by_an_empty_batch(index: Index) -> None:
    assert await index.write([]) == []
    assert await index.count() == 0


async def test_replay_adds_no_document(index: Index) -> None:
    assert await statuses(index, *samples()) == ["written"] * len(samples())
    assert await statuses(index, *samples()) == ["unchanged"] * len(samples())
    assert await index.count() == len(samples())


async def test_replay_of_another_content_at_the_same_version_changes_nothing(index: Index) -> None:
    await index.write([document(title="first")])
    assert await statuses(index, document(title="second")) == ["unchanged"]
    assert await title(index) == "first"


async def test_later_version_replaces(index: Index) -> None:
    await index.write([document(version=1, title="old flood", tags=["x"])])
    assert await statuses(index, document(version=2, title="new quake")) == ["written"]
    assert await title(index) == "new quake"
    assert await found(index, "flood") == set()
    assert await found(index, "tags:x") == set()
    assert await index.count() == 1


async def test_earlier_version_does_not_replace(index: Index) -> None:
    await index.write([document(version=2, title="new")])
    assert await statuses(index, document(version=1, title="old")) == ["unchanged"]
    assert await title(index) == "new"


async def test_versions_within_one_batch(index: Index) -> None:
    batch = [document(version=version, title=f"v{version}") for version in (20, 19, 21, 20)]
    assert await statuses(index, *batch) == ["written", "unchanged", "written", "unchanged"]
    assert await title(index) == "v21"
    assert await index.count() == 1


async def test_highest_version_wins_in_every_order(index: Index) -> None:
    for number, order in enumerate(permutations((1, 2, 3))):
        for version in order:
            await index.write([document(id=f"d{number}", version=version, title=f"v{version}")])
        assert await title(index, f"d{number}") == "v3"


async def test_documents_survive_reopening(index: Index, reopened: Callable[[], Awaitable[Index]]) -> None:
    await index.write(samples())
    again = await reopened()
    assert await again.count() == len(samples())
    assert await found(again, "almaty") == {"kz-1", "kz-2"}
    assert await statuses(again, *samples()) == ["unchanged"] * len(samples())


REJECTED: dict[str, tuple[IndexDocument, str]] = {
    "unknown field": (document(nonsense="x"), "there is no field 'nonsense'"),
    "text in a number": (document(revision="many"), "revision is a integer"),
    "number in a text": (document(title=5), "title is a text"),
    "no boolean": (document(**{"sanctions.flagged": "yes"}), "sanctions.flagged is a boolean"),
    "no date": (document(published_at="yesterday"), "published_at is a date"),
    "beyond 64 bits": (document(revision=2**70), "revision is a integer"),
    "no time": (IndexDocument(id="a", version=1, body={"title": "x"}), "no @timestamp"),
    "no id": (document(id=""), "id"),
    "long id": (document(id="é" * 300), "id"),
    "broken id": (document(id="\ud800"), "id"),
    "broken text": (document(title="\udfff"), "title is a text"),
    "version beyond 64 bits": (document(version=2**64), "version"),
}


@pytest.mark.parametrize("case", REJECTED)
async def test_bad_document_is_rejected_with_the_reason_and_the_others_are_written(index: Index, case: str) -> None:
    bad, reason = REJECTED[case]
    outcomes = await index.write([document("b"), bad, document("c")])
    assert [outcome.status for outcome in outcomes] == ["written", "rejected", "written"]
    assert reason in (outcomes[1].reason or "")
    assert await found(index, "*:*") == {"b", "c"}


async def test_rejected_document_does_not_take_the_place_of_a_good_one(index: Index) -> None:
    outcomes = await statuses(
        index, document(version=1), document(version=3, revision="x"), document(version=2, title="two")
    )
    assert outcomes == ["written", "rejected", "written"]
    assert await title(index) == "two"


async def test_odd_but_valid_values_are_written_and_returned(index: Index) -> None:
    body = {
        "title": "NUL \0 and tab \t and \u2028 and 😀",
        "body": "x" * 100_000 + " " + "\u0301" * 300,
        "url": "https://news.example/" + "x" * 40_000,
        "tags": ["", " ", "\0", "é" * 2000, "a\nb"],
        "extra": {"a.b": [1, None, {"c": "d" * 50_000}], "": True},
        "points": [{"lat": -90.0, "lon": 180.0}],
        "revision": 2**63 - 1,
        "published_at": "0001-01-03T00:00:00.000Z",
        "observed_at": "9999-12-30T00:00:00.000Z",
    }
    assert await statuses(index, document(**body)) == ["written"]
    stored = await index.get("a")
    assert stored is not None
    assert stored.body == {"@timestamp": "2026-03-01T00:00:00.000Z"} | body
    assert await found(index, "revision:>9000000000000000000") == {"a"}
    assert await found(index, "published_at:<1800-01-01 AND observed_at:>9999-01-01") == {"a"}


@pytest.mark.parametrize("id", ["nobody", "", "x" * 600, "a/b?c#d", "\ud800"], ids=ascii)
async def test_get_of_an_unknown_id_is_none(index: Index, id: str) -> None:
    assert await index.get(id) is None
    assert await index.delete([id]) == 0


async def test_deleted_document_is_gone(index: Index) -> None:
    await index.write(samples())
    assert await index.delete(["kz-1", "sa-1", "nobody", "kz-1"]) == 2
    assert await index.get("kz-1") is None
    assert await index.count() == len(samples()) - 2
    assert await found(index, "*:*") == {sample.id for sample in samples()} - {"kz-1", "sa-1"}
    assert await found(index, "NOT language:xx") == {sample.id for sample in samples()} - {"kz-1", "sa-1"}
    assert await index.delete(["kz-1"]) == 0


async def test_replay_does_not_bring_back_what_was_deleted(
    index: Index, reopened: Callable[[], Awaitable[Index]]
) -> None:
    await index.write([document(version=5)])
    await index.delete(["a"])
    again = await reopened()
    assert await statuses(again, document(version=5), document(version=4)) == ["unchanged", "unchanged"]
    assert await again.count() == 0


async def test_later_version_comes_back_after_a_deletion(index: Index) -> None:
    await index.write([document(version=5)])
    await index.delete(["a"])
    assert await statuses(index, document(version=6, title="again")) == ["written"]
    assert await title(index) == "again"
    assert await index.count() == 1


async def test_set_up_twice_changes_nothing(index: Index) -> None:
    await index.write(samples())
    await index.set_up()
    assert await index.count() == len(samples())


async def test_closing_twice_is_harmless(index: Index) -> None:
    await index.write(samples())
    await index.close()
    await index.close()
