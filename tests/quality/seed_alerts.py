"""Which seed rules fire on the development article, for the scorer."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from agents.rules import load_rules
from agents.settings import Settings
from pipeline.alerting.examples import alerts_of
from pipeline.enrich import enrich
from schemas.article import Article

SHARED = Path(os.environ.get("TOCSIN_SHARED") or Path(__file__).parents[3] / "shared")


def alerts(_record: dict[str, Any]) -> list[dict[str, str]]:
    """The rules that alert; the scorer's record has no text, so the article is enriched again, whole."""
    text = (SHARED / "quality" / "cases" / "seed.txt").read_text("utf-8")
    article = Article(id="seed", body=text, observed_at="2022-01-10T00:00:00Z")  # type: ignore[arg-type]
    return [{"kind": alert.rule_id} for alert in alerts_of(load_rules(Settings()), [enrich(article)])]
