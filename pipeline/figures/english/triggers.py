"""English words and phrases that say what happened to people."""

from __future__ import annotations

from typing import Final

from pipeline.figures.english.trigger_phrases import ESTIMATES, phrases
from pipeline.figures.lexicon import Form, Trigger, TriggerWords
from pipeline.figures.phrases import listed
from schemas.enrichment import FigureKind

_WORDS: Final[dict[tuple[FigureKind | None, Form], str]] = {
    (
        "killed",
        "participle",
    ): """killed slain murdered assassinated massacred executed slaughtered beheaded lynched hanged butchered
        annihilated electrocuted martyred""",
    (
        "killed",
        "active",
    ): """kill kills killing slay slays slaying murder murders murdering assassinate assassinates assassinating
        massacre massacres massacring execute executes executing slaughter slaughters slaughtering beheads
        beheading hangs lost""",
    ("killed", "intransitive"): "died perished drowned succumbed suffocated dies perish drown die dying",
    ("killed", "adjective"): "dead",
    (
        "killed",
        "nominal",
    ): "assassination assassinations killings death deaths slayings execution executions drowning drownings lynching",
    ("killed", "toll"): "toll fatalities",
    ("injured", "participle"): "wounded injured hurt maimed",
    ("injured", "active"): "wound wounds wounding injure injures injuring hurts hurting maims maiming",
    ("injured", "nominal"): "injury",
    ("injured", "toll"): "injuries",
    ("hospitalised", "participle"): "hospitalised hospitalized",
    ("hospitalised", "active"): "hospitalises hospitalizes hospitalising hospitalizing",
    ("casualties", "toll"): "casualties",
    ("casualties", "participle"): "shot stabbed",
    ("missing", "adjective"): "missing",
    ("missing", "nominal"): "disappearance disappearances",
    ("missing", "intransitive"): "disappeared vanished",
    (
        "detained",
        "participle",
    ): """arrested detained captured jailed imprisoned apprehended nabbed interned remanded recaptured rearrested
        re-arrested""",
    (
        "detained",
        "active",
    ): """arrest arrests arresting detain detains detaining capture captures capturing jail jails jailing
        imprisons imprisoning holding nab nabs apprehends apprehending""",
    ("detained", "nominal"): "detention detentions imprisonment apprehension",
    ("detained", "passive_only"): "held",
    ("released", "participle"): "released freed",
    ("released", "active"): "release releases releasing free frees freeing",
    ("released", "nominal"): "liberation",
    ("abducted", "participle"): "kidnapped abducted kidnaped",
    ("abducted", "active"): "kidnap kidnaps kidnapping abduct abducts abducting kidnaping",
    ("abducted", "nominal"): "kidnappings abduction abductions kidnapings",
    ("abducted", "adjective"): "hostage captive",
    ("displaced", "participle"): "displaced evacuated uprooted",
    ("displaced", "active"): "displace displaces displacing evacuate evacuates evacuating uproots uprooting",
    ("displaced", "nominal"): "evacuation displacement",
    ("displaced", "adjective"): "homeless",
    ("displaced", "intransitive"): "fled flee",
    ("sentenced", "participle"): "sentenced",
    (None, "toll"): "total tally figure",
}

_NOMINAL: Final[dict[FigureKind, str]] = {
    "killed": """murder murders massacre massacres killing slaughter slaying beheading killers killer murderers murderer
        assassins assassin""",
    "injured": "wounding",
    "casualties": "shooting",
    "detained": "arrest arrests capture jailing",
    "released": "release freeing",
    "abducted": "kidnapping kidnaping kidnap kidnappers kidnapper abductors captors",
}

_EVENTS: Final[dict[FigureKind, str]] = {
    "killed": """deaths fatalities killings murders assassinations slayings drownings executions fatality bodies
        corpses body corpse
        lives""",
    "injured": "injuries",
    "casualties": "casualties casualty victims",
    "detained": "arrests detentions captures",
    "abducted": "kidnappings abductions kidnapings",
    "missing": "disappearances",
}
_FOUND: Final = """found finding recovered recovering recovers discovered discovering pulled pulling retrieved
    retrieving unearthed unearthing exhumed exhuming"""
