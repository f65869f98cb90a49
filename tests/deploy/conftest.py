"""What the tests of deploy/ share: its own modules, and the compose file as the engine sees it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

DEPLOY = Path(__file__).parents[2] / "deploy"
BUILD = DEPLOY / "build"
VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")

# The build's own modules stand beside the hook, outside the packages.
if str(BUILD) not in sys.path:
    sys.path.append(str(BUILD))


def interpolated(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): interpolated(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [interpolated(inner) for inner in value]
    return VARIABLE.sub(r"\2", value) if isinstance(value, str) else value


@pytest.fixture(scope="session")
def compose() -> dict[str, Any]:
    """Merged, with the defaults in place of the variables."""
    read = YAML(typ="safe", pure=True).load((DEPLOY / "compose.yaml").read_text("utf-8"))
    assert isinstance(read, dict)
    return interpolated(read)  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return compose["services"]  # type: ignore[no-any-return]
