"""Spanish function words, and the words around a number that change what it means."""

from __future__ import annotations

from typing import Final

from pipeline.figures.context_words import ContextWords
from pipeline.figures.phrases import Phrases, by_word, listed, sequences
from pipeline.figures.plain_frames import plain_frames

_CLASSES: Final = {
    "n": "sin no nunca jamás tampoco",
    "B": """fue fueron es son era eran sido siendo está están estaba estaban ha han había habían haber haya hayan
        resultó resultaron quedó quedaron permanecen permanece siguen sigue continúan continúa haber""",
    "m": "podría podrían puede pueden pudo pudieron debe deben debería deberían habría habrían",
    "o": "de del",
    "t": "para",
    "y": "por",
    "c": "y o e u ni pero",
    "W": "que quien quienes cuyo cuya cuyos",
    "w": "cuando mientras donde tras después antes desde porque aunque si durante luego al",
    "l": """dejó dejaron deja dejan dejando cobró cobraron causó causaron provocó provocando causando costó costaron
        cuesta""",
    "p": """en con contra entre hacia hasta sobre bajo ante según ayer hoy anoche lunes martes miércoles jueves viernes
        sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre aquí
        allí""",
    "s": "dijo dijeron dice informó informaron anunció anunciaron declaró afirmó señaló indicó reportó confirmó",
    "v": "atacaron atacó entraron irrumpieron dispararon protestaron marcharon resistieron salieron escaparon",
    "j": "también ya aún todavía solo sólo además se",
}
_MONTHS: Final = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_WEEKDAYS: Final = "lunes martes miércoles jueves viernes sábado domingo".split()

_INTENTS: Final = {
    "demand": """exige exigen exigió exigieron exigir exigiendo pide piden pidió pidieron pidiendo reclama reclaman
        reclamó reclamaron solicita solicitan solicitó solicitaron demanda demandan demandó demandaron""",
    "intention": "negocia negocian negoció prometió prometieron promete prometen busca buscan",
}

CONTEXT: Final = ContextWords(
    unknown=frozenset(
        """sabe saben sabía conoce conocen conocía descarta descartan descartó precisa precisó precisaron
            rescatado rescataron identificado identificaron cuántos cuántas""".split()
    ),
    classes=by_word(_CLASSES),
    either=frozenset({"o", "u"}),
    perfects=frozenset("ha han había habían haya hayan".split()),
    singular_verbs=frozenset("fue es era ha está estaba resultó quedó".split()),
    be_forms=frozenset("fue fueron es son era eran sido siendo está están resultó resultaron quedó quedaron".split()),
    adverbs=frozenset({"a"}),  # "mató a 12": the mark of a personal object carries no structure
    adverb_suffix="mente",
    determiners=frozenset("el la los las un una sus su otro otra este esta estos estas esos esas cada al".split()),
    skipped_determiners=frozenset("el la los las un una sus su este esta estos estas".split()),
    nobody=frozenset("nadie ninguno ninguna".split()),
    zero_determiners=frozenset("sin ningún ninguna ni".split()),
    negations=frozenset("no nunca ni sin nadie".split()),
    months={name: n for n, name in enumerate(_MONTHS, start=1)},
    weekdays={name: n for n, name in enumerate(_WEEKDAYS)},
    relative_days={"hoy": 0, "ayer": 1, "anoche": 1},
    period_openers=sequences("desde | en lo que va de | en los últimos | en las últimas | durante los últimos"),
    units_of_time=frozenset("día mes semana año hora noche".split()),
    long_units=frozenset("mes meses año años década décadas".split()),
    plural_units_of_time=frozenset("años décadas".split()),
    year_counters=frozenset({"desde"}),
    small_months=True,
    at_which=frozenset({"cuando"}),
    intents={word: reason for reason, words in _INTENTS.items() for word in words.split()},
    marking=frozenset({"cumplen", "cumplieron"}),
    frames=plain_frames(
        flight=("huyeron", "huyen", "huido", "han huido"),
        runaways="""presos presas reclusos internos detenidos prisioneros atacantes agresores sospechosos sicarios
            pistoleros asaltantes delincuentes ladrones secuestradores""",
        scenes="cárcel prisión penal moto motocicleta vehículo camioneta coche auto lugar escena pie",
        dwellers="familias vecinos habitantes pobladores civiles residentes refugiados campesinos aldeanos",
        players="jugadores jugador futbolistas futbolista titulares delanteros defensas centrocampistas porteros",
        games="entrenador partido liga torneo",
        not_games="policía bomba explosión avalancha atentado muertos hinchas aficionados tiroteo estampida murieron",
    ),
    modals=frozenset(_CLASSES["m"].split()),
    conditionals=frozenset({"si"}),
    hedges=frozenset(
        """presuntamente supuestamente posiblemente probablemente aparentemente podría podrían teme temen temían
        habría habrían presumiblemente""".split()
    ),
    denials=frozenset("negó negaron niega niegan desmintió desmintieron desmiente desmienten rechazó".split()),
    withdrawals=frozenset("rectificó corrigió falso falsa".split()),
    cumulative=sequences("""desde | en lo que va de | hasta ahora | hasta el momento | en los últimos | en las
        últimas | en total
        | este año | este mes | esta semana"""),
    rate_openers=frozenset("por cada al".split()),
    rate_words=frozenset("promedio diariamente anualmente".split()),
    ago=sequences("hace"),
    background=sequences("hace años | años después | el año pasado | años atrás | segunda guerra mundial"),
    background_nouns=frozenset("aniversario conmemora conmemoran conmemoró memorial".split()),
    revisions=frozenset("anterior previo anteriores".split()),
    said=frozenset(
        """dijo dijeron dice informó informaron anunció declaró afirmó señaló indicó reportó reportaron confirmó
        confirmaron precisó aseguró denunció negó negaron niega desmintió desmintieron documentó registró contabilizó
        aseguraron denunciaron señalaron afirmaron indicaron""".split()
    ),
    according=Phrases(dict.fromkeys(listed("según | de acuerdo con | a juicio de"))),
    age_words=frozenset("edad".split()),
    age_units=frozenset("años año meses".split()),
    age_links=frozenset({"de"}),
    number_labels=by_word(
        {"flight number": "vuelo", "article of law": "artículo ley decreto", "label": "página número"}
    ),
    money=frozenset("$ € us$ usd s/".split()),
    percent=sequences("% | por ciento"),
    among=frozenset({"entre"}),
    ratio_word="en",
    ratio_links=sequences("de cada"),
    share_opener="cada",
    year_prepositions=frozenset("en de desde hasta durante del".split()),
    joiners_of_days=frozenset("y o a al , - –".split()),
    day_links=frozenset({"de"}),
)
