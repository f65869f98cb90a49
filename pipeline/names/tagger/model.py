"""The trained weights: a memory-mapped file, shared by processes.

    magic (8 bytes) | transitions (49 int32: from-label by to-label) | scale (int32) | rows (8 bytes each)

A row is one byte per label, weight + 128; the eighth byte is unused. Little endian. The sums of a token's rows are kept
in one integer with 16 bits per label, so that adding two values adds all labels at once.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.mapped import map_file, packaged_file
from pipeline.names.tagger.features import ROWS, Rows

LABELS: Final = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
MAGIC: Final = b"TOCTAG1\0"
FILE: Final = "tagger.bin"
BIAS: Final = 128
HEADER: Final = struct.Struct("<8s49ii")
ROW: Final = 8
_EVEN: Final = 0x00FF00FF00FF00FF
_SPLIT: Final = struct.Struct("<8H")


class ModelError(RuntimeError):
    """The model file is missing or of another release."""


class Model:
    """Weights of one file. Every method is a pure function of the file's bytes."""

    def __init__(self, path: Path) -> None:
        """Map *path*.

        Raises:
            ModelError: there is no such file, or it has another layout.
        """
        try:
            data = map_file(path)
        except (OSError, ValueError) as error:
            raise ModelError(_complaint(path)) from error
        if len(data) != HEADER.size + ROW * ROWS or data[: len(MAGIC)] != MAGIC:
            raise ModelError(_complaint(path))
        _, *flat, self.scale = HEADER.unpack_from(data)
        self.transitions = tuple(tuple(flat[7 * p : 7 * p + 7]) for p in range(7))
        """Weight of label *to* after label *from*: `transitions[from][to]`."""
        self._row = memoryview(data)[HEADER.size :].cast("Q").__getitem__

    def total(self, rows: Rows) -> int:
        """Packed sum of the weights of *rows*."""
        even = every = 0
        for one in map(self._row, rows):
            even += one & _EVEN
            every += one
        return even | (every - even) >> 8 << 64


def unpack(totals: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Scores in packed sums: of labels 0, 2, 4, 6, 1, 3, 5, and one of no meaning; all are raised by one amount."""
    return _SPLIT.iter_unpack(b"".join([total.to_bytes(16, "little") for total in totals]))


def encode(weights: Iterator[tuple[int, ...]], transitions: list[int], scale: int) -> bytes:
    """The file of *weights*: seven integers from -127 to 127 per row."""
    body = b"".join(bytes([*(weight + BIAS for weight in row), BIAS]) for row in weights)
    return HEADER.pack(MAGIC, *transitions, scale) + body


def _complaint(path: Path) -> str:
    return f"the tagger's weights at {path} are missing or of another release; reinstall tocsin, or train them again"


@cache
def open_model() -> Model:
    """The packaged weights, mapped on first use.

    Raises:
        ModelError: the package was built without them.
    """
    return Model(packaged_file("pipeline.names", FILE))
