"""Date phrases in Dutch policy text: which days they mean, where they stand, and what is no date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import MONTH_NAMES_EN, MONTH_NAMES_NL, find_dates, spell_day

Row = tuple[str, str, str, str, str]  # phrase as found, kind, first, last, bound

DAYS = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2199, 12, 31))
AROUND = st.text(alphabet=st.sampled_from(" .,;:()'\n\tabz-–“”€"), max_size=12)


def found(text: str, *, year: int | None = None) -> list[Row]:
    """What was found, with the phrase cut from the text by its offsets."""
    rows: list[Row] = []
    for date, start, end in find_dates(text, year=year):
        assert text[start:end] == date.text
        assert date.first <= date.last
        assert (date.kind == "exact") == (date.first == date.last)
        assert not date.assumed_year
        rows.append((text[start:end], date.kind, date.first.isoformat(), date.last.isoformat(), date.bound))
    return rows


def exact(phrase: str, day: str, bound: str = "on") -> Row:
    return phrase, "exact", day, day, bound


def period(phrase: str, first: str, last: str, bound: str = "on") -> Row:
    return phrase, "period", first, last, bound


def vague(phrase: str, first: str, last: str, bound: str = "on") -> Row:
    return phrase, "vague", first, last, bound


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("op 7 maart 2031 sluit het loket", exact("7 maart 2031", "2031-03-07")),
        ("op 07 maart 2031", exact("07 maart 2031", "2031-03-07")),
        ("op 7 MAART 2031", exact("7 MAART 2031", "2031-03-07")),
        ("de 7e maart 2031", exact("7e maart 2031", "2031-03-07")),
        ("de 3de maart 2031", exact("3de maart 2031", "2031-03-03")),
        ("de 1ste maart 2031", exact("1ste maart 2031", "2031-03-01")),
        ("op 7 mrt. 2031", exact("7 mrt. 2031", "2031-03-07")),
        ("op 7 sept 2031", exact("7 sept 2031", "2031-09-07")),
        ("op 7\nmaart  2031", exact("7\nmaart  2031", "2031-03-07")),
        ("op 07-03-2031", exact("07-03-2031", "2031-03-07")),
        ("op 7-3-2031", exact("7-3-2031", "2031-03-07")),
        ("op 7/3/2031", exact("7/3/2031", "2031-03-07")),
        ("op 7.3.2031.", exact("7.3.2031", "2031-03-07")),
        ("op 2031-03-07", exact("2031-03-07", "2031-03-07")),
        ("(7 maart 2031)", exact("7 maart 2031", "2031-03-07")),
        ("7 maart 2031, 17.00 uur", exact("7 maart 2031", "2031-03-07")),
        ("on 7 March 2031", exact("7 March 2031", "2031-03-07")),
        ("29 februari 2028", exact("29 februari 2028", "2028-02-29")),
        ("31 december 2031", exact("31 december 2031", "2031-12-31")),
        ("op 7-3-'31", exact("7-3-'31", "2031-03-07")),
        ("on March 7, 2031", exact("March 7, 2031", "2031-03-07")),
        ("on the 7th of March 2031", exact("7th of March 2031", "2031-03-07")),
        ("01-01-2031", exact("01-01-2031", "2031-01-01")),
    ],
)
def test_a_day_is_read_in_every_notation(text: str, expected: Row) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("uiterlijk", "by"),
        ("Uiterlijk", "by"),
        ("tot uiterlijk", "by"),
        ("t/m", "by"),
        ("tot en met", "by"),
        ("tot  en\nmet", "by"),
        ("no later than", "by"),
        ("by", "by"),
        ("op of voor", "by"),
        ("op of vóór", "by"),
        ("vóór of op", "by"),
        ("on or before", "by"),
        ("op of na", "from"),
        ("as of", "from"),
        ("since", "from"),
        ("voor", "before"),
        ("vóór", "before"),
        ("before", "before"),
        ("vanaf", "from"),
        ("per", "from"),
        ("met ingang van", "from"),
        ("from", "from"),
        ("na", "after"),
        ("after", "after"),
    ],
)
@pytest.mark.parametrize("day", ["4 juni 2031", "04-06-2031", "2031-06-04"])
def test_the_words_in_front_bound_the_day_and_belong_to_the_phrase(words: str, bound: str, day: str) -> None:
    assert found(f"Dat kan {words} {day} in het portaal") == [exact(f"{words} {day}", "2031-06-04", bound)]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("uiterlijk op 4 juni 2031", {"by"}),
        ("niet later dan 4 juni 2031", {"by"}),
        ("tot 4 juni 2031", {"by", "before"}),
        ("vo\u0301o\u0301r 4 juni 2031", {"before"}),
    ],
)
def test_a_last_day_in_other_words_is_no_day_on_which_it_happens(text: str, bounds: set[str]) -> None:
    assert [date.first for date, _, _ in find_dates(text)] == [dt.date(2031, 6, 4)]
    assert {date.bound for date, _, _ in find_dates(text)} <= bounds


@pytest.mark.parametrize(
    "text", ["vergoeding voor\tgroepen op 4 juni 2031", "bel na het weekend op 4 juni 2031", "super 4 juni 2031"]
)
def test_a_bounding_word_elsewhere_or_inside_another_word_does_not_bound(text: str) -> None:
    assert found(text) == [exact("4 juni 2031", "2031-06-04")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("begin mei 2031", vague("begin mei 2031", "2031-05-01", "2031-05-10")),
        ("half mei 2031", vague("half mei 2031", "2031-05-11", "2031-05-20")),
        ("medio mei 2031", vague("medio mei 2031", "2031-05-11", "2031-05-20")),
        ("mid May 2031", vague("mid May 2031", "2031-05-11", "2031-05-20")),
        ("eind mei 2031", vague("eind mei 2031", "2031-05-21", "2031-05-31")),
        ("einde mei 2031", vague("einde mei 2031", "2031-05-21", "2031-05-31")),
        ("end of May 2031", vague("end of May 2031", "2031-05-21", "2031-05-31")),
        ("eind juni 2031", vague("eind juni 2031", "2031-06-21", "2031-06-30")),
        ("eind februari 2031", vague("eind februari 2031", "2031-02-21", "2031-02-28")),
        ("eind februari 2032", vague("eind februari 2032", "2032-02-21", "2032-02-29")),
        ("vanaf half mei 2031", vague("vanaf half mei 2031", "2031-05-11", "2031-05-20", "from")),
        ("uiterlijk eind mei 2031", vague("uiterlijk eind mei 2031", "2031-05-21", "2031-05-31", "by")),
        ("in mei 2031", period("mei 2031", "2031-05-01", "2031-05-31")),
        ("in februari 2032", period("februari 2032", "2032-02-01", "2032-02-29")),
        ("vóór december 2031", period("vóór december 2031", "2031-12-01", "2031-12-31", "before")),
        ("in Q1 2031", period("Q1 2031", "2031-01-01", "2031-03-31")),
        ("in Q4 van 2031", period("Q4 van 2031", "2031-10-01", "2031-12-31")),
        ("het eerste kwartaal 2031", period("eerste kwartaal 2031", "2031-01-01", "2031-03-31")),
        ("het tweede kwartaal van 2031", period("tweede kwartaal van 2031", "2031-04-01", "2031-06-30")),
        ("het derde kwartaal van 2031", period("derde kwartaal van 2031", "2031-07-01", "2031-09-30")),
        ("the third quarter of 2031", period("third quarter of 2031", "2031-07-01", "2031-09-30")),
        ("de eerste helft van 2031", period("eerste helft van 2031", "2031-01-01", "2031-06-30")),
        ("the second half of 2031", period("second half of 2031", "2031-07-01", "2031-12-31")),
        ("voor het derde kwartaal van 2031", period("derde kwartaal van 2031", "2031-07-01", "2031-09-30")),
        ("het Vierde kwartaal van 2031", period("Vierde kwartaal van 2031", "2031-10-01", "2031-12-31")),
    ],
)
def test_a_stretch_is_bounded_by_its_first_and_last_day(text: str, expected: Row) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_known_by_its_dutch_and_english_name(number: int) -> None:
    for name in (MONTH_NAMES_NL[number], MONTH_NAMES_EN[number], MONTH_NAMES_NL[number].upper()):
        assert found(f"op 2 {name} 2031") == [exact(f"2 {name} 2031", f"2031-{number:02d}-02")]


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("tot en met 4 juni kan het", None, []),
        ("eind augustus hoort u meer", None, []),
        ("op 29 februari", None, []),
        ("tot en met 4 juni kan het", 2031, [exact("tot en met 4 juni", "2031-06-04", "by")]),
        ("eind augustus hoort u meer", 2031, [vague("eind augustus", "2031-08-21", "2031-08-31")]),
        ("op 29 februari", 2032, [exact("29 februari", "2032-02-29")]),
        ("op 29 februari", 2031, []),
        ("op 4 juni 2029", 2031, [exact("4 juni 2029", "2029-06-04")]),
        ("eind juni 2029", 2031, [vague("eind juni 2029", "2029-06-21", "2029-06-30")]),
    ],
)
def test_a_phrase_without_a_year_is_read_only_when_the_year_is_given(
    text: str, year: int | None, expected: list[Row]
) -> None:
    assert found(text, year=year) == expected


@pytest.mark.parametrize(
    "text",
    ["31 februari 2031", "30-02-2031", "29 februari 2031", "2031-02-29", "31 april 2031", "0 mei 2031", "01-13-2031",
     "2031-00-10", "1 mei 0000"],
)  # fmt: skip
def test_what_is_no_day_of_the_calendar_is_left_out(text: str) -> None:
    assert [row for row in found(text) if row[1] == "exact"] == []


@pytest.mark.parametrize("text", ["in mei 0000", "eind mei 0000", "Q2 0000", "derde kwartaal van 0000"])
def test_a_stretch_in_a_year_that_does_not_exist_is_left_out(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zie paragraaf 2.7",
        "om 17:00 uur",
        "van 9.00 tot 17.00 uur",
        "artikel 1 mei niet worden gelezen zonder de toelichting",
        "bel 088-123 45 67",
        "AGB-code 01234567",
        "€ 1.250,50 per 2031",
        "12 maanden",
        "3 op de 10 patiënten",
        "versie 1.2.3",
        "1/11/20",
        "KvK 12-34-567890",
        "ordernummer 1234-05-061",
        "het jaar 2031",
        "Q5 2031",
        "kwartaal 2031",
        "meisjes in 2031",
        "1 meiklok 2031",
        "postcode 1234 AB",
        "25% van 2031",
    ],
)
def test_numbers_that_are_no_dates_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    ["zie 2.7", "om 17:00 uur", "12 maanden", "art. 3 lid 5", "8 mensen", "5 meisjes", "1 marge", "11 juniorartsen"],
)
def test_numbers_that_are_no_dates_are_left_alone_when_a_year_is_given(text: str) -> None:
    assert found(text, year=2031) == []


def test_several_phrases_come_in_order_and_apart() -> None:
    text = "Van 1 maart 2031 tot en met 30 april 2031, en weer vanaf half mei 2031; zie 2.7 (vóór 03-06-2031)."
    assert found(text) == [
        exact("1 maart 2031", "2031-03-01"),
        exact("tot en met 30 april 2031", "2031-04-30", "by"),
        vague("vanaf half mei 2031", "2031-05-11", "2031-05-20", "from"),
        exact("vóór 03-06-2031", "2031-06-03", "before"),
    ]


@given(day=DAYS, before=AROUND, after=AROUND)
def test_every_day_written_out_is_found_back(day: dt.date, before: str, after: str) -> None:
    phrase = spell_day(day)
    text = f"{before} {phrase} {after}"
    assert [row[:3] for row in found(text)] == [(phrase, "exact", day.isoformat())]


@given(day=DAYS)
def test_every_notation_of_a_day_means_the_same_day(day: dt.date) -> None:
    notations = (
        spell_day(day),
        spell_day(day, "en"),
        day.isoformat(),
        f"{day.day}-{day.month}-{day.year}",
        f"{day.day:02d}/{day.month:02d}/{day.year}",
    )
    assert {row[2:4] for text in notations for row in found(text)} == {(day.isoformat(), day.isoformat())}
    assert all(len(found(text)) == 1 for text in notations)


@given(day=DAYS)
def test_a_day_without_its_year_is_completed_with_the_year_given(day: dt.date) -> None:
    phrase = spell_day(day).rsplit(" ", 1)[0]
    assert found(phrase, year=day.year) == [exact(phrase, day.isoformat())]
    assert found(phrase) == []


@given(
    st.lists(
        st.sampled_from(
            ["uiterlijk", "per", "eind", "half", "0", "1", "31", "99", "mei", "februari", "2031", "0000", "9999", "Q1",
             "derde kwartaal", "van", "1-1-0000", "2031-99-99", "t/m", "-", "/", "."]
        ),
        max_size=8,
    ),
    st.sampled_from([None, 1, 2031, 9999]),
)  # fmt: skip
def test_any_row_of_date_words_is_read_without_an_error_and_without_overlap(words: list[str], year: int | None) -> None:
    text = " ".join(words)
    found(text, year=year)
    ends = [0]
    for _, start, end in find_dates(text, year=year):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)


@pytest.mark.parametrize(
    ("day", "dutch", "english"),
    [
        (dt.date(2031, 1, 1), "1 januari 2031", "1 January 2031"),
        (dt.date(2032, 2, 29), "29 februari 2032", "29 February 2032"),
        (dt.date(2031, 3, 10), "10 maart 2031", "10 March 2031"),
        (dt.date(2031, 12, 31), "31 december 2031", "31 December 2031"),
    ],
)
def test_a_day_is_spelled_in_words(day: dt.date, dutch: str, english: str) -> None:
    assert (spell_day(day), spell_day(day, "nl"), spell_day(day, "en")) == (dutch, dutch, english)
