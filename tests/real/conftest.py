"""Apache Kafka and Elasticsearch as released, started by the code behind `tocsin services`, once for all tests here."""

from __future__ import annotations

import pytest

from agents.settings import Settings

KAFKA = pytest.param("kafka", marks=pytest.mark.java)
ELASTICSEARCH = pytest.param("elasticsearch", marks=[pytest.mark.java, pytest.mark.elasticsearch])


@pytest.fixture(params=[KAFKA, ELASTICSEARCH])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def settings(request: pytest.FixtureRequest, name: str) -> Settings:
    """Of the data folder in which the server *name* runs."""
    found = request.getfixturevalue(name)
    assert isinstance(found, Settings)
    return found
