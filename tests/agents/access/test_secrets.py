"""Secrets from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.access.secrets import exposed_files, secret
from agents.errors import SettingsError
from agents.settings import Settings


def settings_with(file: Path) -> Settings:
    return Settings(
        kafka_url="kafka://k.example:9092", kafka_security="sasl_tls", kafka_username="u", kafka_password_file=file
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "password"
    made.touch(0o600)
    return made


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"word", "word"),
        (b"word\n", "word"),
        (b"word\r\n", "word"),
        (b" two words \n", " two words "),
        ("é=#".encode(), "é=#"),
    ],
)
def test_a_secret_is_the_line_without_its_end(file: Path, content: bytes, value: str) -> None:
    file.write_bytes(content)
    assert secret(settings_with(file), "kafka_password") == value


def test_an_exchanged_secret_is_taken_up(file: Path) -> None:
    settings = settings_with(file)
    file.write_text("old\n")
    before = secret(settings, "kafka_password")
    file.write_text("new\n")
    assert (before, secret(settings, "kafka_password")) == ("old", "new")


@pytest.mark.parametrize(
    "content", [None, b"", b"\n", b"  \n", b"one\ntwo\n", b"tab\there", b"\xff\xfe", b"x" * 70_000]
)
def test_a_file_that_holds_no_secret_is_refused_by_name_and_not_shown(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=f"kafka_password_file: {file}") as caught:
        secret(settings_with(file), "kafka_password")
    assert "one" not in str(caught.value).replace("it is one line", "")


def test_a_secret_that_everyone_may_change_is_refused(file: Path) -> None:
    file.write_text("word")
    file.chmod(0o602)
    with pytest.raises(SettingsError, match="everyone may write"):
        secret(settings_with(file), "kafka_password")


@pytest.mark.parametrize(("mode", "is_exposed"), [(0o600, False), (0o640, False), (0o644, True), (0o604, True)])
def test_a_secret_that_everyone_may_read_is_told(file: Path, mode: int, is_exposed: bool) -> None:
    file.write_text("word")
    file.chmod(mode)
    assert exposed_files(settings_with(file)) == ((file,) if is_exposed else ())
    assert secret(settings_with(file), "kafka_password") == "word"


def test_a_secret_that_is_not_set_is_none_and_no_file_is_exposed() -> None:
    assert secret(Settings(), "index_api_key") is None
    assert exposed_files(Settings()) == ()
    assert exposed_files(settings_with(Path("/nowhere/password"))) == ()
