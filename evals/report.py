"""A run of the suite as one HTML file, without scripts and without anything from elsewhere.

Run: python -m evals.report RUN [--against RUN] [--index DIR] [--out FILE] [--language nl|en]

RUN is a folder that `loket eval --out` wrote. Questions, answers and quotes are text from outside: the
template escapes them all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.turn import Answer
from evals import plots
from evals.case import Case, read_records
from evals.gaps import Gaps, find_gaps, from_answer
from evals.judge import Judgement
from evals.parts import Parts
from evals.report_tables import (
    FAMILIES,
    Row,
    Run,
    by,
    calibration,
    confusion,
    evidence_cited,
    halves,
    headline,
    kinds_before_after,
    pairs,
    part_figures,
    turned,
    worst,
)
from knowledge.errors import LoketError, UnreadableFile
from knowledge.on_file import OnFile, read_on_file

HERE = Path(__file__).parent
MOST_WORST = 30
MOST_GAPS = 12

CASES, ANSWERS, JUDGEMENTS, PARTS = "cases.jsonl", "answers.jsonl", "judgements.jsonl", "parts.jsonl"
SNAPSHOT = "snapshot.txt"
"""The files of a run's folder."""


def render(
    run: Run, *, earlier: Sequence[Judgement] | None = None, gaps: Gaps | None = None, language: str = "nl"
) -> str:
    """The report; `earlier`: the judgements of a run to compare with."""
    words = _words(language)
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = lambda value: f"{value * 100:.1f} %"
    environment.filters["reason"] = lambda judgement: _reason(judgement, words)
    rows, shown = run.rows, run.shown
    bad = worst(shown)
    content: dict[str, Any] = {
        "t": words,
        "language": language,
        "run": run,
        "policies": len({policy for row in rows for policy in row.parts.policies}),
        "headline": headline(run.judgements),
        "halves": halves(rows),
        "errors": sum(row.judgement.family == "error" for row in rows),
        "kinds": by(rows, lambda row: row.case.kind),
        "by_policy": by(rows, lambda row: _policy_of(row, words)),
        "parts": part_figures(run),
        "families": (*FAMILIES, "error"),
        "confusion": confusion(rows),
        "worst": bad[:MOST_WORST],
        "bad_count": len(bad),
        "evidence_cited": evidence_cited,
        "rows": shown,
        "held_out": len(rows) - len(shown),
        "gaps": gaps,
        "most_gaps": MOST_GAPS,
        "change": _change(run, earlier, words) if earlier is not None else None,
    }
    content["plots"] = _plots(run, content, words)
    return environment.get_template("report.html").render(content)


def _plots(run: Run, content: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Markup]:
    """The drawings; our own, so that they are not escaped: what they hold of a text, they escaped themselves."""
    latencies = sorted(judgement.latency_ms for judgement in run.judgements)
    lengths = sorted(float(each.words) for each in run.judgements if each.family == "answer")
    marks = {"p50": _quantile(latencies, 0.5), "p95": _quantile(latencies, 0.95)}
    drawn = {
        "kinds": plots.shares_plot("kinds", [(words[f"kind_{kind}"], row) for kind, row in content["kinds"]], words),
        "policies": plots.shares_plot("policies", content["by_policy"], words),
        "latency": plots.spread_plot("latency", latencies, marks, words["milliseconds"]),
    }
    if lengths:
        middle = {"p50": _quantile(lengths, 0.5)}
        drawn["length"] = plots.spread_plot("length", lengths, middle, words["words"])
    if bins := calibration(run.parts):
        labels = {"due": words["calibration_due"], "kept": words["calibration_kept"], "relevance": words["relevance"]}
        drawn["calibration"] = plots.calibration_plot("calibration", bins, labels)
    change = content["change"]
    if change and change["kinds"]:
        rows = [(words[f"kind_{kind}"], before, after) for kind, before, after in change["kinds"]]
        drawn["change"] = plots.before_after_plot("change", rows, (words["before"], words["after"]))
    return {name: Markup(drawing) for name, drawing in drawn.items()}  # noqa: S704  # see the docstring


