"""Names of consumer groups: an agent that fills a new version of an index reads its topics from their start."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agents.errors import UsageError
from agents.index import Standing
from agents.indexer import INDEXER
from agents.recorder import RECORDER
from agents.settings import Settings
from agents.spec import generation_of
from schemas.collections import ALERTS, ARTICLES, DEAD_LETTERS


def test_first_versions_have_the_plain_group() -> None:
    assert INDEXER.group(Settings(topic_prefix="news")) == "news.indexer"
    assert generation_of(ARTICLES) == generation_of(ALERTS, DEAD_LETTERS) == ""


def test_every_new_version_has_a_group_of_its_own() -> None:
    """Of an agent that fills two indices, each may be raised alone."""
    versions = [(1, 1), (2, 1), (1, 2), (2, 2), (2, 3)]
    pairs = [(replace(ALERTS, version=a), replace(DEAD_LETTERS, version=d)) for a, d in versions]
    groups = {replace(RECORDER, generation=generation_of(*pair)).group(Settings()) for pair in pairs}
    assert len(groups) == len(versions)
    assert "tocsin.recorder.v2.1" in groups


STANDING = Standing(own="x-v3", there=("x-v1", "x-v2", "x-v3"), searched="x-v2")


def test_only_what_nobody_needs_is_left_over() -> None:
    assert (STANDING.left_over, STANDING.is_current) == (("x-v1",), False)
    STANDING.check_removable("x-v1")


@pytest.mark.parametrize(("name", "why"), [("x-v2", "searches find"), ("x-v3", "writes"), ("x-v9", "x-v1, x-v2, x-v3")])
def test_what_somebody_needs_is_not_removed(name: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        STANDING.check_removable(name)
