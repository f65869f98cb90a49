"""What the fields of a model mean: the string below each field, as text of its JSON Schema.

pydantic can read these strings itself (`use_attribute_docstrings`), but then every process that imports the models
reads and parses their source, which is a fifth of its start; only whoever writes the schemas or prints the settings
needs it.
"""

from __future__ import annotations

import ast
import inspect
import itertools
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from schemas.base import Record


def _below_fields(source: str) -> Iterator[tuple[str, str]]:
    """Each annotated name of a class and the string that follows it."""
    (definition,) = ast.parse(source).body
    assert isinstance(definition, ast.ClassDef)
    for field, text in itertools.pairwise(definition.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            value = text.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield field.target.id, inspect.cleandoc(value.value)


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """Meaning of each field of *model* that has one, its parents' fields among them."""
    found: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if issubclass(cls, BaseModel) and cls is not BaseModel:
            found |= _below_fields(inspect.getsource(cls))
    return found


def _models() -> dict[str, type[BaseModel]]:
    """Those of this package by name: the records, and what they hold."""
    found, open_classes = dict[str, type[BaseModel]](), list[type[BaseModel]]([BaseModel])
    while open_classes:
        below = open_classes.pop().__subclasses__()
        found |= {cls.__name__: cls for cls in below if cls.__module__.startswith(f"{__package__}.")}
        open_classes += below
    return found


def json_schema(record: type[Record]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of *record* as it is read, with the meaning of every field."""
    schema, models = record.model_json_schema(mode="validation"), _models()
    for name, part in [(record.__name__, schema), *schema.get("$defs", {}).items()]:
        meanings = descriptions(models[name]) if name in models else {}
        for field, shape in part.get("properties", {}).items():
            if field in meanings:
                shape.setdefault("description", meanings[field])
    return schema
