"""Classes of words: read from a mapped file, by printed form, small form, or with one capital."""

from __future__ import annotations

import random
import string
from pathlib import Path

import pytest

from pipeline.names.tagger.clusters import MAGIC, UNKNOWN, ClusterError, Clusters, encode, open_clusters


@pytest.fixture
def clusters(tmp_path: Path) -> Clusters:
    path = tmp_path / "clusters.bin"
    path.write_bytes(encode({"river": 3, "River": 7, "Lagos": 9}))
    return Clusters(path)


@pytest.mark.parametrize(
    ("printed", "expected"), [("River", 7), ("river", 3), ("RIVER", 3), ("LAGOS", 9), ("lagos", UNKNOWN), ("", UNKNOWN)]
)
def test_class_of_a_word_as_printed(clusters: Clusters, printed: str, expected: int) -> None:
    assert clusters.of(printed, printed.lower()) == expected


def test_every_encoded_word_is_found_again(tmp_path: Path) -> None:
    letters = random.Random(4)
    classes = {"".join(letters.choices(string.ascii_lowercase, k=8)): n for n in range(1, 500)}
    path = tmp_path / "clusters.bin"
    path.write_bytes(encode(classes))
    found = Clusters(path)
    assert {word: found.of(word, word) for word in classes} == classes


@pytest.mark.parametrize("data", [b"", MAGIC, b"another file of some length", encode({"a": 1})[:-1]])
def test_another_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "clusters.bin"
    path.write_bytes(data)
    with pytest.raises(ClusterError, match="reinstall"):
        Clusters(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="missing"):
        Clusters(tmp_path / "none.bin")


def test_packaged_classes_hold_words_of_like_use_together() -> None:
    packaged = open_clusters()
    assert packaged.of("Israel", "israel") == packaged.of("Egypt", "egypt") != UNKNOWN
