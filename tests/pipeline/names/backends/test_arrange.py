"""Other taggers: what a model finds goes under the same rules, and what cannot be opened is refused."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich import enrich
from pipeline.findings import Document, Findings
from pipeline.names import finder
from pipeline.names.backends import BackendError, Found, ModelTagger, open_backend
from pipeline.names.backends.arrange import arrange, kind_of, margin_of
from pipeline.names.parse import confidence_of
from pipeline.names.tagger import Tagged
from pipeline.text import analyse
from schemas.article import Article


def fixed(*names: tuple[str, str]) -> ModelTagger:
    """A model that knows *names*, each with its label."""

    def find(texts: Sequence[str]) -> Iterator[list[Found]]:
        for text in texts:
            yield [
                Found(text.index(name), text.index(name) + len(name), label) for name, label in names if name in text
            ]

    return ModelTagger("fixed 1.0", find)


def test_names_of_a_model_are_entities_with_titles_and_their_place() -> None:
    tagger = fixed(("Zuri Abara", "PERSON"), ("the Tide Watch", "ORG"), ("Nairobi", "GPE"), ("Monday", "DATE"))
    article = Article(body="President Zuri Abara met the Tide Watch in Nairobi on Monday. Abara smiled.")
    enrichment = enrich(article, tagger=tagger).enrichment
    found = {(e.type, e.name, e.title, len(e.mentions)) for e in enrichment.entities}
    assert ("person", "Zuri Abara", "President", 2) in found
    assert ("organisation", "Tide Watch", None, 1) in found
    assert [place.country for place in enrichment.locations] == ["KE"]
    assert enrichment.provenance.data["names"] == "fixed 1.0"


def test_the_packaged_tagger_is_not_named_as_a_backend() -> None:
    assert "names" not in enrich(Article(body="Quiet.")).enrichment.provenance.data


def test_what_the_model_finds_decides_not_the_packaged_weights() -> None:
    body = "President Zuri Abara spoke."
    assert enrich(Article(body=body)).enrichment.entities
    assert not enrich(Article(body=body), tagger=fixed()).enrichment.entities


SPANS = st.lists(
    st.tuples(st.integers(0, 90), st.integers(0, 30), st.sampled_from(["PERSON", "ORG", "GPE", "DATE"])), max_size=12
)
WORDS = ["Zuri", "the", "Abara's", "of", "UNICEF.", "in", "(Accra)", "\n\n", "İzmir", "e\u0301", "𝔸li", "said"]
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))


@given(TEXTS, SPANS)
def test_any_spans_of_a_model_become_disjoint_names_inside_segments(
    raw: str, spans: list[tuple[int, int, str]]
) -> None:
    text = analyse(raw)
    found = [Found(start, min(len(raw), start + length), label) for start, length, label in spans if start < len(raw)]
    arranged = arrange(text, found)
    assert all(left.last <= right.first for (left, _), (right, _) in itertools.pairwise(arranged))
    names = [name for segment, inside in arranged for name in inside if segment.first <= name.first < name.last]
    assert len(names) == sum(len(inside) for _, inside in arranged)
    assert all(name.last <= segment.last <= segment.limit for segment, inside in arranged for name in inside)
    assert all(left.last <= right.first for left, right in itertools.pairwise(names))
    tagger = ModelTagger("any", lambda texts: [found] * len(texts))
    entities = finder(tagger)(Document(title=analyse("", "title"), body=text), Findings()).entities
    assert all(raw[span.start : span.end].strip() for entity in entities for span in entity.mentions)


def test_a_long_text_is_given_to_the_model_in_pieces_without_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.names.backends.arrange._PIECE", 40)
    seen: list[str] = []

    def find(texts: Sequence[str]) -> Iterator[list[Found]]:
        for text in texts:
            seen.append(text)
            at = text.find("Zuri Abara")
            yield [Found(at, at + 10, "PERSON")] if at >= 0 else []

    raw = "It rained for days. Nobody came. Then Zuri Abara came home. " + "x" * 90 + " Zuri Abara left."
    document = Document(title=analyse("", "title"), body=analyse(raw))
    (person,) = finder(ModelTagger("pieces", find))(document, Findings()).entities
    assert "".join(seen) == raw
    assert all(len(text) <= 40 for text in seen)
    assert [raw[span.start : span.end] for span in person.mentions] == ["Zuri Abara"] * 2


@pytest.mark.parametrize("confidence", [0.5, 0.64, 0.85, 0.93, 0.99, 1.0])
def test_the_rules_read_a_confidence_as_the_model_tells_it(confidence: float) -> None:
    assert confidence_of(Tagged(0, 1, 0, margin_of(confidence))) == confidence


def test_a_model_that_is_less_than_half_sure_says_no_more_than_that() -> None:
    assert confidence_of(Tagged(0, 1, 0, margin_of(0.2))) == 0.5


@pytest.mark.parametrize(
    ("label", "kind"),
    [("PER", 0), ("person", 0), ("ORG", 1), ("organization", 1), ("GPE", 2), ("LOC", 2), ("MISC", None)],
)
def test_labels_of_several_schemes_are_kinds_of_names(label: str, kind: int | None) -> None:
    assert kind_of(label) == kind


@pytest.mark.parametrize("chosen", ["", "spacy", "spacy:", "transformers:", "oracle:delphi", ":x"])
def test_a_choice_that_is_no_backend_is_refused_with_the_forms(chosen: str) -> None:
    with pytest.raises(BackendError, match="write spacy:NAME or transformers:FOLDER"):
        open_backend(chosen)
