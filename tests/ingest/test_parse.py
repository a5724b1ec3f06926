"""From source lines to sections, passages and facts: layouts that extraction leaves behind."""

from __future__ import annotations

import datetime as dt

import pytest

from ingest.parse import parse_policy
from ingest.passages import LONGEST_CHARS
from ingest.source import SourceDocument, SourceLine, SourcePage
from knowledge.errors import EmptyPolicy
from knowledge.records import Policy, PolicyText

POLICY = Policy(id="proef-2030", file="proef.txt", insurer="Noorderzorg", year=2030, title="Inkoopbeleid Voetzorg 2030")
FILLER = (
    "Dit beleid beschrijft hoe wij voetzorg inkopen en wat wij van aanbieders verwachten in het komende jaar. "
    "Wie vragen heeft, leest eerst de toelichting die wij bij ieder onderdeel hebben geschreven."
)


def parse(text: str) -> PolicyText:
    lines = tuple(SourceLine(text=line) for line in text.split("\n"))
    return parse_policy(
        POLICY,
        SourceDocument(format="text", pages=(SourcePage(number=None, lines=lines),), structured=False, parser={}),
    )


def parse_pages(*pages: str) -> PolicyText:
    made = tuple(
        SourcePage(number=number, lines=tuple(SourceLine(text=line) for line in page.split("\n")))
        for number, page in enumerate(pages, start=1)
    )
    return parse_policy(POLICY, SourceDocument(format="pdf", pages=made, structured=False, parser={}))


def wrapped(*paragraphs: str, width: int = 80) -> str:
    """Paragraphs as extraction leaves them: lines of at most `width` characters."""
    import textwrap

    return "\n\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in paragraphs)


def test_every_passage_is_its_spans_joined_and_lies_in_its_section() -> None:
    text = parse(
        f"1 Inleiding\n\n{FILLER}\n\n2 Eisen\n\nWij vragen drie dingen:\n- een diploma;\n- een praktijk;\n- geduld."
    )
    sections = {section.id: section for section in text.sections}
    for passage in text.passages:
        spans = [*passage.lead, passage]
        assert passage.text == "\n".join(text.text[span.start : span.end] for span in spans)
        assert sections[passage.section_id].start <= passage.start < passage.end <= sections[passage.section_id].end


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("2 Voorwaarden", "2", "Voorwaarden"),
        ("2. Voorwaarden", "2", "Voorwaarden"),
        (" 2.\t\t Voorwaarden", "2", "Voorwaarden"),
        ("2\n\nVoorwaarden", "2", "Voorwaarden"),
        ("1.1 Doel", "1.1", "Doel"),
        ("1.1\tDoel", "1.1", "Doel"),
        ("11 Doel van voetzorg", "1.1", "Doel van voetzorg"),
    ],
)
def test_numbered_headings_in_all_their_notations(line: str, number: str, title: str) -> None:
    text = parse(f"1 Inleiding\n\n{FILLER}\n\n{line}\n\n{FILLER}")
    assert (text.sections[-1].number, text.sections[-1].title) == (number, title)
    assert text.passages[-1].section == number


@pytest.mark.parametrize(
    "line",
    [
        "1 oktober 2029",
        "2 tot 3 behandelingen per jaar zijn genoeg.",
        "20 Behandelaars werken hier",
        "Vanaf 1 mei 2030",
        "Versie 2",
    ],
)
def test_lines_that_only_look_like_headings(line: str) -> None:
    text = parse(f"1 Inleiding\n\n{FILLER}\n\n{line}\n\n{FILLER}")
    assert [section.title for section in text.sections] == ["Inleiding"]


