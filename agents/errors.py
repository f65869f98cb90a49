"""The errors a person sees.

TocsinError
├── SettingsError        a setting is wrong; nothing was started
├── UnavailableError     broker or index cannot be reached; try again or start it
│   └── AccessError      the broker refuses us, or does not prove itself; waiting alone does not mend it
└── UsageError           the command line asks for something that cannot be done
"""

from __future__ import annotations


class TocsinError(Exception):
    """Says what happened, where, and what to do. `exit_code` is the command line's."""

    exit_code = 1


class SettingsError(TocsinError):
    exit_code = 78  # EX_CONFIG


class UnavailableError(TocsinError):
    exit_code = 69  # EX_UNAVAILABLE


class AccessError(UnavailableError):
    exit_code = 77  # EX_NOPERM


class UsageError(TocsinError):
    exit_code = 64  # EX_USAGE
