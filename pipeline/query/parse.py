"""Parse a query: a strict subset of Lucene's syntax, where every query accepted means the same in every engine.

    query   = level
    level   = clause (("AND" | "OR" | nothing) clause)*     AND and OR never mixed without parentheses
    clause  = ["+" | "-" | "!" | "NOT"] (group | leaf)
    group   = [field ":"] "(" level ")"
    leaf    = [field ":"] (word | "phrase" | pre*ix | [low TO high] | >=low) | "_exists_:" field | "*:*"

Neighbouring words mean OR, as in Kibana. What Kibana would read in a surprising way is refused with a hint.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from pipeline.query.errors import QueryError
from pipeline.query.leaves import exists_leaf, find_field, make_leaf
from pipeline.query.lexer import Lexeme, lex
from pipeline.query.tree import All, And, Leaf, Node, Not, Or, Wildcard
from schemas.collections import ARTICLES, Collection
from schemas.fields import Field

MAX_LENGTH: Final = 10_000
"""Characters of a query."""
MAX_DEPTH: Final = 20
"""Parentheses inside of parentheses; Elasticsearch allows 30 levels of its bool queries, a NOT included."""
MAX_CLAUSES: Final = 500
"""Leaves; an unfielded word counts twice in an engine, and Elasticsearch allows 1,024 clauses on a small node."""

MAX_WILDCARD_WORDS: Final = 20
"""Words with `*` or `?`; each costs an engine about 10 ms before it begins to search."""

Joint = Literal["AND", "OR", "", "first"]


class _Clause(NamedTuple):
    joint: Joint
    """What stands before it; empty for a neighbour without operator."""
    sign: Literal["", "+", "-", "!", "NOT"]
    node: Node
    lexeme: Lexeme
    """Its first one, sign included."""
    before: Lexeme
    """The operator, else its first one: where errors about the joint point to."""

    @property
    def negative(self) -> bool:
        return self.sign in ("-", "!", "NOT")

    @property
    def meaning(self) -> Node:
        return Not(self.node) if self.negative else self.node


def parse(text: str, collection: Collection = ARTICLES) -> Node:
    """The tree of a query on the fields of *collection*.

    Raises:
        QueryError: it is not understood or is refused; says where and what to write instead.
    """
    if len(text) > MAX_LENGTH:
        hint = "split it, or match a list of values with a keyword field"
        raise QueryError(
            f"the query is longer than {MAX_LENGTH} characters", query=text, position=MAX_LENGTH, hint=hint
        )
    if not text.strip():
        raise QueryError("the query is empty", query=text, position=0, hint="write *:* to find everything")
    return _Parser(text, collection).parse()


class _Parser:
    """Position in the lexemes; one method per line of the grammar."""

    def __init__(self, query: str, collection: Collection) -> None:
        self._query = query
        self._collection = collection
        self._lexemes = lex(query)
        self._at = 0
        self._clauses = 0
        self._wildcards = 0

    def parse(self) -> Node:
        node = self._level(None, 0)
        if self._here.kind == ")":
            raise self._error("this parenthesis closes nothing", "remove it, or add the opening one")
        return node

    @property
    def _here(self) -> Lexeme:
        return self._lexemes[self._at]

    def _take(self) -> Lexeme:
        self._at += 1
        return self._lexemes[self._at - 1]

    def _error(self, message: str, hint: str, lexeme: Lexeme | None = None) -> QueryError:
        return QueryError(message, query=self._query, position=(lexeme or self._here).start, hint=hint)

    def _level(self, field: Field | None, depth: int) -> Node:
        clauses = [self._clause("first", self._here, field, depth)]
        while self._here.kind not in (")", "end"):
            before, joint = self._here, self._joint()
            clauses.append(self._clause(joint, before, field, depth))
        return combine(clauses, self._query, in_keywords=field is not None and field.type != "text")

    def _joint(self) -> Joint:
        if self._here.kind == "AND":
            self._take()
            return "AND"
        if self._here.kind == "OR":
            self._take()
            return "OR"
        return ""

    def _clause(self, joint: Joint, before: Lexeme, field: Field | None, depth: int) -> _Clause:
        first = self._here
        sign = self._sign()
        return _Clause(joint, sign, self._operand(field, depth), first, before)

    def _sign(self) -> Literal["", "+", "-", "!", "NOT"]:
        match self._here.kind:
            case "+" | "-" | "!" | "NOT" as sign:
                self._take()
                return sign
        return ""

    def _operand(self, field: Field | None, depth: int) -> Node:
        lexeme = self._here
        if lexeme.kind == "(":
            return self._group(field, depth)
        if lexeme.kind == "field":
            return self._fielded(field, depth)
        if lexeme.kind not in ("word", "quoted", "range"):
            what = "the end of the query" if lexeme.kind == "end" else f"`{lexeme.text}`"
            raise self._error(f"a word or ( is expected, not {what}", "write a word, a phrase or field:value here")
        if lexeme.text == "*" and field is None:
            raise self._error("`*` alone names no field", "write *:* for everything, field:* for what has the field")
        return self._leaf(field)

    def _leaf(self, field: Field | None) -> Leaf:
        self._count()
        lexeme = self._take()
        leaf = make_leaf(field, lexeme, self._query, self._collection)
        self._wildcards += isinstance(leaf, Wildcard)
        if self._wildcards > MAX_WILDCARD_WORDS:
            hint = "name the words, or split the query into several"
            raise self._error(f"more than {MAX_WILDCARD_WORDS} words with wildcards", hint, lexeme)
        return leaf

    def _group(self, field: Field | None, depth: int) -> Node:
        opening = self._take()
        if depth >= MAX_DEPTH:
            raise self._error(f"more than {MAX_DEPTH} parentheses inside each other", "write it flatter", opening)
        if self._here.kind == ")":
            raise self._error("these parentheses are empty", "remove them, or write a word between them", opening)
        node = self._level(field, depth + 1)
        if self._take().kind != ")":
            raise self._error("this parenthesis is not closed", "add the closing )", opening)
        return node

    def _fielded(self, outer: Field | None, depth: int) -> Node:
        lexeme = self._take()
        if outer is not None:
            hint = f"close the parenthesis of {outer.name}: first"
            raise self._error("a field inside the parentheses of another field", hint, lexeme)
        if lexeme.text == "_exists_":
            self._count()
            return exists_leaf(self._take(), self._query, self._collection)
        if lexeme.text == "*":
            return self._everything()
        field = find_field(lexeme.text, self._query, lexeme.start, self._collection)
        if self._here.kind == "(":
            return self._group(field, depth)
        if self._here.kind not in ("word", "quoted", "range"):
            raise self._value_error(field)
        return self._leaf(field)

    def _value_error(self, field: Field) -> QueryError:
        if self._here.kind in ("+", "-", "!"):
            hint = f"to exclude write NOT {field.name}:value; for a number below zero write {field.name}:[-5 TO -5]"
            return self._error("a sign cannot stand after `:`", hint)
        if self._here.kind == "field":
            return self._error("two fields in a row", f'put the value in quotes: {field.name}:"a:b"')
        return self._error(
            f"a value is expected after {field.name}:", f'to find the word itself write "{self._here.text}"'
        )

    def _everything(self) -> Node:
        if self._here.kind != "word" or self._here.text != "*":
            raise self._error("`*` cannot stand for a field name", "name one field, or leave it out for title and body")
        self._take()
        self._count()
        return All()

    def _count(self) -> None:
        self._clauses += 1
        if self._clauses > MAX_CLAUSES:
            raise self._error(f"more than {MAX_CLAUSES} words", "split the query into several")


def combine(clauses: list[_Clause], query: str, *, in_keywords: bool) -> Node:
    """The node for one level.

    Raises:
        QueryError: operators are mixed so that Lucene would read them in its own way.
    """
    joints = {clause.joint for clause in clauses[1:]}
    if "AND" in joints:
        _refuse_mixture(clauses, query)
        return And(tuple(clause.meaning for clause in clauses))
    if "OR" in joints:
        _refuse_signs_beside_or(clauses, query)
        return Or(tuple(clause.node for clause in clauses))
    if in_keywords and "" in joints:
        hint = "write OR between the values, or one value in quotes"
        raise QueryError("values side by side", query=query, position=clauses[1].lexeme.start, hint=hint)
    return _neighbours(clauses, query)


def _refuse_mixture(clauses: list[_Clause], query: str) -> None:
    for clause in clauses[1:]:
        if clause.joint != "AND":
            what = "OR" if clause.joint == "OR" else "neighbouring words (they mean OR)"
            hint = "Lucene has no precedence: put parentheses round one of them, or write AND everywhere"
            raise QueryError(f"AND is mixed with {what}", query=query, position=clause.before.start, hint=hint)


def _refuse_signs_beside_or(clauses: list[_Clause], query: str) -> None:
    for clause in clauses:
        if clause.sign:
            hint = "Lucene reads `a OR NOT b` as `a AND NOT b`: write AND, or parentheses: a OR (NOT b)"
            raise QueryError(f"`{clause.sign}` is mixed with OR", query=query, position=clause.lexeme.start, hint=hint)


def _neighbours(clauses: list[_Clause], query: str) -> Node:
    """`a b` is a OR b; `a b -c` is (a OR b) AND NOT c; `+a +b -c` is a AND b AND NOT c."""
    for clause in clauses[:-1]:
        if clause.sign == "NOT":
            hint = "it would apply to the first word only: write b AND NOT a, or NOT (a OR b)"
            raise QueryError("NOT before several words", query=query, position=clause.lexeme.start, hint=hint)
    required = [clause.node for clause in clauses if clause.sign == "+"]
    optional = [clause for clause in clauses if not clause.sign]
    if required and optional:
        hint = "beside a word with + it changes nothing: write + before it too, or remove it"
        raise QueryError("this word has no sign", query=query, position=optional[0].lexeme.start, hint=hint)
    wanted = required or ([_any(tuple(clause.node for clause in optional))] if optional else [])
    nodes = (*wanted, *(Not(clause.node) for clause in clauses if clause.negative))
    return nodes[0] if len(nodes) == 1 else And(nodes)


def _any(nodes: tuple[Node, ...]) -> Node:
    return nodes[0] if len(nodes) == 1 else Or(nodes)
