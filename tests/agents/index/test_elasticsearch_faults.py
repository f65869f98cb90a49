"""Faults between the indexer and Elasticsearch: nothing lost, nothing twice, nothing given up that is not at fault."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from agents.index import (
    IndexAccessError,
    IndexDocument,
    IndexMissingError,
    IndexUnavailableError,
    Outcome,
)
from agents.index.elasticsearch import ElasticsearchIndex
from agents.index.elasticsearch.bulk import MAX_PORTION_BYTES, MAX_PORTION_ITEMS
from agents.index.elasticsearch.write import IN_FLIGHT
from agents.indexer import IndexStep
from agents.kafka import Message
from tests.agents.index.stub_cluster import Bulk, StubCluster, answer, fails, html, refuses, stub_cluster
from tests.agents.test_stage import FakeBroker, stage
from tests.agents.test_steps import enriched

LARGE = pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning")
"""The HTTP client's advice for larger bodies than ours."""


def documents(count: int, size: int = 10) -> list[IndexDocument]:
    body = {"@timestamp": "2026-03-01T00:00:00.000Z", "body": "x" * size}
    return [IndexDocument(id=f"d{n}", version=5, body=body) for n in range(count)]


@dataclass
class Waiting:
    """Writes as the stage does: again and again while the index cannot be used."""

    index: ElasticsearchIndex
    errors: list[IndexUnavailableError] = field(default_factory=list)

    async def write(self, batch: Sequence[IndexDocument], most: int = 50) -> list[Outcome]:
        for _ in range(most):
            try:
                return await self.index.write(batch)
            except IndexUnavailableError as error:
                self.errors.append(error)
        raise AssertionError(f"not written after {most} times: {self.errors[-1]}")


@pytest.fixture
async def stub() -> AsyncIterator[StubCluster]:
    async with stub_cluster() as running:
        yield running


@pytest.fixture
async def waiting(stub: StubCluster) -> AsyncIterator[Waiting]:
    index = ElasticsearchIndex(stub.settings())
    yield Waiting(index)
    await index.close()


def statuses(outcomes: Sequence[Outcome]) -> Counter[str]:
    return Counter(outcome.status for outcome in outcomes)


@pytest.mark.parametrize("seed", range(3))
async def test_only_the_items_that_were_refused_for_want_of_room_are_sent_again(
    stub: StubCluster, waiting: Waiting, seed: int
) -> None:
    random = Random(seed)
    accepted: Counter[str] = Counter()

    def a_third_is_refused(bulk: Bulk) -> None:
        refused = {action["_id"] for action, _ in bulk.items if random.random() < 0.3}
        accepted.update(action["_id"] for action, _ in bulk.items if action["_id"] not in refused)
        fails(429, "es_rejected_execution_exception", refused.__contains__)(bulk)

    stub.always = a_third_is_refused
    outcomes = await waiting.write(documents(400))
    assert statuses(outcomes) == {"written": 400}
    assert len(stub.documents) == 400
    assert set(accepted.values()) == {1}
    assert waiting.errors


async def test_response_that_was_lost_after_the_write_makes_no_second_document(
    stub: StubCluster, waiting: Waiting
) -> None:
    stub.after = ["drop", "drop"]
    outcomes = await waiting.write(documents(300))
    assert statuses(outcomes)["rejected"] == 0
    assert {version for version, _ in stub.documents.values()} == {5}
    assert len(stub.documents) == len(outcomes) == 300


async def test_answer_that_was_cut_off_is_no_answer(stub: StubCluster, waiting: Waiting) -> None:
    stub.after = ["cut"]
    assert statuses(await waiting.write(documents(3))) == {"unchanged": 3}
    assert "no usable answer" in str(waiting.errors[0])


async def test_credentials_that_are_refused_halt(stub: StubCluster, waiting: Waiting) -> None:
    stub.faults = [refuses(401, "security_exception")] * 3 + [refuses(403, "security_exception")]
    assert statuses(await waiting.write(documents(2))) == {"written": 2}
    assert [type(error) for error in waiting.errors] == [IndexAccessError] * 4
    assert "mend the API key" in str(waiting.errors[0])


