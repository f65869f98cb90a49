"""The verb "sanction": acting against somebody, or approving of something. Only a named state or body makes it the
former.
"""

from __future__ import annotations

from typing import Final

from pipeline.sanctions.actors import is_agent, is_subject
from pipeline.sanctions.clause import Clause
from pipeline.sanctions.exclusion_lexicon import APPROVED, APPROVERS, TARGET_NOUNS
from pipeline.sanctions.function_words import BE, HAVE
from pipeline.sanctions.governors import is_passive
from pipeline.sanctions.model import Candidate, Refusal, Verdict

_INFINITIVE_MARKS: Final = frozenset({"to", "will", "would", "could", "should", "may", "might", "must", "can", "not"})
_BEFORE_ATTRIBUTE: Final = frozenset(
    "the a an of to with by from for other and some many two three four five several now already newly recently "
    "heavily previously currently on".split()
)
_VERBAL: Final = BE | HAVE | {"not", "yet"}
_NOBODY: Final = "sanctioned without a state or international body that acts"


def sanction_verb(clause: Clause, i: int) -> Verdict:
    """ "sanction", "sanctioned", "sanctioning" at word *i*.

    Example: "The U.S. Treasury [sanctioned] a network of firms in Hong Kong".
    Counter-example: "The school board sanctioned the purchase" (approved).
    """
    word = clause.words[i]
    if word == "sanction":
        return _infinitive(clause, i)
    if word == "sanctioning" and clause.words[i + 1 : i + 2] in (("body",), ("bodies",), ("authority",)):
        return Refusal(i, i + 1, "a sanctioning body approves contests")
    if word == "sanctioned" and _is_attribute(clause, i):
        return _attribute(i)
    if is_passive(clause, i) or (word == "sanctioned" and is_agent(clause, i)):
        return _passive(clause, i)
    if _approves(clause, i):
        return Refusal(i, i + 1, "sanctioned in the sense of approved")
    if is_subject(clause, i) and APPROVERS.isdisjoint(clause.words[max(0, i - 4) : i]):
        return Candidate(i, i + 1, "sanctions", "sanction_verb", 0.85, verb=i, stage="adopted")
    return Refusal(i, i + 1, _NOBODY)


def sanctioned_compound(clause: Clause, i: int) -> Verdict:
    """ "US-sanctioned".

    Example: "the [US-sanctioned] oligarch". Counter-example: "a state-sanctioned rally", "a UN-sanctioned mission".
    """
    if any(p.first == i for p in clause.parties) and not TARGET_NOUNS.isdisjoint(clause.words[i + 1 : i + 4]):
        return _attribute(i)
    return Refusal(i, i + 1, "-sanctioned in the sense of approved")


def _attribute(i: int) -> Candidate:
    return Candidate(i, i + 1, "sanctions", "sanctioned_adjective", 0.8, verb=i, stage="in_force", attributive=True)


def _approves(clause: Clause, i: int) -> bool:
    return not APPROVED.isdisjoint(clause.words[i + 1 : i + 6])


def _infinitive(clause: Clause, i: int) -> Verdict:
    """ "to [sanction] a senator"; the noun is approval or penalty ("gave its sanction")."""
    if not i or clause.words[i - 1] not in _INFINITIVE_MARKS or _approves(clause, i):
        return Refusal(i, i + 1, "sanction in the sense of approval or penalty")
    if not clause.parties:
        return Refusal(i, i + 1, _NOBODY)
    return Candidate(i, i + 1, "sanctions", "sanction_infinitive", 0.8, verb=i, stage="adopted")


def _is_attribute(clause: Clause, i: int) -> bool:
    """ "the sanctioned Russian oligarch", "sanctioned tankers"; not "Kyiv sanctioned two banks"."""
    before = clause.words[i - 1] if i else "the"
    opens = before in _BEFORE_ATTRIBUTE or before.isdigit()
    subject = any(p.last == i for p in clause.parties)
    return opens and before not in _VERBAL and not subject and not TARGET_NOUNS.isdisjoint(clause.words[i + 1 : i + 4])


def _passive(clause: Clause, i: int) -> Verdict:
    """ "was [sanctioned] by the European Union"; without an agent only a person, firm or ship is sanctioned."""
    if "by" in clause.words[i + 1 : i + 8]:
        if is_agent(clause, i) and APPROVED.isdisjoint(clause.words[max(0, i - 6) : i]):
            return Candidate(i, i + 1, "sanctions", "sanctioned_by", 0.9, verb=i, stage="adopted")
        return Refusal(i, i + 1, "sanctioned by somebody who is no state or international body")
    if clause.parties and not TARGET_NOUNS.isdisjoint(clause.words[max(0, i - 8) : i]):
        return Candidate(i, i + 1, "sanctions", "sanctioned_passive", 0.6, verb=i, stage="adopted")
    return Refusal(i, i + 1, _NOBODY)
