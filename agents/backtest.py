"""Trying a rule on what happened: the articles come from the index, or from files.

From the index only those are fetched that the rule's query finds there: what is searched is what alerts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson
from pydantic import ValidationError

from agents.enrichment.here import Enriching, enricher_of
from agents.importer import Payload, Refusal, find_files, payloads
from agents.index import Index, SearchRequest, open_index
from agents.index.paging import pages
from agents.settings import Settings
from pipeline.alerting import Backtest, Rule, backtest, compile_rule, trial
from pipeline.alerting.backtest import Trials, Tried
from pipeline.articles import InvalidMessageError, Limits, decode_article
from pipeline.query import Node, parse, widened
from pipeline.query.tree import And
from schemas.alert import Match
from schemas.enrichment import EnrichedArticle


@dataclass(frozen=True)
class Period:
    """From `since`, inclusive, to `until`, exclusive, by an article's `@timestamp`; UTC."""

    since: datetime
    until: datetime

    @property
    def days(self) -> float:
        return (self.until - self.since).total_seconds() / 86_400

    @property
    def query(self) -> str:
        return f"@timestamp:[{_written(self.since)} TO {_written(self.until)}}}"


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


async def backtest_on_index(settings: Settings, rules: Sequence[Rule], period: Period) -> list[Backtest]:
    """Try *rules* on the articles that the index holds of *period*; one result for each rule.

    Raises:
        IndexUnavailableError: the index cannot be reached.
    """
    index = await open_index(settings, read_only=True)
    try:
        within = parse(period.query)
        articles = (await index.search(SearchRequest(query=within, size=0))).total
        return [backtest(articles, await _matches(index, rule, within)) for rule in rules]
    finally:
        await index.close()


async def _matches(index: Index, rule: Rule, within: Node) -> list[Match]:
    query, compiled, matches = And((within, widened(parse(rule.search_query)))), compile_rule(rule), list[Match]()
    async for hits in pages(index, query):
        matches += trial(compiled, (hit.source for hit in hits))
    return matches


def backtest_on_files(
    settings: Settings, rules: Sequence[Rule], paths: Sequence[str], refuse: Callable[[Refusal], None]
) -> list[Backtest]:
    """Try *rules* on the articles of files, as `tocsin feed` reads them; enriched ones are not enriched again, others
    with the lists and the tagger of the settings.

    Args:
        refuse: is told of each article that cannot be read; it is left out.

    Raises:
        UsageError: a file is missing, or the lists or the tagger cannot be opened.
    """
    trials, articles = Trials(rules), 0
    found: tuple[list[Match], ...] = tuple([] for _ in rules)
    for one in _from_files(settings, paths, trials):
        if isinstance(one, Refusal):
            refuse(one)
            continue
        articles += 1
        for matches, new in zip(found, one, strict=True):
            matches += new
    return [backtest(articles, matches) for matches in found]


def _from_files(settings: Settings, paths: Sequence[str], trials: Trials) -> Iterator[Tried | Refusal]:
    limits, enrich = Limits(max_bytes=settings.max_article_bytes), enricher_of(settings)
    for path in find_files(paths):
        for item in payloads(path, sys.stdin.buffer):
            yield item if isinstance(item, Refusal) else _tried(item, limits, enrich, trials)


def _tried(item: Payload, limits: Limits, enrich: Enriching, trials: Trials) -> Tried | Refusal:
    try:
        enriched = _enriched(item.raw, trials) if b'"enrichment"' in item.raw else None
        return trials.matches(enriched or enrich(decode_article(item.raw, timestamp_ms=None, limits=limits)))
    except InvalidMessageError as error:
        return Refusal(item.origin, f"{error.reason}: {error.detail}")
    except (ValueError, TypeError) as error:
        return Refusal(item.origin, f"no enriched article: {str(error).splitlines()[0]}")


def _enriched(raw: bytes, trials: Trials) -> EnrichedArticle | None:
    """What the rules need of the article; None when it is not enriched.

    Raises:
        ValueError: it is, and something is wrong with it.
    """
    try:
        return trials.reader.read(raw)
    except ValidationError:
        if "enrichment" in orjson.loads(raw):
            raise
        return None
