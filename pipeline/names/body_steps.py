"""Evidence for organisations: the table of known bodies, and heads such as "Ministry", "Front" or "Inc."."""

from __future__ import annotations

from pipeline import gazetteer
from pipeline.names import known, places
from pipeline.names.lexicon import (
    COMMON,
    DEMONYM,
    ETHNIC,
    FUNCTION,
    GIVEN,
    OF_HEAD,
    ORG_HEAD,
    PLACE_HEAD,
    TITLE,
)
from pipeline.names.run import Run, is_name_shaped
from pipeline.names.words import ALONE_ORG, NEVER_ALONE, SAID, UNITS

_MAX_WORDS: int = 9
"""Longest run of capitals before a head; longer ones are tables and signatures."""


def head_end(run: Run, i: int) -> int:
    """Index after the organisation head that ends the words from *i* on, before any title; *i* when there is none."""
    end = i
    for j in range(i, min(run.end, i + _MAX_WORDS)):
        flags = run.flags(j)
        if flags & TITLE:
            break
        if flags & ORG_HEAD:
            end = j + 1
        elif flags & PLACE_HEAD and end == j:
            return i  # "International Airport", "School District": the place head decides
    return end


def complement_end(run: Run, i: int) -> int:
    """Index after the "of (the) Capitals (and Capitals)" that continue a body's name; *i* when none do."""
    while i + 1 < run.limit and run.lower(i) in {"of", "for", "on", "against"}:
        after = _one_complement(run, i)
        if after == i:
            break
        i = after
    return i


def _one_complement(run: Run, i: int) -> int:
    j = i + 1 + (run.lower(i + 1) == "the")
    if j >= run.limit or not run.is_capital(j) or run.flags(j) & FUNCTION:
        return i
    if run.flags(j) & TITLE or (run.lower(j) in NEVER_ALONE and run.flags(j + 1) & TITLE):
        return i  # "Party of Prime Minister ..."
    foreign = run.flags(j) & (DEMONYM | ETHNIC) or places.strength(run.tokens[j].text) == "sure"
    if run.lower(i) != "of" and foreign:
        return i
    k = j + 1
    limit = min(run.limit, j + _MAX_WORDS)
    while k < limit and run.is_capital(k) and not run.flags(k) & (TITLE | FUNCTION):
        k += 1
    while _joins(run, k):
        k = run.capitals_end(k + 1)
    return k


def _joins(run: Run, k: int) -> bool:
    """Whether "and" or a comma at *k* goes on with the name: "Ministry of Health and Education"."""
    if k + 1 >= run.limit or not run.is_capital(k + 1) or not run.flags(k + 1) & COMMON:
        return False
    if run.lower(k) == ",":
        nearby = range(k + 2, min(k + 5, run.limit - 1))
        return any(run.lower(n) in {"and", "&"} and run.is_capital(n + 1) for n in nearby)
    return run.lower(k) in {"and", "&"}


def country_in(run: Run, first: int, last: int) -> str | None:
    """Country that the words of a body's name state: a nationality or a country's own name."""
    for i in range(first, last):
        code = None
        if run.flags(i) & DEMONYM:
            code = gazetteer.demonym(run.tokens[i].text.capitalize())
        elif run.is_capital(i):
            code = places.country_of(run.tokens[i].text)
        if code:
            return code
    return None


def is_ordinal(word: str) -> bool:
    """Whether *word* is a number in an order: "101st"."""
    return word[0].isdigit() and word[-2:] in {"st", "nd", "rd", "th"}


def add_body(run: Run, first: int, last: int, rule: str, confidence: float) -> int:
    """Label tokens as an organisation, with what "of ..." and an ordinal add to the name."""
    if run.flags(last - 1) & OF_HEAD:
        last = complement_end(run, last)
    if first and run.lower(first) in UNITS and is_ordinal(run.tokens[first - 1].text):
        first -= 1
    return run.add(first, last, "organisation", rule, confidence, country=country_in(run, first, last))


def known_body(run: Run, i: int) -> int:
    """A body of the table; a head after it makes a longer name ("UN Mission")."""
    found = known.match(run.tokens, i, run.limit, any_case=run.shout)
    if found is None:
        return i
    end = i + found.length
    if found.weak and _means_something_else(run, i, end):
        return i
    tail = head_end(run, end)
    if tail > end and not known.match(run.tokens, end, run.limit, any_case=run.shout):
        return add_body(run, i, tail, "names.organisation_head", 0.8)
    body = found.organisation
    single_name = found.length == 1 and body.country and run.flags(i) & GIVEN
    if single_name and end < run.end and is_name_shaped(run, end):
        return i
    first = i + (run.lower(i) == "the")
    return run.add(
        first, end, "organisation", "names.known_organisation", 0.97, organisation=body, country=body.country
    )


def _means_something_else(run: Run, i: int, end: int) -> bool:
    """Whether a word such as "Amnesty" or "Wagner" stands where it need not be the body's name."""
    if run.shout or end < run.end or (i > run.start and run.flags(i - 1) & GIVEN):
        return True
    return run.begins_sentence(i) and run.lower(end) not in SAID


def body_alone(run: Run, i: int) -> int:
    """One word that names a body: "Parliament", "the Kremlin"."""
    flags = run.flags(i)
    if run.shout or run.lower(i) not in ALONE_ORG or (run.begins_sentence(i) and flags & COMMON):
        return i
    if i + 1 < run.limit and run.is_capital(i + 1):
        return i
    return run.add(i, i + 1, "organisation", "names.body_alone", 0.8)
