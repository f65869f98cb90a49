"""What must be true of a system that has come to rest, whatever happened to it. Knows nothing of the faults.

    input topics -> the pure functions -> what must be there      compared with      index, dead letters, alerts

Every message that the broker acknowledged is on the input topics; every message there is indexed or a dead letter,
never both, never neither; every article stands in the index once, in its latest revision; every alert that the pure
functions give for the matches in their order was raised exactly once, and no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Set
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import orjson
from elasticsearch import AsyncElasticsearch

from agents.index import StoredDocument, open_index
from agents.index.elasticsearch.document import from_source, is_tombstone
from agents.kafka import Message, read_to_end
from agents.rules import load_rules
from agents.settings import EMBEDDED, Settings
from pipeline.alerting import RuleSet, Watch
from pipeline.articles import InvalidMessageError, Limits, decode_article
from pipeline.document import document_version, to_document
from pipeline.query.canon import to_ms
from schemas.alert import Alert, DeadLetter, Match
from schemas.article import Article
from schemas.enrichment import EnrichedArticle, Mode
from schemas.topics import ARTICLES, BACKFILL, DEAD_LETTERS, ENRICHED, MATCHES
from tests.agents import misbehave
from tests.e2e.deployment import Deployment

POISON = {
    misbehave.HANG: "enrichment_timeout",
    misbehave.EXIT: "enrichment_crash",
    misbehave.SEGFAULT: "enrichment_crash",
    misbehave.HOG: "enrichment_crash",
    misbehave.RAISE: "enrichment_failed",
}
_PAGE = 1_000

Place = tuple[str, int, int]
Refuses = Callable[[Article], bool]
MatchKey = tuple[str, str, str, str]
"""Rule, group, article and a digest of the rest."""


def _nobody(_: Article) -> bool:
    return False


@dataclass(frozen=True)
class Truth:
    """What the inputs must come to."""

    values: frozenset[bytes]
    """Digests of the values on the input topics."""
    refused: dict[Place, str]
    """Where each dead letter's message stands, and the reason."""
    rejected: frozenset[str]
    """Ids of the articles that the index does not take."""
    articles: dict[str, tuple[int, bytes]]
    """Version and digest of the document of each article's latest revision, by id."""
    matches: frozenset[MatchKey]
    problems: tuple[str, ...] = ()
    """What was wrong with the inputs of the later stages."""


def _digest(value: Any) -> bytes:
    data = value if isinstance(value, bytes) else orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=str)
    return blake2b(data, digest_size=12).digest()


@dataclass(frozen=True)
class Expected:
    """What one accepted message comes to."""

    id: str
    version: int
    document: bytes
    matches: frozenset[MatchKey]
    is_rejected: bool = False
    """Whether the index does not take it."""


Enriched = dict[tuple[str, int], Expected]
"""What the enricher wrote, by id and moment of observation."""


def _expected(record: EnrichedArticle, rules: RuleSet, index_rejects: Refuses) -> Expected:
    assert record.id is not None
    matches = frozenset(match_key(match) for match in rules.match(record))
    version = document_version(record)
    return Expected(record.id, version, _digest(to_document(record)), matches, index_rejects(record))


def _revision(article: Article) -> tuple[str, int]:
    assert article.id is not None and article.observed_at is not None
    return article.id, to_ms(article.observed_at)


async def _written(deployment: Deployment, rules: RuleSet) -> tuple[Enriched, list[str]]:
    """For runs too long to enrich everything once more: what was written stands for what is right, as long as the same
    revision was always enriched to the same bytes."""
    written: Enriched = {}
    bytes_of: dict[tuple[str, int], bytes] = {}
    problems: list[str] = []
    async for message in _messages(deployment, ENRICHED.name):
        record = EnrichedArticle.model_validate_json(message.value)
        found, key = _expected(record, rules, _nobody), _revision(record)
        if bytes_of.setdefault(key, _digest(message.value)) != _digest(message.value):
            problems.append(f"article enriched in two ways: {key}")
        written[key] = found
    return written, problems


def _read(message: Message, deployment: Deployment) -> Article | str:
    """The article, or the reason of the dead letter."""
    limits = Limits(max_bytes=deployment.settings.max_article_bytes)
    try:
        article = decode_article(message.value, timestamp_ms=message.timestamp_ms, limits=limits)
    except InvalidMessageError as error:
        return error.reason
    if reason := POISON.get(article.body.partition(" ")[0]):
        return reason
    return article


