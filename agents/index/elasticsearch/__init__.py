"""The index on an Elasticsearch cluster.

document (to JSON and back) -> bulk (lines, portions, verdicts) -> write; search (bodies, results); target (names) ->
setup -> prepare, engine
"""

from __future__ import annotations

from agents.index.elasticsearch.engine import ElasticsearchIndex
from agents.index.elasticsearch.prepare import prepare
from agents.index.elasticsearch.setup import read_standing, remove_indices, remove_named, swap_alias

__all__ = ["ElasticsearchIndex", "prepare", "read_standing", "remove_indices", "remove_named", "swap_alias"]
