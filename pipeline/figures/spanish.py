"""Spanish, at a first level: the killed, injured, missing, detained, abducted, displaced and released of plain reports.

Not read: infinitives and futures (threats, plans), relative clauses over several verbs, fiction, frames.
Source: own knowledge of Spanish agency style.
"""

from __future__ import annotations

from typing import Final

from pipeline.figures.context_words import ContextWords
from pipeline.figures.lexicon import AgentWords, Lexicon, NounWords, NumberWords, Trigger, TriggerWords
from pipeline.figures.phrases import Phrases, by_phrase, by_word, listed, sequences
from schemas.enrichment import FigureKind

_ONES: Final = "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince".split()
_TEENS: Final = "dieciséis diecisiete dieciocho diecinueve veinte".split()
_TWENTIES: Final = (
    "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
).split()
_TENS: Final = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_HUNDREDS: Final = "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient".split()


def _units() -> dict[str, int]:
    table = {word: n for n, word in enumerate(_ONES + _TEENS + _TWENTIES, start=2)}
    table |= {word: n * 10 for n, word in enumerate(_TENS, start=3)}
    table |= {stem + end: n * 100 for n, stem in enumerate(_HUNDREDS, start=2) for end in ("os", "as")}
    return table | {"uno": 1, "veintiún": 21, "cien": 100, "ciento": 100, "mil": 1000}


_BEFORE: Final = {
    "at_least": """al menos | por lo menos | como mínimo | más de | no menos de | un mínimo de | un total de al menos
        | cuando menos""",
    "at_most": "hasta | como máximo | no más de | menos de | a lo sumo",
    "about": """unos | unas | cerca de | alrededor de | casi | aproximadamente | en torno a | a unos | a unas
        | un estimado de""",
    "exact": """los | las | otros | otras | un total de | sus | estos | estas | los otros | las otras | todos los
        | todas las | a los | a las | de los | de las | otra | otro | solo | sólo | exactamente""",
}
_VAGUE: Final = {
    2: "algunos | algunas | un número de | un par de | un grupo de",
    3: "varios | varias | muchos | muchas",
    4: "numerosos | numerosas",
    20: "decenas de | decenas",
    24: "docenas de | docenas",
    200: "cientos de | cientos | centenares de | centenares",
    2_000: "miles de | miles",
    20_000: "decenas de miles de | decenas de miles",
    200_000: "cientos de miles de | cientos de miles",
}

NUMBERS: Final = NumberWords(
    units=_units(),
    multipliers={
        "mil": 1_000,
        "millón": 1_000_000,
        "millones": 1_000_000,
        "docena": 12,
        "decena": 10,
        "veintena": 20,
        "centenar": 100,
        "millar": 1_000,
    },
    suffixes={},
    joiners=frozenset({"y"}),
    joins_tens=True,
    half="media",
    articles=frozenset({"un", "una"}),
    rough=frozenset("decena veintena centenar millar".split()),
    vague=Phrases(by_phrase(_VAGUE)),
    bounds_before=Phrases({p: bound for bound, phrases in _BEFORE.items() for p in listed(phrases)}),
    bounds_after=Phrases(by_phrase({"at_least": "o más | por lo menos", "about": "más o menos | aproximadamente"})),
    range_words=frozenset({"a", "o", "-", "–"}),
    range_openers={"entre": "y", "de": "a"},
    increments=frozenset("más otros otras otro otra adicionales".split()),
    anaphors=frozenset("más otros otras".split()),
    part_pronouns=frozenset("ellos ellas".split()),
)

