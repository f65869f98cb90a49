"""All parts of a deployment: topics first, since indices are filled from them."""

from __future__ import annotations

from agents.index import prepare_index
from agents.rules import load_rules
from agents.settings import Settings
from agents.setup.part import Part
from agents.setup.topics import prepare_topics
from schemas.collections import COLLECTIONS


async def set_up(settings: Settings, *, dry_run: bool = False, apply: bool = False) -> list[Part]:
    """Create what a deployment lacks and compare what it has. Running it again changes nothing.

    Args:
        dry_run: change nothing, only tell.
        apply: also change what differs and can be changed in place: settings of topics and indices, more partitions.

    Raises:
        UsageError: a rule file is wrong, so the alert channels are not known.
        UnavailableError: a server does not answer, or refuses; what was created before stays.
        IndexSchemaError: something that is none of Tocsin's stands where an index belongs.
    """
    parts = await prepare_topics(settings, load_rules(settings).channels, dry_run=dry_run, apply=apply)
    for collection in COLLECTIONS:
        parts += await prepare_index(settings, collection, dry_run=dry_run, apply=apply)
    return parts
