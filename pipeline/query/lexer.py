"""Cut a query into lexemes, and refuse what the language does not have."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from pipeline.query.errors import QueryError

Kind = Literal["(", ")", "AND", "OR", "NOT", "+", "-", "!", "field", "word", "quoted", "range", "end"]

_BLANK: Final = frozenset(" \t\r\n\u3000")
_WORD_ENDS: Final = _BLANK | frozenset('()[]{}"')
_OPERATORS: Final[dict[str, Kind]] = {"AND": "AND", "OR": "OR", "NOT": "NOT", "&&": "AND", "||": "OR"}
_REFUSED: Final = {
    "~": ("`~` (fuzzy words, distance in phrases) is not supported", "write the variants with OR, or escape it as \\~"),
    "^": ("`^` (boost) is not supported", "results are sorted by time, so boosts change nothing; escape it as \\^"),
    "/": ("an unquoted `/` is not supported", 'put the value in quotes: "a/b"; regular expressions do not exist here'),
    "!": ("`!` inside a word", "put a blank before it, or the word in quotes"),
    "&&": ("`&&` inside a word", "put blanks round it, or the word in quotes"),
    "||": ("`||` inside a word", "put blanks round it, or the word in quotes"),
}


_ARITHMETIC: Final = re.compile(r"\|\|(?=[+\-/\\])")
"""Inside of a date, as in `2026-03-01||+1M`, where `||` is no operator."""
_DATE_SO_FAR: Final = re.compile(r"[<>]?=?(?:now|\d{4}-\d\d-\d\d)")


class Lexeme(NamedTuple):
    """`text` is what the query says, quotes and escapes included; `start` and `end` are code points of the query."""

    kind: Kind
    text: str
    start: int
    end: int


def place_of(raw: str, at: int) -> int:
    """Where character *at* of a value stands in *raw*, the value as it is written with escapes."""
    place = 0
    for _ in range(at):
        place += 2 if raw[place : place + 1] == "\\" else 1
    return place


def lex(query: str) -> list[Lexeme]:
    """The lexemes of *query*; the last one has kind `end`.

    Raises:
        QueryError: a quote or bracket is not closed, or something is refused.
    """
    found: list[Lexeme] = []
    at = 0
    while at < len(query):
        if query[at] in _BLANK:
            at += 1
            continue
        lexeme = _next(query, at)
        found.append(lexeme)
        at = lexeme.end
    return [*found, Lexeme("end", "", len(query), len(query))]


def _next(query: str, at: int) -> Lexeme:
    char = query[at]
    if char in "()":
        return Lexeme("(" if char == "(" else ")", char, at, at + 1)
    if char == '"':
        return _quoted(query, at)
    if char in "[{":
        return _range(query, at)
    if char in "]}":
        raise QueryError(f"`{char}` closes no range", query=query, position=at, hint="a range is [low TO high]")
    if char in "+-!":
        return _sign(query, at)
    return _word(query, at)


def _sign(query: str, at: int) -> Lexeme:
    char, after = query[at], query[at + 1 : at + 2]
    if not after or after in _BLANK:
        hint = f"write {char}word without a blank, or put the sign in quotes"
        raise QueryError(f"`{char}` stands alone", query=query, position=at, hint=hint)
    return Lexeme("+" if char == "+" else "-" if char == "-" else "!", char, at, at + 1)


def _quoted(query: str, at: int) -> Lexeme:
    end = at + 1
    while end < len(query) and query[end] != '"':
        end += _escaped(query, end) if query[end] == "\\" else 1
    if end >= len(query):
        raise QueryError("this quote is not closed", query=query, position=at, hint='add the closing "')
    end += 1
    _refuse_glued(query, end)
    return Lexeme("quoted", query[at:end], at, end)


def _escaped(query: str, at: int) -> int:
    """Length of a backslash and what it escapes."""
    if query[at + 1 : at + 2] == "u":
        hint = "write the character itself, or \\\\u for a backslash and a u"
        raise QueryError("`\\u` begins the number of a character", query=query, position=at, hint=hint)
    return 2


def _range(query: str, at: int) -> Lexeme:
    end = at + 1
    while end < len(query) and query[end] not in "]}":
        end = _quoted_in_range(query, end) if query[end] == '"' else end + 1
    if end >= len(query):
        hint = "write [low TO high] with ] (bound included) or } (bound excluded)"
        raise QueryError("this range is not closed", query=query, position=at, hint=hint)
    end += 1
    _refuse_glued(query, end)
    return Lexeme("range", query[at:end], at, end)


def _quoted_in_range(query: str, at: int) -> int:
    end = query.find('"', at + 1)
    if end < 0:
        raise QueryError("this quote is not closed", query=query, position=at, hint='add the closing "')
    return end + 1


def _refuse_glued(query: str, at: int) -> None:
    """After a quote or range comes a blank, a closing parenthesis or the end."""
    if at >= len(query) or query[at] in _BLANK or query[at] == ")":
        return
    if query[at] in "~^":
        message, hint = _REFUSED[query[at]]
    else:
        message, hint = "a blank is missing here", "put a blank between two parts of the query"
    raise QueryError(message, query=query, position=at, hint=hint)


def _word(query: str, at: int) -> Lexeme:
    end = at
    while end < len(query) and query[end] not in _WORD_ENDS:
        if query[end] == "\\":
            if end + 1 >= len(query):
                hint = "write \\\\ for a backslash"
                raise QueryError("a backslash escapes nothing", query=query, position=end, hint=hint)
            end += _escaped(query, end)
            continue
        if query[end] == ":":
            return _field(query, at, end)
        if _ARITHMETIC.match(query, end) and _DATE_SO_FAR.match(query, at, end):
            end += 2
            continue
        _refuse_operator(query, at, end)
        end += 1
    text = query[at:end]
    if not _may_end(text, query[end : end + 1]):
        raise QueryError("a blank is missing here", query=query, position=end, hint="put a blank between the two parts")
    if text.lower() in ("and", "or", "not") and text not in _OPERATORS:
        hint = f'write {text.upper()} for the operator, or "{text}" for the word'
        raise QueryError(f"`{text}` is a word here, not an operator", query=query, position=at, hint=hint)
    return Lexeme(_OPERATORS.get(text, "word"), text, at, end)


def _may_end(text: str, after: str) -> bool:
    """Whether a word may stand right before *after*; a comparison with a quoted value is explained by the range."""
    if after in ("", ")", *_BLANK):
        return True
    return (after == "(" and text in _OPERATORS) or (after == '"' and text in (">", ">=", "<", "<="))


def _refuse_operator(query: str, start: int, at: int) -> None:
    char, pair = query[at], query[at : at + 2]
    if pair in ("&&", "||"):
        if at == start and query[at + 2 : at + 3] in ("", "(", *_BLANK):
            return
        char = pair
    if char in _REFUSED:
        message, hint = _REFUSED[char]
        if char == "/" and _DATE_SO_FAR.match(query, start, at):
            hint = "write \\/ or put the value in brackets or quotes: [now/d TO *]"
        raise QueryError(message, query=query, position=at, hint=hint)


def _field(query: str, at: int, colon: int) -> Lexeme:
    if colon == at:
        raise QueryError("a field name is missing before `:`", query=query, position=at, hint="write field:value")
    after = query[colon + 1 : colon + 2]
    if not after or after in _BLANK or after == ")":
        hint = f"write {query[at:colon]}:value without a blank"
        raise QueryError("a value is missing after `:`", query=query, position=colon, hint=hint)
    return Lexeme("field", query[at:colon], at, colon + 1)
