"""The field registry: every name that people search, rules query and the index stores. One table, three uses:
the Elasticsearch mapping, the tantivy schema and the query language's field check are all made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from schemas.enrichment import FigureKind

FieldType = Literal["text", "keyword", "integer", "float", "boolean", "date", "geo_point", "flattened"]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One flat, typeable name. `multi`: the document may hold several values. `facet`: counted in search results."""

    name: str
    type: FieldType
    meaning: str
    multi: bool = False
    facet: bool = False

    @property
    def searchable(self) -> bool:
        """Points and flattened extras are stored, but the query language has no form for them."""
        return self.type not in ("geo_point", "flattened")


def _toll_fields(kind: str) -> tuple[Field, ...]:
    return (
        Field(
            name=f"toll.{kind}.best",
            type="integer",
            meaning=f"people {kind}: the number to act on (printed, else lower bound)",
        ),
        Field(name=f"toll.{kind}.low", type="integer", meaning=f"people {kind}: lower bound"),
        Field(name=f"toll.{kind}.high", type="integer", meaning=f"people {kind}: upper bound"),
        Field(name=f"toll.{kind}.status", type="keyword", meaning="stated or denied; missing when not reported"),
        Field(name=f"toll.{kind}.disputed", type="boolean", meaning="sources in the article contradict each other"),
    )


FIGURE_KINDS: Final[tuple[FigureKind, ...]] = get_args(FigureKind)

FIELDS: Final[tuple[Field, ...]] = (
    Field(name="id", type="keyword", meaning="article id"),
    Field(name="@timestamp", type="date", meaning="published, else observed; what results are sorted by"),
    Field(name="published_at", type="date", meaning="when the publisher says it was published"),
    Field(name="observed_at", type="date", meaning="when this revision was first seen"),
    Field(name="url", type="keyword", meaning="address of the article"),
    Field(name="title", type="text", meaning="headline"),
    Field(name="body", type="text", meaning="text of the article"),
    Field(name="summary", type="text", meaning="the publisher's abstract"),
    Field(name="authors", type="keyword", multi=True, meaning="names in the byline"),
    Field(name="language", type="keyword", facet=True, meaning="ISO 639-1 code"),
    Field(name="source.id", type="keyword", facet=True, meaning="id of the source or feed"),
    Field(name="source.name", type="keyword", facet=True, meaning="name of the source"),
    Field(name="source.domain", type="keyword", facet=True, meaning="host that published it"),
    Field(name="source.country", type="keyword", facet=True, meaning="country of publication"),
    Field(name="tags", type="keyword", multi=True, facet=True, meaning="the publisher's categories"),
    Field(name="revision", type="integer", meaning="0 for the first version seen"),
    Field(name="mode", type="keyword", meaning="live or backfill"),
    Field(name="entities.name", type="keyword", multi=True, meaning="canonical names of people and organisations"),
    Field(name="people", type="keyword", multi=True, facet=True, meaning="canonical names of persons"),
    Field(name="organisations", type="keyword", multi=True, facet=True, meaning="canonical names of organisations"),
    Field(name="nationalities", type="keyword", multi=True, meaning="countries of the nationalities named"),
    Field(name="places", type="keyword", multi=True, facet=True, meaning="gazetteer names of locations"),
    Field(name="places.event", type="keyword", multi=True, meaning="locations where something happened"),
    Field(name="geonames_ids", type="integer", multi=True, meaning="GeoNames ids of locations"),
    Field(name="points", type="geo_point", multi=True, meaning="points of locations"),
    Field(name="points.event", type="geo_point", multi=True, meaning="points of locations where something happened"),
    Field(
        name="countries",
        type="keyword",
        multi=True,
        facet=True,
        meaning="ISO 3166-1 codes of where it happens, else of all countries mentioned; most important first",
    ),
    Field(name="countries.mentioned", type="keyword", multi=True, meaning="codes of all countries, by place or people"),
    Field(name="primary_country", type="keyword", facet=True, meaning="ISO 3166-1 code of where it happens"),
    Field(name="figures.kind", type="keyword", multi=True, facet=True, meaning="kinds of figures stated or denied"),
    Field(
        name="figures.perpetrators",
        type="keyword",
        multi=True,
        facet=True,
        meaning="who killed, injured, detained or abducted people, as printed",
    ),
    *(field for kind in FIGURE_KINDS for field in _toll_fields(kind)),
    Field(name="figures.refused", type="keyword", multi=True, meaning="numbers considered and refused, as printed"),
    Field(
        name="figures.refused_why",
        type="keyword",
        multi=True,
        facet=True,
        meaning="why numbers were refused: age, money",
    ),
    Field(name="sanctions.flagged", type="boolean", meaning="sanctions are mentioned or hinted at"),
    Field(name="sanctions.mode", type="keyword", facet=True, meaning="explicit or implicit"),
    Field(name="sanctions.stage", type="keyword", facet=True, meaning="the stage that matters most"),
    Field(name="sanctions.stages", type="keyword", multi=True, meaning="the stages of all mentions"),
    Field(name="sanctions.measures", type="keyword", multi=True, facet=True, meaning="kinds of measures mentioned"),
    Field(name="sanctions.issuers", type="keyword", multi=True, facet=True, meaning="who acts"),
    Field(name="sanctions.targets", type="keyword", multi=True, facet=True, meaning="countries acted against"),
    Field(name="sanctions.listed_names", type="keyword", multi=True, meaning="listed names found in the text"),
    Field(name="lists.matches.name", type="keyword", multi=True, facet=True, meaning="listed names matched"),
    Field(name="lists.matches.list", type="keyword", multi=True, facet=True, meaning="lists that a match is on"),
    Field(name="lists.matches.entry", type="keyword", multi=True, meaning="entries matched, as list/entry id"),
    Field(name="lists.matches.score", type="float", meaning="score of the surest match, 0 to 1"),
    Field(name="lists.matches.why", type="text", meaning="reasons of the matches, a line each"),
    Field(
        name="lists.allowed", type="keyword", multi=True, meaning="entries matched that somebody decided are not meant"
    ),
    Field(name="events.type", type="keyword", multi=True, facet=True, meaning="what happens"),
    Field(name="events.asserted", type="keyword", multi=True, meaning="events the article itself asserts"),
    Field(name="events.cameo", type="keyword", multi=True, facet=True, meaning="CAMEO codes"),
    Field(name="events.plover", type="keyword", multi=True, facet=True, meaning="PLOVER event types"),
    Field(name="failures", type="keyword", multi=True, meaning="extractors that failed"),
    Field(name="pipeline", type="keyword", meaning="version of the pipeline"),
    Field(name="extra", type="flattened", meaning="the producer's own fields"),
)

BY_NAME: Final[dict[str, Field]] = {field.name: field for field in FIELDS}
DEFAULT_FIELDS: Final = ("title", "body")
"""Where words without a field are looked for."""
