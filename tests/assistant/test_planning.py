"""What a text says of acts: whether the asker has to do something by a day."""

from __future__ import annotations

import pytest

from assistant.planning import acts_of, asks_what_is_due


@pytest.mark.parametrize(
    ("question", "due"),
    [
        ("Wanneer moet het formulier binnen zijn?", True),
        ("Tegen welke dag moeten die stukken zijn ingeleverd?", True),
        ("Tegen welke dag moeten die stukken ingeleverd zijn?", True),
        ("By when does our practice have to submit the form?", True),
        ("Wanneer komt het formulier binnen?", False),
        ("Wanneer biedt u het contract aan?", False),
    ],
)
def test_what_the_asker_has_to_hand_in_is_due(question: str, due: bool) -> None:
    assert asks_what_is_due(question) is due


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Our agreement still lies here unsigned.", {"sign"}),
        ("De overeenkomst ligt hier ongetekend.", {"sign"}),
        ("The care finder does not show us.", {"publish"}),
        ("Wij moeten nog een enquête doen.", {"questionnaire"}),
        ("Who fills in the survey?", {"questionnaire"}),
        ("Tot en met welke dag loopt die?", {"end"}),
        ("Tot en met welke dag zijn ze open?", set()),
        ("The design of the room.", set()),
        ("Their finder's fee.", set()),
    ],
)
def test_the_acts_that_a_text_names(text: str, acts: set[str]) -> None:
    assert acts_of(text) == acts
