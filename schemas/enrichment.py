"""EnrichedArticle: the article plus everything that was found in it, each finding with its evidence.

A span counts Unicode code points, half open, into `body` or `title`. A finding that is not there was not found; a
number that was denied is there with `negated`: absent is not zero.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from schemas.article import Article, CountryCode
from schemas.base import Record, UtcTime

TextField = Literal["body", "title"]
EntityType = Literal["person", "organisation", "location", "nationality"]
Precision = Literal["country", "admin1", "city", "site", "region"]
LocationRole = Literal["event", "venue", "origin", "dateline", "metonym", "mentioned"]
FigureKind = Literal[
    "killed",
    "injured",
    "casualties",
    "missing",
    "detained",
    "released",
    "abducted",
    "displaced",
    "hospitalised",
    "executed",
    "sentenced",
]
Qualifier = Literal["exact", "at_least", "at_most", "about", "range", "vague", "bare_plural"]
Scope = Literal["incident", "cumulative", "incremental", "rate", "background"]
TollStatus = Literal["stated", "denied", "not_reported"]
SanctionStage = Literal[
    "discussed",
    "threatened",
    "proposed",
    "adopted",
    "listed",
    "amended",
    "in_force",
    "lifted",
    "evaded",
    "enforced",
    "opposed",
]
SanctionMode = Literal["explicit", "implicit"]
PerpetratorBasis = Literal["stated", "inferred"]
Factuality = Literal["asserted", "claimed", "hedged", "scheduled", "denied"]
Mode = Literal["live", "backfill"]


class Span(Record):
    """A stretch of text: `text[start:end]` in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    field: TextField = "body"
    """Which text the offsets count into."""


class Evidence(Record):
    """What every finding carries, so that a person can check it."""

    span: Span
    """The words that say it."""
    sentence: Span
    """The sentence around them."""
    rule: str
    """Id of the rule that fired, `package.rule_name`."""
    confidence: float = Field(ge=0, le=1)
    """How sure the rule is, 0 to 1; comparable within one kind of finding only."""


class Merge(Record):
    """Words that name or mean an entity without being its name, and why they are taken for it."""

    span: Span
    reason: str
    """Id of the rule that joined them, `names.rule_name`: surname, initials, acronym, known alias, noun, ..."""


class Entity(Record):
    """One person, organisation, location or nationality, with all its mentions in the article."""

    type: EntityType
    name: str
    """Canonical name: the fullest form printed, or the known name of a well-known body."""
    mentions: tuple[Span, ...]
    """Where it is named, in reading order; title before body. Never empty."""
    title: str | None = None
    """Title or role printed with the name ("foreign minister"). None means none was printed."""
    country: CountryCode | None = None
    """Country the person or body belongs to, from the text or the table of known bodies. None means not known."""
    rule: str
    """Id of the rule that classified the first mention."""
    confidence: float = Field(ge=0, le=1)
    country_rule: str | None = None
    """Id of the rule that told the country. None when there is no country, or the words of the name state it."""
    merges: tuple[Merge, ...] = ()
    """Those of the mentions that print another form than `name`, each with the reason it is the same entity."""
    references: tuple[Merge, ...] = ()
    """Nouns that mean the entity without naming it ("the ministry"); not among the mentions."""


