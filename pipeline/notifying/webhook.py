"""What a webhook receives: CloudEvents 1.0 over HTTP in binary mode, signed as Standard Webhooks 1.0 ("v1", symmetric).

ce-id = webhook-id            the alert's id, the same at every attempt and after every replay
webhook-timestamp             seconds since 1970 when this attempt was signed; a receiver refuses old ones
webhook-signature             v1,<base64 of HMAC-SHA256 over id.timestamp.body>, one for each secret, blanks between
"""

from __future__ import annotations

import binascii
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from pipeline.document_values import iso_time
from schemas.alert import Alert

ALERT_TYPE: Final = "tocsin.alert"
DIGEST_TYPE: Final = "tocsin.digest"
MIN_SECRET_BYTES: Final = 16
_ENCODED: Final = "whsec_"


@dataclass(frozen=True, slots=True)
class Event:
    """One message for a receiver, before it is signed."""

    id: str
    type: str
    time: datetime
    subject: str
    body: bytes


def alert_event(alert: Alert) -> Event:
    """The event of one alert; its data is the Alert record as JSON."""
    return Event(alert.id, ALERT_TYPE, alert.raised_at, alert.rule_id, alert.model_dump_json().encode())


def digest_event(id: str, target: str, alerts: Sequence[Alert]) -> Event:
    """The event of several alerts; its data is `{"id", "target", "count", "alerts": [Alert, ...]}`.

    Args:
        alerts: at least one.
    """
    listed = [alert.model_dump(mode="json") for alert in alerts]
    body = {"id": id, "target": target, "count": len(listed), "alerts": listed}
    raised = max(alert.raised_at for alert in alerts)
    return Event(id, DIGEST_TYPE, raised, target, json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"))


def read_secret(text: str) -> bytes:
    """The key of a secret: `whsec_` and base64, as other tools make them, else the UTF-8 of the text itself.

    Raises:
        ValueError: it is damaged, or shorter than 16 bytes.
    """
    if text.startswith(_ENCODED):
        try:
            key = b64decode(text.removeprefix(_ENCODED), validate=True)
        except binascii.Error:
            raise ValueError("a secret that begins with whsec_ goes on in base64") from None
    else:
        key = text.encode()
    if len(key) < MIN_SECRET_BYTES:
        raise ValueError(f"a secret has at least {MIN_SECRET_BYTES} bytes; `openssl rand -base64 32` makes one")
    return key


def signature(key: bytes, id: str, timestamp: int, body: bytes) -> str:
    """One signature, with its version."""
    signed = hmac.new(key, f"{id}.{timestamp}.".encode() + body, sha256).digest()
    return f"v1,{b64encode(signed).decode()}"


def headers(event: Event, *, source: str, keys: Sequence[bytes], timestamp: int) -> dict[str, str]:
    """All headers of one attempt.

    Args:
        source: URI reference of this deployment.
        timestamp: when it is sent, seconds since 1970.
    """
    plain: Mapping[str, str | None] = {
        "ce-specversion": "1.0",
        "ce-id": event.id,
        "ce-source": source,
        "ce-type": event.type,
        "ce-time": iso_time(event.time),
        "ce-subject": event.subject,
        "webhook-id": event.id,
        "webhook-timestamp": str(timestamp),
    }
    made = {name: header_value(value) for name, value in plain.items() if value}
    signed = " ".join(signature(key, header_value(event.id), timestamp, event.body) for key in keys)
    return {**made, "webhook-signature": signed, "Content-Type": "application/json; charset=utf-8"}


def header_value(text: str) -> str:
    """Percent-encoded as the HTTP binding of CloudEvents asks (section 3.1.3.2): blanks, quotes, percent signs and
    whatever is not printable ASCII."""
    return "".join(char if "!" <= char <= "~" and char not in '"%' else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
