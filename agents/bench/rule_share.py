"""What rules cost the whole pipeline: it is run with a thousand rules and without any."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from agents.bench.rules import enriched_messages, quiet_rules
from agents.bench.system import bench_articles, bench_system, measure_throughput
from pipeline.alerting import Rule

ROUNDS: Final = 2
"""Of each kind the better round counts: what else runs on a machine only ever takes time away."""
_SAMPLE: Final = 100
"""Articles by which the rules are chosen that seldom match."""
_WARM_UP: Final = 50
"""Articles that go first: rules and word lists are read before the first of them, which is a cost of the start."""
_FIRST_SEED: Final = 100
"""Each round has articles of its own, so that no index meets one that it holds already."""


async def measure_rule_share(engines: Mapping[str, Any], count: int, rules: int = 1_000) -> dict[str, Any]:
    """Feed *count* articles to a system without rules and to one with that many which seldom match, in turn.

    Args:
        engines: settings of the broker and the index; none means the embedded ones.

    Each system has read its rules and a few articles before it is measured.

    Returns:
        of both: articles per second, and the CPU time of all the system's processes per article, milliseconds; and
        which share of that CPU time the rules cost. Where the processor is the bound, as it is on one machine, that is
        their share of throughput; unlike articles per second it is hardly changed by what else the machine does.
    """
    kinds = {"without_rules": {}, "with_rules": rule_files(quiet_rules(rules, enriched_messages(_SAMPLE)))}
    fastest, least = dict.fromkeys(kinds, 0.0), dict.fromkeys(kinds, math.inf)
    for number in range(ROUNDS):
        for place, (kind, files) in enumerate(kinds.items()):
            seed = _FIRST_SEED + 2 * (len(kinds) * number + place)
            async with bench_system(engines, files) as settings:
                await measure_throughput(settings, bench_articles(_WARM_UP, seed))
                reached = await measure_throughput(settings, bench_articles(count, seed + 1))
            fastest[kind] = max(fastest[kind], reached["articles_per_second"])
            least[kind] = min(least[kind], reached["cpu_ms_per_article"])
    return {
        "rules": rules,
        "articles_per_second": fastest,
        "cpu_ms_per_article": least,
        "share_of_cpu": round(1 - least["without_rules"] / least["with_rules"], 3),
    }


def rule_files(rules: Sequence[Rule]) -> dict[str, str]:
    """The rules as files, by name."""
    return {f"{rule.id}.toml": _toml(rule) for rule in rules}


def _toml(rule: Rule) -> str:
    """A text in JSON is one in TOML as well."""
    values = rule.model_dump(exclude_unset=True)
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items())