class Point(Record):
    """WGS 84, decimal degrees."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class Location(Record):
    """One place in one role, resolved to a point on the map."""

    name: str
    """Name in the gazetteer."""
    mentions: tuple[Span, ...]
    """Where it is named in this role. Never empty."""
    geonames_id: int | None = None
    """None means the gazetteer has no GeoNames id for it."""
    country: CountryCode | None = None
    """None for regions that span countries, seas and the like."""
    admin1: str | None = None
    """Name of the first-level division. None means unknown or not applicable."""
    point: Point | None = None
    """None means the place is known by name only."""
    precision: Precision
    role: LocationRole
    """event: something happened there; venue: a meeting is held there; origin: somebody is from there; dateline: the
    report was filed there; metonym: it stands for a government; mentioned: none of these."""
    confidence: float = Field(ge=0, le=1)
    """Margin to the runner-up among the senses of the name."""
    rule: str
    former_name: str | None = None
    """The former name that the article prints, with its official years: "Nur-Sultan (2019-2022)". None means none."""


class Perpetrator(Record):
    """Who did it to the people of a figure, as its own sentence says."""

    name: str
    """As printed, without article and number: gunmen, security forces, the name of a body."""
    span: Span
    basis: PerpetratorBasis
    """stated: subject or "by" of the verb; inferred: somebody is blamed for the attack, or claims it."""


class Figure(Evidence):
    """How many people something happened to, as one statement in the text."""

    kind: FigureKind
    best: int | None = Field(default=None, ge=0)
    """The number printed. None for vague quantities, bare plurals and ranges."""
    low: int | None = Field(default=None, ge=0)
    """Lower bound. None means no lower bound was stated ("up to 300")."""
    high: int | None = Field(default=None, ge=0)
    """Upper bound. None means open ("at least 12", "dozens")."""
    qualifier: Qualifier
    scope: Scope = "incident"
    """incident: of the event reported; cumulative: a running total; incremental: more than known before; rate: per unit
    of time; background: an earlier or other event."""
    negated: bool = False
    """True for "no one was killed" (best 0) and for numbers that somebody denies."""
    hypothetical: bool = False
    """True for what could, might or would happen; never part of a toll."""
    hedged: bool = False
    """True for feared, presumed, alleged, unconfirmed."""
    disputed: bool = False
    """True when the text denies, revises or withdraws the number."""
    victims: tuple[str, ...] = ()
    """What the people are, as terms (civilians, soldiers, children, protesters); the printed noun, lower case."""
    perpetrator: Perpetrator | None = None
    """Who did it. None means that the sentence does not say."""
    attributed_to: str | None = None
    """Who says so, as printed. None means the article itself."""
    as_of: date | None = None
    """The day for which the number holds, resolved against the publication date. None means not stated."""
    period: str | None = None
    """The stretch of time counted, as printed ("since 2011"). None means not stated."""
    place: str | None = None
    """Name of the article's location the number belongs to. None means not tied to one."""
    part_of: int | None = Field(default=None, ge=0)
    """Index in `figures` of the figure that this one is a subset of. None means it stands alone."""


class Toll(Record):
    """The one statement of the article about one kind of figure."""

    status: TollStatus
    """stated: there is a number; denied: the text says none; not_reported: the text says nothing."""
    low: int | None = None
    """None means no lower bound was stated."""
    best: int | None = None
    """The number to act on: the printed one, else the lower bound of a vague or open statement. None unless stated;
    0 when denied."""
    high: int | None = None
    """None means open or not stated."""
    supported_by: tuple[int, ...] = ()
    """Indices in `figures`."""
    disputed: bool = False
    """True when sources in the article contradict each other about it."""


class SanctionMention(Evidence):
    """One mention of a sanctions measure, or a hint at one."""

    measure: str
    """Kind of measure: sanctions, asset_freeze, travel_ban, arms_embargo, trade_embargo, export_control, price_cap,
    designation, delisting, secondary_sanctions, counter_sanctions, restrictive_measures, financial_ban, flight_ban,
    measures (implicit)."""
    stage: SanctionStage
    mode: SanctionMode
    """implicit: the text hints at measures without naming sanctions; never adopted or listed."""
    issuers: tuple[str, ...] = ()
    """Who acts: ISO 3166-1 alpha-2, or a body: EU, UN, G7, ECOWAS, AFRICAN_UNION (AU is Australia), ARAB_LEAGUE, GCC,
    OAS, SADC, ECCAS, UEMOA, ASEAN, MERCOSUR, CARICOM, COE, COMMONWEALTH, OSCE, NATO. Empty means not stated."""
    targets: tuple[str, ...] = ()
    """Country codes of those acted against, or EU for counter-sanctions. Empty means not stated."""
    target_names: tuple[str, ...] = ()
    """Persons and organisations named as targets, as printed."""


