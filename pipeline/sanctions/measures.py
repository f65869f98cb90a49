"""Find the words that name a measure: noun phrases from the lexicon, and the headline verb "sanctions"."""

from __future__ import annotations

from typing import Final

from pipeline.sanctions.clause import Clause
from pipeline.sanctions.measure_lexicon import DELISTING_VERBS, GOODS, LISTING_VERBS, NOUNS
from pipeline.sanctions.model import Candidate
from pipeline.sanctions.phrases import Hit, PhraseTable
from schemas.enrichment import SanctionStage

TABLE: Final = PhraseTable(NOUNS)

_OBJECT_STARTS: Final = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozens dozen scores hundreds several more over "
    "another top senior former ex alleged nearly some a an the head chief key".split()
)
_EVADING: Final = ("busting", "busters", "buster", "evading", "evasion", "dodging", "breaking", "skirting", "proof")
_LISTING_REACH: Final = 18
_LINKS: Final = frozenset({",", "and", "or", "&", "/", "plus", "as", "well", "also", "including"})
_LONGEST_LINK: Final = 5


def find_nouns(clause: Clause) -> list[Candidate]:
    """Noun phrases that name a measure, and compounds ("sanctions-busting", "counter-sanctions").

    Example: "an [arms embargo] and [travel bans]". Counter-example: "a hiring freeze".
    """
    found = [_from_hit(clause, hit) for hit in TABLE.scan(clause.words)]
    taken = {i for candidate in found for i in range(candidate.first, candidate.last)}
    found += [named for i in range(len(clause.words)) if i not in taken and (named := _named(clause, i)) is not None]
    found += [
        Candidate(i, i + 1, "sanctions", "compound", stage=_compound_stage(word))
        for i, word in enumerate(clause.words)
        if i not in taken and word.startswith(("sanctions-", "sanction-", "embargo-", "embargoed"))
    ]
    return sorted(found, key=lambda candidate: candidate.first)


def _named(clause: Clause, i: int) -> Candidate | None:
    """Measures that are named by what they are on: a ban on a state's goods, a body's package against a state."""
    if clause.words[i] in ("ban", "bans") and clause.words[i + 1 : i + 2] == ("on",):
        return _trade_ban(clause, i)
    if clause.words[i : i + 3] == ("package", "of", "measures"):
        return _package(clause, i)
    return None


def _trade_ban(clause: Clause, i: int) -> Candidate | None:
    """Example: "a [ban on Peruvian gold] imports". Counter-example: "a ban on plastic bags in Peru"."""
    goods = next((j for j in range(i + 2, min(len(clause.words), i + 7)) if clause.words[j] in GOODS), None)
    if goods is None or not any(i + 2 <= p.first <= i + 3 and p.last <= goods for p in clause.parties):
        return None
    return Candidate(i, i + 1, "trade_embargo", "trade_ban", 0.8)


def _package(clause: Clause, i: int) -> Candidate | None:
    """The European Union's term for a round of sanctions, when it is against a state.

    Example: "adopted the EU's latest [package of measures] against Eritrea". Counter-example: "a package of measures
    against inflation in Eritrea".
    """
    end = i + 3
    against = clause.words[end : end + 1] in (("against",), ("targeting",))
    state = any(end < p.first <= end + 2 and p.kind in ("country", "demonym", "capital") for p in clause.parties)
    body = any(p.kind in ("body", "agency") or p.code == "EU" for p in clause.parties)
    if not (against and state and body):
        return None
    return Candidate(i, end, "restrictive_measures", "package", 0.7)


def _from_hit(clause: Clause, hit: Hit[str]) -> Candidate:
    if clause.words[hit.first] == "sanctions" and hit.last == hit.first + 1 and is_headline_verb(clause, hit.first):
        return Candidate(hit.first, hit.last, "sanctions", "headline_verb", 0.8, verb=hit.first, stage="adopted")
    if clause.words[hit.last - 1] == "committee":
        return _committee(clause, hit)
    if hit.value == "designation":
        return _list_entry(clause, hit)
    return Candidate(hit.first, hit.last, hit.value, "noun")


