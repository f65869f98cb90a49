"""Bend a stage by what stands left of the word that told it: negation, modality, proposals, conditions, prosecution.

No rule ever strengthens: an operator turns an act into a plan, a threat, a discussion or a refusal, never the reverse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.function_words import BE, HAVE, MODALS, PREPOSITIONS, REPORTING
from pipeline.sanctions.operator_lexicon import (
    ADVERBS,
    ANNOUNCERS,
    CONDITIONS,
    DENYING,
    IRREGULAR_PAST,
    NOMINAL_ENDINGS,
    NOMINALS,
    OPENERS,
    OPERATORS,
    PROSECUTED_STAGES,
    PROSECUTION,
    REPORTS,
    UNTRUE,
    Operator,
)
from schemas.enrichment import SanctionStage

_REACH: Final = 9
"""Words between a governing word and the operator that it hangs on ("urged the three Baltic states not to lift")."""
_ANNOUNCED: Final = 18
_REPORT_REACH: Final = 6
_ON: Final = frozenset({"on", "against"})
_NOBODY: Final = frozenset({"nobody", "none", "no", "neither"})
_COUNTED: Final = (("fewer",), ("less",), ("longer",))
_UNDENIED: Final = frozenset({"not", "never", "n't", "without"})
_ACTS: Final = frozenset({"adopted", "listed", "amended"})
_OPEN: Final = _ACTS | {"proposed", "discussed", "threatened"}
_CHANGEABLE: Final = _OPEN | {"lifted"}
_DENIED: Final[dict[SanctionStage, SanctionStage]] = {"lifted": "in_force", "opposed": "discussed"}
_BARRIERS: Final = REPORTING | {";", ":", ",", ".", "—", "but", "while", "after", "because", "who", "(", "”", "“", '"'}


def operate(operator: Operator, stage: SanctionStage) -> SanctionStage:
    """What *operator* makes of *stage*.

    >>> operate("deny", "adopted"), operate("deny", "lifted"), operate("could", "lifted")
    ('opposed', 'in_force', 'discussed')
    """
    if operator == "deny":
        return "opposed" if stage in _OPEN else _DENIED.get(stage, stage)
    if stage not in _CHANGEABLE:
        return stage
    if operator == "discuss" or (operator == "could" and stage not in ("threatened", "proposed")):
        return "discussed"
    if operator == "threaten":
        return "discussed" if stage == "lifted" else "threatened"
    acts = stage in _ACTS or stage == "lifted"
    if (operator in ("would", "propose") and acts) or (operator == "propose" and stage == "discussed"):
        return "proposed"
    return stage


def bend(clause: Clause, governor: int, stage: SanctionStage, first: int) -> SanctionStage:
    """*stage* as told by word *governor* of the measure at word *first*, after operators, denial and conditions.

    Example: "urged the EU not to [lift] sanctions" -> in force. Counter-example: "the minister who urged calm
    [lifted]".
    """
    operators = _operators(clause, governor)
    if stage == "lifted" and operators.count("deny") == 1:
        operators = ["deny"]  # "has no plans to lift", "denied that it would lift": the measure stays, planned or not
    for operator in operators:
        stage = operate(operator, stage)
    if is_denied_noun(clause, first) or _hits_nobody(clause.words, first) or _is_false_report(clause.words, governor):
        stage = operate("deny", stage)
    return _condition(clause, governor, stage)


def _operators(clause: Clause, governor: int) -> list[Operator]:
    """Operators to the left of the governing word, nearest first.

    A finite verb with its own subject is reached by its auxiliaries only; an infinitive, a gerund or a "would" hangs on
    what stands further left ("urged the EU to impose", "a bill that would impose").
    """
    words = clause.words
    i = governor - 1
    while i >= 0 and _is_in_verb_group(words[i]):
        i -= 1
    group = range(governor - 1, i, -1)
    found = [operator for j in group for operator in _operator_at(clause, j)]
    modal = any(words[j] in MODALS for j in group)
    if _is_denied_report(words, i):
        return [*found, "deny"]
    if _is_counterfactual(words, governor):
        return [*found, "could"]
    if not (modal or _hangs(words[governor]) or _is_subjunctive(clause, governor, i)):
        return found
    if "would" in found and ANNOUNCERS & set(words[max(0, i - _ANNOUNCED) : i + 1]):
        found.remove("would")  # "announced it would impose" tells of a decision taken, "said it would" of a plan
    for j in range(i, max(-1, i - _REACH), -1):
        if words[j] in _BARRIERS:
            break
        found.extend(_operator_at(clause, j))
    return found


def _is_false_report(words: Sequence[str], governor: int) -> bool:
    """ "Reports that the bloc had [adopted] sanctions were false"."""
    before, after = words[:governor], words[governor:]
    return not UNTRUE.isdisjoint(after) and "that" in before and not REPORTS.isdisjoint(before)


def _is_counterfactual(words: Sequence[str], governor: int) -> bool:
    """ "Had the bloc [imposed] sanctions, ...": what was not done."""
    return governor <= _REACH and words[0] == "had"


def _is_denied_report(words: Sequence[str], i: int) -> bool:
    """ "[denied] that it had lifted", "denies the bloc will impose": the verb's subject ends at word *i*."""
    for j in range(i, max(-1, i - _REPORT_REACH), -1):
        if words[j] in DENYING:
            return not j or words[j - 1] not in _UNDENIED
        if words[j] in _BARRIERS or words[j] in PREPOSITIONS:
            return False
    return False