class Allowed(Record):
    """Somebody decided that a match is not the listed one."""

    by: str
    at: UtcTime
    reason: str


class ListMatch(Evidence):
    """A name in the text that is on a sanctions list."""

    name: str
    """The listed name that matched."""
    list: str
    """Id of the list."""
    entry_id: str
    snapshot: date
    """Date of the list that was searched."""
    score: float = Field(ge=0, le=1)
    why: str
    """What matched, what corroborates it and what speaks against it, in words."""
    allowed: Allowed | None = None
    """The decision that this is somebody else; such a match is shown and does not alert. None means none was taken."""


class Sanctions(Record):
    """What the article says about sanctions."""

    flagged: bool = False
    """True when there is at least one mention."""
    mode: SanctionMode | None = None
    """explicit when any mention is. None means not flagged."""
    stage: SanctionStage | None = None
    """The stage that matters most among the mentions. None means not flagged."""
    mentions: tuple[SanctionMention, ...] = ()
    issuers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    list_matches: tuple[ListMatch, ...] = ()


class Event(Evidence):
    """Something in the news: protest, mass_detention, attack, state_of_emergency, lethal_force_order, ..."""

    type: str
    cameo: str | None = None
    """CAMEO code (arrest is 173). None means the scheme has none."""
    plover: str | None = None
    """PLOVER event type (COERCE, PROTEST, ASSAULT...). None means the scheme has none."""
    factuality: Factuality = "asserted"
    claimed_by: str | None = None
    """Who says so when the article does not itself. None means the article asserts it."""
    date: str | None = None
    """Date as printed or resolved (ISO 8601). None means not stated."""
    place: str | None = None
    """Name of the article's location the event is tied to. None means not tied to one."""
    figures: tuple[int, ...] = ()
    """Indices in `figures` of those that count the event's people. Empty means none is tied to it."""


class Claim(Record):
    """Who says what."""

    speaker: str
    verb: str
    span: Span
    """The reported words."""


class Rejected(Record):
    """A candidate that was considered and refused."""

    text: str
    span: Span
    considered_as: str
    """What it might have been: figure, location, person, sanctions..."""
    reason: str
    winner: str | None = None
    """What the words are taken for instead. None means that they are taken for nothing."""


class Failure(Record):
    """An extractor that failed, or does not read the article's language; the others' results stand."""

    extractor: str
    error: str
    """Type and message, without article text."""


class Provenance(Record):
    """What made this record."""

    pipeline: str
    """Version of the pipeline."""
    data: dict[str, str] = Field(default_factory=dict)
    """Version of each data set used, by name."""


class Enrichment(Record):
    """Everything found in one article. A pure function of article, pipeline version and data version."""

    language: str | None = None
    """ISO 639-1. None means too little text to tell."""
    entities: tuple[Entity, ...] = ()
    locations: tuple[Location, ...] = ()
    countries: tuple[CountryCode, ...] = ()
    """Where it happens: countries of locations whose role is event, most important first. When no location has that
    role, all countries that are mentioned."""
    primary_country: CountryCode | None = None
    """The first of `countries`. None means no country was found."""
    mentioned_countries: tuple[CountryCode, ...] = ()
    """All countries of the locations and nationalities, most important first."""
    figures: tuple[Figure, ...] = ()
    toll: dict[FigureKind, Toll] = Field(default_factory=dict)
    """One entry per kind, all kinds present; empty when figures were not read (`failures` says why)."""
    sanctions: Sanctions = Sanctions.model_construct()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    failures: tuple[Failure, ...] = ()
    provenance: Provenance


class EnrichedArticle(Article):
    """The article with its enrichment; `id`, `observed_at` and `source.domain` are filled."""

    enrichment: Enrichment
    mode: Mode = "live"
    """backfill: it came from `tocsin.articles.backfill`; its alerts are recorded, never delivered."""
