"""Files with secrets: passwords, keys, addresses with tokens, the tokens of callers.

Read whole or refused, so that what stands behind a bound is never silently without effect. No message holds anything
of what was read, the words of a decoding error included.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 65_536
"""A secret is a line; the tokens of a thousand callers stay below."""


class SecretFileError(Exception):
    """Why a file with secrets is not used, with its name; whoever reads it says what it is for."""


def read_secret_file(file: Path, *, private: bool = False) -> str:
    """The text of *file*.

    Args:
        private: refuse also what everyone may read. Secrets mounted into a container often are so, and harmless there.

    Raises:
        SecretFileError: it cannot be read, is no UTF-8, is longer than 65,536 bytes, or may be changed by everyone.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
            mode = os.fstat(opened.fileno()).st_mode
    except OSError as error:
        raise SecretFileError(f"{file} cannot be read: {type(error).__name__}") from None
    if len(content) > MOST_BYTES:
        raise SecretFileError(f"{file} is longer than {MOST_BYTES:,} bytes, so nothing of it is used; make it shorter")
    if private and mode & (stat.S_IWOTH | stat.S_IROTH):
        raise SecretFileError(f"{file}: everyone may read or write it; chmod o-rw it")
    if mode & stat.S_IWOTH:
        raise SecretFileError(f"{file}: everyone may write it, so it proves nothing; chmod o-w it")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SecretFileError(f"{file} cannot be read: {type(error).__name__}") from None
