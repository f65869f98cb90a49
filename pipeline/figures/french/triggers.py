"""French words and phrases that say what happened to people."""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import Kinded, Trigger, TriggerWords
from pipeline.figures.phrases import Phrases, joined, listed
from schemas.enrichment import FigureKind

_PARTICIPLES: Final[dict[FigureKind, str]] = {
    "killed": "tué assassiné massacré exécuté abattu décapité lynché égorgé fusillé pendu poignardé",
    "injured": "blessé",
    "detained": "arrêté interpellé détenu emprisonné incarcéré capturé écroué",
    "abducted": "enlevé kidnappé séquestré",
    "displaced": "déplacé évacué",
    "released": "libéré relâché",
    "hospitalised": "hospitalisé",
}
_ACTIVE: Final[dict[FigureKind, str]] = {
    "killed": "tue tuent tuant assassine assassinent assassinant abattent massacrent tuèrent exécutent",
    "injured": "blesse blessent blessant",
    "detained": "arrête arrêtent arrêtant interpelle interpellent capturent détient détiennent détenait",
    "abducted": "enlèvent kidnappent enlevant kidnappe",
    "released": "libèrent libère libérant relâchent relâche",
    "displaced": "évacuent évacuant",
}
_NOUNS: Final[dict[FigureKind, str]] = {
    "killed": "morts mort décès tués cadavres assassinats homicides féminicides exécutions",
    "injured": "blessés blessé blessées blessée",
    "casualties": "victimes victime",
    "missing": "disparus disparu disparues disparue disparitions",
    "detained": "arrestations interpellations",
    "abducted": "enlèvements",
    "displaced": "déplacés",
}
_COUNTED: Final[dict[FigureKind, str]] = {"killed": "corps"}
"""Nouns that are counted only with others in the sentence."""
_GUARDED: Final = {
    "corps": """retrouvé retrouvés découvert découverts repêché repêchés extrait extraits récupéré récupérés exhumé
        exhumés identifiés sans"""
}
_NOMINAL: Final[dict[FigureKind, str]] = {
    "killed": "mort assassinat meurtre meurtres exécution massacre décès",
    "detained": "arrestation interpellation détention",
    "abducted": "enlèvement rapt",
    "released": "libération",
    "displaced": "évacuation déplacement",
    "missing": "disparition",
}
_HARMED: Final[dict[FigureKind, str]] = {
    "casualties": "victime | victimes",
    "killed": "mort | morts | décès",
    "injured": "blessé | blessés",
}
"""What nobody reports."""
_HOMES: Final = """leurs maisons | leur maison | leurs foyers | leur foyer | leur domicile | leurs domiciles
    | leurs villages | leur village | leurs habitations | leurs terres"""


def elided(words: str, articles: tuple[str, ...]) -> list[str]:
    """ "enfants soldats" with "d'" -> ["d'enfants"]."""
    return [article + word for word in words.split() if word[0] in "aeiouéêh" for article in articles]


def _words() -> dict[str, Trigger]:
    words = {noun: Trigger(kind, "toll") for kind, nouns in _NOUNS.items() for noun in nouns.split()}
    for kind, stems in _PARTICIPLES.items():
        words |= {stem + end: Trigger(kind, "participle") for stem in stems.split() for end in ("", "e", "s", "es")}
    words |= {verb: Trigger(kind, "active") for kind, verbs in _ACTIVE.items() for verb in verbs.split()}
    words |= dict.fromkeys("mortes décédées décédés péri noyés noyées".split(), Trigger("killed", "intransitive"))
    return words | {"bilan": Trigger("killed", "toll"), "total": Trigger(None, "toll")}


def _weak() -> frozenset[str]:
    """Verbs of which animals, trees, drones, trains, goods and orders are the object as often."""
    stems = "libéré évacué abattu exécuté capturé enlevé arrêté déplacé détenu"
    participles = (stem + end for stem in stems.split() for end in ("", "e", "s", "es"))
    verbs = "libèrent libère libérant relâchent évacuent évacuant capturent abattent exécutent arrête arrêtent"
    return frozenset([*participles, *verbs.split(), *"enlèvent enlevant détient détiennent détenait".split()])


