from __future__ import annotations

import datetime as dt
import re
import time
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from api.pages import long_date, source_link
from api.reading import Emphasis, Part, Piece, lay_out
from knowledge.records import Page, Passage, PolicyText, Section, Span
from tests.api.conftest import MakeClient
from tests.api.fake_assistant import POLICY, RESTATED, policy_text


def _pieces(parts: list[Part]) -> list[Piece]:
    return [
        piece
        for part in parts
        for line in [part.heading, *(cell for block in part.blocks for line in block.lines for cell in line.cells)]
        for piece in line
    ]


def _said(parts: list[Part], emphasis: Emphasis) -> str:
    return "|".join(piece.text for piece in _pieces(parts) if piece.emphasis == emphasis)


def _one_section(text: str, **fields: object) -> PolicyText:
    section = Section(id="s0", number=None, title="Kop", level=1, path=("Kop",), start=0, end=len(text))
    return PolicyText.model_validate({"policy": POLICY, "text": text, "sections": (section,), "passages": ()} | fields)


def _passage(start: int, end: int, **fields: object) -> Passage:
    return Passage.model_validate(
        {
            "id": "p",
            "policy_id": POLICY.id,
            "section_id": "s0",
            "section": "",
            "heading_path": (),
            "page": None,
            "start": start,
            "end": end,
            "text": "x",
        }
        | fields
    )


def test_every_word_of_the_kept_text_is_shown_once() -> None:
    text = policy_text(POLICY)
    shown = "".join(piece.text for piece in _pieces(lay_out(text)))
    kept = text.text
    for section in text.sections:
        kept = kept.replace(f"{section.title}\n", f"{section.number} {section.title}\n", 1)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", kept)


@pytest.mark.parametrize("place", range(6))
def test_the_cited_passage_and_only_it_is_marked(place: int) -> None:
    text = policy_text(POLICY)
    cited = text.passages[place]
    parts = lay_out(text, cited)
    own = text.text[cited.start : cited.end]
    assert re.sub(r"\s|\|", "", _said(parts, "passage")) == re.sub(r"\s", "", own)
    assert _said(parts, "lead") == "".join(text.text[span.start : span.end] for span in cited.lead)
    anchors = [anchor for piece in _pieces(parts) for anchor in piece.anchors]
    assert sorted(anchors) == sorted(passage.id for passage in text.passages)
    begins = next(piece for piece in _pieces(parts) if cited.id in piece.anchors)
    assert begins.emphasis == "passage"


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("Een alinea.", ["paragraph"]),
        ("Een alinea.\n\nNog een.", ["paragraph", "paragraph"]),
        ("Nodig is:\neen\ntwee", ["paragraph", "item"]),
        ("een\ntwee", ["item"]),
        ("• los", ["item"]),
        ("- los", ["item"]),
        ("-streepje hoort erbij", ["paragraph"]),
        ("a\tb\nc\td", ["row"]),
        ("", []),
        ("\n\n  \n", []),
        ("regel\fnieuwe bladzijde", ["paragraph"]),
    ],
)
def test_lines_become_paragraphs_lists_and_tables(body: str, kinds: list[str]) -> None:
    (part,) = lay_out(_one_section(f"Kop\n\n{body}"))
    assert [block.kind for block in part.blocks] == kinds


def test_a_heading_over_two_lines_is_shown_once() -> None:
    text = _one_section("Een lange kop die\nover twee regels loopt\nDe tekst.")
    section = text.sections[0].model_copy(update={"title": "Een lange kop die over twee regels loopt"})
    (part,) = lay_out(text.model_copy(update={"sections": (section,)}))
    assert [piece.text for piece in part.blocks[0].lines[0].cells[0]] == ["De tekst."]


def test_a_heading_that_the_text_does_not_have_is_never_cited() -> None:
    """Ingest heads the text before the first heading by the policy's title."""
    text = _one_section("Deze tekst heeft geen kop.")
    cited = _passage(0, len(text.text))
    parts = lay_out(text.model_copy(update={"passages": (cited,)}), cited)
    assert [(piece.text, piece.emphasis, piece.anchors) for piece in _pieces(parts)] == [
        ("Kop", "none", ()),
        ("Deze tekst heeft geen kop.", "passage", ("p",)),
    ]


def test_text_outside_the_sections_is_shown() -> None:
    text = "Voorwoord.\n\nKop\nTekst.\n\nNawoord."
    section = Section(id="s0", number=None, title="Kop", level=1, path=("Kop",), start=12, end=23)
    parts = lay_out(PolicyText(policy=POLICY, text=text, sections=(section,), passages=()))
    assert [bool(part.section) for part in parts] == [False, True, False]
    assert _said(parts, "none") == "Voorwoord.|Kop|Tekst.|Nawoord."


