"""The index on an Elasticsearch cluster.

document (to JSON and back) -> bulk (lines, portions, verdicts) -> write; search (bodies, results); setup -> engine
"""

from __future__ import annotations

from agents.index.elasticsearch.engine import ElasticsearchIndex
from agents.index.elasticsearch.setup import remove_indices

__all__ = ["ElasticsearchIndex", "remove_indices"]
