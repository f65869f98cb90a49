"""A list changes: the index, whichever engine it is, finds who was named before under whatever spelling."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from elasticsearch import AsyncElasticsearch

from agents.broker.config import BrokerConfig
from agents.broker.server import Broker
from agents.errors import UnavailableError
from agents.index import Index, IndexDocument, SearchRequest
from agents.index.paging import pages
from agents.lists import rescreening
from agents.lists.importing import ImportOptions, import_list
from agents.lists.rescreening import Rescreened, rescreen
from agents.settings import Settings
from pipeline.document import document_version, to_document
from pipeline.enrich import enrich
from pipeline.lists.search import CLAUSES, article_queries
from pipeline.query import compile_predicate, view
from pipeline.query.tree import Or
from schemas.article import Article
from schemas.lists import EntryType, ListedName, ListEntry
from tests.contract.index.conftest import REAL

START: Final = datetime(2026, 1, 1, tzinfo=UTC)
OLD: Final = "1,Radovan Kurdyanov,person\n2,Ilse Bramkova,person\n"
TEXTS: Final = {
    "first": "Customs officers in Velmar questioned Orvo Kaldery about the shipment.",
    "again": "Orvo Tamsin Kalderi denied it.",
    "other": "Ilse Bramkova sentenced him.",
    "calm": "Nothing happened at all.",
    "firm": "The tanker of Velmar Drilling and Trading lay off the coast.",
    "russian": "Вчера Орво Калдери был в порту.",
    "marked": "José Ñandú's boat sank.",
    "short": "Mohamed Ali spoke.",
    "long": f"They read out {'Kaldovarim' * 12} and left.",
    "signs": "The C*M*A?C\\SA fund was closed.",
}
LISTED: Final[tuple[tuple[str, EntryType], ...]] = (
    ("Orvo Tamsin KALDERI", "person"),
    ("Velmar Drilling & Trading Co. Ltd.", "organisation"),
    ("Орво Калдери", "person"),
    ("José Ñandú", "person"),
    ("Muhammad Ali", "person"),
    ("Kaldovarim" * 12, "organisation"),
    ("Orvo " + "Kaldovarim" * 12, "person"),
    ("C*M*A?C\\SA", "organisation"),
    ("*?\\", "vessel"),
    ("阿卜杜勒 卡尔德里", "person"),
    ("عبد الرحمن زلخاني", "person"),
    (" ".join(["Zelkhani"] * 30), "person"),
    ("A B", "person"),
)


def article(ident: str, body: str, day: int = 3) -> Article:
    at = datetime(2026, 2, day, 8, tzinfo=UTC)
    return Article(id=ident, body=body, published_at=at, observed_at=at)


def stored(articles: Iterable[Article]) -> list[IndexDocument]:
    return [
        IndexDocument(id=one.id or "", version=document_version(one), body=to_document(one))
        for one in map(enrich, articles)
    ]


def entry(name: str, kind: EntryType) -> ListEntry:
    return ListEntry(list="t", id=name[:100], type=kind, names=(ListedName(name=name),))


@pytest.fixture
async def settings(engine_settings: Settings, tmp_path: Path) -> AsyncIterator[Settings]:
    """Settings with the engine under test and an embedded broker of the test's own."""
    broker = Broker(BrokerConfig(data_dir=tmp_path / "broker"))
    await broker.start()
    yield engine_settings.model_copy(update={"data_dir": tmp_path, "broker_port": 0})
    await broker.stop()


async def write(index: Index, articles: Sequence[Article]) -> None:
    await index.write(stored(articles))
    assert await index.count() == len(articles)  # refreshed: found from now on


def ignore(_articles: int) -> None:
    return


async def change_list(settings: Settings, folder: Path, *versions: str, tell: rescreening.Tell = ignore) -> Rescreened:
    for day, rows in enumerate(versions, start=1):
        path = folder / "list.csv"
        path.write_text("id,name,type\n" + rows)
        options = ImportOptions(list_id="t", snapshot=date(2026, 3, day), may_shrink=True)
        await import_list(settings, [path], options)
    return await rescreen(settings, "t", START, tell)


async def test_new_names_and_delisted_ones_are_found_in_what_was_indexed(
    index: Index, settings: Settings, tmp_path: Path
) -> None:
    days = {"again": 9, "other": 9}
    await write(index, [article(ident, body, days.get(ident, 3)) for ident, body in list(TEXTS.items())[:4]])
    done = await change_list(settings, tmp_path, OLD, OLD.replace("2,Ilse Bramkova", "4,Orvo Tamsin Kalderi"))
    told = {f"{one.rule_id} {one.values['entry']}": one.values["article_ids"] for one in done.matches}
    assert told == {"newly_listed t/4": ["first", "again"], "delisted t/2": ["other"]}
    assert done.articles == 3, "an article that names nobody is not fetched"
    assert {one.values.get("lead_days") for one in done.matches} == {None, 27}


async def test_more_articles_than_a_page_holds_are_all_screened_once(
    index: Index, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of one moment: a page ends between articles that only their ids tell apart."""
    monkeypatch.setattr(rescreening, "_PAGE", 10)
    await write(index, [article(f"a{number:02}", "Orvo Kalderi left.") for number in range(25)])
    seen: list[int] = []
    done = await change_list(settings, tmp_path, OLD, OLD + "4,Orvo Kalderi,person\n", tell=seen.append)
    (match,) = done.matches
    assert (done.articles, match.values["articles"]) == (25, 25)
    assert seen == [10, 20, 25]


async def test_each_query_for_names_finds_what_its_predicate_finds(index: Index) -> None:
    documents = stored(article(ident, body) for ident, body in TEXTS.items())
    await index.write(documents)
    for query in [one for listed in LISTED for one in article_queries([entry(*listed)])]:
        wanted = {one.id for one in documents if compile_predicate(query)(view(one.body))}
        found = [hit.id async for page in pages(index, query, size=2) for hit in page]
        assert sorted(found) == sorted(wanted), query


async def test_an_engine_takes_the_largest_queries_that_names_make(index: Index) -> None:
    """Full portions of people with six names of their own each, some as long as a list may have them."""
    await index.write(stored([article("a", "Orvo Kaldery left.")]))
    names = [" ".join(f"{first}{n}kaldovarinemkaldovarinem" for first in "bdghkm") for n in range(4)]
    entries = [entry(name[:300], "person") for name in [*names, "Orvo Kalderi"]]
    queries = list(article_queries(entries))
    assert sum(isinstance(query, Or) and len(query.nodes) == CLAUSES for query in queries) == 3
    totals = [(await index.search(SearchRequest(query=query))).total for query in queries]
    assert sum(totals) == 1


@pytest.fixture
async def frugal(own_index: Settings) -> AsyncIterator[None]:
    """A cluster whose administrator forbids searches by pattern."""

    async def allow(value: Any) -> None:
        async with AsyncElasticsearch(own_index.index_url) as client:
            await client.cluster.put_settings(persistent={"search.allow_expensive_queries": value})

    await allow(False)
    yield
    await allow(None)


@REAL
@pytest.mark.parametrize("engine_settings", ["http"], indirect=True)
@pytest.mark.usefixtures("frugal")
async def test_a_cluster_that_forbids_patterns_is_told_and_nothing_counts_as_screened(
    index: Index, settings: Settings, tmp_path: Path
) -> None:
    await write(index, [article("first", TEXTS["first"])])
    with pytest.raises(UnavailableError, match="allow_expensive_queries"):
        await change_list(settings, tmp_path, OLD, OLD + "4,Orvo Kalderi,person\n")
