"""What is remembered is what the function says, and no more than is allowed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.remembered import Remembered


@given(st.lists(st.integers(0, 20), max_size=60), st.integers(1, 5))
def test_every_value_is_the_functions_and_memory_is_bounded(keys: list[int], most: int) -> None:
    squares = Remembered(lambda key: key * key, most)
    for key in keys:
        assert squares[key] == key * key
        assert len(squares) <= most


def test_what_was_met_lately_is_not_asked_again() -> None:
    asked: list[int] = []

    def same(key: int) -> int:
        asked.append(key)
        return key

    seen = Remembered(same, 2)
    assert [seen[key] for key in (1, 2, 1, 3, 2)] == [1, 2, 1, 3, 2]
    assert asked == [1, 2, 3]
    seen.forget()
    assert seen[1] == 1
    assert asked == [1, 2, 3, 1]
