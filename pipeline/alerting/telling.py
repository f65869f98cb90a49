"""What a match says for itself: the clauses of the rule that held, each with what the article has for it.

| Clause | Said |
|---|---|
| about names on sanctions lists | the words of the article, the listed name, list, entry and date, the score and why |
| a toll that sources dispute | who states which number |
| a range, a pattern, or that a field is there | the clause and the values |
| any other | the clause, which says it all |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from pipeline.alerting.template import plain, shown
from pipeline.document_fields import entry_of
from pipeline.query.tree import Exists, Flag, Leaf, Not, Phrase, Range, Term, Wildcard
from schemas.article import Article
from schemas.enrichment import EnrichedArticle, Figure, ListMatch
from schemas.fields import BY_NAME

MAX_SUMMARY: Final = 1_000
MAX_LISTED: Final = 5
"""Listed names that a match tells of; the others are counted."""
MAX_SIDES: Final = 4
"""Numbers of a disputed toll that a match tells of."""
WHY_LISTED: Final = "lists.matches.why"
"""What a document without its article says of listed names, a line each."""
_BEFORE: Final = {"at_least": "at least ", "at_most": "up to ", "about": "about ", "vague": "at least "}
_LISTED: Final = ("lists.matches.", "sanctions.listed_names")

Clause = Leaf | Not


def fields_of_clause(clause: Clause) -> tuple[str, ...]:
    """The fields that a leaf is about; none for NOT, which nothing in an article supports."""
    match clause:
        case Term(fields=fields) | Phrase(fields=fields) | Wildcard(fields=fields):
            return fields
        case Exists(field=field) | Range(field=field) | Flag(field=field):
            return (field,)
    return ()


def is_about_lists(field: str) -> bool:
    return field.startswith(_LISTED)


def is_wanted(leaf: Clause, *values: str | None) -> bool:
    """Whether *leaf* asks for one of *values*, or for no value in particular."""
    wanted = leaf.value if isinstance(leaf, Term) else None
    return wanted is None or any(value is not None and value.lower() == wanted for value in values)


def meant(article: EnrichedArticle, leaf: Clause) -> tuple[ListMatch, ...]:
    """The names on lists that *leaf* asks for, without those that somebody decided are not meant, as in the fields."""
    return tuple(
        match
        for match in article.enrichment.sanctions.list_matches
        if match.allowed is None and is_wanted(leaf, match.name, match.list, entry_of(match))
    )


def tell(clauses: Sequence[Clause], document: Mapping[str, Any], article: EnrichedArticle | None = None) -> str:
    """One line of at most 1,000 characters.

    Args:
        clauses: those of the rule's query that hold for the article.
        document: its index document, with the fields of the clauses.
        article: the article itself; None leaves out what only it knows, as the words that a listed name is printed in.
    """
    parts = [part for clause in _without_repeats(clauses) for part in _told(clause, document, article)]
    return plain("; ".join(dict.fromkeys(parts)), MAX_SUMMARY)


def _without_repeats(clauses: Sequence[Clause]) -> Iterator[Clause]:
    """Leaves out that a field is there where another clause says what is in it."""
    told = {field for one in clauses if not isinstance(one, Exists) for field in fields_of_clause(one)}
    return (one for one in clauses if not isinstance(one, Exists) or one.field not in told)


def _told(clause: Clause, document: Mapping[str, Any], article: EnrichedArticle | None) -> Iterable[str]:
    fields = fields_of_clause(clause)
    if any(map(is_about_lists, fields)):
        lines = str(document.get(WHY_LISTED) or "").splitlines() if article is None else _listed(article, clause)
        if lines:
            return lines
    if isinstance(clause, Flag) and article is not None and (sides := _sides(article, clause.field)):
        return [f"{clause.text} ({', '.join(sides)})"]
    if isinstance(clause, Exists | Range | Wildcard):
        values = [shown(document[name]) for name in fields if name in document and BY_NAME[name].type != "text"]
        return [f"{clause.text} ({', '.join(values)})"] if values else [clause.text]
    return [clause.text]


def _listed(article: EnrichedArticle, clause: Clause) -> list[str]:
    """A line for each entry, in the order of the fields, by its surest match."""
    best = surest(meant(article, clause))
    lines = [listed_line(article, match) for match in list(best.values())[:MAX_LISTED]]
    return lines + ([f"{len(best) - MAX_LISTED} more listed names"] if len(best) > MAX_LISTED else [])


def surest(matches: Iterable[ListMatch]) -> dict[str, ListMatch]:
    """The match with the best score of each entry, in the order of the first ones."""
    best: dict[str, ListMatch] = {}
    for match in matches:
        entry = entry_of(match)
        if entry not in best or match.score > best[entry].score:
            best[entry] = match
    return best


def listed_line(article: EnrichedArticle | Article, match: ListMatch) -> str:
    """Who matches which entry of which list of which day, how surely and why."""
    text = (article.title or "") if match.span.field == "title" else article.body
    printed = plain(text[match.span.start : match.span.end])
    entry = f"entry {match.entry_id} of list {match.list}, {match.snapshot}"
    return f"“{printed}” matches {match.name} ({entry}) with score {match.score:.2f}: {match.why}"


def _sides(article: EnrichedArticle, field: str) -> list[str]:
    """Who states which number, for the field of a disputed toll; empty for any other."""
    if not (field.startswith("toll.") and field.endswith(".disputed")):
        return []
    sides = [_side(figure) for figure in contested(article, field.split(".")[1])]
    return list(dict.fromkeys(sides))[:MAX_SIDES]


def contested(article: EnrichedArticle, kind: str) -> tuple[Figure, ...]:
    """The figures that speak about a toll, each number of each speaker once.

    First comes what decides it, then each other number, then who else states one of them.
    """
    figures = article.enrichment.figures
    toll = next((toll for name, toll in article.enrichment.toll.items() if name == kind), None)
    deciding = [figures[at] for at in (toll.supported_by if toll else ()) if at < len(figures)]
    numbers, sides = dict[Any, Figure](), dict[Any, Figure]()
    for figure in (*deciding, *(one for one in figures if one.kind == kind and _speaks(one))):
        number = (figure.low, figure.best, figure.high, figure.negated)
        numbers.setdefault(number, figure)
        sides.setdefault((*number, figure.attributed_to), figure)
    first = {id(figure) for figure in numbers.values()}
    return tuple(sorted(sides.values(), key=lambda figure: id(figure) not in first))


def _speaks(figure: Figure) -> bool:
    return figure.part_of is None and not figure.hypothetical and figure.scope not in ("background", "rate")


def _side(figure: Figure) -> str:
    number = next((n for n in (figure.best, figure.low, figure.high) if n is not None), None)
    count = "a number" if number is None else f"{_BEFORE.get(figure.qualifier, '')}{number:,}"
    return plain(f"{'not ' if figure.negated and number else ''}{count} by {figure.attributed_to or 'the article'}")
