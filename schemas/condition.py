"""What has to come together, beside the query, before a rule alerts. Windows count in event time, for each group."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.duration import Seconds

MAX_WINDOW_S: Final = 30 * 86_400
"""Longest stretch that a condition looks back over: windows are rebuilt from the topic of matches, which is kept for
45 days."""

Window = Annotated[Seconds, Field(ge=1, le=MAX_WINDOW_S)]
"""Seconds of event time."""


class _Condition(BaseModel):
    """Written by people in rule files, so that a misspelt key is refused; later versions add kinds, not keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Threshold(_Condition):
    """A number of the article reaches a value. It is decided with the query, so a match never carries it."""

    kind: Literal["threshold"]
    field: str
    at: float
    """Least value."""


class Frequency(_Condition):
    """So many articles in a window."""

    kind: Literal["frequency"]
    count: int = Field(ge=2, le=1_000)
    window: Window


class Cardinality(_Condition):
    """So many different values of a field in a window: sources, countries, names."""

    kind: Literal["cardinality"]
    field: str
    distinct: int = Field(ge=2, le=1_000)
    window: Window


class Change(_Condition):
    """A number rose against the highest one in the window, or an article lowered or withdrew its own."""

    kind: Literal["change"]
    field: str
    rise: float = Field(default=10.0, gt=0, le=100_000)
    """By how many per cent it must rise."""
    revised: bool = True
    """Whether an article that states less than in its earlier revision, or nothing any more, alerts as well."""
    window: Window = 7 * 86_400


class NewTerm(_Condition):
    """A value of a field is seen for the first time in the look-back."""

    kind: Literal["new_term"]
    field: str
    lookback: Window
    learn: int = Field(default=1, ge=0, le=1_000)
    """Earlier articles of the group that must be in the look-back before anything counts as new: at first all is."""


class Spike(_Condition):
    """Many more articles in a window than in the stretch before it would make one expect."""

    kind: Literal["spike"]
    window: Window
    reference: Window
    """The stretch before the window."""
    ratio: float = Field(gt=1, le=1_000)
    """How many times the expected count, which is at least one."""
    count: int = Field(default=3, ge=2, le=1_000)
    """Least count in the window."""


class Silence(_Condition):
    """A group that matched before does not match for a time. Time passes with the matches of any rule."""

    kind: Literal["silence"]
    after: Window
    count: int = Field(default=1, ge=1, le=1_000)
    """Articles that there must have been in a stretch of that length before it fell silent."""


class Sequence(_Condition):
    """An article of `first` is followed by another that matches the rule's query, in the same group."""

    kind: Literal["sequence"]
    first: str = Field(min_length=1, max_length=10_000)
    """Query of the earlier article."""
    within: Window


WindowCondition = Annotated[
    Frequency | Cardinality | Change | NewTerm | Spike | Silence | Sequence, Field(discriminator="kind")
]
"""Conditions that more than one article decides."""
Condition = Annotated[
    Threshold | Frequency | Cardinality | Change | NewTerm | Spike | Silence | Sequence, Field(discriminator="kind")
]


def reach_seconds(condition: WindowCondition | None) -> int:
    """How far back from an article its condition looks, seconds."""
    match condition:
        case None:
            return 0
        case Silence():
            return condition.after
        case Sequence():
            return condition.within
        case NewTerm():
            return condition.lookback
        case Spike():
            return condition.window + condition.reference
        case _:
            return condition.window
