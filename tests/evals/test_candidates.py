"""Candidate cases: whole, about what was settled, and known by what the question does not say itself."""

from __future__ import annotations

import datetime as dt

import pytest

from evals.candidates import Settled, candidate
from ingest.pipeline import read_policies
from knowledge.records import PolicyText
from tests.next_edition import FOLDER

DAY = dt.date(2026, 9, 1)
PHARMACY = "caresq-farmacie-2027"


@pytest.fixture(scope="module")
def texts() -> dict[str, PolicyText]:
    return {text.policy.id: text for text in read_policies(FOLDER)}


@pytest.mark.parametrize(
    ("words", "question", "answer", "must"),
    [
        ("binnen 5 werkdagen", "Hoe snel reageert Caresq op mijn e-mail?", "", ("5 werkdagen",)),
        ("Postbus 2705", "Naar welk postadres kan mijn brief?", "", ("Postbus 2705",)),
        (
            "Wie spoedeisende",
            "Welk contract krijgt een dienstapotheek?",
            "De basisovereenkomst Farmaceutische Zorg. [1]",
            ("basisovereenkomst", "Farmaceutische", "Zorg"),
        ),
        ("binnen 5 werkdagen", "Reageert Caresq binnen 5 werkdagen?", "Binnen 5 werkdagen. [1]", ()),
    ],
)
def test_a_settled_question_becomes_a_case(
    texts: dict[str, PolicyText], words: str, question: str, answer: str, must: tuple[str, ...]
) -> None:
    passage = next(each for each in texts[PHARMACY].passages if words in each.text)
    case = candidate(Settled("review-1", question, DAY, (passage,), answer), texts)
    if not must:
        assert case is None
        return
    assert case is not None
    assert [group[0] for group in case.must] == list(must)
    assert (case.lacks(case.answer), case.lacks(question) == case.must) == ((), True)
    assert (case.evidence[0].doc, words in case.evidence[0].quote) == (PHARMACY, True)
    assert (case.behaviour, case.today, case.lang) == ("answer", DAY, "nl")
