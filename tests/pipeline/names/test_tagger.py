"""The tagger: laws that hold for every text and every set of weights."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.findings import Document, Findings
from pipeline.names import find_entities
from pipeline.names.find import small_words
from pipeline.names.tagger import packaged_tagger
from pipeline.names.tagger.decode import Decoder, names_in, scores_of
from pipeline.names.tagger.features import ROWS
from pipeline.names.tagger.model import HEADER, MAGIC, ROW, Model, ModelError, encode
from pipeline.names.tagger.segments import MAX_SEGMENT, find_segments
from pipeline.text import analyse

ROOT = Path(__file__).parents[3]
SENTENCES = (
    "Amina Okafor of the Harbour Workers' Union flew from Lagos to Brest on 12 May.",
    "BREST, France (Wire) - President Ondřej Malý met al-Hassan bin Idris of the 101st Airborne Division.",
    "OKAFOR FLIES TO LAGOS TO MEET UN ENVOY",
    "okafor flies to lagos to meet the un envoy",
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [*" ".join(SENTENCES).split(), "İstanbul", "ß", "\u200b", "𝔸li", "\n\n", "\u0301", "中国", "ﬁ"]
        ),
        max_size=60,
    ).map(" ".join),
)


def find(body: str, title: str = "") -> Findings:
    return find_entities(Document(title=analyse(title, "title"), body=analyse(body)), Findings())


@given(TEXTS)
@settings(max_examples=300)
def test_mentions_cut_the_text_at_tokens_and_none_overlaps_another_of_its_type(text: str) -> None:
    starts = {token.start for token in analyse(text).tokens}
    ends = {token.end for token in analyse(text).tokens}
    spans: dict[str, list[tuple[int, int]]] = {}
    for entity in find(text).entities:
        for mention in entity.mentions:
            assert mention.start in starts
            assert mention.end in ends
            assert text[mention.start : mention.end].strip()
            spans.setdefault(entity.type, []).append((mention.start, mention.end))
    for found in spans.values():
        assert all(left[1] <= right[0] for left, right in itertools.pairwise(sorted(found)))


@given(TEXTS)
def test_segments_lie_within_sentences_in_order_and_are_bounded(text: str) -> None:
    cut = analyse(text)
    segments = list(find_segments(cut))
    assert all(left.last <= right.first for left, right in itertools.pairwise(segments))
    for segment in segments:
        assert segment.sentence <= segment.first < segment.last <= segment.limit
        assert segment.last - segment.first <= MAX_SEGMENT + 1


SCORES = st.lists(st.tuples(*[st.integers(-60, 60)] * 7), min_size=1, max_size=4)
TRANSITIONS = st.lists(st.tuples(*[st.integers(-20, 20)] * 7), min_size=7, max_size=7).map(tuple)


def worth(path: tuple[int, ...], scores: list[tuple[int, ...]], transitions: tuple[tuple[int, ...], ...]) -> int | None:
    """Sum of a path's scores and transitions; None when it is no sequence of names."""
    total = 0
    for i, label in enumerate(path):
        before = path[i - 1] if i else 0
        if label and label % 2 == 0 and before not in (label - 1, label):
            return None
        total += scores[i][label] + (transitions[before][label] if i else 0)
    return total


@given(SCORES, TRANSITIONS)
@settings(max_examples=60, deadline=None)
def test_the_decoder_finds_the_best_of_all_paths(
    scores: list[tuple[int, ...]], transitions: tuple[tuple[int, ...], ...]
) -> None:
    found = worth(tuple(Decoder(transitions).best(scores)), scores, transitions)
    every = (worth(path, scores, transitions) for path in itertools.product(range(7), repeat=len(scores)))
    assert found == max(value for value in every if value is not None)


def test_a_line_written_small_can_hold_names_and_a_sentence_inside_a_line_cannot() -> None:
    lines = analyse("Thank you.\nmy aunt flew from lagos to kyiv with amina okafor")
    assert [segment.caseless for segment in find_segments(lines)] == [False, True, True]
    names = {entity.name: entity.type for entity in find(lines.raw).entities}
    assert names == {"lagos": "location", "kyiv": "location", "amina okafor": "person"}
    assert not any(segment.caseless for segment in find_segments(analyse("Thank you. my aunt flew from lagos")))


def test_labels_become_names() -> None:
    clear = [(0, 50, 0, 0, 0, 0, 0), (0, 0, 30, 0, 0, 0, 0), (9, 0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 20, 0)]
    found = names_in(10, [1, 2, 0, 5], clear)
    assert [(name.first, name.last, name.kind, name.margin) for name in found] == [(10, 12, 0, 30), (13, 14, 2, 20)]


def weights(path: Path, filled: dict[int, tuple[int, ...]]) -> Path:
    rows = (filled.get(number, (0,) * 7) for number in range(ROWS))
    path.write_bytes(encode(rows, [0] * 49, 1))
    return path


def test_a_model_adds_the_weights_of_rows(tmp_path: Path) -> None:
    model = Model(weights(tmp_path / "m", {3: (1, 2, 3, 4, 5, 6, 7), 5: (-127, 127, 0, -1, 1, 0, 10)}))
    none = scores_of(model.total((1, 2)))
    assert [score - base for score, base in zip(scores_of(model.total((3, 5))), none, strict=True)] == [
        -126, 129, 3, 3, 6, 6, 17,
    ]  # fmt: skip


@pytest.mark.parametrize("content", [None, b"", b"short", MAGIC + b"\0" * (HEADER.size + ROW * 7)])
def test_a_missing_or_foreign_model_is_refused_by_name(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "tagger.bin"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"tagger\.bin are missing or of another release"):
        Model(path)


def test_the_packaged_model_is_within_its_size() -> None:
    assert (ROOT / "pipeline" / "names" / "data" / "tagger.bin").stat().st_size <= 4_000_000


def test_what_is_found_does_not_depend_on_process_or_hash_seed() -> None:
    code = (
        "import sys; from pipeline.enrich import enrich_text; "
        "sys.stdout.write(repr([enrich_text(line)['entities'] for line in sys.stdin.read().split('|')]))"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", code],
            input="|".join(SENTENCES),
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1
    assert "Okafor" in prints.pop()


def test_remembering_words_does_not_change_what_is_found() -> None:
    first = [find(text).entities for text in SENTENCES]
    for remembered in ("_word", "_first", "_second", "_here", "_alone", "_hints", "_neighbours", "_found"):
        getattr(packaged_tagger()._groups, remembered).forget()
    assert [find(text).entities for text in reversed(SENTENCES)] == first[::-1]


@pytest.mark.parametrize("word", ["Ada ", "ADA ", "al-Hassan of the ", "A. ", "The Union of ", "Ada\n"])
def test_a_hundred_thousand_capitalised_words_are_read(word: str) -> None:
    text = analyse(word * (100_000 // len(word.split())))
    (tagged,) = packaged_tagger().tag([text], small_words((text,)))
    assert sum(segment.last - segment.first for segment, _ in tagged) <= len(text.tokens)
    assert all(segment.first <= name.first < name.last <= segment.last for segment, names in tagged for name in names)
