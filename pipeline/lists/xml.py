"""Read the records of a large XML file, one at a time.

A list is hostile until shown otherwise: a document type declaration, which is where entities are declared, is refused
before anything in it is read, whatever the encoding; one record's depth and size are bounded, and only one is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from pipeline.lists.model import ListError, Source

_SEPARATOR: Final = "\n"  # cannot occur in a namespace as XML normalises it
_MAX_DEPTH: Final = 40
_MAX_RECORD: Final = 2_000_000


@dataclass(slots=True)
class Node:
    """An element without its namespace."""

    tag: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, single spaces."""
        return " ".join("".join(self.pieces).split())

    def all(self, tag: str) -> Iterator[Node]:
        """Descendants called *tag*, in document order."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.all(tag)

    def texts(self, *path: str) -> list[str]:
        """Texts of the elements at *path* (children of children), without empty ones."""
        nodes = [self]
        for tag in path:
            nodes = [child for node in nodes for child in node.children if child.tag == tag]
        return [text for node in nodes if (text := node.text)]

    def one(self, *path: str) -> str:
        """The first of `texts`; empty when there is none."""
        return next(iter(self.texts(*path)), "")


class _Builder:
    """Collects the subtrees of the wanted elements; everything else is passed over."""

    def __init__(self, wanted: frozenset[str], roots: dict[str, tuple[str, ...]]) -> None:
        self._wanted, self._roots = wanted, roots
        self.done: list[Node] = []
        self._open: list[Node] = []
        self._depth = self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(_SEPARATOR)
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ListError(f"elements are nested deeper than {_MAX_DEPTH}; no sanctions list is")
        if self._depth == 1:
            self._check_root(namespace, tag)
            self.done.append(Node(tag, dict(attributes)))
        elif self._open or tag in self._wanted:
            node = Node(tag, attributes)
            if self._open:
                self._open[-1].children.append(node)
            self._open.append(node)
            self._grow(len(tag) + sum(map(len, attributes.values())))

    def _check_root(self, namespace: str, tag: str) -> None:
        if tag not in self._roots:
            raise ListError(f"the root element is <{tag[:60]}>; expected <{'> or <'.join(self._roots)}>")
        known = self._roots[tag]
        if namespace not in known and not any(one and namespace.startswith(one) for one in known):
            raise ListError(f"<{tag}> is in the namespace {namespace[:120]!r}; known: {', '.join(map(repr, known))}")

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > _MAX_RECORD:
            raise ListError(f"the record <{self._open[0].tag}> is larger than {_MAX_RECORD} characters")

    def text(self, data: str) -> None:
        if self._open:
            self._open[-1].pieces.append(data)
            self._grow(len(data))

    def end(self, _name: str) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self.done.append(node)
                self._size = 0


def _refuse_doctype(*_: object) -> None:
    raise ListError("it has a document type declaration, which may declare entities; no known list has one. Refused")


def read_records(source: Source, tags: Iterable[str], roots: dict[str, tuple[str, ...]]) -> Iterator[Node]:
    """The root (attributes only), then every outermost element whose name is in *tags*, as soon as it is complete.

    Args:
        roots: names that the root element may have, each with its namespaces; one that ends in "/" or a word is
            taken as a prefix, "" is no namespace.

    Raises:
        ListError: not well-formed (truncated, too), a document type, another root or namespace, or too large a record.
    """
    builder = _Builder(frozenset(tags), roots)
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.text
    try:
        for chunk in source.open():
            parser.Parse(chunk, False)
            yield from builder.done
            builder.done.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        where = f"line {error.lineno}, column {error.offset}"
        said = expat.errors.messages.get(error.code, "error")
        raise ListError(f"{source.name} is not well-formed XML ({said}, {where}); is it truncated?") from None
    except ListError as error:
        raise ListError(f"{source.name}, line {parser.CurrentLineNumber}: {error}") from None
    yield from builder.done