@pytest.mark.parametrize(
    "rows",
    [
        ("Zolen op maat: € 81,50", "Consult voetzorg, per half uur: € 30,25"),
        ("Zolen op maat ........ € 81,50 per paar", "Consult voetzorg ........ € 30,25"),
        ("Prestatie | Basis | Plus", "Zolen op maat | € 81,50 | € 84,00", "Consult | € 30,25 | € 31,00"),
        ("Zolen op maat: 40 paar per locatie", "Schoenen: 12 per jaar en 3 per behandelaar"),
        ("Zolen op maat: inkoopprijs met een opslag van 16%", "Schoenen: adviesprijs met een korting van 4 %"),
        ("Vragen stellen tot 4 mei 2029 iedereen", "Antwoorden 1 juni 2029 iedereen", "Aanbod 2 juli 2029 pedicures"),
    ],
)
def test_rows_of_labels_with_their_values_are_no_headings(rows: tuple[str, ...]) -> None:
    """What stands in a heading is not quoted, and these rows are what is asked for."""
    lines = "\n\n".join(rows)
    text = parse(f"1 Inleiding\n\n{FILLER}\n\nTarieven\n\n{FILLER}\n\n{lines}\n\n{FILLER}")
    assert [section.title for section in text.sections] == ["Inleiding", "Tarieven"]
    under = " ".join(passage.text for passage in text.passages if passage.heading_path[-1] == "Tarieven")
    assert [row for row in rows if row not in under] == []


@pytest.mark.parametrize(
    "title",
    [
        "Wijzigingen per 1 januari 2029",
        "Nieuw in 2029: ruimere vergoeding van zolen",
        "Contracten: drie soorten",
        "Doel 1: kortere wachttijden",
        "Hoofdstuk 1 Nieuw of vervallen: wat anders is dan in 2028",
        "Opslag van 5% voor avonden",
    ],
)
def test_a_heading_may_hold_a_number_or_a_day(title: str) -> None:
    text = parse(f"1 Inleiding\n\n{FILLER}\n\n{title}\n\n{FILLER}\n\nPlanning tot 1 mei 2029\n\n{FILLER}")
    assert [section.title for section in text.sections] == ["Inleiding", title, "Planning tot 1 mei 2029"]


def test_two_headings_with_a_day_may_follow_each_other() -> None:
    titles = ("Wijzigingen per 1 januari 2029", "Tarieven tot 1 juli 2029")
    text = parse(f"1 Inleiding\n\n{FILLER}\n\n{titles[0]}\n\n{titles[1]}\n\n{FILLER}")
    assert [section.title for section in text.sections] == ["Inleiding", *titles]


def test_a_lost_full_stop_in_a_number_is_mended_and_reported() -> None:
    text = parse(f"2 Thema's\n\n{FILLER}\n\n21 Voeten\n\n{FILLER}")
    assert text.sections[-1].number == "2.1"
    assert [oddity.kind for oddity in text.oddities] == ["repaired"]


def test_footnotes_are_no_headings() -> None:
    text = parse(
        f"1 Inleiding\n\n{FILLER}\n\n1.1 Doel\n\n{FILLER}\n\n"
        f"1 Noot over schoenen\n\n2 Noot over zolen\n3 Noot over veters\n\n2 Eisen\n\n{FILLER}"
    )
    assert [section.number for section in text.sections if section.number] == ["1", "1.1", "2"]


def test_unnumbered_headings_and_wrapped_lines() -> None:
    long = "De aanbieder houdt zich aan de richtlijnen van de beroepsgroep en legt vast welke behandeling is gegeven."
    text = parse(wrapped(long, long) + "\n\nWachttijden\n" + wrapped(long, long))
    assert [section.title for section in text.sections][-1] == "Wachttijden"
    assert text.passages[-1].heading_path == ("Wachttijden",)
    assert long in text.text


def test_repeated_titles_stand_below_the_title_that_is_unique() -> None:
    parts = "".join(
        f"{name}\n\n{FILLER}\n\nAanbod\n\n{FILLER} Voor {name}.\n\n" for name in ("Podotherapie", "Pedicure")
    )
    text = parse(f"1 Procedure\n\n{FILLER}\n\n{parts}")
    assert [passage.heading_path for passage in text.passages if passage.heading_path[-1] == "Aanbod"] == [
        ("1 Procedure", "Podotherapie", "Aanbod"),
        ("1 Procedure", "Pedicure", "Aanbod"),
    ]


