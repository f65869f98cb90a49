"""What is printed before a person: titles and roles."""

from __future__ import annotations

from pipeline.names.lexicon import COMMON, GIVEN, TITLE
from pipeline.names.run import Run
from pipeline.names.words import NEVER_ALONE, PORTFOLIOS, ROLES


def _belongs_to_title(run: Run, j: int) -> bool:
    """Whether a word before a title is part of it: "Prime", "European Affairs" Minister."""
    flags = run.flags(j)
    return bool(flags & TITLE) or run.lower(j) in NEVER_ALONE or (bool(flags & COMMON) and not flags & GIVEN)


def title_start(run: Run, i: int) -> int:
    """Index of the first word of the title that ends directly before the name at *i*; *i* when there is none."""
    j = i - 1
    if j >= run.start and run.lower(j) in PORTFOLIOS and run.is_capital(j):  # "Secretary of State"
        while j > run.start and (run.lower(j) in PORTFOLIOS or run.lower(j) in {"and", "the"}):
            j -= 1
        j = j - 1 if run.lower(j) == "of" else i - 1
    if j < run.start or not run.flags(j) & TITLE or not run.is_capital(j):
        return i
    while j > run.start and run.is_capital(j - 1) and _belongs_to_title(run, j - 1):
        j -= 1
    return j


def role_before(run: Run, i: int) -> str | None:
    """The role printed small directly before a name ("foreign minister"). None when there is none."""
    first = i
    while first and run.lower(first - 1) in (ROLES if first == i else PORTFOLIOS | NEVER_ALONE):
        first -= 1
    return run.phrase(first, i) if first < i and run.lower(i - 1) not in {"named", "called"} else None
