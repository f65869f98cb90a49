"""The queries that look for listed names find the articles that screening would match."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lists.formats import detect, read_items
from pipeline.lists.model import Source
from pipeline.lists.search import CLAUSES, article_queries
from pipeline.query import Node, compile_predicate, view
from pipeline.query.tree import Or, Wildcard, leaves
from schemas.lists import EntryType, ListedName, ListEntry

DATA = Path(__file__).parents[2] / "data" / "lists"


def entry(*names: str, kind: EntryType = "person") -> ListEntry:
    return ListEntry(list="t", id=names[0], type=kind, names=tuple(ListedName(name=name) for name in names))


def finds(queries: list[Node], text: str) -> bool:
    return any(compile_predicate(query)(view({"title": "Harbour", "body": text})) for query in queries)


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ("Orvo Tamsin KALDERI", "They met Orvo Kaldery."),
        ("Orvo Tamsin KALDERI", "Kalderi, whom friends call Tamsin, was there."),
        ("Abd al-Rahman Muhammad ZELKHANI", "A court heard Abdelrahman Zelkhany."),
        ("Muhammad Ali", "Mohamed Ali spoke."),
        ("Орво Калдери", "Орво Калдери был там."),
        ("Шукур Залмаев", "Shukur Zalmaev was there."),
        ("José Ñandú", "José Ñandú's boat sank."),
        ("Q. Velmarov", "Quentin Velmarov came."),
        ("Dr. Haji Yusuf", "Haji Yusuf spoke."),
        ("Saif al-Din Zelkhani", "Seifeddin al-Zelkhani denied it."),
    ],
)
def test_a_person_is_found_in_other_spellings(listed: str, printed: str) -> None:
    assert finds(list(article_queries([entry(listed)])), printed)


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ("Orvo Tamsin KALDERI", "Orvo is a village."),
        ("Muhammad Ahmad ZELKHANI", "Muhammad and Ahmad went home."),
        ("Orvo Tamsin KALDERI", "Nothing at all."),
    ],
)
def test_what_names_nobody_is_not_fetched(listed: str, printed: str) -> None:
    assert not finds(list(article_queries([entry(listed)])), printed)


def test_a_body_is_found_by_all_of_its_words() -> None:
    queries = list(article_queries([entry("Velmar Drilling & Trading Co. Ltd.", kind="organisation")]))
    assert finds(queries, "Velmar Trading and Drilling sold it.")
    assert not finds(queries, "Velmar sold it.")


def test_a_body_of_one_word_is_found_by_it() -> None:
    assert finds(list(article_queries([entry("Kormutsk", kind="organisation")])), "Workers of Kormutsk went home.")


def test_every_shipped_case_that_matches_is_found() -> None:
    """What screening finds under one of the listed spellings must be fetched first."""
    cases = [json.loads(line) for line in (DATA / "screening.jsonl").read_text("utf-8").splitlines()]
    queries = list(article_queries(_listed()))
    missed = [case["text"] for case in cases if case["match"] and not finds(queries, case["text"])]
    assert missed == []


def _listed() -> list[ListEntry]:
    source = Source("entries.csv", lambda: [(DATA / "entries.csv").read_bytes()])
    return [one for one in read_items(detect([source]), [source], "t") if isinstance(one, ListEntry)]


def test_many_entries_are_looked_for_in_portions() -> None:
    queries = list(article_queries(entry(f"Orvo K{n}alderi") for n in range(150)))
    assert len(queries) > 1
    assert all(len(query.nodes) <= CLAUSES for query in queries if isinstance(query, Or))


@given(st.text(min_size=1, max_size=40), st.sampled_from(["person", "organisation", "vessel", "aircraft"]))
def test_any_name_can_be_looked_for(name: str, kind: EntryType) -> None:
    for query in article_queries([entry(name, kind=kind)]):
        compile_predicate(query)


def test_a_word_of_any_length_makes_a_pattern_of_few_letters() -> None:
    """A list's typing errors are no more work for the index than its names."""
    patterns = [leaf for query in article_queries([entry("Orvo " + "kaldovar" * 24)]) for leaf in leaves(query)]
    lengths = [len(leaf.parts) for leaf in patterns if isinstance(leaf, Wildcard)]
    assert lengths and max(lengths) <= 16
    assert finds(list(article_queries([entry("Ко" * 90, kind="vessel")])), "Судно " + "Ко" * 90)