def _committee(clause: Clause, hit: Hit[str]) -> Candidate:
    """A sanctions committee: it lists somebody, or is merely there."""
    rest = clause.words[hit.last :]
    lists = bool(LISTING_VERBS & set(rest)) and "list" in rest
    verb = next((i for i in range(hit.last, len(clause.words)) if clause.words[i] in LISTING_VERBS), None)
    if lists and verb is not None:
        return Candidate(
            hit.first, hit.last, "designation", "committee", verb=verb, stage="listed", object_first=verb + 1
        )
    return Candidate(hit.first, hit.last, "sanctions", "committee", 0.6, stage="in_force")


def _list_entry(clause: Clause, hit: Hit[str]) -> Candidate:
    """A list of designations: who is put on it or taken off it.

    Example: "added a Lebanese trader to its [sanctions list]" -> listed. Counter-example: "a copy of the
    sanctions list".
    """
    for i in range(hit.first - 1, max(-1, hit.first - 1 - _LISTING_REACH), -1):
        word = clause.words[i]
        if word in LISTING_VERBS:
            return Candidate(
                hit.first, hit.last, "designation", "list_entry", verb=i, stage="listed", object_first=i + 1
            )
        if word in DELISTING_VERBS:
            return Candidate(
                hit.first, hit.last, "designation", "list_entry", verb=i, stage="lifted", object_first=i + 1
            )
    return Candidate(hit.first, hit.last, "designation", "noun")


def _compound_stage(word: str) -> SanctionStage:
    return "evaded" if word.endswith(_EVADING) else "in_force"


def is_headline_verb(clause: Clause, i: int) -> bool:
    """Whether "sanctions" at word *i* is the verb.

    Example: "Kyiv sanctions 30 Russian publishers". Counter-example: "EU sanctions on 30 Russian publishers",
    "US sanctions hit Iran".
    """
    before = next((party for party in clause.parties if party.last == i), None)
    if before is None or i + 1 >= len(clause.words) or before.kind == "demonym":
        return False
    if any(word in _FINITE for word in clause.words[:i]):
        return False
    following = clause.words[i + 1]
    party_follows = any(party.first == i + 1 for party in clause.parties)
    return following[0].isdigit() or following in _OBJECT_STARTS or party_follows


_FINITE: Final = frozenset(
    "imposed imposes impose lifted lifts adopted adopts announces announced says said extended eases under evade "
    "against over of for with on amid despite lift adopt extend ease new to by as after".split()
)


def coordinate(clause: Clause, candidates: list[Candidate]) -> dict[Candidate, tuple[int, int]]:
    """First and last word of the list of measures that each noun stands in ("travel bans and asset freezes for
    ...")."""
    groups: dict[Candidate, tuple[int, int]] = {}
    run: list[Candidate] = []
    for candidate in candidates:
        if run and not _is_linked(clause, run[-1], candidate):
            groups.update(_close(run))
            run = []
        run.append(candidate)
    groups.update(_close(run))
    return groups


def _close(run: list[Candidate]) -> dict[Candidate, tuple[int, int]]:
    return dict.fromkeys(run, (run[0].first, run[-1].last)) if run else {}


def _is_linked(clause: Clause, left: Candidate, right: Candidate) -> bool:
    between = clause.words[left.last : right.first]
    if left.verb is not None or right.verb is not None or not between or len(between) > _LONGEST_LINK:
        return False
    return between[0] in _LINKS and not _is_clausal(between)


def _is_clausal(between: tuple[str, ...]) -> bool:
    """ "sanctions and lifted the embargo" is two clauses, "sanctions and a full arms embargo" one list."""
    return any(word.endswith("ed") or word in ("to", "on", "is", "are", "has", "have", "will") for word in between)
