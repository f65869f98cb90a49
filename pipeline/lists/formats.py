"""The file formats of lists: one literal registry, detection by content.

files -> detect -> format -> items -> checked items (ids unique, few skipped)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from pipeline.lists import eu, ofac, opensanctions, plain, uk, un
from pipeline.lists.model import Item, Items, ListError, Skipped, Source
from pipeline.lists.table import as_text

_HEAD: Final = 4096
MAX_ENTRIES: Final = 2_000_000
_MAX_SKIPPED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a list. `accepts`: whether a file that begins like this is written so."""

    name: str
    list_id: str | None
    """The list's usual id. None means that the importer must name it."""
    accepts: Callable[[bytes], bool]
    read: Callable[[Sequence[Source], str], Items]


def _text(head: bytes) -> str:
    return as_text(head).lower()


def _root(name: str) -> Callable[[bytes], bool]:
    def accepts(head: bytes) -> bool:
        text = _text(head).lstrip()
        return text.startswith("<") and f"<{name.lower()}" in text

    return accepts


def _header(*columns: str) -> Callable[[bytes], bool]:
    def accepts(head: bytes) -> bool:
        lines = _text(head).splitlines()[:3]
        return any(all(column in line for column in columns) for line in lines)

    return accepts


def _json_lines(head: bytes) -> bool:
    return _text(head).lstrip().startswith("{") and '"schema"' in _text(head)


FORMATS: Final = (
    Format("ofac-xml", "ofac-sdn", _root("sdnList"), ofac.read_xml),
    Format("un-xml", "un-sc", _root("CONSOLIDATED_LIST"), un.read_xml),
    Format("eu-xml", "eu-fsf", _root("export"), eu.read_xml),
    Format("uk-xml", "uk-sanctions", _root("Designations"), uk.read_xml),
    Format("ftm-json", None, _json_lines, opensanctions.read_entities),
    Format("eu-csv", "eu-fsf", _header(eu.KEY, ";"), eu.read_csv),
    Format("eu-journal-csv", "eu-journal", _header(eu.JOURNAL_KEY, "recordid"), eu.read_journal),
    Format("uk-csv", "uk-sanctions", _header(uk.KEY, "name 6"), uk.read_csv),
    Format("ofsi-csv", "uk-ofsi", _header(uk.OFSI_KEY, "name 6"), uk.read_ofsi),
    Format("opensanctions-csv", None, _header("id", "schema", "aliases", "birth_date"), opensanctions.read_csv),
    Format("ofac-csv", "ofac-sdn", lambda head: ofac.is_csv(head) or ofac.is_alias_csv(head), ofac.read_csv),
)
PLAIN: Final = "csv"


def detect(sources: Sequence[Source], columns: Mapping[str, str] | None = None, delimiter: str = ",") -> Format:
    """The format of the files; the plain one when *columns* are given or a header has a column `name`.

    Raises:
        ListError: no files, an empty one, no known format, or files of several formats.
    """
    heads = {source.name: source.head(_HEAD) for source in sources}
    if empty := [name for name, head in heads.items() if not head.strip()]:
        raise ListError(f"{empty[0]} is empty")
    by_plain = Format(PLAIN, None, _header("name"), partial(plain.read_csv, columns=columns or {}, delimiter=delimiter))
    if columns and heads:
        return by_plain
    found = {name: _detect_one(head, by_plain) for name, head in heads.items()}
    if unknown := [name for name, one in found.items() if one is None]:
        names = ", ".join(one.name for one in FORMATS)
        raise ListError(f"{unknown[0]} is in no known format ({names}); for another CSV file give --column")
    kinds = {one.name: one for one in found.values() if one is not None}
    if len(kinds) != 1:
        raise ListError(f"the files are of several formats ({', '.join(kinds)}); import one list at a time")
    return next(iter(kinds.values()))


def _detect_one(head: bytes, by_plain: Format) -> Format | None:
    return next((one for one in (*FORMATS, by_plain) if one.accepts(head)), None)


def read_items(form: Format, sources: Sequence[Source], list_id: str) -> Iterator[Item]:
    """Everything in the files, each id once. Entries come as they are read, so that no file is held in memory.

    Raises:
        ListError: not readable, two entries with one id, no entry at all, or too many that cannot be used.
    """
    seen: set[str] = set()
    skipped = 0
    for item in form.read(sources, list_id):
        if isinstance(item, Skipped):
            skipped += 1
            if skipped > _MAX_SKIPPED:
                raise ListError(f"more than {_MAX_SKIPPED} entries cannot be used, the last because {item.reason}")
        elif not isinstance(item, tuple):
            if item.id in seen:
                raise ListError(f"two entries have the id {item.id!r}; ids must be unique")
            if len(seen) == MAX_ENTRIES:
                raise ListError(f"more than {MAX_ENTRIES} entries")
            seen.add(item.id)
        yield item
    if not seen:
        raise ListError(f"no entry was found in {', '.join(source.name for source in sources)}")
