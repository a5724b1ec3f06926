"""The made-up policies: their questions can be answered from them, and figures are of what was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.case import Case, load_cases
from evals.judge import Judgement
from evals.unseen import HALVES, QUESTIONS_FILE, Figures, folders
from ingest.pipeline import read_policies
from ingest.practice import pairs_of
from knowledge.dutch import words
from knowledge.thesaurus import load_insurers

ALL = [folder for half in (*HALVES, "pairs_only") for folder in folders(half)]
ASKED = [folder for half in HALVES for folder in folders(half)]


def _name(folder: Path) -> str:
    return folder.name


def _words(text: str) -> str:
    return f" {' '.join(words(text))} "


@pytest.mark.parametrize("folder", ALL, ids=_name)
def test_a_made_up_policy_is_of_no_insurer_that_there_is(folder: Path) -> None:
    (text,) = read_policies(folder)
    assert text.policy.id == folder.name
    assert text.passages
    assert not {text.policy.insurer, *text.policy.labels} & {*load_insurers(), "Caresq", "Zorg en Zekerheid"}


@pytest.mark.parametrize("folder", ALL, ids=_name)
def test_what_answers_a_question_stands_in_the_policy(folder: Path) -> None:
    (text,) = read_policies(folder)
    whole = _words(text.text)
    quotes = [quote for pair in pairs_of(folder) for quote in pair.quotes]
    if folder in ASKED:
        quotes += [each.quote for case in load_cases(folder / QUESTIONS_FILE) for each in case.evidence]
    assert quotes
    assert [quote for quote in quotes if _words(quote) not in whole] == []


@pytest.mark.parametrize("folder", ASKED, ids=_name)
def test_the_gold_answer_passes_its_own_case(folder: Path) -> None:
    cases = load_cases(folder / QUESTIONS_FILE)
    told = [case for case in cases if case.behaviour == "answer"]
    assert told
    assert [case.id for case in told if case.lacks(case.answer) or case.banned_in(case.answer)] == []


def _case(behaviour: str) -> Case:
    held = {"must": (("x",),), "evidence": ({"doc": "p", "quote": "x"},)} if behaviour == "answer" else {}
    case = {"id": "a", "lang": "nl", "kind": "fact", "today": "2026-01-01", "question": "x?", "answer": "x"}
    return Case.model_validate(case | held | {"behaviour": behaviour})


def _judged(verdict: str) -> Judgement:
    return Judgement.model_construct(verdict=verdict)


def test_figures_are_of_what_is_told_and_of_what_is_not_apart() -> None:
    cases = [_case("answer"), _case("answer"), _case("clarify"), _case("answer"), _case("abstain"), _case("abstain")]
    verdicts = [_judged(each) for each in ("correct", "wrong", "correct", "missed", "correct", "wrong")]
    assert Figures.of(cases, verdicts) == Figures(told=4, right=0.5, wrong=0.25, untold=2, silent=0.5)


def test_figures_of_nothing_are_nothing() -> None:
    assert Figures.of([], []) == Figures(told=0, right=0.0, wrong=0.0, untold=0, silent=0.0)
