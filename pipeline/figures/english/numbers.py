"""English number words, vague quantities, bounds and ranges."""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import NumberWords
from pipeline.figures.phrases import Phrases, listed, sequences

_ONES: Final = "zero one two three four five six seven eight nine".split()
_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _units() -> dict[str, int]:
    table = {word: n for n, word in enumerate(_ONES + _TEENS) if n}
    for tens, word in enumerate(_TENS, start=2):
        table[word] = tens * 10
        table |= {f"{word}-{one}": tens * 10 + n for n, one in enumerate(_ONES) if n}
    return table


_VAGUE: Final = {
    2: """a couple | a number | an unknown number | an undetermined number | an unspecified number
        | an undisclosed number | some of | a group of | few""",
    3: "several | a few | a handful | many | countless",
    4: "numerous | a large number | large numbers",
    20: "a score of | tens of",
    24: "dozens",
    36: "several dozen | a few dozen",
    40: "scores",
    200: "hundreds",
    300: "several hundred | a few hundred",
    2_000: "thousands",
    3_000: "several thousand | a few thousand",
    20_000: "tens of thousands | ten of thousands",
    200_000: "hundreds of thousands",
    2_000_000: "millions",
}
"""Lower bound -> quantities without a number."""


def _vague() -> dict[str, int]:
    table: dict[str, int] = {}
    for low, phrases in _VAGUE.items():
        for phrase in listed(phrases):
            table[phrase] = low
            if not phrase.endswith(" of"):
                table[f"{phrase} of"] = low
    return table


_BEFORE: Final = {
    "at_least": """at least | more than | over | no fewer than | no less than | not less than | not fewer than
        | a minimum of | upwards of | upward of | in excess of | just over | well over | above | a total of at least
        | a total of more than | greater than""",
    "at_most": """up to | as many as | at most | no more than | not more than | fewer than | less than | a maximum of
        | under | as much as""",
    "about": """about | around | some | nearly | almost | approximately | an estimated | estimated | roughly | close to
        | near | circa | perhaps | at around | at about | just under | approx | approx. | more or less | probably
        | the estimated | a reported | possibly""",
    "exact": """a total of | the | these | those | all | all of the | all the | the other | another | the remaining
        | other | an additional | a further | a record | exactly | only | just | the first | the last | an | his | her
        | their | its | the same""",
}
_AFTER: Final = {
    "at_least": "or more | plus | and more | or even more",
    "about": "or so | or thereabouts | approximately",
    "at_most": "or fewer | or less | at most",
}


def _bounds(table: dict[str, str]) -> Phrases[str]:
    return Phrases({phrase: bound for bound, phrases in table.items() for phrase in listed(phrases)})


NUMBERS: Final = NumberWords(
    units=_units(),
    multipliers={
        "dozen": 12,
        "hundred": 100,
        "thousand": 1_000,
        "lakh": 100_000,
        "lakhs": 100_000,
        "million": 1_000_000,
        "crore": 10_000_000,
        "crores": 10_000_000,
        "billion": 1_000_000_000,
    },
    suffixes={"m": 1_000_000, "mn": 1_000_000, "k": 1_000},
    joiners=frozenset({"and"}),
    half="half",
    articles=frozenset({"a", "an"}),
    vague=Phrases(_vague()),
    bounds_before=_bounds(_BEFORE),
    bounds_after=_bounds(_AFTER),
    range_words=frozenset({"to", "-", "–", "—", "or"}),
    range_openers={"between": "and", "from": "to"},
    increments=frozenset("more another additional further new".split()),
    anaphors=frozenset("others more other".split()),
    one_more=sequences("another | a second | a third | a fourth | a fifth | a sixth | a seventh | an eighth"),
    pairs=frozenset({"both"}),
    part_pronouns=frozenset("them whom us which".split()),
)
