"""How names are read where capitals say nothing: wire copy in capitals, headlines and posts in small letters.

The test prints how far the scores sink (`pytest -s`); floors keep them from sinking further.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.tagger.evaluate import score
from deploy.tagger.sources import Example, in_capitals, read
from pipeline.names.tagger import packaged_tagger

EVERY = 6
"""One text in so many is read: enough for a stable score, a few seconds of work."""


def in_small_letters(example: Example) -> Example:
    """The example in small letters; a letter whose small form is longer stays, so that the spans hold."""
    text = "".join(c.lower() if len(c.lower()) == 1 else c for c in example.text)
    return example._replace(text=text)


def as_printed(example: Example) -> Example:
    return example


@pytest.mark.quality
@pytest.mark.parametrize(
    ("printed", "exact", "overlap"),
    [(as_printed, 83.0, 87.8), (in_capitals, 77.6, 84.0), (in_small_letters, 76.4, 84.1)],
    ids=["as printed", "in capitals", "in small letters"],
)
def test_names_degrade_no_further_than_measured(
    printed: Callable[[Example], Example], exact: float, overlap: float, shared: Path
) -> None:
    texts = [printed(example) for example in list(read("gmb"))[::EVERY]]
    found = score([(packaged_tagger(), texts)])
    print(found)
    assert found["exact"] >= exact
    assert found["overlap"] >= overlap
    assert shared.is_dir()
