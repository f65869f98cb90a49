"""Putting on sanctions lists and taking off: designate, blacklist, delist. Each verb has an everyday sense."""

from __future__ import annotations

from typing import Final

from pipeline.sanctions.actors import acts, is_agent, is_subject
from pipeline.sanctions.clause import Clause
from pipeline.sanctions.exclusion_lexicon import TARGET_NOUNS
from pipeline.sanctions.function_words import BE, HAVE, MODALS, PREPOSITIONS
from pipeline.sanctions.measure_lexicon import DELISTING_VERBS, LISTING_VERBS
from pipeline.sanctions.model import Candidate, Refusal, Verdict
from schemas.enrichment import SanctionStage

_VAGUE: Final = frozenset({"economy", "country", "countries", "state", "person", "people", "exchange", "port", "ports"})
_LISTERS: Final = frozenset({"agency", "body"})
_TERROR: Final = frozenset(
    "terrorist terrorists terrorism terror specially ofac sdn trafficker traffickers kingpin corruption".split()
)
_HONOURS: Final = frozenset({"park", "zone", "heritage", "site", "driver"})
_STOCKS: Final = frozenset({"exchange", "shares", "stock", "nasdaq", "nyse", "bourse", "trading"})
_LIST_REACH: Final = 15


def designate(clause: Clause, i: int) -> Verdict:
    """Putting on a sanctions list.

    Example: "The Treasury [designated] four Venezuelan officials". Counter-example: "was designated a national park".
    """
    terror = not _TERROR.isdisjoint(clause.words)
    lists = any(p.kind in _LISTERS for p in clause.parties) or {"under", "sanctions"} <= clause.vocabulary
    if clause.words[i].startswith("designation"):
        if not (lists and terror):
            return None
        return Candidate(i, i + 1, "designation", "designation", 0.7, verb=i, stage="listed")
    political = terror or not (TARGET_NOUNS - _VAGUE).isdisjoint(clause.words[i + 1 : i + 8])
    if acts(clause, i) and (lists or terror) and political and _HONOURS.isdisjoint(clause.words):
        return Candidate(i, i + 1, "designation", "designate", 0.8, verb=i, stage="listed")
    return Refusal(i, i + 1, "designated in the sense of named or chosen")


def blacklist(clause: Clause, i: int) -> Verdict:
    """Putting on a blacklist, or the list itself.

    Example: "Washington [blacklisted] the Chinese company". Counter-example: "Critics blacklisted the restaurant".
    """
    noun = clause.words[i] in ("blacklist", "blacklists") and not _is_infinitive(clause, i)
    if (is_subject(clause, i) and not noun) or is_agent(clause, i):
        return Candidate(i, i + 1, "designation", "blacklist", 0.8, verb=i, stage="listed")
    verb = _listing_verb(clause, i)
    if noun and verb is not None and clause.parties:
        stage: SanctionStage = "listed" if clause.words[verb] in LISTING_VERBS else "lifted"
        return Candidate(i, i + 1, "designation", "blacklist_noun", 0.75, verb=verb, stage=stage)
    return Refusal(i, i + 1, "a blacklist of no state or international body")


def _is_infinitive(clause: Clause, i: int) -> bool:
    """ "to [blacklist] three newspapers"; not "added to blacklist", where no object follows."""
    following = clause.words[i + 1] if i + 1 < len(clause.words) else "."
    marked = i > 0 and clause.words[i - 1] in MODALS
    return marked and following[0].isalnum() and following not in PREPOSITIONS | BE | HAVE | {"and", "or", "as"}


def _listing_verb(clause: Clause, i: int) -> int | None:
    window = range(i - 1, max(-1, i - 1 - _LIST_REACH), -1)
    return next((j for j in window if clause.words[j] in LISTING_VERBS | DELISTING_VERBS), None)


def delist(clause: Clause, i: int) -> Verdict:
    """Taking off a sanctions list.

    Example: "The UN committee [delisted] a former minister". Counter-example: "delisted from Nasdaq".
    """
    if not _STOCKS.isdisjoint(clause.words) or not clause.parties:
        return Refusal(i, i + 1, "delisted from something that is no sanctions list")
    return Candidate(i, i + 1, "delisting", "delist", 0.8, verb=i, stage="lifted")
