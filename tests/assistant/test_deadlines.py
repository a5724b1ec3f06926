"""Planned dates as they stand to a day, and which policies a filter means."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.deadlines import Deadline, Wanted, deadlines, due_day, status_of
from knowledge.records import DateValue
from knowledge.rules.standing import Bound
from tests.small_rules import POLICY_ID, TODAY, small_source, small_text

SOURCE = small_source()


def listed(today: dt.date = TODAY, wanted: Wanted | None = None, language: str = "nl") -> dict[str, Deadline]:
    found = deadlines(SOURCE.texts, SOURCE.rulebook, today=today, wanted=wanted, language=language)
    assert [each.due for each in found] == sorted(each.due for each in found)
    return {each.id.removeprefix(f"{POLICY_ID}."): each for each in found}


def test_all_that_is_planned_with_its_proof() -> None:
    found = listed()
    assert {*found} - {each for each in found if each.startswith("row-")} == {
        "signing", "offer", "questionnaire", "opening",
    }  # fmt: skip
    assert len(found) == 5
    signing = found["signing"]
    assert (signing.status, signing.days_left, signing.own, signing.bound) == ("open", 18, True, "by")
    assert signing.told == "uiterlijk vrijdag 7 november 2025"
    assert signing.rule == f"{POLICY_ID}.signing"
    assert "7 november 2025" in signing.citation.quote
    assert signing.citation.url.startswith(f"/policies/{POLICY_ID}?passage=")
    row = next(each for name, each in found.items() if name.startswith("row-"))
    assert (row.what, row.for_whom, row.own, row.rule) == ("Gesprek", "startende praktijken", None, None)
    assert listed(language="en")["signing"].told == "by Friday 7 November 2025"


@pytest.mark.parametrize(
    ("today", "name", "status", "left"),
    [
        ("2025-11-06", "signing", "open", 1),
        ("2025-11-07", "signing", "today", 0),
        ("2025-11-08", "signing", "past", -1),
        ("2025-09-29", "questionnaire", "open", 1),
        ("2025-09-30", "questionnaire", "today", 0),
        ("2025-10-01", "questionnaire", "past", -1),
        ("2025-08-20", "offer", "open", 11),
        ("2025-08-21", "offer", "now", 10),
        ("2025-08-31", "offer", "now", 0),
        ("2025-09-01", "offer", "past", -1),
        ("2025-08-31", "opening", "open", 1),
        ("2025-09-01", "opening", "today", 0),
        ("2025-09-02", "opening", "now", None),
    ],
)
def test_how_a_date_stands(today: str, name: str, status: str, left: int | None) -> None:
    found = listed(dt.date.fromisoformat(today))[name]
    assert (found.status, found.days_left) == (status, left)


@pytest.mark.parametrize("bound", ["by", "before", "from", "on"])
def test_a_stretch_is_open_then_now_then_past(bound: Bound) -> None:
    date = DateValue(kind="period", first=dt.date(2026, 3, 1), last=dt.date(2026, 3, 31), text="maart 2026")
    days = [date.first + dt.timedelta(days=n) for n in range(-2, 40)]
    order = list(dict.fromkeys(status_of(date, bound, day) for day in days))
    assert order == (["open", "now"] if bound == "from" else ["open", "now", "past"])
    assert due_day(date, bound) == {"before": dt.date(2026, 3, 30), "from": date.first}.get(bound, date.last)


def test_a_row_keeps_its_id_when_rows_move_and_dates_change() -> None:
    text = small_text()
    day = dt.date(2025, 12, 10)
    moved = text.facts[0].model_copy(
        update={
            "id": f"{POLICY_ID}:f017",
            "dates": (DateValue(kind="exact", first=day, last=day, text="10 december 2025"),),
        }
    )
    other = small_source(text.model_copy(update={"facts": (moved, moved)}))
    ids = [each.id for each in deadlines(other.texts, other.rulebook, today=TODAY) if each.rule is None]
    (before,) = [each.id for each in deadlines(SOURCE.texts, SOURCE.rulebook, today=TODAY) if each.rule is None]
    assert ids == [before, f"{before}-2"]


FITTING = [
    Wanted("Voorbeeld"), Wanted("voorbeeld "), Wanted("VOORDEELZORG"), Wanted("Voorbeeld Zorgverzekeringen"),
    Wanted(year=2026), Wanted(care="fysiotherapie"), Wanted(care="fysiotherapeut"), Wanted(care="Fysio"),
    Wanted("voorbeeld", 2026, "fysiotherapie"), Wanted("", None, ""), Wanted(),
]  # fmt: skip
OTHERS = [
    Wanted("Caresq"), Wanted("-"), Wanted(year=2025), Wanted(care="kraamzorg"), Wanted(care="abc"), Wanted(care="%"),
    Wanted("Voorbeeld", 2026, "farmacie"), Wanted("Voor"),
]  # fmt: skip


@pytest.mark.parametrize("wanted", FITTING)
def test_filters_are_lenient(wanted: Wanted) -> None:
    assert len(listed(wanted=wanted)) == 5


@pytest.mark.parametrize("wanted", OTHERS)
def test_what_is_not_on_file_gives_nothing(wanted: Wanted) -> None:
    assert listed(wanted=wanted) == {}
