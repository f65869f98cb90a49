"""What the figure rules need to know about a language. The rules themselves name no word.

Another language is another module that builds one `Lexicon`, and one entry in `pipeline.figures.find.LEXICONS`.
Every word is in lower case with straight apostrophes and hyphens, as `Token.lower` is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from pipeline.figures.phrases import Phrases, sequences
from schemas.enrichment import FigureKind

NO_PHRASES: Final = sequences("")

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


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """Numbers in words, and the words around a number that bound it."""

    units: Mapping[str, int]
    """Number words below 100."""
    multipliers: Mapping[str, int]
    """hundred, thousand, million, lakh, dozen..."""
    suffixes: Mapping[str, int] = field(default_factory=dict)
    """Letters joined to digits: "2m"."""
    joiners: frozenset[str] = frozenset()
    """Words inside a number ("two hundred AND five")."""
    half: str = ""
    articles: frozenset[str] = frozenset()
    """Words that read as 1 before a multiplier ("a hundred")."""
    vague: Phrases[int]
    """Quantities without a number, and their lower bound: "dozens" is at least 24."""
    bounds_before: Phrases[str]
    """Phrases before a number that set its qualifier (exact, at_least, at_most, about)."""
    bounds_after: Phrases[str]
    range_words: frozenset[str] = frozenset()
    """Words between the ends of a range ("6 TO 8")."""
    range_openers: Mapping[str, str] = field(default_factory=dict)
    """Word that opens a range, and the word between its ends ("between ... and")."""
    increments: frozenset[str] = frozenset()
    """Words that say "more than known before"."""
    anaphors: frozenset[str] = frozenset()
    """Words that stand for people after a number: others, more."""
    rough: frozenset[str] = frozenset()
    """Multipliers that say about how many: French "centaine"."""
    inner: Mapping[str, int] = field(default_factory=dict)
    """Words that are numbers only inside a larger one: "trente et UN"."""
    joins_tens: bool = False
    """Whether a joiner stands between tens and ones: "treinta y cinco"."""
    pairs: frozenset[str] = frozenset()
    """Words that count two of those already named ("BOTH policemen")."""
    part_pronouns: frozenset[str] = frozenset()
    """Words after "of" that make a number a part: "four of THEM"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerWords:
    """What happened to people."""

    words: Mapping[str, Trigger]
    nominal: Mapping[str, FigureKind] = field(default_factory=dict)
    """Verbs that are nouns when "of" follows ("the arrest of 12")."""
    phrases: Phrases[Trigger | str]
    """Triggers of several words; the value may be a token class instead ("x" hides the phrase from the rules)."""
    events: Mapping[str, FigureKind]
    """Nouns counted themselves: "9 deaths"."""
    guarded_events: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Counted nouns that need one of these words in the sentence ("17 lives" needs "lost")."""
    counted_once: frozenset[str] = frozenset()
    """Counted nouns that count one after an article ("UN muerto")."""
    premodifiers: Mapping[str, FigureKind] = field(default_factory=dict)
    """Participles between a number and its noun: "52 injured people"."""
    toll_links: frozenset[str] = frozenset()
    """Words that may stand directly before the number of a toll."""
    weak: frozenset[str] = frozenset()
    """Verbs that take things as readily as people, so that their object must be a known noun."""
    body_words: frozenset[str] = frozenset()
    """Words that make "the ... of nine people" a count of the dead by themselves."""
    judicial: frozenset[str] = frozenset()
    """Words that make an execution one by a court."""
    executions: frozenset[str] = frozenset()
    unharmed: frozenset[str] = frozenset()
    suffering: frozenset[str] = frozenset()
    """Verbs that make people injured with one of the wounds after them ("SUSTAINED severe burns")."""
    wounds: frozenset[str] = frozenset()
    carrying: frozenset[str] = frozenset()
    """Participles that put people into a hospital named after them ("TAKEN to a nearby hospital")."""
    carried_to: frozenset[str] = frozenset()
    hospitals: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    """Verbs of custody that pass a sentence when a term follows ("JAILED for five years")."""
    term_word: str = ""
    term_units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NounWords:
    """Who and what is counted."""

    people: frozenset[str]
    """Nouns for several people, and collective nouns."""
    person: frozenset[str]
    """Nouns for one person."""
    people_suffixes: tuple[str, ...] = ()
    person_suffixes: tuple[str, ...] = ()
    unlisted_suffixes: tuple[str, ...] = ()
    """Ends of nouns in no list that may be people."""
    modifiers: frozenset[str] = frozenset()
    """Words of other classes that may stand before a noun for people ("two SUSPECTED rebels")."""
    aboard: Phrases[None] = NO_PHRASES
    """Words after a count of those in a vehicle ("62 people ABOARD")."""
    carrying: frozenset[str] = frozenset()
    """Words before it ("CARRYING 62 people")."""
    things: Mapping[str, str]
    """Nouns that are not people, with the reason for refusing a number before them."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A setting in which a word of harm or custody means something else: sport, employment, school, markets."""

    reason: str
    kinds: frozenset[FigureKind]
    unless: frozenset[str]
    """With one of these in the sentence, the word is meant as it stands."""
    nouns: frozenset[str] = frozenset()
    """Whom the frame is about. Empty: anybody."""
    subjects: frozenset[str] = frozenset()
    """Who does it, before an active verb. Empty: anybody."""
    words: frozenset[str] = frozenset()
    """One of these is in the sentence. Empty: no condition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextWords:
    """Function words, and words that change what a number means."""

    classes: Mapping[str, str]
    """Token class of a single word, one letter; see `pipeline.figures.items`."""
    either: frozenset[str] = frozenset()
    """Conjunctions that leave it open which of two things happened."""
    perfects: frozenset[str] = frozenset()
    """Auxiliaries of the active perfect ("rebels HAVE killed")."""
    pronouns: frozenset[str] = frozenset()
    """Words that are the subject when they stand before the auxiliary ("rebels fear that HE was killed")."""
    possessive: str = ""
    """An auxiliary that joins two nouns when no verb follows ("Orle'S mayor")."""
    singular_verbs: frozenset[str] = frozenset()
    """Auxiliaries that no plural subject has."""
    be_forms: frozenset[str] = frozenset()
    """Auxiliaries that make a participle passive."""
    adverbs: frozenset[str] = frozenset()
    """Words that carry no structure and are skipped."""
    adverb_suffix: str = ""
    not_adverbs: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    """Words that open a noun phrase."""
    skipped_determiners: frozenset[str] = frozenset()
    """Determiners that carry no structure when no noun for people follows."""
    nobody: frozenset[str] = frozenset()
    anyone: frozenset[str] = frozenset()
    no_one: str = ""
    """Word that makes "nobody" with a negative determiner ("no ONE")."""
    zero_determiners: frozenset[str] = frozenset()
    """Words that make a count of none."""
    zero_if_negated: str = ""
    """The one of them that needs a negation before it ("any")."""
    report_words: frozenset[str] = frozenset()
    """Words that may follow "no" in "no immediate reports of casualties"."""
    report_nouns: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    months: Mapping[str, int] = field(default_factory=dict)
    verb_months: frozenset[str] = frozenset()
    """Months that are also verbs, and so need a capital and a date around them."""
    weekdays: Mapping[str, int] = field(default_factory=dict)
    relative_days: Mapping[str, int] = field(default_factory=dict)
    """Words for a day, and how many days before publication it is."""
    period_openers: Phrases[None] = NO_PHRASES
    units_of_time: frozenset[str] = frozenset()
    plural_units_of_time: frozenset[str] = frozenset()
    """Units in which anniversaries are counted."""
    short_times: frozenset[str] = frozenset()
    """Units of time in the plural that a rate is given in ("every 11 MINUTES")."""
    marking: frozenset[str] = frozenset()
    """Verbs of anniversaries ("MARKS ten years")."""
    year_counters: frozenset[str] = frozenset()
    """Words that count from an old event ("20 years SINCE")."""
    stretches: frozenset[str] = frozenset()
    """Words that make it a stretch of time instead ("IN the 20 years since")."""
    dreads: frozenset[str] = frozenset()
    """Words before "being killed" that keep it unreal ("FEAR being killed")."""
    being: str = ""
    frames: tuple[Frame, ...] = ()
    metaphor_agents: frozenset[str] = frozenset()
    """What captures hearts only ("arrested by the BEAUTY of Rome")."""
    agent_word: str = ""
    intents: Mapping[str, str] = field(default_factory=dict)
    """Words that make a following infinitive a plan, threat or attempt, and the reason for refusing its number."""
    among: frozenset[str] = frozenset()
    """Words that make an inverted count a part: "AMONG the dead were three nurses"."""
    camera_verbs: frozenset[str] = frozenset()
    camera_words: frozenset[str] = frozenset()
    """With one of these in the sentence, a camera verb takes pictures."""
    realised: frozenset[str] = frozenset()
    """Words after which an infinitive did happen ("went on to kill")."""
    infinitive: str = ""
    perfect: str = ""
    """Auxiliary that, after a guess, speaks of the past."""
    modals: frozenset[str] = frozenset()
    guesses: frozenset[str] = frozenset()
    """Modals that, with the perfect, guess at something past ("may have drowned")."""
    conditionals: frozenset[str] = frozenset()
    fiction: frozenset[str] = frozenset()
    hedges: frozenset[str] = frozenset()
    denials: frozenset[str] = frozenset()
    withdrawals: frozenset[str] = frozenset()
    cumulative: Phrases[None] = NO_PHRASES
    """Phrases that make a number a running total."""
    rate_openers: frozenset[str] = frozenset()
    weak_rate_opener: str = ""
    """The opener that counts only after the trigger ("killed two A day")."""
    rate_words: frozenset[str] = frozenset()
    not_rate_followers: frozenset[str] = frozenset()
    background: Phrases[None] = NO_PHRASES
    """Phrases that put a number into the past."""
    background_nouns: frozenset[str] = frozenset()
    revisions: frozenset[str] = frozenset()
    """Words before a number that say it is superseded ("from an EARLIER 38")."""
    said: frozenset[str] = frozenset()
    """Verbs of saying."""
    not_said: frozenset[str] = frozenset()
    """Objects that no one says: "claimed 12 LIVES"."""
    according: Phrases[None] = NO_PHRASES
    """Phrases that a speaker follows."""
    collective_objects: frozenset[str] = frozenset()
    """What only a metaphor kills: "crush a people"."""
    metaphor_verbs: frozenset[str] = frozenset()
    activity_nouns: frozenset[str] = frozenset()
    activity_modifiers: frozenset[str] = frozenset()
    order_nouns: frozenset[str] = frozenset()
    order_markers: tuple[str, ...] = ()
    """Ends of a compound that is an order, not a deed ("shoot-TO-KILL")."""
    number_labels: Mapping[str, str] = field(default_factory=dict)
    """Words before a number that make it a name or label, with the reason ("Flight 370")."""
    losses: frozenset[str] = frozenset()
    """Nouns after "millions in" that make it money."""
    percent: Phrases[None] = NO_PHRASES
    money: frozenset[str] = frozenset()
    age_words: frozenset[str] = frozenset()
    age_joiners: frozenset[str] = frozenset()
    """Words that may follow an age after a name ("Anna, 11 AND her brother")."""
    age_endings: tuple[str, ...] = ()
    ratio_word: str = ""
    """The shortest of them, which makes a ratio of any two small numbers ("3 IN 20")."""
    ratio_links: Phrases[None] = NO_PHRASES
    """Words between the numbers of a ratio ("7 IN 10", "7 OUT OF 10")."""
    year_prepositions: frozenset[str] = frozenset()
    joiners_of_days: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StoryWords:
    """Words with which an article tells a story ("In the film, ...", "The novel opens ..."). Empty: none is known."""

    works: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    """Words before "the film"."""
    articles: frozenset[str] = frozenset()
    tells: frozenset[str] = frozenset()
    """Verbs of which the work is the subject."""
    not_the_work: frozenset[str] = frozenset()
    """Words after the name of a work with which it is no story: "in the film INDUSTRY"."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language."""

    numbers: NumberWords
    triggers: TriggerWords
    nouns: NounWords
    context: ContextWords
    stories: StoryWords = StoryWords()
    grammar: frozenset[str] = frozenset()
    """Word orders of the language that its rules need: see `pipeline.figures.patterns.Rule.grammar`."""
