"""The targets file from disk, with what its targets keep in files of their own."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Final

from agents.access.secret_files import SecretFileError, read_secret_file
from agents.errors import UsageError
from agents.notifier.chat import Chat
from agents.notifier.feed import Feed, feeds_folder
from agents.notifier.means import Means
from agents.notifier.webhook import Webhook
from agents.settings import Settings
from pipeline.notifying import Target, TargetError, parse_targets
from pipeline.notifying.webhook import read_secret

_MOST_BYTES: Final = 1_000_000


def load_targets(settings: Settings) -> tuple[Target, ...]:
    """The enabled targets.

    Raises:
        UsageError: there is no targets file, or it is wrong; the message says where and how to mend it.
    """
    file = targets_file(settings)
    try:
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES + 1)
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"notify_file: {file} cannot be read: {error}") from error
    if len(content) > _MOST_BYTES:
        raise UsageError(f"notify_file: {file} is larger than {_MOST_BYTES} bytes")
    try:
        return tuple(target for target in parse_targets(text, str(file)) if target.enabled)
    except TargetError as error:
        raise UsageError(str(error)) from error


def targets_file(settings: Settings) -> Path:
    """
    Raises:
        UsageError: the setting is missing.
    """
    if settings.notify_file is None:
        raise UsageError("nobody is to be notified: set TOCSIN_NOTIFY_FILE to a file with [[target]] tables")
    return settings.notify_file


def _lines(settings: Settings, target: Target, key: str, name: str) -> list[str]:
    """The lines of a file with secrets; a relative path is beside the targets file."""
    path = targets_file(settings).parent / Path(name).expanduser()
    try:
        text = read_secret_file(path)
    except SecretFileError as error:
        raise UsageError(f"target {target.id}: {key} {error}") from None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not all(line.isprintable() for line in lines):
        raise UsageError(f"target {target.id}: {key} {path} holds no secret; it is text, one secret a line")
    return lines


def _context(settings: Settings, target: Target) -> ssl.SSLContext:
    if target.ca_file is None:
        return ssl.create_default_context()
    path = targets_file(settings).parent / Path(target.ca_file).expanduser()
    try:
        return ssl.create_default_context(cafile=path)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(f"target {target.id}: ca_file {path} cannot be read: {error}") from error


def open_means(settings: Settings, target: Target) -> Means:
    """The way to reach *target*, with its secrets read.

    Raises:
        UsageError: a file of its is missing or wrong; no message holds a secret.
    """
    if target.kind == "webhook":
        return _webhook(settings, target)
    if target.kind == "apprise":
        lines = _lines(settings, target, "url_file", target.url_file or "")
        if len(lines) > 1:
            raise UsageError(f"target {target.id}: url_file holds {len(lines)} addresses; make a target of each")
        return Chat(target, lines[0])
    return Feed(target, feeds_folder(settings, target), deployment=settings.topic_prefix)


def _webhook(settings: Settings, target: Target) -> Webhook:
    try:
        keys = [read_secret(line) for line in _lines(settings, target, "secret_file", target.secret_file or "")]
    except ValueError as error:
        raise UsageError(f"target {target.id}: secret_file: {error}") from None
    source = f"urn:tocsin:{settings.topic_prefix}"
    return Webhook(target, keys, source=source, context=_context(settings, target))
