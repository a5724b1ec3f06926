"""A run of the suite: a crash, of an answer or of a search, is a failure of its case and not of the run."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.turn import Answer
from evals.report import read_run
from evals.run import run_suite
from knowledge.search import SearchResult
from tests.evals.test_report import DAY, answer, case, found


class Failing:
    """Answers and searches, but not for a question with "kapot" in it."""

    snapshot = SimpleNamespace(id="snap-1")

    def answer(self, question: str, **_: Any) -> Answer:
        if "kapot" in question:
            raise RuntimeError("it broke")
        return answer()

    def search(self, question: str, **_: Any) -> list[SearchResult]:
        if "kapot" in question:
            raise RuntimeError("it broke as well")
        return [found()]


def test_a_crash_is_a_failure_of_its_case(tmp_path: Path) -> None:
    cases = [case("goed"), case("stuk", question="Is dit kapot?")]
    file = tmp_path / "own.jsonl"
    file.write_text("".join(f"{each.model_dump_json()}\n" for each in cases), "utf-8")
    result, run = run_suite(Failing(), [file], tmp_path / "out", lambda *_: None)  # type: ignore[arg-type]
    assert (result.cases, result.figures["errors"], result.figures["correct"]) == (2, 1.0, 0.5)
    assert result.below == (), "thresholds are those of the bundled cases"
    assert [each.found_any for each in run.parts] == [True, False]
    assert "RuntimeError" in run.answers[1].text
    assert read_run(tmp_path / "out") == run
    assert json.loads((tmp_path / "out" / "scores.json").read_text("utf-8"))["cases"] == 2
    assert run.answers[0].today == DAY
