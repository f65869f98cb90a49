"""One part of a deployment as it is found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

State = Literal["ok", "missing", "differs", "wrong"]
"""ok: as wanted. missing: to be created. differs: usable, but not as the settings say. wrong: must not be used so."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A topic, index template, index or alias."""

    kind: Literal["topic", "template", "index", "alias"]
    name: str
    state: State
    said: str = ""
    """What is there, or in what it differs."""
    mend: str = ""
    """What a person does about it. Empty when nothing is to be done."""
    done: str = ""
    """What was changed just now. Empty when nothing was."""

    def after(self, done: str) -> Part:
        """The part once that was done."""
        return replace(self, state="ok", done=done, mend="")
