"""Local servers for a test or a measurement: in a folder of their own that is gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from agents.services.lifecycle import down, status, up
from agents.services.maven import Tell
from agents.settings import Settings

_SETTINGS = {"TOCSIN_KAFKA_URL": "kafka_url", "TOCSIN_INDEX_URL": "index_url"}


@contextmanager
def temporary_services(names: Sequence[str] = (), *, tell: Tell) -> Iterator[Settings]:
    """Settings of a new data folder that point at new, empty servers of these names; all when there are none.

    Raises:
        ServiceError: one cannot be had or does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="tocsin-services-"))
    folder.chmod(0o711)  # the user whom root starts a server as passes through
    settings = Settings(data_dir=folder)
    try:
        urls = {_SETTINGS[one.variable]: one.url for one in up(settings, names, tell=tell)}
        yield settings.model_copy(update=urls)
    finally:
        homes = [one.folder for one in status(settings, names)]
        down(settings, names, tell=tell)
        for home in (*homes, folder):
            shutil.rmtree(home, ignore_errors=True)
