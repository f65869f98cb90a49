"""Read the rows of a CSV file, one at a time, strictly."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.lists.model import ListError, Source

_MAX_LINE: Final = 1_000_000
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DOS_END: Final = "\x1a"
"""OFAC's CSV files end with it."""


def encoding_of(head: bytes) -> str:
    """The encoding that a byte order mark declares, else UTF-8."""
    return next((name for bom, name in _BOMS if head.startswith(bom)), "utf-8")


def as_text(head: bytes) -> str:
    """The beginning of a file, for detection: what cannot be decoded is passed over."""
    return head.decode(encoding_of(head), "ignore")


def read_lines(source: Source) -> Iterator[str]:
    """Lines with their ends.

    Raises:
        ListError: not text in the encoding that its byte order mark says (UTF-8 without one), or a line without end.
    """
    decoder = codecs.getincrementaldecoder(encoding_of(source.head(4)))("strict")
    rest, number = "", 0
    try:
        for chunk in _with_end(source.open()):
            pieces = (rest + decoder.decode(*chunk)).split("\n")
            rest = pieces.pop()
            for line in pieces:
                number += 1
                yield line + "\n"
            if len(rest) > _MAX_LINE:
                raise ListError(f"{source.name}: line {number + 1} is longer than {_MAX_LINE} characters")
    except UnicodeDecodeError as error:
        raise ListError(
            f"{source.name}: the text after line {number} is not {error.encoding} ({error.reason}); "
            "convert it to UTF-8 first, for example with iconv"
        ) from None
    if rest.strip(_DOS_END):
        yield rest


def _with_end(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    for chunk in chunks:
        yield chunk, False
    yield b"", True


def read_rows(source: Source, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every row that is not blank; cells without surrounding white space.

    Raises:
        ListError: as `read_lines`, or quotes that do not close.
    """
    lines = (line for line in read_lines(source) if line.strip(_DOS_END + " \r\n\t"))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise ListError(
            f"{source.name}, line {reader.line_num}: not readable as CSV ({error}); is it truncated?"
        ) from None


def read_table(source: Source, delimiter: str, key: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows as cells by column name in lower case; the header is the first row that has the column *key*.

    Raises:
        ListError: no such row among the first ten, or a row with more or fewer cells than the header.
    """
    header: Sequence[str] | None = None
    for number, row in read_rows(source, delimiter):
        if header is None:
            names = [cell.lower().lstrip("\ufeff") for cell in row]
            if key in names:
                header = names
            elif number > 10:
                break
            continue
        if len(row) != len(header):
            raise ListError(
                f"{source.name}, line {number}: {len(row)} cells where the header has {len(header)}; is it truncated?"
            )
        yield number, dict(zip(header, row, strict=True))
    if header is None:
        raise ListError(f"{source.name}: there is no header with a column {key!r}")
