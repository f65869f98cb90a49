"""The pool: order, blame, and that nothing outlives it."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import psutil
import pytest

from agents.enrichment.frames import Enriched, Job, pack_answer, pack_job, unpack_answer, unpack_job
from agents.enrichment.pool import Answer, Pool, PoolConfig
from agents.errors import UnavailableError
from agents.metrics import Tally
from agents.outcomes import Refused

MISBEHAVE = "tests.agents.misbehave:enrich"


def config(**changes: object) -> PoolConfig:
    values: dict[str, object] = {
        "processes": 2,
        "timeout_s": 1.0,
        "memory_bytes": 1 << 31,
        "max_article_bytes": 2_000_000,
        "max_attempts": 2,
        "function": MISBEHAVE,
    }
    return PoolConfig(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


def job(body: str, **fields: object) -> Job:
    return Job(json.dumps({"body": body} | fields).encode(), 1_700_000_000_000, "live")


async def run(*bodies: str, **changes: object) -> list[Answer]:
    async with Pool(config(**changes)) as pool:
        return await pool.run([job(body) for body in bodies])


def body_of(answer: Answer) -> str:
    assert isinstance(answer, Enriched)
    body: str = json.loads(answer.value)["body"]
    return body


def test_frames_come_out_as_they_went_in() -> None:
    for one in (Job(b"\x00{", None, "backfill"), Job(b"", 5, "live")):
        assert unpack_job(pack_job(one)[4:]) == one
    for answer in (Enriched(b"k", b"v" * 70_000), Refused("enrichment_failed", "d", "t")):
        assert unpack_answer(pack_answer(answer)[4:]) == answer


async def test_answers_keep_the_order_of_the_jobs() -> None:
    bodies = [f"Text {number} " + "x" * (number * 997 % 50_000) for number in range(200)]
    assert [body_of(answer) for answer in await run(*bodies)] == bodies


async def test_large_articles_do_not_block_the_pipes() -> None:
    bodies = [f"{number}" + "y" * 1_900_000 for number in range(6)]
    assert [body_of(answer) for answer in await run(*bodies, timeout_s=30.0)] == bodies


@pytest.mark.parametrize(
    ("word", "reason", "detail"),
    [
        ("HANG", "enrichment_timeout", "no result after 1 s"),
        ("EXIT", "enrichment_crash", "exit code 9"),
        ("SEGFAULT", "enrichment_crash", "SIGSEGV"),
        ("HOG", "enrichment_crash", "exit code 71"),
        ("RAISE", "enrichment_failed", "ValueError: told to raise"),
    ],
)
async def test_only_the_guilty_article_is_refused(word: str, reason: str, detail: str) -> None:
    answers = await run("a", "b", word, "c", "d", "e", processes=1)
    guilty = answers.pop(2)
    assert [body_of(answer) for answer in answers] == ["a", "b", "c", "d", "e"]
    assert isinstance(guilty, Refused)
    assert (guilty.reason, guilty.attempts) == (reason, 2)
    assert detail in guilty.detail
    assert ("told to raise" in (guilty.traceback or "")) == (word == "RAISE")


async def test_an_article_that_fails_once_is_tried_again(tmp_path: Path) -> None:
    body = f"ONCE {tmp_path / 'died'}"
    assert [body_of(answer) for answer in await run("a", body, "b")] == ["a", body, "b"]


async def test_unreadable_articles_are_refused_without_another_try() -> None:
    async with Pool(config()) as pool:
        answers = await pool.run([Job(b"{", None, "live"), Job(b'{"body":"x"}', None, "backfill")])
    assert isinstance(answers[0], Refused)
    assert (answers[0].reason, answers[0].attempts, answers[0].traceback) == ("invalid_json", 1, None)
    assert isinstance(answers[1], Enriched)
    assert json.loads(answers[1].value)["mode"] == "backfill"


async def test_what_a_library_prints_stays_out_of_the_answer() -> None:
    assert [body_of(answer) for answer in await run("PRINT", "a")] == ["PRINT", "a"]


async def test_a_pool_that_cannot_start_says_so() -> None:
    with pytest.raises(UnavailableError, match="exit code 1"):
        await run("a", function="tests.agents.misbehave:nothing")


async def test_a_pool_whose_tagger_cannot_be_opened_says_why(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnavailableError, match="exit code 1"):
        await run("a", processes=1, tagger="spacy:no_such_pipeline")
    assert "TOCSIN_NAMES_BACKEND: spaCy" in capfd.readouterr().err


async def test_an_idle_process_that_dies_is_replaced() -> None:
    tally = Tally()
    async with Pool(config(processes=1), tally) as pool:
        psutil.Process().children()[0].kill()
        assert body_of((await pool.run([job("a")]))[0]) == "a"
        assert tally.replaced == 1


async def test_no_process_outlives_the_pool() -> None:
    async with Pool(config()):
        children = psutil.Process().children()
        assert len(children) == 2
    assert not any(child.is_running() for child in children)


PARENT = """
import asyncio, sys
from agents.enrichment.pool import Pool, PoolConfig
from agents.enrichment.frames import Job
async def main():
    config = PoolConfig(processes=1, timeout_s=600, memory_bytes=1<<31, max_article_bytes=9999, max_attempts=1,
                        function="tests.agents.misbehave:enrich")
    async with Pool(config) as pool:
        print("ready", flush=True)
        await pool.run([Job(b'{"body": "HANG"}', None, "live")])
asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
async def test_a_hanging_process_dies_with_a_killed_parent() -> None:
    pipe = asyncio.subprocess.PIPE
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, stdout=pipe)
    assert parent.stdout is not None
    assert await parent.stdout.readline() == b"ready\n"
    children = psutil.Process(parent.pid).children()
    assert len(children) == 1
    parent.kill()
    await parent.wait()
    gone, alive = await asyncio.to_thread(psutil.wait_procs, children, timeout=10)
    assert (len(gone), alive) == (1, [])
