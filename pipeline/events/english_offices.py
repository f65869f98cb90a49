"""English rules for those who lose an office: dismissed, removed or gone of themselves."""

from __future__ import annotations

from typing import Final

from pipeline.events.english_words import HOUSEHOLD, PITCH
from pipeline.events.model import EventRule
from pipeline.events.office_words import NEVER_WITH

_THINGS: Final = frozenset("shots shot rockets missiles bullets squad line".split())
_PLACES: Final = frozenset("stairs plane train helicopter podium stage bus hospital list website".split())
_NEVER: Final = NEVER_WITH | PITCH | HOUSEHOLD

OFFICE_RULES: Final = (
    EventRule(
        "removal_from_office",
        "dismissal",
        """dismissed | dismisses | dismissing | dismissal | dismissals | sacked | sacks | sacking | sackings
            | firing | fired | fires | ousted | ousts | ousting | removed | removes | removing | removal
            | stripped | relieved""",
        "The president sacked his interior minister.",
        "The court dismissed charges against the minister.",
        holder="object",
        unless=_THINGS,
        never_with=_NEVER,
        confidence=0.8,
    ),
    EventRule(
        "removed_official",
        "dismissal",
        """was dismissed | were dismissed | was sacked | were sacked | was fired | were fired | been dismissed | been
            sacked | been fired | was ousted | were ousted | been ousted | was removed | were removed | been removed
        | is sacked | are sacked | is dismissed | are dismissed | was relieved | were relieved | been relieved""",
        "Two ministers were sacked on Monday.",
        "Shots were fired at a car.",
        holder="subject",
        unless=_THINGS | _PLACES | frozenset({"at"}),
        never_with=_NEVER,
        confidence=0.8,
    ),
    EventRule(
        "removed_in_headline",
        "dismissal",
        "fired | sacked | ousted",
        "Police chief sacked over raid on newspaper",
        "The minister fired back at critics.",
        holder="subject",
        only_before=frozenset("after over amid by following".split()),
        unless=_THINGS,
        never_with=_NEVER | {"air", "heads"},
        confidence=0.7,
    ),
    EventRule(
        "resignation",
        "dismissal",
        """resigned | resigns | resigning | stepped down | steps down | stepping down | stood down | stands down | quit
            | quits | tendered his resignation | tendered her resignation | tendered their resignation | submitted his
        resignation | submitted her resignation | submitted their resignation | handed in his resignation | handed in
        her resignation | announced his resignation | announced her resignation | announces his resignation
        | announces her resignation""",
        "The health minister stepped down after a week of protests.",
        "The judge resigned from the tennis club.",
        holder="subject",
        unless=_PLACES,
        never_with=_NEVER,
        never_before=frozenset("himself herself themselves itself to smoking".split()),
        confidence=0.8,
    ),
    EventRule(
        "resignation_named",
        "dismissal",
        "resignation | resignations",
        "The king accepted the resignation of the prime minister.",
        "She wrote a letter of resignation to the club.",
        holder="possessor",
        never_with=_NEVER,
        confidence=0.8,
    ),
    EventRule(
        "removal_decided",
        "dismissal",
        "sack | dismiss | fire | remove | oust",
        "Parliament voted to remove the prime minister.",
        "The minister wants to remove the tax.",
        holder="object",
        bare=True,
        never_before=frozenset("service services brigade department safety chief officials station".split()),
        unless=_THINGS,
        never_with=_NEVER,
        confidence=0.7,
    ),
    EventRule(
        "departure_decided",
        "dismissal",
        "resign | step down | stand down | be sacked | be dismissed | be fired | be removed | be ousted",
        "The governor was forced to resign.",
        "The governor refused to resign.",
        holder="subject",
        bare=True,
        unless=_PLACES,
        never_with=_NEVER,
        never_before=frozenset("himself herself themselves itself".split()),
        confidence=0.7,
    ),
)