_PARTICIPLES: Final[dict[FigureKind, str]] = {
    "killed": "asesinad matad abatid ejecutad acribillad masacrad decapitad linchad fusilad calcinad",
    "injured": "herid lesionad",
    "detained": "detenid arrestad capturad encarcelad aprehendid",
    "abducted": "secuestrad",
    "displaced": "desplazad evacuad",
    "released": "liberad excarcelad",
    "hospitalised": "hospitalizad",
}
_ACTIVE: Final[dict[FigureKind, str]] = {
    "killed": "mató mataron mata matan matando asesinó asesinaron asesinan asesinando abatió abatieron",
    "injured": "hirió hirieron hiere hieren hiriendo lesionó lesionaron",
    "detained": """detuvo detuvieron detiene detienen deteniendo arrestó arrestaron arresta arrestan capturó
        capturaron captura capturan encarceló encarcelaron""",
    "abducted": "secuestró secuestraron secuestra secuestran secuestrando",
    "displaced": "desplazó desplazaron evacuó evacuaron",
    "released": "liberó liberaron libera liberan liberando excarceló excarcelaron",
}
_INTRANSITIVE: Final[dict[FigureKind, str]] = {
    "killed": "murió murieron mueren muere fallecieron falleció fallecen perecieron pereció muerto fallecido ahogaron",
    "missing": "desaparecieron desapareció desaparecido",
    "displaced": "huyeron huyen",
}
_NOUNS: Final[dict[FigureKind, str]] = {
    "killed": "muertos muertas muerto muerta fallecidos fallecidas fallecido fallecida cadáveres muertes asesinatos",
    "injured": "heridos heridas herido herida lesionados lesionadas",
    "casualties": "víctimas bajas",
    "missing": "desaparecidos desaparecidas desaparecido desaparecida",
    "detained": "detenidos detenidas detenido detenida arrestos detenciones arrestados capturados",
    "abducted": "secuestrados secuestradas secuestros",
    "displaced": "desplazados desplazadas evacuados",
    "released": "liberados",
}
_NOMINAL: Final[dict[FigureKind, str]] = {
    "killed": "muerte asesinato asesinatos ejecución matanza homicidio",
    "detained": "detención arresto captura encarcelamiento",
    "abducted": "secuestro rapto",
    "released": "liberación",
    "displaced": "desplazamiento evacuación",
    "missing": "desaparición",
}


def _words() -> dict[str, Trigger]:
    words = {noun: Trigger(kind, "toll") for kind, nouns in _NOUNS.items() for noun in nouns.split()}
    for kind, stems in _PARTICIPLES.items():
        words |= {stem + end: Trigger(kind, "participle") for stem in stems.split() for end in ("o", "a", "os", "as")}
    words |= {verb: Trigger(kind, "active") for kind, verbs in _ACTIVE.items() for verb in verbs.split()}
    words |= {verb: Trigger(kind, "intransitive") for kind, verbs in _INTRANSITIVE.items() for verb in verbs.split()}
    return words | {"saldo": Trigger(None, "toll"), "total": Trigger(None, "toll")}


_PHRASES: Final[dict[str, Trigger | str]] = {
    **dict.fromkeys(
        listed("""número de muertos | cifra de muertos | balance de muertos | número de fallecidos | cifra de fallecidos
            | número de víctimas mortales | saldo de muertos | cantidad de muertos | cifra de víctimas mortales"""),
        Trigger("killed", "toll"),
    ),
    **dict.fromkeys(listed("número de heridos | cifra de heridos | saldo de heridos"), Trigger("injured", "toll")),
    **dict.fromkeys(listed("número de detenidos | cifra de detenidos"), Trigger("detained", "toll")),
    **dict.fromkeys(
        listed("perdieron la vida | perdió la vida | murieron ahogados | han muerto | ha muerto"),
        Trigger("killed", "intransitive"),
    ),
    **dict.fromkeys(
        listed("abandonaron sus hogares | huyeron de sus casas | huyeron de sus hogares | abandonaron sus casas"),
        Trigger("displaced", "intransitive"),
    ),
    **dict.fromkeys(listed("tomados como rehenes | tomadas como rehenes"), Trigger("abducted", "participle")),
    **dict.fromkeys(listed("siguen desaparecidos | siguen desaparecidas"), Trigger("missing", "intransitive")),
    **dict.fromkeys(listed("entre ellos | entre ellas | incluidos | incluidas | incluyendo | de los cuales"), "u"),
    **dict.fromkeys(listed("así como | además de | junto con"), "c"),
    **dict.fromkeys(listed("sanos y salvos | sano y salvo | sanas y salvas"), "0"),
}

TRIGGERS: Final = TriggerWords(
    words=_words(),
    nominal={noun: kind for kind, nouns in _NOMINAL.items() for noun in nouns.split()},
    phrases=Phrases(_PHRASES),
    events={noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()},
    counted_once=frozenset("muerto muerta herido herida fallecido fallecida detenido desaparecido".split()),
    toll_links=frozenset("a es en de asciende ascendió subió llega llegó supera sumó era :".split()),
    weak=frozenset("capturó capturaron liberó liberaron desplazó evacuó evacuaron".split()),
    judicial=frozenset("tribunal condenados condena pena".split()),
    unharmed=frozenset("ilesos ilesas ileso ilesa indemnes".split()),
)

