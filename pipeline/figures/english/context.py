"""English function words, and the words around a number that change what it means."""

from __future__ import annotations

from typing import Final

from pipeline.figures.context_words import ContextWords
from pipeline.figures.english.frames import FRAMES
from pipeline.figures.phrases import Phrases, listed, sequences

_CLASSES: Final = {
    "B": """was were is are be been being am has have had having get gets got gotten getting remain remains remained
        's 're 've
        isn't aren't wasn't weren't hasn't haven't hadn't""",
    "m": "could would might may will shall should must can can't cannot couldn't wouldn't won't shouldn't",
    "h": """reported feared presumed believed thought known confirmed found pronounced declared considered listed
        alleged suspected
        assumed estimated left made understood said""",
    "l": "leaves leaving leave claims claimed cost costs costing claiming took taking takes",
    "o": "of",
    "t": "to",
    "y": "by",
    "c": "and or but nor & plus",
    "W": "who which that whom whose",
    "w": """when while where after before since because although though if unless until as than once whereas amid during
        following""",
    "p": """in on at near from with within into over under outside inside against for between along alongside across
        around behind beside beyond
        off through throughout toward towards upon per via despite among amongst yesterday today tonight overnight
        monday tuesday
        wednesday thursday friday saturday sunday here there january february march april june july august september
        october
        november december earlier later ago alive last so this yet nationwide worldwide""",
    "s": """believe believes think thinks hope hopes
        says say saying told announced announces reports reporting stated according estimates estimate
        added denied denies
        confirms reveals revealed indicated warned""",
    "v": """stormed attacked marched sent opened fired escaped entered went came began started fought threw burst
        ambushed raided seized
        blocked burned destroyed surrounded launched exploded hurled gathered protested demanded voted walked drove
        ran clashed received
        survived rescued saved joined robbed approached forced struck hit damaged stopped planted placed carried
        detonated surrendered emerged
        laid participated live lives lived attended served guarded""",
    "i": "include includes included",
    "n": "not never n't didn't doesn't don't without",
    "j": "also still already then just only even again both either now",
}


def _classes() -> dict[str, str]:
    table: dict[str, str] = {}
    for letter, words in _CLASSES.items():
        table |= {word: letter for word in words.split() if word not in table}
    return table


_MONTHS: Final = (
    "january jan jan.|february feb feb.|march mar mar.|april apr apr.|may|june jun|july jul|august aug aug.|"
    "september sep sept sep. sept.|october oct oct.|november nov nov.|december dec dec."
).split("|")
_INTENTS: Final = {
    "threat": "threatened threaten threatens threatening threat threats",
    "plot": "plotted plot plots plotting conspired conspiring conspiracy planned plan plans planning",
    "attempt": "tried try tries trying attempted attempt attempts attempting",
    "did not happen": "failed fail fails failing refused refuses",
    "intention": """vowed vow wanted want wants sought seek seeks hoped intended intends promised promises pledged
        ready prepared willing negotiate negotiates negotiating""",
    "order": "ordered order orders instructed instructions authorised authorized permission licence license",
    "demand": """urged asked called calls calling demanded demand demands demanding appealed urging petition petitions
        petitioned plea pleas lobbied lobbying""",
}
_LABELS: Final = {
    "flight number": "flight",
    "article of law": "article articles section sections paragraph chapter clause decree law act",
    "resolution number": "resolution resolutions",
    "road or place number": """route highway road motorway interstate km kilometre kilometer street avenue platform
        gate""",
    "label": """page pages no. nos. number case file channel radio room cell block line phase level stage part covid
        covid-19""",
    "vehicle type": "boeing airbus cessna antonov mi il tu type model mark apollo soyuz",
    "measure": "magnitude category",
}

_EARLIER: Final = frozenset("earlier previous previously initial initially".split())

