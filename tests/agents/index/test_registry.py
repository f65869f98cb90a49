"""The setting names the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.errors import SettingsError
from agents.index import IndexDocument, IndexLockedError, IndexMissingError, open_index, remove_index
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


async def test_removed_index_can_be_built_anew_even_if_another_version_made_it(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    index = await open_index(settings)
    await index.write([IndexDocument(id="a", version=1, body={"@timestamp": "2026-03-01T00:00:00Z"})])
    await index.close()
    (tmp_path / "index" / "tocsin-articles-v1" / "tocsin-index.json").write_text("{}")
    assert await remove_index(settings)
    index = await open_index(settings)
    assert await index.count() == 0
    await index.close()


async def test_index_that_is_being_written_is_not_removed(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    index = await open_index(settings)
    with pytest.raises(IndexLockedError, match="stop the indexer"):
        await remove_index(settings)
    assert await index.count() == 0
    await index.close()


async def test_removing_where_nothing_is_says_so(tmp_path: Path) -> None:
    assert not await remove_index(Settings(data_dir=tmp_path))
