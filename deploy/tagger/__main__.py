"""Train the tagger's weights, or measure them by cross-validation.

python -m deploy.tagger           write pipeline/names/data/tagger.bin (the same bytes on every machine)
python -m deploy.tagger check     train, and exit with 1 when the packaged file differs
python -m deploy.tagger cv        cross-validated scores of what is trained on, plain scores of the other sets
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from deploy.tagger.evaluate import open_bytes, score
from deploy.tagger.perceptron import Lesson, quantise, train
from deploy.tagger.rows import Segments, build
from deploy.tagger.sources import EVALUATION_ONLY, ROOT, SOURCES, Example, Source, in_capitals, read
from pipeline.names.tagger.model import FILE, encode

MODEL: Final = ROOT / "pipeline" / "names" / "data" / FILE
FOLDS: Final = 3
_SCORED: Final = ("wikigold", "uner_pud", "uner_ewt_dev")
"""Sets that are trained on and have labels by hand: scored by folds."""


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


class Training(NamedTuple):
    """A source with its texts and their rows, as printed and in capitals."""

    source: Source
    examples: list[Example]
    printed: Segments
    capitals: Segments

    def is_in(self, fold: int | None, number: int) -> bool:
        """Whether text *number* is kept from training; texts labelled by machine are in no fold."""
        return fold is not None and self.source.name in _SCORED and number % FOLDS == fold

    def sequences(self, base: int, fold: int | None) -> list[Lesson]:
        """What to learn of the texts that are not in *fold*; *base*: number of the first of the rows."""
        found: list[Lesson] = []
        every = self.source.capitals_every
        copies = ((self.printed, self.source.times, 1), (self.capitals, 1, every))
        for one, times, step in copies:
            for number, (first, last) in enumerate(one.texts):
                if not self.is_in(fold, number * step):
                    for k in range(first, last):
                        begin, end = one.bounds[k]
                        found += [Lesson(base + begin, base + end, labels) for labels in one.labels[k]] * times
            base += len(one.rows)
        return found

    def rows(self) -> list[npt.NDArray[np.int32]]:
        return [self.printed.rows, self.capitals.rows]


def _model(sets: Sequence[Training], fold: int | None = None) -> bytes:
    rows = np.concatenate([part for one in sets for part in one.rows()])
    sequences: list[Lesson] = []
    base = 0
    for one in sets:
        sequences += one.sequences(base, fold)
        base += sum(map(len, one.rows()))
    weights, transitions, step = quantise(train(rows, sequences, say=_say))
    return encode((tuple(row) for row in weights.tolist()), transitions.ravel().tolist(), step)


def _load() -> list[Training]:
    sets = []
    for source in SOURCES:
        examples = list(read(source.name))
        capitals = [in_capitals(example) for example in examples[:: source.capitals_every]]
        sets.append(Training(source, examples, build(examples), build(capitals)))
        _say(f"{source.name}: {len(examples)} texts, {len(sets[-1].printed.rows)} tokens")
    return sets


def cross_validate() -> dict[str, dict[str, float]]:
    """Scores by set. Each text of a training set is read by weights that were trained without it."""
    sets = _load()
    readers = [open_bytes(_model(sets, fold)) for fold in range(FOLDS)]
    scores = {}
    for one in sets:
        if one.source.name in _SCORED:
            parts = [(readers[fold], one.examples[fold::FOLDS]) for fold in range(FOLDS)]
            scores[one.source.name] = score(parts)
            in_caps = [(reader, [in_capitals(example) for example in texts]) for reader, texts in parts]
            scores[f"{one.source.name} in capitals"] = score(in_caps)
    whole = open_bytes(_model(sets))
    for name in EVALUATION_ONLY:
        scores[name] = score([(whole, list(read(name)))])
    return scores


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.tagger", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("train", "check", "cv"), default="train")
    command = parser.parse_args(arguments).command
    if command == "cv":
        print(json.dumps(cross_validate(), indent=1))
        return 0
    model = _model(_load())
    if command == "check":
        same = MODEL.read_bytes() == model
        print(f"{MODEL.relative_to(ROOT)} {'is' if same else 'is NOT'} what training gives")
        return 0 if same else 1
    MODEL.write_bytes(model)
    print(f"{MODEL.relative_to(ROOT)}: {len(model):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
