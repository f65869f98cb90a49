"""Read one run of capitalised words: ordered evidence, from the surest to the weakest.

    known organisation -> nationality -> gazetteer -> title -> organisation head -> place head -> given name -> name shape -> context

Each step either takes words from the left of the run and labels them, or leaves them to the next step. A statistical tagger can
stand beside `read_run`: it would propose mentions for the same runs, and the document pass would not know the difference.
"""

from __future__ import annotations

from typing import Final

from pipeline import gazetteer
from pipeline.names import known, lexicon, places, runs
from pipeline.names.lexicon import (
    COMMON,
    DEMONYM,
    ETHNIC,
    FUNCTION,
    GIVEN,
    NEVER,
    OF_HEAD,
    ORG_HEAD,
    PLACE_HEAD,
    SURNAME,
    TITLE,
    WEAK_HEAD,
)
from pipeline.names.reading import Candidate, Mention, Pieces, Reading, is_capital
from pipeline.names.words import (
    ALONE_ORG,
    NEVER_ALONE,
    ORG_AFTER,
    ORG_BEFORE,
    PARTICLES,
    PERSON_AFTER,
    PLACE_BEFORE,
    PLACE_NOUNS,
    PLACE_PREFIXES,
    PORTFOLIOS,
    ROLES,
    SAID,
    SMALL_PLACE_HEADS,
)

_OCCASIONS: Final = frozenset({"battle", "treaty", "siege", "convention", "peace", "accord", "accords", "war"})
"""`Battle of X` names no place where something is reported from."""
_SURNAME_ENDINGS: Final = (
    "bayev", "baev", "yev", "ov", "ova", "eva", "enko", "vich", "sky", "ski", "skiy", "skyy", "ska", "shvili", "adze", "idze",
    "yan", "ian", "oglu", "sson", "ovic", "ević", "ović", "escu", "zadeh", "poulos", "chuk", "uulu", "kyzy", "nejad",
)  # fmt: skip
"""Endings that mark a surname in some language."""
_MAX_PERSON: Final = 5
_MAX_PLACE: Final = 4
_NOT_IN_PERSON: Final = NEVER | DEMONYM | ETHNIC | TITLE


class Run:
    """A run of capitals, tokens `start` to `end` of a sentence that ends at `limit`, being read from the left."""

    __slots__ = ("candidates", "end", "initial", "limit", "mentions", "reading", "shout", "start", "tokens")

    def __init__(self, reading: Reading, start: int, end: int, limit: int, initial: bool, shout: bool) -> None:
        self.reading = reading
        self.tokens = reading.text.tokens
        self.start, self.end, self.limit = start, end, limit
        self.initial = initial
        self.shout = shout
        self.mentions: list[Mention] = []
        self.candidates: list[Candidate] = []

    def lower(self, i: int) -> str:
        return self.tokens[i][3] if 0 <= i < len(self.tokens) else ""

    def flags(self, i: int) -> int:
        return lexicon.flags(self.tokens[i][3])

    def is_upper(self, i: int) -> bool:
        """Whether the token is capitalised and, in text in capitals, is none of the words that do not count as such."""
        token = self.tokens[i]
        return runs.counts_in_capitals(token) if self.shout else is_capital(token)

    def add(self, mention: Mention) -> int:
        self.mentions.append(mention)
        return mention.last


def _before(run: Run, i: int) -> str:
    """The word before token *i*, over "the", quotes and "Mr."-less adjectives of direction."""
    j = i - 1
    while j >= 0 and run.lower(j) in {"the", '"', "“", "'", "‘", "(", ","} and i - j < 3 and run.lower(j) != ",":
        j -= 1
    return run.lower(j)


def _next_is_name(run: Run, i: int) -> bool:
    return i < run.end and _name_shaped(run, i)


def _name_shaped(run: Run, i: int) -> bool:
    """Whether token *i* can be part of a person's name."""
    token = run.tokens[i]
    word, flags = token[0], run.flags(i)
    if len(word) == 2 and word[1] == ".":
        return word[0].isupper()
    if not word[0].isalpha() or flags & (NEVER | DEMONYM | ETHNIC):
        return False
    if flags & (GIVEN | SURNAME):
        return not flags & TITLE or not flags & COMMON
    if flags & (ORG_HEAD | PLACE_HEAD | TITLE):
        return False
    if flags & COMMON and (run.shout or (run.initial and i == run.start)):
        return False
    return not (len(word) > 1 and word.isupper() and not run.shout and len(word) < 5 and not flags & (GIVEN | SURNAME))