def test_a_page_that_begins_in_a_sentence_is_shown_there() -> None:
    text = "Kop\n\nDeze zin loopt door op de volgende bladzijde."
    at = text.index("door")
    parts = lay_out(_one_section(text, pages=(Page(start=0, number=1), Page(start=at, number=2, label="ii"))))
    assert [(piece.text, piece.page and piece.page.number) for piece in _pieces(parts)] == [
        ("Kop", 1),
        ("Deze zin loopt ", None),
        ("door op de volgende bladzijde.", 2),
    ]


def test_a_passage_may_begin_and_end_inside_a_line_and_a_cell() -> None:
    text = "Kop\n\nEen twee drie.\n\nx\tvier vijf"
    start, end = text.index("twee"), text.index(" vijf")
    cited = _passage(start, end, lead=(Span(start=5, end=8),))
    parts = lay_out(_one_section(text, passages=(cited,)), cited)
    assert _said(parts, "passage") == "twee drie.|x|vier"
    assert _said(parts, "lead") == "Een"


class _Outline(HTMLParser):
    """Ids, headings and marked text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.marks: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "mark":
            self.marks.append(found)


@pytest.mark.parametrize("place", range(6))
def test_the_page_marks_the_passage_where_the_fragment_points(client: TestClient, place: int) -> None:
    passage = policy_text(POLICY).passages[place]
    outline = _Outline(client.get(f"/policies/{POLICY.id}", params={"passage": passage.id}).text)
    assert outline.marks[0].get("id") == passage.id
    assert outline.marks[0]["tabindex"] == "-1"
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.levels[0] == 1
    assert 1 not in outline.levels[1:]


def test_the_page_states_what_the_text_is_and_when_it_holds(client: TestClient) -> None:
    original = client.get(f"/policies/{POLICY.id}").text
    assert "Oorspronkelijke beleidstekst" in original
    assert "Hervertelling" not in original
    assert "vanaf 1 januari 2027 tot en met 31 december 2027" in original
    assert "Dit beleid geldt nog niet." in original
    assert 'href="https://www.noorderlicht.example"' in original
    assert "&lt;b&gt;Bel&lt;/b&gt; &amp; mail" in original
    restated = client.get(f"/policies/{RESTATED.id}", params={"lang": "en"}).text
    assert "Restatement, not the original text" in restated
    assert "The original is" in restated
    assert "1 January 2026" in restated
    assert 'lang="nl"' in restated


def test_a_passage_that_is_gone_is_told_and_the_policy_shown(client: TestClient) -> None:
    html = client.get(f"/policies/{POLICY.id}", params={"passage": "<script>alert(1)</script>"}).text
    assert "staat niet (meer) in deze versie" in html
    assert "<mark" not in html
    assert "alert" not in html


def test_a_policy_that_is_not_there_gets_a_page_that_leads_back(client: TestClient) -> None:
    response = client.get("/policies/none")
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert 'href="/"' in response.text


def test_a_year_that_is_over_is_told(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client = make_client()
    rows = [(dt.date(2026, 12, 31), False), (dt.date(2027, 1, 1), True)]
    for day, over in rows:
        monkeypatch.setattr("api.service.Service.today", lambda self, asked=None, day=day: day)
        assert ("contractjaar is voorbij" in client.get(f"/policies/{RESTATED.id}").text) is over


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("www.noorderlicht.example", "https://www.noorderlicht.example"),
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("javascript:alert(1)", None),
        ('https://a.example/" onclick=x', None),
        ("op aanvraag", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_web_address_becomes_a_link(source: str | None, link: str | None) -> None:
    assert source_link(source) == link


def test_dates_are_written_out() -> None:
    assert [long_date(dt.date(2028, 2, 29), language) for language in ("nl", "en")] == [
        "29 februari 2028",
        "29 February 2028",
    ]


def test_the_time_to_lay_out_grows_with_the_policy_not_with_its_square() -> None:
    """Four thousand passages in four thousand lines: a few hundred milliseconds, not minutes."""
    lines = [f"Regel {number} van een lang beleid." for number in range(4000)]
    text = "Kop\n\n" + "\n\n".join(lines)
    starts = [5]
    for line in lines:
        starts.append(starts[-1] + len(line) + 2)
    passages = tuple(
        _passage(start, start + len(line), id=f"p{number}", kind="list")
        for number, (start, line) in enumerate(zip(starts, lines, strict=False))
    )
    started = time.perf_counter()
    parts = lay_out(_one_section(text, passages=passages), passages[3999])
    assert time.perf_counter() - started < 60
    assert _said(parts, "passage") == lines[3999]
