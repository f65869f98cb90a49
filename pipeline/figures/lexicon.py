"""What the figure rules need to know about a language. The rules themselves name no word.

Another language is another module that builds one `Lexicon`, and one entry in `pipeline.figures.find.LEXICONS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from schemas.enrichment import FigureKind

Form = Literal["participle", "active", "passive_only", "intransitive", "adjective", "nominal", "toll"]
"""How a trigger binds its number.

participle: after the number or before it ("12 were killed", "killed 12"); active: before it ("kills 12"); passive_only:
after it ("12 are being held"); intransitive: after it, no auxiliary needed ("12 died"); adjective: after it, next to
it or after an auxiliary ("12 dead", "12 are still missing"); nominal: before it with "of" ("murder of 12"); toll:
before it with a linking word ("death toll rose to 12").
"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that says what happened to people."""

    kind: FigureKind | None
    """None: the kind is that of the figure before ("the total")."""
    form: Form


@dataclass(frozen=True, slots=True)
class Vague:
    """A quantity without a number: "dozens" is at least 24."""

    low: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists of one language; every word in lower case with straight apostrophes and hyphens."""

    units: Mapping[str, int]
    """Number words below 100."""
    multipliers: Mapping[str, int]
    """hundred, thousand, million, lakh, dozen..."""
    number_joiners: frozenset[str]
    """Words inside a number ("two hundred AND five")."""
    articles: frozenset[str]
    """Words that read as 1 before a multiplier ("a hundred") and begin a single person ("a guard")."""
    vague: Mapping[tuple[str, ...], Vague]
    """Quantities without a number, as word sequences."""
    bounds_before: Mapping[tuple[str, ...], str]
    """Phrases before a number that set its qualifier (at_least, at_most, about)."""
    bounds_after: Mapping[tuple[str, ...], str]
    range_words: frozenset[str]
    """Words between the ends of a range ("6 TO 8")."""
    range_openers: Mapping[str, str]
    """Word that opens a range, and the word between its ends ("between ... and")."""

    triggers: Mapping[str, Trigger]
    nominal: Mapping[str, FigureKind]
    """Active triggers that are nouns when "of" follows ("the arrest of 12")."""
    phrases: Mapping[tuple[str, ...], Trigger | str]
    """Triggers of several words; the value may be a token class instead ("" hides the phrase from the rules)."""
    events: Mapping[str, FigureKind]
    """Nouns counted themselves: "9 deaths"."""
    guarded_events: Mapping[str, frozenset[str]]
    """Counted nouns that need one of these words in the sentence ("17 lives" needs "lost")."""
    premodifiers: Mapping[str, FigureKind]
    """Participles between a number and its noun: "52 injured people"."""

    people: frozenset[str]
    """Nouns for several people, and collective nouns."""
    person: frozenset[str]
    """Nouns for one person."""
    people_suffixes: tuple[str, ...]
    things: Mapping[str, str]
    """Nouns that are not people, with the reason for refusing a number before them."""
    anaphors: frozenset[str]
    """Words that stand for people after a number: others, more."""
    increments: frozenset[str]
    nobody: frozenset[str]
    anyone: frozenset[str]
    unharmed: frozenset[str]
    zero_determiners: frozenset[str]
    """Words that make a count of none: no, any (after a negation), without."""
    zero_reports: frozenset[str]
    """Words that may follow "no" in "no immediate reports of casualties"."""
    report_nouns: frozenset[str]
    determiners: frozenset[str]
    """Words that open a noun phrase."""
    skipped_determiners: frozenset[str]
    """Determiners that carry no structure when no noun for people follows."""
    part_pronouns: frozenset[str]
    """Words after "of" that make a number a part: "four of THEM"."""
    negations: frozenset[str]

    classes: Mapping[str, str]
    """Token class of a single word, one letter; see `pipeline.figures.items`."""
    be_forms: frozenset[str]
    """Auxiliaries that make a participle passive."""
    body_words: frozenset[str]
    """Words that make "the ... of nine people" a count of the dead by themselves."""
    adverbs: frozenset[str]
    """Words that carry no structure and are skipped."""
    adverb_suffix: str
    not_adverbs: frozenset[str]

    toll_links: frozenset[str]
    """Words that may stand directly before the number of a toll."""
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    relative_days: Mapping[str, int]
    """Words for a day, and how many days before publication it is."""
    period_openers: tuple[tuple[str, ...], ...]
    units_of_time: frozenset[str]

    intents: Mapping[str, str]
    """Words that make a following infinitive a plan, threat or attempt, and the reason for refusing its number."""
    realised: frozenset[str]
    """Words after which an infinitive did happen ("went on to kill")."""
    infinitive: str
    modals: frozenset[str]
    conditionals: frozenset[str]
    fiction: frozenset[str]
    guesses: frozenset[str]
    """Modals that, with "have", guess at something past ("may have drowned")."""
    hedges: frozenset[str]
    denials: frozenset[str]
    withdrawals: frozenset[str]
    cumulative: tuple[tuple[str, ...], ...]
    """Phrases that make a number a running total."""
    rate_openers: frozenset[str]
    rate_words: frozenset[str]
    not_rate_followers: frozenset[str]
    background: tuple[tuple[str, ...], ...]
    """Phrases that put a number into the past."""
    background_nouns: frozenset[str]
    revisions: frozenset[str]
    """Words before a number that say it is superseded ("an earlier 38")."""

    said: frozenset[str]
    """Verbs of saying."""
    according: tuple[tuple[str, ...], ...]
    collective_objects: frozenset[str]
    """What only a metaphor kills: "crush a people"."""
    metaphor_verbs: frozenset[str]
    activity_nouns: frozenset[str]
    activity_modifiers: frozenset[str]
    order_nouns: frozenset[str]
    order_markers: tuple[str, ...]
    """Middle of a compound that is an order, not a deed ("shoot-TO-KILL")."""
    judicial: frozenset[str]
    """Words that make an execution one by a court."""
    executions: frozenset[str]
    number_labels: Mapping[str, str]
    """Words before a number that make it a name or label, with the reason ("Flight 370")."""
    money: frozenset[str]
    age_words: frozenset[str]
    age_endings: tuple[str, ...]
    year_prepositions: frozenset[str]
