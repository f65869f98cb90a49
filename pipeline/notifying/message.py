"""What a person reads of an alert in chat, in mail or on a phone: plain text of bounded length.

Headlines are strangers' words. They come on one line, without what steers a display, and cannot call a whole chat room:
`@everyone`, `<!channel>` and `<@U1>` are broken by a zero-width blank after the sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.handling import LEVELS
from schemas.alert import Alert

MAX_TITLE: Final = 200
MAX_LINE: Final = 500
MAX_SENTENCES: Final = 3
MAX_LISTED: Final = 25
"""Alerts that a digest lists; the others are counted. Chat services cut messages at 2,000 to 4,000 characters."""

_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_CALL: Final = re.compile(r"(@(?=\w)|<(?=[!@#&]))")


@dataclass(frozen=True, slots=True)
class Message:
    title: str
    body: str


def alert_message(alert: Alert) -> Message:
    """One alert: severity and title, then why, the evidence and where to look."""
    sentences = [f"“{told(one.sentence)}”" for one in alert.evidence[:MAX_SENTENCES]]
    update = (f"Update of alert {told(alert.update_of)}",) if alert.update_of else ()
    where = (told(alert.url),) if alert.url else ()
    why = (told(alert.reason),) if alert.reason and not alert.summary.startswith(alert.reason) else ()
    lines = [
        *why,
        told(alert.summary),
        *sentences,
        *where,
        *update,
        f"Alert {told(alert.id)} of rule {told(alert.rule_id)}",
    ]
    return Message(_headline(alert), "\n".join(line for line in lines if line))


def digest_message(alerts: Sequence[Alert]) -> Message:
    """Several alerts: how many of which severity, then a line each, the most severe first."""
    counts = Counter(alert.severity for alert in alerts)
    parts = [f"{counts[name]} {name}" for name in sorted(counts, key=lambda name: -LEVELS[name])]
    ranked = sorted(alerts, key=lambda alert: (-LEVELS[alert.severity], alert.event_time, alert.id))
    lines = [
        f"{alert.event_time:%Y-%m-%d %H:%M} {_headline(alert)} ({told(alert.id)})" for alert in ranked[:MAX_LISTED]
    ]
    more = [f"and {len(ranked) - MAX_LISTED} more"] if len(ranked) > MAX_LISTED else []
    return Message(f"{len(alerts)} alerts: {', '.join(parts)}", "\n".join([*lines, *more]))


def told(text: str, most: int = MAX_LINE) -> str:
    """*text* on one line, harmless to display, with at most *most* characters before its calls are broken."""
    clean = " ".join(_UNSEEN.sub(" ", text).split())
    cut = clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"
    return _CALL.sub("\\1\u200b", cut)


def _headline(alert: Alert) -> str:
    return f"[{alert.severity}] {told(alert.title, MAX_TITLE)}"