def test_a_table_of_contents_is_set_aside() -> None:
    text = parse(
        f"Inhoudsopgave\n\n1\tInleiding\t2\n1.1\tDoel\t3\n2\tEisen\t5\n\n"
        f"1 Inleiding\n\n{FILLER}\n\n1.1 Doel\n\n{FILLER}"
    )
    assert [section.kind for section in text.sections if section.kind == "contents"] == ["contents"]
    assert not any("Eisen" in passage.text for passage in text.passages)


def test_annexes_and_what_stands_under_them() -> None:
    text = parse(f"1 Inleiding\n\n{FILLER}\n\n2 Bijlage: landelijke afspraken\n\n{FILLER}\n\n2.1 Vervoer\n\n{FILLER}")
    assert [passage.annex for passage in text.passages] == [False, True, True]


@pytest.mark.parametrize("bullet", ["•\t", "- ", "* ", "° ", "®  ", "®* ", "¢ ", "▪ "])
def test_bullets_also_misread_ones(bullet: str) -> None:
    items = ["Een diploma voetzorg", "Een eigen praktijk", "Een klachtenregeling"]
    text = parse(f"1 Eisen\n\n{FILLER}\n\nWij vragen:\n" + "\n".join(bullet + item for item in items))
    passage = text.passages[-1]
    assert passage.text.endswith("\n".join(["", "Wij vragen:", *items]))
    assert [part.kind for part in passage.all_parts] == ["paragraph", "list"]


def test_a_row_whose_first_cells_are_empty_stays_a_row() -> None:
    text = parse(
        f"1 Eisen\n\nBeleid\tAlgemeen\tWebsite\nDoel van dit jaar\tPlanning\n\t\tNieuws uit de regio\n\n{FILLER}"
    )
    (passage,) = text.passages
    assert "\n\t\tNieuws uit de regio" in passage.text
    assert [section.title for section in text.sections] == ["Eisen"]


def test_a_short_section_is_one_passage_that_knows_its_parts() -> None:
    text = parse(
        f"1 Eisen\n\n{FILLER}\n\nWij vragen:\n- Een diploma\n- Een praktijk\n\n{FILLER}\n\n2 Planning\n\n{FILLER}"
    )
    first, second = text.passages
    assert [part.kind for part in first.all_parts] == ["paragraph", "list", "paragraph"]
    listed = first.part_at(text.text.index("Een praktijk"))
    assert listed.kind == "list"
    assert text.text[listed.start : listed.end] == "Wij vragen:\nEen diploma\nEen praktijk"
    assert second.parts == ()
    assert (second.all_parts[0].start, second.all_parts[0].end) == (second.start, second.end)


def test_what_is_packed_together_stays_within_its_length() -> None:
    text = parse("1 Eisen\n\n" + "\n\n".join(FILLER for _ in range(40)))
    assert len(text.passages) > 1
    assert all(len(passage.text) <= LONGEST_CHARS for passage in text.passages)


def test_letters_for_bullets_only_count_beside_bullets() -> None:
    text = parse(f"1 Eisen\n\n{FILLER}\n\nWij vragen:\n\ne Diploma\n® Praktijk\n° Geduld\n\n{FILLER}")
    assert "Wij vragen:\nDiploma\nPraktijk\nGeduld" in text.text


def test_a_list_item_over_several_lines_and_a_page_break() -> None:
    text = parse(
        "1 Eisen\n\n" + wrapped(FILLER + " " + FILLER) + "\n\nWij vragen het volgende:\n"
        "•\t De aanbieder staat ingeschreven in het Landelijk Register van de Koninklijke \nVereniging voor Voeten;\n"
        "•\t De aanbieder werkt samen met huisartsen in de regio en maakt met hen \n\nafspraken over verwijzing;\n"
        "•\t De aanbieder is bereikbaar."
    )
    assert "Koninklijke Vereniging voor Voeten;\n" in text.text
    assert "maakt met hen afspraken over verwijzing;\n" in text.text