_PEOPLE: Final = """personas hombres mujeres niños niñas jóvenes menores adultos ancianos civiles soldados militares
    policías agentes guardias manifestantes estudiantes campesinos trabajadores obreros mineros periodistas migrantes
    refugiados turistas pasajeros habitantes vecinos aldeanos rebeldes guerrilleros insurgentes terroristas milicianos
    pistoleros sicarios rehenes presos reclusos opositores activistas dirigentes líderes médicos enfermeros maestros
    profesores sacerdotes monjas religiosos indígenas familias familiares ciudadanos extranjeros bomberos rescatistas
    pescadores conductores choferes empleados funcionarios jueces fiscales combatientes efectivos paramilitares
    marineros marinos sospechosos secuestradores delincuentes pandilleros bebés muchachos muchachas gente comerciantes
    peregrinos fieles camioneros esquiadores guías leñadores tejedores alumnos taxistas colonos reporteros abogados"""
_PERSON: Final = """hombre mujer niño niña joven menor anciano anciana civil soldado militar policía agente guardia
    manifestante estudiante campesino trabajador minero periodista migrante turista pasajero vecino rebelde guerrillero
    persona líder médico enfermera maestro profesor sacerdote monja juez fiscal alcalde concejal diputado abogado
    conductor empleado bebé muchacho muchacha dirigente activista pescador leñador"""
_THINGS: Final = {
    "duration": "años año meses mes semanas semana días día horas hora minutos minuto segundos décadas siglos noches",
    "distance": "kilómetros kilómetro km metros metro millas centímetros",
    "measure": "toneladas kilos kilogramos gramos litros barriles hectáreas grados",
    "money": "dólares dólar euros euro pesos soles bolívares colones quetzales pesetas libras",
    "votes": "votos escaños puntos goles partidos medallas",
    "projectiles": "disparos balas tiros bombas misiles granadas cohetes proyectiles explosiones minas",
    "buildings": "casas viviendas edificios escuelas hospitales iglesias locales tiendas puentes",
    "vehicles": "vehículos autos coches camiones autobuses buses aviones helicópteros motocicletas barcos",
    "animals": "vacas ovejas cabras caballos perros cerdos aves gallinas reses animales",
    "places": "países provincias departamentos municipios ciudades pueblos aldeas distritos barrios regiones",
    "organisations": "empresas partidos grupos organizaciones equipos batallones",
    "happenings": "ataques atentados enfrentamientos operaciones protestas incidentes veces reuniones viajes",
    "charges": "cargos delitos casos denuncias",
    "percentage": "%",
}

_CLASSES: Final = {
    "n": "sin no nunca jamás tampoco",
    "B": """fue fueron es son era eran sido siendo está están estaba estaban ha han había habían haber haya hayan
        resultó resultaron quedó quedaron quedaron permanecen permanece siguen sigue continúan siendo""",
    "m": "podría podrían puede pueden pudo pudieron debe deben debería deberían habría habrían",
    "o": "de del",
    "t": "para",
    "y": "por",
    "c": "y o e u ni pero",
    "W": "que quien quienes cuyo cuya cuyos",
    "w": "cuando mientras donde tras después antes desde porque aunque si durante luego",
    "l": "dejó dejaron deja dejan dejando cobró cobraron causó causaron provocó provocando causando",
    "p": """en con contra entre hacia hasta sobre bajo ante según ayer hoy anoche lunes martes miércoles jueves viernes
        sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre aquí
        allí""",
    "s": "dijo dijeron dice informó informaron anunció anunciaron declaró afirmó señaló indicó reportó confirmó",
    "v": "atacaron atacó entraron irrumpieron dispararon protestaron marcharon resistieron salieron escaparon",
    "j": "también ya aún todavía solo sólo además",
}
_MONTHS: Final = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_WEEKDAYS: Final = "lunes martes miércoles jueves viernes sábado domingo".split()

