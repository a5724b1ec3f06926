"""Date phrases in an asker's own words, read from the day on which they were written."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from knowledge.date_stretches import stretch_of
from knowledge.date_years import Frame, Stretch, in_year
from knowledge.dates import find_dates, spell_day_long

SUNDAY = dt.date(2026, 11, 22)


def read(text: str, today: dt.date, year: int | None = None) -> list[tuple[str, str]]:
    """What was found: the phrase and its meaning, as the tables note it (see `TABLE`)."""
    rows: list[tuple[str, str]] = []
    for date, start, end in find_dates(text, today=today, year=year):
        assert text[start:end] == date.text
        assert date.first <= date.last
        if date.kind == "exact":
            assert date.first == date.last
        bound = "" if date.bound == "on" else f"{date.bound} "
        days = f"{date.first}" if date.kind == "exact" else f"{date.first}..{date.last}"
        rows.append(
            (date.text, f"{bound}{'~' if date.kind == 'vague' else ''}{days}{'?' if date.assumed_year else ''}")
        )
    return rows


# The notation of the tables: "by 2026-11-01?" is uiterlijk that exact day, in a year that was
# concluded; "a..b" is a period and "~a..b" a vague stretch. Brackets mark the phrase; without any
# it is the whole text.

WRITTEN = [
    ("1 november 2025", "2025-11-01"),
    ("oudejaarsdag 2025", "2025-12-31"),
    ("drie november 2025", "2025-11-03"),
    ("derde november 2025", "2025-11-03"),
    ("eenentwintigste van november 2025", "2025-11-21"),
    ("tweeëntwintig november", "2026-11-22?"),
    ("14e van vorige maand", "2026-10-14"),
    ("eerste van volgende maand", "2026-12-01"),
    ("3 wkn geleden", "2026-11-01"),
    ("1 febr. 2026", "2026-02-01"),
    ("oudejaarsavond", "2026-12-31?"),
    ("nieuwjaarsdag 2027", "2027-01-01"),
    ("vanaf nieuwjaarsdag", "from 2027-01-01?"),
    ("on [New Year's Eve]", "2026-12-31?"),
    ("1 nov 2025", "2025-11-01"),
    ("1 nov. 2025", "2025-11-01"),
    ("1 nov.", "2026-11-01?"),
    ("1e november", "2026-11-01?"),
    ("[1ste november], dacht ik", "2026-11-01?"),
    ("1 november '25", "2025-11-01"),
    ("1 november ’25", "2025-11-01"),
    ("[1 nov 25]?", "2025-11-01"),
    ("[1 nov] 25 contracten", "2026-11-01?"),
    ("1-11-2025", "2025-11-01"),
    ("01/11/2025", "2025-11-01"),
    ("1.11.2025", "2025-11-01"),
    ("1-11-'25", "2025-11-01"),
    ("1-11-25", "2025-11-01"),
    ("01/11/25", "2025-11-01"),
    ("2025-11-01", "2025-11-01"),
    ("ik tekende op [1-11] al", "2026-11-01?"),
    ("per 1/1", "from 2027-01-01?"),
    ("brief d.d. [3-4]", "2027-04-03?"),
    ("getekend [01-11]", "2026-11-01?"),
    ("ma 2/11", "2026-11-02?"),
    ("November 1, 2025", "2025-11-01"),
    ("November 1 2025", "2025-11-01"),
    ("November 1st, 2025", "2025-11-01"),
    ("Nov. 1, 2025", "2025-11-01"),
    ("Nov 1", "2026-11-01?"),
    ("can I still sign on [nov 10]?", "2026-11-10?"),
    ("Dec 1st", "2026-12-01?"),
    ("1st of November", "2026-11-01?"),
    ("the [1st of November 2025]", "2025-11-01"),
    ("the [2nd November]", "2026-11-02?"),
    ("5 May", "2027-05-05?"),
    ("5th may", "2027-05-05?"),
    ("5 may 2026", "2026-05-05"),
    ("on [may 5]", "2027-05-05?"),
    ("May 5", "2027-05-05?"),
    ("5 mei", "2027-05-05?"),
    ("5 mrt", "2027-03-05?"),
    ("1 november van vorig jaar", "2025-11-01"),
    ("1 november vorig jaar", "2025-11-01"),
    ("1 november dit jaar", "2026-11-01"),
    ("1 november volgend jaar", "2027-11-01"),
    ("vorig jaar op 1 november", "2025-11-01"),
    ("November 1 of last year", "2025-11-01"),
    ("[10 november 2026], 17.00 uur", "2026-11-10"),
    ("[10 november] 17.00 uur", "2026-11-10?"),
    ("29 februari 2028", "2028-02-29"),
]
WEEKDAYS_BESIDE = [
    ("wo 9 sept", "2026-09-09?"),
    ("woensdag 9 september", "2026-09-09?"),
    ("maandag 13 okt", "2025-10-13?"),
    ("ma. 13 okt.", "2025-10-13?"),
    ("zaterdag 7 november", "2026-11-07?"),
    ("vrijdag 7 november", "2025-11-07?"),
    ("zondag 7 november", "2027-11-07?"),
    ("woensdag 7 november", "2029-11-07?"),
    ("Monday October 13", "2025-10-13?"),
    ("Friday, 7 November", "2025-11-07?"),
    ("dinsdag de 10e november", "2026-11-10?"),
    ("vrijdag 7 november 2026", "2026-11-07"),
    ("zo 9 september", "2026-09-09?"),  # "is dat zo 9 september": no Sunday
    ("uiterlijk wo 9 sept", "by 2026-09-09?"),
    ("woensdag 18-11", "2026-11-18?"),
    ("dinsdagmiddag 3 november", "2026-11-03?"),
]
SIDES = [
    ("17 maart jl.", "2026-03-17?"),
    ("17 maart jl", "2026-03-17?"),
    ("17 maart jongstleden", "2026-03-17?"),
    ("22 november jl.", "2026-11-22?"),
    ("23 november jl.", "2025-11-23?"),
    ("17 maart a.s.", "2027-03-17?"),
    ("1 november aanstaande", "2027-11-01?"),
    ("22 november a.s.", "2026-11-22?"),
    ("21 november a.s.", "2027-11-21?"),
    ("afgelopen 17 december", "2025-12-17?"),
    ("komende 1 november", "2027-11-01?"),
    ("29 februari jl.", "2024-02-29?"),
    ("29 februari a.s.", "2028-02-29?"),
    ("afgelopen september", "2026-09-01..2026-09-30?"),
    ("afgelopen november", "2025-11-01..2025-11-30?"),
    ("september jl.", "2026-09-01..2026-09-30?"),
    ("komende november", "2027-11-01..2027-11-30?"),
    ("next December", "2026-12-01..2026-12-31?"),
    ("vorig jaar november", "2025-11-01..2025-11-30"),
    ("vorig jaar in november", "2025-11-01..2025-11-30"),
    ("november vorig jaar", "2025-11-01..2025-11-30"),
]
STRETCHES = [
    ("eind september", "~2026-09-21..2026-09-30?"),
    ("eind september 2025", "~2025-09-21..2025-09-30"),
    ("eind van september", "~2026-09-21..2026-09-30?"),
    ("half mei", "~2027-05-11..2027-05-20?"),
    ("half-mei", "~2027-05-11..2027-05-20?"),
    ("begin juni", "~2026-06-01..2026-06-10?"),
    ("medio maart", "~2027-03-11..2027-03-20?"),
    ("midden april", "~2027-04-11..2027-04-20?"),
    ("mid-September", "~2026-09-11..2026-09-20?"),
    ("early March", "~2027-03-01..2027-03-10?"),
    ("late October", "~2026-10-21..2026-10-31?"),
    ("end of february", "~2027-02-21..2027-02-28?"),
    ("eind feb 2028", "~2028-02-21..2028-02-29"),
    ("eind deze maand", "~2026-11-21..2026-11-30"),
    ("eind van deze maand", "~2026-11-21..2026-11-30"),
    ("begin volgende maand", "~2026-12-01..2026-12-10"),
    ("the [end of last month]", "~2026-10-21..2026-10-31"),
    ("eind 2026", "~2026-10-01..2026-12-31"),
    ("begin volgend jaar", "~2027-01-01..2027-03-31"),
    ("halverwege nee, [half 2027]", "~2027-05-01..2027-08-31"),
    ("in [mei]", "2027-05-01..2027-05-31?"),
    ("in [november]", "2026-11-01..2026-11-30?"),
    ("in [mei 2026]", "2026-05-01..2026-05-31"),
    ("in [May]", "2027-05-01..2027-05-31?"),
    ("in [may]", "2027-05-01..2027-05-31?"),
    ("by May", "by 2027-05-01..2027-05-31?"),
    ("in [okt]", "2026-10-01..2026-10-31?"),
    ("in [jan]", "2027-01-01..2027-01-31?"),
    ("vóór dec", "before 2026-12-01..2026-12-31?"),
    ("in [march]", "2027-03-01..2027-03-31?"),
    ("March", "2027-03-01..2027-03-31?"),
    ("februari 2028", "2028-02-01..2028-02-29"),
    ("Q3", "2026-07-01..2026-09-30?"),
    ("Q3 2025", "2025-07-01..2025-09-30"),
    ("Q3-2025", "2025-07-01..2025-09-30"),
    ("Q1 '27", "2027-01-01..2027-03-31"),
    ("Q2 van vorig jaar", "2025-04-01..2025-06-30"),
    ("kwartaal 2", "2027-04-01..2027-06-30?"),
    ("derde kwartaal", "2026-07-01..2026-09-30?"),
    ("4e kwartaal", "2026-10-01..2026-12-31?"),
    ("first quarter of 2027", "2027-01-01..2027-03-31"),
    ("uiterlijk het derde kwartaal van 2027", "by 2027-07-01..2027-09-30"),
    ("eerste helft van 2026", "2026-01-01..2026-06-30"),
    ("tweede helft van volgend jaar", "2027-07-01..2027-12-31"),
    ("eerste halfjaar 2026", "2026-01-01..2026-06-30"),
    ("second half of 2026", "2026-07-01..2026-12-31"),
    ("rond 1 november", "~2026-10-25..2026-11-08?"),
    ("week van 5 november", "2026-11-02..2026-11-08?"),
    ("omstreeks 2026-11-01", "~2026-10-25..2026-11-08"),
]
BOUNDS = [
    ("uiterlijk 1 december", "by 2026-12-01?"),
    ("tot uiterlijk 1 december", "by 2026-12-01?"),
    ("vóór 1 december", "before 2026-12-01?"),
    ("voor 1 december", "before 2026-12-01?"),
    ("voor de 1e december", "before 2026-12-01?"),
    ("before the 1st of December", "before 2026-12-01?"),
    ("t/m 15 mei", "by 2027-05-15?"),
    ("tot en met 15 mei", "by 2027-05-15?"),
    ("tot 15 mei", "before 2027-05-15?"),
    ("vanaf 1 mei", "from 2027-05-01?"),
    ("per 1 januari", "from 2027-01-01?"),
    ("met ingang van 1 januari", "from 2027-01-01?"),
    ("m.i.v. 1 januari", "from 2027-01-01?"),
    ("sinds 1 november", "from 2026-11-01?"),
    ("na 1 juli", "after 2026-07-01?"),
    ("op of na 1 juli", "from 2026-07-01?"),
    ("niet voor 1 juli", "from 2026-07-01?"),
    ("not before 1 July", "from 2026-07-01?"),
    ("niet eerder dan 1 juli", "from 2026-07-01?"),
    ("op zijn vroegst 1 juli", "from 2026-07-01?"),
    ("niet na 1 juli", "by 2026-07-01?"),
    ("op z'n laatst 1 juli", "by 2026-07-01?"),
    ("by Friday 9 October", "by 2026-10-09?"),
    ("until 1 December", "by 2026-12-01?"),
    ("uiterlijk eind september", "by ~2026-09-21..2026-09-30?"),
    ("uiterlijk morgen", "by 2026-11-23"),
    ("since yesterday", "from 2026-11-21"),
    ("voor volgende week", "before 2026-11-23..2026-11-29"),
    ("voor [volgend jaar]", "2027-01-01..2027-12-31"),
    ("voor het [derde kwartaal]", "2026-07-01..2026-09-30?"),
]
PERIODS = [
    ("van 1 mei t/m 15 mei", "2027-05-01..2027-05-15?"),
    ("van 1 mei tot en met 15 mei 2026", "2026-05-01..2026-05-15"),
    ("van 1 mei 2025 t/m 15 juni", "2025-05-01..2025-06-15"),
    ("1 mei t/m 15 mei", "2027-05-01..2027-05-15?"),
    ("1 mei - 15 mei 2026", "2026-05-01..2026-05-15"),
    ("1-5-2026 – 15-5-2026", "2026-05-01..2026-05-15"),
    ("van 1 tot 15 mei", "2027-05-01..2027-05-14?"),
    ("van 1 mei tot 15 mei", "2027-05-01..2027-05-14?"),
    ("van 1 mei tot 2 mei", "2027-05-01?"),
    ("tussen 1 en 15 mei", "2027-05-01..2027-05-15?"),
    ("tussen de 1e en de 15e mei", "2027-05-01..2027-05-15?"),
    ("tussen 1 mei en 15 juni", "2027-05-01..2027-06-15?"),
    ("1-15 mei", "2027-05-01..2027-05-15?"),
    ("1–15 mei 2026", "2026-05-01..2026-05-15"),
    ("1 t/m 15 mei", "2027-05-01..2027-05-15?"),
    ("from 1 to 15 May", "2027-05-01..2027-05-15?"),
    ("May 1-15", "2027-05-01..2027-05-15?"),
    ("from May 1 to May 15", "2027-05-01..2027-05-15?"),
    ("between May 1 and June 15, 2026", "2026-05-01..2026-06-15"),
    ("vanaf 1 mei tot 15 juni", "2027-05-01..2027-06-14?"),
    ("van 15 december t/m 15 januari", "2026-12-15..2027-01-15?"),
    ("van 15 december t/m 15 januari 2026", "2025-12-15..2026-01-15"),
    ("van 15 december 2025 t/m 15 januari", "2025-12-15..2026-01-15"),
    ("mei t/m juli 2026", "2026-05-01..2026-07-31"),
    ("van mei tot juli", "2027-05-01..2027-06-30?"),
    ("mei-juli", "2027-05-01..2027-07-31?"),
    ("from March to May", "2027-03-01..2027-05-31?"),
    ("van gisteren t/m morgen", "2026-11-21..2026-11-23"),
    ("van eind mei t/m 15 juni 2026", "~2026-05-21..2026-06-15"),
    ("tussen 1-11 en 15-11", "2026-11-01..2026-11-15?"),
    ("ma 5 t/m vr 9 oktober", "2026-10-05..2026-10-09?"),
    ("1 of 2 november", "~2026-11-01..2026-11-02?"),
    ("5, 6 en 7 oktober", "~2026-10-05..2026-10-07?"),
    ("1st or 2nd of November", "~2026-11-01..2026-11-02?"),
]
COUNTED = [
    ("vandaag", "2026-11-22"),
    ("gisteren", "2026-11-21"),
    ("gisteravond", "2026-11-21"),
    ("eergisteren", "2026-11-20"),
    ("morgen", "2026-11-23"),
    ("morgenochtend", "2026-11-23"),
    ("overmorgen", "2026-11-24"),
    ("vanochtend", "2026-11-22"),
    ("vanmorgen", "2026-11-22"),
    ("today", "2026-11-22"),
    ("tonight", "2026-11-22"),
    ("this morning", "2026-11-22"),
    ("yesterday", "2026-11-21"),
    ("the day before yesterday", "2026-11-20"),
    ("tomorrow", "2026-11-23"),
    ("day after tomorrow", "2026-11-24"),
    ("vorige week vrijdag", "2026-11-13"),
    ("vorige week op vrijdag", "2026-11-13"),
    ("vrijdag vorige week", "2026-11-13"),
    ("Friday last week", "2026-11-13"),
    ("Friday of next week", "2026-11-27"),
    ("volgende week maandag", "2026-11-23"),
    ("deze week dinsdag", "2026-11-17"),
    ("afgelopen maandag", "2026-11-16"),
    ("afgelopen zondag", "2026-11-15"),
    ("afgelopen zaterdag", "2026-11-21"),
    ("last Friday", "2026-11-20"),
    ("vrijdag jl.", "2026-11-20"),
    ("komende vrijdag", "2026-11-27"),
    ("komende zondag", "2026-11-29"),
    ("aanstaande maandag", "2026-11-23"),
    ("vrijdag a.s.", "2026-11-27"),
    ("deze zondag", "2026-11-22"),
    ("this Monday", "2026-11-23"),
    ("volgende vrijdag", "2026-11-27"),
    ("vorige vrijdag", "~2026-11-13..2026-11-20"),
    ("deze week", "2026-11-16..2026-11-22"),
    ("vorige week", "2026-11-09..2026-11-15"),
    ("volgende week", "2026-11-23..2026-11-29"),
    ("deze maand", "2026-11-01..2026-11-30"),
    ("vorige maand", "2026-10-01..2026-10-31"),
    ("volgende maand", "2026-12-01..2026-12-31"),
    ("next month", "2026-12-01..2026-12-31"),
    ("last month", "2026-10-01..2026-10-31"),
    ("afgelopen maand", "~2026-10-01..2026-11-22"),
    ("komende maand", "~2026-11-22..2026-12-31"),
    ("dit kwartaal", "2026-10-01..2026-12-31"),
    ("volgend kwartaal", "2027-01-01..2027-03-31"),
    ("last quarter", "2026-07-01..2026-09-30"),
    ("vorig jaar", "2025-01-01..2025-12-31"),
    ("this year", "2026-01-01..2026-12-31"),
    ("volgend jaar", "2027-01-01..2027-12-31"),
    ("over twee weken", "2026-12-06"),
    ("over precies twee weken", "2026-12-06"),
    ("in exactly two weeks", "2026-12-06"),
    ("over 3 dagen", "2026-11-25"),
    ("over een week", "2026-11-29"),
    ("over ongeveer 2 weken", "~2026-12-03..2026-12-09"),
    ("over 2 maanden", "~2027-01-07..2027-02-06"),
    ("in two weeks", "2026-12-06"),
    ("in 3 days", "2026-11-25"),
    ("two weeks from now", "2026-12-06"),
    ("twee weken geleden", "2026-11-08"),
    ("precies twee weken geleden", "2026-11-08"),
    ("3 dagen geleden", "2026-11-19"),
    ("een week terug", "2026-11-15"),
    ("two weeks ago", "2026-11-08"),
    ("a week ago", "2026-11-15"),
    ("ruim twee weken geleden", "~2026-11-05..2026-11-11"),
    ("een maand geleden", "~2026-10-07..2026-11-06"),
    ("2 years ago", "~2024-05-23..2025-05-24"),
]
IN_A_MONTH = [
    ("laatste dag van oktober", "2026-10-31?"),
    ("de [eerste dag van december]", "2026-12-01?"),
    ("last day of February", "2027-02-28?"),
    ("laatste dag van vorige maand", "2026-10-31"),
    ("first day of next month", "2026-12-01"),
    ("ultimo november", "2026-11-30?"),
    ("eerste maandag van december", "2026-12-07?"),
    ("laatste vrijdag van oktober", "2026-10-30?"),
    ("last Friday of October", "2026-10-30?"),
    ("first of December", "2026-12-01?"),
    ("twenty-first of November", "2026-11-21?"),
    ("14th of last month", "2026-10-14"),
    ("vrijdag de 13e", "2026-11-13"),
    ("Monday the 16th", "2026-11-16"),
    ("dinsdag 17", "2026-11-17"),
    ("de 16e", "2026-11-16"),
    ("sinds de 16e", "from 2026-11-16"),
    ("on [the 3rd]", "2026-12-03"),
    ("[the 20th] was a Friday", "2026-11-20"),
]
NAMED_DAYS = [
    ("tweede kerstdag", "2026-12-26?"),
    ("kerstavond", "2026-12-24?"),
    ("koningsdag", "2027-04-27?"),
    ("Boxing Day", "2026-12-26?"),
    ("sinterklaas", "2026-12-05?"),
    ("zojuist", "2026-11-22"),
    ("eergisteravond", "2026-11-20"),
    ("overmorgenochtend", "2026-11-24"),
    ("last night", "2026-11-21"),
    ("vrijdag over een week", "2026-12-04"),
    ("gisteren een week geleden", "2026-11-14"),
    ("zondag over een week", "2026-11-29"),
    ("zondag twee weken geleden", "2026-11-08"),
    ("twee weken geleden, dinsdag", "2026-11-03"),
    ("3 weken geleden op vrijdag", "2026-10-30"),
    ("two weeks ago on Sunday", "2026-11-08"),
    ("today in two weeks", "2026-12-06"),
    ("a fortnight ago", "2026-11-08"),
    ("2 dgn geleden", "2026-11-20"),
    ("a.s. vrijdag", "2026-11-27"),
    ("afgelopen maandagochtend", "2026-11-16"),
    ("afgelopen weekend", "2026-11-14..2026-11-15"),
    ("dit weekend", "2026-11-21..2026-11-22"),
    ("komend weekend", "2026-11-28..2026-11-29"),
    ("[3/11] mailden we", "2026-11-03?"),
    ("wij hebben [3/11] getekend", "2026-11-03?"),
    ("contract [28/10]", "2026-10-28?"),
    ("dag voor kerstavond", "2026-12-23?"),
    ("twee weken na 1 november", "2026-11-15?"),
    ("the day after 3 December", "2026-12-04?"),
]
TABLE = [
    *WRITTEN, *WEEKDAYS_BESIDE, *SIDES, *STRETCHES, *BOUNDS, *PERIODS, *COUNTED, *IN_A_MONTH, *NAMED_DAYS
]  # fmt: skip


def marked(noted: str) -> tuple[str, str]:
    """The text without its brackets, and the phrase between them."""
    phrase = re.search(r"\[(.*)\]", noted)
    return noted.replace("[", "").replace("]", ""), phrase[1] if phrase else noted


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(TABLE) >= 150


@pytest.mark.parametrize(("noted", "meaning"), TABLE)
def test_a_phrase_of_sunday_22_november_2026_means(noted: str, meaning: str) -> None:
    text, phrase = marked(noted)
    assert read(text, SUNDAY) == [(phrase, meaning)]
    assert read(f"Vraag: {text}; dank", SUNDAY) == [(phrase, meaning)]


@pytest.mark.parametrize("phrase", ["15 mei", "15 mei jongstleden", "eind juni", "van 1 t/m 15 september", "morgen"])
def test_the_end_of_a_sentence_is_no_part_of_the_phrase(phrase: str) -> None:
    assert [text for text, _ in read(f"Dat is {phrase}.", SUNDAY)] == [phrase]


@pytest.mark.parametrize("phrase", ["15 nov.", "17 maart jl.", "17 maart a.s.", "vrijdag a.s."])
def test_the_dot_of_an_abbreviation_is_part_of_the_phrase(phrase: str) -> None:
    assert [text for text, _ in read(f"Dat is {phrase}", SUNDAY)] == [phrase]


@pytest.mark.parametrize("text", ["1-11", " 1-11.\n", "1-11?"])
def test_two_numbers_are_a_day_when_they_are_all_that_is_said(text: str) -> None:
    assert read(text, SUNDAY) == [("1-11", "2026-11-01?")]


@pytest.mark.parametrize(
    ("text", "today", "meaning"),
    [
        # jl. and a.s.: the day before, the day, the day after
        ("17 maart jl.", "2026-03-16", "2025-03-17?"),
        ("17 maart jl.", "2026-03-17", "2026-03-17?"),
        ("17 maart jl.", "2026-03-18", "2026-03-17?"),
        ("17 maart a.s.", "2026-03-16", "2026-03-17?"),
        ("17 maart a.s.", "2026-03-17", "2026-03-17?"),
        ("17 maart a.s.", "2026-03-18", "2027-03-17?"),
        # the nearest: half a year back, half a year ahead
        ("1 juli", "2026-12-29", "2026-07-01?"),
        ("1 juli", "2026-12-30", "2026-07-01?"),
        ("1 juli", "2026-12-31", "2027-07-01?"),
        ("1 juli", "2027-01-01", "2027-07-01?"),
        ("1 september", "2028-03-01", "2027-09-01?"),
        ("1 september", "2028-03-02", "2028-09-01?"),  # as far behind as ahead
        ("1 september", "2028-03-03", "2028-09-01?"),
        ("31 december", "2026-01-01", "2025-12-31?"),
        ("1 januari", "2026-12-31", "2027-01-01?"),
        ("29 februari", "2028-02-28", "2028-02-29?"),
        ("29 februari", "2027-08-30", "2028-02-29?"),
        ("29 februari", "2028-08-30", "2028-02-29?"),
        # year change and month ends
        ("gisteren", "2027-01-01", "2026-12-31"),
        ("morgen", "2026-12-31", "2027-01-01"),
        ("gisteren", "2028-03-01", "2028-02-29"),
        ("gisteren", "2027-03-01", "2027-02-28"),
        ("morgen", "2028-02-28", "2028-02-29"),
        ("vorige maand", "2027-01-31", "2026-12-01..2026-12-31"),
        ("volgende maand", "2027-01-31", "2027-02-01..2027-02-28"),
        ("volgende maand", "2026-12-01", "2027-01-01..2027-01-31"),
        ("vorige week", "2027-01-04", "2026-12-28..2027-01-03"),
        ("vorige week", "2027-01-03", "2026-12-21..2026-12-27"),
        ("vorig kwartaal", "2027-01-01", "2026-10-01..2026-12-31"),
        ("vorig kwartaal", "2026-12-31", "2026-07-01..2026-09-30"),
        ("een maand geleden", "2027-03-31", "~2027-02-13..2027-03-15"),
        ("december", "2027-01-15", "2026-12-01..2026-12-31?"),
        ("Q4", "2027-02-01", "2026-10-01..2026-12-31?"),
        ("Q1", "2026-11-01", "2027-01-01..2027-03-31?"),
        # weekdays around Wednesday 15 April 2026
        ("afgelopen dinsdag", "2026-04-15", "2026-04-14"),
        ("afgelopen woensdag", "2026-04-15", "2026-04-08"),
        ("afgelopen donderdag", "2026-04-15", "2026-04-09"),
        ("komende dinsdag", "2026-04-15", "2026-04-21"),
        ("komende woensdag", "2026-04-15", "2026-04-22"),
        ("komende donderdag", "2026-04-15", "2026-04-16"),
        ("volgende dinsdag", "2026-04-15", "2026-04-21"),
        ("volgende woensdag", "2026-04-15", "2026-04-22"),
        ("volgende donderdag", "2026-04-15", "~2026-04-16..2026-04-23"),
        ("vorige dinsdag", "2026-04-15", "~2026-04-07..2026-04-14"),
        ("vorige woensdag", "2026-04-15", "2026-04-08"),
        ("vorige donderdag", "2026-04-15", "2026-04-09"),
        ("deze week vrijdag", "2026-04-15", "2026-04-17"),
        ("vrijdag vorige week", "2026-04-17", "2026-04-10"),
        ("vrijdag vorige week", "2026-04-19", "2026-04-10"),
        ("vrijdag vorige week", "2026-04-20", "2026-04-17"),
    ],
)
def test_a_phrase_is_read_from_the_day_on_which_it_was_written(text: str, today: str, meaning: str) -> None:
    assert read(text, dt.date.fromisoformat(today)) == [(text, meaning)]


@pytest.mark.parametrize(
    ("text", "year", "meaning"),
    [
        ("1 juli", 2024, "2024-07-01"),
        ("eind mei", 2024, "~2024-05-21..2024-05-31"),
        ("Q2", 2024, "2024-04-01..2024-06-30"),
        ("1 juli 2025", 2024, "2025-07-01"),
        ("1 juli jl.", 2024, "2026-07-01?"),
        ("woensdag 1 juli", 2024, "2026-07-01?"),
        ("ma 1 juli", 2031, "2024-07-01?"),
        ("do 1 juli", 2024, "2024-07-01"),  # a word like a weekday picks no year
        ("van 1 mei t/m 1 juli", 2024, "2024-05-01..2024-07-01"),
        ("29 februari", 2024, "2024-02-29"),
        ("gisteren", 2024, "2026-11-21"),
    ],
)
def test_the_year_that_is_given_wins_over_the_nearest_and_not_over_what_is_said(
    text: str, year: int, meaning: str
) -> None:
    assert read(text, SUNDAY, year) == [(text, meaning)]


@pytest.mark.parametrize(
    "text",
    [
        "", "€ 74,12", "€ 5 per consult", "paragraaf 2.5", "2.7 Planning", "artikel 5 mei", "zie bijlage 3-5",
        "bel 088-123 45 67", "06-12 34 56 78", "06-12-34 56 78 90", "06-12-34567890", "020-1-11", "12,5%", "2-3%",
        "een verschil van 2-3 %", "1 op 1", "1 op de 10", "AGB 01012345", "agb-code 01-01 2345", "17.00 uur",
        "om 9.30", "van 9-11 uur", "op 2-3 locaties", "na 5-7 werkdagen", "24/7", "wij zijn 24/7 open", "versie 1.1",
        "versie 1-1", "2-3 weken", "3-4 vestigingen", "1-0", "op 32-1", "you may apply", "5 may apply",
        "section 5 may apply", "May I apply?", "receive it and may sign", "is it too late may I ask", "may 1 person",
        "march is no month here", "marge van 5", "jan heeft getekend", "voor Jan", "sep", "31 februari", "32 mei",
        "15 t/m 1 mei", "5 tot 5 mei", "28 tot 1 mei", "prestatiecode 01-05", "van 04-12 jaar", "0 mei", "31-2",
        "op 31/4", "29 februari 2027", "goedemorgen", "goede morgen", "elke morgen", "vandaag de dag", "'s morgens",
        "over de inhoud", "omzet over 3 maanden", "gespreid over twee jaar", "over two weeks", "in een week",
        "in twee weken", "twice in a week", "in 2 years of experience", "twee weken",
        "zes à zeven weken geleden", "2,5 jaar geleden", "een half jaar geleden", "elke vrijdag", "op vrijdag",
        "uiterlijk vrijdag", "binnen 5 werkdagen", "binnen een maand", "per maand", "drie kwartalen", "half jaar",
        "eerste helft", "komende jaren", "Q5", "in 2026", "voor 2027", "1/11/2", "1.11", "1.11.25", "12-34-2026",
        "in november 3 contracten", "KvK 12-34", "7 dagen per week", "meisjes", "laatste vrijdag van de maand",
        "eerste maandag", "de 2e lijn", "de 3e locatie", "de 1e keer", "de 2e van de rij", "the 2nd floor",
        "maandag 3 vragen", "vrijdag 9 uur", "1/2 fte", "2/3 van de formulieren ingestuurd",
        "3/4 deel gedaan", "de eerste dag",
        "binnen 5 dagen", "postcode 1234 MA", "twaalf maanden na", "29 februari",
    ],
)  # fmt: skip
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert read(text, SUNDAY) == []


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("ontvangen op 30 september, tekenen vóór 7 november", ["2026-09-30?", "before 2026-11-07?"]),
        ("uiterlijk 1 mei - 15 mei", ["by 2027-05-01?", "2027-05-15?"]),
        ("1 mei en 15 mei", ["2027-05-01?", "2027-05-15?"]),
        ("van 15 mei 2026 t/m 1 mei 2026", ["2026-05-15", "by 2026-05-01"]),
        ("van 1 mei tot 1 mei 2026", ["2027-05-01?", "before 2026-05-01"]),
        ("29 februari 2028 t/m 29 februari", ["2028-02-29"]),
        ("31 februari of 1 maart", ["2027-03-01?"]),
        ("artikel 5 mei, 6 mei", ["2027-05-06?"]),
        ("morgen of overmorgen", ["2026-11-23", "2026-11-24"]),
        ("Gisteren kreeg ik het, het geldt per 1-1 en loopt tot eind 2027.",
         ["2026-11-21", "from 2027-01-01?", "before ~2027-10-01..2027-12-31"]),
    ],
)  # fmt: skip
def test_phrases_that_are_no_ends_of_one_stretch_stay_apart(text: str, meanings: list[str]) -> None:
    assert [meaning for _, meaning in read(text, SUNDAY)] == meanings


def test_29_february_gets_no_year_that_has_none_for_being_an_end_of_a_stretch() -> None:
    meanings = [meaning for _, meaning in read("29 februari t/m 1 mei 2027", dt.date(2028, 2, 1))]
    assert meanings == ["2028-02-29?", "by 2027-05-01"]


@pytest.mark.parametrize("today", [dt.date.min, dt.date.max])
@pytest.mark.parametrize(
    "text", ["over 100 jaar en 100 jaar geleden", "gisteren en morgen", "1 juli jl. en 2 juli a.s.", "vorig jaar mei"]
)
def test_the_ends_of_the_calendar_raise_nothing(text: str, today: dt.date) -> None:
    read(text, today)


@pytest.mark.parametrize("today", [dt.date(2027, 8, 29), dt.date(2028, 8, 31), dt.date(2026, 2, 28)])
def test_29_february_further_than_half_a_year_away_is_left_out(today: dt.date) -> None:
    assert read("29 februari", today) == []


@pytest.mark.parametrize("text", ["gisteren", "1-11", "eind deze maand", "vrijdag jl.", "november", "over twee weken"])
def test_what_needs_a_day_is_not_read_without_one(text: str) -> None:
    assert list(find_dates(text)) == []
    assert list(find_dates(text, year=2026)) == []


def test_words_that_count_from_today_mean_nothing_without_it() -> None:
    nowhere = Frame(today=None, year=2026)
    assert stretch_of({"day_word": "gisteren"}, nowhere) is None
    assert stretch_of({"part": "eind", "part_side": "deze"}, nowhere) is None
    with pytest.raises(ValueError, match="vorig jaar"):
        in_year(lambda year: Stretch("exact", dt.date(year, 1, 1), dt.date(year, 1, 1)), nowhere, "vorig jaar")


@pytest.mark.parametrize(
    ("day", "dutch", "english"),
    [
        (dt.date(2026, 11, 7), "zaterdag 7 november 2026", "Saturday 7 November 2026"),
        (dt.date(2028, 2, 29), "dinsdag 29 februari 2028", "Tuesday 29 February 2028"),
        (dt.date(2027, 1, 1), "vrijdag 1 januari 2027", "Friday 1 January 2027"),
    ],
)
def test_a_day_is_spelled_with_its_weekday(day: dt.date, dutch: str, english: str) -> None:
    assert (spell_day_long(day), spell_day_long(day, "en")) == (dutch, english)
