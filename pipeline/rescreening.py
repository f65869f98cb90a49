"""Articles of the past against a list that has changed: who of the newly listed was named before, and for how long.

    article -> read once -> screened against the lists before and after -> mentions of entries that changed
    -> gathered by entry -> one match of the rule `newly_listed` or `delisted` for each entry, ready for the alerter

The event of such an alert is the change of the list, so its time is the date of the version that made it. The alert's
id follows from entry, that date, and the first article: screening again alerts nobody twice. Only a first mention much
earlier (more articles were looked at) makes an update.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, Final, NamedTuple

from pipeline.alerting.telling import listed_line, surest
from pipeline.alerting.template import plain
from pipeline.enrich import extract, read
from pipeline.findings import Document
from pipeline.lists.changes import Change
from pipeline.lists.screening import Screener
from schemas.alert import EvidenceText, Match, Severity
from schemas.article import Article
from schemas.enrichment import ListMatch, Sanctions

NEWLY_LISTED: Final = "newly_listed"
DELISTED: Final = "delisted"
CHANNEL: Final = "sanctions"
LEAD: Final = "lead_days"
_SEVERITY: Final[dict[str, Severity]] = {NEWLY_LISTED: "high", DELISTED: "low"}
_DAY_S: Final = 86_400
MAX_IDS: Final = 20
"""Articles that an alert names; it counts all."""
MAX_EVIDENCE: Final = 5
_MAX_SENTENCE: Final = 1_000


class Mention(NamedTuple):
    """An article names an entry that changed."""

    change: Change
    article: Article
    match: ListMatch


@dataclass(frozen=True)
class Rescreener:
    """The lists before and after. Both whole, so that an article is judged as the enrichers judge it."""

    before: Screener
    after: Screener
    changes: Mapping[str, Change]
    """By entry, as in the field `lists.matches.entry`."""

    def __call__(self, article: Article, known: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
        """What *article* says of entries that changed; one mention for each of them.

        Args:
            known: entries that the article was found to name when it came in; whoever follows the lists knows of those.
        """
        document = read(article)
        if not (self.after.may_match(document) or self.before.may_match(document)):
            return ()
        old, new = self._matches(document)
        gained = {key: match for key, match in _lacking(new, old).items() if key not in known}
        found = [(key, match) for key, match in gained.items() if self._is(key, "added", "renamed")]
        found += [(key, match) for key, match in _lacking(old, new).items() if self._is(key, "removed")]
        return tuple(Mention(self.changes[key], article, match) for key, match in found)

    def _is(self, key: str, *kinds: str) -> bool:
        return key in self.changes and self.changes[key].kind in kinds

    def _matches(self, document: Document) -> tuple[dict[str, ListMatch], dict[str, ListMatch]]:
        """Best match of each entry before and after, without those that somebody decided are not meant."""
        found, _ = extract(document)
        return _best(self.before(document, found).sanctions), _best(self.after(document, found).sanctions)


def _best(sanctions: Sanctions) -> dict[str, ListMatch]:
    return surest(match for match in sanctions.list_matches if match.allowed is None)


def _lacking(these: Mapping[str, ListMatch], others: Mapping[str, ListMatch]) -> dict[str, ListMatch]:
    """Those of *these* that *others* lack, by entry and by place: publishers give one person a new number at times."""
    places = {(match.list, match.span) for match in others.values()}
    return {k: match for k, match in these.items() if k not in others and (match.list, match.span) not in places}


@dataclass(frozen=True, slots=True)
class History:
    """The articles of the past that name one entry; bounded, however many they are."""

    change: Change
    articles: int
    first: Mention
    last: Mention
    earliest: tuple[Mention, ...]
    """The first `MAX_IDS`, earliest first."""

    def match(self, listed_on: date | None) -> Match:
        """What the alerter is told.

        Args:
            listed_on: the list's own date of the listing; None when it states none.
        """
        return _delisted(self) if self.change.kind == "removed" else _newly_listed(self, listed_on)


def article_time(article: Article) -> datetime:
    """When the article said it, UTC: published, else first seen.

    Raises:
        ValueError: it has no time at all; none in the index has.
    """
    times = [moment for moment in (article.published_at, article.observed_at) if moment is not None]
    if not times:
        raise ValueError(f"article {article.id} has no time")
    return min(times)


def gather(histories: Mapping[str, History], mentions: Iterable[Mention]) -> dict[str, History]:
    """*histories* by entry with *mentions*, which come in any order, each article once."""
    gathered = dict(histories)
    for mention in mentions:
        old = gathered.get(mention.change.key)
        gathered[mention.change.key] = _with(old, mention) if old else _only(mention)
    return gathered


def _only(mention: Mention) -> History:
    return History(mention.change, 1, mention, mention, (mention,))


def _with(old: History, new: Mention) -> History:
    earliest = tuple(sorted((*old.earliest, new), key=_order)[:MAX_IDS])
    last = max(old.last, new, key=_order)
    return replace(old, articles=old.articles + 1, first=earliest[0], last=last, earliest=earliest)


def _order(mention: Mention) -> tuple[datetime, str]:
    return article_time(mention.article), mention.article.id or ""


def _newly_listed(found: History, listed_on: date | None) -> Match:
    change, first = found.change, found.first
    stated = listed_on if change.kind == "added" and listed_on else change.snapshot
    lead = (stated - article_time(first.article).date()).days
    when = f"first {_counted(lead, 'day')} before" if lead > 0 else "but not before"
    title = f"{first.match.name} is newly on {change.list} of {change.snapshot}: named in {_told(found)}, {when}"
    values = {"listed_on": stated.isoformat(), LEAD: max(0, lead)}
    return _match(NEWLY_LISTED, found, first, title, values, update_on=(LEAD,))


def _delisted(found: History) -> Match:
    change = found.change
    title = f"{found.last.match.name} is no longer on {change.list} of {change.snapshot}: named in {_told(found)}"
    return _match(DELISTED, found, found.last, title, {"delisted_on": change.snapshot.isoformat()})


def _match(
    rule: str, found: History, chosen: Mention, title: str, values: Mapping[str, Any], update_on: tuple[str, ...] = ()
) -> Match:
    change = found.change
    return Match(
        rule_id=rule,
        rule_version=1,
        group=f"{change.key}@{change.snapshot}",
        article_id=chosen.article.id or "",
        severity=_SEVERITY[rule],
        channel=CHANNEL,
        title=plain(title),
        summary=plain(
            f"{change.kind} in {change.list} of {change.snapshot}; {listed_line(chosen.article, chosen.match)}",
            _MAX_SENTENCE,
        ),
        url=chosen.article.url,
        values={**_values(found), **values},
        evidence=tuple(_evidence(mention) for mention in _shown(found, chosen)),
        event_time=datetime.combine(change.snapshot, time(), UTC),
        throttle_seconds=_DAY_S,  # all matches of one listing have one event time: the first stands for the others
        update_on=update_on,
    )


def _values(found: History) -> dict[str, Any]:
    return {
        "entry": found.change.key,
        "name": found.first.match.name,
        "change": found.change.kind,
        "articles": found.articles,
        "article_ids": [mention.article.id for mention in found.earliest],
        "first_named_at": article_time(found.first.article).isoformat(),
        "last_named_at": article_time(found.last.article).isoformat(),
    }


def _shown(found: History, chosen: Mention) -> Sequence[Mention]:
    others = [mention for mention in found.earliest if mention.article.id != chosen.article.id]
    return [chosen, *others][:MAX_EVIDENCE]


def _evidence(mention: Mention) -> EvidenceText:
    match, article = mention.match, mention.article
    raw = (article.title or "") if match.span.field == "title" else article.body
    sentence = plain(raw[match.sentence.start : match.sentence.end], _MAX_SENTENCE)
    return EvidenceText(article_id=article.id or "", span=match.span, sentence=sentence)


def _told(found: History) -> str:
    return _counted(found.articles, "article")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
