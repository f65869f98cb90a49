"""Train the weights: an averaged structured perceptron with a margin, in integers only.

Integers make the result the same on every machine: no sum depends on the order in which a processor adds.
Collins (2002), "Discriminative training methods for hidden Markov models"; the margin adds to every wrong label's score
while training (Taskar et al. 2003), so that right labels must win clearly.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.names.tagger.features import ROWS
from pipeline.names.tagger.model import LABELS

_N: Final = len(LABELS)
_FORBIDDEN: Final = -(1 << 40)
_SEED: Final = 20220105
EPOCHS: Final = 3
RUNS: Final = 3
"""Runs over the texts in orders of their own, whose weights are added: one run alone is 0.4 points of F1 up or down."""
MARGIN: Final = 60


class Lesson(NamedTuple):
    """A segment to learn: tokens `first` to `last` of the rows, with their labels."""

    first: int
    last: int
    labels: list[int]


class Weights(NamedTuple):
    """Averaged weights, as integers of a common scale."""

    rows: npt.NDArray[np.int64]
    transitions: npt.NDArray[np.int64]


def _allowed() -> npt.NDArray[np.int64]:
    penalty = np.zeros((_N, _N), np.int64)
    for before in range(_N):
        for label in range(2, _N, 2):
            if before not in (label - 1, label):
                penalty[before, label] = _FORBIDDEN
    return penalty


_PENALTY: Final = _allowed()
_LABELS: Final = np.arange(_N)


def best_path(scores: npt.NDArray[np.int64], transitions: npt.NDArray[np.int64]) -> list[int]:
    """Labels of the best path (Viterbi); ties go to the label with the lower number."""
    reached = scores[0] + _PENALTY[0]
    moves = transitions + _PENALTY
    trail = []
    for row in scores[1:]:
        sums = reached[:, None] + moves
        came = sums.argmax(0)
        trail.append(came)
        reached = sums[came, _LABELS] + row
    labels = [int(reached.argmax())]
    for came in reversed(trail):
        labels.append(int(came[labels[-1]]))
    return labels[::-1]


class _Learner:
    def __init__(self, rows: npt.NDArray[np.int32]) -> None:
        self.rows = rows
        self.now = np.zeros((ROWS, _N), np.int32)
        self.late = np.zeros((ROWS, _N), np.int64)
        """Changes weighted by when they were made: average = now * steps - late."""
        self.moves = np.zeros((_N, _N), np.int64)
        self.late_moves = np.zeros((_N, _N), np.int64)
        self.steps = 1

    def learn(self, one: Lesson) -> bool:
        """Move the weights towards *one* unless its labels win by the margin; whether they moved."""
        rows = self.rows[one.first : one.last]
        scores = self.now[rows].sum(1, dtype=np.int64)
        scores += MARGIN
        scores[np.arange(len(one.labels)), one.labels] -= MARGIN
        found = best_path(scores, self.moves)
        if found != one.labels:
            for i, (right, wrong) in enumerate(zip(one.labels, found, strict=True)):
                if right != wrong:
                    self._move(rows[i], right, 1)
                    self._move(rows[i], wrong, -1)
                if i:
                    self._move_path(one.labels[i - 1], right, 1)
                    self._move_path(found[i - 1], wrong, -1)
        self.steps += 1
        return found != one.labels

    def _move(self, rows: npt.NDArray[np.int32], label: int, by: int) -> None:
        self.now[rows, label] += by
        self.late[rows, label] += by * self.steps

    def _move_path(self, before: int, label: int, by: int) -> None:
        self.moves[before, label] += by
        self.late_moves[before, label] += by * self.steps

    def average(self) -> Weights:
        return Weights(self.now * np.int64(self.steps) - self.late, self.moves * self.steps - self.late_moves)


def train(
    rows: npt.NDArray[np.int32], sequences: Sequence[Lesson], *, epochs: int = EPOCHS, say: Callable[[str], None]
) -> Weights:
    """Sum of the averaged weights of `RUNS` runs of *epochs* passes over *sequences*, each shuffled by a fixed seed."""
    runs = [_run(rows, sequences, epochs, _SEED + number, say) for number in range(RUNS)]
    return Weights(sum(run.rows for run in runs), sum(run.transitions for run in runs))


def _run(
    rows: npt.NDArray[np.int32], sequences: Sequence[Lesson], epochs: int, seed: int, say: Callable[[str], None]
) -> Weights:
    learner, shuffler = _Learner(rows), random.Random(seed)
    order = list(range(len(sequences)))
    for epoch in range(epochs):
        shuffler.shuffle(order)
        moved = sum(learner.learn(sequences[k]) for k in order)
        say(f"epoch {epoch + 1}/{epochs}: {moved} of {len(order)} segments moved the weights")
    return learner.average()


def quantise(weights: Weights) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], int]:
    """Rows and transitions in steps of one byte, and the size of a step.

    The largest weight sets the step. Cutting the few large ones for finer steps costs far more than it gains: they are
    those of frequent features, which balance each other (8 points of F1 on wikigold when 0.1% are cut).
    """
    step = max(1, -(-int(np.abs(weights.rows).max()) // 127))
    return _divide(weights.rows, step), _divide(weights.transitions, step), step


def _divide(values: npt.NDArray[np.int64], step: int) -> npt.NDArray[np.int64]:
    """Rounded half up, in integers."""
    return (2 * values + step) // (2 * step)
