"""Spanish words and phrases that say what happened to people."""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import Kinded, Trigger, TriggerWords
from pipeline.figures.phrases import Phrases, joined, listed
from schemas.enrichment import FigureKind

_REGULAR: Final[dict[FigureKind, str]] = {
    "killed": "asesin mat ejecut acribill masacr decapit linch fusil ahorc",
    "injured": "lesion",
    "detained": "arrest captur encarcel apres",
    "abducted": "secuestr rapt",
    "displaced": "desplaz evacu desaloj",
    "released": "liber excarcel",
    "hospitalised": "hospitaliz",
}
"""Stems of verbs in -ar: "asesinado", "asesinó", "asesinaron", "asesina", "asesinan", "asesinando"."""
_PARTICIPLES: Final[dict[FigureKind, str]] = {
    "killed": "abatid calcinad ultimad",
    "injured": "herid",
    "detained": "detenid aprehendid recluid",
}
_ACTIVE: Final[dict[FigureKind, str]] = {
    "killed": "abatió abatieron abate abaten ultimaron",
    "injured": "hirió hirieron hiere hieren hiriendo",
    "detained": "detuvo detuvieron detiene detienen deteniendo aprehendió aprehendieron aprehenden",
}
_INTRANSITIVE: Final[dict[FigureKind, str]] = {
    "killed": """murió murieron mueren muere fallecieron falleció fallecen fallece perecieron pereció muerto fallecido
        ahogaron""",
    "missing": "desaparecieron desapareció desaparecido desaparecen",
    "displaced": "huyeron huyen huido",
}
_NOUNS: Final[dict[FigureKind, str]] = {
    "killed": """muertos muertas muerto muerta fallecidos fallecidas fallecido fallecida cadáveres muertes asesinatos
        feminicidios homicidios ejecuciones""",
    "injured": "heridos heridas herido herida lesionados lesionadas",
    "casualties": "víctimas",
    "missing": "desaparecidos desaparecidas desaparecido desaparecida desapariciones",
    "detained": "detenidos detenidas detenido detenida arrestos detenciones arrestados capturados",
    "abducted": "secuestrados secuestradas secuestros",
    "displaced": "desplazados desplazadas evacuados",
    "released": "liberados",
}
_COUNTED: Final[dict[FigureKind, str]] = {"killed": "cuerpos mortales", "casualties": "bajas"}
"""Nouns that are counted only with others in the sentence."""
_FOUND: Final = """hallaron halló hallados hallan encontraron encontró encontrados encuentran recuperaron recuperó
    recuperados recuperan rescataron rescató rescatados localizaron localizó exhumaron exhumó exhumados extrajeron"""
_GUARDED: Final = {
    "cuerpos": _FOUND,
    "mortales": "víctimas víctima",
    "bajas": """ejército tropas militares militar combate combates soldados guerrilla guerrilleros batallón rebeldes
        civiles insurgentes enemigo ofensiva""",
}
_NOMINAL: Final[dict[FigureKind, str]] = {
    "killed": "muerte asesinato asesinatos ejecución matanza homicidio fallecimiento",
    "detained": "detención arresto captura encarcelamiento",
    "abducted": "secuestro rapto",
    "released": "liberación excarcelación",
    "displaced": "desplazamiento evacuación",
    "missing": "desaparición",
}
_HARMED: Final[dict[FigureKind, str]] = {
    "casualties": "víctimas",
    "killed": "muertos | fallecidos | víctimas mortales | víctimas fatales",
    "injured": "heridos | lesionados",
    "missing": "desaparecidos",
}
"""What nobody reports."""
_HOMES: Final = "sus hogares | sus casas | sus viviendas | sus tierras | sus comunidades"


def _forms(stem: str) -> dict[str, str]:
    return {
        **dict.fromkeys((f"{stem}ad{end}" for end in ("o", "a", "os", "as")), "participle"),
        **dict.fromkeys((stem + end for end in ("ó", "aron", "a", "an", "ando")), "active"),
    }


