"""Terms and first days counted from the asker's day: the very day, or nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import detect_language
from assistant.quoted.days import count_term
from assistant.quoted.first_days import asks_begin, first_day, hold_first_day
from assistant.quoted.telling import tell
from assistant.quoted.told import Told

TODAY = dt.date(2031, 3, 10)
OFFER = "Voor een laat aanbod geldt een termijn van 21 kalenderdagen, gerekend vanaf de dag na de datum van de e-mail."
TAKEOVER = "Meld de overname van een salon ten minste vier weken vóór de overnamedatum."
NOTICE = "U kunt de afspraak opzeggen met een termijn van twee maanden, tegen het einde van een kalendermaand."
NOTICE_PLAIN = "De opzegtermijn is een maand: u kunt opzeggen met een termijn van één maand."
NTH = "U tekent uiterlijk op de tiende werkdag na de dag waarop het voorstel is klaargezet."
DECIDES = "Wij beslissen binnen tien werkdagen nadat de aanvraag compleet is."
LETTER = "Bezwaar maakt u binnen 14 kalenderdagen na dagtekening van de afwijzing."
DELIVERED = "De rekening komt binnen drie maanden na aflevering van de bril."
REPLY = "U ontvangt een voorlopig oordeel en kunt daarop binnen vijf werkdagen reageren."
BACK = "Een navordering gaat niet verder terug dan vijf jaar vóór de start van het onderzoek."
TWO = "Tekenen kan binnen zes weken na ontvangst, en betalen binnen drie maanden na aflevering."
TERMS = [
    (OFFER, "Op 3 maart 2031 kregen wij de e-mail over het aanbod. Wat is de laatste dag om te tekenen?", "2031-03-24"),
    (OFFER, "Op 3 maart 2031 belden wij u. Wat is de laatste dag om te tekenen?", None),
    (OFFER, "We mailed you on 3 March 2031. By when will the price list be out?", None),
    (TAKEOVER, "Op 1 mei 2031 nemen wij een salon over. Wanneer moeten wij dat uiterlijk melden?", "2031-04-03"),
    (TAKEOVER, "Op 1 mei 2031 openen wij een salon. Wanneer moeten wij dat uiterlijk melden?", None),
    (NOTICE, "Als wij op 10 maart 2031 opzeggen, wanneer zijn wij er dan vanaf?", "2031-05-31"),
    (NOTICE, "Als wij op 31 maart 2031 opzeggen, wanneer zijn wij er dan vanaf?", "2031-05-31"),
    (NOTICE, "Als wij op 1 april 2031 opzeggen, wanneer zijn wij er dan vanaf?", "2031-06-30"),
    (NOTICE_PLAIN, "Als wij op 10 maart 2031 opzeggen, wanneer zijn wij er dan vanaf?", "2031-04-10"),
    (NTH, "Het voorstel staat sinds 3 maart 2031 klaar. Tot wanneer kunnen wij tekenen?", "2031-03-17"),
    (DECIDES, "Op 3 maart 2031 was onze aanvraag compleet. Wanneer horen wij iets?", "2031-03-17"),
    (DECIDES, "Op 3 maart 2031 was onze aanvraag compleet. Per wanneer gaat het contract in?", None),
    (LETTER, "Wij zijn afgewezen, de brief is van 3 maart 2031. Tot wanneer kunnen wij bezwaar maken?", "2031-03-17"),
    (DELIVERED, "De bril is op 3 maart 2031 afgeleverd. Wat is de laatste dag voor de rekening?", "2031-06-03"),
    (DELIVERED, "De bril is op 3 maart 2031 besteld. Wat is de laatste dag voor de rekening?", None),
    (REPLY, "Op 3 maart 2031 kregen wij het voorlopig oordeel. Tot wanneer kunnen wij reageren?", "2031-03-10"),
    (BACK, "Het onderzoek is op 3 maart 2031 gestart. Tot wanneer gaat de navordering terug?", None),
    (TWO, "De bril is op 3 maart 2031 afgeleverd. Wanneer moet er betaald zijn?", "2031-06-03"),
]  # fmt: skip
ABOVE = "Wanneer uw contract ingaat\nVerzoek compleet\tIngangsdatum"
TABLE = (
    "Uiterlijk 30 november 2030\t1 januari 2031",
    "In de loop van december 2030\t1 februari 2031",
    "In 2031, op of vóór de 15e van de maand\tDe eerste dag van de volgende maand",
    "In 2031, na de 15e van de maand\tDe eerste dag van de tweede maand na de maand waarin het verzoek compleet is",
)
ROWS = [
    ("30 november 2030", "2031-01-01"),
    ("1 december 2030", "2031-02-01"),
    ("31 december 2030", "2031-02-01"),
    ("1 januari 2031", "2031-02-01"),
    ("15 maart 2031", "2031-04-01"),
    ("16 maart 2031", "2031-05-01"),
    ("31 december 2031", "2032-02-01"),
    ("1 januari 2032", None),
]
MIDDLE = (
    "Is uw verzoek uiterlijk op de vijftiende van de maand compleet, dan gaat het contract in op de eerste dag van de "
    "volgende maand."
)
SENTENCES = [
    (
        MIDDLE,
        "Op 15 maart 2031 was ons verzoek compleet, per wanneer gaat het contract in?",
        "2031-04-01",
    ),
    (
        MIDDLE,
        "Op 16 maart 2031 was ons verzoek compleet, per wanneer gaat het contract in?",
        None,
    ),
    (
        "Het contract gaat in op de eerste dag van de maand na ondertekening.",
        "Wij hebben op 31 januari 2031 getekend. Vanaf welke dag zijn wij gecontracteerd?",
        "2031-02-01",
    ),
    (
        "Het contract gaat in op de eerste dag van de maand na ondertekening.",
        "Wij hebben op 31 januari 2031 gebeld. Vanaf welke dag zijn wij gecontracteerd?",
        None,
    ),
    (
        "Anders gaat het contract in op de eerste dag van de maand daarna.",
        "Wij hebben op 31 januari 2031 getekend. Vanaf welke dag zijn wij gecontracteerd?",
        None,
    ),
    (
        "Het contract gaat niet in op de eerste dag van de maand na ondertekening.",
        "Wij hebben op 31 januari 2031 getekend. Vanaf welke dag zijn wij gecontracteerd?",
        None,
    ),
]  # fmt: skip


def told(question: str) -> Told:
    return Told(question, TODAY, detect_language(question))


@pytest.mark.parametrize(("sentence", "question", "day"), TERMS)
def test_a_term_is_counted_from_the_day_of_its_event(sentence: str, question: str, day: str | None) -> None:
    held = count_term(sentence, told(question))
    assert (held.day.isoformat() if held and held.day else None) == day


@pytest.mark.parametrize(("complete", "day"), ROWS)
def test_the_row_whose_case_is_the_askers_tells_the_first_day(complete: str, day: str | None) -> None:
    asker = told(f"Ons verzoek was op {complete} compleet. Per wanneer gaat het contract in?")
    held = [each for row in TABLE if (each := hold_first_day(row, TABLE, ABOVE, asker)) is not None]
    assert [each.day.isoformat() for each in held if each.day] == ([day] if day else [])


def test_a_row_that_cannot_be_read_leaves_all_of_them_open() -> None:
    asker = told("Ons verzoek was op 3 maart 2031 compleet. Per wanneer gaat het contract in?")
    rows = (*TABLE, "In overleg\tEen andere dag")
    assert not any(hold_first_day(row, rows, ABOVE, asker) for row in rows)


@pytest.mark.parametrize(("sentence", "question", "day"), SENTENCES)
def test_a_sentence_tells_the_first_day(sentence: str, question: str, day: str | None) -> None:
    held = hold_first_day(sentence, (sentence,), "", told(question))
    assert (held.day.isoformat() if held and held.day else None) == day


def test_what_the_asker_received_is_no_application() -> None:
    asker = told("Wij kregen het voorstel op 3 maart 2031. Per wanneer gaat het contract in?")
    rule = "De aanvraag is vóór de 15e van de maand ontvangen: de eerste dag van de volgende maand"
    assert first_day(rule, "Ingangsdatum") is not None
    assert hold_first_day(rule, (rule,), "Ingangsdatum", asker) is None


def test_two_rules_for_one_day_are_left_open() -> None:
    asker = told("Ons verzoek was op 3 maart 2031 compleet. Per wanneer gaat het contract in?")
    rows = (TABLE[2], "In 2031, tot en met de 20e van de maand\tDe eerste dag van de derde maand na het verzoek")
    assert not any(hold_first_day(row, rows, ABOVE, asker) for row in rows)


@given(st.dates(dt.date(2031, 1, 1), dt.date(2031, 12, 31)))
def test_every_day_of_the_year_has_one_row(day: dt.date) -> None:
    rules = [rule for row in TABLE if (rule := first_day(row, ABOVE)) is not None]
    found = [first for rule in rules if (first := rule.of(day)) is not None]
    assert len(rules) == len(TABLE)
    assert len(found) == 1
    assert found[0].day == 1
    assert found[0] > day


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Per wanneer zijn wij gecontracteerd?", True),
        ("Halen wij 1 januari nog?", True),
        ("Halen wij 12 januari nog?", False),
        ("Tot wanneer kunnen wij tekenen?", False),
    ],
)
def test_whether_a_beginning_is_asked_for(question: str, is_asked: bool) -> None:
    assert asks_begin(question) is is_asked


def test_how_a_counted_day_is_told() -> None:
    question = "Op 1 mei 2031 nemen wij een salon over. Wanneer moeten wij dat uiterlijk melden?"
    held = count_term(TAKEOVER, told(question))
    assert held is not None
    assert tell(held, question, "nl") == "Uiterlijk donderdag 3 april 2031: dat is vier weken vóór 1 mei 2031."
