"""Long texts: every word is read once, and where it has most context."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.backends.windows import Place, best_places, first_pieces
from pipeline.text.tokens import tokenise

OWN = (0, 0)
"""A piece that the tokenizer adds."""


def test_the_first_piece_of_a_word_speaks_for_it() -> None:
    words = tokenise("Zuri Abara left")
    offsets = [OWN, (0, 2), (2, 4), (4, 10), (11, 15), OWN]  # one piece with the space before its word
    assert list(first_pieces(words, offsets)) == [(0, 1), (1, 3), (2, 4)]


def test_a_piece_of_several_words_speaks_for_all_of_them() -> None:
    assert list(first_pieces(tokenise("Kyiv's (mayor)"), [(0, 6), (7, 14)])) == [(0, 0), (1, 0), (2, 1), (3, 1), (4, 1)]


def test_a_word_that_the_tokenizer_drops_is_not_read() -> None:
    assert list(first_pieces(tokenise("Zuri § left"), [OWN, (0, 4), (7, 11), OWN])) == [(0, 1), (2, 2)]


def test_a_word_is_read_in_the_window_that_shows_more_around_it() -> None:
    words = tokenise("a b c d e f")
    offsets = [(2 * i, 2 * i + 1) for i in range(6)]
    places = best_places(words, [[OWN, *offsets[:4], OWN], [OWN, *offsets[2:], OWN]])
    assert [places[i].window for i in range(6)] == [0, 0, 0, 1, 1, 1]
    assert places[2] == Place(window=0, piece=3, context=2)


@given(st.integers(1, 120), st.integers(4, 20), st.data())
def test_every_word_is_read_once_with_half_of_the_overlap_around_it(count: int, size: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(1, size - 1))
    words = tokenise(" ".join(["w"] * count))
    pieces = [(word.start, word.end) for word in words]
    starts = itertools.takewhile(lambda start: not start or start + overlap < count, itertools.count(0, size - overlap))
    windows = [pieces[start : start + size] for start in starts]
    places = best_places(words, windows)
    assert sorted(places) == list(range(count))
    assert all(windows[place.window][place.piece] == pieces[word] for word, place in places.items())
    assert len(windows) == 1 or all(place.context >= (overlap - 1) // 2 for place in places.values())
