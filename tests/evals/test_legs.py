"""Ranks, figures and paired differences by hand; which questions a trial may see."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.legs import Outcome, every_fifth, joined, main, read_other, reciprocal, table, without
from evals.paired import difference
from knowledge.bank import BankLine, QuestionBank, phrase_key
from knowledge.errors import BankError
from knowledge.fusion import LEGS

BANK = QuestionBank(
    (
        BankLine(policy_id="a", sections=("1",), key=("x",), questions=tuple(f"Vraag {n}?" for n in range(10))),
        BankLine(policy_id="b", sections=("1",), key=("x",), questions=("Alleen deze?",)),
    )
)


def outcome(fusion: list[int], other: list[int]) -> Outcome:
    systems = {system: np.array(other) for system in (*LEGS, "BM25 alone")}
    return Outcome("proef", systems | {"fusion": np.array(fusion)})


def test_figures_by_hand() -> None:
    figures = outcome([1, 5, 6, 0], [1, 1, 1, 1]).figures("fusion")
    assert figures == {"any@1": 0.25, "any@5": 0.5, "any@10": 0.75, "mrr": pytest.approx((1 + 1 / 5 + 1 / 6) / 4)}


def test_what_is_not_found_has_reciprocal_rank_nought() -> None:
    np.testing.assert_allclose(reciprocal(np.array([0, 1, 4])), [0, 1, 0.25])


def test_the_fusion_is_held_against_a_system_question_by_question() -> None:
    against = outcome([1] * 50 + [9] * 50, [9] * 100).against("vector")
    assert against["any@5"].mean == pytest.approx(0.5)
    assert against["any@5"].is_clear
    assert not outcome([1, 9], [9, 1]).against("vector")["any@5"].is_clear


@pytest.mark.parametrize(
    ("ours", "theirs", "mean", "clear"),
    [
        ([1.0], [1.0], 0.0, False),
        ([1.0] * 30, [0.0] * 30, 1.0, True),
        ([0.0] * 30, [1.0] * 30, -1.0, True),
        ([1.0, 0.0] * 20, [0.0, 1.0] * 20, 0.0, False),
    ],
)
def test_difference(ours: list[float], theirs: list[float], mean: float, clear: bool) -> None:
    found = difference(np.array(ours), np.array(theirs))
    assert found.mean == pytest.approx(mean)
    assert found.is_clear is clear
    assert str(found).endswith("*") is clear


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_a_difference_lies_in_its_interval_and_turns_with_its_sides(pairs: list[tuple[bool, bool]]) -> None:
    ours, theirs = (np.array(side, dtype=np.float64) for side in zip(*pairs, strict=True))
    one, other = difference(ours, theirs), difference(theirs, ours)
    assert one.low - 1e-9 <= one.mean <= one.high + 1e-9
    assert one.mean == pytest.approx(-other.mean)


@pytest.mark.parametrize(("ours", "theirs"), [([], []), ([1.0], [1.0, 0.0])])
def test_what_is_not_paired_is_refused(ours: list[float], theirs: list[float]) -> None:
    with pytest.raises(ValueError, match="no pairs"):
        difference(np.array(ours), np.array(theirs))


def test_questions_held_out_stand_in_no_bank() -> None:
    held_out = every_fifth(BANK)
    assert held_out == {phrase_key("Vraag 4?"), phrase_key("Vraag 9?")}
    left = without(BANK, held_out)
    assert not {phrase_key(question) for line in left.lines for question in line.questions} & held_out
    assert without(BANK, {phrase_key("ALLEEN deze?")}).policy_ids == ("a",)


def test_another_authors_questions_are_read(tmp_path: Path) -> None:
    file = tmp_path / "other.jsonl"
    file.write_text(json.dumps({"policy_id": "a", "questions": ["Één  vraag?"]}) + "\n", "utf-8")
    assert read_other(file) == {"een vraag?"}


@pytest.mark.parametrize("content", ["{", "[1]", '{"policy_id": "a"}', '{"questions": [1]}'])
def test_a_file_that_holds_no_questions_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "other.jsonl"
    file.write_text(content, "utf-8")
    with pytest.raises(BankError, match=r"other\.jsonl"):
        read_other(file)


def test_bad_input_is_one_line_and_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--policies", str(tmp_path / "nowhere")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_table_has_every_system_and_the_difference() -> None:
    text = table([joined("proef, open", [outcome([1, 1], [6, 6]), outcome([1], [0])])])
    assert "**proef, open** (3 questions)" in text
    assert all(f"| {system} |" in text for system in (*LEGS, "BM25 alone", "fusion"))
    assert "+1.000" in text
