"""The build's own modules stand beside the hook, outside the packages."""

from __future__ import annotations

import sys
from pathlib import Path

BUILD = Path(__file__).parents[2] / "deploy" / "build"

if str(BUILD) not in sys.path:
    sys.path.append(str(BUILD))
