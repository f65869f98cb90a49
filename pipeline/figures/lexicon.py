"""What the figure rules need to know about a language. The rules themselves name no word.

Another language is another module that builds one `Lexicon`, and one entry in `pipeline.figures.languages`.
Every word is in lower case with straight apostrophes and hyphens, as `Token.lower` is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct, field

from pipeline.figures.context_words import ContextWords
from pipeline.figures.phrases import NO_PHRASES, Phrases
from schemas.enrichment import FigureKind

NO_BLAMES: Final = Phrases[str]({})

Form = Literal["participle", "active", "passive_only", "intransitive", "adjective", "nominal", "toll"]
"""How a trigger binds its number.

participle: after the number or before it ("12 were killed", "killed 12"); active: before it ("kills 12"); passive_only:
after it ("12 are being held"); intransitive: after it, no auxiliary needed ("12 died"); adjective: after it, next to
it or after an auxiliary ("12 dead", "12 are still missing"); nominal: before it with "of" ("murder of 12"); toll:
before it with a linking word ("death toll rose to 12").
"""


class Trigger(Struct, frozen=True):
    """A word or phrase that says what happened to people."""

    kind: FigureKind | None
    """None: the kind is that of the figure before ("the total")."""
    form: Form


class Kinded(Struct, frozen=True):
    """A token class of `pipeline.figures.items`, with the kind that its phrase is about."""

    letter: str
    kind: FigureKind
    reason: str | None = None
    """Why none is not certain: that no report says it."""


class NumberWords(Struct, frozen=True, kw_only=True):
    """Numbers in words, and the words around a number that bound it."""

    units: Mapping[str, int]
    """Number words below 100."""
    multipliers: Mapping[str, int]
    """hundred, thousand, million, lakh, dozen..."""
    suffixes: Mapping[str, int] = field(default_factory=dict)
    """Letters joined to digits: "2m"."""
    joiners: frozenset[str] = frozenset()
    """Words inside a number ("two hundred AND five")."""
    split_groups: bool = True
    """Whether "7, 939" may be a number that editing split at its thousands; not where a comma is no such mark."""
    half: str = ""
    halves: frozenset[str] = frozenset()
    """Words that halve the multiplier after them ("MEDIO centenar")."""
    partitives: frozenset[str] = frozenset()
    """Words between a multiplier and what is counted ("une trentaine DE blessés")."""
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
    objects: frozenset[str] = frozenset()
    """Forms of numbers in which people are an object ("ДВОИХ задержали")."""
    changes: frozenset[str] = frozenset()
    """Verbs with which a range goes from the old number to the new one ("SUBIÓ de 9 a 12")."""
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
    one_more: Phrases[None] = NO_PHRASES
    """Words that stand for one person more ("ANOTHER was hurt", "A THIRD is missing")."""
    pairs: frozenset[str] = frozenset()
    """Words that count two of those already named ("BOTH policemen")."""
    part_pronouns: frozenset[str] = frozenset()
    """Words after "of" that make a number a part: "four of THEM"."""


class TriggerWords(Struct, frozen=True, kw_only=True):
    """What happened to people."""

    words: Mapping[str, Trigger]
    nominal: Mapping[str, FigureKind] = field(default_factory=dict)
    """Verbs that are nouns when "of" follows ("the arrest of 12")."""
    phrases: Phrases[Trigger | Kinded | str]
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
    keeping: frozenset[str] = frozenset()
    """Active verbs of custody with which hostages are held by kidnappers ("HOLDING 14 hostages")."""
    estimates: frozenset[str] = frozenset()
    """Those triggers without a kind after which somebody gives another number of what was just counted."""
    exceeding: frozenset[str] = frozenset()
    """Those of them with which the toll is more than the number ("PASSED 2,000")."""
    weak: frozenset[str] = frozenset()
    """Verbs that take things as readily as people, so that their object must be a known noun."""
    body_words: frozenset[str] = frozenset()
    """Words that make "the ... of nine people" a count of the dead by themselves."""
    judicial: frozenset[str] = frozenset()
    """Words that make an execution one by a court."""
    executions: frozenset[str] = frozenset()
    unharmed: frozenset[str] = frozenset()
    surviving: frozenset[str] = frozenset()
    """Verbs of living on, which after "none of the 62" tell of 62 dead."""
    suffering: frozenset[str] = frozenset()
    """Verbs that make people injured with one of the wounds after them ("SUSTAINED severe burns")."""
    wounds: frozenset[str] = frozenset()
    carrying: frozenset[str] = frozenset()
    """Participles that put people into a hospital named after them ("TAKEN to a nearby hospital")."""
    carried_to: frozenset[str] = frozenset()
    hospitals: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    """Verbs of custody that pass a sentence when a term follows ("JAILED for five years")."""
    lethal: frozenset[str] = frozenset()
    """Verbs that kill when `lethal_end` follows their object ("BEAT two men to death")."""
    lethal_end: tuple[str, ...] = ()
    not_quite: frozenset[str] = frozenset()
    """Words before it with which they live ("NEARLY to death")."""
    not_kept: frozenset[str] = frozenset()
    """Words after those held with which nobody is in custody ("holding 40 people BACK")."""
    term_word: str = ""
    term_units: frozenset[str] = frozenset()


class NounWords(Struct, frozen=True, kw_only=True):
    """Who and what is counted."""

    people: frozenset[str]
    """Nouns for several people, and collective nouns."""
    person: frozenset[str]
    """Nouns for one person."""
    people_suffixes: tuple[str, ...] = ()
    person_suffixes: tuple[str, ...] = ()
    unlisted_suffixes: tuple[str, ...] = ()
    """Ends of nouns in no list that may be people."""
    adjectival: frozenset[str] = frozenset()
    """Those of `people` that are adjectives after another noun ("12 posiciones MILITARES")."""
    singular: frozenset[str] = frozenset()
    """Those of `people` that are one person without a number: Russian "человека", "журналиста"."""
    plural_suffixes: tuple[str, ...] = ("s",)
    """Ends of a noun in the plural."""
    adjective_suffixes: tuple[str, ...] = ()
    """Ends of adjectives, where the complements of an unknown noun stand after it."""
    parents: frozenset[str] = frozenset()
    """Those of `person` and `people` whose children a number after "of" counts ("a MOTHER of three")."""
    captives: frozenset[str] = frozenset()
    """Those of `people` who are held by kidnappers ("48 HOSTAGES are held")."""
    general: frozenset[str] = frozenset()
    """Those of `people` that say nothing of who they are ("five PEOPLE, two nuns and three boys")."""
    modifiers: frozenset[str] = frozenset()
    """Words of other classes that may stand before a noun for people ("two SUSPECTED rebels")."""
    aboard: Phrases[None] = NO_PHRASES
    """Words after a count of those in a vehicle ("62 people ABOARD")."""
    carrying: frozenset[str] = frozenset()
    """Words before it ("CARRYING 62 people")."""
    things: Mapping[str, str]
    """Nouns that are not people, with the reason for refusing a number before them."""


class StoryWords(Struct, frozen=True):
    """Words with which an article tells a story ("In the film, ...", "The novel opens ..."). Empty: none is known."""

    works: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    """Words before "the film"."""
    articles: frozenset[str] = frozenset()
    tells: frozenset[str] = frozenset()
    """Verbs of which the work is the subject."""
    not_the_work: frozenset[str] = frozenset()
    """Words after the name of a work with which it is no story: "in the film INDUSTRY"."""


class AgentWords(Struct, frozen=True, kw_only=True):
    """Who does it to people, besides the nouns for people and the named bodies. Empty: nobody is looked for."""

    collectives: frozenset[str] = frozenset()
    """Bodies that act as one ("the ARMY", "security FORCES")."""
    modifiers: frozenset[str] = frozenset()
    """Words before such a noun that belong to it ("SECURITY forces")."""
    members: frozenset[str] = frozenset()
    """Words before "of" and the noun that only say how many ("a GROUP of gunmen")."""
    relatives: frozenset[str] = frozenset()
    """Relative pronouns of people only ("gunmen WHO killed 12")."""
    past_suffix: str = ""
    """End of a finite verb in no list."""
    present_suffix: str = ""
    """End of a verb whose subject is that of the clause before ("stormed the church, killING 12")."""
    attacks: frozenset[str] = frozenset()
    """Nouns that "by" and the agent may follow ("in an ATTACK by gunmen")."""
    discoveries: frozenset[str] = frozenset()
    """Words with which "by" names who found them ("FOUND dead by police")."""
    blames: Phrases[str] = NO_BLAMES
    """Words between an attack and those said to be behind it ("an attack CLAIMED BY rebels", value "before"), and words
    after those who say so themselves ("rebels CLAIMED RESPONSIBILITY", value "after")."""


class Lexicon(Struct, frozen=True):
    """One language."""

    numbers: NumberWords
    triggers: TriggerWords
    nouns: NounWords
    context: ContextWords
    stories: StoryWords = StoryWords()
    agents: AgentWords = AgentWords()
    grammar: frozenset[str] = frozenset()
    """Word orders of the language that its rules need: see `pipeline.figures.patterns.Rule.grammar`."""
