"""A run of the suite: a crash, of an answer or of a search, is a failure of its case and not of the run."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.turn import Answer
from evals.judge import judge
from evals.report import gaps_of, read_run, render
from evals.run import run_suite, summarise
from knowledge.errors import UnreadableFile
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


class Silent(Failing):
    """Fails whoever asks it something."""

    def answer(self, question: str, **_: Any) -> Answer:
        raise AssertionError("nothing is to be asked")


def test_answers_are_judged_anew_without_asking(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text(f"{case('goed').model_dump_json()}\n", "utf-8")
    run_suite(Failing(), [file], tmp_path / "out", lambda *_: None)  # type: ignore[arg-type]
    file.write_text(f"{case('goed', must=[['tien uur']]).model_dump_json()}\n", "utf-8")
    result, _ = run_suite(Silent(), [file], None, lambda *_: None, answered=tmp_path / "out")  # type: ignore[arg-type]
    assert result.wrong == ("wrong: goed: lacks tien uur",)
    file.write_text(f"{case('nieuw').model_dump_json()}\n", "utf-8")
    with pytest.raises(UnreadableFile, match="no answer to nieuw"):
        run_suite(Silent(), [file], None, lambda *_: None, answered=tmp_path / "out")  # type: ignore[arg-type]


def test_of_the_held_out_half_only_figures_are_told(tmp_path: Path) -> None:
    wrong = {"question": "Staat dit geheim ergens?", "must": [["elf uur"]]}
    cases = [case("open", must=[["tien uur"]]), case("dicht", half="held_out", **wrong), case("goed")]
    file = tmp_path / "own.jsonl"
    file.write_text("".join(f"{each.model_dump_json()}\n" for each in cases), "utf-8")
    result, run = run_suite(Failing(), [file], tmp_path / "out", lambda *_: None)  # type: ignore[arg-type]
    assert {half: (row["n"], row["wrong"]) for half, row in result.halves.items()} == {
        "development": (2.0, 0.5),
        "held_out": (1.0, 1.0),
    }
    assert (result.wrong, result.figures["n"]) == (("wrong: open: lacks tien uur",), 3.0)
    earlier = [each.model_copy(update={"verdict": "correct"}) for each in run.judgements]
    page = render(run, earlier=earlier, gaps=gaps_of(run, SimpleNamespace(texts={}, rules={})))  # type: ignore[arg-type]
    assert "achtergehouden" in page
    assert "mist tien uur" in page
    assert not any(told in page for told in ("geheim", "elf uur", "dicht</td>", ">dicht"))


@pytest.mark.parametrize(
    ("thresholds", "below"),
    [
        ({"correct_least": 0.5, "errors_most": 0, "held_out_correct_least": 0.0}, ()),
        ({"correct_least": 0.6}, ("correct is 0.500, wanted at least 0.6",)),
        ({"held_out_wrong_most": 0.9}, ("held_out_wrong is 1.000, wanted at most 0.9",)),
        ({"development_correct_least": 1.0}, ()),
    ],
)
def test_thresholds_hold_for_all_cases_or_for_a_half(thresholds: dict[str, float], below: tuple[str, ...]) -> None:
    cases = [case("goed"), case("dicht", half="held_out", must=[["elf uur"]])]
    judgements = [judge(each, answer()) for each in cases]
    assert summarise(cases, judgements, thresholds).below == below