def _is_in_verb_group(word: str) -> bool:
    return word in BE or word in HAVE or word in MODALS or word in ADVERBS or word.endswith(("ly", "n't"))


def _hangs(word: str) -> bool:
    return word.endswith(("ing", *NOMINAL_ENDINGS)) or word in NOMINALS


def _is_subjunctive(clause: Clause, governor: int, i: int) -> bool:
    """ "proposed that the EU impose": a bare form after "that" hangs on the verb before it."""
    verb = clause.words[governor]
    return (
        not verb.endswith(("s", "ed", "ing"))
        and verb not in IRREGULAR_PAST
        and "that" in clause.words[max(0, i - 6) : i + 1]
    )


def _operator_at(clause: Clause, i: int) -> list[Operator]:
    if clause.words[i].endswith("n't"):
        return ["deny"]
    hit = OPERATORS.at(clause.words, i)
    return [hit.value] if hit is not None else []


def is_denied_noun(clause: Clause, first: int) -> bool:
    """ "no sanctions", "no new UN sanctions", "without any embargo"."""
    before = clause.words[max(0, first - 3) : first]
    return "," not in before and any(word in ("no", "without", "zero") for word in before)


def _hits_nobody(words: Sequence[str], first: int) -> bool:
    """ "imposed [sanctions] on nobody", "against no Chadian official"; "on no fewer than ten firms" are many."""
    return any(
        words[i] in _ON and words[i + 1] in _NOBODY and words[i + 2 : i + 3] not in _COUNTED
        for i in range(first + 1, min(len(words) - 1, first + 4))
    )


def _condition(clause: Clause, governor: int, stage: SanctionStage) -> SanctionStage:
    """What happens only "if" or "unless" is a threat, for a lifting an offer.

    Example: "would impose sanctions if". Counter-example: "imposed sanctions and asked if ...".
    """
    words = clause.words
    opening = words[max(0, governor - 6) : governor]
    awaited = "after" in opening and words[governor - 1] in ("is", "are")  # "only after sanctions are lifted"
    if stage not in ("adopted", "listed", "amended", "proposed", "lifted"):
        return stage
    if not awaited and CONDITIONS.isdisjoint(clause.vocabulary):
        return stage
    inside = awaited or not OPENERS.isdisjoint(opening) or ("before" in opening and _is_present(clause, governor))
    modal = any(word in MODALS and word != "to" for word in words[max(0, governor - 4) : governor])
    if not inside and not modal:
        return stage
    return "discussed" if stage == "lifted" else "threatened"


def _is_present(clause: Clause, governor: int) -> bool:
    """ "before sanctions are imposed" has not come true, "before it imposed sanctions" has."""
    return not clause.words[governor].endswith("ed") or clause.words[governor - 1] in ("is", "are", "be")


def prosecuted(clause: Clause, stage: SanctionStage) -> SanctionStage:
    """A breach or evasion that the law pursues is enforcement ("fined for breaching", "villa seized under")."""
    return "enforced" if stage in PROSECUTED_STAGES and PROSECUTION & clause.vocabulary else stage
