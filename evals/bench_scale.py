"""Measure our own search over a large corpus: the bundled policies, varied until there are enough passages.

Run: python -m evals.bench_scale [--passages N] [--json]

A variant of a policy has words replaced by others of the same length, so that every offset stays right,
and an id of its own. That keeps lengths, tables and word frequencies as they are in real policies; it
says nothing about quality, which is why none is measured here.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path

import knowledge
from evals.case import load_cases
from evals.peers import peak_bytes
from evals.run import BUNDLED_CASES
from ingest.manifest import read_manifest
from ingest.parse import parse_policy
from ingest.sandbox import read_document
from knowledge.encoder import Encoder, open_encoder
from knowledge.records import Passage, Policy, PolicyText, Record, Span
from knowledge.search import Searcher
from knowledge.snapshot_build import build_snapshot, passage_input
from knowledge.thesaurus import load_thesaurus

POLICIES = Path(knowledge.__file__).parent / "policies"
PASSAGES = 100_000
REPLACED_SHARE = 0.5
"""Fewer, and hundreds of variants of a passage crowd together as no insurers' policies do; more, and it is no Dutch."""
SCOPED_POLICIES = 3
WORKERS = 2
ENCODED = 20_000
"""Passages that the encoding alone is timed with, at most."""
_WORD = re.compile(r"[^\W\d_]{4,}")


class ScaleFigures(Record):
    """A large index: seconds to build it, in all and by stage; megabytes of disk, and of memory at the peak.

    Milliseconds a question, over the policies of a scope and over all; passages that one and two
    processes encode in a second, without the index.
    """

    passages: int
    policies: int
    build_s: float
    stages_s: dict[str, float]
    index_mb: float
    memory_mb: float
    questions: int
    scoped_p50_ms: float
    scoped_p95_ms: float
    unscoped_p50_ms: float
    unscoped_p95_ms: float
    encoded_per_s: dict[int, float]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, a line each, or with --json as an object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=PASSAGES, help=f"passages in the index (default {PASSAGES})")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    given = parser.parse_args(arguments)
    figures = measure(given.passages, open_encoder())
    rates = {workers: encoding_rate(min(given.passages, ENCODED), workers) for workers in (1, WORKERS)}
    figures = figures.model_copy(update={"encoded_per_s": rates})
    print(figures.model_dump_json(indent=1) if given.json else lines(figures))


def measure(passages: int, encoder: Encoder, *, seed: int = 1) -> ScaleFigures:
    """Build an index of so many passages in a temporary folder and ask it the bundled questions.

    Raises:
        SnapshotError: the index cannot be built; `passages` below 1 is one reason.
    """
    texts = corpus(passages, seed)
    clock = _StageClock()
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        snapshot = build_snapshot(Path(folder) / "index", texts, encoder, progress=clock.hear)
        build_s = time.perf_counter() - started
        index_bytes = sum(file.stat().st_size for file in snapshot.folder.rglob("*") if file.is_file())
        searcher = Searcher(snapshot, encoder, load_thesaurus())
        questions = [case.question for file in sorted(BUNDLED_CASES.glob("*.jsonl")) for case in load_cases(file)]
        scopes = _scopes([text.policy.id for text in texts], len(questions), seed)
        scoped = _times(searcher, questions, scopes)
        unscoped = _times(searcher, questions, [()] * len(questions))
        memory_bytes = peak_bytes()
        snapshot.close()
    return ScaleFigures(
        passages=sum(len(text.passages) for text in texts),
        policies=len(texts),
        build_s=round(build_s, 1),
        stages_s=clock.seconds(),
        index_mb=round(index_bytes / 1e6, 1),
        memory_mb=round(memory_bytes / 1e6, 1),
        questions=len(questions),
        scoped_p50_ms=_share(scoped, 0.5),
        scoped_p95_ms=_share(scoped, 0.95),
        unscoped_p50_ms=_share(unscoped, 0.5),
        unscoped_p95_ms=_share(unscoped, 0.95),
        encoded_per_s={},
    )


def corpus(passages: int, seed: int = 1, share: float = REPLACED_SHARE) -> list[PolicyText]:
    """Variants of the bundled policies with exactly so many passages together; the same seed gives the same."""
    replacing = _Replacing(_originals(), random.Random(seed), share)  # noqa: S311  # a made-up corpus is no secret
    made: list[PolicyText] = []
    wanted = passages
    for number in count(1):
        for original in _originals():
            if wanted <= 0:
                return made
            made.append(_variant(original, number, replacing, wanted))
            wanted -= len(made[-1].passages)
    return made


@cache
def _originals() -> tuple[PolicyText, ...]:
    """The bundled policies after ingest; reading them takes longer than varying them."""
    return tuple(parse_policy(policy, read_document(POLICIES / policy.file)) for policy in read_manifest(POLICIES))


class _Replacing:
    """Replaces a share of the longer words by others of the same length from the same policies."""

    def __init__(self, texts: Sequence[PolicyText], choice: random.Random, share: float) -> None:
        self._choice, self._share = choice, share
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted({word for text in texts for word in _WORD.findall(text.text)}):
            self._by_length[len(word)].append(word)

    def __call__(self, text: str) -> str:
        return _WORD.sub(self._other, text)

    def _other(self, word: re.Match[str]) -> str:
        if self._choice.random() >= self._share:
            return word[0]
        return self._choice.choice(self._by_length.get(len(word[0]), [word[0]]))


