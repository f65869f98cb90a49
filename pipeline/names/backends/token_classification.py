"""The names of a transformer for token classification, from a local folder.

text -> pieces in windows -> scores per piece -> scores per word -> labels -> names
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from pipeline.names.backends.arrange import ModelTagger
from pipeline.names.backends.model_folder import MODEL, ModelFolder, import_library, read_folder
from pipeline.names.backends.protocol import BackendError, Found
from pipeline.names.backends.windows import best_places
from pipeline.names.backends.word_labels import Word, names_of
from pipeline.text.tokens import tokenise

_OVERLAP: Final = 4
"""A window shares this part of its pieces, a quarter, with the next one: at 512 each word has 64 around it."""
_TYPES: Final = {"tensor(int64)": "int64", "tensor(int32)": "int32"}


def _open_tokenizer(folder: ModelFolder) -> Any:
    library, file = import_library("tokenizers"), folder.path / "tokenizer.json"
    try:
        tokenizer = library.Tokenizer.from_file(str(file))
        tokenizer.no_padding()
        tokenizer.encode_special_tokens = True  # "[SEP]" in an article is text
        room = folder.window - tokenizer.num_special_tokens_to_add(is_pair=False)
        tokenizer.enable_truncation(folder.window, stride=max(0, room // _OVERLAP))
        tokenizer.encode("What it cannot do shows here.")
    except MemoryError:
        raise
    except Exception as error:  # the library raises nothing more special
        raise BackendError(f"{file} is no tokenizer that can be used ({error}): export the model anew") from error
    return tokenizer


class _Model:
    """A graph that is computed on one core, since there is a process per core."""

    def __init__(self, folder: ModelFolder) -> None:
        self._numpy, self._file, self._labels = import_library("numpy"), folder.path / MODEL, len(folder.marks)
        runtime = import_library("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors are raised, and told by who catches them
        try:
            self._session = runtime.InferenceSession(str(self._file), options, providers=["CPUExecutionProvider"])
        except MemoryError:
            raise
        except Exception as error:
            raise BackendError(
                f"{self._file} cannot be loaded ({error}): export the model anew, or give it the memory that it lacks"
            ) from error
        self._inputs = {one.name: _TYPES.get(one.type) for one in self._session.get_inputs()}
        self._check_inputs()

    def _check_inputs(self) -> None:
        known = {"input_ids", "attention_mask", "token_type_ids"}
        if "input_ids" not in self._inputs or not known.issuperset(self._inputs) or None in self._inputs.values():
            raise BackendError(
                f"{self._file} asks for {', '.join(self._inputs) or 'nothing'}, not for whole numbers called "
                "input_ids, attention_mask and perhaps token_type_ids: export it with the task token-classification"
            )

    def scores(self, window: Any) -> list[list[float]]:
        """Per piece of *window*, an encoding of `tokenizers`, the score of each label.

        Raises:
            BackendError: the model does not read such a window, or gives something else.
        """
        if not window.ids:
            return []
        columns = {"input_ids": window.ids, "attention_mask": window.attention_mask, "token_type_ids": window.type_ids}
        feeds = {name: self._numpy.array([columns[name]], dtype=type_) for name, type_ in self._inputs.items()}
        try:
            logits = self._session.run(None, feeds)[0]
        except MemoryError:
            raise
        except Exception as error:
            raise BackendError(
                f"{self._file} does not read {len(window.ids)} pieces at once ({error}): "
                "export it with axes of any length"
            ) from error
        return self._checked(logits, (1, len(window.ids), self._labels))

    def _checked(self, logits: Any, wanted: tuple[int, int, int]) -> list[list[float]]:
        shape = getattr(logits, "shape", None)
        if shape != wanted or logits.dtype.kind != "f" or not self._numpy.isfinite(logits).all():
            raise BackendError(
                f"{self._file} gives numbers of the shape {shape}, or none, where {wanted} were to be scores of "
                "pieces and labels: export it with the task token-classification, beside its own config.json"
            )
        scores: list[list[float]] = logits[0].tolist()
        return scores


def open_transformers(path: str) -> ModelTagger:
    """A tagger made of the model in the folder *path*. Its longest window is read once, so that what fails, fails here.

    One window at a time: what a model says must not depend on what else is read with it, and memory stays bounded.

    Raises:
        BackendError: a library is not installed, or the folder has no model for token classification that can be used.
    """
    folder = read_folder(Path(path).resolve())
    tokenizer, model = _open_tokenizer(folder), _Model(folder)
    model.scores(tokenizer.encode("a " * folder.window))

    def names_in(text: str) -> list[Found]:
        words, first = tokenise(text), tokenizer.encode(text)
        windows = [first, *first.overflowing]
        places = best_places(words, [window.offsets for window in windows])
        scores = [model.scores(window) for window in windows]
        read = [
            Word(word.start, word.end, scores[place.window][place.piece]) if (place := places.get(i)) else None
            for i, word in enumerate(words)
        ]
        return names_of(read, folder.marks)

    def find(texts: Sequence[str]) -> Iterator[list[Found]]:
        return map(names_in, texts)

    return ModelTagger(f"transformers {folder.path.name} {folder.fingerprint}", find)
