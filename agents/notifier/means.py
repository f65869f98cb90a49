"""What every kind of target can do, and how it fails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from schemas.alert import Alert


class DeliveryError(Exception):
    """The target did not take it. The message is for the operator and never holds an address that may hold a secret.

    Attributes:
        refused: the receiver calls this very message wrong; another may pass.
        asked_s: how long it asked us to wait, seconds. None means that it did not.
    """

    def __init__(self, message: str, *, refused: bool = False, asked_s: float | None = None) -> None:
        super().__init__(message)
        self.refused = refused
        self.asked_s = asked_s


class Means(Protocol):
    """A way to reach one target. One call at a time."""

    async def tell(self, alert: Alert) -> None:
        """
        Raises:
            DeliveryError: it did not arrive, or perhaps did.
        """
        ...

    async def tell_digest(self, id: str, alerts: Sequence[Alert]) -> None:
        """Several alerts in one message, at least one.

        Raises:
            DeliveryError: as above.
        """
        ...

    async def close(self) -> None: ...
