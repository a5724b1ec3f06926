"""Prometheus metrics of one process. No label bears anything that a caller wrote."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from api.service import Service

SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 8.0, 30.0)
METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"})


class Metrics:
    """What is counted and timed. Safe to use from several threads."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = self._counter("loket_requests", "Requests by route and status.", "method", "route", "status")
        self._request_seconds = self._histogram("loket_request_seconds", "From request to end of response.", "route")
        self._answers = self._counter("loket_answers", "Answers by status.", "status", "by")
        self._answer_seconds = self._histogram("loket_answer_seconds", "What the assistant took for an answer.")
        self._step_seconds = self._histogram("loket_step_seconds", "What each step of an answer took.", "step")
        self._feedback = self._counter("loket_feedback", "Feedback by verdict.", "verdict")

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

    def show(self) -> bytes:
        """All of it, in the text format."""
        return generate_latest(self.registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(name, told, labels, registry=self.registry)

    def _histogram(self, name: str, told: str, *labels: str) -> Histogram:
        return Histogram(name, told, labels, registry=self.registry, buckets=SECONDS)


class State(Collector):
    """How the service stands at the moment that it is asked."""

    def __init__(self, service: Service, clock: Callable[[], float] = time.time) -> None:
        self._service = service
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        """Gauges, read on the spot."""
        service, watch = self._service, self._service.watch
        snapshot = service.shelf.snapshot
        for name, told, value in (
            ("loket_answers_running", "Answers under way or waiting.", service.gate.taken),
            ("loket_answers_places", "How many may be.", service.gate.places),
            ("loket_conversations_hot", "Conversations in memory.", len(service.conversations)),
            ("loket_store_waiting", "Writes that the store has not done yet.", service.store.waiting),
            ("loket_store_dropped", "Writes that were given up since the start.", service.store.dropped),
            ("loket_closed", "1: no questions are answered.", watch.is_closed),
            ("loket_ready", "1: a snapshot is open.", snapshot is not None),
        ):
            yield GaugeMetricFamily(name, told, value=float(value))
        if snapshot is not None:
            age = self._clock() - snapshot.built_at.timestamp()
            yield GaugeMetricFamily("loket_snapshot_age_seconds", "Since the snapshot was built.", value=age)
        degraded = GaugeMetricFamily("loket_degraded", "1: this part works less well than it should.", labels=["part"])
        for part, is_so in service.degraded().items():
            degraded.add_metric([part], float(is_so))
        yield degraded
