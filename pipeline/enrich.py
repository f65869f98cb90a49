"""Article in, enriched article out: the ordered list of extractors, and nothing else.

    article -> names -> places -> figures -> events -> sanctions -> lists, if any -> enriched article

A later extractor reads what earlier ones found. One that fails leaves the others' results in the record and is named in
`failures`. The result is a pure function of article, mode, pipeline version and data versions, the lists' among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec.structs import replace

from pipeline import gazetteer
from pipeline.events import find_events
from pipeline.figures import LANGUAGES as FIGURE_LANGUAGES
from pipeline.figures import find_figures
from pipeline.findings import Document, Extract, Findings
from pipeline.names import NameTagger, find_entities, finder
from pipeline.places import find_locations
from pipeline.sanctions import find_sanctions
from pipeline.text import analyse, language, may_be_english
from schemas.article import Article
from schemas.enrichment import EnrichedArticle, Enrichment, Failure, Mode, Provenance

if TYPE_CHECKING:  # with rapidfuzz 20 to 30 ms of the import, and many processes have no lists
    from pipeline.lists import Screener

PIPELINE_VERSION: Final = "0.8"
"""Raised whenever the same article would give another record."""


class Extractor(NamedTuple):
    """One step. `languages`: ISO 639-1 codes that it reads, None for any. An article in another language is not guessed
    at: German "die" is no death. What is not read is named in `failures`; a language that is not certain is taken as
    English if the words allow it (`pipeline.text.may_be_english`)."""

    name: str
    extract: Extract
    languages: frozenset[str] | None = None


ENGLISH: Final = frozenset({"en"})

EXTRACTORS: Final = (
    Extractor("names", find_entities),
    Extractor("places", find_locations),  # resolves the location entities of names
    Extractor("figures", find_figures, FIGURE_LANGUAGES),  # ties numbers to places
    Extractor("events", find_events, ENGLISH),
    Extractor("sanctions", find_sanctions, ENGLISH),  # issuers and targets are entities and places
)

_MAX_ERROR: Final = 500
_EMPTY: Final = {name: getattr(Findings(), name) for name in Findings.__struct_fields__ if name != "rejected"}
"""What a part of the findings is before an extractor fills it."""


def read(article: Article) -> Document:
    """Cut the article's texts and tell its language; the producer's word goes before detection."""
    title = analyse(article.title or "", "title")
    body = analyse(article.body, "body")
    return Document(
        title=title,
        body=body,
        language=_language_code(article.language) or language(body) or language(title),
        published_at=article.published_at,
        source_country=article.source.country,
    )


def _language_code(stated: str | None) -> str | None:
    """ISO 639-1 of what a producer states ("en-GB"); None when that is no code."""
    code = (stated or "").lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isalpha() and code.isascii() else None


def join(found: Findings, new: Findings) -> Findings:
    """Both findings in one: `rejected` adds up, every other part belongs to the one extractor that fills it."""
    filled = {name: value for name, empty in _EMPTY.items() if (value := getattr(new, name)) != empty}
    return replace(found, **filled, rejected=found.rejected + new.rejected)


def extract(document: Document, extractors: tuple[Extractor, ...] = EXTRACTORS) -> tuple[Findings, tuple[Failure, ...]]:
    """Run the extractors in order. A failure costs its own results only; lack of memory is nobody's own."""
    found, failures = Findings(), list[Failure]()
    unread = _why_unread(document)
    for name, extractor, languages in extractors:
        if languages and document.language not in languages and (document.language or unread):
            failures.append(Failure(extractor=name, error=unread))
            continue
        try:
            found = join(found, extractor(document, found))
        except MemoryError:
            raise
        except Exception as error:
            failures.append(Failure(extractor=name, error=f"{type(error).__name__}: {error}"[:_MAX_ERROR]))
    return found, tuple(failures)


def _why_unread(document: Document) -> str:
    """What to tell when an extractor does not know the language; "" when it may be English."""
    if document.language:
        return f"language {document.language!r} is not read"
    text = document.body if document.body.tokens else document.title
    return "" if may_be_english(text) else "a language that is not certain is not read"


def enrich(
    article: Article, mode: Mode = "live", screener: Screener | None = None, tagger: NameTagger | None = None
) -> EnrichedArticle:
    """Everything that the extractors find in *article*, and the names on the lists of *screener*.

    *tagger*: finds the names instead of the packaged one; the record's provenance names it.
    """
    document = read(article)
    extractors = EXTRACTORS if tagger is None else (Extractor("names", finder(tagger)), *EXTRACTORS[1:])
    screening = (Extractor("lists", screener),) if screener is not None else ()
    found, failures = extract(document, extractors + screening)
    enrichment = Enrichment(
        language=document.language,
        entities=found.entities,
        locations=found.locations,
        countries=found.countries,
        primary_country=found.primary_country,
        mentioned_countries=found.mentioned_countries,
        figures=found.figures,
        toll=dict(found.toll),
        sanctions=found.sanctions,
        events=found.events,
        claims=found.claims,
        rejected=found.rejected,
        failures=failures,
        provenance=Provenance(pipeline=PIPELINE_VERSION, data=_data(screener, tagger)),
    )
    values = {name: getattr(article, name) for name in Article.model_fields}
    return EnrichedArticle.model_construct(**values, enrichment=enrichment, mode=mode)


def _data(screener: Screener | None, tagger: NameTagger | None) -> dict[str, str]:
    data = {"gazetteer": gazetteer.VERSION} | ({"names": tagger.name} if tagger is not None else {})
    return data | {"lists": screener.version} if screener is not None and screener.version else data


_text_screener: Screener | None = None


def setup(entries: Iterable[Mapping[str, Any]]) -> None:
    """Screen the texts of `enrich_text` against *entries* `{id, source, schema, name, aliases}` from now on.

    For scorers and notebooks, where one process has one set of lists; everything else hands a screener to `enrich`.
    """
    from pipeline.lists import screener_of  # noqa: PLC0415

    global _text_screener
    _text_screener = screener_of(entries)


def match(a: str, b: str, schema: str) -> bool:
    """`pipeline.lists.match`, which scorers look for beside `enrich_text`."""
    from pipeline.lists import match as same_name  # noqa: PLC0415

    return same_name(a, b, schema)


def enrich_text(text: str, title: str | None = None, published_at: str | None = None) -> dict[str, Any]:
    """Enrich a bare text; the enrichment as plain values.

    Offsets count into *text*. Entities and locations named only in the title are left out, since their offsets would
    count into another string; figures of the title stay, marked by the span's `field`.

    Args:
        published_at: ISO 8601; anything else counts as unknown, as a feed's nonsense does.
    """
    article = Article(body=text, title=title, published_at=_moment(published_at))
    record = enrich(article, screener=_text_screener).enrichment.model_dump(mode="json")
    for part in ("entities", "locations"):
        for item in record[part]:
            item["mentions"] = [span for span in item["mentions"] if span["field"] == "body"]
        record[part] = [item for item in record[part] if item["mentions"]]
    for figure in record["figures"]:
        # The scorer reads marks from one text and takes index 0 for "not a part".
        figure["flags"] = " ".join(mark for mark in ("hedged", "hypothetical") if figure[mark])
        figure["subset"] = figure["part_of"] is not None
    sanctions = record["sanctions"]
    sanctions["list_matches"] = [one for one in sanctions["list_matches"] if one["span"]["field"] == "body"]
    record["rejected"] = [item for item in record["rejected"] if item["span"]["field"] == "body"]
    return record


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