async def test_credentials_that_are_refused_are_reported_once_and_make_no_dead_letter(stub: StubCluster) -> None:
    stub.faults = [refuses(401, "security_exception")] * 5
    step = IndexStep(stub.settings())
    guarded = stage(FakeBroker(), step)
    with capture_logs() as logs:
        await guarded.process([enriched()])
        stub.faults = [refuses(403, "security_exception")] * 2
        await guarded.process([enriched(id="later")])
    await step.close()
    levels = Counter(line["log_level"] for line in logs)
    assert levels == {"error": 2, "warning": 7}
    assert (guarded.tally.done, guarded.tally.dead_letters.total()) == (2, 0)


async def test_rights_that_are_missing_for_some_items_halt_as_well(stub: StubCluster, waiting: Waiting) -> None:
    stub.faults = [fails(403, "security_exception", "d1".__eq__)]
    assert statuses(await waiting.write(documents(2))) == {"written": 2}
    assert isinstance(waiting.errors[0], IndexAccessError)


async def test_key_that_was_exchanged_in_its_file_is_taken_up(stub: StubCluster, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("old-key\n")
    index = ElasticsearchIndex(stub.settings(index_api_key_file=file))
    stub.faults = [refuses(401, "security_exception")]
    with pytest.raises(IndexAccessError):
        await index.write(documents(1))
    file.write_text("new-key\n")
    await index.write(documents(1))
    await index.close()
    assert stub.keys == ["ApiKey old-key", "ApiKey new-key"]


async def test_bad_document_is_rejected_with_the_servers_reason_and_the_others_are_written(
    stub: StubCluster, waiting: Waiting
) -> None:
    stub.faults = [fails(400, "document_parsing_exception", "d1".__eq__)]
    outcomes = await waiting.write(documents(3))
    assert [outcome.status for outcome in outcomes] == ["written", "rejected", "written"]
    assert outcomes[1].reason == "document_parsing_exception: by the test"
    assert not waiting.errors


@pytest.mark.parametrize(("status", "size"), [(400, 10), (413, 100_000)])
async def test_document_that_spoils_its_request_is_found_and_the_others_are_written(
    stub: StubCluster, waiting: Waiting, status: int, size: int
) -> None:
    def spoilt_by_one(bulk: Bulk) -> Any:
        if any(action["_id"] == "d77" for action, _ in bulk.items):
            return refuses(status, "illegal_argument_exception")(bulk)
        return None

    stub.always = spoilt_by_one
    batch = documents(200)
    batch[77] = documents(78, size)[77]
    outcomes = await waiting.write(batch)
    assert statuses(outcomes) == {"written": 199, "rejected": 1}
    assert outcomes[77].status == "rejected"
    assert len(stub.bulks) <= 20


@pytest.mark.parametrize(
    "fault",
    [
        html(502),
        html(400),
        html(200),
        html(413),
        refuses(400, "cluster_says_something_new"),
        refuses(404, "no_handler"),
        refuses(405, "no_handler"),
        refuses(429, "circuit_breaking_exception"),
        refuses(500, "x"),
        refuses(503, "x"),
        fails(429, "cluster_block_exception"),
        fails(403, "cluster_block_exception"),
        fails(503, "unavailable_shards_exception"),
    ],
)
async def test_what_is_not_the_documents_fault_is_waited_for(stub: StubCluster, waiting: Waiting, fault: Any) -> None:
    stub.faults = [fault] * 3
    assert statuses(await waiting.write(documents(2))) == {"written": 2}
    assert waiting.errors
    assert not stub.faults


async def test_server_that_is_away_is_waited_for_and_found_again() -> None:
    async with stub_cluster() as stub:
        index = ElasticsearchIndex(stub.settings())
        await index.write(documents(1))
    with pytest.raises(IndexUnavailableError, match="no usable answer"):
        await index.write(documents(2))
    async with stub_cluster(stub.port) as again:
        assert statuses(await Waiting(index).write(documents(2))) == {"written": 2}
        assert set(again.documents) == {"d0", "d1"}
    await index.close()


async def test_server_that_does_not_answer_is_given_up_in_time(stub: StubCluster) -> None:
    index = ElasticsearchIndex(stub.settings(index_timeout_s=0.2))
    stub.faults = [_hang]
    with pytest.raises(IndexUnavailableError, match="timed out"):
        await index.write(documents(1))
    await index.close()


class Never(web.StreamResponse):
    async def prepare(self, request: web.BaseRequest) -> None:
        await asyncio.sleep(30)


def _hang(_: Bulk) -> web.StreamResponse:
    return Never()


async def test_slow_server_gets_the_rest_later(stub: StubCluster, waiting: Waiting, monkeypatch: Any) -> None:
    """A write ends in time even if each request is answered, so that the stage shows a sign of life."""
    monkeypatch.setattr("agents.index.elasticsearch.engine.request_timeout_s", lambda _: 0.0)
    with pytest.raises(IndexUnavailableError, match="left to write"):
        await waiting.index.write(documents(10))
    monkeypatch.undo()
    assert statuses(await waiting.write(documents(10))) == {"written": 10}


async def test_index_that_was_deleted_is_made_anew_and_gets_the_whole_batch(
    stub: StubCluster, waiting: Waiting
) -> None:
    stub.faults = [fails(404, "index_not_found_exception", "d1".__eq__)]
    with pytest.raises(IndexMissingError):
        await waiting.index.write(documents(2))
    stub.documents.clear()
    assert statuses(await waiting.write(documents(2))) == {"written": 2}
    assert set(stub.documents) == {"d0", "d1"}


@LARGE
async def test_requests_are_bounded_in_size_and_number(stub: StubCluster, waiting: Waiting) -> None:
    assert statuses(await waiting.write(documents(40, size=600_000))) == {"written": 40}
    assert stub.largest <= MAX_PORTION_BYTES
    assert stub.most_active <= IN_FLIGHT
    assert statuses(await waiting.write(documents(3 * MAX_PORTION_ITEMS, size=1)))["rejected"] == 0
    assert max(len(ids) for ids in stub.sent()) == MAX_PORTION_ITEMS


@LARGE
async def test_document_larger_than_a_portion_goes_alone(stub: StubCluster, waiting: Waiting) -> None:
    large = documents(1, size=MAX_PORTION_BYTES + 1)[0]
    small = IndexDocument(id="small", version=1, body={"@timestamp": "2026-03-01T00:00:00.000Z"})
    assert statuses(await waiting.write([small, large, small])) == {"written": 2, "unchanged": 1}
    assert [len(ids) for ids in stub.sent()] == [1, 1, 1]


async def test_answer_with_too_few_items_is_none(stub: StubCluster, waiting: Waiting) -> None:
    def short(bulk: Bulk) -> Any:
        return answer({"items": []})

    stub.faults = [short]
    assert statuses(await waiting.write(documents(2))) == {"written": 2}
    assert "something else" in str(waiting.errors[0])


async def test_every_message_ends_in_one_counted_outcome_whatever_fails(stub: StubCluster) -> None:
    """The stage does the waiting; only documents that the server itself found bad become dead letters."""
    random = Random(11)
    faults = [
        refuses(401, "security_exception"),
        refuses(503, "x"),
        html(502),
        fails(429, "es_rejected_execution_exception", lambda _: random.random() < 0.5),
        fails(400, "document_parsing_exception", "a7".__eq__),
    ]
    stub.after = ["drop", "cut"]

    def anything(bulk: Bulk) -> Any:
        fault = random.choice(faults[:-1]) if random.random() < 0.8 else faults[-1]
        faults[-1](bulk)
        return fault(bulk)

    stub.always = anything
    step, broker = IndexStep(stub.settings()), FakeBroker()
    guarded = stage(broker, step)
    messages = [enriched(id=f"a{n}", observed_at="2024-05-01T12:00:00Z") for n in range(20)]
    await guarded.process([*messages, Message("t.enriched", 0, 99, 1, None, b"{"), *messages[:5]])
    await step.close()
    assert set(stub.documents) == {f"a{n}" for n in range(20)} - {"a7"}
    assert guarded.tally.dead_letters == {"index_rejected": 1, "invalid_json": 1}
    assert guarded.tally.done == 24
    assert guarded.tally.signs == guarded.tally.retries > 0
