"""Folders that hold no model for token classification are refused at start, with what is wrong and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.names.backends import BackendError, open_backend
from pipeline.names.backends.model_folder import read_folder
from tests.pipeline.names.backends import tiny_model


def settings_only(folder: Path, **config: Any) -> Path:
    """A folder whose settings can be read, beside a model and a tokenizer that cannot."""
    folder.mkdir()
    config = {"id2label": {"0": "O", "1": "PER"}, **config}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    (folder / "model.onnx").write_bytes(b"no graph")
    return folder


@pytest.mark.parametrize(
    ("config", "window"),
    [
        ({}, 512),
        ({"max_position_embeddings": 128}, 128),
        ({"max_position_embeddings": 8192}, 512),
        ({"max_position_embeddings": -1}, 512),
        ({"max_position_embeddings": True}, 512),
        ({"model_type": "roberta", "max_position_embeddings": 514, "pad_token_id": 1}, 512),
        ({"model_type": "xlm-roberta", "max_position_embeddings": 258}, 256),
    ],
)
def test_a_window_is_what_the_model_was_trained_on(config: dict[str, Any], window: int, tmp_path: Path) -> None:
    assert read_folder(settings_only(tmp_path / "m", **config)).window == window


@pytest.mark.parametrize(("stated", "window"), [(64, 64), (10**30, 128), (1e30, 128), (None, 128)])
def test_the_tokenizer_may_allow_less(stated: float | None, window: int, tmp_path: Path) -> None:
    folder = settings_only(tmp_path / "m", max_position_embeddings=128)
    (folder / "tokenizer_config.json").write_text(json.dumps({"model_max_length": stated}), "utf-8")
    assert read_folder(folder).window == window


def test_weights_beside_the_model_change_its_fingerprint(tmp_path: Path) -> None:
    folder = settings_only(tmp_path / "m")
    alone = read_folder(folder).fingerprint
    (folder / "model.onnx_data").write_bytes(b"weights")
    assert len({alone, read_folder(folder).fingerprint, read_folder(settings_only(tmp_path / "n")).fingerprint}) == 2


def without(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def with_text(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text, "utf-8")


def torch_only(folder: Path) -> None:
    (folder / "model.onnx").rename(folder / "model.safetensors")


SETTINGS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no_model": (without("model.onnx"), "has no model, not model.onnx: run `optimum-cli export onnx"),
    "weights_of_torch": (torch_only, "has only weights of another kind, not model.onnx: run `optimum-cli export onnx"),
    "no_config": (without("config.json"), "has no config.json"),
    "no_tokenizer": (without("tokenizer.json"), "has no tokenizer.json"),
    "broken_config": (with_text("config.json", "{"), "cannot be read as JSON"),
    "deep_config": (with_text("config.json", "[" * 200_000), "cannot be read as JSON"),
    "list_as_config": (with_text("config.json", "[]"), "has no JSON object"),
    "huge_config": (with_text("config.json", " " * 5_000_001), "more than 5000000 bytes"),
    "no_labels": (with_text("config.json", "{}"), "does not say what the labels mean"),
    "numbers_as_labels": (with_text("config.json", '{"id2label": {"0": 0}}'), "does not say what the labels mean"),
    "gap_in_labels": (with_text("config.json", '{"id2label": {"0": "PER", "2": "O"}}'), "from 0 without a gap"),
    "labels_of_no_names": (
        with_text("config.json", '{"id2label": {"0": "LABEL_0", "1": "B-DATE"}}'),
        r"none of its labels \(LABEL_0, B-DATE\)",
    ),
    "broken_tokenizer_config": (with_text("tokenizer_config.json", "nul"), "cannot be read as JSON"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_a_folder_without_what_a_model_needs_is_refused(case: str, tmp_path: Path) -> None:
    change, message = SETTINGS[case]
    folder = settings_only(tmp_path / "m")
    change(folder)
    with pytest.raises(BackendError, match=message):
        open_backend(f"transformers:{folder}")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="there is no folder"):
        open_backend(f"transformers:{tmp_path / 'nowhere'}")


def with_graph(**change: Any) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        scores = change.get("scores", tiny_model.table({}))
        rest = {name: value for name, value in change.items() if name != "scores"}
        (folder / "model.onnx").write_bytes(tiny_model.graph(scores, **rest))

    return write


MODELS: dict[str, tuple[Callable[[Path], object], str]] = {
    "broken_tokenizer": (with_text("tokenizer.json", "{"), "is no tokenizer that can be used"),
    "broken_model": (with_text("model.onnx", "junk"), "cannot be loaded"),
    "empty_model": (with_text("model.onnx", ""), "cannot be loaded"),
    "other_inputs": (with_graph(inputs=["input_ids", "pixel_values"]), "asks for input_ids, pixel_values"),
    "fractions_as_inputs": (with_graph(kind="FLOAT"), "asks for input_ids, attention_mask"),
    "short_axes": (with_graph(axes=[1, 128]), "does not read 512 pieces at once"),
    "few_pieces": (with_graph(scores=[[1.0] * len(tiny_model.LABELS)]), "does not read 512 pieces"),
    "one_label_per_text": (with_graph(first_only=True), r"of the shape \(1, 7\), or none, where \(1, 512, 7\)"),
    "labels_of_another_model": (with_graph(scores=[[1.0] * 3] * 30), r"of the shape \(1, 512, 3\)"),
    "no_numbers": (with_graph(scores=[[float("nan")] * len(tiny_model.LABELS)] * 30), "or none"),
}


@pytest.mark.models
@pytest.mark.parametrize("case", MODELS)
def test_a_model_that_does_not_label_pieces_is_refused(case: str, tmp_path: Path) -> None:
    change, message = MODELS[case]
    folder = tiny_model.write(tmp_path / "m")
    change(folder)
    with pytest.raises(BackendError, match=message):
        open_backend(f"transformers:{folder}")
