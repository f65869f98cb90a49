"""Verbs that are measure and act in one: sanctioned, designated, blacklisted, froze assets, barred from entry, cut off
from SWIFT. Each has an everyday sense, so each rule says what must stand by it; what it refuses is kept with the
reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pipeline.sanctions.actors import acts, is_agent
from pipeline.sanctions.clause import Clause
from pipeline.sanctions.designations import blacklist, delist, designate
from pipeline.sanctions.exclusion_lexicon import DIGNITARIES
from pipeline.sanctions.governors import is_passive
from pipeline.sanctions.measure_lexicon import (
    ASSETS,
    BAR_VERBS,
    BLACKLIST_VERBS,
    CUT_OFF_VERBS,
    DELIST_VERBS,
    DESIGNATE_VERBS,
    FINANCIAL_NETWORK,
    FREEZE_VERBS,
    REVOKE_VERBS,
    SANCTION_VERBS,
    UNFREEZE_VERBS,
)
from pipeline.sanctions.model import Candidate, Refusal, Verdict
from pipeline.sanctions.sanctioned import sanction_verb, sanctioned_compound

_ENTRY: Final = frozenset("entry enter entering travel travelling traveling visas visa".split())
_FREEZES: Final = frozenset({"freeze", "freezes", "froze"})
"""Forms that are no weather, no food and no metaphor."""
_BANKING: Final = frozenset("bank banks payment payments messaging financial system network lenders".split())


def find_verbs(clause: Clause, taken: frozenset[int]) -> list[Candidate | Refusal]:
    """What the verb rules make of the words that no noun phrase holds already."""
    verdicts = (_judge(clause, i, word) for i, word in enumerate(clause.words) if i not in taken)
    return [verdict for verdict in verdicts if verdict is not None]


def _judge(clause: Clause, i: int, word: str) -> Verdict:
    if word.endswith("-sanctioned"):
        return sanctioned_compound(clause, i)
    rule = RULES.get(word)
    return rule(clause, i) if rule is not None else None


def freeze_assets(clause: Clause, i: int) -> Verdict:
    """A state blocks what somebody owns.

    Example: "Switzerland has [frozen the assets] of the family". Counter-example: "a hiring freeze".
    """
    asset = next((j for j in range(i + 1, min(len(clause.words), i + 8)) if clause.words[j] in ASSETS), None)
    if asset is None and not (is_passive(clause, i) and not ASSETS.isdisjoint(clause.words[max(0, i - 9) : i])):
        return Refusal(i, i + 1, "a freeze of something other than assets") if clause.words[i] in _FREEZES else None
    if not clause.parties:
        return Refusal(i, i + 1, "assets frozen by nobody known: a court or bank as likely as a state")
    last = asset + 1 if asset is not None else i + 1
    return Candidate(i, last, "asset_freeze", "freeze_assets", 0.8, verb=i, stage="adopted", object_first=i + 1)


def unfreeze_assets(clause: Clause, i: int) -> Verdict:
    """Example: "Washington [unfroze] $6bn of Iranian funds". Counter-example: "unfroze the pipes"."""
    if clause.parties and ASSETS & clause.vocabulary:
        return Candidate(i, i + 1, "asset_freeze", "unfreeze_assets", 0.8, verb=i, stage="lifted")
    return None


def bar_entry(clause: Clause, i: int) -> Verdict:
    """A state keeps dignitaries of another out.

    Example: "Estonia [barred] the Georgian minister from entering". Counter-example: "barred fans from entering".
    """
    window = clause.words[i + 1 : i + 14]
    denied = clause.words[i].startswith("den")
    if not _names_entry(window, denied) or (is_passive(clause, i) and not is_agent(clause, i)):
        return None
    states = {party.code for party in clause.parties if party.kind != "place"}
    if not states or (len(states) == 1 and not denied) or DIGNITARIES.isdisjoint(window):
        return None
    return Candidate(i, i + 1, "travel_ban", "bar_entry", 0.7, verb=i, stage="adopted")


def revoke_visas(clause: Clause, i: int) -> Verdict:
    """A state takes its visas from dignitaries of another.

    Example: "Washington [revoked the visas] of two judges from Peru". Counter-example: "revoked students' visas".
    """
    window = clause.words[i + 1 : i + 12]
    visa = next((j for j, word in enumerate(window[:8]) if word in ("visa", "visas")), None)
    states = {party.code for party in clause.parties if party.kind != "place"}
    if visa is None or len(states) < 2 or DIGNITARIES.isdisjoint(window) or not acts(clause, i):
        return None
    return Candidate(i, i + visa + 2, "travel_ban", "revoke_visas", 0.7, verb=i, stage="adopted", object_first=i + 1)


def _names_entry(window: tuple[str, ...], denied: bool) -> bool:
    """ "barred ... from entering", "denied entry", "deny visas"."""
    if denied:
        return not _ENTRY.isdisjoint(window[:3])
    return any(word == "from" and not _ENTRY.isdisjoint(window[k + 1 : k + 3]) for k, word in enumerate(window))


def cut_off(clause: Clause, i: int) -> Verdict:
    """Banks are shut out of the payment network.

    Example: "Three Iranian banks were [cut off from SWIFT]". Counter-examples: "a swift response", "Swift cut
    the tour".
    """
    if not _is_network(clause, i):
        return None
    near = [j for j in range(max(0, i - 12), min(len(clause.words), i + 8)) if clause.words[j] in CUT_OFF_VERBS]
    if not near:
        return None
    verb = min(near, key=lambda j: abs(j - i))
    return Candidate(i, i + 1, "financial_ban", "swift", 0.85, verb=verb, stage="adopted", object_first=verb + 1)


def _is_network(clause: Clause, i: int) -> bool:
    """In capitals among other case it is the network; else banks or payments must be near."""
    shouting = clause.tokens[i - 1].text.isupper() if i else True
    if clause.tokens[i].text == "SWIFT" and not shouting:
        return True
    return clause.tokens[i].text[0] == "S" and not _BANKING.isdisjoint(clause.words)


Rule = Callable[[Clause, int], Verdict]

RULES: Final[dict[str, Rule]] = {
    **dict.fromkeys(SANCTION_VERBS, sanction_verb),
    **dict.fromkeys(DESIGNATE_VERBS, designate),
    **dict.fromkeys(BLACKLIST_VERBS, blacklist),
    **dict.fromkeys(DELIST_VERBS, delist),
    **dict.fromkeys(FREEZE_VERBS, freeze_assets),
    **dict.fromkeys(UNFREEZE_VERBS, unfreeze_assets),
    **dict.fromkeys(BAR_VERBS, bar_entry),
    **dict.fromkeys(REVOKE_VERBS, revoke_visas),
    **dict.fromkeys(FINANCIAL_NETWORK, cut_off),
}
"""The verb rules by the word that calls them; no word calls two."""
