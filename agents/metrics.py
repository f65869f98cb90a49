"""What a worker counts. Every metric stands in `METRICS` with its meaning; no other name type-checks.

Counts of one agent live in its `Tally`; Prometheus and the heartbeat file both read them from there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from schemas.alert import DeadLetterReason

MetricName = Literal[
    "tocsin_outcomes",
    "tocsin_dead_letters",
    "tocsin_outputs",
    "tocsin_retries",
    "tocsin_busy_seconds",
    "tocsin_enrichment_processes_replaced",
    "tocsin_batch_size",
    "tocsin_wrong_rules",
    "tocsin_late_matches",
    "tocsin_window_points",
    "tocsin_window_points_cut",
]

METRICS: Final[Mapping[MetricName, str]] = {
    "tocsin_outcomes": "Messages by agent and outcome (done, dead_letter); each message counts once per delivery.",
    "tocsin_dead_letters": "Messages given up, by agent and reason.",
    "tocsin_outputs": "Messages sent and acknowledged by the broker, by agent.",
    "tocsin_retries": "Waits for a broker or index that did not answer, by agent.",
    "tocsin_busy_seconds": "Seconds spent on batches, waits included, by agent.",
    "tocsin_enrichment_processes_replaced": "Enrichment processes that crashed, hung or ran out of memory.",
    "tocsin_batch_size": "Messages in the latest batch, by agent.",
    "tocsin_wrong_rules": "Rule files that are wrong now; their last good versions are in use.",
    "tocsin_late_matches": "Matches that came later, in event time, than their rules wait for.",
    "tocsin_window_points": "Matches that the windows of rules remember now.",
    "tocsin_window_points_cut": "Matches that windows forgot because a bound was reached; alerts may be missing.",
}


@dataclass
class Tally:
    """Counts of one agent since its process started. Only its own stage writes them."""

    done: int = 0
    dead_letters: Counter[DeadLetterReason] = field(default_factory=Counter)
    outputs: int = 0
    retries: int = 0
    busy_seconds: float = 0.0
    batch_size: int = 0
    replaced: int = 0
    wrong_rules: int = 0
    late_matches: int = 0
    window_points: int = 0
    points_cut: int = 0
    joined: int = 0
    """How often its consumer group gave it its partitions; 0 means that it does not read yet."""
    partitions: list[str] = field(default_factory=list)
    """Those it has now, as `topic/number`."""
    signs: int = 0
    """Grows with whatever shows that the agent is at work though it commits nothing: waits, answers of processes."""

    @property
    def outcomes(self) -> int:
        return self.done + self.dead_letters.total()

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"dead_letters": dict(self.dead_letters)}


def _counter(name: MetricName, *labels: str) -> CounterMetricFamily:
    return CounterMetricFamily(name, METRICS[name], labels=labels)


class TallyCollector(Collector):
    """Shows the tallies of a worker's agents to Prometheus."""

    def __init__(self, tallies: Mapping[str, Tally]) -> None:
        self._tallies = tallies

    def collect(self) -> Iterable[Metric]:
        outcomes, reasons = (
            _counter("tocsin_outcomes", "agent", "outcome"),
            _counter("tocsin_dead_letters", "agent", "reason"),
        )
        outputs, retries = _counter("tocsin_outputs", "agent"), _counter("tocsin_retries", "agent")
        busy, replaced = _counter("tocsin_busy_seconds", "agent"), _counter("tocsin_enrichment_processes_replaced")
        size = GaugeMetricFamily("tocsin_batch_size", METRICS["tocsin_batch_size"], labels=["agent"])
        wrong = GaugeMetricFamily("tocsin_wrong_rules", METRICS["tocsin_wrong_rules"])
        late, cut = _counter("tocsin_late_matches"), _counter("tocsin_window_points_cut")
        points = GaugeMetricFamily("tocsin_window_points", METRICS["tocsin_window_points"])
        for agent, tally in self._tallies.items():
            outcomes.add_metric([agent, "done"], tally.done)
            outcomes.add_metric([agent, "dead_letter"], tally.dead_letters.total())
            for reason, count in tally.dead_letters.items():
                reasons.add_metric([agent, reason], count)
            outputs.add_metric([agent], tally.outputs)
            retries.add_metric([agent], tally.retries)
            busy.add_metric([agent], tally.busy_seconds)
            size.add_metric([agent], tally.batch_size)
        replaced.add_metric([], sum(tally.replaced for tally in self._tallies.values()))
        wrong.add_metric([], sum(tally.wrong_rules for tally in self._tallies.values()))
        late.add_metric([], sum(tally.late_matches for tally in self._tallies.values()))
        cut.add_metric([], sum(tally.points_cut for tally in self._tallies.values()))
        points.add_metric([], sum(tally.window_points for tally in self._tallies.values()))
        return [outcomes, reasons, outputs, retries, busy, replaced, size, wrong, late, cut, points]


def serve_metrics(tallies: Mapping[str, Tally], port: int) -> None:
    """Serve `/metrics` on loopback, in a thread of its own.

    Raises:
        OSError: the port is taken.
    """
    registry = CollectorRegistry()
    registry.register(TallyCollector(tallies))
    start_http_server(port, addr="127.0.0.1", registry=registry)
