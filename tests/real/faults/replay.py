"""The replay drill: the same enriched articles twice through one deployment and once through another, on real Kafka,
while matcher, alerter, notifier and broker are killed and a worker joins and leaves.

    first deployment:   pass 1 | pass 2, which adds nothing | a rule is edited while further articles arrive
    second deployment:  the same articles, other faults: the same alerts
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agents.live_rules import CHECK_S
from agents.settings import Settings
from schemas.alert import Alert
from schemas.topics import ENRICHED
from tests.agents.notifier.conftest import Receiver
from tests.e2e.checker import alert_problems, plain_alert, read_alerts
from tests.e2e.deployment import Deployment, make_settings
from tests.real.faults import replay_workload as workload
from tests.real.faults.drill import Feed, Log, beside, feed, keep, kill_kafka
from tests.real.faults.replay_matches import Edit, expected_matches
from tests.real.faults.servers import Server, kafka_server, running, server_folder
from tests.real.faults.subscribers import Group, Notifier, notifying, reading, repeats

WORKERS = {"matching": ("matcher",), "alerting": ("alerter",)}
PARTITIONS = 4
_EXTRA = 10
"""One part in so many of the articles arrives after both passes, while a rule is edited."""
_AHEAD = 50
"""One part in so many may wait for the matcher; in event time that is less than the lateness of the rules."""
_CATCH_UP_S = 600.0


@dataclass
class Desk:
    """What can be struck, and who is told."""

    deployment: Deployment
    kafka: Server
    notifier: Notifier
    receiver: Receiver
    """Of the notifier's one webhook."""
    groups: tuple[Group, ...]
    chance: random.Random
    log: Log


Fault = Callable[[Desk], Awaitable[None]]


async def kill_matcher(desk: Desk) -> None:
    await _while_at_work(desk)
    await desk.deployment.kill_worker("matching")


async def kill_alerter(desk: Desk) -> None:
    await _while_at_work(desk)
    await desk.deployment.kill_worker("alerting")


async def kill_notifier(desk: Desk) -> None:
    await _while_at_work(desk)
    await desk.notifier.kill()
    await desk.notifier.start()


async def join_and_leave(desk: Desk) -> None:
    """Partitions of both agents go to another worker and come back: two rebalances."""
    await desk.deployment.start_worker("guest", ("matcher", "alerter"))
    await desk.deployment.until_alive(joined=1, name="guest")
    await _while_at_work(desk)
    if desk.chance.random() < 0.5:
        await desk.deployment.kill_worker("guest")
    else:
        await desk.deployment.stop_worker("guest")


async def _while_at_work(desk: Desk) -> None:
    await asyncio.sleep(desk.chance.uniform(0.2, 1.5))


