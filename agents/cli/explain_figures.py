"""Print why numbers became figures or did not: the sentence with its classes, the rules that fired, the refusals."""

from __future__ import annotations

from collections.abc import Sequence

from rich.padding import Padding
from rich.text import Text

from agents.cli.context import out
from agents.cli.terminal import one_line
from pipeline.figures.explain import Classed, SentenceExplained


def show_figures(sentences: Sequence[SentenceExplained]) -> None:
    """One block per sentence, readable at 80 columns."""
    out.print(Text("Figures: the classes of each sentence, the rules that fired, what was refused", style="bold"))
    if not sentences:
        _line("No sentence names a number or a word of harm, custody or flight.", 2)
    for sentence in sentences:
        _show(sentence)


def _show(sentence: SentenceExplained) -> None:
    out.print()
    _line(f"{sentence.field} {sentence.start}: {sentence.text}", 0, "bold")
    _line(" ".join(_classed(item) for item in sentence.classes), 2)
    for fired in sentence.rules:
        _line(f"rule {fired.rule} ({fired.meaning}): {fired.kind}, {fired.text!r}: {fired.outcome}", 2, "")
    for figure in sentence.figures:
        _line(f"figure: {figure}", 2, "green")
    for text, reason in sentence.refused:
        _line(f"refused: {text!r}: {reason}", 2, "dim")


def _classed(item: Classed) -> str:
    return item.text if item.letter == "x" else f"{item.letter}[{item.text}]"


def _line(text: str, indent: int, style: str = "dim") -> None:
    out.print(Padding(Text(one_line(text), style=style), (0, 0, 0, indent)))
