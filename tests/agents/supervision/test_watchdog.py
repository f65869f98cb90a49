"""The watchdog's judgement, on a clock of the test's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from agents.supervision.heartbeat import Heartbeat, read_heartbeat
from agents.supervision.progress import Progress
from agents.supervision.watchdog import LOOK_EVERY_S, LOOP, Watch, begin, look

TIMEOUT = 60.0

Seen = tuple[Heartbeat | None, list[Progress] | None]


def heartbeat(tick: int, signs: int = 0) -> Heartbeat:
    return Heartbeat(pid=1, tick=tick, agents={"enricher": {"signs": signs}})


def progress(committed: int, end: int) -> list[Progress]:
    return [Progress("enricher", "t.articles", 0, committed, end)]


def watched(seen: Iterable[Seen]) -> tuple[str, ...]:
    """What has stalled after these looks."""
    now, watch = 0.0, begin(0.0)
    for sign, offsets in seen:
        now += LOOK_EVERY_S
        watch = look(watch, now, sign, offsets)
    return watch.stalled(now, TIMEOUT)


def test_a_worker_that_commits_is_well() -> None:
    assert watched((heartbeat(i), progress(i, 1000)) for i in range(100)) == ()


def test_an_idle_worker_is_well() -> None:
    assert watched((heartbeat(i), progress(7, 7)) for i in range(100)) == ()


def test_a_worker_that_waits_for_a_server_is_well() -> None:
    assert watched((heartbeat(i, signs=i // 2), progress(0, 9)) for i in range(100)) == ()


def test_a_loop_that_stands_still_is_wedged() -> None:
    assert watched((heartbeat(3), progress(7, 7)) for _ in range(100)) == (LOOP,)


def test_a_worker_that_never_gives_a_sign_is_wedged() -> None:
    assert watched((None, None) for _ in range(100)) == (LOOP,)


def _beside_another(i: int) -> tuple[Heartbeat, list[Progress]]:
    """This worker has the first partition, another one commits on the second."""
    tally = {"signs": 0, "joined": 1, "partitions": ["t.articles/0"]}
    both = [Progress("enricher", "t.articles", 0, 3, 9), Progress("enricher", "t.articles", 1, i, 1000)]
    return Heartbeat(pid=1, tick=i, agents={"enricher": tally}), both


def test_a_worker_is_not_excused_by_what_another_one_of_its_group_commits() -> None:
    assert watched(_beside_another(i) for i in range(100)) == ("enricher",)


def test_a_worker_without_partitions_of_its_own_is_well() -> None:
    tally = {"signs": 0, "joined": 1, "partitions": []}
    idle = (Heartbeat(pid=1, tick=i, agents={"enricher": tally}) for i in range(100))
    assert watched((sign, progress(3, 9)) for sign in idle) == ()


def test_an_agent_that_has_work_and_commits_nothing_is_wedged() -> None:
    assert watched((heartbeat(i), progress(3, 9 + i)) for i in range(100)) == ("enricher",)


def test_no_agent_is_judged_while_the_broker_does_not_answer() -> None:
    assert watched((heartbeat(i), None) for i in range(100)) == ()
    outage: list[Seen] = [(heartbeat(i), progress(3, 9) if i % 10 else None) for i in range(100)]
    assert watched(outage) == ()


def test_work_that_arrives_after_a_long_rest_starts_the_clock_anew() -> None:
    seen: list[Seen] = [(heartbeat(i), progress(7, 7)) for i in range(100)]
    assert watched([*seen, (heartbeat(100), progress(7, 9))]) == ()


def test_a_machine_that_slept_is_given_time() -> None:
    watch = look(begin(0.0), 5.0, heartbeat(1), progress(3, 9))
    awake = look(watch, 5000.0, heartbeat(1), progress(3, 9))
    assert awake.stalled(5000.0, TIMEOUT) == ()
    assert look(awake, 5005.0, heartbeat(1), progress(3, 9)).stalled(5062.0, TIMEOUT) == (LOOP, "enricher")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_what_moved_just_now_never_counts_as_stalled(steps: list[tuple[int, int, int]]) -> None:
    watch: Watch = begin(0.0)
    now = tick = signs = 0
    for dt, signs_more, commits in steps:
        now, tick, signs = now + dt, tick + 1, signs + signs_more
        watch = look(watch, float(now), heartbeat(tick, signs), progress(commits, 9))
        assert LOOP not in watch.stalled(float(now), 0.5)


def test_a_torn_or_missing_heartbeat_is_none(tmp_path: Path) -> None:
    path = tmp_path / "worker-0.json"
    assert read_heartbeat(path) is None
    for content in (b"", b"{", b'{"pid": 1}', b"[]"):
        path.write_bytes(content)
        assert read_heartbeat(path) is None
    path.write_bytes(b'{"pid": 1, "tick": 2, "agents": {}}')
    assert read_heartbeat(path) == Heartbeat(1, 2, {})
