"""Which time a figure covers: the event, a running total, one more, so many a day, or the past."""

from __future__ import annotations

from datetime import date

from pipeline.figures.hints import DAY, OLD, RATE, RUNNING, SPEECH
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.past import is_background, is_revised, of_earlier_month
from pipeline.figures.rates import is_rate
from pipeline.figures.running import is_of_war, is_running
from pipeline.figures.setting import Setting
from schemas.enrichment import Scope


def scope_of(setting: Setting, candidate: Candidate, published: date | None, lexicon: Lexicon) -> Scope:
    """Which time the figure covers; the most cautious reading wins: background, rate, incremental, cumulative."""
    hints = setting.hints
    if candidate.scope == "background" or setting.compared:
        return "background"
    if hints & OLD and is_background(setting, candidate, published.year if published else None, lexicon):
        return "background"
    if hints & DAY and published is not None and of_earlier_month(setting, candidate, published, lexicon):
        return "background"
    if hints & SPEECH and is_revised(setting, candidate, lexicon):
        return "background"
    if hints & RATE and is_rate(setting, candidate, lexicon):
        return "rate"
    quantity = candidate.item.quantity
    if quantity is not None and quantity.incremental:
        return "incremental"
    running = hints & RUNNING and (is_running(setting, candidate, lexicon) or is_of_war(setting, candidate, lexicon))
    if candidate.scope == "cumulative" or running:
        return "cumulative"
    return "incident"
