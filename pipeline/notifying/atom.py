"""The Atom feed of one alert channel (RFC 4287). The same alerts give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree

from pipeline.document_values import iso_time
from pipeline.notifying.message import MAX_TITLE, alert_message, told
from schemas.alert import Alert

_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_EMPTY_SINCE: Final = datetime(1970, 1, 1, tzinfo=UTC)
_WEB: Final = re.compile(r"https?://[^\s<>\"'\x00-\x20]+", re.ASCII)


def newest(alerts: Iterable[Alert], most: int) -> tuple[Alert, ...]:
    """The newest alerts, each once, newest first; of two with one id the one that was raised first."""
    by_id: dict[str, Alert] = {}
    for alert in alerts:
        known = by_id.get(alert.id)
        if known is None or alert.raised_at < known.raised_at:
            by_id[alert.id] = alert
    return tuple(sorted(by_id.values(), key=lambda alert: (alert.raised_at, alert.id), reverse=True)[:most])


def render_feed(channel: str, alerts: Iterable[Alert], *, deployment: str) -> bytes:
    """The feed document.

    Args:
        alerts: newest first, as `newest` gives them.
        deployment: what tells feeds of two deployments apart, the topic prefix.
    """
    listed = tuple(alerts)
    updated = listed[0].raised_at if listed else _EMPTY_SINCE
    feed = ElementTree.Element("feed", xmlns=_NAMESPACE)
    _add(feed, "id", f"urn:tocsin:{quote(deployment)}:alerts:{quote(channel)}")
    _add(feed, "title", f"Alerts: {told(channel)}")
    _add(feed, "updated", iso_time(updated))
    _add(_add(feed, "author"), "name", "Tocsin")
    for alert in listed:
        _add_entry(feed, alert)
    ElementTree.indent(feed, " ")
    text: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add_entry(feed: ElementTree.Element, alert: Alert) -> None:
    message = alert_message(alert)
    entry = _add(feed, "entry")
    _add(entry, "id", f"urn:tocsin:alert:{quote(alert.id)}")
    _add(entry, "title", told(message.title, MAX_TITLE + 20), type="text")
    _add(entry, "updated", iso_time(alert.raised_at))
    _add(entry, "published", iso_time(alert.event_time))
    _add(entry, "category", None, term=alert.severity, label="severity")
    _add(entry, "category", None, term=told(alert.rule_id), label="rule")
    if alert.url and _WEB.fullmatch(alert.url):  # a javascript: address must not become a link in somebody's reader
        _add(entry, "link", None, rel="alternate", href=alert.url)
    _add(entry, "content", message.body, type="text")


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, name, attributes)
    made.text = text
    return made
