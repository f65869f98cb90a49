"""Apache Kafka and Elasticsearch as released, started by the code behind `tocsin services`, once for all tests here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agents.services.temporary import temporary_services
from agents.settings import Settings

KAFKA = pytest.param("kafka", marks=pytest.mark.java)
ELASTICSEARCH = pytest.param("elasticsearch", marks=[pytest.mark.java, pytest.mark.elasticsearch])


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


@pytest.fixture(params=[KAFKA, ELASTICSEARCH])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def settings(request: pytest.FixtureRequest, name: str) -> Settings:
    """Of the data folder in which the server *name* runs."""
    found = request.getfixturevalue(name)
    assert isinstance(found, Settings)
    return found