def _org_tail(run: Run, i: int) -> int:
    """Index after the organisation head that ends the words from *i* on, before any title; *i* when there is none."""
    end = i
    for j in range(i, run.end):
        flags = run.flags(j)
        if flags & TITLE:
            break
        if flags & ORG_HEAD:
            end = j + 1
        elif flags & PLACE_HEAD and end == j:
            return i  # "International Airport", "School District": the place head decides
    return end


def _complement(run: Run, i: int) -> int:
    """Index after "of (the) Capitals (and Capitals)" that continues an organisation's name; *i* when nothing does."""
    if i >= run.limit or run.lower(i) not in {"of", "for", "on", "against"}:
        return i
    j = i + 1 + (run.lower(i + 1) == "the")
    if j >= run.limit or not run.is_upper(j) or run.flags(j) & NEVER & ~COMMON:
        return i
    if run.lower(i) != "of" and places.strength(run.tokens[j].text) == "sure":
        return i
    k = j
    while k < run.limit and run.is_upper(k) and not (run.flags(k) & TITLE and k > j):
        k += 1
    while k + 1 < run.limit and run.lower(k) in {"and", "&", ","} and run.is_upper(k + 1) and run.flags(k + 1) & COMMON:
        if run.lower(k) == "," and not _list_goes_on(run, k + 1):
            break
        k += 1
        while k < run.limit and run.is_upper(k):
            k += 1
    return _complement(run, k) if k < run.limit else k


def _list_goes_on(run: Run, i: int) -> bool:
    """Whether "A, B and C" continues: an "and" with a capital follows soon."""
    return any(
        run.lower(k) in {"and", "&"} and k + 1 < run.limit and run.is_upper(k + 1)
        for k in range(i + 1, min(i + 4, run.limit))
    )


def _country_in(run: Run, first: int, last: int) -> str | None:
    """Country that the words of an organisation's name state: a nationality or a country's own name."""
    for i in range(first, last):
        code = None
        if run.flags(i) & DEMONYM:
            code = gazetteer.demonym(run.tokens[i].text.capitalize())
        elif run.is_upper(i):
            code = places.country_of(run.tokens[i].text)
        if code:
            return code
    return None


def _organisation(run: Run, first: int, last: int, rule: str, confidence: float) -> int:
    """Label tokens as an organisation, with what "of ..." adds to the name."""
    if run.flags(last - 1) & OF_HEAD:
        last = _complement(run, last)
    country = _country_in(run, first, last)
    return run.add(Mention(first, last, "organisation", rule, confidence, country=country))


def _person_end(run: Run, i: int) -> int:
    """Index after the name of a person that begins at *i*; *i* when no name does."""
    j = i
    while j < run.end and j - i < _MAX_PERSON:
        if _name_shaped(run, j):
            j += 1
        elif (j > i and run.lower(j) in PARTICLES and j + 1 < run.end and _name_shaped(run, j + 1)) or (j == i and run.lower(j) in PARTICLES and j + 1 < run.end and _name_shaped(run, j + 1)):
            j += 2
        else:
            break
    while j < run.end and run.lower(j) in {"jr.", "sr.", "jr", "sr", "ii", "iii", "iv", "vi", "xvi"}:
        j += 1
    return j


# ---------------------------------------------------------------- the steps, in order


