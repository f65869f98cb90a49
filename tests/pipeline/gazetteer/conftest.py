"""The writer of the table stands beside the build hook, outside the packages."""

from __future__ import annotations

import sys
from pathlib import Path

BUILD = Path(__file__).parents[3] / "deploy" / "build"

if str(BUILD) not in sys.path:
    sys.path.append(str(BUILD))
