"""A day counted off from a planned one: asked for, told in a sentence, and only from the day that the policy tells."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.counted_off import counted_off
from assistant.turn import Language

DAY = dt.date(2026, 11, 7)


@pytest.mark.parametrize(
    ("question", "language", "told"),
    [
        ("Welke dag is twee weken voor de uiterste tekendatum?", "nl", "zaterdag 24 oktober 2026"),
        ("Wanneer is het 1 dag na de deadline?", "nl", "zondag 8 november 2026"),
        ("Op welke datum is het vijf werkdagen voor de tekendatum?", "nl", "maandag 2 november 2026"),
        ("Wanneer is het een maand voor de laatste dag?", "nl", "woensdag 7 oktober 2026"),
        ("Which day is three days before the deadline?", "en", "Wednesday 4 November 2026"),
        ("Wanneer moeten we tekenen?", "nl", ""),
        ("Wanneer is het twee weken na ontvangst?", "nl", ""),
        ("Wij tekenden twee weken voor de deadline, wie mailt u?", "nl", ""),
        ("Wanneer is het binnen twee weken na de deadline?", "nl", ""),
    ],
)
def test_what_is_counted_off_from_the_planned_day(question: str, language: Language, told: str) -> None:
    said = counted_off(question, DAY, language)
    assert said.endswith(f" {told}.") if told else not said


def test_of_no_day_nothing_is_counted_off() -> None:
    assert counted_off("Welke dag is twee weken voor de tekendatum?", None, "nl") == ""
