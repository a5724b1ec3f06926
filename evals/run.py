"""Run the evaluation suite: answer the cases, then judge the answers, of this run or of an earlier one.

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
from evals.report import ANSWERS, CASES, JUDGEMENTS, PARTS, SNAPSHOT, read_answers
from evals.report_tables import Run
from knowledge.records import Record

log = logging.getLogger("loket.eval")

HERE = Path(__file__).parent
BUNDLED_CASES = HERE / "cases"
THRESHOLDS = HERE / "thresholds.yaml"

Progress = Callable[[str, int, int], None]


class SuiteResult(Record):
    """The figures of a run: shares from 0 to 1, over all cases, per half and per kind; `below`: thresholds not met.

    `wrong` and `missed` name the cases of the development half only.
    """

    cases: int
    figures: dict[str, float]
    halves: dict[str, dict[str, float]]
    kinds: dict[str, dict[str, float]]
    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    below: tuple[str, ...]

    def table(self) -> str:
        """The figures as text, a line each."""
        lines = [f"{'kind':14s} {'n':>4s} correct  wrong missed  cited"]
        kinds = sorted(self.kinds.items(), key=lambda item: -item[1]["n"])
        lines += [_table_line(name, row) for name, row in (*kinds, *self.halves.items())]
        lines += [f"{name:22s} {value:.3f}" for name, value in self.figures.items()]
        return "\n".join([*lines, *self.wrong, *self.missed])


def _table_line(name: str, row: dict[str, float]) -> str:
    cited = f"{row['cited']:.2f}" if "cited" in row else "   -"
    return f"{name:14s} {row['n']:4.0f}    {row['correct']:.2f}   {row['wrong']:.2f}   {row['missed']:.2f}   {cited}"


def run_suite(
    assistant: Assistant,
    files: Sequence[Path] | None,
    out: Path | None,
    tell: Progress,
    *,
    answered: Path | None = None,
) -> tuple[SuiteResult, Run]:
    """Answer and judge the cases of `files` (None: the bundled ones); thresholds hold for the bundled ones only.

    `answered`: the folder of an earlier run whose answers are judged anew instead.
    Raises UnreadableFile where a file of cases, or the folder, is no use.
    """
    cases = [case for file in files or sorted(BUNDLED_CASES.glob("*.jsonl")) for case in load_cases(file)]
    answers = generate(assistant, cases, tell) if answered is None else read_answers(answered, cases)
    judgements = [judge(case, answer) for case, answer in zip(cases, answers, strict=True)]
    parts = measure_parts(assistant, cases, answers, tell)
    thresholds = yaml.safe_load(THRESHOLDS.read_text("utf-8")) if files is None else {}
    result = summarise(cases, judgements, thresholds)
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


def summarise(cases: Sequence[Case], judgements: Sequence[Judgement], thresholds: dict[str, float]) -> SuiteResult:
    """Figures over all judgements, per half and per kind.

    A threshold's name is a figure's, after the half where it is of one, and ends in `_least` or `_most`.
    """
    figures = _figures(judgements)
    latencies = sorted(j.latency_ms for j in judgements)
    figures |= {
        "uncited_answers": float(sum(j.uncited for j in judgements)),
        "errors": float(sum(j.family == "error" for j in judgements)),
        "mean_words": _mean(j.words for j in judgements if j.family == "answer"),
        "latency_ms_p50": latencies[len(latencies) // 2] if latencies else 0.0,
        "latency_ms_p95": latencies[int(len(latencies) * 0.95)] if latencies else 0.0,
    }
    halves = _figures_by([case.half for case in cases], judgements)
    of_halves = {f"{half}_{name}": value for half, row in halves.items() for name, value in row.items()}
    shown = [j for case, j in zip(cases, judgements, strict=True) if case.half == "development"]
    return SuiteResult(
        cases=len(judgements),
        figures=figures,
        halves=halves,
        kinds=_figures_by([case.kind for case in cases], judgements),
        wrong=tuple(f"wrong: {j.case_id}: {j.reason}" for j in shown if j.verdict == "wrong"),
        missed=tuple(f"missed: {j.case_id}: {j.reason}" for j in shown if j.verdict == "missed"),
        below=tuple(_below(figures | of_halves, thresholds)),
    )


def _figures_by(groups: Sequence[str], judgements: Sequence[Judgement]) -> dict[str, dict[str, float]]:
    """The figures of each group; `groups` tells of every judgement in which it is."""
    return {
        name: _figures([j for group, j in zip(groups, judgements, strict=True) if group == name])
        for name in dict.fromkeys(groups)
    }


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
