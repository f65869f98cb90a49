"""Ids that a replay gives again: each is a hash of what makes the thing the same thing.

Every id is 26 characters of base32 in lower case (130 bits of a SHA-256): safe in a file name, a URL and an
Elasticsearch `_id`, and short enough to read aloud.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterable
from hashlib import sha256
from string import ascii_letters, digits
from typing import Final
from urllib.parse import quote, urlsplit

ID_LENGTH: Final = 26
_MAX_URL: Final = 8_192
"""A longer address is not worth parsing; browsers and servers stop at about this length."""

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
# fmt: off
_TRACKING: Final = frozenset((
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid",
    "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "oly_anon_id", "oly_enc_id", "vero_id", "wickedid",
    "_ga", "_gl", "_hsenc", "_hsmi", "__hssc", "__hstc", "hsctatracking", "spm", "scm", "ref_src", "ref_url", "ncid",
    "cmpid", "ito", "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee", "at_medium", "at_campaign",
    "at_custom1", "at_custom2", "at_custom3", "at_custom4", "at_link_id", "at_link_type", "at_link_origin",
    "at_bbc_team", "at_format", "at_ptr_name", "s_cid", "smid", "guccounter", "guce_referrer", "guce_referrer_sig",
    "srnd", "sref", "share_id",
))
# fmt: on
"""Query parameters that say how a reader came, not what is read: those of the ad networks, mail senders and large
publishers' share buttons."""
_TRACKING_PREFIXES: Final = ("utm_", "pk_", "mtm_", "hsa_", "matomo_", "piwik_")

_PATH_SAFE: Final = "!$&'()*+,;=:@/-._~"
_QUERY_SAFE: Final = "!$'()*,;:@/?-._~"
_ESCAPE: Final = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset(ascii_letters + digits + "-._~")
_HOST: Final = re.compile(r"[^\s/?#@\\\x00-\x20\x7f]+")


def _digest(kind: str, *parts: str) -> str:
    """Each part is preceded by its length, so that no two lists of parts read the same."""
    whole = sha256(kind.encode())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(b"%d:" % len(data) + data)
    return b32encode(whole.digest()).decode().lower()[:ID_LENGTH]


def _host(name: str) -> str:
    """Lower case, without the root's dot; international names in their ASCII form where IDNA has one."""
    name = name.rstrip(".").lower()
    if name.isascii():
        return f"[{name}]" if ":" in name else name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept)


def _respelt(escape: re.Match[str]) -> str:
    """`%7e` is `~`, but `%2f` is not `/`: only unreserved characters lose their escape (RFC 3986, 6.2.2.2)."""
    char = chr(int(escape[1], 16))
    return char if char in _UNRESERVED else escape[0].upper()


def _encoded(text: str, safe: str) -> str:
    """One spelling of percent-encoding: unreserved characters bare, all others as `%XX` in capitals."""
    return _ESCAPE.sub(_respelt, quote(text, safe=safe + "%", errors="replace"))


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _query(query: str) -> str:
    kept = (part for part in query.split("&") if part and not _is_tracking(part))
    return "&".join(sorted("=".join(_encoded(half, _QUERY_SAFE) for half in part.split("=", 1)) for part in kept))


def canonical_url(url: str) -> str | None:
    """The address that all spellings of one page share.

    Lower-case scheme and host, no user, default port, fragment, tracking parameter or trailing slash; sorted query;
    one spelling of percent-encoding and dot segments (RFC 3986, section 6).

    Returns:
        The address, or None when *url* is not an http or https address.
    """
    url = url.strip()
    if len(url) > _MAX_URL:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not _HOST.fullmatch(host):
        return None
    shown_port = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    path = _encoded(_without_dots(parts.path), _PATH_SAFE).rstrip("/") or "/"
    query = _query(parts.query)
    return f"{parts.scheme}://{_host(host)}{shown_port}{path}" + (f"?{query}" if query else "")


def domain_of(url: str) -> str | None:
    """Host of *url* without `www.`, as in `source.domain`; None when it is not an http or https address."""
    canonical = canonical_url(url)
    if canonical is None:
        return None
    return (urlsplit(canonical).hostname or "").removeprefix("www.") or None


def article_id(*, url: str | None, source: str | None, guid: str | None, title: str | None, body: str) -> str:
    """Id of an article: from its canonical URL, else from source and guid, else from its text.

    http and https are the same page. Two revisions of one page have one id.
    """
    canonical = canonical_url(url) if url else None
    if canonical is not None:
        return _digest("url", canonical.partition("://")[2])
    if guid:
        return _digest("guid", source or "", guid)
    return _digest("content", title or "", body)


def comment_id(alert: str, by: str, at: str, text: str) -> str:
    """Id of a comment on an alert."""
    return _digest("comment", alert, by, at, text)


def delivery_digest_id(target: str, alert_ids: Iterable[str]) -> str:
    """Id of one message that holds several alerts for a target of the notifier."""
    return _digest("digest", target, *alert_ids)


def missed_delivery_id(stage: str, topic: str, partition: int, offset: int) -> str:
    """Id of the dead letter of an alert that one target of the notifier missed; another target's has its own."""
    return dead_letter_id(f"{stage}:{topic}", partition, offset)


def dead_letter_id(topic: str, partition: int, offset: int) -> str:
    """Id of the dead letter of one message, the same however often it is given up."""
    return _digest("dead letter", topic, str(partition), str(offset))


def alert_id(rule_id: str, rule_version: int, group: str, trigger: str) -> str:
    """Id of an alert. *trigger* is what made the rule fire: an article id, or the values that changed."""
    return _digest("alert", rule_id, str(rule_version), group, trigger)
