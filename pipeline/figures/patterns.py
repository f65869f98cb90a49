"""The rules: each a short pattern over the item letters of a sentence (`pipeline.figures.items`), with an example that
it must find and a counter-example in which it must find nothing.

A pattern is a regular expression in verbose form. `{list}` is one count or a coordination of counts, `{gap}` what may
stand between a subject and its verb, `{end}` what may follow a bare participle (else it is an active verb and the
number before it counts those who did it). The group `who` holds the counts, the group `what` the triggers.
Every repetition is bounded, so matching is linear in the length of the sentence.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final, Literal

from msgspec import Struct

_ASIDE: Final = r"\([^()BbKVD]{0,14}\)|-{1,2}[^-BbsKDV.;]{1,10}-{1,2}|W[Bb]?[xopPtwI]{1,8}(?=c[QUNI])"
_LIST: Final = rf"[QUNIP](?:{_ASIDE})?(?:c[QUNIP](?:,?c[QUN])?|(?:,[QUNIP]){{1,12}},?c[QUNIPx]|(?<=,[QUN]),c[QUN])?"
_INSERTION: Final = (
    r"\([^()]{0,14}\)|-{1,2}[^-BbsKDV.;]{1,10}-{1,2}|,n?[uh][^,BbsKDV.;]{1,10},|,[uh][^BbsKDV.;]{1,16},(?=[Bb])"
    r"|,q[Bb]?[^,BbsKDV.;]{1,8},(?=[BbV])|(?<!,)u[^,BbsKDVW.;]{1,8}(?=[BbV])"
)
_GAP: Final = rf"(?:{_INSERTION}|W[Bb]?|[op]\"?(?:X|x{{1,2}})?[IP]|qP|cX|[xp,\"quXroy0t-]){{0,10}}"
_END: Final = r"(?=(?:,?cK){0,2}(?:[p,;:.()\"yBbWwt-]|c(?!K)|$))"
_NAMES: Final = r"[xI]{1,8}(?:,[xI]{1,6}){0,4}(?:,[QUN]){0,2},?c[QUN]"
_TRIGGERS: Final = r"(?:K(?:,K)?(?:,?cK){0,2})"

ASIDE: Final = re.compile(_ASIDE)
"""What may stand between the counts of a coordination without being one of them."""

Builds = Literal["victims", "own", "zero", "toll", "parts", "everybody", "reference"]


class Rule(Struct, frozen=True, dict=True):
    """One way in which news says how many."""

    name: str
    pattern: str
    meaning: str
    example: str
    counter_example: str
    needs: str
    """Letters of which at least one must be in the sentence: a test that spares most searches."""
    also: str = ""
    """Letters that must all be in the sentence too."""
    counts: str = "QUNIP"
    """Letters of those counted: one must be there too, unless the rule counts in a way of its own (`builds`)."""
    builds: Builds = "victims"
    grammar: str = ""
    """Word order that a language must have for the rule to be tried. Empty: any language."""
    language: str = "en"
    """ISO 639-1 code of the examples."""
    confidence: float = 0.9

    @cached_property
    def expression(self) -> re.Pattern[str]:
        pattern = self.pattern
        for name, value in (
            ("{list}", _LIST),
            ("{gap}", _GAP),
            ("{end}", _END),
            ("{triggers}", _TRIGGERS),
            ("{names}", _NAMES),
        ):
            pattern = pattern.replace(name, value)
        return re.compile(pattern, re.VERBOSE)
