"""Amounts in prose: what is read, with which unit, and what is no amount."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numerals import NUMBER_WORDS, find_numerals, parse_digits
from knowledge.quantities import Quantity, find_quantities, find_shares


def written(quantity: Quantity) -> str:
    parts = [f"{quantity.value.normalize():f}", quantity.unit, quantity.noun]
    parts.append("" if quantity.bound == "exactly" else quantity.bound)
    parts.append("~" if quantity.approximate else "")
    return " ".join(part for part in parts if part)


MONEY = [
    ("80k", ["80000 eur"]),
    ("80K omzet", ["80000 eur omzet"]),
    ("€ 80.000", ["80000 eur"]),
    ("€80.000,-", ["80000 eur"]),
    ("80.000 euro", ["80000 eur"]),
    ("80000 euro", ["80000 eur"]),
    ("EUR 100.000", ["100000 eur"]),
    ("100.000 EUR", ["100000 eur"]),
    ("euro 45.500", ["45500 eur"]),
    ("€1,2 mln", ["1200000 eur"]),
    ("€ 1.234,56", ["1234.56 eur"]),
    ("2 ton", ["200000 eur"]),
    ("twee miljoen euro", ["2000000 eur"]),
    ("anderhalve ton", ["150000 eur"]),
    ("een half miljoen", ["500000 eur"]),
    ("een halve ton", ["50000 eur"]),
    ("een miljoen", ["1000000 eur"]),
    ("2,5 miljoen euro", ["2500000 eur"]),
    ("twee en een half miljoen euro", ["2500000 eur"]),
    ("half a million euros", ["500000 eur"]),
    ("a million euros", ["1000000 eur"]),
    ("honderdduizend euro", ["100000 eur"]),
    ("driehonderdduizend euro", ["300000 eur"]),
    ("300 duizend euro", ["300000 eur"]),
    ("our revenue is 100,000 euros", ["100000 eur"]),
    ("€ 300k", ["300000 eur"]),
    ("3 miljoen add-ons", ["3000000 count add-ons"]),
    ("2 miljoen verzekerden", ["2000000 count verzekerden"]),
    ("80k patiënten", ["80000 count patiënten"]),
    ("€100.000 of 25%", ["100000 eur", "25 percent"]),
]
SHARES = [
    ("30 %", ["30 percent"]),
    ("30%", ["30 percent"]),
    ("dertig procent", ["30 percent"]),
    ("30 percent", ["30 percent"]),
    ("12,5%", ["12.5 percent"]),
    ("33.3%", ["33.3 percent"]),
    ("30 pct", ["30 percent"]),
    ("vijfentwintig procent marktaandeel", ["25 percent marktaandeel"]),
    ("twenty-five percent", ["25 percent"]),
    ("de helft", ["50 percent"]),
    ("de helft van de kraamverzorgenden", ["50 percent kraamverzorgenden"]),
    ("half of our staff", ["50 percent staff"]),
    ("een kwart", ["25 percent"]),
    ("een kwart van onze cliënten", ["25 percent cliënten"]),
    ("een derde", ["33.33 percent"]),
    ("twee derde van het personeel", ["66.67 percent personeel"]),
    ("driekwart", ["75 percent"]),
    ("a quarter of our patients", ["25 percent patients"]),
    ("two thirds of the doctors", ["66.67 percent doctors"]),
    ("20-25%", ["20 percent", "25 percent"]),
]
STAFF = [
    ("1,2 fte", ["1.2 fte"]),
    ("1.2 FTE", ["1.2 fte"]),
    ("0,6fte", ["0.6 fte"]),
    ("40 fte", ["40 fte"]),
    ("een halve fte", ["0.5 fte"]),
    ("één fte", ["1 fte"]),
    ("anderhalve fte", ["1.5 fte"]),
    ("0,6 en 0,5 fte", ["0.6 fte", "0.5 fte"]),
    ("45 fte kraamverzorgenden", ["45 fte kraamverzorgenden"]),
    ("1,2 fte revalidatieartsen", ["1.2 fte revalidatieartsen"]),
    ("3 verzekerden", ["3 count verzekerden"]),
    ("zes apotheken", ["6 count apotheken"]),
    ("twee vertegenwoordigers", ["2 count vertegenwoordigers"]),
    ("twee vaste vertegenwoordigers", ["2 count vertegenwoordigers"]),
    ("6 aangesloten apotheken", ["6 count apotheken"]),
    ("two full-time doctors", ["2 fte doctors"]),
    ("1 revalidatiearts", ["1 count revalidatiearts"]),
    ("één locatie", ["1 count locatie"]),
    ("elf medisch specialisten", ["11 count specialisten"]),
    ("12 locaties en 4 artsen", ["12 count locaties", "4 count artsen"]),
    ("1.500 patiënten", ["1500 count patiënten"]),
    ("wij zijn met 7", ["7 number"]),
    ("het zijn er 14", ["14 number"]),
    ("nul bevallingen", ["0 count bevallingen"]),
    ("2-3 centimeter", ["2 count centimeter", "3 count centimeter"]),
]
LENGTHS = [
    ("5 werkdagen", ["5 working_day"]),
    ("vijf werkdagen", ["5 working_day"]),
    ("five working days", ["5 working_day"]),
    ("3 business days", ["3 working_day"]),
    ("zes weken", ["6 week"]),
    ("6 wkn", ["6 week"]),
    ("24 uur", ["24 hour"]),
    ("24 hours", ["24 hour"]),
    ("24-uurs bereikbaarheid", ["24 hour bereikbaarheid"]),
    ("een maand", ["1 month"]),
    ("drie maanden", ["3 month"]),
    ("a month", ["1 month"]),
    ("een half jaar", ["0.5 year"]),
    ("anderhalf jaar", ["1.5 year"]),
    ("twee jaar", ["2 year"]),
    ("10 dagen", ["10 day"]),
    ("3-jarig", ["3 year"]),
    ("2 tot 3 weken", ["2 week", "3 week"]),
    ("2 à 3 maanden", ["2 month", "3 month"]),
    ("four to six weeks", ["4 week", "6 week"]),
]
CLASSES = [
    ("ASA 3", ["3 number asa"]),
    ("asa 3", ["3 number asa"]),
    ("ASA-3", ["3 number asa"]),
    ("ASA3", ["3 number asa"]),
    ("ASA III", ["3 number asa"]),
    ("ASA-classificatie van 2", ["2 number asa"]),
    ("een ASA-score van 2", ["2 number asa"]),
    ("patiënten met ASA 4 opereren", ["4 number asa"]),
    ("maximaal ASA 2", ["2 number asa at_most"]),
    ("ASA t/m 2", ["2 number asa at_most"]),
    ("ASA 2 of lager", ["2 number asa at_most"]),
    ("ASA 1-2", ["1 number asa", "2 number asa"]),
    ("ASA class 3 patients", ["3 number asa"]),
]
BOUNDS = [
    ("ca. 120.000 euro", ["120000 eur ~"]),
    ("circa 30%", ["30 percent ~"]),
    ("ongeveer 3 locaties", ["3 count locaties ~"]),
    ("zo'n 30%", ["30 percent ~"]),
    ("rond de 40 fte", ["40 fte ~"]),
    ("bijna 30 %", ["30 percent ~"]),
    ("een komma twee fte", ["1.2 fte"]),
    ("twee komma vier miljoen", ["2400000 eur"]),
    ("€ 100 000", ["100000 eur"]),
    ("driekwart miljoen", ["750000 eur"]),
    ("een kwart miljoen", ["250000 eur"]),
    ("een ton of drie", ["300000 eur ~"]),
    ("een jaar of twee", ["2 year ~"]),
    ("zo'n ton", ["100000 eur ~"]),
    ("omstreeks een ton", ["100000 eur ~"]),
    ("half dozijn ziekenhuizen", ["6 count ziekenhuizen"]),
    ("50 prct", ["50 percent"]),
    ("about 20 percent", ["20 percent ~"]),
    ("almost 100,000 euros", ["100000 eur ~"]),
    ("roughly € 90.000", ["90000 eur ~"]),
    ("naar schatting €60.000", ["60000 eur ~"]),
    ("40 fte ongeveer", ["40 fte ~"]),
    ("minimaal 50%", ["50 percent at_least"]),
    ("ten minste 1,2 fte", ["1.2 fte at_least"]),
    ("minstens 24 uur", ["24 hour at_least"]),
    ("at least two doctors", ["2 count doctors at_least"]),
    ("meer dan € 300.000", ["300000 eur more_than"]),
    ("iets meer dan 25%", ["25 percent more_than ~"]),
    ("ruim 25%", ["25 percent more_than"]),
    ("boven de 300.000 euro", ["300000 eur more_than"]),
    ("over 30 percent, with the new patients", ["30 percent more_than"]),
    ("> 25%", ["25 percent more_than"]),
    ("maximaal 3 centimeter", ["3 count centimeter at_most"]),
    ("hooguit 20 fte", ["20 fte at_most"]),
    ("niet meer dan 3 patiënten", ["3 count patiënten at_most"]),
    ("up to 5 pharmacies", ["5 count pharmacies at_most"]),
    ("≤ 2 jaar", ["2 year at_most"]),
    ("minder dan 100.000 euro", ["100000 eur less_than"]),
    ("onder de 1,2 fte", ["1.2 fte less_than"]),
    ("net geen 1,2 fte", ["1.2 fte less_than"]),
    ("less than 25%", ["25 percent less_than"]),
    ("precies 50%", ["50 percent"]),
    ("op de kop af 50%", ["50 percent"]),
    ("1,2 fte of meer", ["1.2 fte at_least"]),
    ("25% or more", ["25 percent at_least"]),
    ("minimaal ca. 40 fte", ["40 fte at_least ~"]),
]
NONE = [
    "op 1 november 2025",
    "in 2027",
    "2026-2028",
    "op 17-03",
    "op 17/3",
    "17-03-2026",
    "2026-03-17",
    "1 mei",
    "paragraaf 2.5",
    "hoofdstuk 3",
    "§ 4.2",
    "artikel 12",
    "bijlage 2",
    "section 3.1",
    "pagina 14",
    "bel 088 35 35 732",
    "06-12345678",
    "+31 6 1234 5678",
    "AGB-code 01012345",
    "AGB 01012345",
    "onze code is 12345678",
    "UZOVI 3360",
    "24/7 bereikbaar",
    "de 1e lijn",
    "de eerste lijn",
    "de 2de lijn",
    "NEN8009:2018",
    "NEN 7510",
    "ISO 9001",
    "ISO 9001:2015",
    "contract A",
    "Postbus 2705",
    "om 9 uur",
    "17:00 uur",
    "covid-19",
    "2.1 Wijzigingen",
    "1.\tAlgemeen inkoopbeleid",
    "6401 DE Heerlen",
    "BR/REG-26150",
    "dit gaat ten koste van de zorg",
    "een apotheek",
    "een derde partij",
    "acht u dit nodig",
    "postbus100@voorbeeld.nl",
]
READ = [*MONEY, *SHARES, *STAFF, *LENGTHS, *CLASSES, *BOUNDS, *((text, []) for text in NONE)]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_quantities(text: str, expected: list[str]) -> None:
    assert [written(quantity) for quantity in find_quantities(text)] == expected


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_the_same_within_a_sentence(text: str, expected: list[str]) -> None:
    if text[0].isupper() or expected == [] or text.startswith(("over", "half")):
        return
    sentence = f"Voor ons geldt: {text}, en dat blijft zo."
    assert [written(quantity) for quantity in find_quantities(sentence)] == expected


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_offsets(text: str, expected: list[str]) -> None:
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    ("text", "value", "noun"),
    [
        ("9 van de 20 kraamverzorgenden", "45", "kraamverzorgenden"),
        ("47 van de 100", "47", ""),
        ("twee van de drie", "66.67", ""),
        ("3 out of 4 doctors", "75", "doctors"),
        ("6 van onze 8 artsen", "75", "artsen"),
        ("1 op de 4 verzekerden", "25", "verzekerden"),
    ],
)
def test_shares(text: str, value: str, noun: str) -> None:
    (share,) = find_shares(text)
    assert (share.value, share.unit, share.noun) == (Decimal(value), "percent", noun)


@pytest.mark.parametrize("text", ["het beleid van de verzekeraar", "5 van de artsen", "20 van de 9", "0 van de 0"])
def test_no_shares(text: str) -> None:
    assert list(find_shares(text)) == []


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("300.000", "300000"), ("1.2", "1.2"), ("1,2", "1.2"), ("100,000", "100000"), ("0,125", "0.125"),
        ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1.000.000", "1000000"), ("12", "12"), ("1.2.3", None),
    ],
)  # fmt: skip
def test_digits(digits: str, value: str | None) -> None:
    assert parse_digits(digits) == (None if value is None else Decimal(value))


def dutch(number: int) -> str:
    """The number in figures with points between thousands."""
    return f"{number:,}".replace(",", ".")


amounts = st.integers(min_value=1, max_value=99_999_999)


@given(amounts, st.sampled_from(["€ {}", "€{}", "{} euro", "EUR {}", "{} eur", "€ {},-", "€ {},00"]))
def test_money_comes_back(number: int, form: str) -> None:
    (quantity,) = find_quantities("wij hadden " + form.format(dutch(number)))
    assert (quantity.value, quantity.unit) == (number, "eur")


@given(amounts, st.sampled_from(["{} euros", "EUR {}", "€{}"]))
def test_english_money_comes_back(number: int, form: str) -> None:
    (quantity,) = find_quantities("our revenue was " + form.format(f"{number:,}"))
    assert (quantity.value, quantity.unit) == (number, "eur")


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["k", " duizend euro", " k", "k euro", "000 euro"]))
def test_thousands_come_back(number: int, form: str) -> None:
    (quantity,) = find_quantities(f"onze omzet is {number}{form}")
    assert (quantity.value, quantity.unit) == (number * 1000, "eur")


@given(
    st.decimals(min_value="0.1", max_value="99.9", places=1),
    st.sampled_from([",", "."]),
    st.sampled_from([("%", "percent"), (" %", "percent"), (" procent", "percent"), (" fte", "fte"), ("FTE", "fte")]),
)
def test_decimals_come_back(number: Decimal, mark: str, unit: tuple[str, str]) -> None:
    (quantity,) = find_quantities(f"wij zitten op {str(number).replace('.', mark)}{unit[0]}")
    assert (quantity.value, quantity.unit) == (number, unit[1])


@given(st.sampled_from(sorted(NUMBER_WORDS)))
def test_number_words_come_back(word: str) -> None:
    if word in ("een", "a hundred"):
        return
    found = list(find_numerals(f"wij hebben {word} vestigingen"))
    assert [numeral.value for numeral in found] == [NUMBER_WORDS[word]]


@given(st.text(max_size=80))
def test_any_text_is_read_in_order(text: str) -> None:
    found = list(find_quantities(text))
    assert found == sorted(found, key=lambda quantity: quantity.start)
    assert all(text[quantity.start : quantity.end] == quantity.text for quantity in found)
