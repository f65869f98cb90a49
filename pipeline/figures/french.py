"""French, at a first level: the killed, injured, missing, detained, abducted, displaced and released of plain reports.

Not read: infinitives and futures (threats, plans), fiction, frames. Elided words ("n'a", "d'une") are single tokens.
Source: own knowledge of French agency style.
"""

from __future__ import annotations

from typing import Final

from pipeline.figures.context_words import ContextWords
from pipeline.figures.lexicon import AgentWords, Lexicon, NounWords, NumberWords, Trigger, TriggerWords
from pipeline.figures.phrases import Phrases, by_phrase, by_word, listed, sequences
from schemas.enrichment import FigureKind

_SMALL: Final = """deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept
    dix-huit dix-neuf""".split()
_TENS: Final = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


def _units() -> dict[str, int]:
    table = {word: n for n, word in enumerate(_SMALL, start=2)}
    names = {1: "un", **{n: word for word, n in table.items()}}
    for tens, word in _TENS.items():
        last = 20 if tens in {60, 80} else 10
        table[word] = tens
        table |= {f"{word}-{names[n]}": tens + n for n in range(1, last)}
        table |= {f"{word}-et-{names[n]}": tens + n for n in (1, 11)}
    return table | {"quatre-vingts": 80, "cent": 100, "mille": 1000, "onze": 11}


ELISIONS: Final = ("l'", "d'")
_BEFORE: Final = {
    "at_least": "au moins | plus de | plus | pas moins de | au minimum | un minimum de",
    "at_most": "jusqu'à | au plus | moins de | pas plus de | au maximum",
    "about": "environ | près de | près | quelque | quelques | autour de | presque | à peu près | approximativement",
    "exact": """les | des | ces | ses | leurs | autres | les autres | un total de | au total | tous les | toutes les
        | l'ensemble des""",
}
_VAGUE: Final = {
    2: "certains | certaines | un certain nombre de | un groupe de",
    3: "plusieurs | de nombreux | de nombreuses | beaucoup de",
    4: "nombreux | nombreuses",
    20: "dizaines de | des dizaines de | plusieurs dizaines de",
    200: "centaines de | des centaines de | plusieurs centaines de",
    2_000: "milliers de | des milliers de | plusieurs milliers de",
    20_000: "dizaines de milliers de | des dizaines de milliers de",
    200_000: "centaines de milliers de | des centaines de milliers de",
}

NUMBERS: Final = NumberWords(
    units=_units(),
    multipliers={
        "cent": 100,
        "cents": 100,
        "mille": 1_000,
        "million": 1_000_000,
        "millions": 1_000_000,
        "dizaine": 10,
        "douzaine": 12,
        "quinzaine": 15,
        "vingtaine": 20,
        "trentaine": 30,
        "quarantaine": 40,
        "cinquantaine": 50,
        "soixantaine": 60,
        "centaine": 100,
        "millier": 1_000,
    },
    joiners=frozenset({"et"}),
    joins_tens=True,
    inner={"un": 1, "une": 1, "onze": 11},
    articles=frozenset({"un", "une", "d'une", "d'un"}),
    rough=frozenset(
        "dizaine douzaine quinzaine vingtaine trentaine quarantaine cinquantaine soixantaine centaine millier".split()
    ),
    vague=Phrases(by_phrase(_VAGUE)),
    bounds_before=Phrases({p: bound for bound, phrases in _BEFORE.items() for p in listed(phrases)}),
    bounds_after=Phrases(by_phrase({"at_least": "ou plus | au moins", "about": "environ"})),
    range_words=frozenset({"à", "ou", "-", "–"}),
    range_openers={"entre": "et", "de": "à"},
    increments=frozenset("autres autre supplémentaires nouveaux".split()),
    anaphors=frozenset("autres autre".split()),
    part_pronouns=frozenset("eux elles".split()),
)

