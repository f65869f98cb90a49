"""Who may act on alerts over HTTP: a file with a name and a token a line."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from agents.access.secret_files import SecretFileError, read_secret_file
from agents.errors import SettingsError

_LEAST_TOKEN: Final = 24
"""Characters; `openssl rand -base64 24` gives 32."""
_MOST_NAME: Final = 200
"""Characters, as records about alerts take them."""


@dataclass(frozen=True)
class Callers:
    """Who may call, by the digest of the token."""

    names: Mapping[bytes, str] = field(repr=False)

    def name(self, header: str | None) -> str | None:
        """The caller's name. None: the header holds no token that is known."""
        kind, _, token = (header or "").partition(" ")
        given = sha256(token.strip().encode()).digest()
        found = [name for known, name in self.names.items() if hmac.compare_digest(known, given)]
        return found[0] if found and kind.lower() == "bearer" else None


def read_callers(file: Path) -> Callers:
    """The callers of a file with a name and a token a line; lines that begin with # and empty ones are passed over.

    Raises:
        SettingsError: it cannot be read whole, everyone may read or write it, or a line is none; never quotes a token.
    """
    try:
        text = read_secret_file(file, private=True)
    except SecretFileError as error:
        raise SettingsError(f"tokens file {error}") from None
    names: dict[bytes, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) != 2 or len(words[1]) < _LEAST_TOKEN or not line.isprintable() or len(words[0]) > _MOST_NAME:
            raise SettingsError(f"{file}:{number}: give a name and a token of at least {_LEAST_TOKEN} characters")
        if names.setdefault(sha256(words[1].encode()).digest(), words[0]) != words[0]:
            raise SettingsError(f"{file}:{number}: another caller has the same token")
    if not names:
        raise SettingsError(f"tokens file {file} has no line with a name and a token")
    return Callers(names)