def _known_organisation(run: Run, i: int) -> int:
    found = known.match(run.tokens, i, run.limit, any_case=run.shout)
    if found is None:
        return i
    end = i + found.length
    if found.weak and (
        run.shout or end < run.end or (i > run.start and run.flags(i - 1) & GIVEN) or (run.initial and i == run.start)
    ):
        return i
    tail = _org_tail(run, end) if end < run.end else end
    if tail > end and not known.match(run.tokens, end, run.limit, any_case=run.shout):
        return _organisation(run, i, tail, "names.organisation_head", 0.8)
    organisation = found.organisation
    if (
        found.length == 1
        and end < run.end
        and organisation.country
        and organisation.kind != "media"
        and _next_is_name(run, end)
    ):
        return (
            i
            if run.flags(i) & GIVEN
            else run.add(
                Mention(
                    i,
                    end,
                    "organisation",
                    "names.known_organisation",
                    0.9,
                    organisation=organisation,
                    country=organisation.country,
                )
            )
        )
    country = organisation.country
    return run.add(
        Mention(i, end, "organisation", "names.known_organisation", 0.97, organisation=organisation, country=country)
    )


def _nationality(run: Run, i: int) -> int:
    pair = run.reading.phrase(i, i + 2) if i + 1 < run.end else ""
    length, code = 1, None
    if pair and (code := gazetteer.demonym(pair.title() if run.shout else pair)):
        length = 2
    elif run.flags(i) & DEMONYM:
        code = gazetteer.demonym(run.tokens[i].text.capitalize())
    elif not run.flags(i) & ETHNIC or run.flags(i) & GIVEN:
        return i
    if code and length == 1 and places.strength(run.tokens[i].text) == "sure":
        return i
    end = i + length
    tail = _org_tail(run, end)
    if tail > end and not (tail == end + 1 and run.flags(end) & WEAK_HEAD and not run.flags(end) & OF_HEAD):
        return _organisation(run, i, tail, "names.organisation_head", 0.7)
    place = _place_head_end(run, end)
    if place > end:
        return run.add(Mention(i, place, "location", "names.place_head", 0.7))
    return run.add(Mention(i, end, "nationality", "names.nationality", 0.95, country=code))


def _place_head_end(run: Run, i: int) -> int:
    """Index after the place heads that begin at *i* within the run; *i* when none does."""
    j = i
    while j < run.end and run.flags(j) & PLACE_HEAD and not run.flags(j) & ORG_HEAD:
        j += 1
    return j


def _longest_place(run: Run, i: int) -> tuple[int, places.Strength | None]:
    """The longest gazetteer name at *i*, also over small words: "Bosnia and Herzegovina", "Isle of Man"."""
    end = min(run.end, i + _MAX_PLACE)
    if end < run.limit and end == run.end and run.lower(end) in {"and", "of", "&"} and end - i <= 3:
        j = end + 1 + (run.lower(end + 1) == "the")
        for stop in (j + 2, j + 1):
            if stop <= run.limit and j < run.limit and run.is_upper(j):
                found = places.strength(run.reading.phrase(i, stop))
                if found in ("sure", "likely"):
                    return stop, found
    for stop in range(end, i, -1):
        if not run.is_upper(stop - 1) and stop - 1 > i:
            continue
        found = places.strength(run.reading.phrase(i, stop))
        if found:
            return stop, found
    return i, None


def _has_container(run: Run, end: int) -> bool:
    """Whether ", Country" or ", Division" follows: "Springfield, Illinois"."""
    if end + 1 >= run.limit or run.lower(end) != "," or not run.is_upper(end + 1):
        return False
    return any(
        places.strength(run.reading.phrase(end + 1, stop)) in ("sure", "likely")
        for stop in (end + 2, end + 3)
        if stop <= run.limit
    )


def _gazetteer_place(run: Run, i: int) -> int:
    end, found = _longest_place(run, i)
    if found is None:
        return i
    beyond = end > run.end
    if not beyond:
        if run.flags(i) & TITLE and end == i + 1 and end < run.end:
            return i
        tail = _org_tail(run, end)
        if tail > end:
            return _organisation(run, i, tail, "names.organisation_head", 0.8)
        if _place_head_end(run, end) > end:
            return run.add(Mention(i, _place_head_end(run, end), "location", "names.place_head", 0.9))
    if found == "weak" and end < run.end:
        return i
    if run.lower(i - 1) == "of" and run.lower(i - 2) in _OCCASIONS and run.is_upper(i - 2):
        return end
    team = _team_end(run, i, end)
    if team > end:
        return run.add(Mention(i, team, "organisation", "names.team", 0.6))
    announced = (
        _before(run, i) in PLACE_BEFORE
        or _has_container(run, end)
        or (run.lower(i - 1) in {"of"}
        and run.lower(i - 2) in PLACE_NOUNS)
    )
    name_follows = end < run.end and _next_is_name(run, end)
    given = bool(run.flags(i) & GIVEN)
    if not beyond and name_follows and found != "sure" and (given or not announced):
        return i
    if name_follows and given and run.flags(end) & SURNAME and end == i + 1 and not announced:
        return i
    if found == "weak" and not announced:
        return i
    if found == "likely" and run.initial and i == run.start and end == i + 1 and run.flags(i) & (COMMON | GIVEN):
        return i
    if end < run.limit and run.lower(end) in SMALL_PLACE_HEADS:
        end += 1
    confidence = {"sure": 0.95, "likely": 0.85, "weak": 0.7}[found]
    rule = "names.announced_place" if found == "weak" else "names.gazetteer"
    return run.add(Mention(i, end, "location", rule, confidence))


