"""Print why names and places were read as they were: readable at 80 columns."""

from __future__ import annotations

from typing import Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from agents.cli.context import counted, out
from agents.cli.terminal import one_line
from pipeline.explain import Explanation
from pipeline.names.explain import MentionEvidence, NameEvidence
from pipeline.places.explain import PlaceEvidence

_SCORES: Final = ("prior", "inside", "votes", "near", "total")
_MOST_MENTIONS: Final = 6
"""Mentions shown per name; the others are counted."""


def show_explanation(explanation: Explanation) -> None:
    """Every name with its mentions and rules, then every place with its senses and scores."""
    out.print(Text("Names: what found each mention, and what joined it to its entity", style="bold"))
    for name in explanation.names:
        _show_name(name)
    out.print()
    out.print(Text("Places: what each name can mean, and what decided", style="bold"))
    votes = ", ".join(f"{code} {weight:.1f}" for code, weight in explanation.places.context.items())
    _below(f"Nationalities and publisher vote: {votes or 'none'}.", 2)
    _below(
        "prior: population, kind, own name; inside: the text says what it lies in; votes: of the article's other names "
        "for its country and division; near: to the article's other places.",
        2,
    )
    for place in explanation.places.names:
        _show_place(place)


def _below(text: str, indent: int, style: str = "dim") -> None:
    out.print(Padding(Text(one_line(text), style=style), (0, 0, 0, indent)))


def _show_name(name: NameEvidence) -> None:
    out.print()
    out.print(Text.assemble((one_line(name.name), "bold"), f"  {name.type}"))
    told = [f"title {name.title}"] if name.title else []
    told += [f"country {name.country}: {name.country_why}"] if name.country_why else []
    if told:
        _below("; ".join(told), 2)
    for mention in name.mentions[:_MOST_MENTIONS]:
        _below(_mention(name, mention), 2, "")
    if len(name.mentions) > _MOST_MENTIONS:
        _below(f"and {counted(len(name.mentions) - _MOST_MENTIONS, 'mention')} more", 2)
    if name.lists:
        _below(f"lists: {'; '.join(name.lists)}", 2)


def _mention(name: NameEvidence, mention: MentionEvidence) -> str:
    where = f"{mention.field} {mention.start}"
    joined = f"; joined: {mention.joined}" if mention.text != name.name else ""
    return f"“{mention.text}” ({where}) {mention.confidence:.2f} {mention.rule}: {mention.why}{joined}"


def _show_place(place: PlaceEvidence) -> None:
    out.print()
    head = f"  {counted(place.mentions, 'mention')}; confidence {place.confidence:.2f}; {place.decided}"
    out.print(Text.assemble((one_line(place.name), "bold"), head))
    if not place.senses:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False)
    table.add_column("  sense", overflow="fold", ratio=1)
    table.add_column("kind")
    table.add_column("people", justify="right")
    for score in _SCORES:
        table.add_column(score, justify="right")
    for sense in place.senses:
        numbers = (sense.prior, sense.container, sense.votes, sense.nearness, sense.total)
        people = f"{sense.population:,}" if sense.population else ""
        table.add_row(Text(f"  {sense.place}"), sense.kind, people, *(f"{number:.1f}" for number in numbers))
    out.print(table)
    if place.more:
        _below(f"and {counted(place.more, 'sense')} more", 2)
