"""Secrets, each from its setting or from a file, read anew at every connection: an exchanged one is taken up."""

from __future__ import annotations

import stat
from pathlib import Path

from pydantic import SecretStr

from agents.access.rules import SECRETS
from agents.access.secret_files import SecretFileError, read_secret_file
from agents.errors import SettingsError
from agents.settings import Settings


def secret(settings: Settings, name: str) -> str | None:
    """The value of the secret setting *name*, such as `kafka_password`. None when it is not set.

    Raises:
        SettingsError: its file cannot be read whole, holds no secret, or may be written by everyone.
    """
    given: SecretStr | None = getattr(settings, name)
    if given is not None:
        return given.get_secret_value()
    file: Path | None = getattr(settings, f"{name}_file")
    return None if file is None else _read(file, f"{name}_file")


def _read(file: Path, setting: str) -> str:
    try:
        text = read_secret_file(file)
    except SecretFileError as error:
        raise SettingsError(f"{setting}: {error}") from None
    value = text.rstrip("\r\n")  # editors and `echo` end a file so
    if not value.strip() or not value.isprintable():
        raise SettingsError(f"{setting}: {file} holds no secret; it is one line of printable characters")
    return value


def exposed_files(settings: Settings) -> tuple[Path, ...]:
    """Files with secrets that everyone on this machine may read. Secrets mounted into a container often are so, and
    harmless there; hence they are told of, not refused."""
    names = (*(f"{name}_file" for name in SECRETS), "kafka_key_file")
    files = [getattr(settings, name) for name in names]
    return tuple(file for file in files if file is not None and _may_everyone_read(file))


def _may_everyone_read(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False  # whoever reads it says what is wrong