_PARTICIPLES: Final[dict[FigureKind, str]] = {
    "killed": "tué assassiné massacré exécuté abattu décapité lynché égorgé fusillé",
    "injured": "blessé",
    "detained": "arrêté interpellé détenu emprisonné incarcéré capturé",
    "abducted": "enlevé kidnappé séquestré",
    "displaced": "déplacé évacué",
    "released": "libéré relâché",
    "hospitalised": "hospitalisé",
}
_ACTIVE: Final[dict[FigureKind, str]] = {
    "killed": "tue tuent tuant assassine assassinent assassinant abattent massacrent tuèrent",
    "injured": "blesse blessent blessant",
    "detained": "arrête arrêtent arrêtant interpelle interpellent capturent",
    "abducted": "enlèvent kidnappent enlevant",
    "released": "libèrent libérant relâchent",
    "displaced": "évacuent évacuant",
}
_NOUNS: Final[dict[FigureKind, str]] = {
    "killed": "morts mort décès tués cadavres assassinats",
    "injured": "blessés blessé blessées blessée",
    "casualties": "victimes victime",
    "missing": "disparus disparu disparues disparue",
    "detained": "arrestations interpellations",
    "abducted": "enlèvements",
    "displaced": "déplacés",
}
_NOMINAL: Final[dict[FigureKind, str]] = {
    "killed": "mort assassinat meurtre meurtres exécution massacre décès",
    "detained": "arrestation interpellation détention",
    "abducted": "enlèvement rapt",
    "released": "libération",
    "displaced": "évacuation",
    "missing": "disparition",
}


def _elided(words: str, articles: tuple[str, ...]) -> list[str]:
    """ "enfants soldats" with "d'" -> ["d'enfants"]."""
    return [article + word for word in words.split() if word[0] in "aeiouéêh" for article in articles]


def _words() -> dict[str, Trigger]:
    words = {noun: Trigger(kind, "toll") for kind, nouns in _NOUNS.items() for noun in nouns.split()}
    for kind, stems in _PARTICIPLES.items():
        words |= {stem + end: Trigger(kind, "participle") for stem in stems.split() for end in ("", "e", "s", "es")}
    words |= {verb: Trigger(kind, "active") for kind, verbs in _ACTIVE.items() for verb in verbs.split()}
    words |= dict.fromkeys("morts mortes décédées décédés péri noyés".split(), Trigger("killed", "intransitive"))
    return words | {"bilan": Trigger("killed", "toll"), "total": Trigger(None, "toll")}


_PHRASES: Final[dict[str, Trigger | str]] = {
    **dict.fromkeys(
        listed("""nombre de morts | bilan des morts | nombre de décès | nombre de tués | nombre des morts"""),
        Trigger("killed", "toll"),
    ),
    **dict.fromkeys(listed("nombre de blessés | nombre des blessés"), Trigger("injured", "toll")),
    **dict.fromkeys(
        listed("""ont perdu la vie | a perdu la vie | ont péri | a péri | sont morts | sont mortes | est mort
            | est morte | ont trouvé la mort | sont décédés | sont décédées | est décédé | meurent | mouraient"""),
        Trigger("killed", "intransitive"),
    ),
    **dict.fromkeys(
        listed("ont fui leurs maisons | ont fui leur foyer | ont fui leurs foyers | ont fui les combats | ont fui"),
        Trigger("displaced", "intransitive"),
    ),
    **dict.fromkeys(listed("pris en otage | prises en otage | prise en otage"), Trigger("abducted", "participle")),
    **dict.fromkeys(listed("placés en garde à vue | placées en garde à vue"), Trigger("detained", "participle")),
    **dict.fromkeys(listed("portés disparus | portées disparues | porté disparu"), Trigger("missing", "participle")),
    **dict.fromkeys(listed("dont | parmi lesquels | parmi lesquelles | parmi eux | y compris"), "u"),
    **dict.fromkeys(listed("ainsi que | en plus de"), "c"),
    **dict.fromkeys(listed("sains et saufs | sain et sauf | saines et sauves"), "0"),
    **dict.fromkeys(listed("personne n'a | personne n'est | personne n'avait"), "Z"),
}