def _words() -> dict[str, Trigger]:
    words = {noun: Trigger(kind, "toll") for kind, nouns in _NOUNS.items() for noun in nouns.split()}
    for kind, stems in _REGULAR.items():
        for stem in stems.split():
            words |= {
                word: Trigger(kind, "participle" if form == "participle" else "active")
                for word, form in _forms(stem).items()
            }
    for kind, stems in _PARTICIPLES.items():
        words |= {stem + end: Trigger(kind, "participle") for stem in stems.split() for end in ("o", "a", "os", "as")}
    words |= {verb: Trigger(kind, "active") for kind, verbs in _ACTIVE.items() for verb in verbs.split()}
    words |= {verb: Trigger(kind, "intransitive") for kind, verbs in _INTRANSITIVE.items() for verb in verbs.split()}
    return words | {"saldo": Trigger(None, "toll"), "total": Trigger(None, "toll")}


def _weak() -> frozenset[str]:
    """Verbs of which ships, animals, orders and goods are the object as often."""
    regular = (word for stem in "captur liber evacu desaloj desplaz ejecut".split() for word in _forms(stem))
    return frozenset([*regular, *"abatido abatida abatidos abatidas huido".split()])


_TOLLS: Final = "número de | cifra de | balance de | saldo de | cantidad de"
_PHRASES: Final[dict[str, Trigger | Kinded | str]] = {
    **dict.fromkeys(
        joined(_TOLLS, "muertos | fallecidos | víctimas mortales | víctimas fatales | asesinados"),
        Trigger("killed", "toll"),
    ),
    **dict.fromkeys(joined(_TOLLS, "heridos | lesionados"), Trigger("injured", "toll")),
    **dict.fromkeys(joined(_TOLLS, "detenidos | arrestados"), Trigger("detained", "toll")),
    **dict.fromkeys(joined(_TOLLS, "desaparecidos"), Trigger("missing", "toll")),
    **dict.fromkeys(joined(_TOLLS, "desplazados"), Trigger("displaced", "toll")),
    **dict.fromkeys(
        listed("""perdieron la vida | perdió la vida | murieron ahogados | han muerto | ha muerto | hayan muerto
            | resultaron muertos | resultaron muertas | resultó muerto | resultó muerta | quedaron muertos"""),
        Trigger("killed", "intransitive"),
    ),
    **dict.fromkeys(
        (
            *joined(
                "fueron | fue | han sido | resultaron",
                "hallados | hallado | hallada | halladas | encontrados | encontrado | encontrada | encontradas",
                "muertos | muerto | muerta | muertas | sin vida",
            ),
            *listed("murieron a manos de"),
        ),
        Trigger("killed", "intransitive"),
    ),
    **dict.fromkeys(
        joined(
            "hallan | hallaron | halló | encuentran | encontraron | encontró",
            "sin vida | muertos | muertas | muerto | muerta",
        ),
        Trigger("killed", "active"),
    ),
    **dict.fromkeys(
        (
            *joined(
                "abandonaron | dejaron | han abandonado | tuvieron que abandonar | tuvieron que dejar"
                " | han tenido que abandonar | huyeron de | han huido de"
                " | se vieron obligados a abandonar | se vieron obligadas a abandonar",
                _HOMES,
            ),
            *joined(
                "tuvieron que | se vieron obligados a | se vieron obligadas a | se vieron forzados a"
                " | se vieron forzadas a | fueron obligados a | fueron obligadas a",
                "huir | desplazarse",
            ),
            *listed("se quedaron sin hogar | quedaron sin hogar | han huido"),
        ),
        Trigger("displaced", "intransitive"),
    ),
    **dict.fromkeys(listed("tomados como rehenes | tomadas como rehenes"), Trigger("abducted", "participle")),
    **dict.fromkeys(
        (
            *joined(
                "siguen | sigue | permanecen | permanece | continúan | están | continúa",
                "desaparecidos | desaparecidas | desaparecido | desaparecida",
            ),
            *listed("se encuentran desaparecidos | se encuentran desaparecidas"),
        ),
        Trigger("missing", "intransitive"),
    ),
    **dict.fromkeys(
        (
            *joined(
                "siguen | permanecen | continúan | están",
                "detenidos | detenidas | presos | presas | encarcelados | encarceladas | en prisión | recluidos",
            ),
            *listed("privados de libertad | privadas de libertad | puestos bajo custodia"),
        ),
        Trigger("detained", "intransitive"),
    ),
    **dict.fromkeys(listed("mantiene detenidos a | mantienen detenidos a"), Trigger("detained", "active")),
    **dict.fromkeys(
        (
            *joined(
                "quedaron | quedó | fueron puestos | fueron puestas | fue puesto | fue puesta | salieron", "en libertad"
            ),
            *listed("recuperaron la libertad | recuperaron su libertad | salieron de prisión | salieron de la cárcel"),
        ),
        Trigger("released", "intransitive"),
    ),
    **dict.fromkeys(
        joined(
            "trasladados | trasladadas | llevados | llevadas | ingresados | ingresadas",
            "a hospitales | al hospital | a un hospital | a centros médicos | a centros hospitalarios"
            " | en hospitales | en el hospital",
        ),
        Trigger("hospitalised", "participle"),
    ),
    **dict.fromkeys(
        listed("""entre ellos | entre ellas | incluidos | incluidas | incluido | incluida | incluyendo | de los cuales
            | de las cuales | de ellos | de ellas | entre los que | entre las que | entre los cuales
            | entre las cuales"""),
        "u",
    ),
    **dict.fromkeys(listed("así como | además de | junto con"), "c"),
    **dict.fromkeys(listed("sanos y salvos | sano y salvo | sanas y salvas"), "0"),
    **dict.fromkeys(
        listed("""ascienden a | asciende a | ascendieron a | suben a | sube a | subió a | subieron a | suman | sumaban
            | ya son | son ya | eleva a | elevan a | elevó a | elevaron a | sitúan en | sitúa en | cifró en |
        cifraron en | aumentó a | aumenta a | llegan a | llega a | calcula en | calculan en"""),
        "t",
    ),
    **dict.fromkeys(listed("la vida a | la vida de | las vidas de"), "L"),
    **dict.fromkeys(listed("los cuerpos de | los cadáveres de | los restos de | el cuerpo de"), "L"),
    **dict.fromkeys(listed("no hubo que lamentar | no hay que lamentar"), "n"),
    **dict.fromkeys(
        listed("""por error | por accidente | a tiros | a balazos | a puñaladas | a machetazos | a golpes | a
        quemarropa | de bala | por bala
            | de gravedad | de consideración | por disparos"""),
        "",
    ),
    **dict.fromkeys(listed("amenazó con | amenazaron con"), "w"),
    **dict.fromkeys(
        joined("no hubo | no hay | no se registraron | no se reportaron | sin", "heridos graves | heridos de gravedad"),
        "x",
    ),
    **{
        f"{denial} {noun}": Kinded("z", kind, reason)
        for kind, nouns in _HARMED.items()
        for reason, denials in (
            (None, "no hubo | no dejó | no causó | sin | no hay | no provocó | no se registraron | no ha habido"),
            (
                "no report",
                """no se reportaron | no se han reportado | no se reportan | no hay reportes de | sin reportes de
                    | no hay reporte de | no se tiene reporte de | no hay informes de | no hay noticias de
                    | no hay información sobre | no se ha informado de | no se informó de | sin reporte de""",
            ),
        )
        for denial in listed(denials)
        for noun in listed(nouns)
    },
}

TRIGGERS: Final = TriggerWords(
    words=_words(),
    nominal={noun: kind for kind, nouns in _NOMINAL.items() for noun in nouns.split()},
    phrases=Phrases(_PHRASES),
    events={noun: kind for table in (_NOUNS, _COUNTED) for kind, nouns in table.items() for noun in nouns.split()},
    guarded_events={noun: frozenset(words.split()) for noun, words in _GUARDED.items()},
    counted_once=frozenset(
        "muerto muerta herido herida fallecido fallecida detenido detenida desaparecido desaparecida".split()
    ),
    toll_links=frozenset(
        "a es en de asciende ascendió subió pasó aumentó llega llegó supera sumó era son fueron :".split()
    ),
    exceeding=frozenset("supera superan superó superaron rebasa rebasó".split()),
    weak=_weak(),
    judicial=frozenset("tribunal condenados condena pena".split()),
    body_words=frozenset("cuerpos cuerpo cadáveres restos".split()),
    unharmed=frozenset("ilesos ilesas ileso ilesa indemnes".split()),
)
