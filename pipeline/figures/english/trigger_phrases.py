"""English phrases of several words that say what happened to people, or that hide a word that would."""

from __future__ import annotations

from typing import Final

from pipeline.figures.english.unharmed import unharmed_phrases
from pipeline.figures.lexicon import Form, Kinded, Trigger
from pipeline.figures.phrases import Phrases, listed
from schemas.enrichment import FigureKind

ESTIMATES: Final = """put the figure at | puts the figure at | putting the figure at | put the number at
    | puts the number at | putting the number at | put the total at | puts the total at | putting the total at"""
"""Phrases after which somebody gives another number of the same."""

_PHRASES: Final[dict[tuple[FigureKind | None, Form], str]] = {
    (None, "toll"): ESTIMATES,
    (
        "killed",
        "participle",
    ): """shot dead | shot and killed | stabbed and killed | fatally shot | fatally stabbed
        | fatally wounded | fatally injured | shot to death | gunned down | mowed down | mown down | burned to death
        | burnt to death | beaten to death | stabbed to death | hacked to death | crushed to death | tortured to
        death | put to death
        | trampled to death | riddled with bullets
        | charred to death | battered to death | bludgeoned to death | clubbed to death | kicked to death
        | knifed to death | stoned to death | strangled to death | mauled to death | gored to death
        | blown to pieces | burned alive | buried alive | found dead | found murdered | shooting
        dead | gunning down""",
    ("killed", "active"): """we buried | we have buried | we had to bury | villagers buried | residents buried
        | families buried | relatives buried | mourners buried | slit the throats of | slitting the throats of""",
    (
        "killed",
        "intransitive",
    ): """lost their lives | lost his life | lost her life | lose their lives | losing their lives | bled to death
        | starved to death | froze to death | passed away | met their deaths | embraced martyrdom
        | attained martyrdom | had their throats slit | had his throat slit | had her throat slit""",
    (
        "killed",
        "toll",
    ): """death toll | death count | body count | number of dead | number of deaths | number of fatalities
        | number of confirmed dead | number of confirmed deaths
        | number of people killed | number of those killed | number of victims | number killed | toll of dead""",
    ("injured", "participle"): """treated for | shot and wounded | shot and injured
        | treated at the scene | stabbed and wounded | stabbed and injured
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
    ("abducted", "adjective"): "in captivity",
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
        | fled to neighbouring | fled to neighboring | sought refuge | took refuge | taken refuge | sought shelter""",
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
    "x": """hangs over | hang over
        | one another | killed off | killed time | kill time | dead heat | dead end | dead sea | dead weight
        | dead wood | dead
        calm | drop dead
        | injured reserve | injured list | arrested development | missing data | missing link | missing persons
        | casualty unit | casualty company | casualty insurance | casualty ward | casualty department
        | shot at by | handed over | hands over | handing over
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


def phrases() -> Phrases[Trigger | Kinded | str]:
    table: dict[str, Trigger | Kinded | str] = {}
    for (kind, form), said in _PHRASES.items():
        table |= dict.fromkeys(listed(said), Trigger(kind, form))
    for letter, said in _OTHER_PHRASES.items():
        table |= dict.fromkeys(listed(said), letter)
    return Phrases({**table, **unharmed_phrases()})
