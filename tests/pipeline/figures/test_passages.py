"""Sentences are found by the words in them as they are in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.figures.passages import MAX_TOKENS, passages, passages_with
from pipeline.text import analyse

_LINES = st.sampled_from(
    [
        "The ferry left the harbour of Orle at noon with its crew and",  # wrapped: as long as wire lines are
        "lorries on deck, and did not come back in the evening hours as",
        "it was to. Nobody was on board who knew why.",
        "Short line",
        "",
        "12 lamps " * (MAX_TOKENS // 3),
    ]
)


@given(st.lists(_LINES, max_size=12), st.data())
def test_passages_with_words_are_those_of_all_passages(lines: list[str], data: st.DataObject) -> None:
    text = analyse("\n".join(lines))
    marks = sorted(data.draw(st.sets(st.integers(0, max(0, len(text.tokens) - 1)), max_size=8))) if text.tokens else []
    expected = [(first, last) for first, last in passages(text) if any(first <= mark < last for mark in marks)]
    assert list(passages_with(text, marks)) == expected


def test_wrapped_lines_are_one_passage() -> None:
    text = analyse(
        "The ferry left the harbour of Orle at noon with its crew and\nlorries on deck. It sank.\n" * 2,
    )
    assert [text.tokens[first].text for first, _ in passages(text)] == ["The", "It", "The", "It"]
