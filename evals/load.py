"""Put `loket serve` under load over real HTTP: what it answers, how fast, what it refuses, and what it uses.

Run: python -m evals.load steady|streams|burst|soak [--index DIR] [--processes N] [--workers N] [--users N]
     [--seconds S] [--rate R] [--swap-seconds S] [--port P ...] [--json]

steady   users who each ask again as soon as they have an answer (or `--rate` questions a second, all together)
streams  users who each keep a stream open, and open the next one; who is refused comes back when he was told to
burst    users who all ask at one moment; after it, how soon a question is answered as fast as before
soak     as steady, while another snapshot is published every `--swap-seconds`

The service is started by this command, with a database of its own; it is asked the questions of the bundled cases.
With several processes every user keeps to one of them, as behind a balancer; several workers answer at one address.
With `--port` it is one that runs already, whose memory and processor time are not known. Exit code 1 where a question
was neither answered nor refused with when to come back.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from rich import box
from rich.console import Console
from rich.table import Table

from evals.case import load_cases
from evals.load_client import Reply, ask_at_once, ask_for, recovered_in
from evals.load_server import Samples, Service, started, swapping, twins
from evals.run import BUNDLED_CASES
from knowledge.errors import LoketError
from knowledge.records import Record


class Scenario(NamedTuple):
    """How many users, and for how long, where nothing else is said."""

    users: int
    seconds: float


SCENARIOS = {
    "steady": Scenario(10, 300.0),
    "streams": Scenario(300, 60.0),
    "burst": Scenario(500, 0.0),
    "soak": Scenario(10, 1800.0),
}
SAMPLE_SECONDS = 5.0
MEDIAN, AT_REST = 0.5, 0.1
USUAL_SECONDS = 3.0
"""How long a lone user asks who tells how fast an answer is when nobody else does."""
RECOVERY_SECONDS = 60.0
MB = 1e6


class LoadFigures(Record):
    """What came of a run. Milliseconds are of whole answers; what is None was not measured.

    `refused`: by 429 or 503 with when to come back; `errors`: all else that is no whole answer. `cpu_ms`: processor
    time an answer, of the service with all its processes and of the users. `memory_mb` and `open_files`: in each
    sixth of the run, the median, or in a soak what a tenth of the samples are at or below: a snapshot that is being
    opened stands beside the one that serves for as long as the machine makes it take, which is no growth. `drift`: by
    which share the memory grew from the second sixth, when all is warm, to the last. `machine_load`: the machine's own
    count of waiting work over the last minute, before and after.
    """

    scenario: str
    processes: int
    workers: int | None
    users: int
    seconds: float
    answers: int
    answers_per_second: float
    refused: int
    errors: int
    statuses: dict[str, int]
    p50_ms: float
    p95_ms: float
    most_ms: float
    cpu_ms: float | None = None
    users_cpu_ms: float
    memory_mb: tuple[int, ...] | None = None
    most_memory_mb: float | None = None
    drift: float | None = None
    open_files: tuple[int, ...] | None = None
    swaps: int | None = None
    recovered_seconds: float | None = None
    machine_load: tuple[float, float]


def main() -> None:
    """Run one scenario and print its figures."""
    arguments = _arguments()
    try:
        found = _run(arguments)
    except LoketError as error:
        print(f"load: {error}", file=sys.stderr)
        raise SystemExit(2) from error
    if arguments.json:
        print(found.model_dump_json(indent=1))
    else:
        table = Table("", found.scenario, box=box.SIMPLE)
        for name, value in found.model_dump(exclude={"scenario"}, exclude_none=True).items():
            table.add_row(name.replace("_", " "), str(value))
        Console().print(table)
    raise SystemExit(1 if found.errors else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", choices=SCENARIOS)
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index folder (default var/index)")
    parser.add_argument("--processes", type=int, default=1, help="processes that serve (default 1)")
    parser.add_argument("--workers", type=int, default=1, help="workers of each, at its one address (default 1)")
    parser.add_argument(
        "--port", type=int, action="append", help="port of a service that runs already; may be repeated"
    )
    parser.add_argument("--users", type=int, help="users at once (default: the scenario's own)")
    parser.add_argument("--seconds", type=float, help="how long they ask (default: the scenario's own)")
    parser.add_argument("--rate", type=float, default=0.0, help="questions a second, all together (default: no limit)")
    parser.add_argument("--swap-seconds", type=float, default=60.0, help="soak: how often a snapshot is published")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser.parse_args()


def _run(arguments: argparse.Namespace) -> LoadFigures:
    scenario = arguments.scenario
    users = arguments.users or SCENARIOS[scenario].users
    seconds = SCENARIOS[scenario].seconds if arguments.seconds is None else arguments.seconds
    questions = [case.question for file in sorted(BUNDLED_CASES.glob("*.jsonl")) for case in load_cases(file)]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        swapped: Sequence[str] = ()
        if arguments.port:
            service = Service(tuple(arguments.port))
        else:
            ids = twins(arguments.index, folder / "index")
            processes, workers = arguments.processes, arguments.workers
            service = stack.enter_context(started(folder / "index", folder / "served", processes, workers))
            if scenario == "soak":
                swapped = stack.enter_context(swapping(folder / "index", ids, arguments.swap_seconds))
        usual = _usual_seconds(service, questions)
        ask = partial(ask_for, service.ports, questions, users, seconds, rate=arguments.rate)
        work = {
            "steady": ask,
            "soak": ask,
            "streams": partial(ask, streams=True),
            "burst": partial(ask_at_once, service.ports, questions, users),
        }[scenario]
        share = AT_REST if scenario == "soak" else MEDIAN
        found = _measured(service, work, max(1.0, min(SAMPLE_SECONDS, seconds / 60)), share)
        if scenario == "burst":
            found["recovered_seconds"] = round(recovered_in(service.ports, questions, usual, RECOVERY_SECONDS), 1)
        found["swaps"] = len(swapped) if scenario == "soak" else None
        found["workers"] = None if arguments.port else arguments.workers
        return LoadFigures(scenario=scenario, processes=len(service.ports), users=users, **found)


def _usual_seconds(service: Service, questions: Sequence[str]) -> float:
    """How long an answer takes when nobody else asks; the median, after as many that nobody times."""
    replies = [reply for _ in range(2) for reply in ask_for(service.ports, questions, 1, USUAL_SECONDS)]
    return statistics.median(reply.seconds for reply in replies[len(replies) // 2 :])


def _measured(service: Service, work: Callable[[], list[Reply]], every_seconds: float, share: float) -> dict[str, Any]:
    """What came of the work, what it took of this process, and what the service used meanwhile."""
    samples, load, cpu, began = Samples(service), os.getloadavg()[0], time.process_time(), time.monotonic()
    with samples.every(every_seconds):
        replies = work()
        seconds = time.monotonic() - began
    answers = sum(reply.is_whole for reply in replies)
    milliseconds = sorted(reply.seconds * 1000 for reply in replies if reply.is_whole) or [0.0]
    return {
        "seconds": round(seconds, 1),
        "answers": answers,
        "answers_per_second": round(answers / seconds, 1),
        "refused": sum(reply.is_refusal for reply in replies),
        "errors": sum(reply.is_error for reply in replies),
        "statuses": dict(sorted(Counter(str(reply.status) for reply in replies).items())),
        "p50_ms": round(milliseconds[len(milliseconds) // 2]),
        "p95_ms": round(milliseconds[len(milliseconds) * 95 // 100]),
        "most_ms": round(milliseconds[-1]),
        "users_cpu_ms": round((time.process_time() - cpu) * 1000 / max(answers, 1), 1),
        "machine_load": (round(load, 1), round(os.getloadavg()[0], 1)),
        **(_used(samples, answers, share) if service.pids else {}),
    }


def _used(samples: Samples, answers: int, share: float) -> dict[str, Any]:
    memory = [each / MB for each in samples.sixths(lambda usage: usage.memory_bytes, share)]
    cpu_seconds = samples.taken[-1].cpu_seconds - samples.taken[0].cpu_seconds
    return {
        "cpu_ms": round(cpu_seconds * 1000 / max(answers, 1), 1),
        "memory_mb": tuple(map(round, memory)),
        "most_memory_mb": round(max(usage.memory_bytes for usage in samples.taken) / MB),
        "drift": round(memory[-1] / memory[1] - 1, 3),
        "open_files": tuple(map(int, samples.sixths(lambda usage: usage.files, share))),
    }


if __name__ == "__main__":
    main()