CONTEXT: Final = ContextWords(
    classes=_classes(),
    either=frozenset({"or"}),
    perfects=frozenset("have has had having 've haven't hasn't hadn't".split()),
    interposed=frozenset({"since"}),
    pronouns=frozenset("he she it i they we you".split()),
    possessive="'s",
    singular_verbs=frozenset("was is has wasn't isn't hasn't".split()),
    be_forms=frozenset("was were is are be been being wasn't weren't isn't aren't".split()),
    adverbs=frozenset("reportedly together alone seriously".split()),
    adverb_suffix="ly",
    not_adverbs=frozenset(
        """family july early assembly supply reply rally italy hourly elderly friendly monthly weekly yearly nightly
        likely fatally deadly nearly emily sicily butterfly apply belly bully police-only daily""".split()
    ),
    determiners=frozenset("a an the one another his her their its our my this these those every each some any".split()),
    indefinite=frozenset({"some"}),
    present_forms=frozenset({"is", "are"}),
    one_pronouns=frozenset({"he", "she"}),
    many_pronouns=frozenset({"they"}),
    skipped_determiners=frozenset("a an the his her their its our my these those".split()),
    nobody=frozenset("nobody noone none".split()),
    anyone=frozenset("anyone anybody".split()),
    no_one="one",
    zero_determiners=frozenset("no any without zero nor neither".split()),
    zero_if_negated="any",
    report_words=frozenset("reports report immediate confirmed word".split()),
    report_nouns=frozenset("reports report".split()),
    negations=frozenset(
        """no not never without n't neither nor none nobody didn't doesn't wasn't weren't isn't aren't hasn't haven't
            hadn't
        don't can't couldn't wouldn't won't shouldn't cannot""".split()
    ),
    months={name: n for n, names in enumerate(_MONTHS, start=1) for name in names.split()},
    verb_months=frozenset({"may", "march"}),
    weekdays={name: n for n, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())},
    relative_days={"today": 0, "yesterday": 1, "overnight": 0, "tonight": 0},
    period_openers=sequences(
        """since | so far | so far this year | so far this month | in the past | in the last | over the past | over
            the last | during the past | during the last | this year
        | this week | this month | to date | last year | within the past"""
    ),
    long_units=frozenset("month months year years decade decades".split()),
    plural_units_of_time=frozenset("years decades".split()),
    short_times=frozenset("seconds minutes hours days weeks months".split()),
    marking=frozenset("marks mark marked marking".split()),
    year_counters=frozenset({"since"}),
    at_which=frozenset({"when"}),
    stretches=frozenset("in over for during within of past last next than".split()),
    dreads=frozenset("fear fears fearing afraid dread dreads dreading risk risks risking avoid avoids scared".split()),
    being="being",
    frames=FRAMES,
    metaphor_agents=frozenset(
        """beauty charm charms sight view views smell scent sound music melody idea thought silence elegance
            colours colors aroma flavour flavor laughter boredom kindness magic""".split()
    ),
    agent_word="by",
    units_of_time=frozenset("day week month year hour minute night".split()),
    intents={word: reason for reason, words in _INTENTS.items() for word in words.split()},
    unknown=frozenset("know knows known knew rule rules ruled ruling exclude excludes excluded clear".split()),
    asking=frozenset({"how", "as", "so", "too"}),
    among=frozenset({"among", "amongst"}),
    camera_verbs=frozenset({"shot"}),
    camera_words=frozenset(
        "photographer photographers camera cameras film films movie book documentary photo photos pictures".split()
    ),
    realised=frozenset("went managed continued used helped proceeded forced had".split()),
    infinitive="to",
    confessions=frozenset("guilty confessed confesses confessing admitted admits admitting".split()),
    perfect="have",
    modals=frozenset(_CLASSES["m"].split()),
    expectations=frozenset("expected likely projected forecast predicted set tipped".split()),
    guesses=frozenset("may might must".split()),
    conditionals=frozenset({"if", "unless", "whether"}),
    fiction=frozenset(
        "film movie novel exercise drill simulation simulated drama thriller scenario fictional video-game".split()
    ),
    hedges=frozenset(
        """feared fear fears presumed believed believe believes thought think thinks reportedly alleged allegedly
            apparently possibly probably unconfirmed suspected may might perhaps
        likely assumed presumably supposedly purportedly""".split()
    ),
    denials=frozenset("denied denies deny denying refuted refutes rejected dismissed".split()),
    parts_in=frozenset(
        """involvement responsibility role part link links connection connections ties knowledge wrongdoing complicity
            participation guilt""".split()
    ),
    claims=frozenset("claim figure figures number numbers toll account allegation".split()),
    withdrawals=frozenset(
        """withdrew retracted retracts withdrawn corrected disputed disputes disputing
        false untrue unfounded baseless""".split()
    ),
    cumulative=sequences(
        """since | so far | to date | in the past | in the last | over the past | over the last | during the past |
            during the last
        | this year | in recent | within the past | for the past | in all | bringing | brings | brought the | raising
        | raises | thus far
        | up to now | in the previous | have now | has now"""
    ),
    wars=frozenset("war wars conflict conflicts insurgency uprising terrorism invasion".split()),
    comparisons=sequences(
        """down from | up from | compared with | compared to | as compared to | in comparison with | as against
        | as opposed to | than last year | than the previous year | than in the same | than in the previous
        | than a year earlier | than a year ago | versus"""
    ),
    raising=frozenset("bringing brings brought raising raises".split()),
    definite=frozenset({"the", "a", "'s"}),
    legal_bases=frozenset({"under", "with", "within"}),
    superlatives=frozenset(
        """deadliest worst biggest largest heaviest bloodiest highest first greatest fiercest strongest gravest
        lowest""".split()
    ),
    share_opener="per",
    rate_openers=frozenset("per a each every".split()),
    weak_rate_opener="a",
    rate_words=frozenset("average daily annually yearly weekly".split()),
    not_rate_followers=frozenset("after before later earlier ago of when following on since".split()),
    background=sequences(
        """years ago | year ago | last year | years after | years before | months ago | decades ago | decade ago |
            world war
        | in the 1970s | in the 1980s | in the 1990s | previous year | years earlier | decades after"""
    ),
    background_nouns=frozenset(
        """anniversary memorial commemorate commemorates commemorating commemorated commemoration honours honors
            remembrance genocide
        historian historians""".split()
    ),
    month_prepositions=frozenset({"in"}),
    others_like=frozenset({"similar", "previous"}),
    offence_links=frozenset("for over convicted accused charged guilty suspected".split()),
    present_perfects=frozenset("has have 've".split()),
    same=frozenset({"same", "similar"}),
    past_perfects=frozenset({"had"}),
    earlier=_EARLIER,
    setting_at=frozenset({"put"}),
    at_first=frozenset({"initially", "originally", "previously"}),
    falsehoods=frozenset("false untrue unfounded baseless".split()),
    hearsay=frozenset("reports report claims claim rumours rumors rumour rumor allegations".split()),
    revisions=_EARLIER | {"from"},
    said=frozenset(
        """said says say saying told reported reports report announced announces stated states confirmed
            confirms claimed claims
        claim estimates estimate estimated added adds acknowledged counted recorded put puts wrote
        denied denies deny
        quoted indicated revealed declared believes believe documented tallied gave gives asserted alleged
        alleges
        insisted insists stress stresses stressed noted notes argued argues explained maintains maintained dismissed
        rejected""".split()
    ),
    not_said=frozenset("lives life responsibility victory".split()),
    according=Phrases(dict.fromkeys(listed("according to | in the words of | as reported by | as per"))),
    collective_objects=frozenset(
        """people nation country democracy hope revolution dream spirit economy bill proposal opposition dissent
            freedom truth peace deal
        truce idea talks""".split()
    ),
    metaphor_verbs=frozenset(
        """crush crushes crushed crushing kill kills killed killing strangle bury murder slaughter massacre
            assassinate execute suffocate
        drown strangled strangling""".split()
    ),
    activity_nouns=frozenset("operations operation offensive offensives manoeuvres maneuvers".split()),
    activity_modifiers=frozenset(
        """combat military main anti-terrorist counter-terrorist counterinsurgency counter-insurgency anti-terror
            counter-terrorism security
        mopping-up clearing rescue""".split()
    ),
    order_nouns=frozenset("order orders policy instructions directive".split()),
    order_markers=("-to-kill", "-on-sight"),
    number_labels={word: reason for reason, words in _LABELS.items() for word in words.split()},
    losses=frozenset(
        "losses damage damages profits debts costs revenue revenues aid ransom cash taxes compensation".split()
    ),
    percent=sequences("per cent | percent | %"),
    money=frozenset("$ £ € ¥ us$ usd eur gbp rs rs. c$ a$".split()),
    age_words=frozenset("aged age ages".split()),
    age_joiners=frozenset({"and", "of"}),
    age_endings=("-year-old", "-year-olds", "-month-old", "-week-old", "-day-old"),
    ratio_word="in",
    ratio_links=sequences("in | in every | out of | out of every"),
    year_prepositions=frozenset("in since during until by of from before after late early".split()),
    joiners_of_days=frozenset(listed("and | or | to | , | - | –")),
)
