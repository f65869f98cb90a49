"""The stage of a measure, told by the word that governs it: nearest wins, then what stands left of that word bends it.

    "urged the EU not to lift sanctions": lift governs (lifted) -> "not" (in force) -> "urged" (proposed)

No rule ever strengthens: an operator turns an act into a plan, a threat, a discussion or a refusal, never the reverse.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.model import Candidate, Cue, Reading, Subject
from pipeline.sanctions.phrases import Hit
from pipeline.sanctions.role_lexicon import PREPOSITIONS
from pipeline.sanctions.stage_lexicon import (
    ADJECTIVES,
    BE,
    CARRIERS,
    CONDITIONS,
    GOVERNORS,
    HAVE,
    HEADS,
    MODALS,
    OPERATORS,
    PREDICATES,
    PROSECUTED_STAGES,
    PROSECUTION,
    REPORTING,
)
from schemas.enrichment import SanctionStage

REACH_LEFT: Final = 12
"""Words between a governing word and the measure; "adopted a tenth package of tough new economic" is the long case."""
REACH_RIGHT: Final = 14
"""The same to the right, where the target stands between ("sanctions on two former heads of the secret police were ...")."""
REACH_OPERATOR: Final = 9
_ACTS: Final = frozenset({"adopted", "listed", "amended"})
_BARRIERS: Final = frozenset(
    {";", ":", "—", "–", ".", "!", "?", "that", "who", "which", "while", "after", "before", "when", "because", "since", "although"}
    | {"though", "whereas", "but", "where", "until", "as", "if", "unless", "why", "so", "(", ")"}
    | REPORTING
)  # fmt: skip
_RIGHT_BARRIERS: Final = frozenset(
    {";", ":", "—", "–", "but", "after", "because", "over", "when", "while", "if", "unless"}
)
_YEAR: Final = re.compile(r"(?:19\d\d|200\d|201\d)s?$")
_CLOSE_PARTICIPLE: Final = 1


def _gap_allows(clause: Clause, position: int, first: int) -> bool:
    """Whether nothing between *position* and the measure cuts the governing word off; a comma does unless a list follows."""
    for i in range(position, first):
        word = clause.words[i]
        if word in _BARRIERS:
            return False
        if word == "," and first - i > 4:
            return False
    return True


def _govern_left(clause: Clause, first: int) -> Hit[Cue] | None:
    """The nearest governing phrase to the left of word *first*.

    Example: "adopted a tenth package of [sanctions]" -> adopted. Counter-example: "adopted a law, and [sanctions] ...".
    """
    start = max(0, first - REACH_LEFT)
    barrier = max((i + 1 for i in range(start, first) if clause.words[i] in _BARRIERS), default=start)
    hits = [hit for hit in GOVERNORS.scan(clause.words, barrier, first) if not _is_adjective(clause, hit, first)]
    return hits[-1] if hits and _gap_allows(clause, hits[-1].last, first) else None


def _is_adjective(clause: Clause, hit: Hit[Cue], first: int) -> bool:
    """ "proposed" in "discussed the proposed sanctions" is an adjective, "proposed sanctions" after a subject is not."""
    word = clause.words[hit.first]
    before = clause.words[hit.first - 1] if hit.first else ""
    if hit.last - hit.first > 1 or not word.endswith("ed"):
        return word == "under" and clause.words[first - 1] not in ("under",) and hit.first + 6 < first
    return not hit.first or before in _BEFORE_ADJECTIVE


_BEFORE_ADJECTIVE: Final = PREPOSITIONS - {"by"} | frozenset("the a an its their his any new amid".split())


def _is_passive(clause: Clause, i: int) -> bool:
    return not clause.words[i].endswith("ing") and any(word in BE for word in clause.words[max(0, i - 3) : i])


def _govern_right(clause: Clause, last: int) -> tuple[Hit[Cue], bool] | None:
    """The governing phrase to the right: a passive, a predicate, or a participle right after the measure.

    Example: "[sanctions] on Mali will be discussed" -> discussed. Counter-example: "[sanctions] after it lifted the curfew".
    The flag tells a bare participle ("sanctions imposed in May"), which gives way to a verb on the left.
    """
    words = clause.words
    bare: tuple[Hit[Cue], bool] | None = None
    for i in range(last, min(len(words), last + REACH_RIGHT)):
        if words[i] in _RIGHT_BARRIERS:
            break
        predicate = PREDICATES.at(words, i)
        if predicate is not None:
            return predicate, False
        hit = GOVERNORS.at(words, i)
        if words[i] == "considered" and words[i + 1 : i + 2] in (("a",), ("an",), ("the",), ("as",)):
            continue
        if hit is None or not words[i].endswith(("ed", "en", "ught", "ld", "ut", "eto", "ept", "hit")):
            continue
        if _verb_group_is_passive(clause, i):
            return hit, False
        if i - last <= _CLOSE_PARTICIPLE and bare is None and hit.value.subject == "issuer":
            bare = hit, True
    return bare


def _govern_relative(clause: Clause, last: int) -> Hit[Cue] | None:
    """ "the [embargo] that the United States levied on Chilean fruit"."""
    if clause.words[last : last + 1] not in (("that",), ("which",)):
        return None
    hit = next(GOVERNORS.scan(clause.words, last + 1, min(len(clause.words), last + 8)), None)
    if hit is None or hit.value.subject != "issuer" or not clause.parties_in(last + 1, hit.first):
        return None
    return hit


def _verb_group_is_passive(clause: Clause, i: int) -> bool:
    group = clause.words[max(0, i - 4) : i]
    return bool(group) and any(word in BE for word in group[-3:])


def operate(operator: str, stage: SanctionStage) -> SanctionStage:
    """What *operator* makes of *stage*.

    >>> operate("deny", "adopted"), operate("deny", "lifted"), operate("could", "lifted")
    ('opposed', 'in_force', 'discussed')
    """
    if operator == "deny":
        return {"lifted": "in_force", "opposed": "discussed"}.get(stage, "opposed" if _is_open(stage) else stage)  # type: ignore[return-value]
    if stage in ("evaded", "enforced", "opposed", "in_force"):
        return stage
    if operator == "discuss" or (operator == "could" and stage not in ("threatened", "proposed")):
        return "discussed"
    if operator == "threaten":
        return "discussed" if stage == "lifted" else "threatened"
    if operator in ("would", "propose") and stage in (*_ACTS, "lifted"):
        return "proposed"
    if operator == "propose" and stage == "discussed":
        return "proposed"
    return stage


def _is_open(stage: SanctionStage) -> bool:
    return stage in (*_ACTS, "proposed", "discussed", "threatened")


def _operators(clause: Clause, governor: int) -> list[str]:
    """Operators to the left of the governing word, nearest first.

    A finite verb with its own subject is reached by its auxiliaries only; an infinitive, a gerund or a "would" hangs on
    what stands further left ("urged the EU to impose", "a bill that would impose").
    """
    words = clause.words
    found: list[str] = []
    i = governor - 1
    chained = words[governor].endswith("ing") or _is_nominal(words[governor])
    while i >= 0 and (
        words[i] in BE
        or words[i] in HAVE
        or words[i] in MODALS
        or words[i].endswith(("ly", "n't"))
        or words[i] in _ADVERBS
    ):
        found.extend(_operator_at(clause, i))
        chained = chained or words[i] in MODALS
        i -= 1
    if not chained and not _is_subjunctive(clause, governor, i):
        return found
    if "would" in found and _is_announced(clause, i):
        found.remove("would")
    for j in range(i, max(-1, i - REACH_OPERATOR), -1):
        if words[j] in _CHAIN_BARRIERS:
            break
        found.extend(_operator_at(clause, j))
    return found


_ADVERBS: Final = frozenset(
    {"not", "never", "now", "also", "yet", "soon", "again", "still", "even", "ever", "no", "longer", "jointly"}
)
_CHAIN_BARRIERS: Final = (
    frozenset({";", ":", ",", ".", "—", "but", "while", "after", "because", "who", "(", "”", "“", '"'}) | REPORTING
)


def _is_subjunctive(clause: Clause, governor: int, i: int) -> bool:
    """ "proposed that the EU impose": a bare form after "that" hangs on the verb before it."""
    bare = not clause.words[governor].endswith(("s", "ed", "ing", "t", "n"))
    return bare and "that" in clause.words[max(0, i - 6) : i + 1]


_ANNOUNCED: Final = 18


def _is_announced(clause: Clause, i: int) -> bool:
    """ "announced it would impose" tells of a decision taken, "said it would impose" of a plan."""
    return bool({"announced", "announces", "decided", "confirmed"} & set(clause.words[max(0, i - _ANNOUNCED) : i + 1]))


def _is_nominal(word: str) -> bool:
    return word.endswith(("ion", "al", "ions", "sal", "iver", "lief", "tion")) or word in (
        "end",
        "halt",
        "round",
        "talks",
    )


def _operator_at(clause: Clause, i: int) -> list[str]:
    word = clause.words[i]
    if word.endswith("n't"):
        return ["deny"]
    hit = OPERATORS.at(clause.words, i)
    return [hit.value] if hit is not None else []


def _is_denied_noun(clause: Clause, first: int) -> bool:
    """ "no sanctions", "no new UN sanctions", "without any embargo"."""
    return any(word in ("no", "without", "zero") for word in clause.words[max(0, first - 3) : first]) and not any(
        word in (",", "no-one") for word in clause.words[max(0, first - 3) : first]
    )


def _bend(clause: Clause, governor: int, stage: SanctionStage, first: int) -> SanctionStage:
    for operator in _operators(clause, governor):
        stage = operate(operator, stage)
    if _is_denied_noun(clause, first):
        stage = operate("deny", stage)
    return _condition(clause, governor, stage)


def _condition(clause: Clause, governor: int, stage: SanctionStage) -> SanctionStage:
    """What happens only "if" or "unless" is a threat, for a lifting an offer."""
    if stage not in ("adopted", "listed", "amended", "proposed", "lifted") or not CONDITIONS & clause.vocabulary:
        return stage
    words = clause.words
    opening = words[max(0, governor - 6) : governor]
    inside = any(word in _OPENERS for word in opening) or ("before" in opening and not words[governor].endswith("ed"))
    modal = any(word in MODALS and word != "to" for word in words[max(0, governor - 4) : governor])
    if not inside and not modal:
        return stage
    return "discussed" if stage == "lifted" else "threatened"


_OPENERS: Final = frozenset({"if", "unless", "until", "once"})


def _prosecuted(clause: Clause, stage: SanctionStage) -> SanctionStage:
    """A breach or evasion that the law pursues is enforcement ("fined for breaching", "villa seized under")."""
    return "enforced" if stage in PROSECUTED_STAGES and PROSECUTION & clause.vocabulary else stage


def _is_dated(clause: Clause, first: int, last: int) -> bool:
    """ "the 1996 UN sanctions", "the 1990s embargo", "sanctions since 1979"."""
    start = max(0, first - 5)
    years = [i for i in range(start, first) if _YEAR.match(clause.words[i])]
    return bool(years) and next(GOVERNORS.scan(clause.words, years[-1], first), None) is None


def read_stage(clause: Clause, candidate: Candidate, group: tuple[int, int]) -> Reading:
    """Stage of *candidate*; *group* are the first and last word of the list of measures it stands in."""
    if candidate.verb is not None:
        return _read_verb(clause, candidate, candidate.verb)
    if candidate.stage is not None:
        subject: Subject = "target" if candidate.stage == "evaded" else "neither"
        return Reading(_prosecuted(clause, candidate.stage), "compound", subject, (candidate.first, candidate.first))
    return _read_noun(clause, group)


def _read_verb(clause: Clause, candidate: Candidate, verb: int) -> Reading:
    stage = candidate.stage or "adopted"
    if candidate.attributive:
        return Reading("in_force", "attributive", "neither", None)
    bent = _bend(clause, verb, stage, candidate.first)
    return Reading(bent, "verb", "issuer", (verb, verb + 1), passive=_is_passive(clause, verb))


def _read_noun(clause: Clause, group: tuple[int, int]) -> Reading:
    first, last = group
    if _is_dated(clause, first, last):
        return Reading("in_force", "noun", dated=True)
    head_at = last
    while head_at < len(clause.words) and clause.words[head_at] in CARRIERS:
        head_at += 1
    head = HEADS.get(clause.words[head_at]) if head_at < len(clause.words) else None
    if head is not None:
        return _read_head(clause, first, head_at, head)
    left, right = _govern_left(clause, first), _govern_right(clause, head_at)
    if left is not None and not (right is not None and not right[1] and _prefers_right(left, first)):
        return _read_left(clause, left, right, first)
    relative = _govern_relative(clause, head_at)
    if relative is not None:
        return Reading(_bend(clause, relative.first, relative.value.stage, first), "relative", "issuer", relative[:2])
    if right is not None:
        return _read_right(clause, *right, first)
    return _read_bare(clause, first)


def _prefers_right(left: Hit[Cue], first: int) -> bool:
    """A far verb on the left yields to a full verb of which the measure is the subject."""
    return first - left.last > 6


def _is_supposed(clause: Clause, first: int) -> bool:
    """ "imposing sanctions would hurt": what would follow is told, not what was done."""
    return any(word in ("would", "could", "might", "may") for word in clause.words[first : first + 8])


_VERDICTS: Final[dict[str, str]] = {"opposed": "deny", "discussed": "discuss"}


def _read_left(clause: Clause, left: Hit[Cue], right: tuple[Hit[Cue], bool] | None, first: int) -> Reading:
    stage = left.value.stage
    if clause.words[left.first].endswith("ing") and _is_supposed(clause, first):
        stage = operate("could", stage)
    if right is not None and left.value.stage == "proposed" and right[0].value.stage == "lifted":
        stage = "proposed"  # "wants sanctions lifted"
    if right is not None and not right[1] and right[0].value.stage in _VERDICTS:
        stage = operate(_VERDICTS[right[0].value.stage], stage)  # "lifting the sanctions is out of the question"
    if stage == "adopted" and any(word in ADJECTIVES for word in clause.words[left.last : first]):
        adjective = next(ADJECTIVES[word] for word in clause.words[left.last : first] if word in ADJECTIVES)
        stage = adjective.stage
    stage = _prosecuted(clause, _bend(clause, left.first, stage, first))
    passive = _is_passive(clause, left.first) and clause.words[left.first].endswith(("ed", "hit", "en"))
    if passive and stage == "discussed" and left.value.stage == "adopted":
        stage = "threatened"  # "could be hit with"
    return Reading(stage, "governor", left.value.subject, (left.first, left.last), passive)


def _read_right(clause: Clause, hit: Hit[Cue], bare: bool, first: int) -> Reading:
    stage = _bend(clause, hit.first, hit.value.stage, first)
    if hit.value.stage == "in_force" and stage == "opposed":
        stage = "lifted"  # "sanctions did not remain", "are no longer in place"
    return Reading(
        _prosecuted(clause, stage), "participle" if bare else "predicate", "neither", (hit.first, hit.last), True
    )


def _read_head(clause: Clause, first: int, head: int, cue: Cue) -> Reading:
    """ "sanctions relief": the noun after the measure; granted when a verb says so, else talked about."""
    stage: SanctionStage = cue.stage
    left = _govern_left(clause, first)
    if left is not None and left.value.stage in ("discussed", "proposed", "threatened", "opposed"):
        stage = operate({"opposed": "deny", "discussed": "discuss"}.get(left.value.stage, "propose"), stage)
        stage = _bend(clause, left.first, stage, first)
    elif stage == "lifted" and (left is None or left.value.stage != "adopted"):
        stage = "lifted" if {"granted", "gave", "given", "won", "issued"} & clause.vocabulary else "discussed"
    governor = (left.first, left.last) if left is not None else None
    return Reading(_prosecuted(clause, stage), "head", cue.subject, governor)


def _read_bare(clause: Clause, first: int) -> Reading:
    """Nothing governs: an adjective tells, else the measure is simply there."""
    for word in clause.words[max(0, first - 4) : first]:
        if word in ADJECTIVES:
            return Reading(ADJECTIVES[word].stage, "adjective")
    if _is_denied_noun(clause, first):
        return Reading("opposed", "denied")
    return Reading(_prosecuted(clause, "in_force"), "bare")