def test_a_long_list_repeats_its_lead_in() -> None:
    items = "\n".join(f"- eis nummer {n}: {FILLER.lower()}" for n in range(30))
    text = parse(f"1 Eisen\n\n{FILLER}\n\nU voldoet aan deze eisen:\n{items}")
    lists = [passage for passage in text.passages if passage.kind == "list"]
    assert len(lists) > 1
    assert all(passage.text.startswith("U voldoet aan deze eisen:\n") for passage in lists)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("mail naar inkoop@\nnoorderzorg.example voor vragen", "inkoop@noorderzorg.example"),
        ("kijk op www.\nnoorderzorg.example voor meer", "www.noorderzorg.example"),
        ("de inkoop- procedure is kort", "de inkoopprocedure is kort"),
        ("zowel in- en uitschrijven kan", "in- en uitschrijven"),
        ("een BIG- registratie is nodig", "BIG-registratie"),
        (r"de regeling \(RVZ\) geldt", "de regeling (RVZ) geldt"),
        ("zie [het formulier](#) hierover", "zie het formulier hierover"),
        ("de **strenge** eis geldt", "de strenge eis geldt"),
        ("<p>een alinea</p> uit een cel", "een alinea"),
    ],
)
def test_cleaning(written: str, kept: str) -> None:
    text = parse(f"1 Inleiding\n\n{FILLER}\n\n{wrapped(FILLER)}\n{written}")
    assert kept in text.text


def test_link_lines_running_heads_and_page_numbers_go() -> None:
    pages = [
        f"Noorderzorg beleid 2030 | {n}\n{FILLER} Bladzijde {n} gaat over onderwerp {n}.\n"
        f"mailto:inkoop@noorderzorg.example\n{n}"
        for n in range(1, 6)
    ]
    text = parse_pages(*pages)
    assert "beleid 2030 |" not in text.text
    assert "mailto:" not in text.text
    assert [page.number for page in text.pages] == [1, 2, 3, 4, 5]
    assert all(f"onderwerp {passage.page}" in text.text[passage.start :] for passage in text.passages)


def test_a_misread_domain_is_mended_after_the_documents_own_use_and_reported() -> None:
    right = "\n\n".join(f"Vraag {n}? Mail naar inkoop@noorderzorg.example of bel." for n in range(5))
    text = parse(f"1 Contact\n\n{FILLER}\n\n{right}\n\nStuur plannen naar inkoop@noorderzorq.example en wacht.")
    assert "noorderzorq" not in text.text
    assert any(oddity.kind == "repaired" and "noorderzorq" in oddity.text for oddity in text.oddities)


DATES = [
    ("Aanbieding overeenkomst", "Eind augustus 2029", "vague", dt.date(2029, 8, 21), dt.date(2029, 8, 31), "on"),
    ("Uiterste tekendatum overeenkomst", "1 november 2029", "exact", dt.date(2029, 11, 1), dt.date(2029, 11, 1), "on"),
    (
        "Publicatie van aanbieders",
        "Vanaf 12 november 2029",
        "exact",
        dt.date(2029, 11, 12),
        dt.date(2029, 11, 12),
        "from",
    ),
]
PLANNING = {
    "tabs": "Onderwerp\tDatum\n" + "\n".join(f"{topic}\t{value}" for topic, value, *_ in DATES),
    "one line a row": "Onderwerp Datum\n\n" + "\n\n".join(f"{topic} {value}" for topic, value, *_ in DATES),
    "cells on lines of their own": "Onderwerp Datum\n\n"
    + "\n\n".join(f"{topic}\n\n{value}" for topic, value, *_ in DATES),
    "header repeated after a page": "Onderwerp\tDatum\n"
    f"{DATES[0][0]}\t{DATES[0][1]}\n\nOnderwerp\tDatum\n"
    + "\n".join(f"{topic}\t{value}" for topic, value, *_ in DATES[1:]),
    "date first": "Uiterste datum\tActiviteit\n" + "\n".join(f"{value}\t{topic}" for topic, value, *_ in DATES),
}


