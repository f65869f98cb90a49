"""What commands print of text that others wrote."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table
from rich.text import Text

from agents.cli.enrich import show
from agents.cli.terminal import SafeConsole, escaped_json, one_line, visible
from pipeline.enrich import enrich
from schemas.article import Article

HOSTILE = "\x1b[31mred\x1b]0;title\x07 \x9b2J \x08\r \u202eolleh\u202c \u2066x\u2069 \x7f"
STEERING = set(HOSTILE) - set("[31mred]0;title 2Jolehx")


def printed(*renderables: object, colours: bool = False) -> str:
    file = io.StringIO()
    console = SafeConsole(file=file, highlight=False, force_terminal=colours, width=200)
    for renderable in renderables:
        console.print(renderable, markup=False)
    return file.getvalue()


@pytest.mark.parametrize("wrap", [str, Text])
def test_text_that_steers_a_terminal_is_shown_not_sent(wrap: type) -> None:
    assert not STEERING & set(printed(wrap(HOSTILE)))


def test_table_cells_and_titles_do_not_steer_a_terminal() -> None:
    table = Table(title=HOSTILE)
    table.add_column(HOSTILE)
    table.add_row(Text(HOSTILE))
    assert not STEERING & set(printed(table))


def test_own_colours_stay() -> None:
    assert "\x1b[1m" in printed(Text("bold", style="bold"), colours=True)


def test_enrichment_of_hostile_text_does_not_steer_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show(enrich(Article(id="a", title=f"Police {HOSTILE}", body=f"Police {HOSTILE} detained 12 people in Lima.")))
    assert not STEERING & set(capsys.readouterr().out)


def test_title_cannot_pose_as_further_lines() -> None:
    assert one_line("a\n2026-03-01 critical\u2028b\tc") == "a 2026-03-01 critical b c"


@given(st.text())
def test_escaping_changes_no_json_value(text: str) -> None:
    raw = json.dumps({"text": text}, ensure_ascii=False)
    assert json.loads(escaped_json(raw)) == {"text": text}
    assert not any("\x7f" <= char <= "\x9f" or "\u202a" <= char <= "\u202e" for char in escaped_json(raw))


@given(st.text())
def test_letters_of_every_script_and_line_ends_stay(text: str) -> None:
    kept = [char for char in text if char.isprintable() or char in "\n\t\u200c\u200d"]
    assert visible("".join(kept)) == "".join(kept)
    assert len(visible(text)) == len(text)
