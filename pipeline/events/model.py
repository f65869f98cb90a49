"""The shape of an event rule. The rules of a language are data: see `pipeline.events.english`."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

EventType = Literal[
    "protest",
    "arrest",
    "mass_detention",
    "administrative_sanctions",
    "embargo",
    "attack",
    "state_of_emergency",
    "lethal_force_order",
    "troop_deployment",
    "election",
    "coup",
    "disaster",
    "dismissal",
    "meeting",
    "unrest",
]


class Codes(Struct, frozen=True):
    """Codes of an event type in the two schemes. None means the scheme has none."""

    cameo: str | None
    plover: str | None


class EventRule(Struct, frozen=True):
    """Trigger words and what must or must not stand around them."""

    name: str
    type: EventType
    triggers: str
    """Phrases, joined by " | "."""
    example: str
    counter_example: str
    near: frozenset[str] = frozenset()
    """One of these words must stand within `reach` tokens of the trigger. Empty: no condition."""
    reach: int = 60
    only_after: bool = False
    """Whether `near` must stand after the trigger."""
    unless: frozenset[str] = frozenset()
    """None of these words may stand within three tokens of the trigger."""
    never_with: frozenset[str] = frozenset()
    """None of these words may stand anywhere in the sentence, unless it speaks of a state."""
    never_after: frozenset[str] = frozenset()
    """None of these words may stand directly before the trigger."""
    never_before: frozenset[str] = frozenset()
    """None of these words may stand directly after the trigger."""
    only_before: frozenset[str] = frozenset()
    """One of these words must stand directly after the trigger. Empty: no condition."""
    holder: Literal["object", "subject", "possessor"] | None = None
    """What the holder of an office must be to the trigger. None: no condition."""
    bare: bool = False
    """The triggers are infinitives, which tell an event only after a verb that makes them come true."""
    codes: Codes | None = None
    """More precise codes than those of the type. None means those of the type."""
    confidence: float = 0.9


CODES: Final[dict[EventType, Codes]] = {
    "protest": Codes("141", "PROTEST"),
    "arrest": Codes("173", "COERCE"),
    "mass_detention": Codes("173", "COERCE"),
    "administrative_sanctions": Codes("172", "COERCE"),
    "embargo": Codes("163", "SANCTION"),
    "attack": Codes("190", "ASSAULT"),
    "state_of_emergency": Codes("1724", "COERCE"),
    "lethal_force_order": Codes("138", "THREATEN"),
    "troop_deployment": Codes("154", "MOBILIZE"),
    "election": Codes(None, None),
    "coup": Codes(None, None),
    "disaster": Codes(None, None),
    "dismissal": Codes(None, None),
    "meeting": Codes("040", "CONSULT"),
    "unrest": Codes("145", "PROTEST"),
}
"""CAMEO 1.1b3 and PLOVER. CAMEO has no code for elections, coups, disasters and changes of personnel."""

SCHEDULED_MEETING: Final = Codes("036", "CONSULT")
"""CAMEO 036: express intent to meet or negotiate."""
