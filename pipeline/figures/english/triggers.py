"""English words and phrases that say what happened to people."""

from __future__ import annotations

from typing import Final

from pipeline.figures.english.unharmed import unharmed_phrases
from pipeline.figures.lexicon import Form, Kinded, Trigger, TriggerWords
from pipeline.figures.phrases import Phrases, listed
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
    ("casualties", "participle"): "shot",
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

_ESTIMATES: Final = """put the figure at | puts the figure at | putting the figure at | put the number at
    | puts the number at | putting the number at | put the total at | puts the total at | putting the total at"""
"""Phrases after which somebody gives another number of the same."""

_PHRASES: Final[dict[tuple[FigureKind | None, Form], str]] = {
    (None, "toll"): _ESTIMATES,
    (
        "killed",
        "participle",
    ): """shot dead | shot and killed | shot to death | gunned down | mowed down | mown down | burned to death
        | burnt to death | beaten to death | stabbed to death | hacked to death | crushed to death | tortured to
        death | put to death
        | trampled to death | riddled with bullets
        | charred to death | battered to death | bludgeoned to death | clubbed to death | kicked to death
        | knifed to death | stoned to death | strangled to death | mauled to death | gored to death
        | blown to pieces | burned alive | buried alive | found dead | found murdered | shooting
        dead | gunning down""",
    ("killed", "active"): """we buried | we have buried | we had to bury | villagers buried | residents buried
        | families buried | relatives buried | mourners buried""",
    (
        "killed",
        "intransitive",
    ): """lost their lives | lost his life | lost her life | lose their lives | losing their lives | bled to death
        | starved to death | froze to death | passed away | met their deaths | embraced martyrdom
        | attained martyrdom""",
    (
        "killed",
        "toll",
    ): """death toll | death count | body count | number of dead | number of deaths | number of fatalities
        | number of confirmed dead | number of confirmed deaths
        | number of people killed | number of those killed | number of victims | number killed | toll of dead""",
    ("injured", "participle"): """treated for | shot and wounded | shot and injured | treated at the scene
        | treated on the scene | treated on the spot | treated at the site""",
    ("injured", "toll"): "number of injured | number of wounded | number of injuries | number of people injured",
    (
        "detained",
        "toll",
    ): """number of arrests | number of detainees | number of people detained | number of people arrested
        | number of those detained""",
    ("missing", "toll"): "number of missing | number of people missing",
    ("displaced", "toll"): "number of displaced | number of people displaced",
    ("casualties", "toll"): "casualty toll | number of casualties | casualty figures",
    (
        "killed",
        "adjective",
    ): "feared dead | feared drowned | feared killed | presumed dead | believed dead | confirmed dead",
    ("missing", "adjective"): "unaccounted for | went missing | gone missing | go missing | reported missing",
    ("sentenced", "intransitive"): """received death sentences | received life sentences | received life terms
        | received prison sentences | received prison terms | received jail terms | received suspended sentences""",
    ("sentenced", "participle"): """given death sentences | given life sentences | given life terms
        | given prison sentences | given prison terms | given jail terms | given suspended sentences
        | handed death sentences | handed life sentences | handed life terms | handed prison sentences
        | handed prison terms | handed jail terms | handed suspended sentences | condemned to death""",
    (
        "detained",
        "adjective",
    ): """in custody | behind bars | in detention | under arrest | in police custody | in jail | in prison
        | into custody | into police custody | under house arrest | in pre-trial detention | in pretrial detention
        | in administrative detention | in preventive detention | in provisional detention | in immigration
        detention""",
    ("detained", "participle"): """rounded up | rounding up | taken into custody | taking into custody | taken
        prisoner
        | placed under arrest | remanded in custody | remanded into custody | held in custody | picked up
        | placed under house arrest | put under house arrest | put behind bars | thrown in jail
        | took into custody""",
    ("abducted", "participle"): "taken hostage | held hostage | taken captive | held captive | carried off",
    (
        "displaced",
        "intransitive",
    ): """fled their homes | fled their villages | fled the fighting | fled the violence | fled their houses
        | flee their homes | fleeing their homes | lost their homes | left their homes | abandoned their homes |
        forced to flee
        | forced to leave | fled the area | fled the town | fled the city | fled the village | fled across the border
        | forced from their homes | driven from their homes | forced out of their homes | fled the country | fled the
        region
        | fled to neighbouring | fled to neighboring | sought refuge | sought shelter""",
    ("displaced", "adjective"): """made homeless | left homeless | in relief camps | in emergency shelters
        | in temporary shelters | in evacuation centres | in evacuation centers | in displacement camps""",
    ("hospitalised", "adjective"): """taken to hospital | taken to hospitals | rushed to hospital | treated in
        hospital
        | taken to the hospital | admitted to hospital | admitted with injuries | in hospital | treated at hospital""",
    (
        "released",
        "participle",
    ): """set free | let go | released from detention | released from prison | released from jail
        | released from custody | released from police custody | released from captivity | released from house arrest
        | released from prisons | released from jails | released in exchange | released in a prisoner
        | released in a swap""",
}

