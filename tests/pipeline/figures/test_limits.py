"""A hostile text is read up to a limit, and the record says where reading stopped."""

from __future__ import annotations

import pytest

from pipeline.events import find_events
from pipeline.events.find import MAX_EVENTS
from pipeline.events.find import TOO_MANY as TOO_MANY_EVENTS
from pipeline.figures.find import MAX_FIGURES, MAX_REJECTED, TOO_MANY
from pipeline.figures.passages import MAX_TOKENS
from pipeline.findings import Document, Findings
from pipeline.text import analyse
from tests.pipeline.figures.test_find_figures import find


@pytest.mark.parametrize("text", ["12 killed, ", "12 killed.\n", "12 killed, police said. "])
def test_figures_stop_at_the_limit_with_a_record_of_the_cut(text: str) -> None:
    found = find(text * (3 * MAX_FIGURES))
    assert MAX_FIGURES <= len(found.figures) < MAX_FIGURES + MAX_TOKENS
    cut = found.rejected[-1]
    assert (cut.reason, cut.considered_as) == (TOO_MANY, "figure")
    assert cut.span.start >= found.figures[-1].span.end


def test_refused_numbers_stop_at_the_limit_with_a_record_of_the_cut() -> None:
    found = find("Room 12 and 34 lamps. " * MAX_REJECTED)
    assert MAX_REJECTED <= len(found.rejected) <= MAX_REJECTED + MAX_TOKENS
    assert found.rejected[-1].reason == TOO_MANY


def test_ordinary_article_is_not_cut() -> None:
    assert TOO_MANY not in {item.reason for item in find("12 people were killed. " * 50).rejected}


def test_events_stop_at_the_limit_with_a_record_of_the_cut() -> None:
    document = Document(analyse("", "title"), analyse("Riots broke out.\n\n" * (2 * MAX_EVENTS)), "en")
    found = find_events(document, Findings())
    assert len(found.events) == MAX_EVENTS
    assert [(item.considered_as, item.reason) for item in found.rejected] == [("event", TOO_MANY_EVENTS)]


def test_fewer_events_leave_no_record_of_a_cut() -> None:
    document = Document(analyse("", "title"), analyse("Riots broke out.\n\n" * 5), "en")
    assert not find_events(document, Findings()).rejected
