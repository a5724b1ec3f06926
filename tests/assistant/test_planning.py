"""What a text says of acts: whether the asker has to do something by a day."""

from __future__ import annotations

import pytest

from assistant.planning import asks_what_is_due


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
