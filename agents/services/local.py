"""Pointing Tocsin at the servers that `tocsin services` runs in its data folder."""

from __future__ import annotations

from agents.services.lifecycle import up
from agents.services.maven import Tell
from agents.settings import Settings

_SETTINGS = {"TOCSIN_KAFKA_URL": "kafka_url", "TOCSIN_INDEX_URL": "index_url"}


def local_settings(settings: Settings, tell: Tell) -> Settings:
    """The settings with both servers of this data folder, which are started when they do not run. Blocks.

    Raises:
        ServiceError: one cannot be had or does not start.
    """
    urls = {_SETTINGS[one.variable]: one.url for one in up(settings, tell=tell)}
    return settings.model_copy(update={**urls, "index_replicas": 0})  # one node keeps no copy
