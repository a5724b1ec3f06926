"""Rows of planning and contact tables as answers: the right one, how today stands to it, what is asked back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from assistant.answer import Assistant
from assistant.planning import days_left, has_passed, row_acts_of
from assistant.question import read_asked
from assistant.rows import asks_time
from assistant.whole_lists import are_of_changes, enumerates
from ingest.parse import parse_policy
from ingest.read_text import read_text
from knowledge.dates import find_dates
from knowledge.records import Policy
from knowledge.snapshot_build import build_snapshot
from tests.fakes import FakeEncoder

POLICY = """Inkoopbeleid Kraamzorg 2031

1 Algemeen

Noordkust koopt kraamzorg in bij geboortecentra in de regio.

1.1 Wijzigingen ten opzichte van het inkoopbeleid 2030

Kraamzorg

- De folder over slapen vervalt.
- Het aantal bezoeken gaat van vier naar vijf.

Echoscopie

- De wachtkamer heeft een speelhoek.

2 Ondertekenen

Wie het contract niet op tijd ondertekent, krijgt geen nieuw aanbod.

Wilt u een vestiging overnemen, meld dat dan via vestiging@noordkust.example.

3 Planning

Onderwerp\tDatum
Publicatie inkoopbeleid\t1 april 2030
Uiterste datum ondertekenen overeenkomst Kraamhotel\t10 oktober 2030
Uiterste datum ondertekenen overeenkomst Couveusezorg\t20 oktober 2030
Uiterste datum indienen rapportage\t1 maart 2031

4 Contact

Zet in de onderwerpregel van uw mail uw registratienummer.

Onderwerp\tBereikbaarheid
Vragen over de inkoop\tinkoop@noordkust.example
Klachten over de procedure\tklacht@noordkust.example
Geen plek voor een cliënt: bemiddeling\t071 - 555 01 99 (werkdagen 9.00 - 12.00 uur)
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("rows")
    path = folder / "kraamzorg.txt"
    path.write_text(POLICY, "utf-8")
    policy = Policy(
        id="noordkust-2031", file=path.name, insurer="Noordkust", year=2031, title="Inkoopbeleid Kraamzorg 2031",
        care=("kraamzorg",), authority="restatement", source="www.noordkust.example",
    )  # fmt: skip
    snapshot = build_snapshot(folder / "index", [parse_policy(policy, read_text(path))], FakeEncoder())
    yield Assistant(snapshot, FakeEncoder())
    snapshot.close()


@pytest.mark.parametrize(
    ("question", "told", "kept_back"),
    [
        ("Waar kan ik bij Noordkust een klacht over de procedure kwijt?", "klacht@noordkust.example", "inkoop@"),
        ("Ik koop een vestiging. Naar welk adres mail ik dat Noordkust?", "vestiging@noordkust.example", "klacht@"),
        ("Welk nummer van Noordkust bel ik als er nergens plek is?", "071 - 555 01 99 (werkdagen", "@"),
    ],
)
def test_the_address_for_what_is_wanted_is_given(
    assistant: Assistant, question: str, told: str, kept_back: str
) -> None:
    answer = assistant.answer(question, today=dt.date(2030, 10, 1))
    assert answer.status == "answered", answer.text
    assert told in answer.text
    assert kept_back not in answer.text.replace(told, "")


def test_a_mailbox_is_told_with_what_is_to_stand_in_the_message(assistant: Assistant) -> None:
    answer = assistant.answer("Waar kan ik bij Noordkust een klacht kwijt?", today=dt.date(2030, 10, 1))
    assert "onderwerpregel" in answer.text


def test_rows_that_differ_by_what_was_not_named_are_set_side_by_side_and_asked_back(assistant: Assistant) -> None:
    question = "Wanneer moet ik de overeenkomst met Noordkust uiterlijk ondertekenen?"
    answer = assistant.answer(question, today=dt.date(2030, 10, 12))
    assert answer.status == "clarify_fact"
    assert answer.clarification is not None
    assert [option.label for option in answer.clarification.options] == ["Kraamhotel", "Couveusezorg"]
    assert "10 oktober 2030" in answer.text
    assert "dagen" not in answer.text


def test_days_left_are_told_to_who_asks_for_them(assistant: Assistant) -> None:
    question = "Hoeveel dagen heb ik nog om de overeenkomst met Noordkust te ondertekenen?"
    answer = assistant.answer(question, today=dt.date(2030, 10, 12))
    assert "Nog 8 dagen." in answer.text


