"""Train the tagger's weights, or measure them by cross-validation.

python -m deploy.tagger           write tagger.bin and confidence.tsv in pipeline/names/data (the same bytes anywhere)
python -m deploy.tagger check     train, and exit with 1 when a packaged file differs
python -m deploy.tagger cv        cross-validated scores of what is trained on, plain scores of the other sets, and how
                                  far confidences are from the share that is right
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from deploy.tagger.calibrate import Seen, fit, held_out_error, observe
from deploy.tagger.evaluate import open_bytes, score
from deploy.tagger.perceptron import Lesson, quantise, train
from deploy.tagger.rows import Segments, build
from deploy.tagger.sources import EVALUATION_ONLY, ROOT, SOURCES, Example, Source, in_capitals, read
from pipeline.names import confidence
from pipeline.names.tagger.model import FILE, encode
from pipeline.names.tagger.tag import Tagger

DATA: Final = ROOT / "pipeline" / "names" / "data"
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
        return [one.rows for one in (self.printed, self.capitals) if len(one.rows)]


_HELD: Final[list[Training]] = []
"""The sets, in a process that trains."""


def _model(fold: int | None) -> bytes:
    sets = _HELD
    rows = np.concatenate([part for one in sets for part in one.rows()])
    sequences: list[Lesson] = []
    base = 0
    for one in sets:
        sequences += one.sequences(base, fold)
        base += sum(map(len, one.rows()))
    weights, transitions, step = quantise(train(rows, sequences, say=_say))
    return encode((tuple(row) for row in weights.tolist()), transitions.ravel().tolist(), step)


def _hold(sets: Sequence[Training]) -> None:
    _HELD[:] = sets


def _models(sets: Sequence[Training]) -> tuple[bytes, list[bytes]]:
    """Weights of all texts, and of the texts outside each fold; one process per processor, forked with the rows."""
    workers = min(os.cpu_count() or 1, 1 + FOLDS)
    forked = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, forked, initializer=_hold, initargs=(sets,)) as pool:
        whole, *folds = pool.map(_model, (None, *range(FOLDS)))
    return whole, folds


def _load() -> list[Training]:
    sets = []
    for source in SOURCES:
        examples = list(read(source.name))
        chosen = examples[:: source.capitals_every] if source.capitals_every else []
        capitals = [in_capitals(example) for example in chosen]
        sets.append(Training(source, examples, build(examples), build(capitals)))
        _say(f"{source.name}: {len(examples)} texts, {len(sets[-1].printed.rows)} tokens")
    return sets


def _parts(readers: Sequence[Tagger], examples: list[Example]) -> list[tuple[Tagger, list[Example]]]:
    """Each text with the reader that was trained without it."""
    return [(reader, examples[fold::FOLDS]) for fold, reader in enumerate(readers)]


def _seen(sets: Sequence[Training], readers: Sequence[Tagger]) -> list[list[Seen]]:
    """The mentions in the texts of each fold, as printed, by the weights trained without them."""
    folds: list[list[Seen]] = [[] for _ in readers]
    for one in sets:
        if one.source.name in _SCORED:
            for fold, (reader, examples) in enumerate(_parts(readers, one.examples)):
                folds[fold] += [seen for example in examples for seen in observe(reader, example)]
    return folds


def cross_validate() -> dict[str, dict[str, float]]:
    """Scores by set. Each text of a training set is read by weights that were trained without it."""
    sets = _load()
    model, without = _models(sets)
    whole, readers = open_bytes(model), list(map(open_bytes, without))
    scores = {}
    for one in sets:
        if one.source.name in _SCORED:
            parts = _parts(readers, one.examples)
            scores[one.source.name] = score(parts)
            in_caps = [(reader, [in_capitals(example) for example in texts]) for reader, texts in parts]
            scores[f"{one.source.name} in capitals"] = score(in_caps)
    for name in EVALUATION_ONLY:
        scores[name] = score([(whole, list(read(name)))])
    folds = _seen(sets, readers)
    errors = {"rules' own": held_out_error(folds, fitted=False), "calibrated": held_out_error(folds)}
    scores["expected calibration error"] = {name: round(error, 3) for name, error in errors.items()}
    return scores


def _files() -> dict[str, bytes]:
    """What training gives, by the name of the file."""
    sets = _load()
    model, without = _models(sets)
    folds = _seen(sets, list(map(open_bytes, without)))
    table = fit(one for fold in folds for one in fold)
    return {FILE: model, confidence.FILE: table.encode()}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.tagger", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("train", "check", "cv"), default="train")
    command = parser.parse_args(arguments).command
    if command == "cv":
        print(json.dumps(cross_validate(), indent=1))
        return 0
    same = True
    for name, data in _files().items():
        path = DATA / name
        if command == "check":
            equal = path.read_bytes() == data
            print(f"{path.relative_to(ROOT)} {'is' if equal else 'is NOT'} what training gives")
            same = same and equal
        else:
            path.write_bytes(data)
            print(f"{path.relative_to(ROOT)}: {len(data):,} bytes")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
