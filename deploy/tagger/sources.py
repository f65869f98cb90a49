"""The texts that the tagger may learn from, read where they are: the development data beside the checkout.

Which sets may train what is shipped is said in that folder's README: wikigold, UNER PUD, UNER EWT dev and the machine
labels of the Groningen Meaning Bank's train part. Everything else there is for evaluation only. `articles.txt` is ours:
seen three times, or in capitals, it drew names of places towards bodies that begin with them.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[2]
KINDS: Final = {"PER": 0, "ORG": 1, "LOC": 2}

Spans = list[tuple[int, int, int]]
"""Names: start, end (code points, half open), kind (0 person, 1 organisation, 2 location)."""


class Example(NamedTuple):
    """An annotated text."""

    id: str
    text: str
    layers: tuple[Spans, ...]
    """One or more annotations of the whole text; training sees the text once with each."""
    neutral: list[tuple[int, int]]
    """Mentions whose finding is neither right nor wrong."""


class Source(NamedTuple):
    """A set that may train the shipped model."""

    name: str
    times: int
    """How often one pass over the data sees it."""
    capitals_every: int
    """One in so many of its texts is seen once more in capitals, as wire copy and headlines are printed. 0: none."""


SOURCES: Final = (
    Source("wikigold", 2, 1),
    Source("uner_pud", 2, 1),
    Source("uner_ewt_dev", 2, 1),
    Source("gmb_silver", 1, 5),
    Source("articles", 1, 0),
)
ARTICLES: Final = Path(__file__).with_name("articles.txt")
_MARKED: Final = re.compile(r"\[([POL]) ([^\[\]]+)\]")
_LETTERS: Final = {"P": 0, "O": 1, "L": 2}
EVALUATION_ONLY: Final = ("re3d", "uner_ewt_test", "gmb")
"""Scored by `cv`, never trained on."""


def shared() -> Path:
    """Folder of the development data.

    Raises:
        FileNotFoundError: it is not beside the checkout, nor where TOCSIN_SHARED says.
    """
    folder = Path(os.environ.get("TOCSIN_SHARED") or ROOT.parent / "shared")
    if not (folder / "quality" / "corpora.py").is_file():
        raise FileNotFoundError(f"no development data at {folder}: set TOCSIN_SHARED to the folder with `quality/`")
    return folder


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"quality_{name}", shared() / "quality" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def in_capitals(example: Example) -> Example:
    """The example in capitals; a letter whose capital is longer ("ß") stays, so that the spans hold."""
    text = "".join(c.upper() if len(c.upper()) == 1 else c for c in example.text)
    return example._replace(text=text)


def _spans(spans: list[tuple[int, int, str]]) -> Spans:
    return [(start, end, KINDS[kind]) for start, end, kind in sorted(spans)]


def read_marked(marked: str, name: str) -> Example:
    """An article with its names in brackets, each behind the letter of its kind: "[P Ana Silva] of [L Beira]"."""
    text, spans, end = "", Spans(), 0
    for found in _MARKED.finditer(marked):
        text += marked[end : found.start()]
        spans.append((len(text), len(text) + len(found[2]), _LETTERS[found[1]]))
        text, end = text + found[2], found.end()
    return Example(name, text + marked[end:], (spans,), [])


def _articles() -> Iterator[Example]:
    blocks = ARTICLES.read_text("utf-8").strip().split("\n\n")[1:]  # the first block says how they are written
    for number, block in enumerate(blocks, 1):
        yield read_marked(block, f"articles/{number}")


def read(name: str) -> Iterator[Example]:
    """The texts of set *name*, in the order of their file."""
    if name == "articles":
        yield from _articles()
        return
    corpora = _module("corpora")
    if name == "gmb_silver":
        for doc in corpora.gmb_silver():
            yield Example(doc["id"], doc["text"], (_spans(doc["corenlp"]), _spans(doc["nlp4j"])), [])
        return
    for doc in corpora.NER_SETS[name]():
        yield Example(doc["id"], doc["text"], (_spans(doc["gold"]),), doc["neutral"])


def scorer() -> Callable[..., dict[str, dict[str, Any]]]:
    """The development data's own scorer of names."""
    score: Callable[..., dict[str, dict[str, Any]]] = _module("scoring").score_ner
    return score