def match_key(match: Match) -> MatchKey:
    return match.rule_id, match.group, match.article_id, _digest(match.model_dump(mode="json")).hex()


def _messages(deployment: Deployment, *topics: str) -> AsyncIterator[Message]:
    return read_to_end(deployment.settings, [f"{deployment.settings.topic_prefix}.{topic}" for topic in topics])


async def find_truth(
    deployment: Deployment, *, too_large: Refuses = _nobody, index_rejects: Refuses = _nobody
) -> Truth:
    """Run the pure functions over the input topics.

    Args:
        too_large: whether the broker is set up to refuse this result.
        index_rejects: whether the index refuses its document.
    """
    rules = load_rules(deployment.settings)
    written, problems = ({}, []) if deployment.enrich else await _written(deployment, rules)
    values: set[bytes] = set()
    refused: dict[Place, str] = {}
    rejected: set[str] = set()
    articles: dict[str, tuple[int, bytes]] = {}
    matches: set[MatchKey] = set()
    async for message in _messages(deployment, ARTICLES.name, BACKFILL.name):
        values.add(_digest(message.value))
        read = _read(message, deployment)
        if isinstance(read, str):
            refused[message.topic, message.partition, message.offset] = read
            continue
        if too_large(read):
            refused[message.topic, message.partition, message.offset] = "too_large"
            continue
        one = _come_to(read, message, deployment, written, rules, index_rejects)
        matches |= one.matches
        if one.is_rejected:
            rejected.add(one.id)
        elif one.id not in articles or articles[one.id][0] < one.version:
            articles[one.id] = one.version, one.document
    return Truth(frozenset(values), refused, frozenset(rejected), articles, frozenset(matches), tuple(problems))


def _come_to(
    article: Article,
    message: Message,
    deployment: Deployment,
    written: Enriched,
    rules: RuleSet,
    index_rejects: Refuses,
) -> Expected:
    if deployment.enrich is None:
        assert article.id is not None
        return written.get(_revision(article), Expected(article.id, 0, b"never enriched", frozenset()))
    mode: Mode = "backfill" if message.topic.endswith(BACKFILL.name) else "live"
    return _expected(deployment.enrich(article, mode), rules, index_rejects)


def _differences(kind: str, expected: Mapping[Any, Any], found: Mapping[Any, Any]) -> list[str]:
    problems = [f"{kind} missing: {key} {expected[key]!r:.200}" for key in expected.keys() - found.keys()]
    problems += [f"{kind} not expected: {key} {found[key]!r:.200}" for key in found.keys() - expected.keys()]
    both = expected.keys() & found.keys()
    problems += [
        f"{kind} differs: {key}\n  {expected[key]!r:.600}\n  {found[key]!r:.600}"
        for key in both
        if expected[key] != found[key]
    ]
    return problems


def _input_problems(deployment: Deployment, truth: Truth) -> list[str]:
    lost = [value for value in deployment.acknowledged if _digest(value) not in truth.values]
    return [f"message acknowledged and lost: {value!r:.200}" for value in lost]


async def read_letters(deployment: Deployment) -> list[DeadLetter]:
    """Every dead letter once, in its latest writing, whole."""
    found = {message.key: message.value async for message in _messages(deployment, DEAD_LETTERS.name) if message.value}
    return [DeadLetter.model_validate_json(value) for value in found.values()]


async def _dead_letter_problems(deployment: Deployment, truth: Truth) -> list[str]:
    """The enricher's letters by place; the indexer's by article, as a replay may have made several messages of one."""
    letters = await read_letters(deployment)
    enriched = f"{deployment.settings.topic_prefix}.{ENRICHED.name}"
    early = {(one.topic, one.partition, one.offset): one.reason for one in letters if one.topic != enriched}
    late = {(EnrichedArticle.model_validate_json(one.raw).id, one.reason) for one in letters if one.topic == enriched}
    expected = {(one, "index_rejected"): True for one in truth.rejected}
    problems = _differences("dead letter", truth.refused, early)
    return problems + _differences("dead letter of the index", expected, dict.fromkeys(late, True))


