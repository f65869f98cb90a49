"""Plain text of the HTML in a feed entry."""

from __future__ import annotations

import html as entities
import re
from typing import Final

import nh3

_BLOCKS: Final = frozenset(
    "p div br li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote section article header footer hr pre figure".split()
)
_WITHOUT_TEXT: Final = frozenset("script style head template svg iframe noscript figcaption title".split())
_SPACE: Final = re.compile(r"\s+")
_BREAK: Final = re.compile(r"(?:\s*</?[a-z0-9]+>\s*)+")


def to_text(html: str) -> str:
    """The text of *html*: blocks apart by a blank line, other white space single. Plain text comes out as it is.

    nh3 (a browser's parser, linear) drops what is broken or hidden; only bare block tags are left to replace.
    """
    bare = nh3.clean(html, tags=set(_BLOCKS), clean_content_tags=set(_WITHOUT_TEXT), attributes={}, link_rel=None)
    paragraphs = _BREAK.split(bare)
    return "\n\n".join(text for part in paragraphs if (text := _SPACE.sub(" ", entities.unescape(part)).strip()))