DEATHS: tuple[Fault, ...] = (kill_matcher, kill_alerter, kill_notifier, join_and_leave)
ALL: tuple[Fault, ...] = (*DEATHS, kill_kafka)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much of everything."""

    seed: int
    count: int
    """Articles of one pass."""
    faults: tuple[Fault, ...]
    rounds: int
    """How often each fault strikes in a pass."""

    @property
    def how(self) -> Feed:
        return Feed(
            agent="matcher",
            topic=ENRICHED.name,
            ahead=self.count // _AHEAD,
            portion=max(self.count // 100, 10),
            key=workload.key_of,
        )

    def articles(self, count: int, first: int = 0) -> list[bytes]:
        return list(workload.articles(self.seed, count, first=first, step=workload.SPAN / self.count))


@dataclass
class Report:
    """What was counted, for people; and what is wrong."""

    problems: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        self.lines.append(line)
        print(line, flush=True)


async def replay_drill(folder: Path, plan: Plan) -> list[str]:
    """What is wrong after all passes."""
    report = Report()
    report.say(f"SOAK_SEED={plan.seed} articles={plan.count} partitions={PARTITIONS} rules={len(workload.RULES)}")
    with server_folder() as servers:
        kafka = kafka_server(servers)
        async with running(kafka):
            first = await _twice(kafka, folder / "first", plan, report)
            second = await _once_more(kafka, folder / "second", plan, report)
    exact = {id: alert for id, alert in first.items() if alert["rule_id"] in workload.EXACT}
    again = {id: alert for id, alert in second.items() if alert["rule_id"] in workload.EXACT}
    report.problems += _differences("alert of the second deployment", exact, again)
    report.say(f"alerts that depend on the articles alone: {len(exact)} in the first, {len(again)} in the second")
    report.say(f"problems: {len(report.problems)}")
    for problem in report.problems[:20]:
        report.say(problem[:400])
    return report.problems


async def _twice(kafka: Server, folder: Path, plan: Plan, report: Report) -> dict[str, dict[str, Any]]:
    """Both passes, the edit, and all checks of one deployment; its alerts after the first pass."""
    articles = plan.articles(plan.count)
    async with _desk(kafka, folder, "first", random.Random(plan.seed)) as desk:
        first = await _pass(desk, plan, articles, "pass 1", report)
        second = await _pass(desk, plan, articles, "pass 2, the same articles", report)
        report.problems += _differences("alert of pass 2", first, second)
        edit = await _edit(desk, plan, report)
        await _told(desk, await _alerts(desk.deployment))
        await _check(desk, edit, report)
    return first


async def _once_more(kafka: Server, folder: Path, plan: Plan, report: Report) -> dict[str, dict[str, Any]]:
    """The same articles in a deployment that knows nothing, under other faults."""
    async with _desk(kafka, folder, "second", random.Random(plan.seed + 1)) as desk:
        alerts = await _pass(desk, plan, plan.articles(plan.count), "second deployment", report)
        await _check(desk, None, report)
    return alerts


async def _pass(desk: Desk, plan: Plan, articles: list[bytes], name: str, report: Report) -> dict[str, dict[str, Any]]:
    began = time.monotonic()
    faults = [fault for _ in range(plan.rounds) for fault in desk.chance.sample(plan.faults, len(plan.faults))]
    await _feed_under(desk, plan.how, articles, faults)
    await desk.deployment.until_settled(timeout_s=_CATCH_UP_S)
    seconds = time.monotonic() - began
    alerts = await _alerts(desk.deployment)
    await _told(desk, alerts)
    report.say(f"{name}: {len(articles)} articles in {seconds:.0f} s under {len(faults)} faults, {len(alerts)} alerts")
    return {id: plain_alert(alert) for id, alert in alerts.items()}


async def _feed_under(desk: Desk, how: Feed, articles: Sequence[bytes], faults: Sequence[Fault]) -> None:
    """The faults strike at equal distances, each while the next articles arrive."""
    size = len(articles) // (len(faults) + 1) + 1
    parts = [articles[start : start + size] for start in range(0, len(articles), size)]
    async with contextlib.AsyncExitStack() as stack:
        striking: Sequence[asyncio.Task[None]] = ()
        for number, part in enumerate(parts):
            await feed(desk.deployment, part, how)
            await asyncio.gather(*striking)
            if number < len(faults):
                desk.log.faults[faults[number].__name__] += 1
                striking = await stack.enter_async_context(beside(faults[number](desk)))
        await asyncio.gather(*striking)


async def _edit(desk: Desk, plan: Plan, report: Report) -> Edit:
    """Further articles, amid which the rule is edited; nobody waits for anybody to notice."""
    extra = max(plan.count // _EXTRA, 40)
    articles = plan.articles(extra, first=plan.count)
    half = len(articles) // 2
    how = plan.how
    await feed(desk.deployment, articles[:half], how)
    await desk.deployment.until_settled(timeout_s=_CATCH_UP_S)
    edit = Edit.now(desk.deployment.settings, workload.EDITED, workload.edited(2))
    slow = half // 2
    for start in range(half, half + slow, 5):
        await feed(desk.deployment, articles[start : min(start + 5, half + slow)], how)
        await asyncio.sleep(4 * CHECK_S * 5 / slow)  # half of them may still meet the old version
    await _feed_under(desk, how, articles[half + slow :], [kill_matcher, kill_alerter])
    await desk.deployment.until_settled(timeout_s=_CATCH_UP_S)
    report.say(f"rule edited amid {len(articles)} further articles, then matcher and alerter killed")
    return edit


async def _alerts(deployment: Deployment) -> dict[str, Alert]:
    return {alert.id: alert for alert in await read_alerts(deployment)}


async def _told(desk: Desk, ids: Iterable[str]) -> None:
    """Wait until everybody was told of these alerts; what does not come is found by the checks."""
    wanted = set(ids)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_CATCH_UP_S):
            while not all(wanted <= told for told in (*map(_ids, desk.groups), set(desk.receiver.ids))):
                await asyncio.sleep(0.5)


def _ids(group: Group) -> set[str]:
    return set(group.places)


async def _check(desk: Desk, edit: Edit | None, report: Report) -> None:
    """Matches and alerts are those of the pure functions, each alert stands once, everybody was told once."""
    expected, problems = await expected_matches(desk.deployment, edit, workload.RULES)
    problems += await alert_problems(desk.deployment, expected)
    alerts = await _alerts(desk.deployment)
    for group in desk.groups:
        problems += _delivery_problems(group.name, alerts, {id: len(places) for id, places in group.places.items()})
        report.say(f"{group.name}: {len(group.places)} alerts, {sum(map(len, group.places.values()))} deliveries")
    problems += _webhook_problems(desk, alerts, report)
    report.say(f"faults: {dict(desk.log.faults)}; workers restarted by exit code: {dict(desk.log.restarts)}")
    report.problems += problems


def _webhook_problems(desk: Desk, alerts: dict[str, Alert], report: Report) -> list[str]:
    """Once by idempotency key; a repeat only where notifier or broker died between delivery and commit."""
    ids, kills = desk.receiver.ids, desk.notifier.kills + desk.log.faults["kill_kafka"]
    report.say(f"webhook: {len(set(ids))} alerts by idempotency key, {len(ids)} deliveries, {kills} kills")
    problems = _delivery_problems("webhook", alerts, dict.fromkeys(ids, 1))
    if repeats(desk.receiver) > kills:
        problems.append(f"webhook: {repeats(desk.receiver)} deliveries repeated for {kills} kills")
    return problems


def _delivery_problems(name: str, alerts: dict[str, Alert], copies: dict[str, int]) -> list[str]:
    problems = [f"{name}: never told of {id}" for id in alerts.keys() - copies.keys()]
    problems += [f"{name}: told of {id}, which was not raised" for id in copies.keys() - alerts.keys()]
    return problems + [f"{name}: told {count} times of {id}" for id, count in copies.items() if count > 1]


def _differences(kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    rules = Counter(
        alert["rule_id"] for id, alert in [*before.items(), *after.items()] if (id in before) != (id in after)
    )
    problems = [f"{kind}: {count} more or fewer of rule {rule}" for rule, count in rules.items()]
    both = before.keys() & after.keys()
    return problems + [
        f"{kind} differs: {before[id]!r:.180} {after[id]!r:.180}" for id in both if before[id] != after[id]
    ]


@asynccontextmanager
async def _desk(kafka: Server, folder: Path, prefix: str, chance: random.Random) -> AsyncIterator[Desk]:
    settings = _settings(kafka, folder, prefix)
    log = Log()
    async with (
        Deployment(settings, workers=WORKERS) as deployment,
        notifying(settings, "desk") as (notifier, [receiver]),
        reading(settings, workload.CHANNELS) as groups,
        beside(keep(deployment, WORKERS, log)),
    ):
        yield Desk(deployment, kafka, notifier, receiver, groups, chance, log)


def _settings(kafka: Server, folder: Path, prefix: str) -> Settings:
    settings = make_settings(
        folder,
        kafka_url=kafka.url,
        topic_prefix=prefix,
        partitions=PARTITIONS,
        notify_file=folder / "targets.toml",
        notify_retry_first_s=0.1,
        stop_timeout_s=60.0,
        log_level="error",
    )
    assert settings.rules_dir is not None
    for path in settings.rules_dir.iterdir():
        path.unlink()
    for name, text in workload.RULES.items():
        (settings.rules_dir / f"{name}.toml").write_text(text)
    return settings