async def _enriched_problems(deployment: Deployment, truth: Truth) -> list[str]:
    keys = {(message.key or b"").decode(): True async for message in _messages(deployment, ENRICHED.name)}
    expected = {*truth.articles, *truth.rejected}
    return _differences("enriched article", dict.fromkeys(expected, True), keys)


async def _stored_documents(settings: Settings, ids: list[str]) -> AsyncIterator[StoredDocument]:
    """Every document there is; of the embedded index those with these *ids*."""
    if settings.index_url != EMBEDDED:
        async for stored in _all_documents(settings):
            yield stored
        return
    index = await open_index(settings, read_only=True)
    try:
        for identity in ids:
            if found := await index.get(identity):
                yield found
    finally:
        await index.close()


async def _all_documents(settings: Settings) -> AsyncIterator[StoredDocument]:
    """Page through the alias with a plain client, not with the engine that wrote."""
    async with AsyncElasticsearch(settings.index_url, request_timeout=60) as client:
        await client.indices.refresh(index=settings.index_alias)
        view = (await client.open_point_in_time(index=settings.index_alias, keep_alive="5m"))["id"]
        after: list[Any] | None = None
        while True:
            answer = await client.search(
                pit={"id": view, "keep_alive": "5m"}, size=_PAGE, sort=["_shard_doc"], search_after=after, version=True
            )
            hits = answer["hits"]["hits"]
            for hit in hits:
                assert not is_tombstone(hit["_source"])
                yield StoredDocument(hit["_id"], hit["_version"], from_source(hit["_source"]))
            if len(hits) < _PAGE:
                break
            after = hits[-1]["sort"]
        await client.close_point_in_time(id=view)


async def _index_problems(deployment: Deployment, truth: Truth) -> list[str]:
    """Each article once, in its latest revision."""
    found: dict[str, tuple[int, bytes]] = {}
    articles: Counter[str] = Counter()
    async for stored in _stored_documents(deployment.settings, list(truth.articles)):
        found[stored.id] = stored.version, _digest(dict(stored.body))
        articles[str(stored.body.get("id"))] += 1
    index = await open_index(deployment.settings, read_only=True)
    try:
        count = await index.count()
    finally:
        await index.close()
    problems = [f"{count} documents for article {one}" for one, count in articles.items() if count > 1]
    if count != len(truth.articles):
        problems.append(f"the index has {count} documents instead of {len(truth.articles)}")
    return problems + _differences("document", truth.articles, found)


async def read_alerts(deployment: Deployment) -> list[Alert]:
    channels = [*load_rules(deployment.settings).channels, "backfill"]
    messages = await deployment.read(*(f"alerts.{channel}" for channel in channels))
    return [Alert.model_validate_json(message.value) for message in messages]


def plain_alert(alert: Alert) -> dict[str, Any]:
    """Without the moment it was raised."""
    return alert.model_dump(exclude={"raised_at"})


async def alert_problems(deployment: Deployment, matches: Set[MatchKey]) -> list[str]:
    """Whether there are these *matches*, and of them the right alerts: rules decide in the order of their matches,
    which the topic has fixed; replayed ones change nothing."""
    watch, written = Watch(), set[Any]()
    expected: dict[str, dict[str, Any]] = {}
    async for message in _messages(deployment, MATCHES.name):
        match = Match.model_validate_json(message.value)
        written.add(match_key(match))
        watch, [alerts] = watch.take([(message.partition, match)], lambda moment: moment)
        expected |= {alert.id: plain_alert(alert) for alert in alerts}
    raised = await read_alerts(deployment)
    twice = [f"alert raised {count} times: {one}" for one, count in Counter(a.id for a in raised).items() if count > 1]
    problems = _differences("match", dict.fromkeys(matches, True), dict.fromkeys(written, True))
    return problems + twice + _differences("alert", expected, {alert.id: plain_alert(alert) for alert in raised})


async def find_problems(
    deployment: Deployment, *, too_large: Refuses = _nobody, index_rejects: Refuses = _nobody
) -> list[str]:
    """Everything that is not as it must be, in words. Arguments as for `find_truth`."""
    truth = await find_truth(deployment, too_large=too_large, index_rejects=index_rejects)
    problems = [*truth.problems, *_input_problems(deployment, truth)]
    problems += await _dead_letter_problems(deployment, truth)
    problems += await _enriched_problems(deployment, truth)
    problems += await _index_problems(deployment, truth)
    problems += await alert_problems(deployment, truth.matches)
    return problems
