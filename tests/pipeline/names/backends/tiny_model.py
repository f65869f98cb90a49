"""A transformer for token classification in small, made in a folder as an export to ONNX is: a label per piece.

`edge` makes it as blind at the edges of what it reads as a real one is short-sighted there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

LABELS: Final = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
OWN: Final = ("[PAD]", "[CLS]", "[SEP]", "[UNK]")
PIECES: Final[Mapping[str, str]] = {
    "zuri": "B-PER",
    "aba": "I-PER",
    "##ra": "B-LOC",  # what continues a word has no say
    "nai": "B-LOC",
    "##robi": "O",
    "tide": "B-ORG",
    "watch": "I-ORG",
    **dict.fromkeys(("the", "met", "in", "said", "then", "president", ".", ",", "'", "s"), "O"),
}
SURE: Final = 6.0
"""Score of the label that a piece has, where the others have 0."""
_FAR: Final = 1000.0


def tokenizer() -> Any:
    """Cuts lower-case words without accents, as BERT's does."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = {piece: number for number, piece in enumerate((*OWN, *PIECES))}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.add_special_tokens(list(OWN))
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(own, vocabulary[own]) for own in ("[CLS]", "[SEP]")]
    )
    return made


def spaced_tokenizer(space: str) -> Any:
    """Counts the space before a word as part of it, printed as *space*: "Ġ" as RoBERTa's does, "▁" as XLM-RoBERTa's."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    vocabulary = {piece: number for number, piece in enumerate((*OWN, *(space + piece for piece in PIECES)))}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    made.pre_tokenizer = (
        pre_tokenizers.ByteLevel(add_prefix_space=True) if space == "Ġ" else pre_tokenizers.Metaspace(space)
    )
    return made


def table(sure: Mapping[str, float]) -> list[list[float]]:
    """Scores by piece and label; *sure*: those of the label of some pieces."""
    labels = ["O"] * len(OWN) + list(PIECES.values())
    scores = [SURE] * len(OWN) + [sure.get(piece, SURE) for piece in PIECES]
    return [[score * (label == one) for one in LABELS] for label, score in zip(labels, scores, strict=True)]


def graph(
    scores: Sequence[Sequence[float]],
    *,
    edge: int = 0,
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    kind: str = "INT64",
    axes: Sequence[int | str] = ("batch", "sequence"),
    first_only: bool = False,
) -> bytes:
    """A model that looks its scores up.

    *edge*: how many pieces beside one of the tokenizer's own it takes for no name; *first_only*: one row per text, as a
    model that classifies whole texts gives.
    """
    import numpy
    from onnx import TensorProto, helper, numpy_helper

    number = getattr(TensorProto, kind)
    weights = {
        "scores": numpy.array(scores, dtype="float32"),
        "own": numpy.array(OWN.index("[UNK]"), dtype="int64"),
        "to_outside": numpy.array([_FAR] + [0.0] * (len(scores[0]) - 1), dtype="float32"),
        "first": numpy.array(0, dtype="int64"),
        "channel": numpy.array([1], dtype="int64"),
    }
    nodes = [
        helper.make_node("Cast", ["input_ids"], ["ids"], to=TensorProto.INT64),
        helper.make_node("Gather", ["scores", "ids"], ["found"]),
        helper.make_node("Less", ["ids", "own"], ["is_own"]),
        helper.make_node("Cast", ["is_own"], ["own_pieces"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["own_pieces", "channel"], ["column"]),
        helper.make_node("MaxPool", ["column"], ["near"], kernel_shape=[2 * edge + 1], pads=[edge, edge]),
        helper.make_node("Transpose", ["near"], ["near_pieces"], perm=[0, 2, 1]),
        helper.make_node("Mul", ["near_pieces", "to_outside"], ["blind"]),
        helper.make_node("Add", ["found", "blind"], ["all" if first_only else "logits"]),
    ]
    if first_only:
        nodes.append(helper.make_node("Gather", ["all", "first"], ["logits"], axis=1))
    made = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, number, list(axes)) for name in inputs],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())


def write(
    folder: Path, *, edge: int = 0, window: int = 512, sure: Mapping[str, float] | None = None, cut: Any = None
) -> Path:
    """The *folder* of a model that reads *window* pieces at once, those of the tokenizer *cut* or of `tokenizer`."""
    folder.mkdir(parents=True)
    config = {"model_type": "bert", "max_position_embeddings": window, "id2label": dict(enumerate(LABELS))}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    (cut or tokenizer()).save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes(graph(table(sure or {}), edge=edge))
    return folder
