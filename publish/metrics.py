"""What `reprint run` counts, in Prometheus' words: totals since it began, and the store's state as it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ingest.report import Fate, PollReport
from ingest.store.overview import Overview
from publish.publisher import PublishReport

#: Seconds of one extraction; most pages take some hundredths, and a stalled one is ended after `extract_timeout`.
_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)


class Metrics:
    """The counters of one process; `look` gives the store's state whenever somebody asks."""

    def __init__(self, look: Callable[[], Overview]) -> None:
        self._registry = CollectorRegistry()
        self._polls = Counter("reprint_polls", "Feeds polled, by how it ended.", ["outcome"], registry=self._registry)
        self._entries = Counter(
            "reprint_entries", "Entries, by what became of them.", ["fate"], registry=self._registry
        )
        self._extraction = Histogram(
            "reprint_extraction_seconds", "Time to extract a page.", buckets=_SECONDS, registry=self._registry
        )
        self._publications = Counter(
            "reprint_publications", "What targets took or refused.", ["target", "what"], registry=self._registry
        )
        self._findings = Gauge("reprint_audit_findings", "Findings of the last daily audit.", registry=self._registry)
        self._registry.register(_StoreState(look))

    def polled(self, report: PollReport) -> None:
        """Count a feed's pass and its entries."""
        self._polls.labels(report.outcome).inc()
        for fate in Fate:
            if found := report.count(fate):
                self._entries.labels(fate.value).inc(found)

    def extracted(self, seconds: float) -> None:
        """Count one extraction, failed ones too."""
        self._extraction.observe(seconds)

    def published(self, report: PublishReport) -> None:
        """Count what a round did at one target."""
        for what in ("published", "updated", "withdrawn", "failed"):
            self._publications.labels(report.target, what).inc(len(getattr(report, what)))

    def audited(self, findings: int) -> None:
        """Keep how many findings the daily audit had."""
        self._findings.set(findings)

    def text(self) -> bytes:
        """Return all of it in Prometheus' text format 0.0.4; asks the store."""
        return generate_latest(self._registry)


class _StoreState(Collector):
    """The store's counts as gauges, looked up when they are asked for."""

    def __init__(self, look: Callable[[], Overview]) -> None:
        self._look = look

    def describe(self) -> Iterable[Metric]:
        """Say nothing beforehand: the registry would ask the store for it."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Look at the store once and tell it all."""
        found = self._look()
        seen = found.feeds
        standings = {"active": seen.active, "parked": seen.parked, "gone": seen.gone, "failing": seen.failing}
        yield _gauge("reprint_feeds", "Feeds by how they stand.", "standing", {**standings, "late": seen.late})
        yield _gauge("reprint_entries_open", "Entries that are not done.", "state", found.entries)
        yield _gauge("reprint_articles", "Articles by verdict.", "verdict", found.articles)
        for what in ("published", "pending", "withdrawing", "refused"):
            counts = {box.target: getattr(box, what) for box in found.outboxes}
            yield _gauge(f"reprint_outbox_{what}", f"Publications that are {what}.", "target", counts)
        ages = {"entries": _age(found.entry_waiting_since, found.at)}
        ages |= {f"outbox:{box.target}": _age(box.waiting_since, found.at) for box in found.outboxes}
        yield _gauge("reprint_oldest_due_seconds", "How long the oldest of what is due has waited.", "queue", ages)
        yield GaugeMetricFamily("reprint_ledger_records", "Records in the ledger.", value=found.head.seq)
        yield GaugeMetricFamily("reprint_store_bytes", "Size of the database.", value=found.size)


def _gauge(name: str, what: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, what, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _age(since: datetime | None, now: datetime) -> float:
    return (now - since).total_seconds() if since else 0.0
