"""Perturbed questions, and the shares of them that search still answers."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from evals import robustness
from evals.robustness import (
    MOST_ERRORS,
    Asked,
    in_capitals,
    measure,
    mistyped,
    read_bank,
    shuffled,
    table,
    without_accents,
)
from knowledge.errors import UnreadableFile
from knowledge.search import SearchResult

LINE = {
    "sections": ["2 Tarief"],
    "key": ["een vast bedrag"],
    "questions": ["Wat is het tarief?", "Is het bedrag vast?"],
}


def passage(text: str, policy_id: str = "noord", section: str = "2 Tarief") -> SearchResult:
    return SearchResult(
        rank=1,
        policy_id=policy_id,
        section=section,
        heading_path=(section,),
        page=None,
        text=text,
        passage_id="p",
        relevance=1.0,
        leg_ranks={},
    )


def asked(text: str) -> Asked:
    return Asked(text, "noord", frozenset({"2 Tarief"}), ("een vast bedrag", "Patiënt"))


@given(st.text(max_size=80), st.integers(0, 99))
def test_typing_errors_are_few_and_the_same_for_one_seed(question: str, seed: int) -> None:
    typed = mistyped(question, random.Random(seed))
    assert typed == mistyped(question, random.Random(seed))
    assert OSA.distance(question, typed) <= MOST_ERRORS
    assert [len(token.split()) for token in typed.split(" ")] == [len(token.split()) for token in question.split(" ")]


@pytest.mark.parametrize(
    ("question", "errors"),
    [("Wat is het tarief?", 1), ("Welke zorgaanbieders kunnen tekenen", 2), ("Geldt de overeenkomst ook " * 4, 3)],
)
def test_longer_questions_get_more_errors(question: str, errors: int) -> None:
    for seed in range(30):
        changed = zip(question.split(), mistyped(question, random.Random(seed)).split(), strict=True)
        assert sum(one != other for one, other in changed) <= errors
    assert mistyped(question, random.Random(3)) != question


@pytest.mark.parametrize(
    "question", ["", "12345678 1-1-2027", "hoe is dit", "post@zorg.nl www.zorg.nl/tarief bijlage2"]
)
def test_numbers_addresses_and_short_words_get_no_errors(question: str) -> None:
    assert {mistyped(question, random.Random(seed)) for seed in range(20)} == {question}


def test_the_other_perturbations() -> None:
    chance = random.Random(1)
    assert without_accents("Patiënt in Één jaar", chance) == "patient in een jaar"
    assert in_capitals("Patiënt", chance) == "PATIËNT"
    assert sorted(shuffled("een twee drie vier", chance).split()) == ["drie", "een", "twee", "vier"]


@pytest.mark.parametrize(
    ("result", "answers"),
    [
        (passage("Elke patient krijgt een  vast\nBEDRAG."), True),
        (passage("Elke patient krijgt een bedrag."), False),
        (passage("Elke patient krijgt een vast bedrag.", policy_id="zuid"), False),
        (passage("Elke patient krijgt een vast bedrag.", section="3 Duur"), False),
    ],
)
def test_a_passage_answers_with_every_key_phrase(result: SearchResult, *, answers: bool) -> None:
    assert asked("?").is_answered_by(result) is answers


def test_the_shares() -> None:
    right, wrong = passage("Een vast bedrag per patiënt."), passage("Niets.")

    def search(query: str) -> list[SearchResult]:
        if query.isupper():
            return []
        return [*[wrong] * (5 if "zes" in query else 4), right]

    figures = {row.name: row for row in measure(search, [asked("Wat is dat"), asked("Op plaats zes")], seed=1)}
    assert (figures["as typed"].stays, figures["as typed"].found) == (1.0, 0.5)
    assert (figures["words reordered"].stays, figures["words reordered"].found) == (1.0, 0.5)
    assert (figures["in capitals"].stays, figures["in capitals"].found) == (0.0, 0.0)
    assert "words reordered" in table(figures.values(), 2)


def test_nothing_to_measure() -> None:
    assert all((row.stays, row.found) == (0.0, 0.0) for row in measure(lambda _: [], [], seed=1))


def test_read_bank(tmp_path: Path) -> None:
    (tmp_path / "noord.jsonl").write_text(json.dumps(LINE) + "\n\n", "utf-8")
    found = read_bank(tmp_path)
    assert [question.text for question in found] == LINE["questions"]
    assert {(question.policy_id, question.sections, question.key) for question in found} == {
        ("noord", frozenset({"2 Tarief"}), ("een vast bedrag",))
    }


@pytest.mark.parametrize("line", ["{", '{"sections": []}', "[]", '{"sections": 1, "key": [], "questions": []}'])
def test_a_line_that_is_none_of_a_bank(tmp_path: Path, line: str) -> None:
    (tmp_path / "noord.jsonl").write_text(json.dumps(LINE) + "\n" + line, "utf-8")
    with pytest.raises(UnreadableFile, match=r"noord\.jsonl:2"):
        read_bank(tmp_path)


def test_a_folder_without_a_bank(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert robustness.main(["--index", str(tmp_path), "--questions", str(tmp_path)]) == 2
    assert "no question bank" in capsys.readouterr().err