def _change(run: Run, earlier: Sequence[Judgement], words: Mapping[str, str]) -> dict[str, Any]:
    better, worse = turned(earlier, [row.judgement for row in run.shown])
    shared = {each.case_id for each in earlier} & {each.case_id for each in run.judgements}
    return {
        "shared": len(shared),
        "pairs": pairs(earlier, run.judgements),
        "kinds": kinds_before_after(earlier, run.judgements),
        "turned": ((words["better"], better), (words["worse"], worse)),
    }


def _reason(judgement: Judgement, words: Mapping[str, str]) -> str:
    """Why an answer is not right; as it was written down where an earlier run does not tell it apart."""
    if judgement.fault is None:
        return judgement.reason
    done = judgement.fault.startswith("not_")
    return words[f"fault_{judgement.fault}"].format(detail=words[judgement.detail] if done else judgement.detail)


def _policy_of(row: Row, words: Mapping[str, str]) -> str:
    """The one policy that the evidence stands in, or that there are several, or none."""
    policies = row.parts.policies
    return policies[0] if len(policies) == 1 else words["several" if policies else "no_policy"]


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


@cache
def _words(language: str) -> dict[str, str]:
    content = yaml.safe_load((HERE / "report.yaml").read_text("utf-8"))
    return {name: said[language] for name, said in content.items()}


def gaps_of(run: Run, on_file: OnFile) -> Gaps:
    """What the run's questions show to lack in the policies; those held out stay out, as they are told in words."""
    asked = [from_answer(row.case.question, row.answer) for row in run.shown]
    return find_gaps(asked, on_file.texts, on_file.rules)


def read_run(folder: Path) -> Run:
    """The run in a folder. Raises UnreadableFile where a file is missing or is not of such a run."""
    cases = read_records(folder / CASES, Case, "case")
    answers = tuple(read_answers(folder, cases))
    judgements = read_judgements(folder)
    parts = read_records(folder / PARTS, Parts, "line of parts", key="case_id")
    if not len(cases) == len(judgements) == len(parts):
        raise UnreadableFile(f"{folder} is no whole run: its files are of other cases; run 'loket eval --out' again")
    snapshot = (folder / SNAPSHOT).read_text("utf-8").strip() if (folder / SNAPSHOT).is_file() else "-"
    return Run(cases, answers, judgements, parts, snapshot)


def read_answers(folder: Path, cases: Sequence[Case]) -> list[Answer]:
    """The answers of a run to `cases`. Raises UnreadableFile where the folder lacks one of them."""
    answers = {each.id: each for each in read_records(folder / ANSWERS, Answer, "answer")}
    if lacking := [case.id for case in cases if case.id not in answers]:
        raise UnreadableFile(
            f"{folder} is no whole run: it has no answer to {lacking[0]}; run 'loket eval --out' again"
        )
    return [answers[case.id] for case in cases]


def read_judgements(folder: Path) -> tuple[Judgement, ...]:
    """The judgements of a run. Raises UnreadableFile where the folder holds none."""
    return read_records(folder / JUDGEMENTS, Judgement, "judgement", key="case_id")


def main(arguments: list[str] | None = None) -> int:
    """Write the report of a run; 2 for a folder that is no run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, metavar="RUN")
    parser.add_argument("--against", type=Path, metavar="RUN")
    parser.add_argument("--index", type=Path, help="the index that was asked: the report then tells its gaps too")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: report.html in RUN")
    parser.add_argument("--language", choices=("nl", "en"), default="nl")
    given = parser.parse_args(arguments)
    try:
        run = read_run(given.run)
        earlier = read_judgements(given.against) if given.against else None
        gaps = gaps_of(run, read_on_file(given.index)) if given.index else None
    except LoketError as error:
        print(error, file=sys.stderr)
        return 2
    target = given.out or given.run / "report.html"
    target.write_text(render(run, earlier=earlier, gaps=gaps, language=given.language), "utf-8")
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
