"""Perturbed questions, and the shares of them that search still answers."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from evals.robustness import (
    MOST_ERRORS,
    Asked,
    in_capitals,
    main,
    measure,
    mistyped,
    shuffled,
    table,
    without_accents,
)


def asked(text: str) -> Asked:
    return Asked(text, frozenset({"noord:0002", "noord:0007"}))


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


def test_the_shares() -> None:
    def search(query: str) -> list[str]:
        if query.isupper():
            return []
        return [*["noord:0001"] * (5 if "zes" in query else 4), "noord:0007"]

    figures = {row.name: row for row in measure(search, [asked("Wat is dat"), asked("Op plaats zes")], seed=1)}
    assert (figures["as typed"].stays, figures["as typed"].found) == (1.0, 0.5)
    assert (figures["words reordered"].stays, figures["words reordered"].found) == (1.0, 0.5)
    assert (figures["in capitals"].stays, figures["in capitals"].found) == (0.0, 0.0)
    assert "words reordered" in table(figures.values(), 2)


def test_nothing_to_measure() -> None:
    assert all((row.stays, row.found) == (0.0, 0.0) for row in measure(lambda _: [], [], seed=1))


@pytest.mark.parametrize("bank", [None, "{", '{"policy_id": "a"}'])
def test_what_cannot_be_read_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bank: str | None
) -> None:
    given = ["--policies", str(tmp_path)]
    if bank is not None:
        (tmp_path / "bank.jsonl").write_text(bank, "utf-8")
        given += ["--bank", str(tmp_path / "bank.jsonl")]
    assert main(given) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
