"""Lengths of time in a text: how long, to which side, and counted from what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.dates import find_terms
from knowledge.records import Term

Row = tuple[int, str, str, str, str]  # amount, unit, direction, anchor, phrase


def found(text: str) -> list[Row]:
    rows: list[Row] = []
    for term, start, end in find_terms(text):
        assert text[start:end] == term.text
        rows.append((term.amount, term.unit, term.direction, term.anchor, term.text))
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("binnen 5 werkdagen een reactie", (5, "working_day", "within", "", "binnen 5 werkdagen")),
        ("Binnen één werkdag", (1, "working_day", "within", "", "Binnen één werkdag")),
        ("within 5 working days", (5, "working_day", "within", "", "within 5 working days")),
        ("within five business days", (5, "working_day", "within", "", "within five business days")),
        ("teken binnen een maand.", (1, "month", "within", "", "binnen een maand")),
        ("binnen 30 kalenderdagen", (30, "day", "within", "", "binnen 30 kalenderdagen")),
        ("binnen veertien dagen", (14, "day", "within", "", "binnen veertien dagen")),
        ("binnen twintig dagen", (20, "day", "within", "", "binnen twintig dagen")),
        ("binnen dertig dagen", (30, "day", "within", "", "binnen dertig dagen")),
        ("binnen een half jaar", (6, "month", "within", "", "binnen een half jaar")),
        ("binnen half jaar", (6, "month", "within", "", "binnen half jaar")),
        ("within half a year", (6, "month", "within", "", "within half a year")),
        ("binnen twee jaar", (2, "year", "within", "", "binnen twee jaar")),
        ("binnen zes (6) weken", (6, "week", "within", "", "binnen zes (6) weken")),
        ("uiterlijk 2 weken", (2, "week", "within", "", "uiterlijk 2 weken")),
        ("na zes weken", (6, "week", "after", "", "na zes weken")),
        ("after six weeks", (6, "week", "after", "", "after six weeks")),
        ("twee weken later", (2, "week", "after", "", "twee weken later")),
        ("twee maanden voor", (2, "month", "before", "", "twee maanden voor")),
        ("drie weken van tevoren", (3, "week", "before", "", "drie weken van tevoren")),
        ("two months in advance", (2, "month", "before", "", "two months in advance")),
        ("een week eerder", (1, "week", "before", "", "een week eerder")),
        ("binnen twee weken voor mijn praktijk", (2, "week", "within", "", "binnen twee weken")),
    ],
)
def test_a_term_without_an_anchor(text: str, expected: Row) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "amount", "unit", "direction", "anchor"),
    [
        ("binnen drie weken na de dag van ontvangst", 3, "week", "within", "de dag van ontvangst"),
        ("binnen 6 weken na ontvangst|, en anders niet", 6, "week", "within", "ontvangst"),
        ("binnen 6 weken na de dag van ontvangst| worden getekend", 6, "week", "within", "de dag van ontvangst"),
        ("binnen 14 dagen nadat ik het aanbod heb ontvangen|?", 14, "day", "within", "ik het aanbod heb ontvangen"),
        ("within six weeks of the day of receipt|, please", 6, "week", "within", "the day of receipt"),
        ("within one month after receipt", 1, "month", "within", "receipt"),
        ("uiterlijk 8 weken na publicatie", 8, "week", "within", "publicatie"),
        ("niet later dan 8 weken na publicatie", 8, "week", "within", "publicatie"),
        ("maximaal drie weken na ontvangst", 3, "week", "within", "ontvangst"),
        ("binnen 2 weken vanaf 1 mei", 2, "week", "within", "1 mei"),
        ("4 weken na aanbieding", 4, "week", "after", "aanbieding"),
        ("een half jaar na de start", 6, "month", "after", "de start"),
        ("one week after I have signed|.", 1, "week", "after", "I have signed"),
        ("two weeks from receipt", 2, "week", "after", "receipt"),
        ("two weeks following the offer", 2, "week", "after", "the offer"),
        ("na zes weken na ontvangst| of eerder", 6, "week", "after", "ontvangst"),
        ("twee maanden voor 1 januari 2027", 2, "month", "before", "1 januari 2027"),
        ("twee maanden vóór de ingangsdatum|\nen verder", 2, "month", "before", "de ingangsdatum"),
        ("uiterlijk 2 weken voor de start", 2, "week", "before", "de start"),
        ("12 maanden voorafgaand aan de aanvraag", 12, "month", "before", "de aanvraag"),
        ("3 maanden voordat het contract is afgelopen|.", 3, "month", "before", "het contract is afgelopen"),
        ("no later than two months before the start", 2, "month", "before", "the start"),
        ("60 days prior to the start| and", 60, "day", "before", "the start"),
    ],
)
def test_a_term_names_what_it_is_counted_from(text: str, amount: int, unit: str, direction: str, anchor: str) -> None:
    phrase, _, rest = text.partition("|")
    assert found(phrase + rest) == [(amount, unit, direction, anchor, phrase)]


@pytest.mark.parametrize(
    "text",
    [
        "", "zes weken bedenktijd", "3 dagen geleden", "over twee weken", "7 dagen per week", "zes weken of langer",
        "binnen 4 tot 6 weken", "binnen 4-6 weken na ontvangst", "vier à zes weken na ontvangst",
        "een of twee weken na",
        "2,5 jaar na de start", "anderhalf jaar na de start", "twee en een half jaar na de start", "binnen 0 dagen",
        "binnen de regio", "na de start", "binnen 1000 dagen", "gedurende twee weken voor iedere zorgverlener",
        "maximaal zes weken", "op de dag na aanbieding", "binnen vijf weekenden",
        "langer dan zes maanden in het ziekenhuis",
        "6 weeks of leave", "week 12 na de start",
    ],
)  # fmt: skip
def test_a_length_without_a_direction_is_no_term(text: str) -> None:
    assert found(text) == []


def test_several_terms_come_in_order() -> None:
    text = "Binnen 5 werkdagen antwoord en binnen zes weken na ontvangst tekenen; opzeggen kan twee maanden vooraf."
    assert [row[:4] for row in found(text)] == [
        (5, "working_day", "within", ""),
        (6, "week", "within", "ontvangst tekenen"),
        (2, "month", "before", ""),
    ]


def test_a_term_is_at_least_one_unit() -> None:
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        Term(amount=0, unit="day", direction="within", text="binnen 0 dagen")


@settings(max_examples=500)
@given(
    amount=st.integers(min_value=1, max_value=999),
    unit=st.sampled_from([("dagen", "day"), ("weken", "week"), ("maanden", "month"), ("werkdagen", "working_day")]),
    form=st.sampled_from([("binnen {} na ontvangst", "within"), ("{} na ontvangst", "after"),
                          ("{} vóór ontvangst", "before")]),
)  # fmt: skip
def test_every_number_of_units_is_read_back(amount: int, unit: tuple[str, str], form: tuple[str, str]) -> None:
    text = form[0].format(f"{amount} {unit[0]}")
    assert found(text) == [(amount, unit[1], form[1], "ontvangst", text)]


@settings(max_examples=500)
@given(
    st.lists(
        st.sampled_from(
            ["binnen", "na", "voor", "vóór", "6", "0", "zes", "een", "half", "jaar", "weken", "dag", "(", "6)", "tot",
             "of", "ontvangst", ",", "\n", "ik", "heb", "later", "eerder", "nadat", "within", "of", "uiterlijk"]
        ),
        max_size=9,
    )
)  # fmt: skip
def test_any_row_of_words_is_read_without_an_error_and_without_overlap(words: list[str]) -> None:
    text = " ".join(words)
    found(text)
    ends = [0]
    for _, start, end in find_terms(text):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)
