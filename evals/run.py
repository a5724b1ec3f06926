"""Run the evaluation suite: answer the cases, then judge the answers; each can be done again alone.

`answers.jsonl` in the output folder holds what was answered, `scores.json` what that was worth, `parts.jsonl` its
parts; `evals.report` makes a page of them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean

import yaml

from assistant.answer import Assistant
from assistant.outcomes import sentence
from assistant.turn import Answer, HistoryTurn
from evals.case import Case, load_cases
from evals.judge import Judgement, judge
from evals.parts import FOUND_AMONG, Parts, measure
from evals.report import ANSWERS, CASES, JUDGEMENTS, PARTS, SNAPSHOT
from evals.report_tables import Run
from knowledge.records import Record

log = logging.getLogger("loket.eval")

HERE = Path(__file__).parent
BUNDLED_CASES = HERE / "cases"
THRESHOLDS = HERE / "thresholds.yaml"

Progress = Callable[[str, int, int], None]


class SuiteResult(Record):
    """The figures of a run: shares from 0 to 1, over all cases and per kind; `below`: thresholds not met."""

    cases: int
    figures: dict[str, float]
    kinds: dict[str, dict[str, float]]
    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    below: tuple[str, ...]

    def table(self) -> str:
        """The figures as text, a line each."""
        lines = [f"{'kind':14s} {'n':>4s} correct  wrong missed  cited"]
        for kind, row in sorted(self.kinds.items(), key=lambda item: -item[1]["n"]):
            cited = f"{row['cited']:.2f}" if "cited" in row else "   -"
            lines.append(
                f"{kind:14s} {row['n']:4.0f}    {row['correct']:.2f}   {row['wrong']:.2f}"
                f"   {row['missed']:.2f}   {cited}"
            )
        lines += [f"{name:22s} {value:.3f}" for name, value in self.figures.items()]
        return "\n".join([*lines, *self.wrong, *self.missed])


def run_suite(
    assistant: Assistant, files: Sequence[Path] | None, out: Path | None, tell: Progress
) -> tuple[SuiteResult, Run]:
    """Answer and judge the cases of `files` (None: the bundled ones); thresholds hold for the bundled ones only."""
    cases = [case for file in files or sorted(BUNDLED_CASES.glob("*.jsonl")) for case in load_cases(file)]
    answers = generate(assistant, cases, tell)
    judgements = [judge(case, answer) for case, answer in zip(cases, answers, strict=True)]
    parts = measure_parts(assistant, cases, answers, tell)
    thresholds = yaml.safe_load(THRESHOLDS.read_text("utf-8")) if files is None else {}
    result = summarise(judgements, thresholds)
    run = Run(tuple(cases), tuple(answers), tuple(judgements), tuple(parts), assistant.snapshot.id)
    if out is not None:
        write_run(out, run)
        (out / "scores.json").write_text(result.model_dump_json(indent=1), "utf-8")
    return result, run


def write_run(out: Path, run: Run) -> None:
    """Write a run into a folder, where `evals.report` reads it."""
    out.mkdir(parents=True, exist_ok=True)
    files = {CASES: run.cases, ANSWERS: run.answers, JUDGEMENTS: run.judgements, PARTS: run.parts}
    for name, records in files.items():
        _write_lines(out / name, (record.model_dump(mode="json") for record in records))
    (out / SNAPSHOT).write_text(f"{run.snapshot}\n", "utf-8")


def measure_parts(
    assistant: Assistant, cases: Sequence[Case], answers: Sequence[Answer], tell: Progress
) -> list[Parts]:
    """The parts of every answer; each question is searched for apart."""
    parts = []
    for number, (case, answer) in enumerate(zip(cases, answers, strict=True)):
        tell("onderdelen meten", number, len(cases))
        history = [HistoryTurn(role=turn.role, content=turn.content) for turn in case.history]
        try:
            results = assistant.search(case.question, k=FOUND_AMONG, history=history)
        except Exception:
            # As with an answer: one crash is this case's, and a search that crashed found nothing.
            log.exception("the search for %s failed", case.id)
            results = []
        parts.append(measure(case, answer, results))
    return parts


def generate(assistant: Assistant, cases: Sequence[Case], tell: Progress) -> list[Answer]:
    """The answer to every case. What is gold (scope, answer, evidence) is not shown to the assistant."""
    answers = []
    for number, case in enumerate(cases):
        tell("vragen beantwoorden", number, len(cases))
        history = [HistoryTurn(role=turn.role, content=turn.content) for turn in case.history]
        try:
            answer = assistant.answer(case.question, today=case.today, history=history)
        except Exception as error:  # noqa: BLE001  # a crash is a failure of this case, not of the run
            text = f"{sentence('error_internal', case.lang)} ({type(error).__name__}: {error})"
            answer = Answer(status="error_internal", language=case.lang, text=text, today=case.today)
        answers.append(answer.model_copy(update={"id": case.id}))
    return answers


def summarise(judgements: Sequence[Judgement], thresholds: dict[str, float]) -> SuiteResult:
    """Figures over all judgements and per kind. A threshold's name ends in `_least` or `_most`."""
    figures = _figures(judgements)
    latencies = sorted(j.latency_ms for j in judgements)
    figures |= {
        "uncited_answers": float(sum(j.uncited for j in judgements)),
        "errors": float(sum(j.family == "error" for j in judgements)),
        "mean_words": _mean(j.words for j in judgements if j.family == "answer"),
        "latency_ms_p50": latencies[len(latencies) // 2] if latencies else 0.0,
        "latency_ms_p95": latencies[int(len(latencies) * 0.95)] if latencies else 0.0,
    }
    kinds = {
        kind: _figures([j for j in judgements if j.kind == kind]) for kind in dict.fromkeys(j.kind for j in judgements)
    }
    return SuiteResult(
        cases=len(judgements),
        figures=figures,
        kinds=kinds,
        wrong=tuple(f"wrong: {j.case_id}: {j.reason}" for j in judgements if j.verdict == "wrong"),
        missed=tuple(f"missed: {j.case_id}: {j.reason}" for j in judgements if j.verdict == "missed"),
        below=tuple(_below(figures, thresholds)),
    )


def _figures(judgements: Sequence[Judgement]) -> dict[str, float]:
    row = {"n": float(len(judgements))}
    row |= {verdict: _mean(j.verdict == verdict for j in judgements) for verdict in ("correct", "wrong", "missed")}
    cited = [j.cited_share for j in judgements if j.cited_share is not None]
    return row | ({"cited": fmean(cited)} if cited else {})


def _below(figures: dict[str, float], thresholds: dict[str, float]) -> Iterable[str]:
    for name, bound in thresholds.items():
        figure, _, side = name.rpartition("_")
        value = figures[figure]
        if (side == "least" and value < bound) or (side == "most" and value > bound):
            yield f"{figure} is {value:.3f}, wanted at {side} {bound}"


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return fmean(listed) if listed else 0.0


def _write_lines(path: Path, records: Iterable[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
