"""Whole articles: the summary, history, what reaches across sentences, what other extractors contribute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import get_args

import pytest

from pipeline.findings import Findings
from pipeline.sanctions.summary import PRECEDENCE
from schemas.enrichment import Entity, Location, Sanctions, SanctionStage, Span

Read = Callable[..., Findings]


def test_article_without_sanctions_is_not_flagged(read: Read) -> None:
    assert read("The harvest in Moldova was good.").sanctions == Sanctions()


def test_every_stage_has_its_place_in_the_precedence() -> None:
    assert set(PRECEDENCE) == set(get_args(SanctionStage))
    assert len(PRECEDENCE) == len(set(PRECEDENCE))


def test_adoption_outranks_sanctions_in_force(read: Read) -> None:
    text = "Minsk is already under EU sanctions. On Friday Canada imposed sanctions on Belarus."
    assert [m.stage for m in read(text).sanctions.mentions] == ["in_force", "adopted"]
    assert read(text).sanctions.stage == "adopted"


def test_discussion_outranks_sanctions_in_force(read: Read) -> None:
    text = "EU sanctions on Syria remain in place. Ministers in Brussels will discuss sanctions against Mali."
    assert read(text).sanctions.stage == "discussed"


def test_explicit_outranks_implicit(read: Read) -> None:
    text = (
        "EU ministers will discuss possible measures in response to the crackdown in Venezuela.\n"
        "The EU extended its sanctions on Nicaragua."
    )
    sanctions = read(text).sanctions
    assert [m.mode for m in sanctions.mentions] == ["implicit", "explicit"]
    assert (sanctions.mode, sanctions.stage) == ("explicit", "amended")


def test_issuers_and_targets_of_all_mentions_are_gathered_once(read: Read) -> None:
    sanctions = read("The EU lifted its sanctions on Burundi but kept its sanctions on Mali.").sanctions
    assert sanctions.issuers == ("EU",)
    assert sanctions.targets == ("BI", "ML")


def test_listing_measures_share_verb_and_target(read: Read) -> None:
    text = "The UN imposed an arms embargo, travel bans and asset freezes on rebels in Haiti."
    mentions = read(text).sanctions.mentions
    assert [m.measure for m in mentions] == ["arms_embargo", "travel_ban", "asset_freeze"]
    assert {(m.stage, m.issuers, m.targets) for m in mentions} == {("adopted", ("UN",), ("HT",))}


def test_sanctions_of_an_earlier_year_are_history(read: Read) -> None:
    text = "The United States imposed sanctions on Sudan in 2007."
    then = read(text, published_at=datetime(2007, 5, 29, tzinfo=UTC)).sanctions.mentions[0]
    later = read(text, published_at=datetime(2021, 3, 1, tzinfo=UTC)).sanctions.mentions[0]
    assert then.stage == "adopted"
    assert (later.stage, later.rule.endswith(".history")) == ("in_force", True)
    assert later.confidence < then.confidence


def test_long_past_years_are_history_without_a_publication_date(read: Read) -> None:
    assert read("The 1996 UN sanctions on Iraq are still debated.").sanctions.stage == "in_force"
    assert read("The UN imposed sanctions on Rhodesia in 1966.").sanctions.stage == "in_force"


def test_regimes_long_gone_are_history_once_they_are_gone(read: Read) -> None:
    text = "The Commonwealth imposed sanctions on apartheid South Africa."
    then = read(text, published_at=datetime(1986, 8, 5, tzinfo=UTC)).sanctions.mentions[0]
    later = read(text, published_at=datetime(2022, 8, 5, tzinfo=UTC)).sanctions.mentions[0]
    assert (then.stage, then.rule.endswith(".history")) == ("adopted", False)
    assert (later.stage, later.rule.endswith(".history")) == ("in_force", True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A district judge imposed sanctions on brokers of Iberia Líneas in Spain.", "court (judge)"),
        ("The volleyball league's sanctions against Serbia were eased.", "sport (league)"),
        ("A bank in Cyprus bought sanctions compliance tools.", "the trade of compliance (sanctions compliance)"),
    ],
)
def test_refusal_says_whose_trade_it_is(read: Read, text: str, reason: str) -> None:
    assert reason in [item.reason for item in read(text).rejected]


def test_history_sets_the_stage_only_when_nothing_newer_is_said(read: Read) -> None:
    text = "The UN lifted its 1990s sanctions on Iraq in 1999. Britain is considering sanctions on Georgia."
    assert read(text).sanctions.stage == "discussed"


def test_pronoun_stands_for_the_body_of_the_sentence_before(read: Read) -> None:
    text = "The European Union met on Monday. It imposed sanctions on Mali."
    assert read(text).sanctions.mentions[0].issuers == ("EU",)


def test_hint_takes_the_accused_from_the_sentence_before(read: Read) -> None:
    text = (
        "EU ministers will discuss possible measures to respond to the repression in Belarus.\n"
        "They want measures with which Europe can send a clear message: you cannot crush a people."
    )
    mentions = read(text).sanctions.mentions
    assert [(m.mode, m.issuers, m.targets) for m in mentions] == [("implicit", ("EU",), ("BY",))] * 2
    assert mentions[1].confidence < mentions[0].confidence


def test_measures_of_the_accused_state_are_refused_with_a_reason(read: Read) -> None:
    found = read("Belarusian authorities announced measures in response to the violence in Belarus.")
    assert not found.sanctions.flagged
    assert [r.reason for r in found.rejected] == ["measures of the accused state itself, or of nobody named"]


def test_refused_candidates_say_what_they_might_have_been(read: Read) -> None:
    text = "The school board sanctioned the purchase of new desks."
    (rejected,) = read(text).rejected
    assert (rejected.considered_as, rejected.text) == ("sanctions", "sanctioned")
    assert text[rejected.span.start : rejected.span.end] == "sanctioned"
    assert "approved" in rejected.reason or "without a state" in rejected.reason


def test_bare_sanctions_need_a_state_until_the_article_has_named_one(read: Read) -> None:
    assert not read("The sanctions will hurt, traders said.").sanctions.flagged
    assert len(read("EU sanctions on Iran bite. The sanctions will hurt, traders said.").sanctions.mentions) == 2


def test_title_and_body_carry_their_own_offsets(read: Read) -> None:
    title, text = "Tokyo imposes sanctions on Belarus", "Japan imposed sanctions on Belarus on Friday."
    mentions = read(text, title).sanctions.mentions
    assert [m.span.field for m in mentions] == ["title", "body"]
    for mention, source in zip(mentions, (title, text), strict=True):
        assert source[mention.span.start : mention.span.end] == "sanctions"


def test_named_targets_come_from_the_entities(read: Read) -> None:
    text = "Britain imposed sanctions on Ivan Petrov and Orion Bank over the shelling."
    spans = [(text.index(name), name) for name in ("Ivan Petrov", "Orion Bank")]
    found = Findings(
        entities=tuple(
            Entity(
                type=kind,  # type: ignore[arg-type]
                name=name,
                mentions=(Span(start=at, end=at + len(name)),),
                rule="test",
                confidence=1,
            )
            for kind, (at, name) in zip(("person", "organisation"), spans, strict=True)
        )
    )
    assert read(text, found=found).sanctions.mentions[0].target_names == ("Ivan Petrov", "Orion Bank")
    assert read(text).sanctions.mentions[0].target_names == ()


def test_surname_is_no_country(read: Read) -> None:
    text = "Canada imposed sanctions on Jordan, a former general."
    at = text.index("Jordan")
    person = Entity(type="person", name="Jordan", mentions=(Span(start=at, end=at + 6),), rule="test", confidence=1)
    assert read(text).sanctions.targets == ("JO",)
    assert read(text, found=Findings(entities=(person,))).sanctions.targets == ()
    elsewhere = person.model_copy(update={"mentions": (Span(start=at, end=at + 6, field="title"),)})
    assert read(text, found=Findings(entities=(elsewhere,))).sanctions.targets == ("JO",)


def test_resolved_place_tells_the_country(read: Read) -> None:
    text = "Canada imposed sanctions on traders in Barcelona."
    at = text.index("Barcelona")
    place = Location(
        name="Barcelona",
        mentions=(Span(start=at, end=at + 9),),
        country="VE",
        precision="city",
        role="mentioned",
        confidence=0.9,
        rule="test",
    )
    assert read(text).sanctions.targets == ("ES",)
    assert read(text, found=Findings(locations=(place,))).sanctions.targets == ("VE",)


def test_list_of_a_thousand_measures_is_cut(read: Read) -> None:
    found = read("The EU imposed sanctions on Mali.\n" * 1000)
    assert len(found.sanctions.mentions) == 200


def test_sentence_without_an_end_is_read_in_stretches(read: Read) -> None:
    text = "grain and salt " * 400 + "as the EU imposed sanctions on Mali " + "and oil " * 400
    assert [m.stage for m in read(text).sanctions.mentions] == ["adopted"]
