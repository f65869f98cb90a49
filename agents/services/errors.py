"""What a local server can refuse with."""

from __future__ import annotations

from agents.errors import UnavailableError


class ServiceError(UnavailableError):
    """A local server cannot be had, started or stopped; the message says why and what to do."""
