"""Every rule of the package has a meaning in words."""

from __future__ import annotations

import re
from pathlib import Path

import pipeline.names
from pipeline.names.meanings import COUNTRIES, FOUND, JOINED, join_meaning, meaning

PACKAGE = Path(pipeline.names.__file__).parent


def test_every_rule_id_in_the_code_is_explained() -> None:
    code = "".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")) if path.name != "meanings.py")
    used = set(re.findall(r'"(names\.[a-z_]+)"', code))
    assert used, "the code names no rules: the pattern is out of date"
    assert used <= {*FOUND, *JOINED, *COUNTRIES}


def test_of_several_such_persons_is_said() -> None:
    assert (
        join_meaning("names.surname_of_latest") == "the surname of the full name; of several such, the one named last"
    )
    assert meaning("names.surname_of_latest").endswith("the one named last")
    assert meaning("lists.other") == join_meaning("lists.other") == "lists.other"
