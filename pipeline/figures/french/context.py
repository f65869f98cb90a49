"""French function words, and the words around a number that change what it means."""

from __future__ import annotations

from typing import Final

from pipeline.figures.context_words import ContextWords
from pipeline.figures.phrases import Phrases, by_word, listed, sequences
from pipeline.figures.plain_frames import plain_frames

_CLASSES: Final = {
    "n": "sans pas ne jamais n' n'y",
    "B": """a ont avait avaient ait aient fut furent est sont était étaient été être n'a n'ont n'est n'était n'avait
        serait seraient aurait auraient soit soient restent reste avoir""",
    "m": "pourrait pourraient peut peuvent devrait devraient",
    "o": "de d' des du",
    "t": "pour",
    "y": "par",
    "c": "et ou mais ni",
    "W": "qui que dont",
    "w": "lorsque quand tandis où après avant depuis parce si alors pendant durant",
    "l": "fait faisant causé coûté coûte laissé provoqué",
    "p": """en dans à au aux sur sous contre vers chez selon hier lundi mardi mercredi jeudi vendredi samedi dimanche
        janvier février mars avril mai juin juillet août septembre octobre novembre décembre ici là lors""",
    "s": "dit déclaré annoncé indiqué affirmé rapporté précisé confirmé",
    "v": "attaqué ouvert manifesté défilé tiré pris entré",
    "j": "aussi également déjà encore seulement toujours plus désormais",
}
_MONTHS: Final = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_WEEKDAYS: Final = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()

_INTENTS: Final = {
    "demand": """exige exigent exigé exigeant réclame réclament réclamé réclamant demande demandent demandé
        demandant appelle appellent appelé""",
    "intention": "négocie négocient négocié promis promet promettent obtenir",
}

CONTEXT: Final = ContextWords(
    unknown=frozenset(
        """sait savent connaît connaissent exclut excluent exclu précise précisé identifié retrouvé
            secouru combien""".split()
    ),
    classes=by_word(_CLASSES),
    either=frozenset({"ou"}),
    perfects=frozenset("a ont avait avaient n'a n'ont n'avait ait aient avoir".split()),
    singular_verbs=frozenset("a est était avait n'a n'est n'était fut".split()),
    be_forms=frozenset("fut furent est sont était étaient été être n'est n'était".split()),
    adverb_suffix="ment",
    not_adverbs=frozenset("gouvernement mouvement bâtiment régiment événement affrontement jugement moment".split()),
    determiners=frozenset("d'un d'une le la les un une son sa ses leur leurs ce cette ces autre chaque".split()),
    skipped_determiners=frozenset("le la les un une son sa ses leur leurs ce cette ces".split()),
    nobody=frozenset({"personne"}),
    zero_determiners=frozenset("aucun aucune sans ni".split()),
    negations=frozenset("ne pas jamais n'a n'ont n'est n'était n'avait aucun aucune sans".split()),
    months={name: n for n, name in enumerate(_MONTHS, start=1)},
    weekdays={name: n for n, name in enumerate(_WEEKDAYS)},
    relative_days={"aujourd'hui": 0, "hier": 1},
    period_openers=sequences("depuis | au cours des | ces derniers | ces dernières | cette année | cette semaine"),
    units_of_time=frozenset("jour mois semaine an heure nuit".split()),
    long_units=frozenset("mois an ans année années décennie décennies".split()),
    plural_units_of_time=frozenset("ans années décennies".split()),
    year_counters=frozenset({"depuis"}),
    small_months=True,
    at_which=frozenset({"quand", "lorsque", "où"}),
    intents={word: reason for reason, words in _INTENTS.items() for word in words.split()},
    frames=plain_frames(
        flight=("ont fui", "avaient fui", "fuient", "ont fui vers"),
        runaways="""détenus prisonniers assaillants agresseurs suspects malfaiteurs ravisseurs tireurs voleurs
            braqueurs""",
        scenes="prison moto voiture véhicule pied scène",
        dwellers="familles habitants villageois civils riverains réfugiés résidents",
        players="joueurs joueur footballeurs footballeur attaquants défenseurs gardiens titulaires milieux",
        games="match entraîneur sélectionneur championnat ligue tournoi rencontre",
        not_games="police bombe explosion bousculade attentat morts supporters tribune fusillade tués",
    ),
    modals=frozenset(_CLASSES["m"].split()),
    conditionals=frozenset({"si"}),
    hedges=frozenset(
        """serait seraient aurait auraient probablement apparemment présumés vraisemblablement craint craignent
        redoute redoutent""".split()
    ),
    denials=frozenset("nié nie nient démenti dément démentent".split()),
    withdrawals=frozenset("rectifié corrigé faux".split()),
    cumulative=sequences("depuis | jusqu'à présent | au total | cette année | ces derniers | ces dernières"),
    rate_openers=frozenset("par chaque".split()),
    rate_words=frozenset("moyenne quotidiennement".split()),
    ago=sequences("il y a"),
    background=sequences("ans après | années après | l'an dernier | l'année dernière | guerre mondiale"),
    background_nouns=frozenset("anniversaire commémore commémoration mémorial".split()),
    revisions=frozenset("précédent précédents".split()),
    said=frozenset(
        """dit déclaré annoncé indiqué affirmé rapporté précisé confirmé déclare annonce indique affirme affirment
        assure assurent
        a-t-il nié nie nient démenti dément démentent recensé documenté dénombré""".split()
    ),
    according=Phrases(dict.fromkeys(listed("selon | d'après"))),
    age_words=frozenset({"âgé", "âgée", "âgés", "âgées"}),
    age_units=frozenset("ans an mois".split()),
    age_joiners=frozenset({"et"}),
    number_labels=by_word({"flight number": "vol", "article of law": "article loi décret", "label": "page numéro"}),
    money=frozenset("$ €".split()),
    percent=sequences("% | pour cent"),
    among=frozenset({"parmi"}),
    ratio_word="sur",
    ratio_links=sequences("sur"),
    year_prepositions=frozenset("en de depuis jusqu'en avant après".split()),
    elided_of=("d'un", "d'une", "d'au", "d'environ", "d'"),
    of_the=frozenset({"des"}),
    joiners_of_days=frozenset("et ou au , - –".split()),
)
