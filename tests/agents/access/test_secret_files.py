"""A file with secrets is read whole or refused, and nothing that it holds is ever said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agents.access.secret_files import MOST_BYTES, SecretFileError, read_secret_file
from agents.access.secrets import secret
from agents.errors import TocsinError
from agents.handling_callers import read_callers
from agents.notifier.targets import load_targets, open_means
from agents.settings import Settings

LINE = "hush-hush-hush-hush-hush-hush\n"


def written(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    file = folder / "secret"
    file.write_bytes(content)
    file.chmod(mode)
    return file


def as_setting(file: Path) -> object:
    settings = Settings(
        kafka_url="kafka://k.example:9092", kafka_security="sasl_tls", kafka_username="u", kafka_password_file=file
    )
    return secret(settings, "kafka_password")


def of_target(file: Path) -> object:
    targets = file.parent / "targets.toml"
    targets.write_text(
        f'[[target]]\nid = "desk"\nkind = "webhook"\nurl = "https://a.example"\nsecret_file = "{file.name}"\n'
    )
    settings = Settings(data_dir=file.parent, notify_file=targets)
    return open_means(settings, load_targets(settings)[0])


Read = Callable[[Path], object]
READERS: tuple[Read, ...] = (as_setting, of_target, read_callers)


@pytest.mark.parametrize("content", [b"", b"word\n", b"two\r\nlines", "é".encode(), b"x" * MOST_BYTES])
def test_what_fits_is_read_whole(tmp_path: Path, content: bytes) -> None:
    assert read_secret_file(written(tmp_path, content)) == content.decode()


@pytest.mark.parametrize("read", READERS)
def test_what_is_too_long_is_refused_by_name_wherever_it_is_read(tmp_path: Path, read: Read) -> None:
    tokens = "".join(f"caller-{n} {n:06}{LINE}" for n in range(MOST_BYTES // 40))
    file = written(tmp_path, tokens.encode())
    with pytest.raises(TocsinError, match=f"{file} is longer than 65,536 bytes") as caught:
        read(file)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("read", READERS)
def test_what_everyone_may_change_or_nobody_can_decode_is_refused(tmp_path: Path, read: Read) -> None:
    for content, mode, said in ((LINE.encode(), 0o602, "everyone may"), (b"hush\xff", 0o600, "UnicodeDecodeError")):
        with pytest.raises(TocsinError, match=said) as caught:
            read(written(tmp_path, content, mode))
        assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("mode", "private", "is_read"), [(0o604, False, True), (0o604, True, False), (0o640, True, True)]
)
def test_a_private_file_is_one_that_not_everyone_may_read(
    tmp_path: Path, mode: int, private: bool, is_read: bool
) -> None:
    file = written(tmp_path, b"word", mode)
    if is_read:
        assert read_secret_file(file, private=private) == "word"
    else:
        with pytest.raises(SecretFileError, match="chmod o-rw"):
            read_secret_file(file, private=private)


def test_a_folder_and_a_missing_file_are_told_by_their_kind_of_error(tmp_path: Path) -> None:
    for path, said in ((tmp_path, "IsADirectoryError"), (tmp_path / "absent", "FileNotFoundError")):
        with pytest.raises(SecretFileError, match=f"{path} cannot be read: {said}"):
            read_secret_file(path)
