"""All agents, in the order of the flow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from agents.alerter import ALERTER
from agents.enricher import ENRICHER
from agents.errors import UsageError
from agents.indexer import INDEXER
from agents.matcher import MATCHER
from agents.recorder import RECORDER
from agents.spec import AgentSpec

AGENTS: Final = (ENRICHER, INDEXER, MATCHER, ALERTER, RECORDER)


def agents_named(names: Iterable[str]) -> tuple[AgentSpec, ...]:
    """The agents of these names, in the order of the flow; all when there are no names.

    Raises:
        UsageError: there is no agent of that name.
    """
    wanted = set(names)
    known = {agent.name for agent in AGENTS}
    if unknown := sorted(wanted - known):
        raise UsageError(f"no agent {unknown[0]!r}; agents: {', '.join(agent.name for agent in AGENTS)}")
    return tuple(agent for agent in AGENTS if not wanted or agent.name in wanted)


def names_unless_all(agents: Iterable[AgentSpec]) -> tuple[str, ...]:
    """The names of *agents*; none when these are all."""
    chosen = tuple(agents)
    return () if len(chosen) == len(AGENTS) else tuple(agent.name for agent in chosen)
