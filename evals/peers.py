"""Measure our own search beside its peers: the same policies, questions, machine and run.

Run: python -m evals.peers --policies DIR --cases CASES.jsonl [--json]

Each system runs in a process of its own, so that its memory is its own. An evidence quote is found by a
result of the same policy that holds at least 90 % of the quote's words within its first 1,500 characters.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean

from evals.bench_systems import SYSTEMS, Found
from evals.case import Case, Evidence, load_cases
from knowledge.errors import LoketError
from knowledge.records import Record

READ_CHARACTERS = 1500
FOUND_SHARE = 0.9
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "ANONYMIZED_TELEMETRY": "False",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "false",
    "TQDM_DISABLE": "1",
}
"""Libraries read these when they are imported: nothing is asked of, or told to, the network; no progress is drawn."""


class Scores(Record):
    """Shares from 0 to 1 over the questions: some evidence in the first k, all of it, mean reciprocal first rank."""

    any_at_1: float
    any_at_5: float
    any_at_10: float
    all_at_5: float
    mrr: float


class Measured(Record):
    """What one system did.

    Seconds to import its libraries and open its model (`start_s`), and from files to a searchable
    index (`ingest_s`); milliseconds a question; megabytes (10^6 bytes) that its process grew at its peak.
    """

    scores: Scores
    questions: int
    p50_ms: float
    p95_ms: float
    start_s: float
    ingest_s: float
    passages: int
    passages_per_s: float
    memory_mb: float


class Row(Record):
    """A line of the table; `measured` None: the packages `absent` are not installed."""

    system: str
    title: str
    absent: tuple[str, ...] = ()
    measured: Measured | None = None


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, or with --json the same figures; exits with the reason where a file is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policies", type=Path, required=True, help="folder of policies with a manifest.yaml")
    parser.add_argument(
        "--cases", type=Path, required=True, nargs="+", help="questions with evidence, a JSON line each"
    )
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS), help="only these (all)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    try:
        rows = [compare(name, given.policies, given.cases) for name in given.systems]
    except LoketError as error:
        sys.exit(str(error))
    print(json.dumps([row.model_dump() for row in rows], indent=1) if given.json else table(rows))


def compare(name: str, policies: Path, cases: Sequence[Path]) -> Row:
    """The line of one system, measured in a new process.

    Raises:
        LoketError: the policies or the cases are wrong.
    """
    listed = SYSTEMS[name]
    if listed.absent:
        return Row(system=name, title=listed.title, absent=listed.absent)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_keep_quiet) as child:
        measured = child.submit(measure, name, policies, tuple(cases)).result()
    return Row(system=name, title=listed.title, measured=measured)


def _keep_quiet() -> None:
    os.environ.update(QUIET)
    logging.disable(logging.WARNING)


def measure(name: str, policies: Path, files: Sequence[Path]) -> Measured:
    """Build the system's index in a temporary folder and ask it every question that has evidence to find.

    Raises:
        LoketError: the policies or the cases are wrong, or no case is due an answer.
    """
    cases = [case for file in files for case in load_cases(file) if case.evidence and case.behaviour == "answer"]
    if not cases:
        raise LoketError("no case has evidence to find; give a file of curated cases")
    before = _resident_bytes()
    started = time.perf_counter()
    system = SYSTEMS[name].make()
    opened = time.perf_counter()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        passages = system.build(policies, Path(folder))
        built = time.perf_counter()
        system.search(cases[0])  # the first question pays for what is loaded late
        found, times = [], []
        for case in cases:
            asked = time.perf_counter()
            found.append(system.search(case))
            times.append((time.perf_counter() - asked) * 1000)
    times.sort()
    return Measured(
        scores=score(cases, found),
        questions=len(cases),
        p50_ms=round(times[len(times) // 2], 2),
        p95_ms=round(times[int(len(times) * 0.95)], 2),
        start_s=round(opened - started, 2),
        ingest_s=round(built - opened, 2),
        passages=passages,
        passages_per_s=round(passages / (built - opened), 1),
        memory_mb=round((peak_bytes() - before) / 1e6, 1),
    )


def score(cases: Sequence[Case], found: Sequence[Sequence[Found]]) -> Scores:
    """What the results (best first, a row a case) are worth; at least one case, each with evidence."""
    ranks = [
        [_rank(evidence, results) for evidence in case.evidence] for case, results in zip(cases, found, strict=True)
    ]

    def share(k: int, *, whole: bool = False) -> float:
        within = [[rank is not None and rank <= k for rank in row] for row in ranks]
        return fmean(all(row) if whole else any(row) for row in within)

    first = [min((rank for rank in row if rank is not None), default=None) for row in ranks]
    return Scores(
        any_at_1=share(1),
        any_at_5=share(5),
        any_at_10=share(10),
        all_at_5=share(5, whole=True),
        mrr=fmean(1 / rank if rank is not None else 0.0 for rank in first),
    )


def _rank(evidence: Evidence, results: Sequence[Found]) -> int | None:
    """The rank, from 1, of the first result that holds the quote."""
    due = _words(evidence.quote)
    for rank, result in enumerate(results, start=1):
        held = due & _words(result.text[:READ_CHARACTERS])
        if result.policy_id == evidence.doc and len(held) >= FOUND_SHARE * len(due):
            return rank
    return None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown."""
    heads = ["system", "any@1", "any@5", "any@10", "all@5", "MRR", "p50 ms", "p95 ms", "start s", "ingest s"]
    heads += ["passages", "passages/s", "memory MB"]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for row in rows:
        if row.measured is None:
            lines.append([row.title, f"not installed ({', '.join(row.absent)})", *[""] * (len(heads) - 2)])
            continue
        one = row.measured
        shares = (one.scores.any_at_1, one.scores.any_at_5, one.scores.any_at_10, one.scores.all_at_5, one.scores.mrr)
        figures = [f"{value:.3f}" for value in shares] + [f"{value:.1f}" for value in (one.p50_ms, one.p95_ms)]
        figures += [f"{value:.2f}" for value in (one.start_s, one.ingest_s)]
        figures += [str(one.passages), f"{one.passages_per_s:.0f}", f"{one.memory_mb:.0f}"]
        lines.append([row.title, *figures])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def peak_bytes() -> int:
    """The most memory that this process held so far, in bytes.

    The kernel's own mark counts from the program's start; `getrusage` also counts what the parent held when
    it made this process, and stands in where there is no such mark.
    """
    marked = _status_bytes("VmHWM")
    return marked or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _resident_bytes() -> int:
    return _status_bytes("VmRSS") or peak_bytes()


def _status_bytes(name: str) -> int:
    """A figure of this process that Linux keeps; 0 elsewhere."""
    status = Path("/proc/self/status")
    line = re.search(rf"(?m)^{name}:\s+(\d+) kB$", status.read_text("utf-8")) if status.is_file() else None
    return int(line[1]) * 1024 if line else 0


if __name__ == "__main__":
    main()
