"""Values of a list in one form: names in spoken order, ISO dates, ISO countries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any, Final

from pipeline import gazetteer
from pipeline.lists.model import Skipped
from pipeline.records import maker
from schemas.lists import EntryType, ListEntry, NameKind

_new_entry: Final = maker(ListEntry)
MAX_NAME: Final = 300
MAX_NAMES: Final = 500
_MAX_VALUES: Final = 100
_MAX_VALUE: Final = 500
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BRACKETS: Final = re.compile(r"\([^()]{0,300}\)")

_QUOTES: Final = re.compile(r"[\"“”„«»]")

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july"),
            *("aug august", "sep sept september", "oct october", "nov november", "dec december"),
        ),
        1,
    )
    for name in names.split()
}
_DATE: Final = re.compile(
    r"(?P<y1>\d{4})-(?P<m1>\d{1,2})(?:-(?P<d1>\d{1,2}))?(?!\d)"  # 1960-08-11
    r"|(?:(?P<d2>\d{1,2}|dd)[./](?P<m2>\d{1,2}|mm)[./])(?P<y2>\d{4})"  # 11.8.1960, 00/00/1960, dd/mm/1960
    r"|(?:(?P<d3>\d{1,2})\s)?(?P<m3>[A-Za-z]{3,9})\s(?P<y3>\d{4})"  # 11 Aug 1960, Aug 1960
    r"|(?<!\d)(?P<y4>(?:18|19|20)\d{2})(?!\d)"
)


def clean(text: str) -> str:
    """One line, no control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def spoken(name: str, entry_type: EntryType) -> str:
    """ "SMITH, John (Jack)" -> "John SMITH": a person's surname is printed first, before a comma."""
    name = clean(_QUOTES.sub(" ", name))
    without = clean(_BRACKETS.sub(" ", name))
    name = without or name
    if entry_type == "person" and name.count(",") == 1:
        last, first = name.split(",")
        name = f"{first.strip()} {last.strip()}"
    return name.strip(" ,;")[:MAX_NAME]


def birth_dates(text: str) -> list[str]:
    """Every date in *text* as ISO 8601, as exact as it is.

    >>> birth_dates("circa 1957"), birth_dates("6.3.1955 or 15.3.1955"), birth_dates("DOB Aug 1960")
    (['1957'], ['1955-03-06', '1955-03-15'], ['1960-08'])
    """
    return [_iso(found.groupdict()) for found in _DATE.finditer(text[:_MAX_VALUE])]


def _iso(parts: dict[str, str | None]) -> str:
    year = next(filter(None, (parts[f"y{n}"] for n in "1234")))
    month = next(filter(None, (parts[f"m{n}"] for n in "123")), "")
    day = next(filter(None, (parts[f"d{n}"] for n in "123")), "")
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    if not 1 <= number <= 12:
        return year
    if not day.isdigit() or not 1 <= int(day) <= 31:
        return f"{year}-{number:02}"
    return f"{year}-{number:02}-{int(day):02}"


def day(text: str) -> date | None:
    """The first full date in *text*, day before month; None when there is none."""
    for found in birth_dates(text):
        if len(found) == 10:
            try:
                return date.fromisoformat(found)
            except ValueError:
                continue
    return None


@cache
def _country_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for one in gazetteer.countries():
        for name in (one.name, *one.aliases, *one.demonyms):
            names.setdefault(gazetteer.fold(name), one.code)
    return names


_OFFICIAL: Final = re.compile(
    r"\b(?:the|islamic|arab|democratic peoples?|people'?s|socialist|federal|federation|republic|state|kingdom|union|"
    r"bolivarian|plurinational|of|and)\b"
)


@lru_cache(maxsize=4096)
def country(text: str) -> str | None:
    """ISO 3166-1 code of a code, name or nationality; None when it is none that is known.

    >>> country("Iran (Islamic Republic of)"), country("Belarusian"), country("sy"), country("Atlantis")
    ('IR', 'BY', 'SY', None)
    """
    text = clean(text)
    if len(text) == 2 and text.isalpha():
        return text.upper() if gazetteer.country(text.upper()) else None
    names = _country_names()
    folded = gazetteer.fold(text)
    if folded in names:
        return names[folded]
    short = gazetteer.fold(_BRACKETS.sub(" ", text).split(",")[0])
    return names.get(short) or names.get(" ".join(_OFFICIAL.sub(" ", folded).split()))


def countries(texts: Iterable[str]) -> tuple[str, ...]:
    """Codes of those that are known, each once."""
    return tuple(dict.fromkeys(code for text in texts for part in _split(text) if (code := country(part))))


def _split(text: str) -> list[str]:
    whole = country(text) if len(text) <= _MAX_VALUE else None
    return [text] if whole else re.split(r"[;/]|\band\b|\bor\b", text[:_MAX_VALUE])


def values(texts: Iterable[str]) -> tuple[str, ...]:
    """Cleaned, each once, bounded in number and length."""
    found = dict.fromkeys(text for raw in texts if (text := clean(raw)[:_MAX_VALUE]))
    return tuple(found)[:_MAX_VALUES]


def entry(
    list_id: str, entry_id: str, entry_type: EntryType, names: Iterable[tuple[str, NameKind]], **rest: Any
) -> ListEntry | Skipped:
    """An entry from raw names and cleaned values; `Skipped` when it has no id or no name.

    The first name that is not weak becomes the primary one. Of two equal names the better kind stays.
    """
    entry_id = clean(entry_id)[:200]
    if not entry_id:
        return Skipped("", "it has no id")
    kinds: dict[str, NameKind] = {}
    for raw, kind in names:
        name = spoken(raw, entry_type)
        if any(c.isalnum() for c in name) and (kinds.get(name) in (None, "weak")):
            kinds[name] = kind if kind != "primary" or "primary" not in kinds.values() else "alias"
    if not kinds:
        return Skipped(entry_id, "it has no name")
    if "primary" not in kinds.values():
        kinds[next((name for name, kind in kinds.items() if kind == "alias"), next(iter(kinds)))] = "primary"
    ordered = sorted(kinds.items(), key=lambda one: ("primary", "alias", "weak").index(one[1]))
    listed = [{"name": name, "kind": kind} for name, kind in ordered[:MAX_NAMES]]
    return _new_entry({"list": list_id, "id": entry_id, "type": entry_type, "names": listed, **rest})
