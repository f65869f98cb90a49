"""Make a leaf of the tree from a field and what is written after it, with the checks of the field's type."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from pipeline.query.dates import names_one_moment
from pipeline.query.errors import QueryError, ValueRefusedError
from pipeline.query.lexer import Lexeme, place_of
from pipeline.query.ranges import range_leaf
from pipeline.query.tokenize import lower, utf16_units, words
from pipeline.query.tree import Exists, Flag, Leaf, Part, Phrase, Range, Term, Wildcard
from pipeline.query.values import read_boolean, read_stretch
from schemas.collections import ARTICLES, Collection
from schemas.fields import Field
from schemas.mapping import KEYWORD_LIMIT

MAX_WILDCARDS: Final = 4
"""`*` and `?` in one word; more make a search slow and say little."""
MIN_WILDCARD_LETTERS: Final = 2
"""Literal characters that a word with `*` or `?` needs."""
MAX_WILDCARD_BYTES: Final = 160
"""Literal part of a word with `*` or `?`, UTF-8: tantivy's automata have 1,000 states at most, and the worst of 1,500
random patterns of this length stays below."""


def find_field(name: str, query: str, position: int, collection: Collection = ARTICLES) -> Field:
    """The field of the collection called *name*.

    Raises:
        QueryError: there is none, or it cannot be searched; the hint names the nearest ones.
    """
    known = collection.by_name.get(name)
    if known is not None and known.searchable:
        return known
    if known is not None:
        hint = "it is stored only; `tocsin search --json` shows it"
        raise QueryError(f"{name} cannot be searched", query=query, position=position, hint=hint)
    raise QueryError(f"there is no field {name[:60]!r}", query=query, position=position, hint=_near(name, collection))


def _near(name: str, collection: Collection) -> str:
    inside = [field.name for field in collection.fields if field.name.startswith(name.rstrip(".") + ".")]
    if inside:
        return f"name one of its parts: {', '.join(inside[:5])}"
    names = [field.name for field in collection.fields if field.searchable]
    near = get_close_matches(name[:60].lower(), names, 3, 0.6)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return 'if the colon belongs to the text, put it in quotes: "a:b"'


def exists_leaf(lexeme: Lexeme, query: str, collection: Collection = ARTICLES) -> Leaf:
    """`_exists_:name`."""
    if lexeme.kind != "word":
        hint = "write _exists_:toll.killed.best"
        raise QueryError("_exists_ takes the name of a field", query=query, position=lexeme.start, hint=hint)
    field = find_field(lexeme.text, query, lexeme.start, collection)
    return Exists(field.name, text=f"_exists_:{field.name}")


def make_leaf(field: Field | None, lexeme: Lexeme, query: str, collection: Collection = ARTICLES) -> Leaf:
    """The leaf for a word, quoted value or range.

    Args:
        field: None means that no field was named: the collection's default fields are searched.

    Raises:
        QueryError: the value does not fit the field's type, or is refused.
    """
    if lexeme.kind == "range" or (lexeme.kind == "word" and lexeme.text[0] in "<>"):
        return range_leaf(field, lexeme, query)
    if field and lexeme.text == "*":
        return Exists(field.name, text=f"{field.name}:*")
    if field is None or field.type == "text":
        fields = (field.name,) if field else collection.default_fields
        return _text_leaf(fields, _written(field, lexeme), lexeme, query)
    if field.type == "keyword":
        return _keyword_leaf(field, lexeme, query)
    return _value_leaf(field, lexeme, query)


def _written(field: Field | None, lexeme: Lexeme) -> str:
    return f"{field.name}:{lexeme.text}" if field else lexeme.text


def _refuse(lexeme: Lexeme, query: str, message: str, hint: str, at: int = 0) -> QueryError:
    return QueryError(message, query=query, position=lexeme.start + at, hint=hint)


def unescape(lexeme: Lexeme) -> tuple[Part, ...]:
    """The value without quotes and escapes; `*` and `?` become parts of their own, literal ones do not."""
    raw = lexeme.text[1:-1] if lexeme.kind == "quoted" else lexeme.text
    parts: list[Part] = []
    at = 0
    while at < len(raw):
        char = raw[at]
        if char == "\\" and at + 1 < len(raw):
            at += 1
            parts.append(Part("literal", raw[at]))
        elif char in "*?" and lexeme.kind == "word":
            parts.append(Part("any" if char == "*" else "one"))
        else:
            parts.append(Part("literal", char))
        at += 1
    return _joined(parts)


def _joined(parts: list[Part]) -> tuple[Part, ...]:
    """Neighbouring literals become one, neighbouring stars too."""
    joined: list[Part] = []
    for part in parts:
        if joined and part.kind == joined[-1].kind == "literal":
            joined[-1] = Part("literal", joined[-1].text + part.text)
        elif not (joined and part.kind == joined[-1].kind == "any"):
            joined.append(part)
    return tuple(joined)


def _literal(parts: tuple[Part, ...]) -> str:
    return "".join(part.text for part in parts)


def _text_leaf(fields: tuple[str, ...], text: str, lexeme: Lexeme, query: str) -> Leaf:
    parts = unescape(lexeme)
    if any(part.kind != "literal" for part in parts):
        return _wildcard_leaf(fields, parts, lexeme, query, text, in_text=True)
    found = words(_literal(parts))
    if not found:
        hint = "only letters and digits are searched; signs are not"
        raise _refuse(lexeme, query, f"{lexeme.text[:60]} holds no word to search for", hint)
    if len(found) == 1:
        return Term(fields, found[0], text=text)
    if lexeme.kind == "quoted":
        return Phrase(fields, tuple(found), text=text)
    hint = f'put it in quotes to find the words together: "{_literal(parts)[:60]}"'
    raise _refuse(lexeme, query, f"{lexeme.text[:60]} is {len(found)} words ({', '.join(found[:4])})", hint)


def _keyword_leaf(field: Field, lexeme: Lexeme, query: str) -> Leaf:
    parts, text = unescape(lexeme), _written(field, lexeme)
    if any(part.kind != "literal" for part in parts):
        return _wildcard_leaf((field.name,), parts, lexeme, query, text, in_text=False)
    value = _literal(parts)
    if not value:
        hint = f"to find documents without {field.name} write NOT _exists_:{field.name}"
        raise _refuse(lexeme, query, "the value is empty", hint)
    if utf16_units(value) > KEYWORD_LIMIT:
        hint = f"{field.name} is searchable up to {KEYWORD_LIMIT} characters; use a prefix with *"
        raise _refuse(lexeme, query, "the value is too long", hint)
    return Term((field.name,), lower(value), text=text)


def _wildcard_leaf(
    fields: tuple[str, ...], parts: tuple[Part, ...], lexeme: Lexeme, query: str, text: str, *, in_text: bool
) -> Leaf:
    if sum(part.kind != "literal" for part in parts) > MAX_WILDCARDS:
        raise _refuse(lexeme, query, f"more than {MAX_WILDCARDS} wildcards in one word", "use fewer * and ?")
    if len(_literal(parts)) < MIN_WILDCARD_LETTERS:
        hint = "give at least two letters; field:* finds documents that have the field, *:* finds all"
        raise _refuse(lexeme, query, f"{lexeme.text} is too broad", hint)
    if len(_literal(parts).encode("utf-8", "replace")) > MAX_WILDCARD_BYTES:
        hint = f"shorten it to {MAX_WILDCARD_BYTES} bytes; the beginning and a * are enough"
        raise _refuse(lexeme, query, "a word with wildcards is too long", hint)
    if in_text and not _is_one_word(parts):
        hint = "a word with * or ? must be one word; join several with AND, without hyphens"
        raise _refuse(lexeme, query, f"{lexeme.text[:60]} is more than one word", hint)
    lowered = tuple(part._replace(text=lower(part.text)) for part in parts)
    return Wildcard(fields, lowered, text=text)


def _is_one_word(parts: tuple[Part, ...]) -> bool:
    """Whether some word has this shape; for the wildcards a Latin letter and either end of the literals are tried."""
    literal = _literal(parts)
    shapes = ("".join(part.text or filler for part in parts) for filler in ("a", literal[0], literal[-1]))
    return any(words(shape) == [lower(shape)] for shape in shapes)


def _value_leaf(field: Field, lexeme: Lexeme, query: str) -> Leaf:
    parts, text = unescape(lexeme), _written(field, lexeme)
    if any(part.kind != "literal" for part in parts):
        hint = f"{field.name} is a {field.type}; only {field.name}:* (it has a value) takes a star"
        raise _refuse(lexeme, query, "wildcards are for text and keywords", hint)
    try:
        if field.type == "boolean":
            return Flag(field.name, read_boolean(_literal(parts)), text=text)
        stretch = read_stretch(field.type, _literal(parts))
    except ValueRefusedError as error:
        is_quoted = lexeme.kind == "quoted"
        at = is_quoted + place_of(lexeme.text[is_quoted:], error.at)
        raise _refuse(lexeme, query, f"{field.name} is a {field.type}: {error}", error.hint, at) from None
    if names_one_moment(stretch):
        hint = f'write {field.name}:>={_literal(parts)} for the time since then, or round it: "now/d" is today'
        raise _refuse(lexeme, query, f"{_literal(parts)[:60]} is one millisecond", hint)
    return Range(field.name, stretch.first, stretch.last, text=text)