TRIGGERS: Final = TriggerWords(
    words=_words(),
    nominal={noun: kind for kind, nouns in _NOMINAL.items() for noun in (*nouns.split(), *_elided(nouns, ELISIONS))},
    phrases=Phrases(_PHRASES),
    events={noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()},
    counted_once=frozenset("mort blessé blessée disparu".split()),
    toll_links=frozenset("à est de atteint dépasse passe monte : s'élève d'au".split()),
    weak=frozenset("libèrent libérant relâchent évacuent évacuant capturent capturé".split()),
    judicial=frozenset("tribunal condamnés peine".split()),
    unharmed=frozenset("indemnes indemne".split()),
)

_PEOPLE: Final = """personnes hommes femmes enfants filles garçons jeunes mineurs adultes civils soldats militaires
    policiers policières agents gendarmes gardes manifestants manifestantes étudiants étudiantes élèves paysans
    ouvriers travailleurs journalistes migrants réfugiés touristes passagers habitants villageois rebelles insurgés
    terroristes djihadistes miliciens combattants otages prisonniers opposants militants activistes dirigeants
    médecins infirmiers enseignants professeurs prêtres religieuses moines familles proches citoyens étrangers
    pompiers secouristes sauveteurs pêcheurs chauffeurs employés fonctionnaires juges élus paramilitaires marins
    suspects assaillants ravisseurs bébés nourrissons vieillards gens commerçants pèlerins fidèles skieurs
    guides bûcherons tisserands
    avocats reporters diplomates éleveurs bergers casques"""
_PERSON: Final = """homme femme enfant fille garçon civil soldat militaire policier policière agent gendarme manifestant
    étudiant étudiante élève paysan ouvrier journaliste migrant touriste passager habitant villageois rebelle milicien
    otage militant médecin infirmier infirmière enseignant professeur prêtre juge maire député avocat chauffeur employé
    bébé adolescent adolescente pêcheur bûcheron dirigeant"""
_THINGS: Final = {
    "duration": "ans an années année mois semaines semaine jours jour heures heure minutes secondes siècles décennies",
    "distance": "kilomètres kilomètre km mètres milles centimètres",
    "measure": "tonnes kilos kilogrammes grammes litres barils hectares degrés",
    "money": "dollars dollar euros euro francs livres",
    "votes": "voix sièges points buts matches matchs médailles",
    "projectiles": "balles tirs bombes missiles grenades roquettes obus explosions mines",
    "buildings": "maisons habitations immeubles écoles hôpitaux églises bâtiments magasins ponts",
    "vehicles": "véhicules voitures camions autobus bus avions hélicoptères motos bateaux",
    "animals": "vaches moutons chèvres chevaux chiens porcs poules bêtes animaux",
    "places": "pays provinces départements communes villes villages districts quartiers régions",
    "organisations": "entreprises partis groupes organisations équipes bataillons",
    "happenings": "attaques attentats affrontements opérations manifestations incidents fois réunions visites",
    "charges": "chefs délits plaintes",
    "percentage": "%",
}

_CLASSES: Final = {
    "n": "sans pas ne jamais n' n'y",
    "B": """a ont avait avaient ait aient fut furent est sont était étaient été être n'a n'ont n'est n'était n'avait
        serait seraient aurait auraient restent reste""",
    "m": "pourrait pourraient peut peuvent devrait devraient",
    "o": "de d' des du",
    "t": "pour",
    "y": "par",
    "c": "et ou mais ni",
    "W": "qui que dont",
    "w": "lorsque quand tandis où après avant depuis parce si alors pendant durant",
    "l": "fait faisant causé coûté laissé provoqué",
    "p": """en dans à au aux sur sous contre vers chez selon hier lundi mardi mercredi jeudi vendredi samedi dimanche
        janvier février mars avril mai juin juillet août septembre octobre novembre décembre ici là lors""",
    "s": "dit déclaré annoncé indiqué affirmé rapporté précisé confirmé",
    "v": "attaqué ouvert manifesté défilé tiré pris entré",
    "j": "aussi également déjà encore seulement",
}
_MONTHS: Final = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_WEEKDAYS: Final = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()

