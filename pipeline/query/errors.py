"""What is wrong with a query, where, and what to write instead."""

from __future__ import annotations


class QueryError(ValueError):
    """A query that is not understood, or that other engines would understand differently.

    `str(error)` is four lines: the message, the line of the query, a caret under the place, and the hint.
    """

    def __init__(self, message: str, *, query: str, position: int, hint: str) -> None:
        self.message = _printable(message)
        self.query = query
        self.position = position
        """Code points before the place, from 0."""
        self.hint = _printable(hint)
        super().__init__(self.message)

    @property
    def line(self) -> int:
        """From 1."""
        return self.query.count("\n", 0, self.position) + 1

    @property
    def column(self) -> int:
        """Within the line, from 1."""
        return self.position - self.query.rfind("\n", 0, self.position)

    def __str__(self) -> str:
        where = f"column {self.column}" if "\n" not in self.query else f"line {self.line}, column {self.column}"
        shown, caret = _window(self.query.split("\n")[self.line - 1], self.column)
        return f"{self.message} ({where})\n  {shown}\n  {' ' * caret}^\n{self.hint}"


class ValueRefusedError(ValueError):
    """The text is no value of the field's type. `hint` says what would be one."""

    def __init__(self, message: str, hint: str, at: int = 0) -> None:
        super().__init__(message)
        self.hint = hint
        self.at = at
        """Code points of the text before the place."""


def shown(text: str) -> str:
    """A value as messages quote it."""
    return repr(text if len(text) <= 40 else text[:39] + "…")


def _printable(text: str) -> str:
    """Queries come from anybody and errors go to terminals and logs: no control characters, no line breaks."""
    return "".join(c if c.isprintable() else " " for c in text)


def _window(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a long line round the column, and where the caret stands in it. Control characters become blanks."""
    first = max(0, column - 1 - width // 2)
    return _printable(line[first : first + width]), column - 1 - first