_TOLLS: Final = "nombre de | nombre des | bilan des | bilan de"
_PHRASES: Final[dict[str, Trigger | Kinded | str]] = {
    **dict.fromkeys(joined(_TOLLS, "morts | décès | tués | personnes tuées"), Trigger("killed", "toll")),
    **dict.fromkeys(joined(_TOLLS, "blessés | personnes blessées"), Trigger("injured", "toll")),
    **dict.fromkeys(joined(_TOLLS, "disparus | personnes disparues"), Trigger("missing", "toll")),
    **dict.fromkeys(joined(_TOLLS, "déplacés | personnes déplacées"), Trigger("displaced", "toll")),
    **dict.fromkeys(joined(_TOLLS, "arrestations | interpellations"), Trigger("detained", "toll")),
    **dict.fromkeys(
        (
            *listed("""ont perdu la vie | a perdu la vie | ont péri | a péri | ont trouvé la mort | a trouvé la mort
                | meurent | mouraient | meurt | ont succombé | a succombé"""),
            *joined(
                "sont | étaient | seraient | est | était | soient",
                "morts | mortes | mort | morte | décédés | décédées | décédé | décédée",
            ),
            *joined(
                "ont été | a été",
                "retrouvés morts | retrouvées mortes | retrouvé mort | retrouvée morte"
                " | découverts morts | retrouvés sans vie | retrouvées sans vie | mortellement blessés",
            ),
        ),
        Trigger("killed", "intransitive"),
    ),
    **dict.fromkeys(
        (
            *listed("ont fui les combats | ont fui | avaient fui | ont fui vers | fuient"),
            *joined("ont fui | ont quitté | ont dû quitter | ont dû fuir | ont abandonné | ont dû abandonner", _HOMES),
            *joined(
                "ont été",
                "contraints de | contraintes de | forcés de | forcées de | obligés de | obligées de",
                "fuir | quitter",
            ),
            *listed("ont dû fuir | se retrouvent sans abri | sont sans abri"),
        ),
        Trigger("displaced", "intransitive"),
    ),
    **dict.fromkeys(listed("pris en otage | prises en otage | prise en otage"), Trigger("abducted", "participle")),
    **dict.fromkeys(
        joined(
            "placés | placées | placé | placée | mis | mises | mise",
            "en garde à vue | en détention | en détention provisoire | sous mandat de dépôt | aux arrêts",
        ),
        Trigger("detained", "participle"),
    ),
    **dict.fromkeys(
        joined(
            "sont | restent | étaient | sont toujours | sont encore | demeurent",
            "en détention | en prison | en garde à vue | derrière les barreaux",
        ),
        Trigger("detained", "intransitive"),
    ),
    **dict.fromkeys(joined("remis | remise | remises | remettre", "en liberté"), Trigger("released", "participle")),
    **dict.fromkeys(
        listed("ont recouvré la liberté | ont retrouvé la liberté | a recouvré la liberté | a retrouvé la liberté"),
        Trigger("released", "intransitive"),
    ),
    **dict.fromkeys(
        listed("portés disparus | portées disparues | porté disparu | portée disparue"),
        Trigger("missing", "participle"),
    ),
    **dict.fromkeys(
        listed("""ont disparu | a disparu | sont introuvables | restent introuvables | manquent à l'appel
            | restent portés disparus | restent portées disparues"""),
        Trigger("missing", "intransitive"),
    ),
    **dict.fromkeys(
        joined(
            "transportés | transportées | conduits | conduites | admis | admises | soignés",
            "à l'hôpital | dans des hôpitaux | dans un hôpital",
        ),
        Trigger("hospitalised", "participle"),
    ),
    **dict.fromkeys(
        listed("dont | parmi lesquels | parmi lesquelles | parmi eux | parmi elles | y compris | notamment"), "u"
    ),
    **dict.fromkeys(listed("ainsi que | en plus de"), "c"),
    **dict.fromkeys(listed("sains et saufs | sain et sauf | saines et sauves"), "0"),
    **dict.fromkeys(listed("personne n'a | personne n'est | personne n'avait"), "Z"),
    **dict.fromkeys(listed("la vie à | la vie d' | la vie de"), "L"),
    **dict.fromkeys(
        listed("les corps de | les cadavres de | les dépouilles de | le corps d' | les corps sans vie de"), "L"
    ),
    **dict.fromkeys(listed("porte à | portent à | portant à | porté à | ce qui porte à | portait à"), "t"),
    **dict.fromkeys(
        listed("par erreur | par accident | par balles | par balle | à coups de couteau | dans un état grave"), ""
    ),
    **{
        f"{denial} {noun}": Kinded("z", kind, reason)
        for kind, nouns in _HARMED.items()
        for reason, denials in (
            (None, "n'a fait aucun | n'a fait aucune | n'a pas fait de | n'ont fait aucun | n'a pas causé de"),
            ("no report", "aucune information sur des | pas d'information sur des | aucun bilan de"),
        )
        for denial in listed(denials)
        for noun in listed(nouns)
    },
    **dict.fromkeys(joined("de | aucun | n'a pas fait de | n'a fait aucun", "blessé grave | blessés graves"), "x"),
}

TRIGGERS: Final = TriggerWords(
    words=_words(),
    nominal={noun: kind for kind, nouns in _NOMINAL.items() for noun in (*nouns.split(), *elided(nouns, ("l'", "d'")))},
    phrases=Phrases(_PHRASES),
    events={
        noun: kind
        for table in (_NOUNS, _COUNTED)
        for kind, nouns in table.items()
        for noun in (*nouns.split(), *elided(nouns, ("d'",)))
    },
    guarded_events={noun: frozenset(words.split()) for noun, words in _GUARDED.items()},
    counted_once=frozenset("mort blessé blessée disparu disparue".split()),
    toll_links=frozenset("à est de atteint dépasse dépassé passe passé monte : s'élève d'au".split()),
    exceeding=frozenset("dépasse dépassent dépassé".split()),
    weak=_weak(),
    judicial=frozenset("tribunal condamnés peine".split()),
    body_words=frozenset("corps cadavres dépouilles".split()),
    unharmed=frozenset("indemnes indemne".split()),
)
