"""Every word of a language may end a text or begin it, where a look at the next or the last word goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.figures import LANGUAGES, find_figures
from pipeline.figures.languages import vocabulary_for
from pipeline.findings import Document, Findings
from pipeline.text import analyse

TRIGGERS = {"en": "killed", "es": "muertos", "fr": "tués", "ru": "погибли"}
FRAMES = ("{word}", "12 {killed} , {word}", "12 {killed} {word}", "12 {word} {killed}", "{word} 12 {killed}")


def _words(language: str) -> Iterator[str]:
    lexicon = vocabulary_for(language).lexicon
    context, numbers, triggers = lexicon.context, lexicon.numbers, lexicon.triggers
    for phrases in (numbers.vague, numbers.bounds_before, numbers.bounds_after, numbers.one_more, triggers.phrases):
        yield from phrases.table
    for words in (context.classes, context.said, context.months, triggers.words, triggers.events, triggers.lethal):
        yield from words


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_word_is_read_at_the_ends_of_texts(language: str) -> None:
    for word in sorted(set(_words(language))):
        for frame in FRAMES:
            text = frame.format(word=word, killed=TRIGGERS[language])
            found = find_figures(Document(analyse(text, "title"), analyse(text, "body"), language), Findings())
            assert all(item.span.end <= len(text) for item in (*found.figures, *found.rejected)), text
