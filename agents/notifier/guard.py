"""A webhook's address that is written as a number is judged before it is dialled."""

from __future__ import annotations

from urllib.parse import urlsplit

from agents.access.addresses import is_public
from agents.notifier.means import DeliveryError
from pipeline.notifying.target import is_allowed


def check_literal(url: str, allow_hosts: tuple[str, ...]) -> None:
    """Refuse an address that is written as a number and is not public; names are checked when they are resolved.

    Raises:
        DeliveryError: it is such a one.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_allowed(host, parts.port or (443 if parts.scheme == "https" else 80), allow_hosts):
        return
    try:
        public = is_public(host)
    except ValueError:
        return  # a name
    if not public:
        raise DeliveryError(f"{host} is not a public address; name it in allow_hosts if it is meant")