@pytest.mark.parametrize("layout", PLANNING)
def test_planning_tables_in_every_layout(layout: str) -> None:
    text = parse(f"1 Planning\n\n{FILLER}\n\n{PLANNING[layout]}\n\nDisclaimer\n\n{FILLER} {FILLER} {FILLER}")
    found = [
        (f.topic, f.value, f.dates[0].kind, f.dates[0].first, f.dates[0].last, f.dates[0].bound) for f in text.facts
    ]
    assert found == DATES
    assert all(f.kind == "deadline" for f in text.facts)
    for fact in text.facts:
        assert fact.value in [text.text[span.start : span.end] for span in fact.spans]
    assert text.sections[-1].title == "Disclaimer"


def test_a_cell_for_several_groups_gives_a_fact_for_each() -> None:
    value = "Solisten: uiterlijk 30 september 2029 Instellingen: na het inkoopgesprek"
    text = parse(
        f"1 Planning\n\n{FILLER}\n\nOnderwerp\tDatum\nAanbieding overeenkomst\t{value}\nTekenen\t1 november 2029"
    )
    assert [(f.for_whom, f.value) for f in text.facts][:2] == [
        ("Solisten", "uiterlijk 30 september 2029"),
        ("Instellingen", "na het inkoopgesprek"),
    ]


CONTACTS = [
    ("Vragen over inkoop", "inkoop@noorderzorg.example"),
    ("Vragen over nota's", "088 12 34 567"),
    ("Aanvragen", "www.noorderzorg.example"),
]


@pytest.mark.parametrize(
    "layout",
    [
        "Onderwerp\tBereikbaarheid\n" + "\n".join(f"{a}\t{b}" for a, b in CONTACTS),
        "Onderwerp Bereikbaarheid\n\n" + "\n\n".join(f"{a} {b}" for a, b in CONTACTS),
        "\n\n".join(f"{a}\n\n{b}" for a, b in CONTACTS),
        "\n\n".join(f"{a}\n{b}" for a, b in CONTACTS),
    ],
    ids=["tabs", "one line a row", "cells apart", "cells under each other"],
)
def test_contact_tables_in_every_layout(layout: str) -> None:
    text = parse(
        f"1 Contact\n\n{FILLER}\n\n{layout}\n\nZet uw code in het onderwerp van uw bericht, dan gaat het sneller."
    )
    assert [(f.topic, f.value) for f in text.facts] == CONTACTS


def test_a_heading_in_the_middle_of_its_own_table_goes_before_it() -> None:
    rows = [f"{a} {b}" for a, b in CONTACTS]
    text = parse(
        f"1 Procedure\n\n{FILLER}\n\nHieronder ziet u waar u terecht kunt.\n\n"
        f"Onderwerp Bereikbaarheid\n\n{rows[0]}\n\n2. Planning en contact\n\n{rows[1]}\n\n{rows[2]}"
    )
    assert {p.section for p in text.passages if p.kind == "table"} == {"2"}
    assert len(text.facts) == 3


@pytest.mark.parametrize("content", ["", "   \n\n ", "Kort."])
def test_too_little_text_is_an_empty_policy(content: str) -> None:
    with pytest.raises(EmptyPolicy, match=r"proef\.txt"):
        parse(content)


def test_pages_without_text_are_reported() -> None:
    text = parse_pages(FILLER + " " + FILLER, "", FILLER + " " + FILLER)
    assert [(oddity.kind, oddity.page) for oddity in text.oddities] == [("page_without_text", 2)]
