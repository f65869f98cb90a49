"""Errors of the index.

UnavailableError
└── IndexUnavailableError     cannot be reached or written now; what failed is tried again
    ├── IndexAccessError      the server refuses who we are or what we may do; a person must mend it
    ├── IndexMissingError     nothing was ever indexed there
    └── IndexLockedError      another process writes it
TocsinError
└── IndexSchemaError          made by another version; must be rebuilt
UsageError
├── IndexReadOnlyError        opened for reading only
└── SearchRefusedError        asks for more than a search gives
"""

from __future__ import annotations

from agents.errors import TocsinError, UnavailableError, UsageError


class IndexUnavailableError(UnavailableError):
    """Nothing was written or read; the same call may succeed later."""


class IndexAccessError(IndexUnavailableError):
    """Never the articles' fault: they wait, as for a server that is down."""


class IndexMissingError(IndexUnavailableError):
    pass


class IndexLockedError(IndexUnavailableError):
    pass


class IndexSchemaError(TocsinError):
    exit_code = 65  # EX_DATAERR


class IndexReadOnlyError(UsageError):
    pass


class SearchRefusedError(UsageError):
    pass