def _team_end(run: Run, i: int, end: int) -> int:
    """Index after "City Plurals", the form of a sports team's name; *end* when the run is none."""
    if end + 1 != run.end or run.shout or end > run.end:
        return end
    word, flags = run.tokens[end].text, run.flags(end)
    plural = len(word) > 4 and word.endswith("s") and not word.endswith("ss") and word.istitle()
    return end + 1 if plural and not flags & (NEVER | TITLE | PLACE_HEAD | DEMONYM | ETHNIC | GIVEN) else end


def _title_end(run: Run, i: int) -> int:
    """Index after the title that begins at *i* ("Prime Minister", "Secretary of State"); *i* when none does."""
    end = i
    j = i
    while j < run.end and j - i < 7:
        flags = run.flags(j)
        if flags & TITLE:
            end = j + 1
        elif (
            end > i
            or (flags & (GIVEN | SURNAME) and not flags & COMMON)
            or (not flags & COMMON
            and run.lower(j) not in NEVER_ALONE)
        ):
            break
        j += 1
    if end > i and end == run.end and run.lower(end) == "of":
        return _portfolio(run, end)
    return end


def _portfolio(run: Run, of: int) -> int:
    """Index after "of State", "of Foreign Affairs"; *of* when no portfolio follows."""
    j = of + 1 + (run.lower(of + 1) == "the")
    first = j
    while j < run.limit and run.lower(j) in PORTFOLIOS | {"and", ","} and (run.is_upper(j) or j > first):
        j += 1
    return j if j > first else of


def _titled(run: Run, i: int) -> int:
    title_end = _title_end(run, i)
    if title_end == i:
        return i
    run.end = max(run.end, _run_end(run, title_end))
    end = _person_end(run, title_end)
    if end == title_end:
        return title_end if run.flags(title_end - 1) & TITLE and not run.flags(i) & GIVEN else i
    if end == title_end + 1 and run.flags(title_end) & COMMON and not run.flags(title_end) & (GIVEN | SURNAME):
        return title_end
    title = run.reading.phrase(i, title_end)
    return run.add(Mention(title_end, end, "person", "names.title", 0.95, title=title))


def _run_end(run: Run, i: int) -> int:
    """Where the capitals that begin at *i* end; a portfolio may have carried the run over small words."""
    while i < run.limit and run.is_upper(i):
        i += 1
    return i


def _organisation_head(run: Run, i: int) -> int:
    end = _org_tail(run, i)
    if end == i:
        return i
    if end == i + 1:
        word = run.lower(i)
        if word in ALONE_ORG and not (run.initial and i == run.start and run.shout):
            return run.add(Mention(i, end, "organisation", "names.organisation_head", 0.8))
        if run.flags(i) & OF_HEAD and not run.flags(i) & WEAK_HEAD and end == run.end and run.lower(i - 1) == "the":
            return _organisation(run, i, end, "names.body_alone", 0.6)
        if run.flags(i) & OF_HEAD and not run.shout and _complement(run, end) > end:
            return _organisation(run, i, end, "names.organisation_head", 0.85)
        return i
    if run.shout and all(run.flags(j) & (COMMON | NEVER) for j in range(i, end)):
        return i
    if end == i + 2 and run.initial and i == run.start and run.flags(i + 1) & WEAK_HEAD and run.flags(i) & COMMON:
        return i
    if run.flags(i) & GIVEN and run.flags(end - 1) & WEAK_HEAD and end - i == 2:
        return i
    return _organisation(run, i, end, "names.organisation_head", 0.85)


