"""French numbers in words, and the words around a number that bound it."""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import NumberWords
from pipeline.figures.phrases import Phrases, by_phrase, listed, sequences

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
        table |= {f"{word}-et-une": tens + 1, f"{word}-une": tens + 1}
    return table | {"l'un": 1, "l'une": 1, "quatre-vingts": 80, "cent": 100, "mille": 1000, "onze": 11}


_BEFORE: Final = {
    "at_least": """au moins | d'au moins | plus d ' | plus de | plus | pas moins de | au minimum | un minimum de |
        dépasse les |
        dépassent les
        | dépassé les | dépasse | dépassent | dépassé""",
    "at_most": "jusqu'à | au plus | moins d ' | moins de | pas plus de | au maximum",
    "about": """environ | d'environ | près d ' | près d'un total de | près de | près | quelque | quelques | autour
        de | presque
        | à peu près | approximativement""",
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
    2_000_000: "des millions de | plusieurs millions de",
}
_ROUGH: Final = {
    "dizaine": 10,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1_000,
}

NUMBERS: Final = NumberWords(
    split_groups=False,
    units=_units(),
    multipliers={
        "cent": 100,
        "cents": 100,
        "mille": 1_000,
        "million": 1_000_000,
        "millions": 1_000_000,
        "douzaine": 12,
        "demi-douzaine": 6,
        "demi-million": 500_000,
        "demi-millier": 500,
        **_ROUGH,
    },
    joiners=frozenset({"et"}),
    joins_tens=True,
    inner={"un": 1, "une": 1, "onze": 11},
    halves=frozenset({"demi", "demie"}),
    partitives=frozenset({"de"}),
    articles=frozenset({"un", "une", "d'une", "d'un"}),
    rough=frozenset({"douzaine", *_ROUGH}),
    vague=Phrases(by_phrase(_VAGUE)),
    bounds_before=Phrases({p: bound for bound, phrases in _BEFORE.items() for p in listed(phrases)}),
    bounds_after=Phrases(by_phrase({"at_least": "ou plus | au moins", "about": "environ"})),
    range_words=frozenset({"à", "ou", "-", "–"}),
    range_openers={"entre": "et", "de": "à"},
    changes=frozenset("passé passe passant monté grimpé augmenté".split()),
    increments=frozenset("d'autres autres autre supplémentaires nouveaux".split()),
    anaphors=frozenset("d'autres autres autre".split()),
    one_more=sequences("un autre | une autre | un deuxième | une deuxième | un troisième | une troisième"),
    part_pronouns=frozenset("eux elles".split()),
)
