"""Build hook of hatchling: writes the gazetteer into `pipeline/gazetteer/data` before a wheel is made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the interface's parameter is hatchling's own
    """Runs once per wheel, editable ones too; a source archive carries the tables, not what is made from them."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build unless the data are up to date; *version* (standard or editable) makes no difference."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path[:0] = [str(root), str(root / "deploy" / "build")]
        try:
            from gazetteer_build.build import build  # noqa: PLC0415  # found only now

            written = build(root / "pipeline" / "gazetteer" / "data")
        finally:
            del sys.path[:2]
        self.app.display_info(f"gazetteer {'written' if written else 'is up to date'}")
