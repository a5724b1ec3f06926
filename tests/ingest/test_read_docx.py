"""DOCX: what a paragraph shows, styles, numbers, tables, page breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.read_docx import read_docx
from ingest.source import SourceDocument
from tests.ingest.reading import lines_of, rows_of

_WORDPROCESSING = nsdecls("w")


def _save(tmp_path: Path, document: Any) -> SourceDocument:
    path = tmp_path / "beleid.docx"
    document.save(str(path))
    return read_docx(path)


def _paragraph(inner: str) -> Any:
    return parse_xml(f"<w:p {_WORDPROCESSING}>{inner}</w:p>")


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("inner", "texts"),
    [
        (_run("a ") + f"<w:hyperlink>{_run('koppeling')}</w:hyperlink>", ["a koppeling"]),
        (f"<w:sdt><w:sdtContent>{_run('veld')}</w:sdtContent></w:sdt>", ["veld"]),
        (f'<w:ins w:id="1">{_run("nieuw")}</w:ins>', ["nieuw"]),
        (_run("blijft") + '<w:del w:id="1"><w:r><w:delText> weg</w:delText></w:r></w:del>', ["blijft"]),
        (_run("blijft") + f'<w:moveFrom w:id="1">{_run(" weg")}</w:moveFrom>', ["blijft"]),
        (_run("ziet") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t> niet</w:t></w:r>", ["ziet"]),
        ("<w:r><w:t>een</w:t><w:br/><w:t>twee</w:t></w:r>", ["een", "twee"]),
        ("<w:r><w:t>zorg</w:t><w:noBreakHyphen/><w:t>inkoop</w:t></w:r>", ["zorg-inkoop"]),
        ("<w:r><w:t>1.1</w:t><w:tab/><w:t>Titel</w:t><w:tab/><w:t>3</w:t></w:r>", ["1.1\tTitel\t3"]),
        (f'<w:fldSimple w:instr="REF x">{_run("hoofdstuk 3")}</w:fldSimple>', ["hoofdstuk 3"]),
    ],
)
def test_docx_paragraph_keeps_what_is_shown(tmp_path: Path, inner: str, texts: list[str]) -> None:
    document = docx.Document()
    document.element.body.insert(0, _paragraph(inner))
    assert [text for _, text, _ in rows_of(_save(tmp_path, document))] == texts


def test_docx_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{_run('in de kader')}</w:p></w:txbxContent>"
    inner = (
        _run("anker")
        + '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        + f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        + f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = docx.Document()
    document.element.body.insert(0, _paragraph(inner))
    assert [text for _, text, _ in rows_of(_save(tmp_path, document))] == ["anker", "in de kader"]


def test_docx_blocks_in_a_content_control_keep_their_place(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("voor")
    control = f"<w:sdt {_WORDPROCESSING}><w:sdtContent><w:p>{_run('binnen')}</w:p></w:sdtContent></w:sdt>"
    document.paragraphs[0]._p.addnext(parse_xml(control))
    document.add_paragraph("na")
    assert [text for _, text, _ in rows_of(_save(tmp_path, document))] == ["voor", "binnen", "na"]


def test_docx_dutch_heading_styles_and_lists(tmp_path: Path) -> None:
    document = docx.Document()
    style = document.styles.add_style("Kop 2", WD_STYLE_TYPE.PARAGRAPH)
    document.add_heading("Planning", 1)
    document.add_paragraph("Wie tekent", style=style)
    document.add_paragraph("eerste", style="List Bullet")
    document.add_paragraph("dieper", style="List Bullet 2")
    document.add_paragraph("genummerd", style="List Number")
    document.add_paragraph("ook genummerd", style="List Number")
    assert rows_of(_save(tmp_path, document)) == [
        ("heading", "Planning", 1),
        ("heading", "Wie tekent", 2),
        ("list_item", "eerste", 0),
        ("list_item", "dieper", 1),
        ("list_item", "1. genummerd", 0),
        ("list_item", "2. ook genummerd", 0),
    ]


def _number(depth: int, number_id: int) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number_id}"/></w:numPr></w:pPr>'


def test_docx_numbers_count_restart_and_take_every_style(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    formats = (("decimal", "%1."), ("lowerLetter", "%1.%2)"), ("upperRoman", "%3"))
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (style, text) in enumerate(formats)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {_WORDPROCESSING} w:abstractNumId="80">{levels}</w:abstractNum>'))
    for number_id, start in ((80, ""), (81, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>')):
        xml = f'<w:num {_WORDPROCESSING} w:numId="{number_id}"><w:abstractNumId w:val="80"/>{start}</w:num>'
        numbering.append(parse_xml(xml))
    steps = [(0, 80), (1, 80), (1, 80), (2, 80), (2, 80), (0, 80), (1, 80), (0, 81), (0, 81)]
    for at, (depth, number_id) in reversed(list(enumerate(steps))):
        document.element.body.insert(0, _paragraph(_number(depth, number_id) + _run(f"punt {at}")))
    shown = [text.split(" punt")[0] for _, text, _ in rows_of(_save(tmp_path, document))]
    assert shown == ["1.", "1.a)", "1.b)", "I", "II", "2.", "2.a)", "7.", "8."]


def test_docx_table_header_merged_cells_and_inner_breaks(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Tabel 1: Dagen", style="Caption")
    table = document.add_table(3, 3)
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {_WORDPROCESSING}/>"))
    for at, text in enumerate(("Stap", "Dag", "Wie")):
        table.cell(0, at).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "over twee rijen"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "breed\nen hoog"
    table.cell(2, 1).text, table.cell(2, 2).text = "1 mei", "wij"
    document.add_paragraph("na de tabel")
    rows = [(line.kind, line.text, line.header, line.table) for line in lines_of(_save(tmp_path, document))]
    assert rows == [
        ("table_caption", "Tabel 1: Dagen", False, 0),
        ("table_row", "Stap\tDag\tWie", True, 0),
        ("table_row", "over twee rijen\tbreed en hoog\t", False, 0),
        ("table_row", "\t1 mei\twij", False, 0),
        ("text", "na de tabel", False, None),
    ]


def test_docx_header_row_by_bold_text_only_where_the_rest_is_not(tmp_path: Path) -> None:
    document = docx.Document()
    for bold_rows in ((0,), (0, 1), ()):
        table = document.add_table(2, 2)
        for at, row in enumerate(table.rows):
            for cell in row.cells:
                cell.text = "cel"
                cell.paragraphs[0].runs[0].bold = at in bold_rows
        document.add_paragraph("tussen")
    rows = [line for line in lines_of(_save(tmp_path, document)) if line.kind == "table_row"]
    assert [(line.table, line.header) for line in rows] == [
        (0, True), (0, False), (1, False), (1, False), (2, False), (2, False),
    ]  # fmt: skip


def test_docx_frame_of_one_cell_is_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "Let op: dit is een kader."
    assert rows_of(_save(tmp_path, document)) == [("text", "Let op: dit is een kader.", 0)]


def test_docx_remembered_page_breaks_number_the_pages(tmp_path: Path) -> None:
    document = docx.Document()
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    paragraphs = (_run("een"), turn + _run("twee"), _run("loopt ") + turn + _run("door"), turn + _run("drie"))
    for inner in reversed(paragraphs):
        document.element.body.insert(0, _paragraph(inner))
    pages = [(page.number, [line.text for line in page.lines]) for page in _save(tmp_path, document).pages]
    assert pages[0] == (1, ["een"])
    assert pages[1] == (2, ["twee", "loopt door"])
    assert pages[-1][1] == ["drie"]
    assert [number for number, _ in pages] == [1, 2, 3, 4]
