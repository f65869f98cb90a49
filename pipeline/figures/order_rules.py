"""Rules for word orders that English does not have. A language names the orders that it has (`Lexicon.grammar`)."""

from __future__ import annotations

from typing import Final

from pipeline.figures.patterns import Rule

ORDER_RULES: Final = (
    Rule(
        "verb_first",
        r"(?P<what>V) (?P<who>{list})",
        "the verb, then those who died, fled or vanished",
        "Murieron nueve leñadores.",
        "Durmieron nueve leñadores.",
        needs="V",
        grammar="verb_first",
        language="es",
    ),
    Rule(
        "genitive",
        r"(?P<what>G) (?P<who>[QUN])",
        "the murder, arrest or release of a count, said with a case",
        "Убийство девяти лесорубов не раскрыто.",
        "Убийство раскрыто через девять лет.",
        needs="G",
        grammar="genitive",
        language="ru",
    ),
    Rule(
        "no_participle",
        r"[nb] [xpBlo]{0,3} (?P<who>K) (?!x?[QUNI])",
        "a negation before a participle that is a noun: there were no wounded",
        "No hubo heridos.",
        "Hubo muchos gritos.",
        needs="nb",
        builds="zero",
        grammar="participle_nouns",
        language="es",
    ),
    Rule(
        "none_there_are",
        r"(?P<who>T) [xp]{0,2} n (?!B?[KV])",
        "the casualties, then that there are none",
        "Жертв нет.",
        "Жертвы есть.",
        needs="T",
        builds="zero",
        grammar="negation_last",
        language="ru",
    ),
)