CONTEXT: Final = ContextWords(
    classes=by_word(_CLASSES),
    either=frozenset({"o", "u"}),
    perfects=frozenset("ha han había habían haya hayan".split()),
    singular_verbs=frozenset("fue es era ha está estaba resultó quedó".split()),
    be_forms=frozenset("fue fueron es son era eran sido siendo está están resultó resultaron quedó quedaron".split()),
    adverbs=frozenset({"a"}),  # "mató a 12": the mark of a personal object carries no structure
    adverb_suffix="mente",
    determiners=frozenset("el la los las un una sus su otro otra este esta estos estas esos esas cada".split()),
    skipped_determiners=frozenset("el la los las un una sus su este esta estos estas".split()),
    nobody=frozenset("nadie ninguno ninguna".split()),
    zero_determiners=frozenset("sin ningún ninguna".split()),
    negations=frozenset("no nunca ni sin nadie".split()),
    months={name: n for n, name in enumerate(_MONTHS, start=1)},
    weekdays={name: n for n, name in enumerate(_WEEKDAYS)},
    relative_days={"hoy": 0, "ayer": 1, "anoche": 1},
    period_openers=sequences("desde | en lo que va de | en los últimos | en las últimas | durante los últimos"),
    units_of_time=frozenset("día mes semana año hora noche".split()),
    long_units=frozenset("mes meses año años década décadas".split()),
    plural_units_of_time=frozenset("años décadas".split()),
    year_counters=frozenset({"desde"}),
    at_which=frozenset({"cuando"}),
    modals=frozenset(_CLASSES["m"].split()),
    conditionals=frozenset({"si"}),
    hedges=frozenset("presuntamente supuestamente posiblemente probablemente aparentemente podría podrían".split()),
    denials=frozenset("negó negaron niega niegan desmintió desmintieron rechazó".split()),
    withdrawals=frozenset("rectificó corrigió falso falsa".split()),
    cumulative=sequences("desde | en lo que va de | hasta ahora | hasta el momento | en los últimos | en total"),
    rate_openers=frozenset("por cada al".split()),
    rate_words=frozenset("promedio diariamente anualmente".split()),
    background=sequences("hace años | años después | el año pasado | años atrás | segunda guerra mundial"),
    background_nouns=frozenset("aniversario conmemora conmemoran conmemoró memorial".split()),
    revisions=frozenset("anterior previo anteriores".split()),
    said=frozenset(
        """dijo dijeron dice informó informaron anunció declaró afirmó señaló indicó reportó reportaron confirmó
        confirmaron precisó aseguró denunció negó""".split()
    ),
    according=Phrases(dict.fromkeys(listed("según | de acuerdo con | a juicio de"))),
    age_words=frozenset("edad".split()),
    number_labels=by_word(
        {"flight number": "vuelo", "article of law": "artículo ley decreto", "label": "página número"}
    ),
    money=frozenset("$ € us$ usd".split()),
    percent=sequences("% | por ciento"),
    ratio_word="en",
    ratio_links=sequences("de cada"),
    year_prepositions=frozenset("en de desde hasta durante del".split()),
    joiners_of_days=frozenset("y o a , - –".split()),
)

NOUNS: Final = NounWords(
    people=frozenset(_PEOPLE.split()),
    person=frozenset(_PERSON.split()),
    people_suffixes=("istas", "eros", "adores"),
    unlisted_suffixes=("ores", "antes", "entes", "icos"),
    things=by_word(_THINGS),
)

AGENTS: Final = AgentWords(
    collectives=frozenset(
        "policía ejército guerrilla gobierno autoridades fuerzas tropas militares banda pandilla cártel milicia".split()
    ),
    modifiers=frozenset("fuerzas".split()),
    relatives=frozenset({"quien", "quienes"}),
    past_suffix="aron",
    present_suffix="ando",
    attacks=frozenset("ataque ataques atentado emboscada asalto tiroteo redada bombardeo masacre".split()),
    blames=Phrases(by_phrase({"before": "reivindicado por | reivindicada por | atribuido a | atribuida a"})),
)

LEXICON: Final = Lexicon(
    numbers=NUMBERS,
    triggers=TRIGGERS,
    nouns=NOUNS,
    context=CONTEXT,
    agents=AGENTS,
    grammar=frozenset({"verb_first", "participle_nouns"}),
)
