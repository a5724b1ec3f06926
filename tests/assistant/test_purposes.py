"""What one turns to an insurer for, and whether an address is what is asked for."""

from __future__ import annotations

import pytest

from assistant.purposes import purposes_of, wanted_of, wants_address


@pytest.mark.parametrize(
    ("question", "row", "is_same"),
    [
        ("Het contract van mijn buurman neem ik per mei over, waar meld ik dat?", "Overname van een praktijk", True),
        ("Wij hebben een ander rekeningnummer.", "Wijziging van bankrekening of rechtsvorm", True),
        ("Met die afwijzing ben ik het niet eens.", "Verzoek om heroverweging", True),
        ("Waar vraag ik een machtiging?", "Aanvragen van toestemming", True),
        ("I would like to complain about the procedure.", "Klachten over de inkoop", True),
        ("Waar vraag ik een machtiging?", "Klachten over de inkoop", False),
        ("Wij hebben een ander rekeningnummer.", "Vragen over declaraties", False),
        ("Hoe lang loopt het contract?", "Innovatie", False),
    ],
)
def test_a_question_and_a_row_for_one_purpose_belong_together(question: str, row: str, *, is_same: bool) -> None:
    assert bool(wanted_of(question) & purposes_of(row)) is is_same


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Ik wil een klacht indienen over mijn declaratie.", {"complaint"}),
        ("Mijn declaratie is niet uitbetaald.", {"claims"}),
        ("Wat is de looptijd?", set()),
    ],
)
def test_what_a_complaint_is_about_is_not_what_is_wanted(question: str, wanted: set[str]) -> None:
    assert wanted_of(question) == wanted


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("Aan wie geef ik dat door?", True),
        ("Waar kan onze praktijk dat kwijt?", True),
        ("Welk telefoonnummer heeft de inkoop?", True),
        ("Where can we report that?", True),
        ("Wie mag de overeenkomst ondertekenen?", False),
        ("Waar moet de oefenruimte aan voldoen?", False),
        ("Mag ik een gesprek over de telefoon rekenen?", False),
        ("Welke bijlagen horen bij het formulier op de site?", False),
    ],
)
def test_who_asks_for_an_address_is_told_from_who_asks_who_may(question: str, *, wants: bool) -> None:
    assert wants_address(question) is wants
