"""Spanish numbers in words, and the words around a number that bound it."""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import NumberWords
from pipeline.figures.phrases import Phrases, by_phrase, listed

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
    return table | {"uno": 1, "veintiún": 21, "veintiuna": 21, "cien": 100, "ciento": 100, "mil": 1000}


_BEFORE: Final = {
    "at_least": """al menos | al menos a | por lo menos a | a al menos | a más de | por lo menos | como mínimo | más
        de | no menos de | un mínimo de | un total de al menos
        | cuando menos | supera los | superan los | supera las | superó los | superó las | superaron los
        | supera ya los | superado los | supera | superó | rebasa los | rebasó los | más de un total de""",
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
    2_000: "miles de | miles | millares de",
    20_000: "decenas de miles de | decenas de miles",
    200_000: "cientos de miles de | cientos de miles",
    2_000_000: "millones de",
}

NUMBERS: Final = NumberWords(
    split_groups=False,
    units=_units(),
    multipliers={
        "mil": 1_000,
        "millón": 1_000_000,
        "millones": 1_000_000,
        "docena": 12,
        "decena": 10,
        "quincena": 15,
        "veintena": 20,
        "treintena": 30,
        "cincuentena": 50,
        "centenar": 100,
        "millar": 1_000,
    },
    suffixes={},
    joiners=frozenset({"y"}),
    joins_tens=True,
    inner={"un": 1, "una": 1},
    halves=frozenset({"medio", "media"}),
    partitives=frozenset({"de"}),
    articles=frozenset({"un", "una"}),
    rough=frozenset("decena quincena veintena treintena cincuentena centenar millar".split()),
    vague=Phrases(by_phrase(_VAGUE)),
    bounds_before=Phrases({p: bound for bound, phrases in _BEFORE.items() for p in listed(phrases)}),
    bounds_after=Phrases(by_phrase({"at_least": "o más | por lo menos", "about": "más o menos | aproximadamente"})),
    range_words=frozenset({"a", "o", "-", "–"}),
    range_openers={"entre": "y", "de": "a"},
    changes=frozenset("subió sube pasó pasa aumentó aumenta ascendió creció bajó".split()),
    increments=frozenset("más otros otras otro otra adicionales".split()),
    anaphors=frozenset("más otros otras".split()),
    one_more=Phrases({"uno": None, "una": None, "otro": None, "otra": None, "un tercero": None, "una tercera": None}),
    part_pronouns=frozenset("ellos ellas".split()),
)