CONTEXT: Final = ContextWords(
    classes=by_word(_CLASSES),
    either=frozenset({"ou"}),
    perfects=frozenset("a ont avait avaient n'a n'ont n'avait ait aient".split()),
    singular_verbs=frozenset("a est était avait n'a n'est n'était fut".split()),
    be_forms=frozenset("fut furent est sont était étaient été être n'est n'était".split()),
    adverb_suffix="ment",
    not_adverbs=frozenset("gouvernement mouvement bâtiment régiment événement affrontement jugement moment".split()),
    determiners=frozenset("le la les un une son sa ses leur leurs ce cette ces autre chaque".split()),
    skipped_determiners=frozenset("le la les un une son sa ses leur leurs ce cette ces".split()),
    nobody=frozenset({"personne"}),
    zero_determiners=frozenset("aucun aucune sans".split()),
    negations=frozenset("ne pas jamais n'a n'ont n'est n'était n'avait aucun aucune sans".split()),
    months={name: n for n, name in enumerate(_MONTHS, start=1)},
    weekdays={name: n for n, name in enumerate(_WEEKDAYS)},
    relative_days={"aujourd'hui": 0, "hier": 1},
    period_openers=sequences("depuis | au cours des | ces derniers | ces dernières | cette année | cette semaine"),
    units_of_time=frozenset("jour mois semaine an heure nuit".split()),
    long_units=frozenset("mois an ans année années décennie décennies".split()),
    plural_units_of_time=frozenset("ans années décennies".split()),
    year_counters=frozenset({"depuis"}),
    at_which=frozenset({"quand", "lorsque", "où"}),
    modals=frozenset(_CLASSES["m"].split()),
    conditionals=frozenset({"si"}),
    hedges=frozenset("serait seraient aurait auraient probablement apparemment présumés vraisemblablement".split()),
    denials=frozenset("nié nie nient démenti dément démentent".split()),
    withdrawals=frozenset("rectifié corrigé faux".split()),
    cumulative=sequences("depuis | jusqu'à présent | au total | cette année | ces derniers | ces dernières"),
    rate_openers=frozenset("par chaque".split()),
    rate_words=frozenset("moyenne quotidiennement".split()),
    background=sequences("il y a | ans après | années après | l'an dernier | l'année dernière | guerre mondiale"),
    background_nouns=frozenset("anniversaire commémore commémoration mémorial".split()),
    revisions=frozenset("précédent précédents".split()),
    said=frozenset(
        """dit déclaré annoncé indiqué affirmé rapporté précisé confirmé déclare annonce indique affirme assure
        a-t-il""".split()
    ),
    according=Phrases(dict.fromkeys(listed("selon | d'après"))),
    age_words=frozenset({"âgé", "âgée", "âgés", "âgées"}),
    age_joiners=frozenset({"et"}),
    number_labels=by_word({"flight number": "vol", "article of law": "article loi décret", "label": "page numéro"}),
    money=frozenset("$ €".split()),
    percent=sequences("% | pour cent"),
    ratio_word="sur",
    ratio_links=sequences("sur"),
    year_prepositions=frozenset("en de depuis jusqu'en avant après".split()),
    joiners_of_days=frozenset("et ou au , - –".split()),
)

NOUNS: Final = NounWords(
    people=frozenset([*_PEOPLE.split(), *_elided(_PEOPLE, ("d'",))]),
    person=frozenset(_PERSON.split()),
    people_suffixes=("istes",),
    unlisted_suffixes=("eurs", "ants", "iers", "iens"),
    things=by_word(_THINGS),
)

AGENTS: Final = AgentWords(
    collectives=frozenset(
        "police armée gendarmerie gouvernement autorités forces troupes milice régime groupe".split()
    ),
    modifiers=frozenset("forces".split()),
    past_suffix="é",
    present_suffix="ant",
    attacks=frozenset("attaque attaques attentat embuscade assaut raid bombardement fusillade massacre".split()),
    blames=Phrases(by_phrase({"before": "revendiqué par | revendiquée par | attribué à | attribuée à | attribué aux"})),
)

LEXICON: Final = Lexicon(
    numbers=NUMBERS,
    triggers=TRIGGERS,
    nouns=NOUNS,
    context=CONTEXT,
    agents=AGENTS,
    grammar=frozenset({"participle_nouns"}),
)