def _variant(original: PolicyText, number: int, replacing: _Replacing, most: int) -> PolicyText:
    """The policy under another id, with other words, and its first `most` passages; its facts are left out."""
    policy = original.policy.model_copy(
        update={"id": f"v{number:04d}-{original.policy.id}", "insurer": f"{original.policy.insurer} {number}"}
    )
    text = replacing(original.text)
    headings = {heading: replacing(heading) for section in original.sections for heading in section.path}
    passages = tuple(
        _moved(passage, policy, text, headings, place)
        for place, passage in enumerate(islice(original.passages, most), start=1)
    )
    return original.model_copy(update={"policy": policy, "text": text, "passages": passages, "facts": ()})


def _moved(passage: Passage, policy: Policy, text: str, headings: Mapping[str, str], place: int) -> Passage:
    spans = (*passage.lead, Span(start=passage.start, end=passage.end))
    changed = {
        "id": f"{policy.id}#{place}",
        "policy_id": policy.id,
        "heading_path": tuple(headings.get(heading, heading) for heading in passage.heading_path),
        "text": "\n".join(text[span.start : span.end] for span in spans),
    }
    return passage.model_copy(update=changed)


def _scopes(policy_ids: Sequence[str], number: int, seed: int) -> list[tuple[str, ...]]:
    choice = random.Random(seed)  # noqa: S311  # which policies are searched is no secret
    return [tuple(choice.sample(policy_ids, min(SCOPED_POLICIES, len(policy_ids)))) for _ in range(number)]


def _times(searcher: Searcher, questions: Sequence[str], scopes: Sequence[Sequence[str]]) -> list[float]:
    """Milliseconds for each question, sorted, after one that warms up."""
    searcher.search(questions[0], policy_ids=scopes[0])
    times = []
    for question, scope in zip(questions, scopes, strict=True):
        started = time.perf_counter()
        searcher.search(question, policy_ids=scope)
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)


def _share(times: Sequence[float], share: float) -> float:
    return round(times[min(len(times) - 1, int(len(times) * share))], 2)


class _StageClock:
    """Adds up the time between one word of progress and the next, under what the first one said was begun."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = defaultdict(float)
        self._now: tuple[str, float] | None = None

    def hear(self, stage: str, done: int, total: int) -> None:
        """A build's `progress`. The index has few steps, each a leg: they are told apart."""
        now = time.perf_counter()
        if self._now is not None:
            self._spent[self._now[0]] += now - self._now[1]
        self._now = (f"{stage} {done + 1} of {total}" if stage == "index" and done < total else stage, now)

    def seconds(self) -> dict[str, float]:
        """Seconds by stage, in the order of the build; the last word ends it."""
        return {stage: round(seconds, 1) for stage, seconds in self._spent.items()}


def encoding_rate(passages: int, workers: int) -> float:
    """Passages a second that so many processes encode with the bundled encoder; their start is not counted."""
    inputs = [passage_input(text.policy, passage) for text in corpus(passages) for passage in text.passages]
    parts = list(_parts(inputs, workers))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_open_for_worker) as pool:
        list(pool.map(_encode, [["warm"]] * workers * 2))
        started = time.perf_counter()
        list(pool.map(_encode, parts))
        return round(len(inputs) / (time.perf_counter() - started), 1)


def _parts(inputs: Sequence[str], workers: int) -> Iterator[list[str]]:
    """Enough parts that no worker waits long for the other at the end."""
    size = max(1, len(inputs) // (workers * 10))
    for start in range(0, len(inputs), size):
        yield list(inputs[start : start + size])


_worker_encoder: list[Encoder] = []


def _open_for_worker() -> None:
    _worker_encoder.append(open_encoder())


def _encode(texts: list[str]) -> int:
    return len(_worker_encoder[0].encode_passages(texts))


def lines(figures: ScaleFigures) -> str:
    """The figures as text."""
    scoped = f"p50 {figures.scoped_p50_ms:7.2f} ms   p95 {figures.scoped_p95_ms:7.2f} ms"
    unscoped = f"p50 {figures.unscoped_p50_ms:7.2f} ms   p95 {figures.unscoped_p95_ms:7.2f} ms"
    said = [
        f"index                  {figures.passages} passages of {figures.policies} policies, {figures.index_mb:.0f} MB",
        f"build                  {figures.build_s:.1f} s",
        *(f"  {stage:20s} {seconds:.1f} s" for stage, seconds in figures.stages_s.items()),
        f"peak memory            {figures.memory_mb:.0f} MB",
        f"search, {SCOPED_POLICIES} policies     {scoped}",
        f"search, all policies   {unscoped}",
    ]
    for workers, rate in figures.encoded_per_s.items():
        said.append(f"encode, processes: {workers}   {rate:.0f} passages/s")
    return "\n".join(said)


if __name__ == "__main__":
    main()
