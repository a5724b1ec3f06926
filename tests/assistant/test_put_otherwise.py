"""A figure without a name, or a day told from another one, takes the place of the one told before it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from assistant.facts import AskerFact, AskerFacts
from assistant.put_otherwise import moved_in, put_otherwise
from knowledge.rules.card import FactValue

DAY = dt.date(2026, 3, 31)


def fact(name: str, value: FactValue, **fields: str) -> AskerFact:
    return AskerFact(name, value, "-", 900, 905, **fields)  # type: ignore[arg-type]


def given(text: str, *told: AskerFact, now: tuple[AskerFact, ...] = ()) -> dict[str, FactValue]:
    facts = put_otherwise(AskerFacts((*told, *now)), AskerFacts(now), text)
    for each in facts:
        assert each.start >= 900 or text[each.start : each.end] == each.words
    return facts.known()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("en als dat 310.000 wordt?", 310_000),
        ("sorry, 55 moest dat zijn", 55),
        ("en als het er 100 worden?", 100),
        ("en als we naar 140 groeien?", 140),
        ("en met 140 stoelen?", 280),
        ("and if it becomes 40?", 40),
        ("en als dat meer wordt?", 280),
        ("moeten we dan 2 contracten tekenen?", 280),
        ("wacht, 280 was met de bovenbouw erbij, het zijn er 60", 60),
        ("het waren er 280, geen 60 en ook geen 70", 280),
        ("en tussen 30 en 40?", 280),
        ("en over 5 weken?", 280),
        ("en op 7 november 2026?", 280),
    ],
)
def test_a_bare_figure_is_the_amount_told_before(text: str, amount: int) -> None:
    """What is counted, or measured in something, is something else; of two figures neither is meant."""
    assert given(text, fact("revenue", Decimal(280))) == {"revenue": Decimal(amount)}


def test_of_two_amounts_none_is_put_otherwise() -> None:
    told = (fact("revenue", Decimal(1)), fact("share", Decimal(2)))
    assert given("en als dat 3 wordt?", *told) == {"revenue": Decimal(1), "share": Decimal(2)}


def test_what_is_said_by_name_now_stays_and_leaves_the_figure_to_the_other() -> None:
    now = (fact("share", Decimal(2)),)
    assert given("en met 3?", fact("revenue", Decimal(1)), now=now) == {
        "revenue": Decimal(3),
        "share": Decimal(2),
    }


def test_a_doubtful_amount_was_not_told() -> None:
    assert given("en als dat 3 wordt?", fact("revenue", Decimal(1), certainty="doubtful")) == {}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("en een dag later?", dt.date(2026, 4, 1)),
        ("en één week later?", dt.date(2026, 4, 7)),
        ("en twee weken eerder?", dt.date(2026, 3, 17)),
        ("en als het een maand later wordt?", dt.date(2026, 4, 30)),
        ("and a month earlier?", dt.date(2026, 2, 28)),
        ("en als het de 15e wordt?", dt.date(2026, 3, 15)),
        ("and the 2nd?", dt.date(2026, 3, 2)),
        ("en veel later?", DAY),
        ("en enkele dagen later?", DAY),
        ("en 1000 weken later?", DAY),
        ("en een dag later of twee dagen later?", DAY),
    ],
)
def test_a_day_told_from_the_one_before(text: str, day: dt.date) -> None:
    assert given(text, fact("applied", DAY)) == {"applied": day}


def test_a_day_that_the_month_has_not_is_none() -> None:
    february = dt.date(2026, 2, 3)
    assert given("dan de 30e", fact("applied", february)) == {"applied": february}
    assert given("dan de 15e", fact("applied", DAY), fact("sent", DAY)) == {"applied": DAY, "sent": DAY}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("we redden 31 maart niet, het wordt de 15e", dt.date(2026, 3, 15)),
        ("de 15e wordt niets, wel 31 maart", DAY),
        ("we redden 31 maart niet", DAY),
        ("we redden 31 maart niet, het wordt de 32e", DAY),
    ],
)
def test_a_day_of_the_same_month_behind_another_takes_its_place(text: str, day: dt.date) -> None:
    start = text.index("31 maart")
    told = AskerFacts((AskerFact("sent", DAY, "31 maart", start, start + 8),))
    moved = moved_in(told, text)
    assert moved.known() == {"sent": day}
    assert all(text[each.start : each.end] == each.words for each in moved)
    assert moved_in(AskerFacts((fact("sent", DAY),)), text).known() == {"sent": DAY}  # told in another turn
