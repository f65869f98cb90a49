"""Articles of the past against a list that has changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alerting import AlertState, decide
from pipeline.lists.changes import ChangeKind, find_changes, named_version
from pipeline.lists.compiling import VersionedList, compile_lists
from pipeline.lists.index import ListIndex
from pipeline.lists.screening import Screener
from pipeline.rescreening import MAX_EVIDENCE, MAX_IDS, History, Mention, Rescreener, article_time, gather
from schemas.alert import Alert, Match
from schemas.article import Article
from schemas.lists import AllowDecision, ListedName, ListEntry, ListVersion

NOW = datetime(2026, 4, 1, tzinfo=UTC)
LISTED = date(2026, 3, 15)


def version(day: date, count: int) -> ListVersion:
    return ListVersion(
        list="t", id=str(day), snapshot=day, sha256="0" * 64, format="csv", entries=count, parts=1, imported_at=NOW
    )


def entry(ident: str, *names: str) -> ListEntry:
    return ListEntry(list="t", id=ident, type="person", names=tuple(ListedName(name=name) for name in names))


def rescreener(before: list[ListEntry], after: list[ListEntry], *decisions: AllowDecision) -> Rescreener:
    old, new = version(date(2026, 3, 1), len(before)), version(LISTED, len(after))
    allowed = {(one.list, one.entry_id): [one] for one in decisions}
    screeners = [
        Screener(ListIndex(compile_lists([VersionedList(made, entries)])), allowed=allowed)
        for made, entries in ((old, before), (new, after))
    ]
    changes = find_changes([named_version(old, before), named_version(new, after)])
    return Rescreener(screeners[0], screeners[1], {change.key: change for change in changes})


KALDERI, ZELKHANI = entry("1", "Orvo Tamsin Kalderi"), entry("2", "Rahman Zelkhani")


def article(ident: str, day: int, body: str = "Customs officers questioned Orvo Tamsin Kalderi.") -> Article:
    return Article(id=ident, body=body, published_at=datetime(2026, 2, day, 8, tzinfo=UTC), observed_at=NOW)


def told(found: tuple[Mention, ...]) -> list[tuple[str, ChangeKind]]:
    return [(one.change.entry_id, one.change.kind) for one in found]


def test_an_article_that_names_a_new_entry_is_found() -> None:
    screen = rescreener([ZELKHANI], [ZELKHANI, KALDERI])
    (found,) = screen(article("a", 1))
    assert (found.change.entry_id, found.change.kind, found.change.snapshot) == ("1", "added", LISTED)
    assert found.match.name == "Orvo Tamsin Kalderi" and "words match" in found.match.why


def test_an_article_that_names_entries_that_did_not_change_says_nothing() -> None:
    screen = rescreener([ZELKHANI], [ZELKHANI, KALDERI])
    assert screen(article("a", 1, "Rahman Zelkhani came.")) == ()
    assert screen(article("a", 1, "Nobody came.")) == ()


def test_who_was_known_when_the_article_came_in_is_not_told_again() -> None:
    screen = rescreener([], [KALDERI])
    assert screen(article("a", 1), frozenset({"t/1"})) == ()


def test_a_new_name_of_a_listed_person_counts_and_the_old_one_does_not() -> None:
    screen = rescreener([KALDERI], [entry("1", "Orvo Tamsin Kalderi", "Benno Sturrock")])
    assert told(screen(article("a", 1, "Police looked for Benno Sturrock."))) == [("1", "renamed")]
    assert screen(article("b", 1)) == ()


def test_who_is_gone_from_the_list_is_told() -> None:
    assert told(rescreener([KALDERI], [])(article("a", 1))) == [("1", "removed")]


def test_a_new_number_of_the_same_person_is_nobody_new() -> None:
    assert rescreener([KALDERI], [entry("9", "Orvo Tamsin Kalderi")])(article("a", 1)) == ()


def test_whom_somebody_decided_not_to_be_meant_stays_silent() -> None:
    decision = AllowDecision(id="d", list="t", entry_id="1", decided_by="desk", decided_at=NOW, reason="a baker")
    assert rescreener([], [KALDERI], decision)(article("a", 1)) == ()


def history(*articles: Article, before: list[ListEntry] | None = None, after: list[ListEntry] | None = None) -> History:
    screen = rescreener(before or [], [KALDERI] if after is None else after)
    found = gather({}, (mention for one in articles for mention in screen(one)))
    return found["t/1"]


def test_the_lead_is_from_the_first_mention_to_the_listing() -> None:
    match = history(article("late", 20), article("first", 1)).match(None)
    assert (match.rule_id, match.article_id, match.group) == ("newly_listed", "first", "t/1@2026-03-15")
    assert match.values["lead_days"] == 42
    assert match.values["article_ids"] == ["first", "late"]
    assert match.title == ("Orvo Tamsin Kalderi is newly on t of 2026-03-15: named in 2 articles, first 42 days before")
    who = "“Orvo Tamsin Kalderi” matches Orvo Tamsin Kalderi (entry 1 of list t, 2026-03-15) with score 0."
    assert match.summary.startswith(f"added in t of 2026-03-15; {who}")
    assert match.event_time.date() == LISTED
    assert [one.sentence for one in match.evidence] == ["Customs officers questioned Orvo Tamsin Kalderi."] * 2


def test_the_lists_own_date_of_the_listing_counts() -> None:
    match = history(article("a", 1)).match(date(2026, 2, 11))
    assert (match.values["lead_days"], match.values["listed_on"]) == (10, "2026-02-11")


def test_a_first_mention_after_the_listing_is_no_lead() -> None:
    match = history(article("a", 20)).match(date(2026, 2, 11))
    assert match.values["lead_days"] == 0 and match.title.endswith("named in 1 article, but not before")


def test_a_name_in_the_title_is_evidence() -> None:
    titled = article("a", 1, "He came.").model_copy(update={"title": "Orvo Tamsin Kalderi is back"})
    assert history(titled).match(None).evidence[0].sentence == "Orvo Tamsin Kalderi is back"


def test_a_delisting_names_the_last_article() -> None:
    match = history(article("a", 1), article("b", 5), before=[KALDERI], after=[]).match(None)
    assert (match.rule_id, match.article_id, match.severity) == ("delisted", "b", "low")
    assert "no longer on t" in match.title and match.values["articles"] == 2


def test_however_many_articles_there_are_an_alert_stays_short() -> None:
    found = history(*(article(f"a{n:03}", 1 + n % 28) for n in range(60)))
    match = found.match(None)
    assert found.articles == 60
    assert (len(match.values["article_ids"]), len(match.evidence)) == (MAX_IDS, MAX_EVIDENCE)


@given(st.permutations(range(8)))
def test_the_order_of_articles_does_not_matter(order: list[int]) -> None:
    change = history(article("x", 1)).change
    mention = history(article("x", 1)).first
    mentions = [Mention(change, article(str(n), n + 1), mention.match) for n in range(8)]
    assert gather({}, [mentions[n] for n in order]) == gather({}, mentions)


def raised(*matches: Match) -> list[Alert]:
    state, alerts = AlertState(), list[Alert]()
    for match in matches:
        state, alert = decide(state, match, NOW)
        alerts += [alert] if alert else []
    return alerts


def test_screening_again_alerts_nobody_twice() -> None:
    match = history(article("first", 10), article("late", 20)).match(None)
    with_more = history(article("first", 10), article("late", 20), article("later", 21)).match(None)
    assert len(raised(match, match, with_more)) == 1


def test_a_much_earlier_mention_is_an_update() -> None:
    near, far = history(article("a", 28)).match(None), history(article("b", 1), article("a", 28)).match(None)
    first, second = raised(near, far)
    assert second.update_of == first.id and second.values["lead_days"] == 42


def test_an_article_without_time_is_refused() -> None:
    with pytest.raises(ValueError, match="no time"):
        article_time(Article(id="a", body="x"))
