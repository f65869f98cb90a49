"""What the article says about sanctions as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from schemas.enrichment import SanctionMention, Sanctions, SanctionStage

#: The stage that matters most first. What changes somebody's duties today (a listing, an adoption, a change, a
#: lifting) goes
#: before how duties are kept or broken, that before what may come, and what merely exists comes last: nearly
#: every article
#: on the subject mentions some sanctions that are in force.
PRECEDENCE: Final[tuple[SanctionStage, ...]] = (
    "listed",
    "adopted",
    "amended",
    "lifted",
    "enforced",
    "evaded",
    "threatened",
    "proposed",
    "discussed",
    "opposed",
    "in_force",
)


HISTORY: Final = ".history"
"""How the rule of a mention ends when its words speak of a year gone by."""


def summarise(mentions: Sequence[SanctionMention]) -> Sanctions:
    """Flag, mode, stage and parties of the article.

    Explicit goes before implicit: as soon as sanctions are named, hints tell neither mode nor stage. News
    goes before history: "the 1996 UN sanctions" set the stage only when nothing newer is said.
    """
    if not mentions:
        return Sanctions()
    explicit = [mention for mention in mentions if mention.mode == "explicit"]
    candidates = explicit or mentions
    stages = {mention.stage for mention in candidates if not mention.rule.endswith(HISTORY)}
    stages = stages or {mention.stage for mention in candidates}
    return Sanctions(
        flagged=True,
        mode="explicit" if explicit else "implicit",
        stage=next(stage for stage in PRECEDENCE if stage in stages),
        mentions=tuple(mentions),
        issuers=_distinct(mention.issuers for mention in mentions),
        targets=_distinct(mention.targets for mention in mentions),
    )


def _distinct(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in group))
