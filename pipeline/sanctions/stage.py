"""The stage of a measure, told by the word that governs it: nearest wins, then what stands left of that word bends it.

"urged the EU not to lift sanctions": lift governs (lifted) -> "not" (in force) -> "urged" (in force)
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.governors import govern_left, govern_relative, govern_right, is_passive
from pipeline.sanctions.model import Candidate, Cue, Reading, Subject
from pipeline.sanctions.operator_lexicon import Operator
from pipeline.sanctions.operators import bend, is_denied_noun, operate, prosecuted
from pipeline.sanctions.phrases import Hit
from pipeline.sanctions.stage_lexicon import ADJECTIVES, CARRIERS, GOVERNORS, HEADS
from schemas.enrichment import SanctionStage

Right = tuple[Hit[Cue], bool]

_PREMODIFYING_YEAR: Final = re.compile(r"(?:19\d\d|200\d|201\d)s?$")
_FAR: Final = 6
"""A verb this many words to the left yields to a full verb of which the measure is the subject."""
_VERDICTS: Final[dict[SanctionStage, Operator]] = {"opposed": "deny", "discussed": "discuss"}
_HEAD_OPERATORS: Final[dict[SanctionStage, Operator]] = {
    "opposed": "deny",
    "discussed": "discuss",
    "proposed": "propose",
    "threatened": "propose",
}
_DROPPING: Final = frozenset("drop drops dropped dropping withdrew withdraws withdraw withdrawing overcame".split())
_DROP_REACH: Final = 3
_ENDING: Final = frozenset({"expire", "expires", "lapse", "lapses", "end", "ends"})
_NEW: Final = frozenset({"new", "fresh"})
_CAUSING: Final = frozenset({"have", "get", "see", "want", "wants", "wanted"})
_SUPPOSING: Final = frozenset({"would", "could", "might", "may"})
_RANKED: Final = frozenset({"first", "latest", "last", "only", "second", "harshest", "toughest"})
_GRANTING: Final = frozenset({"granted", "gave", "given", "won", "issued"})


def read_stage(clause: Clause, candidate: Candidate, group: tuple[int, int]) -> Reading:
    """Stage of *candidate*; *group* are the first and last word of the list of measures it stands in."""
    if candidate.verb is not None:
        return _read_verb(clause, candidate, candidate.verb)
    if candidate.stage is not None:
        subject: Subject = "target" if candidate.stage == "evaded" else "neither"
        return Reading(prosecuted(clause, candidate.stage), "compound", subject, (candidate.first, candidate.first))
    return _read_noun(clause, group)


def _read_verb(clause: Clause, candidate: Candidate, verb: int) -> Reading:
    if candidate.attributive:
        return Reading("in_force", "attributive")
    stage = bend(clause, verb, candidate.stage or "adopted", candidate.first)
    return Reading(stage, "verb", "issuer", (verb, verb + 1), passive=is_passive(clause, verb))


def _read_noun(clause: Clause, group: tuple[int, int]) -> Reading:
    first, last = group
    if _is_dated(clause, first):
        return Reading("in_force", "noun", dated=True)
    while last < len(clause.words) and clause.words[last] in CARRIERS:
        last += 1
    head = HEADS.get(clause.words[last]) if last < len(clause.words) else None
    if head is not None:
        return _read_head(clause, first, head)
    left, right = govern_left(clause, first), govern_right(clause, last)
    if left is not None and not (right is not None and not right[1] and first - left.last > _FAR):
        return _read_left(clause, left, right, first)
    relative = govern_relative(clause, last)
    if relative is not None:
        stage = bend(clause, relative.first, relative.value.stage, first)
        return Reading(stage, "relative", "issuer", (relative.first, relative.last))
    return _read_right(clause, right, first) if right is not None else _read_bare(clause, first)


def _is_dated(clause: Clause, first: int) -> bool:
    """ "the 1996 UN sanctions", "the 1990s embargo"; counter-example: "in 2009 the UN imposed sanctions"."""
    years = [i for i in range(max(0, first - 5), first) if _PREMODIFYING_YEAR.match(clause.words[i])]
    return bool(years) and next(GOVERNORS.scan(clause.words, years[-1], first), None) is None


def _read_left(clause: Clause, left: Hit[Cue], right: Right | None, first: int) -> Reading:
    """A verb with the measure as its object ("imposed sanctions on")."""
    stage = left.value.stage
    if clause.words[left.first].endswith("ing") and not _SUPPOSING.isdisjoint(clause.words[first : first + 8]):
        stage = operate("could", stage)  # "imposing sanctions would hurt": what would follow, not what was done
    if right is not None and not right[1] and right[0].value.stage in _VERDICTS:
        stage = operate(_VERDICTS[right[0].value.stage], stage)  # "lifting the sanctions is out of the question"
    if clause.words[left.last - 1] == "by" and not _NEW.isdisjoint(clause.words[left.last : first]):
        stage = "adopted"  # "hit by new sanctions"
    if stage == "adopted" and _is_advisory(clause.words[max(0, left.first - _FAR) : left.first]):
        stage = "proposed"  # it asks for sanctions; the Council decides
    if stage == "opposed" and not _DROPPING.isdisjoint(clause.words[max(0, left.first - _DROP_REACH) : left.first]):
        stage = "discussed"  # "dropped its veto of the sanctions": the way is free, nothing is decided
    if stage == "adopted":
        stage = _adjective(clause, left.last, first) or stage  # "announced possible sanctions"
    stage = prosecuted(clause, bend(clause, left.first, stage, first))
    passive = is_passive(clause, left.first) and clause.words[left.first].endswith(("ed", "hit", "en"))
    if passive and stage == "discussed" and left.value.stage == "adopted":
        stage = "threatened"  # "could be hit with"
    return Reading(stage, "governor", left.value.subject, (left.first, left.last), passive)


def _is_advisory(before: tuple[str, ...]) -> bool:
    """Whether the European Parliament is the subject; the Treaty (TFEU 215) leaves sanctions to the Council."""
    return "meps" in before or ("european", "parliament") in pairwise(before)


def _read_right(clause: Clause, right: Right, first: int) -> Reading:
    """A verb with the measure as its subject ("sanctions were lifted", "sanctions remain in place")."""
    hit, bare = right
    stage = bend(clause, hit.first, hit.value.stage, first)
    if _is_to_be(clause, hit.first, first):
        stage = operate("would", stage)  # "a package of sanctions to be adopted on Thursday"
    if bare and not _CAUSING.isdisjoint(clause.words[max(0, first - 3) : first]):
        stage = operate("propose", stage)  # "to have the embargo lifted"
    if stage == "lifted" and "unless" in clause.vocabulary and clause.words[hit.first] in _ENDING:
        stage = "in_force"  # "expire in June unless they are renewed"
    if hit.value.stage == "in_force" and stage == "opposed":
        stage = "lifted"  # "are no longer in place"
    rule = "participle" if bare else "predicate"
    return Reading(prosecuted(clause, stage), rule, "neither", (hit.first, hit.last), passive=True)


def _is_to_be(clause: Clause, governor: int, first: int) -> bool:
    """Whether what is "to be adopted" is still to come; "the first sanctions to be imposed" are there."""
    return clause.words[governor - 2 : governor] == ("to", "be") and _RANKED.isdisjoint(
        clause.words[max(0, first - 4) : first]
    )


def _read_head(clause: Clause, first: int, cue: Cue) -> Reading:
    """ "sanctions relief": the noun after the measure; relief that nobody granted is talked about."""
    stage = cue.stage
    left = govern_left(clause, first)
    if left is not None and left.value.stage in _HEAD_OPERATORS:
        stage = bend(clause, left.first, operate(_HEAD_OPERATORS[left.value.stage], stage), first)
    elif stage == "lifted" and _GRANTING.isdisjoint(clause.words) and (left is None or left.value.stage != "adopted"):
        stage = "discussed"
    granted = next((i for i, word in enumerate(clause.words[:first]) if word in _GRANTING), None)
    if stage == "lifted" and granted is not None:
        return Reading(stage, "head", "issuer", (granted, granted + 1))
    governor = (left.first, left.last) if left is not None else None
    return Reading(prosecuted(clause, stage), "head", cue.subject, governor)


def _read_bare(clause: Clause, first: int) -> Reading:
    """Nothing governs: an adjective tells, else the measure is simply there."""
    stage = _adjective(clause, max(0, first - 4), first)
    if stage is not None:
        return Reading(stage, "adjective")
    if is_denied_noun(clause, first):
        return Reading("opposed", "denied")
    return Reading(prosecuted(clause, "in_force"), "bare")


def _adjective(clause: Clause, start: int, first: int) -> SanctionStage | None:
    return next((ADJECTIVES[word].stage for word in clause.words[start:first] if word in ADJECTIVES), None)