def test_who_names_one_is_told_its_day_and_what_comes_of_being_late(assistant: Assistant) -> None:
    question = "Kan ik de overeenkomst Kraamhotel van Noordkust nog ondertekenen?"
    answer = assistant.answer(question, today=dt.date(2030, 10, 12))
    assert answer.status == "answered", answer.text
    assert "10 oktober 2030" in answer.text
    assert "20 oktober" not in answer.text
    assert "te laat" in answer.text
    assert "krijgt geen nieuw aanbod" in answer.text


def test_who_is_in_time_is_not_told_what_comes_of_being_late(assistant: Assistant) -> None:
    question = "Kan ik de overeenkomst Kraamhotel van Noordkust nog ondertekenen?"
    answer = assistant.answer(question, today=dt.date(2030, 10, 10))
    assert "Dat is vandaag" in answer.text
    assert "krijgt geen nieuw aanbod" not in answer.text


@pytest.mark.parametrize(
    ("care", "told", "others"),
    [("kraamzorg", "van vier naar vijf", "speelhoek"), ("echoscopie", "speelhoek", "van vier naar vijf")],
)
def test_what_changed_is_told_whole_for_the_care_that_is_named(
    assistant: Assistant, care: str, told: str, others: str
) -> None:
    question = f"Wat verandert er bij Noordkust voor de {care} ten opzichte van vorig jaar?"
    answer = assistant.answer(question, today=dt.date(2030, 10, 1))
    assert told in answer.text
    assert others not in answer.text


@pytest.mark.parametrize(
    ("text", "today", "left", "is_past"),
    [
        ("Uiterlijk 10 oktober 2030", dt.date(2030, 10, 8), " Nog 2 dagen.", False),
        ("Uiterlijk 10 oktober 2030", dt.date(2030, 10, 9), " Nog één dag.", False),
        ("Uiterlijk 10 oktober 2030", dt.date(2030, 10, 10), "", False),
        ("Uiterlijk 10 oktober 2030", dt.date(2030, 10, 11), "", True),
        ("Vóór 10 oktober 2030", dt.date(2030, 10, 9), "", False),
        ("Vóór 10 oktober 2030", dt.date(2030, 10, 10), "", True),
        ("Vanaf 10 oktober 2030", dt.date(2030, 10, 11), "", False),
        ("Eind oktober 2030", dt.date(2030, 12, 1), "", False),
    ],
)
def test_days_left_are_counted_up_to_the_last_day(text: str, today: dt.date, left: str, *, is_past: bool) -> None:
    dates = [date for date, _, _ in find_dates(text)]
    assert days_left(dates, today, "nl") == left
    assert has_passed(dates, today) is is_past


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Is de vragenronde al dicht?", True),
        ("Kan ik mijn vragen nu nog insturen?", True),
        ("Hoeveel tijd heb ik nog?", True),
        ("Can we still join?", True),
        ("Hoe groot moet de ruimte zijn?", False),
        ("Welke eisen gelden er?", False),
    ],
)
def test_whether_something_still_can_be_done_asks_for_its_day(question: str, *, asks: bool) -> None:
    assert asks_time(question, read_asked(question)) is asks


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Ik wil het contract opzeggen.", "Verzoek om herbeoordeling", False),
        ("Tot wanneer kunnen wij ons voorstel indienen?", "Zorgaanbieder dient offerte in", True),
        ("Tot wanneer kunnen wij ons voorstel indienen?", "Aanbieding overeenkomst", False),
        ("Ze moeten er opnieuw naar kijken.", "Verzoek om herbeoordeling", True),
        ("Ik wil het contract opzeggen.", "Uiterste datum opzegging", True),
    ],
)
def test_a_row_and_a_question_are_about_one_act(one: str, other: str, *, is_same: bool) -> None:
    assert bool(row_acts_of(one) & row_acts_of(other)) is is_same


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("U stuurt een kopie, een foto en een verklaring mee.", True),
        ("Send a copy, a photo, and a statement.", True),
        ("U stuurt een kopie mee, of u komt langs.", False),
        ("Kopie\tfoto, brief en kaart", False),
        ("Dat kan, maar niet altijd.", False),
    ],
)
def test_a_sentence_that_names_several_things_enumerates(text: str, *, does: bool) -> None:
    assert enumerates(text) is does


@pytest.mark.parametrize(
    ("headings", "changes"),
    [
        (("1 Wijzigingen per 2031", "1.1 Couveusezorg"), True),
        (("1 Wat verandert er?",), True),
        (("2 Voorwaarden", "2.1 Couveusezorg"), False),
        ((), False),
    ],
)
def test_what_stands_under_changes_is_known_by_its_headings(headings: tuple[str, ...], changes: bool) -> None:
    assert are_of_changes(headings) is changes
