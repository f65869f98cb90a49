"""Checks of the machine and the settings, each with what to do about it."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from agents.access.rules import SECRETS, is_given
from agents.access.secrets import exposed_files
from agents.access.words import index_security, kafka_security
from agents.errors import TocsinError, UnavailableError
from agents.index import IndexAccessError, IndexMissingError, open_index, read_standing
from agents.kafka import bootstrap_servers, open_admin
from agents.rules import read_rule_files, rules_dir
from agents.settings import Settings
from pipeline import gazetteer
from schemas.collections import ARTICLES, COLLECTIONS

_LOW_DISK: Final = 2 * 2**30
_LOW_MEMORY: Final = 2**30


@dataclass(frozen=True)
class Check:
    """One finding. `advice` is what to do; empty when nothing is."""

    name: str
    state: Literal["ok", "warning", "failed"]
    said: str
    advice: str = ""


async def _data_folder(settings: Settings) -> Check:
    folder = _existing(settings.data_dir)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Check(
            "data folder",
            "failed",
            f"{settings.data_dir}: {error.strerror}",
            "set TOCSIN_DATA_DIR to a folder of yours",
        )
    free = shutil.disk_usage(folder).free
    if free < _LOW_DISK:
        return Check("data folder", "warning", f"{settings.data_dir}: {free / 2**30:.1f} GiB free", "make room")
    return Check("data folder", "ok", f"{settings.data_dir}: {free / 2**30:.0f} GiB free")


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


async def _memory(_settings: Settings) -> Check:
    available = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    state: Literal["ok", "warning"] = "ok" if available > _LOW_MEMORY else "warning"
    return Check("memory", state, f"{available / 2**30:.1f} GiB free, {os.cpu_count()} cores")


async def _gazetteer(_settings: Settings) -> Check:
    places = await asyncio.to_thread(gazetteer.lookup, "Nairobi")
    if not places:
        return Check("gazetteer", "failed", "it does not know Nairobi", "reinstall: its data were not built")
    return Check("gazetteer", "ok", gazetteer.VERSION)


async def _rules(settings: Settings) -> Check:
    files = list(read_rule_files(rules_dir(settings)))
    if wrong := [file.error for file in files if file.error]:
        return Check("rules", "failed", wrong[0] or "", "tocsin rules check")
    if not files:
        advice = "put rule files (*.toml) there, or unset TOCSIN_RULES_DIR for the rules that ship with Tocsin"
        return Check("rules", "warning", f"none in {rules_dir(settings)}: nothing raises an alert", advice)
    return Check("rules", "ok", f"{len(files)} in {rules_dir(settings)}")


async def _broker(settings: Settings) -> Check:
    try:
        async with asyncio.timeout(10), open_admin(settings) as admin:
            topics = await admin.list_topics()
    except UnavailableError as error:
        state: Literal["warning", "failed"] = "warning" if settings.uses_embedded_broker else "failed"
        return Check("broker", state, str(error))
    said = f"{bootstrap_servers(settings)}, {len(topics)} topics"
    return Check("broker", "ok", f"{said}; {kafka_security(settings)}")


async def _secret_files(settings: Settings) -> Check:
    exposed = ", ".join(map(str, exposed_files(settings)))
    if exposed:
        advice = "chmod o-r; in a container, where nobody else is, it does no harm"
        return Check("secrets", "warning", f"everyone on this machine may read {exposed}", advice)
    given = [name for name in SECRETS if is_given(settings, name)]
    return Check("secrets", "ok", f"{', '.join(given) or 'none'} set")


async def _index(settings: Settings) -> Check:
    counted: list[str] = []
    for collection in COLLECTIONS:
        try:
            index = await open_index(settings, collection, read_only=True)
        except IndexMissingError as error:
            return Check("index", "warning", str(error), "tocsin setup, or tocsin up")
        except IndexAccessError:
            if collection is ARTICLES:
                raise
            counted.append(f"{collection.name} not for this user")  # a key that only searches articles is no fault
            continue
        try:
            counted.append(f"{await index.count()} {collection.name}")
        finally:
            await index.close()
        standing = await read_standing(settings, collection)
        if not standing.is_current:
            said = f"searches find {standing.searched}, this release writes {standing.own}"
            return Check("index", "warning", said, "tocsin reindex")
    return Check("index", "ok", f"{', '.join(counted)}; {index_security(settings)}")


CHECKS: Final[tuple[Callable[[Settings], Awaitable[Check]], ...]] = (
    _data_folder,
    _memory,
    _gazetteer,
    _rules,
    _secret_files,
    _broker,
    _index,
)


async def examine(settings: Settings) -> list[Check]:
    """Every check, also after one that failed."""
    return [await _guarded(check, settings) for check in CHECKS]


async def _guarded(check: Callable[[Settings], Awaitable[Check]], settings: Settings) -> Check:
    try:
        return await check(settings)
    except (TocsinError, OSError) as error:
        return Check(check.__name__.removeprefix("_"), "failed", str(error))