_GUARDED: Final = {
    "lives": "lost claimed claim claims claiming cost costs costing took taken loss",
    "bodies": f"{_FOUND} identified buried dug grave graves counted removed brought lying saw seen morgue collected"
    " turned washed received handed hands returned returns lay behind",
    "corpses": f"{_FOUND} counted saw seen",
    "body": _FOUND,
    "corpse": _FOUND,
}

_PREMODIFIERS: Final[dict[FigureKind, str]] = {
    "killed": "dead murdered slain assassinated",
    "injured": "injured wounded",
    "missing": "missing",
    "displaced": "displaced evacuated",
    "abducted": "kidnapped abducted",
    "detained": "arrested detained jailed imprisoned captured",
    "hospitalised": "hospitalised hospitalized",
    "released": "freed released",
}


def _by_word(table: dict[FigureKind, str]) -> dict[str, FigureKind]:
    return {word: kind for kind, words in table.items() for word in words.split()}


TRIGGERS: Final = TriggerWords(
    words={word: Trigger(kind, form) for (kind, form), words in _WORDS.items() for word in words.split()},
    nominal=_by_word(_NOMINAL),
    phrases=phrases(),
    events=_by_word(_EVENTS),
    guarded_events={noun: frozenset(words.split()) for noun, words in _GUARDED.items()},
    premodifiers=_by_word(_PREMODIFIERS),
    toll_links=frozenset(
        """to at of past above hit hits reached reaches reach topped tops is was as near nears passes passed exceeds
            exceeded over :
        stands reaching are were totalled totaled numbered approaching approaches nearing nears surpassed surpasses
        surpassing crossed crosses now""".split()
    ),
    keeping=frozenset({"holding"}),
    estimates=frozenset(listed(ESTIMATES)),
    exceeding=frozenset(
        """past above topped tops passes passed exceeds exceeded over surpassed surpasses surpassing crossed
            crosses""".split()
    ),
    weak=frozenset(
        """hurt hurts hurting captured captures capturing capture released releases releasing release freed frees
        freeing free holding displaced displaces displacing shooting recaptured lost hangs""".split()
    )
    | {"picked up", "in captivity"},
    body_words=frozenset("bodies corpses remains".split()),
    judicial=frozenset(
        """court courts verdict verdicts convicted convict convicts prisoner prisoners inmates inmate hanged hanging
            gallows sentence
        sentences sentenced prison tribunal row hangs""".split()
    ),
    executions=frozenset("executed executions execution hanged hangs executing execute executes".split()),
    terms=frozenset("jailed jails jailing imprisoned imprisons imprisoning".split()),
    lethal=frozenset(
        """beat beats beating hacked hacks hacking stabbed stabs stabbing burned burnt burning stoned stoning trampled
        trampling crushed crushing clubbed clubbing bludgeoned bludgeoning battered battering knifed knifing strangled
        strangling kicked kicking shot shooting starved starving mauled mauling gored goring tortured torturing choked
        choking""".split()
    ),
    lethal_end=("to", "death"),
    not_quite=frozenset("nearly almost half close near".split()),
    not_kept=frozenset("back up responsible accountable liable 's '".split()),
    term_word="for",
    term_units=frozenset("life years months year terms".split()),
    surviving=frozenset("survived survive survives".split()),
    suffering=frozenset("suffered suffer suffering sustained sustaining sustain received receiving incurred".split()),
    wounds=frozenset(
        """injuries injury wounds wound burns burn fractures fracture bruises concussion concussions lacerations
        contusions""".split()
    ),
    carrying=frozenset("taken rushed brought transported airlifted admitted treated flown".split()),
    carried_to=frozenset("to at in".split()),
    hospitals=frozenset("hospital hospitals".split()),
    unharmed=frozenset("unharmed unhurt uninjured unscathed unscratched unwounded".split()),
)
