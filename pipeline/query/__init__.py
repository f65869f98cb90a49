"""The query language: one for the console, the command line, Kibana, Elasticsearch and alert rules.

>>> from pipeline.query import compile_predicate, held, parse, view
>>> node = parse('countries:KZ AND (protest* OR "state of emergency")')
>>> seen = view({"title": "Protesters gather", "countries": ["KZ"]})
>>> compile_predicate(node)(seen), held(node, seen)
(True, ('countries:KZ', 'protest*'))
"""

from __future__ import annotations

from pipeline.query.canon import DocumentError
from pipeline.query.errors import QueryError
from pipeline.query.keys import ALWAYS, CandidateIndex, Key, required_keys
from pipeline.query.now import counts_from_now, fixed, widened
from pipeline.query.parse import parse
from pipeline.query.predicate import Predicate, compile_predicate, held, held_clauses
from pipeline.query.tree import Node, fields_of
from pipeline.query.view import View, view

__all__ = [
    "ALWAYS",
    "CandidateIndex",
    "DocumentError",
    "Key",
    "Node",
    "Predicate",
    "QueryError",
    "View",
    "compile_predicate",
    "counts_from_now",
    "fields_of",
    "fixed",
    "held",
    "held_clauses",
    "parse",
    "required_keys",
    "view",
    "widened",
]
