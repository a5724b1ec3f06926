"""Prometheus metrics, of one process or of all workers together. No label bears anything that a caller wrote."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

if TYPE_CHECKING:
    from api.service import Service

Together = Literal["livesum", "sum", "livemax", "livemin"]

SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 8.0, 30.0)
GAUGES: tuple[tuple[str, Together, str], ...] = (
    ("loket_workers", "livesum", "Processes that answer."),
    ("loket_answers_running", "livesum", "Answers under way or waiting."),
    ("loket_answers_places", "livesum", "How many may be."),
    ("loket_conversations_hot", "livesum", "Conversations in memory."),
    ("loket_store_waiting", "livesum", "Writes that the store has not done yet."),
    ("loket_store_dropped", "sum", "Writes that were given up since the start."),
    ("loket_closed", "livemax", "1: no questions are answered."),
    ("loket_ready", "livemin", "1: a snapshot is open."),
    ("loket_snapshot_age_seconds", "livemax", "Since the snapshot was built."),
)
"""Name, what those of several workers make together, and what it tells."""
METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"})


class Metrics:
    """What is counted and timed. Safe to use from several threads."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: where the counts of several workers come together; prometheus_client must know it as well."""
        self._registry = CollectorRegistry()
        if folder is not None:
            MultiProcessCollector(self._registry, str(folder))  # type: ignore[no-untyped-call]  # it has no types
        self._own = CollectorRegistry() if folder is not None else self._registry
        self._requests = self._counter("loket_requests", "Requests by route and status.", "method", "route", "status")
        self._request_seconds = self._histogram("loket_request_seconds", "From request to end of response.", "route")
        self._answers = self._counter("loket_answers", "Answers by status.", "status", "by")
        self._answer_seconds = self._histogram("loket_answer_seconds", "What the assistant took for an answer.")
        self._step_seconds = self._histogram("loket_step_seconds", "What each step of an answer took.", "step")
        self._feedback = self._counter("loket_feedback", "Feedback by verdict.", "verdict")
        self._gauges = {
            name: Gauge(name, told, registry=self._own, multiprocess_mode=how) for name, how, told in GAUGES
        }
        self._degraded = Gauge(
            "loket_degraded",
            "1: this part works less well than it should.",
            ["part"],
            registry=self._own,
            multiprocess_mode="livemax",
        )
        self._counter("loket_worker_starts", "Starts of processes that answer.").inc()

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request that ended; `route` is its template."""
        known = method if method in METHODS else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def answer(self, status: str, *, approved: bool, seconds: float) -> None:
        """An answer that was given."""
        self._answers.labels(status, "approved" if approved else "assistant").inc()
        self._answer_seconds.observe(seconds)

    def step(self, name: str, seconds: float) -> None:
        """A step of an answer."""
        self._step_seconds.labels(name).observe(seconds)

    def feedback(self, verdict: str) -> None:
        """Feedback that was kept."""
        self._feedback.labels(verdict).inc()

    def look(self, service: Service) -> None:
        """Take how the service of this process stands at this moment."""
        snapshot = service.shelf.snapshot
        stands = {
            "loket_workers": 1,
            "loket_answers_running": service.gate.taken,
            "loket_answers_places": service.gate.places,
            "loket_conversations_hot": len(service.conversations),
            "loket_store_waiting": service.store.waiting,
            "loket_store_dropped": service.store.dropped,
            "loket_closed": service.watch.is_closed,
            "loket_ready": snapshot is not None,
            "loket_snapshot_age_seconds": time.time() - snapshot.built_at.timestamp() if snapshot else 0,
        }
        for name, value in stands.items():
            self._gauges[name].set(float(value))
        for part, is_so in service.degraded().items():
            self._degraded.labels(part).set(float(is_so))

    def show(self) -> bytes:
        """All of it, in the text format."""
        return generate_latest(self._registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(name, told, labels, registry=self._own)

    def _histogram(self, name: str, told: str, *labels: str) -> Histogram:
        return Histogram(name, told, labels, registry=self._own, buckets=SECONDS)
