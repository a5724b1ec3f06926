"""Sentences by offsets: where one ends, what an abbreviation does not end, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sentences import split_sentences


def sentences(text: str, start: int = 0, end: int | None = None) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, start, len(text) if end is None else end)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("zonder punt", ["zonder punt"]),
        ("Eerst dit. Dan dat.", ["Eerst dit.", "Dan dat."]),
        ("Mag dat? Nee! Nooit.", ["Mag dat?", "Nee!", "Nooit."]),
        ("Een zin.  Met   ruimte.  ", ["Een zin.", "Met   ruimte."]),
        ("Eén. Één ander.", ["Eén.", "Één ander."]),
        ("Er zijn er vijf. 3 daarvan tellen.", ["Er zijn er vijf.", "3 daarvan tellen."]),
        ("Dit geldt. (Zie ook daar.) Verder niets.", ["Dit geldt.", "(Zie ook daar.)", "Verder niets."]),
    ],
)
def test_a_sentence_ends_at_its_mark(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Het uurtarief is 2.5 keer zo hoog.",
        "Wij zijn open van 9.00 tot 17.00 uur.",
        "Mail naar loket@noord.example of kijk op www.noord.example/vragen.",
        "Zie paragraaf 2.7 voor de stappen.",
        "Wilt u mailen? dan kan dat.",
    ],
)
def test_a_point_inside_a_word_or_before_a_small_letter_ends_nothing(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "abbreviation", ["bijv.", "bv.", "o.a.", "t.a.v.", "i.p.v.", "nr.", "art.", "dhr.", "mevr.", "m.b.t.", "d.w.z.",
                     "incl.", "ca.", "max.", "min.", "resp.", "evt.", "n.a.v.", "i.v.m.", "Art."]
)  # fmt: skip
def test_an_abbreviation_does_not_end_a_sentence(abbreviation: str) -> None:
    text = f"Dit geldt {abbreviation} Noorderlingen uit de regio. Daarna niet meer."
    assert sentences(text) == [f"Dit geldt {abbreviation} Noorderlingen uit de regio.", "Daarna niet meer."]


def test_an_abbreviation_at_the_end_of_a_line_does_not_join_the_next() -> None:
    assert sentences("Zie o.a.\nHet beleid.") == ["Zie o.a.", "Het beleid."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wij vragen:\neen diploma;\neen praktijk.", ["Wij vragen:", "een diploma;", "een praktijk."]),
        ("- een\n- twee\n\n\n- drie", ["- een", "- twee", "- drie"]),
        ("Een regel. En nog een\nvolgende regel.", ["Een regel.", "En nog een", "volgende regel."]),
        ("Een zin.\n  Nog een.", ["Een zin.", "Nog een."]),
        ("Stap\tDatum\nAanbod\t4 augustus", ["Stap\tDatum", "Aanbod\t4 augustus"]),
    ],
)
def test_a_line_break_ends_a_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Zij zei: "Dat mag." Toen tekende zij.', ['Zij zei: "Dat mag."', "Toen tekende zij."]),
        ("Zij zei: “Dat mag.” Toen tekende zij.", ["Zij zei: “Dat mag.”", "Toen tekende zij."]),
        ("‘Mag dat?’ ‘Dat mag.’", ["‘Mag dat?’", "‘Dat mag.’"]),
        ("Dat mag. “Echt?” Ja.", ["Dat mag.", "“Echt?”", "Ja."]),
    ],
)
def test_a_closing_quote_stays_with_its_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_only_the_stretch_asked_for_is_split() -> None:
    text = "Voor ons. Hier begint het. Hier houdt het op. Na ons."
    start, end = text.index("Hier begint"), text.index(" Na ons")
    assert sentences(text, start, end) == ["Hier begint het.", "Hier houdt het op."]
    assert sentences(text, start + 5, end - 3) == ["begint het.", "Hier houdt het"]
    assert sentences(text, start, start) == []


PIECES = st.lists(
    st.sampled_from(
        ["Een zin", "nog een", "bijv", "o.a", "2.7", "17:00", "é", ".", "?", "!", " ", "  ", "\n", "\n\n", "\t", '"',
         "”", "‘", "(", ")", ";", ":", "- ", "\u00a0", "A", "3"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(PIECES, st.integers(0, 10), st.integers(0, 10))
def test_spans_are_trimmed_in_order_inside_and_leave_out_nothing_but_white_space(
    text: str, skip: int, drop: int
) -> None:
    start, end = min(skip, len(text)), max(min(skip, len(text)), len(text) - drop)
    at = start
    for span in split_sentences(text, start, end):
        piece = text[span.start : span.end]
        assert at <= span.start < span.end <= end
        assert piece == piece.strip()
        assert "\n" not in piece
        assert not text[at : span.start].strip()
        at = span.end
    assert not text[at:end].strip()
