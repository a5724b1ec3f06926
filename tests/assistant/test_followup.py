"""Follow-ups: completed with the asker's question before them, and left alone when they stand on their own."""

from __future__ import annotations

import pytest

from assistant.followup import complete
from assistant.turn import HistoryTurn

FIRST = HistoryTurn(role="user", content="Wat is de tekendatum voor kraamzorg?")
REPLY = HistoryTurn(role="assistant", content="Dat is op een dag in november.")
SECOND = HistoryTurn(role="user", content="En hoeveel uur leveren wij?")
WHOLE = "Welke scholing vraagt u van medewerkers in een polikliniek voor voetzorg met eigen spreekuren?"


@pytest.mark.parametrize(
    "question",
    [
        "En het mailadres?",
        "Waarom?",
        "Kan dat ook telefonisch?",
        "Maar wat geldt er dan voor een praktijk met twee vestigingen en één eigenaar?",
        "And for pharmacies?",
        "Geldt dat voor iedere aanbieder in de regio, of alleen voor aanbieders met personeel?",
    ],
)
def test_a_question_that_goes_on_has_the_one_before_it_in_front(question: str) -> None:
    completed = complete(question, [FIRST, REPLY])
    assert completed.startswith(FIRST.content)
    assert completed.endswith(question)


def test_a_question_that_stands_on_its_own_stays_as_it_is() -> None:
    assert complete(WHOLE, [FIRST, REPLY]) == WHOLE


@pytest.mark.parametrize("history", [[], [REPLY], [REPLY, REPLY]])
@pytest.mark.parametrize("question", ["En het mailadres?", WHOLE, ""])
def test_without_an_earlier_question_nothing_is_put_in_front(question: str, history: list[HistoryTurn]) -> None:
    assert complete(question, history) == question


def test_it_is_the_askers_latest_question_that_is_gone_on_from() -> None:
    completed = complete("En waar?", [FIRST, REPLY, SECOND, REPLY])
    assert SECOND.content in completed
    assert REPLY.content not in completed
