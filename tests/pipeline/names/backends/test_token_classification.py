"""A small transformer, read by the real runtime: names with exact places, in texts of any length and in any letters."""

from __future__ import annotations

import sys
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich import enrich
from pipeline.names import NameTagger
from pipeline.names.backends import BackendError, open_backend
from pipeline.names.parse import confidence_of
from pipeline.text import analyse
from schemas.article import Article
from tests.pipeline.names.backends import tiny_model

pytestmark = pytest.mark.models

WINDOW = 30
EDGE = 3
"""Half of what two windows share: (30 - 2 pieces of the tokenizer's own) / 4 / 2."""


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> NameTagger:
    return open_backend(f"transformers:{tiny_model.write(tmp_path_factory.mktemp('models') / 'tiny')}")


@pytest.fixture(scope="module")
def short_sighted(tmp_path_factory: pytest.TempPathFactory) -> NameTagger:
    """A tagger with a model that reads few pieces at once, and sees no name at the edge of what it reads."""
    folder = tmp_path_factory.mktemp("models") / "short"
    return open_backend(f"transformers:{tiny_model.write(folder, window=WINDOW, edge=EDGE)}")


def tagged(tagger: NameTagger, raw: str) -> list[tuple[int, str]]:
    """Kind and printed form of each name."""
    text = analyse(raw)
    (segments,) = tagger.tag([text], frozenset())
    return [
        (name.kind, raw[text.tokens[name.first].start : text.tokens[name.last - 1].end])
        for _, names in segments
        for name in names
    ]


def test_names_of_a_transformer_are_entities_with_titles_and_their_place(tagger: NameTagger) -> None:
    body = "President Zuri Abara met the Tide Watch in Nairobi. Abara said: then."
    enrichment = enrich(Article(body=body), tagger=tagger).enrichment
    found = {(e.type, e.name, e.title, len(e.mentions)) for e in enrichment.entities}
    assert ("person", "Zuri Abara", "President", 2) in found
    assert ("organisation", "Tide Watch", None, 1) in found
    assert [place.country for place in enrichment.locations] == ["KE"]


def test_provenance_names_the_folder_and_its_content(tagger: NameTagger, tmp_path: Path) -> None:
    same = open_backend(f"transformers:{tiny_model.write(tmp_path / 'tiny')}")
    other = open_backend(f"transformers:{tiny_model.write(tmp_path / 'b' / 'tiny', sure={'zuri': 2.0})}")
    assert enrich(Article(body="Zuri."), tagger=tagger).enrichment.provenance.data["names"] == tagger.name
    assert tagger.name.startswith("transformers tiny ")
    assert (same.name == tagger.name, other.name == tagger.name) == (True, False)


def test_a_name_at_the_edge_of_a_window_is_read_in_the_next_one(short_sighted: NameTagger) -> None:
    raw = "then said the " * 2 + "Zuri Abara said . " * 60 + "then said the ."
    assert tagged(short_sighted, raw) == [(0, "Zuri Abara")] * 60


@given(st.lists(st.sampled_from(["Zuri Abara", "Nairobi", "the", "met", "said ."]), max_size=60))
def test_a_text_in_windows_gives_the_names_of_the_text_in_one(
    tagger: NameTagger, short_sighted: NameTagger, words: list[str]
) -> None:
    raw = " ".join(["the"] * EDGE + words + ["the"] * EDGE)
    assert tagged(short_sighted, raw) == tagged(tagger, raw)


NAMES = {
    "Zuri Abara": 0,
    "ZURI ABARA": 0,
    "Zúrì Abãra": 0,
    "Zu\u0301ri Abara": 0,
    "Nairobi": 2,
    "NAI\u0301ROBI": 2,
    "Tide Watch": 1,
}
FILLING = ["met", "said", "İn", "ﬁn", "𝔸li", "日本", "e\u0301", "🙂", "§", "[SEP]", "\u200b", "O'", "ß", "مصر"]


@given(st.lists(st.one_of(st.sampled_from(list(NAMES)), st.sampled_from(FILLING)), max_size=20))
def test_names_are_cut_exactly_in_any_letters(tagger: NameTagger, words: list[str]) -> None:
    separated = [part for word in words for part in (word, ",")]
    assert tagged(tagger, " ".join(separated)) == [(NAMES[word], word) for word in words if word in NAMES]


@pytest.mark.parametrize("space", ["Ġ", "▁"])
def test_a_space_that_a_piece_begins_with_is_not_part_of_a_name(space: str, tmp_path: Path) -> None:
    folder = tiny_model.write(tmp_path / "m", cut=tiny_model.spaced_tokenizer(space))
    names = tagged(open_backend(f"transformers:{folder}"), "zuri aba met the  tide watch in   nai .")
    assert names == [(0, "zuri aba"), (1, "tide watch"), (2, "nai")]


@given(st.text(max_size=200))
def test_any_text_gives_names_that_begin_as_the_model_knows_them(short_sighted: NameTagger, raw: str) -> None:
    cut = tiny_model.tokenizer()
    known = {piece for piece, label in tiny_model.PIECES.items() if label != "O"}
    assert all(known.intersection(cut.encode(name).tokens) for _, name in tagged(short_sighted, raw))


def test_a_marker_of_the_tokenizer_in_an_article_is_text(short_sighted: NameTagger) -> None:
    raw = "then said the [SEP] Zuri Abara [CLS] met [PAD] Zuri [SEP] then said the"
    assert tagged(short_sighted, raw) == [(0, "Zuri Abara"), (0, "Zuri")]


@pytest.mark.parametrize("raw", ["", " \n ", "\u200b"])
def test_a_text_without_words_has_no_names(raw: str, tagger: NameTagger, tmp_path: Path) -> None:
    cut = tiny_model.tokenizer()
    cut.post_processor = None  # so that nothing at all is left to read
    bare = open_backend(f"transformers:{tiny_model.write(tmp_path / 'm', cut=cut)}")
    assert (tagged(tagger, raw), tagged(bare, raw)) == ([], [])


@pytest.mark.parametrize(("odds", "confidence"), [(4.0, 0.8), (9.0, 0.9), (99.0, 0.99)])
def test_how_sure_the_model_is_reaches_the_rules(odds: float, confidence: float, tmp_path: Path) -> None:
    labels = len(tiny_model.LABELS)
    # Both labels of the type count: of the person's two, one has e^score and the other 1, as have the other five.
    folder = tiny_model.write(tmp_path / "m", sure={"zuri": log((labels - 2) * odds - 1)})
    (segments,) = open_backend(f"transformers:{folder}").tag([analyse("Zuri met.")], frozenset())
    assert [confidence_of(name) for _, names in segments for name in names] == [confidence]


def test_a_runtime_that_is_missing_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny_model.write(tmp_path / "m")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(BackendError, match=r"pip install tocsin\[transformers\]"):
        open_backend(f"transformers:{folder}")
