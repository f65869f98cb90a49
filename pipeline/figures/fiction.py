"""Where an article tells a story: "In the film, gunmen kill 40". What happens there happens to nobody.

A frame opens with a phrase at the beginning of a sentence and lasts to the end of its paragraph. It reaches the title
when the first paragraph of the body is framed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.figures.lexicon import StoryWords
from pipeline.figures.passages import passages_with
from pipeline.findings import Document
from pipeline.text import Text, Token

REASON: Final = "fiction"
FieldSpans = tuple[tuple[int, int], ...]

MAX_MODIFIERS: Final = 3
"""Words between the article and the work: "in the second season's final EPISODE"."""


def opens_story(tokens: Sequence[Token], first: int, last: int, about: StoryWords) -> bool:
    """Whether the sentence of tokens *first* to *last* begins in a story: "In the film, ...", "The novel opens ..."."""
    words = [token.lower for token in tokens[first : min(last, first + 4 + MAX_MODIFIERS)]]
    at = 1 if words[:1] and words[0] in about.openers else 0
    if words[at : at + 1] and words[at] not in about.articles:
        return False
    work = next((i for i in range(at + 1, min(at + 2 + MAX_MODIFIERS, len(words))) if words[i] in about.works), None)
    if work is None or not all(word[:1].isalpha() for word in words[at:work]):
        return False
    following = words[work + 1] if work + 1 < len(words) else ""
    if not at:
        return following in about.tells
    return following not in about.not_the_work


def _paragraph_break(text: Text) -> str:
    """A blank line, or the end of a line in a text that has no blank lines."""
    return "\n\n" if "\n\n" in text.raw else "\n"


def _in_text(text: Text, works: Sequence[int], about: StoryWords) -> FieldSpans:
    found: list[tuple[int, int]] = []
    for first, last in passages_with(text, works):
        begin = text.tokens[first].start
        if (not found or begin >= found[-1][1]) and opens_story(text.tokens, first, last, about):
            end = text.raw.find(_paragraph_break(text), begin)
            found.append((begin, end if end >= 0 else len(text.raw)))
    return tuple(found)


def stories(document: Document, works: Mapping[str, Sequence[int]], about: StoryWords) -> dict[str, FieldSpans]:
    """Per field, the stretches (code points, half open) that tell a story; *works*: per field, the tokens that name a
    kind of work."""
    body, title = _in_text(document.body, works["body"], about), _in_text(document.title, works["title"], about)
    first = document.body.tokens[0].start if document.body.tokens else 0
    if body and (body[0][0] == first or _paragraph_break(document.body) not in document.body.raw[first : body[0][0]]):
        title = ((0, len(document.title.raw)),)
    return {"title": title, "body": body}


def is_told(spans: FieldSpans, start: int) -> bool:
    """Whether the code point *start* lies in a story."""
    return any(first <= start < last for first, last in spans)
