"""The next release, as a process: `python -m tests.real.next_release worker indexer`, or any command of the CLI.

Its articles have one field more and one of another type, so that their mapping is of a new version. Everything else is
the code of today, which must be told before anything of it is imported.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import schemas.collections as collections
from schemas.fields import Field

GRADE = Field(name="grade", type="keyword", meaning="came with the next release")


def _next(field: Field) -> Field:
    return replace(field, type="text", facet=False) if field.name == "source.name" else field


NEXT = replace(
    collections.ARTICLES, version=2, fields=(*(_next(field) for field in collections.ARTICLES.fields), GRADE)
)


def become() -> None:
    """Let this process be of the next release."""
    collections.ARTICLES = NEXT  # type: ignore[misc]
    collections.COLLECTIONS = (NEXT, *collections.COLLECTIONS[1:])  # type: ignore[misc]
    import pipeline.document as document

    of_today = document.to_document

    def to_document(enriched: Any) -> dict[str, Any]:
        return of_today(enriched) | {"grade": "next"}

    document.to_document = to_document


def main() -> None:
    become()
    if sys.argv[1] == "worker":
        from agents.worker import main as work

        del sys.argv[1]
        sys.exit(work())
    from agents.cli.main import run

    run()


if __name__ == "__main__":
    main()
