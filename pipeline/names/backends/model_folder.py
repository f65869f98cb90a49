"""A local folder with a model for token classification, as `optimum-cli export onnx` writes it:

    config.json            what its labels mean, how long a text it was trained on
    tokenizer.json         how it cuts words into pieces
    tokenizer_config.json  (optional) how long a text it reads
    model.onnx             ids of pieces -> a score per piece and label; weights may lie beside it as model.onnx_data

ONNX rather than PyTorch: a model is then data that one small runtime computes, where other weights need 1 GB of
libraries, and old ones run code. Nothing is downloaded and no code of the folder's is run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple

from pipeline.names.backends.arrange import kind_of
from pipeline.names.backends.protocol import BackendError
from pipeline.names.backends.word_labels import Mark, mark_of

MODEL: Final = "model.onnx"
_OTHER_WEIGHTS: Final = ("*.safetensors", "pytorch_model*.bin", "tf_model.h5", "flax_model.msgpack")
_MOST_BYTES: Final = 5_000_000
"""Of a JSON file with settings; those with thousands of labels have far less."""
_LONGEST: Final = 512
"""Pieces in a window, where the model could read more: its work grows with their square, and a name needs no more."""
_SHORTEST: Final = 8
_COUNTS_FROM_PADDING: Final = frozenset(
    {"camembert", "data2vec-text", "ibert", "longformer", "mpnet", "roberta", "xlm-roberta", "xlm-roberta-xl", "xmod"}
)
"""Families of models whose first piece has the position after that of padding, so that they read fewer pieces."""


class ModelFolder(NamedTuple):
    """What a folder's files say."""

    path: Path
    marks: tuple[Mark, ...]
    """What each label means, in the order of the model's scores."""
    window: int
    """Pieces that the model reads at once, those that the tokenizer adds included."""
    fingerprint: str
    """The first 12 digits of the SHA-256 of its files: the same names from the same text."""


def import_library(name: str) -> Any:
    """The library *name* of the extra `transformers`.

    Raises:
        BackendError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise BackendError(f"{name} cannot be imported ({error}): run `pip install tocsin[transformers]`") from error


def _check_files(path: Path) -> None:
    if not path.is_dir():
        raise BackendError(f"there is no folder {path}: name the folder of a model for token classification")
    export = (
        f"run `optimum-cli export onnx --task token-classification --model {path} NEW_FOLDER`, then name NEW_FOLDER"
    )
    if not (path / MODEL).is_file():
        has = "only weights of another kind" if any(any(path.glob(one)) for one in _OTHER_WEIGHTS) else "no model"
        raise BackendError(f"the folder {path} has {has}, not {MODEL}: {export}")
    for name in ("config.json", "tokenizer.json"):
        if not (path / name).is_file():
            raise BackendError(f"the folder {path} has no {name}: {export}")


def _read_json(file: Path) -> Mapping[str, Any]:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise BackendError(f"{file} has more than {_MOST_BYTES} bytes: that is no file with settings")
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise BackendError(f"{file} cannot be read as JSON ({error}): export the model anew") from error
    if not isinstance(found, dict):
        raise BackendError(f"{file} has no JSON object: export the model anew")
    return found


def _marks(config: Mapping[str, Any], file: Path) -> tuple[Mark, ...]:
    labels = config.get("id2label")
    if not isinstance(labels, dict) or not all(isinstance(label, str) for label in labels.values()):
        raise BackendError(
            f'{file} does not say what the labels mean: write "id2label": {{"0": "O", "1": "B-PER", ...}}'
        )
    in_order = [labels.get(str(i)) for i in range(len(labels))]
    marks = tuple(mark_of(label) for label in in_order if label is not None)
    if len(marks) < len(labels):
        raise BackendError(f'"id2label" in {file} does not number its labels from 0 without a gap')
    if all(kind_of(mark.type) is None for mark in marks):
        shown = ", ".join(list(labels.values())[:10])
        raise BackendError(f"the model finds no names: none of its labels ({shown}) is a person, organisation or place")
    return marks


def _window(config: Mapping[str, Any], tokenizer: Mapping[str, Any]) -> int:
    """What both files allow. A length that is none, as some write for "any", allows what a window may have."""
    positions, padding = config.get("max_position_embeddings"), config.get("pad_token_id")
    if isinstance(positions, int) and config.get("model_type") in _COUNTS_FROM_PADDING:
        positions -= 1 + (padding if isinstance(padding, int) else 1)
    stated = [n for n in (positions, tokenizer.get("model_max_length")) if isinstance(n, int) and n >= _SHORTEST]
    return min([_LONGEST, *stated])


def _fingerprint(path: Path) -> str:
    whole = hashlib.sha256()
    for file in sorted({*path.glob(f"{MODEL}*"), *path.glob("*.json")}):
        with file.open("rb") as opened:
            whole.update(f"{file.name} {hashlib.file_digest(opened, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()[:12]


def read_folder(path: Path) -> ModelFolder:
    """What the files in the folder *path* say of its model. Reads all of them, the weights too.

    Raises:
        BackendError: a file is missing, or does not say what it must.
    """
    _check_files(path)
    config = _read_json(path / "config.json")
    tokenizer = path / "tokenizer_config.json"
    window = _window(config, _read_json(tokenizer) if tokenizer.is_file() else {})
    marks = _marks(config, path / "config.json")
    try:
        return ModelFolder(path, marks, window, _fingerprint(path))
    except OSError as error:
        raise BackendError(f"the folder {path} cannot be read: {error}") from error
