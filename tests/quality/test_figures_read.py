"""Two hundred figures that the scorer calls wrong, read one by one (`figures_read.jsonl`).

The scorer's gold knows terrorist acts (MUC-4) and one total per release (ISAF) only, so its precision is a floor. The
sample is every n-th such prediction, 150 of MUC-4 and 50 of ISAF; each has its document, kind, values, offsets into the
text and the verdict. A bare plural is true when two or more are meant; doubtful are relatives "of the murdered"
and numbers that the text spoils.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.enrich import enrich_text

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "figures_read.jsonl").read_text("utf-8").splitlines()
]
TRUE_SHARE = 0.95
KEPT_SHARE = 0.95
"""Of the predictions found true, those that a later version must still make."""


def test_read_sample_is_true_in_nineteen_of_twenty() -> None:
    verdicts = [row["verdict"] for row in ROWS]
    assert len(verdicts) == 200
    assert set(verdicts) <= {"true", "doubtful", "false"}
    assert verdicts.count("true") >= TRUE_SHARE * len(verdicts)  # the doubtful count as wrong


def _documents(corpora: Any) -> Iterator[dict[str, Any]]:
    wanted = {row["document"] for row in ROWS}
    for documents in (corpora.muc4("dev"), corpora.muc4("tst1"), corpora.muc4("tst2"), corpora.isaf()):
        yield from (document for document in documents if document["id"] in wanted)


def _key(document: str, kind: str, low: int | None, high: int | None) -> tuple[str, str, int | None, int | None]:
    return document, kind, low, high


@pytest.mark.quality
def test_figures_found_true_are_still_found(corpora: Any) -> None:
    found = {
        _key(document["id"], figure["kind"], figure["low"], figure["high"])
        for document in _documents(corpora)
        for figure in enrich_text(document["text"], document["title"], document["date"])["figures"]
    }
    true = [_key(r["document"], r["kind"], r["low"], r["high"]) for r in ROWS if r["verdict"] == "true"]
    lost = [key for key in true if key not in found]
    assert len(lost) <= (1 - KEPT_SHARE) * len(true), lost