_OTHER_PHRASES: Final = {
    "z": """no blood was shed | without shedding any blood | without spilling any blood | claimed no lives
        | cost no lives | took no lives | no lives lost | no lives have been lost | no human losses
        | all aboard survived | all on board survived | everyone aboard survived | everyone on board survived
        | everybody on board survived | all passengers survived | everyone survived | everybody survived
        | no loss of life | no loss of lives | no loss of human life | no loss of human lives | no lives were lost
        | no life was lost | no life lost | no life has been lost
        | without loss of life | without loss of human life | without any loss of life""",
    "Z": """not a single person | not a single one | not a single soul | not a single life | not a single civilian
        | not one person | not a soul""",
    "d": "neither",
    "e": "shedding any blood | spilling any blood",
    "0": """safe and sound | without a scratch | without injury | without injuries | without serious injury
        | without serious injuries""",
    "L": """the lives of | lives of | the life of | life of | the bodies of | bodies of | the corpses of | the
        remains of""",
    "k": "number of",
    "X": """half of | one half of | a third of | one third of | one-third of | two thirds of | two-thirds of
        | a quarter of | one quarter of | three quarters of | three-quarters of | a fifth of | a tenth of | most of the
        | a majority of | the majority of | a fraction of | all but""",
    "M": """all aboard | all on board | everyone aboard | everyone on board | everybody aboard | everybody on board
        | all those aboard | all those on board | all of those aboard | all of those on board | all people on board
        | all people aboard | all passengers and crew | all passengers | all the passengers | all of the passengers
        | all its passengers | all occupants | all the occupants | all its occupants""",
    "g": """no survivors | no known survivors | not a single survivor | no single survivor | no one survived
        | nobody survived | none survived
        | none of them survived | none of those on board survived | none of those aboard survived
        | none of the passengers survived | none of the crew survived | none of the occupants survived""",
    "f": "from their homes | from their houses | from their villages",
    "h": "of whom | of them | of which",
    "o": "family of",
    "u": """including | among them | most of them | among whom | amongst them | including at
        least | mostly | mainly""",
    "c": "as well as | and also | along with | together with",
    "p": """as a result of | because of | instead of | out of | in front of | outside of | last night | last week |
        last month | last year
        | this week | this month | this year | this morning | this afternoon | this evening""",
    # Phrases in which a trigger word means something else.
    "x": """one another | killed off | killed time | kill time | dead heat | dead end | dead sea | dead weight
        | dead wood | dead
        calm | drop dead
        | injured reserve | injured list | arrested development | missing data | missing link | missing persons
        | casualty unit | casualty company | casualty insurance | casualty ward | casualty department
        | captured on camera | captured on video | captured on film | captured on tape
        | press release | press releases | news release | release date | free trade | free market | free press | free
        speech
        | free elections | free of | free from | free kick | free kicks | free throws | free zone | released from |
        released in
        | held talks | held on | held a
        | held responsible | held accountable | held liable
        | held to account | held up | held back | held off | held together | held firm
        | life sentence | death threats | death threat | death penalty | death squads
        | death squad
        | death sentence | death row | murder trial | murder charges | murder case
        | executed flawlessly | executed perfectly | executed brilliantly | executed beautifully | executed well
        | executed poorly | executed badly""",
}
"""Token class -> phrases; see `pipeline.figures.items`."""


def _phrases() -> Phrases[Trigger | Kinded | str]:
    table: dict[str, Trigger | Kinded | str] = {}
    for (kind, form), phrases in _PHRASES.items():
        table |= dict.fromkeys(listed(phrases), Trigger(kind, form))
    for letter, phrases in _OTHER_PHRASES.items():
        table |= dict.fromkeys(listed(phrases), letter)
    return Phrases({**table, **unharmed_phrases()})


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
    " turned washed received",
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
    phrases=_phrases(),
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
    estimates=frozenset(listed(_ESTIMATES)),
    exceeding=frozenset(
        """past above topped tops passes passed exceeds exceeded over surpassed surpasses surpassing crossed
            crosses""".split()
    ),
    weak=frozenset(
        """hurt hurts hurting captured captures capturing capture released releases releasing release freed frees
        freeing free holding displaced displaces displacing shooting recaptured lost hangs""".split()
    )
    | {"picked up"},
    body_words=frozenset("bodies corpses remains".split()),
    judicial=frozenset(
        """court courts verdict verdicts convicted convict convicts prisoner prisoners inmates inmate hanged hanging
            gallows sentence
        sentences sentenced prison tribunal row hangs""".split()
    ),
    executions=frozenset("executed executions execution hanged hangs executing execute executes".split()),
    terms=frozenset("jailed jails jailing imprisoned imprisons imprisoning".split()),
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