def _place_head(run: Run, i: int) -> int:
    if (
        run.lower(i) in PLACE_PREFIXES
        and i + 1 < run.end
        and not run.flags(i + 1) & (NEVER | TITLE)
        and not run.flags(i) & GIVEN
    ):
        end = i + 2
        while end < run.end and not run.flags(end) & (TITLE | ORG_HEAD | NEVER) and end - i < 4:
            end += 1
        return run.add(Mention(i, end, "location", "names.place_head", 0.7))
    end = i
    for j in range(i + 1, run.end):
        if run.flags(j) & TITLE:
            break
        if run.flags(j) & PLACE_HEAD:
            end = j + 1
    if end == i or (run.shout and all(run.flags(j) & COMMON for j in range(i, end - 1))):
        return i
    return run.add(Mention(i, end, "location", "names.place_head", 0.85))


def _announces_person(run: Run, i: int) -> bool:
    return run.lower(i - 1) in ROLES or (run.lower(i - 1) == "," and run.lower(i - 2) in ROLES)


def _acts(run: Run, end: int) -> bool:
    """Whether what follows is what persons do or have: "said", ", 34,", "who"."""
    after = run.lower(end)
    if after in SAID or after in PERSON_AFTER:
        return True
    if after == "," and run.lower(end + 1).isdigit() and run.lower(end + 2) in {",", ".", ")"}:
        return len(run.lower(end + 1)) <= 2
    if after == "(" and run.lower(end + 1).isdigit() and len(run.lower(end + 1)) == 2 and run.lower(end + 2) == ")":
        return True
    return after == "," and run.lower(end + 1) in PERSON_AFTER


def _given_name(run: Run, i: int) -> int:
    if not run.flags(i) & GIVEN and not (len(run.tokens[i].text) == 2 and run.tokens[i].text[1] == "."):
        return i
    end = _person_end(run, i)
    if end - i < 2:
        return i
    ambiguous = run.flags(i) & COMMON or (run.initial and i == run.start and run.lower(i) in run.reading.small)
    if ambiguous and not any(run.flags(j) & (GIVEN | SURNAME) or not run.flags(j) & COMMON for j in range(i + 1, end)):
        return i
    return run.add(Mention(i, end, "person", "names.given_name", 0.9))


def _name_shape(run: Run, i: int) -> int:
    """Two to four words that look like a name and like nothing else."""
    end = _person_end(run, i)
    length = end - i
    if length > 2 and run.flags(i) & COMMON and not run.flags(i) & (GIVEN | SURNAME) and run.flags(i + 1) & GIVEN:
        return run.add(Mention(i + 1, end, "person", "names.given_name", 0.8))
    if length < 2 or (end < run.end and run.flags(end) & (ORG_HEAD | PLACE_HEAD)):
        return i
    words = range(i, end)
    if sum(bool(run.flags(j) & COMMON) for j in words) * 2 >= length and not (
        _announces_person(run, i) or _acts(run, end)
    ):
        return i
    if _before(run, i) == "the" or (run.lower(i - 1) == "the" and not _acts(run, end)):
        return i
    announced = _announces_person(run, i) or _acts(run, end)
    if (
        run.lower(i - 1) in PLACE_BEFORE
        and run.lower(i - 1) not in {"with", "between", "to", "from", "left"}
        and not announced
    ):
        if any(run.flags(j) & (GIVEN | SURNAME) for j in words):
            return run.add(Mention(i, end, "person", "names.name_shape", 0.5))
        return run.add(Mention(i, end, "location", "names.after_preposition", 0.5))
    if length > 4 and not announced:
        return i
    return run.add(Mention(i, end, "person", "names.name_shape", 0.8 if announced else 0.6))


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "").replace("&", "")
    return 2 <= len(letters) <= 7 and letters.isalnum() and letters.isupper() and not letters[0].isdigit()


