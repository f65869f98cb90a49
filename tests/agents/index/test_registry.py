"""The setting names the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.errors import SettingsError
from agents.index import IndexMissingError, open_index
from agents.settings import Settings


async def test_default_is_the_embedded_index_in_the_data_folder(tmp_path: Path) -> None:
    index = await open_index(Settings(data_dir=tmp_path))
    assert await index.count() == 0
    await index.close()
    assert (tmp_path / "index" / "tocsin-articles-v1").is_dir()


async def test_reading_before_anything_was_indexed(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        await open_index(Settings(data_dir=tmp_path), read_only=True)


@pytest.mark.parametrize("url", ["ftp://index", "nonsense"])
async def test_unknown_scheme_is_refused_with_the_known_ones(tmp_path: Path, url: str) -> None:
    settings = Settings(data_dir=tmp_path).model_copy(update={"index_url": url})
    with pytest.raises(SettingsError, match="embedded://"):
        await open_index(settings)
