"""`python -m deploy.kibana`: write `tocsin.ndjson` anew; with `--check`, exit 1 when it is not up to date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from agents.rules import load_rules
from agents.settings import Settings
from deploy.kibana.data_views import data_views
from deploy.kibana.overview import OVERVIEW
from deploy.kibana.saved_object import SavedObject, as_file
from deploy.kibana.searches import searches

FILE: Final = Path(__file__).parent / "tocsin.ndjson"


def all_objects() -> tuple[SavedObject, ...]:
    """Every object of the file, what is referred to before what refers to it.

    Raises:
        UsageError: a shipped rule file is wrong.
    """
    return (*data_views(), *searches(load_rules(Settings()).rules), OVERVIEW)


def main() -> int:
    made = as_file(all_objects())
    if "--check" in sys.argv[1:]:
        if FILE.read_text("utf-8") == made:
            return 0
        print(f"{FILE.name} is not what the code makes; run: python -m deploy.kibana", file=sys.stderr)
        return 1
    FILE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