def _may_be_surname(run: Run, i: int) -> bool:
    """Whether capitals are those of a surname ("JUSTICE ALITO", "Kim JONG-UN") rather than of an acronym."""
    return len(run.tokens[i].text) >= 5 and (bool(run.flags(i) & (SURNAME | GIVEN)) or len(run.tokens[i].text) > 5)


def _single(run: Run, i: int) -> int:
    """One word that no list decides: acronym, or what the words around it say."""
    token, flags = run.tokens[i], run.flags(i)
    if flags & (NEVER | TITLE | DEMONYM | ETHNIC) or (run.shout and flags & COMMON) or not token.text[0].isalpha():
        return i + 1
    end = i + 1
    if _is_acronym(token.text) and not _may_be_surname(run, i) and not run.shout and not flags & COMMON:
        return run.add(Mention(i, end, "organisation", "names.acronym", 0.7))
    alone = end == run.end
    initial = run.initial and i == run.start
    if flags & COMMON and not flags & (GIVEN | SURNAME):
        return end
    if alone and not (initial and flags & COMMON):
        if run.lower(i - 1) in ROLES or (_acts(run, end) and not flags & (ORG_HEAD | PLACE_HEAD)):
            return run.add(Mention(i, end, "person", "names.announced_person", 0.7))
        if run.lower(i - 1) in ORG_BEFORE or run.lower(end) in ORG_AFTER:
            return run.add(Mention(i, end, "organisation", "names.announced_organisation", 0.6))
        if (
            run.lower(end) in SMALL_PLACE_HEADS | {"city", "town", "river", "island", "airport"}
            and not flags & ORG_HEAD
        ):
            last = end + (run.lower(end) in SMALL_PLACE_HEADS)
            return run.add(Mention(i, last, "location", "names.place_head", 0.8))
        if run.lower(i - 1) in {"in", "near", "outside"} and not flags & (ORG_HEAD | GIVEN | SURNAME) and not initial:
            return run.add(Mention(i, end, "location", "names.after_preposition", 0.5))
    if alone and not initial and not run.shout and not flags & COMMON:
        rule = _surname_rule(token.text, flags)
        if rule:
            return run.add(Mention(i, end, "person", rule, 0.55))
    run.candidates.append(Candidate(i, end, initial))
    return end


def _surname_rule(word: str, flags: int) -> str | None:
    """The rule by which a word alone, inside a sentence, is taken for a surname; None when its form says nothing."""
    if word[0].islower():
        return "names.arabic_surname" if len(word) > 5 else None
    if len(word) > 5 and word.endswith(_SURNAME_ENDINGS) and not flags & (ORG_HEAD | PLACE_HEAD):
        return "names.surname_form"
    if flags & SURNAME and not flags & (ORG_HEAD | PLACE_HEAD):
        return "names.listed_surname"
    return "names.listed_given" if flags & GIVEN and not flags & (ORG_HEAD | PLACE_HEAD) else None


_STEPS: Final = (
    _known_organisation,
    _nationality,
    _gazetteer_place,
    _titled,
    _organisation_head,
    _place_head,
    _given_name,
    _name_shape,
    _single,
)
"""The evidence in order. A step returns the index after what it took, or the same index when it has nothing to say."""


def _is_grammar(run: Run, i: int) -> bool:
    """Whether a capitalised word of grammar is just that; "Will Smith", "The Hague" and "The Guardian" are not."""
    if known.match(run.tokens, i, run.limit, any_case=run.shout):
        return False
    if run.flags(i) & GIVEN and i + 1 < run.end and run.flags(i + 1) & (GIVEN | SURNAME):
        return False
    return run.lower(i + 1) != "hague"


def read_run(reading: Reading, start: int, end: int, limit: int, *, initial: bool, shout: bool) -> Pieces:
    """Mentions and open candidates of the capitals in tokens *start* to *end* of a sentence that ends at *limit*."""
    run = Run(reading, start, end, limit, initial, shout)
    i = start
    while i < run.end:
        if run.flags(i) & FUNCTION and _is_grammar(run, i):
            i += 1
            continue
        for step in _STEPS:
            after = step(run, i)
            if after > i:
                i = after
                break
        else:
            i += 1
    return Pieces(run.mentions, run.candidates)
