"""Verbs that are measure and act in one: sanctioned, designated, blacklisted, froze assets, barred from entry, cut off from
SWIFT. Each has an everyday sense, so each rule says what must stand by it; what it refuses is kept with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.exclusion_lexicon import APPROVED, APPROVERS, DIGNITARIES, TARGET_NOUNS
from pipeline.sanctions.measure_lexicon import (
    ASSETS,
    BAR_VERBS,
    BLACKLIST_VERBS,
    CUT_OFF_VERBS,
    DELIST_VERBS,
    DELISTING_VERBS,
    DESIGNATE_VERBS,
    FREEZE_VERBS,
    LISTING_VERBS,
    SANCTION_VERBS,
    UNFREEZE_VERBS,
)
from pipeline.sanctions.model import Candidate, Refusal
from pipeline.sanctions.stage_lexicon import BE

Verdict = Candidate | Refusal | None

_REACH: Final = 6
_LISTERS: Final = frozenset({"agency", "body"})
_TERROR: Final = frozenset(
    "terrorist terrorists terrorism terror specially ofac sdn trafficker traffickers kingpin corruption".split()
)
_ENTRY: Final = frozenset("entry enter entering travel travelling traveling visas visa".split())


def find_verbs(clause: Clause, taken: frozenset[int]) -> list[Candidate | Refusal]:
    """What the verb rules make of the words that no noun phrase holds already."""
    found: list[Candidate | Refusal] = []
    for i, word in enumerate(clause.words):
        if i in taken:
            continue
        verdict = _judge(clause, i, word)
        if verdict is not None:
            found.append(verdict)
    return found


def _judge(clause: Clause, i: int, word: str) -> Verdict:
    for words, rule in RULES:
        if word in words:
            verdict = rule(clause, i)
            if verdict is not None:
                return verdict
    if word.endswith("-sanctioned"):
        return sanctioned_compound(clause, i)
    return None


def _follows(clause: Clause, i: int) -> str:
    return clause.words[i + 1] if i + 1 < len(clause.words) else ""


def _agent(clause: Clause, i: int) -> bool:
    """Whether a state or body acts: right before the verb, or after "by"."""
    return _subject(clause, i) or _by(clause, i)


def _subject(clause: Clause, i: int) -> bool:
    return any(
        p.last <= i and i - p.last <= _REACH and p.kind not in ("place",) for p in clause.parties
    ) and not _passive(clause, i)


def _by(clause: Clause, i: int) -> bool:
    window = clause.words[i + 1 : i + 8]
    if "by" not in window:
        return False
    by = i + 1 + window.index("by")
    return any(by < p.first <= by + 5 for p in clause.parties) and not APPROVERS & set(clause.words[by + 1 : by + 6])


def _passive(clause: Clause, i: int) -> bool:
    return not clause.words[i].endswith("ing") and any(word in BE for word in clause.words[max(0, i - 3) : i])


def _object(clause: Clause, i: int) -> tuple[str, ...]:
    return clause.words[i + 1 : i + 8]


def _party_after(clause: Clause, i: int, reach: int = 10) -> bool:
    return any(i < p.first <= i + reach for p in clause.parties)


def sanction_verb(clause: Clause, i: int) -> Verdict:
    """The verb "sanction" in the sense of acting against somebody.

    Example: "The U.S. Treasury [sanctioned] a network of firms in Hong Kong".
    Counter-example: "The school board sanctioned the purchase" (approved).
    """
    word, following = clause.words[i], _follows(clause, i)
    if word == "sanctioning" and following in ("body", "bodies", "authority", "organisation", "organization"):
        return Refusal(i, i + 1, "a sanctioning body approves contests")
    if word == "sanction":
        return _infinitive(clause, i)
    if word == "sanctioned" and _is_attribute(clause, i):
        return Candidate(i, i + 1, "sanctions", "sanctioned_adjective", 0.8, verb=i, stage="in_force", attributive=True)
    if APPROVED & set(_object(clause, i)[:5]) and not _passive(clause, i):
        return Refusal(i, i + 1, "sanctioned in the sense of approved")
    if _passive(clause, i):
        return _passive_sanction(clause, i)
    if _subject(clause, i) and not APPROVERS & set(clause.words[max(0, i - 4) : i]):
        return Candidate(i, i + 1, "sanctions", "sanction_verb", 0.85, verb=i, stage="adopted")
    return Refusal(i, i + 1, "sanctioned without a state or international body that acts")


def _infinitive(clause: Clause, i: int) -> Verdict:
    before = clause.words[i - 1] if i else ""
    if before in ("to", "will", "would", "could", "should", "may", "might", "must", "can", "not") and not (
        APPROVED & set(_object(clause, i)[:5])
    ):
        if clause.parties:
            return Candidate(i, i + 1, "sanctions", "sanction_infinitive", 0.8, verb=i, stage="adopted")
        return Refusal(i, i + 1, "to sanction without a state or international body that acts")
    return Refusal(i, i + 1, "sanction in the sense of approval or penalty")


def _is_attribute(clause: Clause, i: int) -> bool:
    """ "the sanctioned Russian oligarch", "sanctioned tankers"."""
    before = clause.words[i - 1] if i else ""
    near = set(clause.words[i + 1 : i + 4])
    if before in BE or before in ("has", "have", "had", "not", "yet"):
        return False
    opens = before in (
        "the",
        "a",
        "an",
        "of",
        "to",
        "with",
        "by",
        "from",
        "for",
        "other",
        "and",
        "some",
        "many",
        "two",
        "",
    )
    opens = opens or before.isdigit() or before in _PREMODIFIERS
    return opens and (bool(TARGET_NOUNS & near) and not _subject_right_before(clause, i))


_PREMODIFIERS: Final = frozenset(
    "now already newly recently heavily previously currently several three four five on".split()
)


def _subject_right_before(clause: Clause, i: int) -> bool:
    return any(p.last == i for p in clause.parties)


def _passive_sanction(clause: Clause, i: int) -> Verdict:
    """ "was sanctioned by the European Union"; without an agent only a person, firm or ship is sanctioned."""
    if "by" in clause.words[i + 1 : i + 8]:
        if _by(clause, i) and not APPROVED & set(clause.words[max(0, i - 6) : i]):
            return Candidate(i, i + 1, "sanctions", "sanctioned_by", 0.9, verb=i, stage="adopted")
        return Refusal(i, i + 1, "sanctioned by somebody who is no state or international body")
    if TARGET_NOUNS & set(clause.words[max(0, i - 8) : i]) and clause.parties:
        return Candidate(i, i + 1, "sanctions", "sanctioned_passive", 0.6, verb=i, stage="adopted")
    return Refusal(i, i + 1, "sanctioned without a state or international body that acts")


def sanctioned_compound(clause: Clause, i: int) -> Verdict:
    """ "US-sanctioned".

    Example: "the [US-sanctioned] oligarch". Counter-example: "a state-sanctioned rally", "a UN-sanctioned mission".
    """
    if any(p.first == i for p in clause.parties) and TARGET_NOUNS & set(clause.words[i + 1 : i + 4]):
        return Candidate(i, i + 1, "sanctions", "sanctioned_adjective", 0.8, verb=i, stage="in_force", attributive=True)
    return Refusal(i, i + 1, "-sanctioned in the sense of approved")


_VAGUE: Final = frozenset({"economy", "country", "countries", "state", "person", "people", "exchange", "port", "ports"})


def designate(clause: Clause, i: int) -> Verdict:
    """Putting on a sanctions list.

    Example: "The Treasury [designated] four Venezuelan officials". Counter-example: "was designated a national park".
    """
    words = set(clause.words)
    lists = any(p.kind in _LISTERS for p in clause.parties)
    political = bool(_TERROR & words) or bool((TARGET_NOUNS - _VAGUE) & set(_object(clause, i)))
    lists = lists or {"under", "sanctions"} <= words
    if clause.words[i].startswith("designation"):
        return (
            Candidate(i, i + 1, "designation", "designation", 0.7, verb=i, stage="listed")
            if lists and _TERROR & words
            else None
        )
    if (
        _agent(clause, i)
        and (lists or _TERROR & words)
        and political
        and not {"park", "zone", "heritage", "site", "driver"} & words
    ):
        return Candidate(i, i + 1, "designation", "designate", 0.8, verb=i, stage="listed")
    return Refusal(i, i + 1, "designated in the sense of named or chosen")


def blacklist(clause: Clause, i: int) -> Verdict:
    """Example: "Washington [blacklisted] the Chinese company". Counter-example: "Critics blacklisted the restaurant"."""
    if (_subject(clause, i) and clause.words[i] != "blacklist") or _by(clause, i):
        return Candidate(i, i + 1, "designation", "blacklist", 0.8, verb=i, stage="listed")
    if clause.words[i] in ("blacklist", "blacklists") and _listed_on(clause, i):
        return Candidate(i, i + 1, "designation", "blacklist_noun", 0.75, verb=_listing_verb(clause, i), stage="listed")
    return Refusal(i, i + 1, "a blacklist of no state or international body")


def _listing_verb(clause: Clause, i: int) -> int | None:
    window = range(i - 1, max(-1, i - 16), -1)
    return next((j for j in window if clause.words[j] in LISTING_VERBS | DELISTING_VERBS), None)


def _listed_on(clause: Clause, i: int) -> bool:
    return _listing_verb(clause, i) is not None and bool(clause.parties)


def delist(clause: Clause, i: int) -> Verdict:
    """Example: "The UN committee [delisted] a former minister". Counter-example: "delisted from Nasdaq"."""
    if {"exchange", "shares", "stock", "nasdaq", "nyse", "bourse", "trading"} & clause.vocabulary or not clause.parties:
        return Refusal(i, i + 1, "delisted from something that is no sanctions list")
    return Candidate(i, i + 1, "delisting", "delist", 0.8, verb=i, stage="lifted")


_FREEZES: Final = frozenset({"freeze", "freezes", "froze"})
"""Forms that are no weather, no food and no metaphor."""


def freeze_assets(clause: Clause, i: int) -> Verdict:
    """Example: "Switzerland has [frozen the assets] of the family". Counter-example: "a hiring freeze"."""
    window = clause.words[i + 1 : i + 8]
    j = next((k for k, word in enumerate(window) if word in ASSETS), None)
    before = {"was", "were", "been"} & set(clause.words[max(0, i - 3) : i]) and ASSETS & set(
        clause.words[max(0, i - 9) : i]
    )
    if j is None and not before:
        return Refusal(i, i + 1, "a freeze of something other than assets") if clause.words[i] in _FREEZES else None
    if not clause.parties:
        return Refusal(i, i + 1, "assets frozen by nobody known: a court or bank as likely as a state")
    last = i + 2 + j if j is not None else i + 1
    return Candidate(i, last, "asset_freeze", "freeze_assets", 0.8, verb=i, stage="adopted", object_first=i + 1)


def unfreeze_assets(clause: Clause, i: int) -> Verdict:
    """Example: "Washington [unfroze] $6bn of Iranian funds". Counter-example: "unfroze the pipes"."""
    if clause.parties and ASSETS & clause.vocabulary:
        return Candidate(i, i + 1, "asset_freeze", "unfreeze_assets", 0.8, verb=i, stage="lifted")
    return None


def bar_entry(clause: Clause, i: int) -> Verdict:
    """A state keeps dignitaries of another out.

    Example: "Estonia [barred] the Georgian minister from entering". Counter-example: "barred fans from entering the ground".
    """
    window = clause.words[i + 1 : i + 14]
    if not _names_entry(clause.words[i], window) or (_passive(clause, i) and not _by(clause, i)):
        return None
    states = {p.code for p in clause.parties if p.kind != "place"}
    if (len(states) > 1 or clause.words[i].startswith("den")) and states and DIGNITARIES & set(window):
        return Candidate(i, i + 1, "travel_ban", "bar_entry", 0.7, verb=i, stage="adopted")
    return None


def _names_entry(verb: str, window: tuple[str, ...]) -> bool:
    """ "barred ... from entering", "denied entry", "deny visas"."""
    if verb.startswith("den"):
        return bool(_ENTRY & set(window[:3]))
    return any(
        a == "from" and bool({b, c} & _ENTRY) for a, b, c in zip(window, window[1:], (*window[2:], ""), strict=False)
    )


def cut_off(clause: Clause, i: int) -> Verdict:
    """Example: "Three Iranian banks were [cut off from SWIFT]". Counter-example: "a swift response" (adjective)."""
    if clause.tokens[i].text not in ("SWIFT", "Swift") or not i:
        return None
    near = [j for j in range(max(0, i - 12), min(len(clause.words), i + 8)) if clause.words[j] in CUT_OFF_VERBS]
    if not near:
        return None
    verb = min(near, key=lambda j: abs(j - i))
    return Candidate(i, i + 1, "financial_ban", "swift", 0.85, verb=verb, stage="adopted", object_first=verb + 1)


RULES: Final[tuple[tuple[frozenset[str], Callable[[Clause, int], Verdict]], ...]] = (
    (SANCTION_VERBS, sanction_verb),
    (DESIGNATE_VERBS, designate),
    (BLACKLIST_VERBS, blacklist),
    (DELIST_VERBS, delist),
    (FREEZE_VERBS, freeze_assets),
    (UNFREEZE_VERBS, unfreeze_assets),
    (BAR_VERBS, bar_entry),
    (frozenset({"swift"}), cut_off),
)
