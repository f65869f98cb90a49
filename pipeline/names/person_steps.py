"""Evidence for persons: titles, given names, the shape of names, and the words around them."""

from __future__ import annotations

from typing import Final

from pipeline.names.lexicon import COMMON, DEMONYM, ETHNIC, GIVEN, NEVER, ORG_HEAD, PLACE_HEAD, SURNAME, TITLE
from pipeline.names.reading import Candidate
from pipeline.names.run import Run, is_initial, is_name_shaped
from pipeline.names.words import (
    NEVER_ALONE,
    ORG_AFTER,
    ORG_BEFORE,
    PARTICLES,
    PERSON_AFTER,
    PLACE_BEFORE,
    PORTFOLIOS,
    ROLES,
    SAID,
    SMALL_PLACE_HEADS,
    SURNAME_ENDINGS,
)

_MAX_NAME: Final = 5
_MAX_TITLE: Final = 7
_SUFFIXES: Final = frozenset({"jr.", "sr.", "jr", "sr", "ii", "iii", "iv", "vi", "xvi"})
_ALSO_PERSONS: Final = frozenset({"with", "between", "to", "from", "left", "through", "into"})
"""Words before a place that stand before persons as often."""


def name_end(run: Run, i: int) -> int:
    """Index after the name of a person that begins at *i*; *i* when no name does."""
    j = i
    while j < run.end and j - i < _MAX_NAME:
        if is_name_shaped(run, j):
            j += 1
        elif run.lower(j) in PARTICLES and j + 1 < run.end and is_name_shaped(run, j + 1):
            j += 2
        else:
            break
    while j < run.end and run.lower(j) in _SUFFIXES:
        j += 1
    return j


def _title_end(run: Run, i: int) -> int:
    """Index after the title that begins at *i* ("Prime Minister", "Secretary of State"); *i* when none does."""
    end = i
    for j in range(i, min(run.end, i + _MAX_TITLE)):
        flags = run.flags(j)
        if flags & TITLE:
            end = j + 1
        elif end > i or not _may_modify(run, j, flags):
            break
    if end > i and end == run.end and run.lower(end) == "of":
        return _portfolio_end(run, end)
    return end


def _may_modify(run: Run, j: int, flags: int) -> bool:
    """Whether a word may stand before a title: "European Affairs" Minister."""
    return run.lower(j) in NEVER_ALONE or (bool(flags & COMMON) and not flags & GIVEN)


def _portfolio_end(run: Run, of: int) -> int:
    """Index after "of State", "of Foreign Affairs"; *of* when no portfolio follows."""
    first = j = of + 1 + (run.lower(of + 1) == "the")
    while j < run.limit and (
        (run.lower(j) in PORTFOLIOS and run.is_capital(j)) or (j > first and run.lower(j) == "and")
    ):
        j += 1
    return j if j > first else of


def titled(run: Run, i: int) -> int:
    """A title and the name after it; a title alone is skipped."""
    title_end = _title_end(run, i)
    if title_end == i:
        return i
    run.end = max(run.end, run.capitals_end(title_end))  # a portfolio may have led over small words
    end = name_end(run, title_end)
    if end == title_end:
        return i if run.flags(i) & GIVEN else title_end
    flags = run.flags(title_end)
    if end == title_end + 1 and flags & COMMON and not flags & (GIVEN | SURNAME):
        return title_end
    return run.add(title_end, end, "person", "names.title", 0.95, title=run.phrase(i, title_end))


def _role(run: Run, i: int) -> str | None:
    """The role printed small directly before a name ("foreign minister"). None when there is none."""
    first = i
    while first and run.lower(first - 1) in (ROLES if first == i else PORTFOLIOS | NEVER_ALONE):
        first -= 1
    return run.phrase(first, i) if first < i and run.lower(i - 1) not in {"named", "called"} else None


def _is_announced(run: Run, i: int) -> bool:
    return run.lower(i - 1) in ROLES or (run.lower(i - 1) == "," and run.lower(i - 2) in ROLES)


def _acts(run: Run, end: int) -> bool:
    """Whether what follows is what persons do or have: "said", ", 34,", "(57)", "who"."""
    after, second, third = run.lower(end), run.lower(end + 1), run.lower(end + 2)
    if after in SAID or after in PERSON_AFTER:
        return True
    if after == ",":
        return second in PERSON_AFTER or (second.isdigit() and len(second) <= 2 and third in {",", ".", ")"})
    return after == "(" and second.isdigit() and len(second) == 2 and third == ")"


def given_name(run: Run, i: int) -> int:
    """A given name or an initial, and the rest of the name."""
    if not run.flags(i) & GIVEN and not is_initial(run.tokens[i].text):
        return i
    end = name_end(run, i)
    if end - i < 2:
        return i
    ambiguous = run.flags(i) & COMMON or (run.begins_sentence(i) and run.lower(i) in run.reading.small)
    rest = range(i + 1, end)
    if ambiguous and all(run.flags(j) & COMMON and not run.flags(j) & (GIVEN | SURNAME) for j in rest):
        return i
    return run.add(i, end, "person", "names.given_name", 0.9, title=_role(run, i))


