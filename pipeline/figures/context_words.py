"""What the figure rules need to know of a language's function words, and of words that change what a number means."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from pipeline.figures.phrases import NO_PHRASES, Phrases
from schemas.enrichment import FigureKind


class Frame(Struct, frozen=True):
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
    triggers: frozenset[str] = frozenset()
    """What is said to have happened, by this word. Empty: any word."""
    few: int = 0
    """Fewer than so many are said to be meant, or nobody says how many. 0: no condition."""


class ContextWords(Struct, frozen=True, kw_only=True):
    """Function words, and words that change what a number means."""

    classes: Mapping[str, str]
    """Token class of a single word, one letter; see `pipeline.figures.items`."""
    either: frozenset[str] = frozenset()
    """Conjunctions that leave it open which of two things happened."""
    perfects: frozenset[str] = frozenset()
    """Auxiliaries of the active perfect ("rebels HAVE killed")."""
    interposed: frozenset[str] = frozenset()
    """Words between an auxiliary of the perfect and its verb ("have SINCE been freed")."""
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
    indefinite: frozenset[str] = frozenset()
    """Those of them after which stand people not spoken of before ("SOME civilians")."""
    present_forms: frozenset[str] = frozenset()
    """Auxiliaries of what is done ever again ("they ARE killed")."""
    one_pronouns: frozenset[str] = frozenset()
    """Subjects that stand for one person ("HE was killed")."""
    many_pronouns: frozenset[str] = frozenset()
    """Subjects that stand for people ("THEY were killed")."""
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
    small_months: bool = False
    """Whether months are printed with a small letter, and always after the day."""
    verb_months: frozenset[str] = frozenset()
    """Months that are also verbs, and so need a capital and a date around them."""
    weekdays: Mapping[str, int] = field(default_factory=dict)
    relative_days: Mapping[str, int] = field(default_factory=dict)
    """Words for a day, and how many days before publication it is."""
    period_openers: Phrases[None] = NO_PHRASES
    units_of_time: frozenset[str] = frozenset()
    long_units: frozenset[str] = frozenset()
    """Units of time that make a period one of months or years."""
    plural_units_of_time: frozenset[str] = frozenset()
    """Units in which anniversaries are counted."""
    short_times: frozenset[str] = frozenset()
    """Units of time in the plural that a rate is given in ("every 11 MINUTES")."""
    marking: frozenset[str] = frozenset()
    """Verbs of anniversaries ("MARKS ten years")."""
    year_counters: frozenset[str] = frozenset()
    """Words that count from an old event ("20 years SINCE")."""
    at_which: frozenset[str] = frozenset()
    """Words that tell what happened at a time just named ("since 2011, WHEN 200 people drowned")."""
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
    unknown: frozenset[str] = frozenset()
    """Words with which a negation says that nobody knows, not that there are none ("have not RULED out casualties")."""
    asking: frozenset[str] = frozenset()
    """Words with which a vague quantity says no number ("HOW many died", "AS many are missing")."""
    among: frozenset[str] = frozenset()
    """Words that make an inverted count a part: "AMONG the dead were three nurses"."""
    camera_verbs: frozenset[str] = frozenset()
    camera_words: frozenset[str] = frozenset()
    """With one of these in the sentence, a camera verb takes pictures."""
    realised: frozenset[str] = frozenset()
    """Words after which an infinitive did happen ("went on to kill")."""
    infinitive: str = ""
    confessions: frozenset[str] = frozenset()
    """Words with which what follows "to" was done ("CONFESSED to killing two")."""
    perfect: str = ""
    """Auxiliary that, after a guess, speaks of the past."""
    modals: frozenset[str] = frozenset()
    expectations: frozenset[str] = frozenset()
    """Words between a toll and its number that make it a forecast ("is EXPECTED to reach 50")."""
    guesses: frozenset[str] = frozenset()
    """Modals that, with the perfect, guess at something past ("may have drowned")."""
    conditionals: frozenset[str] = frozenset()
    fiction: frozenset[str] = frozenset()
    hedges: frozenset[str] = frozenset()
    denials: frozenset[str] = frozenset()
    parts_in: frozenset[str] = frozenset()
    """What is denied of somebody, and not of what happened ("denied INVOLVEMENT in")."""
    withdrawals: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    """What a number is called when somebody denies it ("a CLAIM that the army rejected")."""
    cumulative: Phrases[None] = NO_PHRASES
    """Phrases that make a number a running total."""
    wars: frozenset[str] = frozenset()
    """What lasts so long that who it "has killed" is a total of months or years."""
    comparisons: Phrases[None] = NO_PHRASES
    """Phrases after which stands what the news is compared with ("DOWN FROM 119 last year")."""
    raising: frozenset[str] = frozenset()
    """Words of `cumulative` that speak of the number after them only ("BRINGING the toll to 31")."""
    definite: frozenset[str] = frozenset()
    """Words before the year that an event bears ("THE 2011 tsunami")."""
    legal_bases: frozenset[str] = frozenset()
    """Words before those with which the year is that of a law ("UNDER the 2020 law")."""
    superlatives: frozenset[str] = frozenset()
    """Words with which "since" names an old event ("the DEADLIEST attack since 2019")."""
    share_opener: str = ""
    """Word before the number that a rate is given for ("18 murders PER 100,000 people")."""
    rate_openers: frozenset[str] = frozenset()
    weak_rate_opener: str = ""
    """The opener that counts only after the trigger ("killed two A day")."""
    rate_words: frozenset[str] = frozenset()
    not_rate_followers: frozenset[str] = frozenset()
    background: Phrases[None] = NO_PHRASES
    """Phrases that put a number into the past."""
    ago: Phrases[None] = NO_PHRASES
    """Phrases that do so before a number of years ("HACE diez años", "IL Y A dix ans")."""
    background_nouns: frozenset[str] = frozenset()
    month_prepositions: frozenset[str] = frozenset()
    """Words before a month at the beginning in which something happened ("IN January, 30 died")."""
    others_like: frozenset[str] = frozenset()
    """Words before an event that is not the one of the news ("a SIMILAR attack that left 19 dead")."""
    offence_links: frozenset[str] = frozenset()
    """Words between those sentenced or freed and what they had done ("jailed FOR protests in 2020")."""
    present_perfects: frozenset[str] = frozenset()
    """Auxiliaries of what goes on ("the war HAS killed 9,000")."""
    same: frozenset[str] = frozenset()
    """Words with which it is an offence spoken of before ("hanged two men for the SAME crime in 2016")."""
    past_perfects: frozenset[str] = frozenset()
    """Auxiliaries of what was said before ("HAD put the toll at 40")."""
    earlier: frozenset[str] = frozenset()
    """Words that with them say that it was revised ("had EARLIER said")."""
    at_first: frozenset[str] = frozenset()
    """Words beside a verb of saying with which it was revised later ("INITIALLY said")."""
    falsehoods: frozenset[str] = frozenset()
    """Words after what is reported with which it did not happen ("reports that two died turned out to be FALSE")."""
    hearsay: frozenset[str] = frozenset()
    """Nouns for what is reported ("RUMOURS that two died were untrue")."""
    revisions: frozenset[str] = frozenset()
    """Words before a number that say it is superseded ("from an EARLIER 38")."""
    setting_at: frozenset[str] = frozenset()
    """Those of `said` that give a number with "at" ("had PUT the toll at 40")."""
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
    age_units: frozenset[str] = frozenset()
    """Units of an age that stands after a person ("una mujer de 38 AÑOS")."""
    age_links: frozenset[str] = frozenset()
    """Words between a person and an age without a unit ("su hermano DE 12")."""
    ratio_word: str = ""
    """The shortest of them, which makes a ratio of any two small numbers ("3 IN 20")."""
    ratio_wholes: frozenset[int] = frozenset()
    """The wholes of ratios, where the same word makes a part of people ("семь ИЗ ДЕСЯТИ", "трое из семи заложников").
    Empty: any small number."""
    ratio_links: Phrases[None] = NO_PHRASES
    """Words between the numbers of a ratio ("7 IN 10", "7 OUT OF 10")."""
    year_prepositions: frozenset[str] = frozenset()
    elided_of: tuple[str, ...] = ()
    """Begins of words that are "of" and an article in one: "la mort D'UN policier"."""
    of_the: frozenset[str] = frozenset()
    """Words that are "of" and "the" in one: "trois DES sept otages"."""
    joiners_of_days: frozenset[str] = frozenset()
    day_links: frozenset[str] = frozenset()
    """Words between a day and its month ("12 DE mayo")."""
