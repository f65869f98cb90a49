"""English: the word lists of the figure rules, as data. Sources: own reading of news and the style books' number rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pipeline.figures.english_people import PEOPLE, PEOPLE_SUFFIXES, PERSON, THINGS
from pipeline.figures.lexicon import Form, Lexicon, Trigger, Vague
from schemas.enrichment import FigureKind

_ONES: Final = "zero one two three four five six seven eight nine".split()
_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _units() -> dict[str, int]:
    table = {word: n for n, word in enumerate(_ONES + _TEENS)}
    for tens, word in enumerate(_TENS, start=2):
        table[word] = tens * 10
        table |= {f"{word}-{one}": tens * 10 + n for n, one in enumerate(_ONES) if n}
    del table["zero"]
    return table


def _phrases(*phrases: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in phrases)


def _triggers(kind: FigureKind | None, form: Form, words: str) -> Iterable[tuple[str, Trigger]]:
    return ((word, Trigger(kind, form)) for word in words.split())


TRIGGERS: Final[dict[str, Trigger]] = dict(
    [
        *_triggers(
            "killed",
            "participle",
            "killed slain murdered assassinated massacred executed slaughtered beheaded lynched hanged butchered "
            "annihilated electrocuted crushed shot",
        ),
        *_triggers(
            "killed",
            "active",
            "kill kills killing slay slays slaying murder murders murdering assassinate assassinates assassinating "
            "massacre massacres massacring execute executes executing slaughters slaughtering beheads beheading",
        ),
        *_triggers("killed", "intransitive", "died perished drowned succumbed suffocated dies perish drown die dying"),
        *_triggers("killed", "adjective", "dead"),
        *_triggers(
            "killed",
            "nominal",
            "assassination assassinations killings death deaths slayings execution executions drowning drownings lynching",
        ),
        *_triggers("injured", "participle", "wounded injured hurt maimed"),
        *_triggers("injured", "active", "wound wounds wounding injure injures injuring hurts hurting maims maiming"),
        *_triggers("injured", "nominal", "injury"),
        *_triggers("hospitalised", "participle", "hospitalised hospitalized"),
        *_triggers("hospitalised", "active", "hospitalises hospitalizes hospitalising hospitalizing"),
        *_triggers("missing", "adjective", "missing"),
        *_triggers("missing", "nominal", "disappearance disappearances"),
        *_triggers("missing", "intransitive", "disappeared vanished"),
        *_triggers(
            "detained", "participle", "arrested detained captured jailed imprisoned apprehended nabbed interned"
        ),
        *_triggers(
            "detained",
            "active",
            "arrest arrests arresting detain detains detaining capture captures capturing jail jails jailing imprisons "
            "imprisoning nab nabs apprehends apprehending",
        ),
        *_triggers("detained", "nominal", "detention detentions imprisonment apprehension"),
        *_triggers("detained", "passive_only", "held"),
        *_triggers("released", "participle", "released freed"),
        *_triggers("released", "active", "release releases releasing free frees freeing"),
        *_triggers("released", "nominal", "liberation"),
        *_triggers("abducted", "participle", "kidnapped abducted kidnaped"),
        *_triggers(
            "abducted",
            "active",
            "kidnap kidnaps kidnapping abduct abducts abducting kidnaping",
        ),
        *_triggers("abducted", "nominal", "kidnappings abduction abductions kidnapings"),
        *_triggers("abducted", "adjective", "hostage captive"),
        *_triggers("displaced", "participle", "displaced evacuated uprooted"),
        *_triggers(
            "displaced", "active", "displace displaces displacing evacuate evacuates evacuating uproots uprooting"
        ),
        *_triggers("displaced", "nominal", "evacuation displacement"),
        *_triggers("displaced", "adjective", "homeless"),
        *_triggers("sentenced", "participle", "sentenced"),
        *_triggers("casualties", "toll", "casualties"),
        *_triggers("killed", "toll", "toll fatalities"),
        *_triggers("injured", "toll", "injuries"),
        *_triggers(None, "toll", "total tally"),
    ]
)
NOMINAL: Final[dict[str, FigureKind]] = {
    **dict.fromkeys("murder murders massacre massacres killing slaughter slaying beheading".split(), "killed"),
    **dict.fromkeys("wounding".split(), "injured"),
    **dict.fromkeys("arrest arrests capture jailing".split(), "detained"),
    **dict.fromkeys("release freeing".split(), "released"),
    **dict.fromkeys("kidnapping kidnaping kidnap".split(), "abducted"),
    **dict.fromkeys("evacuation".split(), "displaced"),
}

_KILLED: Final = Trigger("killed", "participle")
_DIED: Final = Trigger("killed", "intransitive")
PHRASES: Final[dict[tuple[str, ...], Trigger | str]] = {
    **dict.fromkeys(
        _phrases(
            "shot dead",
            "shot and killed",
            "shot to death",
            "gunned down",
            "mowed down",
            "mown down",
            "burned to death",
            "burnt to death",
            "beaten to death",
            "stabbed to death",
            "hacked to death",
            "crushed to death",
            "tortured to death",
            "put to death",
            "trampled to death",
            "blown to pieces",
            "cut down",
            "burned alive",
            "buried alive",
            "wiped out",
            "found dead",
            "found murdered",
            "shooting dead",
            "gunning down",
        ),
        _KILLED,
    ),
    **dict.fromkeys(
        _phrases(
            "lost their lives",
            "lost his life",
            "lost her life",
            "lose their lives",
            "losing their lives",
            "bled to death",
            "starved to death",
            "froze to death",
            "died",
            "passed away",
            "met their deaths",
            "burned to death in",
        ),
        _DIED,
    ),
    **dict.fromkeys(
        _phrases(
            "the lives of",
            "lives of",
            "the life of",
            "life of",
            "the bodies of",
            "bodies of",
            "the corpses of",
            "the remains of",
            "the loss of",
        ),
        "L",
    ),
    **dict.fromkeys(
        _phrases(
            "death toll",
            "death count",
            "body count",
            "number of dead",
            "number of deaths",
            "number of fatalities",
            "number of people killed",
            "number of those killed",
            "number of victims",
            "toll of dead",
            "number killed",
        ),
        Trigger("killed", "toll"),
    ),
    **dict.fromkeys(
        _phrases("number of injured", "number of wounded", "number of injuries", "number of people injured"),
        Trigger("injured", "toll"),
    ),
    **dict.fromkeys(
        _phrases(
            "number of arrests",
            "number of detainees",
            "number of people detained",
            "number of people arrested",
            "number of those detained",
        ),
        Trigger("detained", "toll"),
    ),
    **dict.fromkeys(_phrases("number of missing", "number of people missing"), Trigger("missing", "toll")),
    **dict.fromkeys(_phrases("number of displaced", "number of people displaced"), Trigger("displaced", "toll")),
    **dict.fromkeys(
        _phrases("casualty toll", "number of casualties", "casualty figures"), Trigger("casualties", "toll")
    ),
    **dict.fromkeys(
        _phrases("unaccounted for", "went missing", "gone missing", "go missing", "reported missing"),
        Trigger("missing", "adjective"),
    ),
    **dict.fromkeys(
        _phrases(
            "in custody", "behind bars", "in detention", "under arrest", "in police custody", "in jail", "in prison"
        ),
        Trigger("detained", "adjective"),
    ),
    **dict.fromkeys(
        _phrases(
            "rounded up",
            "rounding up",
            "taken into custody",
            "taking into custody",
            "taken prisoner",
            "placed under arrest",
            "put behind bars",
            "thrown in jail",
            "took into custody",
            "taken captive in battle",
        ),
        Trigger("detained", "participle"),
    ),
    **dict.fromkeys(
        _phrases(
            "taken hostage",
            "held hostage",
            "taken captive",
            "held captive",
            "carried off",
            "being held hostage",
            "being held captive",
        ),
        Trigger("abducted", "participle"),
    ),
    **dict.fromkeys(
        _phrases(
            "fled their homes",
            "fled their villages",
            "fled the fighting",
            "fled the violence",
            "fled their houses",
            "flee their homes",
            "fleeing their homes",
            "left homeless",
            "lost their homes",
            "made homeless",
            "left their homes",
            "abandoned their homes",
            "forced to flee",
            "forced to leave",
            "fled the area",
            "fled the town",
            "fled the city",
            "fled the village",
            "fled across the border",
            "forced from their homes",
            "driven from their homes",
            "fled to neighbouring",
            "fled to neighboring",
            "forced out of their homes",
            "fled the country",
            "fled the region",
            "sought refuge",
            "sought shelter",
        ),
        Trigger("displaced", "intransitive"),
    ),
    **dict.fromkeys(
        _phrases(
            "taken to hospital",
            "taken to hospitals",
            "rushed to hospital",
            "treated in hospital",
            "taken to the hospital",
            "admitted to hospital",
            "in hospital",
            "treated at hospital",
            "being treated in",
        ),
        Trigger("hospitalised", "adjective"),
    ),
    **dict.fromkeys(_phrases("treated for"), Trigger("injured", "participle")),
    **dict.fromkeys(_phrases("set free", "let go"), Trigger("released", "participle")),
    # Phrases in which the trigger word means something else.
    **dict.fromkeys(
        _phrases(
            "killed off",
            "killed time",
            "kill time",
            "dead heat",
            "dead end",
            "dead sea",
            "dead line",
            "dead weight",
            "dead wood",
            "injured reserve",
            "injured list",
            "arrested development",
            "missing data",
            "missing link",
            "missing persons",
            "casualty unit",
            "casualty company",
            "casualty insurance",
            "casualty ward",
            "casualty department",
            "press release",
            "press releases",
            "news release",
            "release date",
            "free trade",
            "free market",
            "free press",
            "free speech",
            "free elections",
            "cease fire",
            "cut down on",
            "released from",
            "released in",
            "free of",
            "free from",
            "held talks",
            "drop dead",
            "free kick",
            "free kicks",
            "free throws",
            "shot on",
            "shots on",
            "held on",
            "held a",
            "dead calm",
        ),
        "",
    ),
    **dict.fromkeys(_phrases("as a result of", "because of", "instead of", "out of", "in front of", "outside of"), "p"),
    **dict.fromkeys(_phrases("as well as", "and also", "along with", "together with"), "c"),
    **dict.fromkeys(
        _phrases(
            "including",
            "among them",
            "most of them",
            "among whom",
            "of whom",
            "of them",
            "amongst them",
            "including at least",
            "mostly",
            "mainly",
            "including some",
        ),
        "u",
    ),
    **dict.fromkeys(_phrases("from their homes", "from their houses", "from their villages"), "f"),
    **dict.fromkeys(
        _phrases(
            "last night",
            "last week",
            "last month",
            "last year",
            "this week",
            "this month",
            "this year",
            "this morning",
            "this afternoon",
            "this evening",
        ),
        "p",
    ),
}

EVENTS: Final[dict[str, FigureKind]] = {
    **dict.fromkeys(
        "deaths fatalities killings murders assassinations slayings drownings executions".split(), "killed"
    ),
    **dict.fromkeys("fatality death".split(), "killed"),
    **dict.fromkeys("bodies corpses body corpse".split(), "killed"),
    **dict.fromkeys("lives".split(), "killed"),
    **dict.fromkeys("injuries injury".split(), "injured"),
    **dict.fromkeys("casualties casualty".split(), "casualties"),
    **dict.fromkeys("victims".split(), "casualties"),
    **dict.fromkeys("arrests detentions captures".split(), "detained"),
    **dict.fromkeys("kidnappings abductions kidnapings".split(), "abducted"),
    **dict.fromkeys("disappearances".split(), "missing"),
}
GUARDED: Final[dict[str, frozenset[str]]] = {
    "lives": frozenset("lost claimed claim claims claiming cost costs costing took taken loss".split()),
    "bodies": frozenset(
        "found recovered discovered pulled retrieved unearthed exhumed identified buried dug grave graves counted removed "
        "brought lying saw seen morgue dead collected bodies".split()
    ),
    "corpses": frozenset(
        "found recovered discovered pulled retrieved unearthed exhumed counted saw seen corpses".split()
    ),
    "body": frozenset("found recovered discovered pulled retrieved unearthed".split()),
    "victims": frozenset(),
    "injury": frozenset(),
    "death": frozenset(),
}

PREMODIFIERS: Final[dict[str, FigureKind]] = {
    **dict.fromkeys("dead murdered slain assassinated".split(), "killed"),
    **dict.fromkeys("injured wounded".split(), "injured"),
    **dict.fromkeys("missing".split(), "missing"),
    **dict.fromkeys("displaced homeless evacuated".split(), "displaced"),
    **dict.fromkeys("kidnapped abducted".split(), "abducted"),
    **dict.fromkeys("arrested detained jailed imprisoned captured".split(), "detained"),
    **dict.fromkeys("hospitalised hospitalized".split(), "hospitalised"),
    **dict.fromkeys("freed released".split(), "released"),
}


def _classes() -> dict[str, str]:
    table: dict[str, str] = {}
    for letter, words in (
        (
            "B",
            "was were is are be been being am has have had having get gets got gotten getting remain remains remained "
            "'s 're 've isn't aren't wasn't weren't hasn't haven't hadn't",
        ),
        ("m", "could would might may will shall should must can can't cannot couldn't wouldn't won't shouldn't"),
        (
            "h",
            "reported feared presumed believed thought known confirmed found pronounced declared considered listed "
            "alleged suspected assumed estimated left made understood said",
        ),
        ("l", "leaves leaving leave claims claimed cost costs costing claiming took taking takes"),
        ("o", "of"),
        ("t", "to"),
        ("y", "by"),
        ("c", "and or but nor & plus"),
        ("W", "who which that whom whose"),
        (
            "w",
            "when while where after before since because although though if unless until as than once whereas amid "
            "during following",
        ),
        (
            "p",
            "in on at near from with within into over under outside inside against for between along across "
            "around behind beside beyond off through throughout toward towards upon per via despite among amongst "
            "yesterday today tonight overnight monday tuesday wednesday thursday friday saturday sunday here there "
            "january february march april june july august september october november december "
            "earlier later ago alive last so this yet nationwide worldwide",
        ),
        (
            "s",
            "says say saying told tells announced announces reports reporting reportedly stated "
            "according claimed claims estimates estimate estimated added denied denies confirmed confirms "
            "reveals revealed indicated warned",
        ),
        (
            "v",
            "stormed attacked marched sent opened fired escaped entered went came began started fought threw burst "
            "ambushed raided seized blocked burned destroyed surrounded launched exploded hurled gathered protested "
            "demanded voted walked drove ran clashed took received voted survived rescued saved joined robbed "
            "approached forced struck hit damaged stopped planted placed carried detonated surrendered laid "
            "participated took live lives lived attended served guarded",
        ),
        ("n", "not never n't neither didn't doesn't don't without"),
        ("j", "also still already then just only even again both either now"),
    ):
        table |= {word: letter for word in words.split() if word not in table}
    return table


LEXICON: Final = Lexicon(
    units=_units(),
    multipliers={
        "dozen": 12,
        "score": 20,
        "hundred": 100,
        "thousand": 1_000,
        "lakh": 100_000,
        "lakhs": 100_000,
        "million": 1_000_000,
        "crore": 10_000_000,
        "crores": 10_000_000,
        "billion": 1_000_000_000,
        "m": 1_000_000,
        "mn": 1_000_000,
        "k": 1_000,
    },
    number_joiners=frozenset({"and"}),
    articles=frozenset({"a", "an"}),
    vague={
        tuple(words.split()): Vague(low)
        for words, low in {
            "dozens": 24,
            "dozens of": 24,
            "scores": 40,
            "scores of": 40,
            "hundreds": 200,
            "hundreds of": 200,
            "thousands": 2_000,
            "thousands of": 2_000,
            "tens of thousands": 20_000,
            "tens of thousands of": 20_000,
            "ten of thousands of": 20_000,
            "ten of thousands": 20_000,
            "hundreds of thousands": 200_000,
            "hundreds of thousands of": 200_000,
            "millions": 2_000_000,
            "millions of": 2_000_000,
            "several": 3,
            "several of": 3,
            "several dozen": 36,
            "several hundred": 300,
            "several thousand": 3_000,
            "a few": 3,
            "a few of": 3,
            "few": 2,
            "a few dozen": 36,
            "a few hundred": 300,
            "a few thousand": 3_000,
            "a couple": 2,
            "a couple of": 2,
            "a handful of": 3,
            "a handful": 3,
            "a number of": 2,
            "an unknown number of": 2,
            "an undetermined number of": 2,
            "an unspecified number of": 2,
            "a large number of": 4,
            "large numbers of": 4,
            "numerous": 4,
            "many": 3,
            "various": 2,
            "multiple": 2,
            "a score of": 20,
            "dozens more": 24,
            "countless": 3,
            "some of": 2,
            "a group of": 2,
            "an undisclosed number of": 2,
            "a dozen or more": 12,
            "many of": 3,
        }.items()
    },
    bounds_before={
        **dict.fromkeys(
            _phrases(
                "at least",
                "more than",
                "over",
                "no fewer than",
                "no less than",
                "not less than",
                "not fewer than",
                "a minimum of",
                "upwards of",
                "upward of",
                "in excess of",
                "just over",
                "well over",
                "above",
                "a total of at least",
                "at the very least",
                "no less",
                "a total of more than",
                "greater than",
            ),
            "at_least",
        ),
        **dict.fromkeys(
            _phrases(
                "up to",
                "as many as",
                "at most",
                "no more than",
                "not more than",
                "fewer than",
                "less than",
                "a maximum of",
                "under",
                "as much as",
            ),
            "at_most",
        ),
        **dict.fromkeys(
            _phrases(
                "about",
                "around",
                "some",
                "nearly",
                "almost",
                "approximately",
                "an estimated",
                "estimated",
                "roughly",
                "close to",
                "near",
                "circa",
                "perhaps",
                "at around",
                "at about",
                "just under",
                "approx",
                "approx.",
                "more or less",
                "probably",
                "the estimated",
                "a reported",
                "possibly",
            ),
            "about",
        ),
        **dict.fromkeys(
            _phrases(
                "a total of",
                "the",
                "these",
                "those",
                "all",
                "all of the",
                "all the",
                "the other",
                "another",
                "the remaining",
                "other",
                "an additional",
                "a further",
                "a record",
                "exactly",
                "only",
                "just",
                "the first",
                "the last",
                "an",
                "his",
                "her",
                "their",
                "its",
                "the same",
            ),
            "exact",
        ),
    },
    bounds_after={
        **dict.fromkeys(_phrases("or more", "plus", "at least", "and more", "or even more", "or so more"), "at_least"),
        **dict.fromkeys(_phrases("or so", "or thereabouts", "approximately"), "about"),
        **dict.fromkeys(_phrases("or fewer", "or less", "at most"), "at_most"),
    },
    range_words=frozenset({"to", "-", "–", "—", "or"}),
    range_openers={"between": "and", "from": "to"},
    triggers=TRIGGERS,
    nominal=NOMINAL,
    phrases=PHRASES,
    events=EVENTS,
    guarded_events=GUARDED,
    premodifiers=PREMODIFIERS,
    people=PEOPLE,
    person=PERSON,
    people_suffixes=PEOPLE_SUFFIXES,
    things=THINGS,
    anaphors=frozenset("others more other of".split()) - {"of"},
    increments=frozenset("more another additional further new".split()),
    nobody=frozenset("nobody noone none".split()),
    anyone=frozenset("anyone anybody".split()),
    unharmed=frozenset("unharmed unhurt uninjured unscathed unscratched".split()),
    zero_determiners=frozenset("no any without zero nor neither".split()),
    zero_reports=frozenset("reports report immediate confirmed word".split()),
    report_nouns=frozenset("reports report".split()),
    determiners=frozenset(
        "a an the one another his her their its our my this that these those every each some any".split()
    ),
    skipped_determiners=frozenset("a an the his her their its our my these those".split()),
    part_pronouns=frozenset("them whom us which".split()),
    negations=frozenset(
        "no not never without n't neither nor none nobody didn't doesn't wasn't weren't isn't aren't hasn't "
        "haven't hadn't don't".split()
    ),
    classes=_classes(),
    be_forms=frozenset("was were is are be been being wasn't weren't isn't aren't".split()),
    body_words=frozenset("bodies corpses remains".split()),
    adverbs=frozenset(
        "also still already then just only even again reportedly now so-called yet far badly together alone seriously "
        "slightly critically".split()
    )
    - {"so-called", "far"},
    adverb_suffix="ly",
    not_adverbs=frozenset(
        "family july only early daily assembly supply reply rally italy ally hourly elderly police friendly "
        "monthly weekly yearly nightly likely deadly emily sicily butterfly fly apply belly bully".split()
    ),
    toll_links=frozenset(
        "to at of past above hit hits reached reaches reach topped tops is was as near nears passes passed exceeds "
        "exceeded over : stands reaching are were totalled totaled numbered".split()
    ),
    months={
        name: n
        for n, names in enumerate(
            (
                "january jan jan.",
                "february feb feb.",
                "march mar mar.",
                "april apr apr.",
                "may",
                "june jun",
                "july jul",
                "august aug aug.",
                "september sep sept sep. sept.",
                "october oct oct.",
                "november nov nov.",
                "december dec dec.",
            ),
            start=1,
        )
        for name in names.split()
    },
    weekdays={name: n for n, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())},
    relative_days={"today": 0, "yesterday": 1, "overnight": 0, "tonight": 0},
    period_openers=_phrases(
        "since",
        "so far",
        "in the past",
        "in the last",
        "over the past",
        "over the last",
        "during the past",
        "during the last",
        "this year",
        "this week",
        "this month",
        "to date",
        "last year",
        "within the past",
    ),
    units_of_time=frozenset("day week month year hour minute night".split()),
    intents={
        **dict.fromkeys("threatened threaten threatens threatening threat threats".split(), "threat"),
        **dict.fromkeys(
            "plotted plot plots plotting conspired conspiring conspiracy planned plan plans planning".split(), "plot"
        ),
        **dict.fromkeys("tried try tries trying attempted attempt attempts attempting".split(), "attempt"),
        **dict.fromkeys("failed fail fails failing refused refuses".split(), "did not happen"),
        **dict.fromkeys(
            "vowed vow wanted want wants sought seek seeks hoped intended intends promised promises pledged ready "
            "prepared willing".split(),
            "intention",
        ),
        **dict.fromkeys(
            "ordered order orders instructed instructions authorised authorized permission licence license".split(),
            "order",
        ),
        **dict.fromkeys("urged asked called calls demanded demand demands".split(), "demand"),
    },
    realised=frozenset("went managed continued used helped proceeded people".split()),
    infinitive="to",
    modals=frozenset(
        "could would might may will shall should must can can't cannot couldn't wouldn't won't shouldn't".split()
    ),
    conditionals=frozenset({"if", "unless"}),
    fiction=frozenset(
        "film movie novel exercise drill simulation simulated drama thriller scenario fictional video-game".split()
    ),
    guesses=frozenset("may might could must".split()),
    hedges=frozenset(
        "feared presumed believed reportedly alleged allegedly apparently possibly probably thought unconfirmed "
        "suspected may perhaps likely assumed presumably supposedly purportedly".split()
    ),
    denials=frozenset("denied denies deny denying refuted refutes rejected dismissed".split()),
    withdrawals=frozenset("withdrew retracted retracts withdrawn corrected disputed disputes disputing false".split()),
    cumulative=_phrases(
        "since",
        "so far",
        "to date",
        "in the past",
        "in the last",
        "over the past",
        "over the last",
        "during the past",
        "during the last",
        "this year",
        "in recent",
        "within the past",
        "for the past",
        "in all",
        "bringing",
        "brings",
        "brought the",
        "raising",
        "raises",
        "thus far",
        "up to now",
        "in the previous",
    ),
    rate_openers=frozenset("per a each every".split()),
    rate_words=frozenset("average daily annually yearly weekly".split()),
    not_rate_followers=frozenset("after before later earlier ago of when following on since".split()),
    background=_phrases(
        "years ago",
        "year ago",
        "last year",
        "years after",
        "years before",
        "months ago",
        "decades ago",
        "decade ago",
        "world war",
        "in the 1970s",
        "in the 1980s",
        "in the 1990s",
        "civil war of",
        "previous year",
        "years earlier",
        "decades after",
    ),
    background_nouns=frozenset(
        "anniversary memorial commemorate commemorates commemorating commemorated commemoration honours honors "
        "remembrance genocide historian historians".split()
    ),
    revisions=frozenset("earlier previous previously initial initially".split()),
    said=frozenset(
        "said says say saying told tells reported reports report announced announces stated states states confirmed confirms "
        "claimed claims claim estimates estimate estimated added adds acknowledged admitted admits counted recorded "
        "put puts wrote denied denies deny quoted indicated revealed declared believes believe documented tallied gave gives "
        "accused asserted alleged alleges insisted".split()
    ),
    according=_phrases("according to", "in the words of", "as reported by", "as per"),
    collective_objects=frozenset(
        "people nation country democracy hope revolution dream spirit economy bill proposal opposition "
        "dissent freedom truth peace deal truce idea talks".split()
    ),
    metaphor_verbs=frozenset(
        "crush crushes crushed crushing kill kills killed killing strangle bury murder slaughter massacre "
        "assassinate execute suffocate drown strangled strangling".split()
    ),
    activity_nouns=frozenset("operations operation offensive offensives manoeuvres maneuvers".split()),
    activity_modifiers=frozenset(
        "combat military main anti-terrorist counter-terrorist counterinsurgency counter-insurgency anti-terror "
        "counter-terrorism security mopping-up clearing rescue".split()
    ),
    order_nouns=frozenset("order orders policy instructions directive".split()),
    order_markers=("-to-kill", "-on-sight"),
    judicial=frozenset(
        "court courts verdict verdicts convicted convict convicts prisoner prisoners inmates inmate hanged hanging gallows "
        "sentence sentences sentenced prison tribunal row".split()
    ),
    executions=frozenset("executed executions execution hanged executing execute executes".split()),
    number_labels={
        **dict.fromkeys("flight".split(), "flight number"),
        **dict.fromkeys(
            "article articles section sections paragraph chapter clause decree law act".split(), "article of law"
        ),
        **dict.fromkeys("resolution resolutions".split(), "resolution number"),
        **dict.fromkeys(
            "route highway road motorway interstate km kilometre kilometer street avenue platform gate".split(),
            "road or place number",
        ),
        **dict.fromkeys(
            "page pages no. nos. number case file act channel radio room cell block line phase level stage part".split(),
            "label",
        ),
        **dict.fromkeys("boeing airbus cessna antonov mi il tu type model mark apollo soyuz".split(), "vehicle type"),
        **dict.fromkeys("magnitude category".split(), "measure"),
        **dict.fromkeys("covid covid-19".split(), "label"),
    },
    money=frozenset("$ £ € ¥ us$ usd eur gbp rs rs. c$ a$".split()),
    age_endings=("-year-old", "-year-olds", "-month-old", "-week-old", "-day-old"),
    age_words=frozenset("aged age ages".split()),
    year_prepositions=frozenset("in since during until by of from before after late early".split()),
)