def _is_role_before_name(run: Run, i: int, end: int) -> bool:
    """Whether the first of three words or more is an ordinary one: "Goalkeeper John Smith"."""
    role = run.lower(i) in ROLES
    if not role and (not run.flags(i) & COMMON or run.flags(i) & (GIVEN | SURNAME)):
        return False
    named = run.flags(i + 1) & GIVEN or (role and run.begins_sentence(i) and run.flags(end - 1) & SURNAME)
    return bool(named)


def name_shape(run: Run, i: int) -> int:
    """Two to four words that look like a name and like nothing else."""
    end = name_end(run, i)
    length = end - i
    if length > 2 and _is_role_before_name(run, i, end):
        title = run.tokens[i].text if run.lower(i) in ROLES else None
        return run.add(i + 1, end, "person", "names.given_name", 0.8, title=title)
    if length < 2 or (end < run.end and run.flags(end) & (ORG_HEAD | PLACE_HEAD)):
        return i
    announced = _is_announced(run, i) or _acts(run, end)
    small = sum(bool(run.flags(j) & COMMON) for j in range(i, end))
    if not announced and (small * 2 >= length or length > 4 or run.lower(i - 1) == "the"):
        return i
    preposition = run.lower(i - 1) in PLACE_BEFORE and run.lower(i - 1) not in _ALSO_PERSONS
    if preposition and not announced and not any(run.flags(j) & (GIVEN | SURNAME) for j in range(i, end)):
        return run.add(i, end, "location", "names.after_preposition", 0.5)
    return run.add(i, end, "person", "names.name_shape", 0.8 if announced else 0.6, title=_role(run, i))


def _is_acronym(run: Run, i: int) -> bool:
    word, flags = run.tokens[i].text, run.flags(i)
    letters = word.replace(".", "").replace("-", "").replace("&", "")
    if run.shout or flags & COMMON or not (2 <= len(letters) <= 5 and letters.isupper() and letters.isalnum()):
        return False
    if letters[:2].isalpha() and letters[2:].isdigit() and len(letters) > 4:
        return False  # a flight: "XY123"
    return not (len(letters) == 5 and flags & (SURNAME | GIVEN))  # "JUSTICE ALITO"


def _is_bracketed(run: Run, i: int) -> bool:
    """Whether capitals stand in brackets after words, as an acronym is introduced: "Long Form (LF)"."""
    word = run.tokens[i].text
    opener, closer = run.lower(i - 1), run.lower(i + 1)
    if not (2 < len(word) < 7 and word.isupper() and word.isalpha()):
        return False
    return (opener, closer) in {("(", ")"), ("[", "]")} and run.lower(i - 2)[:1].isalpha() and not run.flags(i) & COMMON


def single(run: Run, i: int) -> int:
    """One word that no list decides: an acronym, or what the words around it say; else left to the document."""
    token, flags = run.tokens[i], run.flags(i)
    end = i + 1
    if flags & (NEVER | TITLE | DEMONYM | ETHNIC) or not token.text[0].isalpha():
        return end
    if _is_bracketed(run, i):
        return run.add(i, end, "organisation", "names.bracketed_acronym", 0.8)
    if _is_acronym(run, i):
        return run.add(i, end, "organisation", "names.acronym", 0.7)
    if flags & COMMON and (run.shout or not flags & (GIVEN | SURNAME)):
        return end
    alone = end == run.end and not (run.begins_sentence(i) and (flags & COMMON or run.lower(i) in run.reading.small))
    if alone and (taken := _by_context(run, i) or _by_form(run, i)):
        return taken
    run.candidates.append(Candidate(i, end, run.begins_sentence(i)))
    return end


def _by_context(run: Run, i: int) -> int | None:
    """What the words around a single name say of it; None when they say nothing."""
    before, after, head = run.lower(i - 1), run.lower(i + 1), run.flags(i) & (ORG_HEAD | PLACE_HEAD)
    if not head and (before in ROLES or _acts(run, i + 1)):
        return run.add(i, i + 1, "person", "names.announced_person", 0.7, title=_role(run, i))
    if after in SMALL_PLACE_HEADS and not head:
        return run.add(i, i + 2, "location", "names.place_head", 0.8)
    if before in ORG_BEFORE or after in ORG_AFTER:
        return run.add(i, i + 1, "organisation", "names.announced_organisation", 0.6)
    open_name = not run.flags(i) & (ORG_HEAD | GIVEN | SURNAME) and not run.begins_sentence(i)
    if before in {"in", "near", "outside"} and open_name:
        return run.add(i, i + 1, "location", "names.after_preposition", 0.5)
    return None


def _by_form(run: Run, i: int) -> int | None:
    """A word alone that has the form of a surname or is listed as a name; None when it is neither."""
    word, flags = run.tokens[i].text, run.flags(i)
    if run.shout or flags & (COMMON | ORG_HEAD | PLACE_HEAD) or run.lower(i) in PARTICLES:
        return None
    if word[0].islower():
        return run.add(i, i + 1, "person", "names.arabic_surname", 0.5) if len(word) > 5 else None
    if len(word) > 5 and word.endswith(SURNAME_ENDINGS):
        return run.add(i, i + 1, "person", "names.surname_form", 0.55)
    if flags & (SURNAME | GIVEN):
        return run.add(i, i + 1, "person", "names.listed_name", 0.5)
    return None
