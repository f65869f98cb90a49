"""Texts whose gold says "no injury or death" of one of their incidents, and what those without a zero tell.

The gold was filled in for each incident of MUC-4, also where the text does not speak of people. Those texts, read one
by one, are listed in `no_casualties_read.jsonl`: a zero in them would be invented.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.enrich import enrich_text

SILENT = {
    json.loads(line)["document"]
    for line in (Path(__file__).parent / "no_casualties_read.jsonl").read_text("utf-8").splitlines()
}


@pytest.mark.quality
def test_every_text_that_says_so_has_a_zero(corpora: Any) -> None:
    without = set()
    for document in (document for document in corpora.muc4("dev") if document["no_casualties"]):
        figures = enrich_text(document["text"], document["title"], document["date"])["figures"]
        if all(figure["best"] != 0 for figure in figures):
            without.add(document["id"])
    assert without == SILENT
