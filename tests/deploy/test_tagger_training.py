"""Training the tagger: labels, determinism, and that it learns; on sentences of our own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from deploy.tagger.evaluate import open_bytes
from deploy.tagger.perceptron import Lesson, Weights, best_path, quantise, train
from deploy.tagger.rows import build, labels_of
from deploy.tagger.sources import SOURCES, Example, in_capitals, read, shared
from pipeline.findings import Document
from pipeline.names.find import recognise
from pipeline.names.tagger.model import encode
from pipeline.text import analyse

TEXT = "Yesterday Quorvex Zandt met Plimth Group in Vorbeck."
EXAMPLE = Example("own", TEXT, ([(10, 23, 0), (28, 40, 1), (44, 51, 2)],), [])


def silent(_line: str) -> None:
    pass


def learn(example: Example, epochs: int = 4) -> bytes:
    segments = build([example])
    sequences = [Lesson(*bounds, layers[0]) for bounds, layers in zip(segments.bounds, segments.labels, strict=True)]
    rows, transitions, step = quantise(train(segments.rows, sequences, epochs=epochs, say=silent))
    return encode((tuple(row) for row in rows.tolist()), transitions.ravel().tolist(), step)


def test_training_twice_gives_the_same_bytes() -> None:
    assert learn(EXAMPLE) == learn(EXAMPLE)


def test_what_was_shown_is_learnt() -> None:
    found = recognise(Document(analyse("", "title"), analyse(TEXT)), open_bytes(learn(EXAMPLE)))
    assert {entity.name: entity.type for entity in found.entities} == {
        "Quorvex Zandt": "person",
        "Plimth Group": "organisation",
        "Vorbeck": "location",
    }


def test_names_that_end_within_a_token_are_left_out() -> None:
    text = analyse("Quorvex-led troops left Vorbeck.")
    assert labels_of(text, [(0, 7, 2), (24, 31, 2)]) == [0, 0, 0, 5, 0]


def test_a_segment_never_begins_inside_a_name() -> None:
    text = "the young Quorvex left."
    segments = build([Example("own", text, ([(4, 17, 0)],), [])])
    assert [layers[0] for layers in segments.labels] == [[1]]


def test_capitals_keep_the_spans() -> None:
    shouted = in_capitals(EXAMPLE._replace(text="Straße in Vorbeck"))
    assert shouted.text == "STRAßE IN VORBECK"


def test_the_largest_weight_sets_the_step() -> None:
    rows = np.array([[254, -3, 1, 0, 0, 0, 0]], np.int64)
    small, moves, step = quantise(Weights(rows, np.full((7, 7), 5, np.int64)))
    assert (small.tolist(), moves[0, 0], step) == ([[127, -1, 1, 0, 0, 0, 0]], 3, 2)


def test_no_path_enters_a_name_in_its_middle() -> None:
    scores = np.zeros((2, 7), np.int64)
    scores[:, 2] = 9
    assert best_path(scores, np.zeros((7, 7), np.int64)) == [1, 2]


def test_missing_data_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_SHARED", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="TOCSIN_SHARED"):
        shared()


@pytest.mark.quality
def test_only_sets_that_may_train_a_shipped_model_do(shared: Path) -> None:
    assert {source.name for source in SOURCES} - {"articles"} == {"wikigold", "uner_pud", "uner_ewt_dev", "gmb_silver"}
    first = next(read("gmb_silver"))
    assert len(first.layers) == 2
    assert all(first.text[start:end].strip() for layer in first.layers for start, end, _ in layer)
    assert (shared / "quality").is_dir()
