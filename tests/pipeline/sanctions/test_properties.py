"""What holds for any text at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.findings import Findings

WORDS: Final = (
    "the EU US Washington Moscow Kazakhstan Iranian imposed impose lifted not sanctions sanction sanctioned "
    "embargo arms asset freeze froze assets travel ban designated blacklisted list SWIFT cut off from possible "
    "measures steps consequences in response to crackdown election stolen for against on by would could if unless "
    ", . ; : \" ( ) ' 's 1996 2014 FIFA club Council Commission it its that which under and but said urged "
    "threatened discuss violating relief price cap Russian barred entering delisted Security Council Treasury "
    "US-led anti-Russian sanctions-busting US-sanctioned all options"
).split()

SENTENCES = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
ANY = st.one_of(
    SENTENCES, SENTENCES.map(str.upper), st.text(max_size=200), st.lists(SENTENCES, max_size=4).map("\n".join)
)
SETTINGS = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SETTINGS
@given(title=ANY, text=ANY)
def test_spans_lie_in_their_text(title: str, text: str, read: Callable[..., Findings]) -> None:
    found = read(text, title)
    for mention in found.sanctions.mentions:
        source = title if mention.span.field == "title" else text
        assert (
            0 <= mention.sentence.start <= mention.span.start < mention.span.end <= mention.sentence.end <= len(source)
        )
    for rejected in found.rejected:
        source = title if rejected.span.field == "title" else text
        assert source[rejected.span.start : rejected.span.end] == rejected.text


@SETTINGS
@given(text=ANY)
def test_hint_is_never_adopted_or_listed(text: str, read: Callable[..., Findings]) -> None:
    for mention in read(text).sanctions.mentions:
        if mention.mode == "implicit":
            assert mention.stage in ("discussed", "threatened", "proposed")
            assert mention.issuers
            assert mention.targets


@SETTINGS
@given(text=ANY)
def test_nobody_is_issuer_and_target_of_one_measure(text: str, read: Callable[..., Findings]) -> None:
    for mention in read(text).sanctions.mentions:
        assert not set(mention.issuers) & set(mention.targets)


@SETTINGS
@given(text=ANY)
def test_summary_agrees_with_the_mentions(text: str, read: Callable[..., Findings]) -> None:
    sanctions = read(text).sanctions
    assert sanctions.flagged == bool(sanctions.mentions)
    assert sanctions.stage is None or sanctions.stage in {m.stage for m in sanctions.mentions}
    assert sanctions.mode is None or sanctions.mode in {m.mode for m in sanctions.mentions}
    assert not sanctions.list_matches


@SETTINGS
@given(text=ANY)
def test_same_text_gives_the_same_findings(text: str, read: Callable[..., Findings]) -> None:
    assert read(text) == read(text)
