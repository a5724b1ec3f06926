"""PDF: reading order, ruled tables, bookmarks, gaps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Fit

from ingest.read_pdf import read_pdf
from tests.ingest.broken_files import encrypted_pdf, pdf_bytes, text_content
from tests.ingest.reading import lines_of, read, rows_of


def _ruled(left: float, top: float, widths: Sequence[float], rows: Sequence[Sequence[str]]) -> bytes:
    """A ruled table with rows of 20 points, its text in the cells."""
    edges = [left + sum(widths[:at]) for at in range(len(widths) + 1)]
    out = b""
    for at in range(len(rows) + 1):
        out += b"%g %g m %g %g l S\n" % (edges[0], top - 20 * at, edges[-1], top - 20 * at)
    for edge in edges:
        out += b"%g %g m %g %g l S\n" % (edge, top, edge, top - 20 * len(rows))
    words = [
        (edges[column] + 4, top - 20 * at - 14, cell)
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell
    ]
    return out + text_content(words)


def _with_outline(path: Path, contents: list[bytes], marks: Sequence[tuple[str, int, float | None]]) -> None:
    path.write_bytes(pdf_bytes(contents))
    writer = PdfWriter(clone_from=PdfReader(path))
    for title, page, top in marks:
        writer.add_outline_item(title=title, page_number=page, fit=Fit.fit() if top is None else Fit.xyz(top=top))
    writer.write(path)


def test_pdf_table_stands_once_between_the_lines_around_it(tmp_path: Path) -> None:
    table = _ruled(72, 680, (120, 120), (("Stap", "Dag"), ("Aanvragen", "1 mei"), ("Tekenen", "9 juni")))
    # The text around it is drawn first: the place of the table comes from where its text is drawn.
    before = text_content([(72, 720, "Boven de tabel."), (72, 700, "Tabel 4: Dagen")])
    document = read(tmp_path, "tabel.pdf", pdf_bytes([before + table + text_content([(72, 590, "Eronder.")])]))
    assert rows_of(document) == [
        ("text", "Boven de tabel.", 0),
        ("table_caption", "Tabel 4: Dagen", 0),
        ("table_row", "Stap\tDag", 0),
        ("table_row", "Aanvragen\t1 mei", 0),
        ("table_row", "Tekenen\t9 juni", 0),
        ("text", "Eronder.", 0),
    ]
    assert not document.structured


def test_pdf_table_goes_on_without_a_repeated_header(tmp_path: Path) -> None:
    first = _ruled(72, 200, (120, 120), (("Stap", "Dag"), ("een", "1")))
    second = _ruled(72, 780, (120, 120), (("Stap", "Dag"), ("twee", "2")))
    other = _ruled(72, 500, (80, 160), (("Stap", "Dag"), ("drie", "3")))
    document = read(tmp_path, "door.pdf", pdf_bytes([first, second + other]))
    rows = [(line.text, line.table) for line in lines_of(document) if line.kind == "table_row"]
    assert rows == [("Stap\tDag", 0), ("een\t1", 0), ("twee\t2", 0), ("Stap\tDag", 1), ("drie\t3", 1)]


def test_pdf_table_after_text_on_the_next_page_is_another_table(tmp_path: Path) -> None:
    first = _ruled(72, 200, (120, 120), (("Stap", "Dag"), ("een", "1")))
    second = text_content([(72, 700, "Een nieuwe tabel.")]) + _ruled(
        72, 680, (120, 120), (("Stap", "Dag"), ("twee", "2"))
    )
    document = read(tmp_path, "nieuw.pdf", pdf_bytes([first, second]))
    assert [line.table for line in lines_of(document) if line.kind == "table_row"] == [0, 0, 1, 1]


def test_pdf_merged_cell_has_its_text_once(tmp_path: Path) -> None:
    drawn = _ruled(72, 680, (120, 120), (("Kop", "Dag"), ("een", "1")))
    lines = drawn.replace(b"192 680 m 192 640 l S", b"192 660 m 192 640 l S")  # no rule between the first two cells
    merged = lines.replace(b"(Dag)", b"( )")
    document = read(tmp_path, "samen.pdf", pdf_bytes([merged]))
    assert [line.text for line in lines_of(document) if line.kind == "table_row"] == ["Kop\t", "een\t1"]


def test_pdf_running_head_and_foot_drawn_in_the_wrong_place_are_put_right(tmp_path: Path) -> None:
    content = text_content(
        [(72, 30, "Pagina 1"), (72, 600, "Eerste regel."), (72, 584, "Tweede regel."), (72, 815, "Kop")]
    )
    document = read(tmp_path, "kop.pdf", pdf_bytes([content]))
    assert [text for _, text, _ in rows_of(document)] == ["Kop", "Eerste regel.", "Tweede regel.", "Pagina 1"]


def test_pdf_columns_are_read_as_drawn(tmp_path: Path) -> None:
    left = [(72, 700 - 14 * at, f"links {at}") for at in range(4)]
    right = [(320, 700 - 14 * at, f"rechts {at}") for at in range(4)]
    document = read(tmp_path, "kolommen.pdf", pdf_bytes([text_content(left + right)]))
    assert [text for _, text, _ in rows_of(document)] == [text for _, _, text in left + right]


def test_pdf_gap_between_paragraphs_is_an_empty_line(tmp_path: Path) -> None:
    places = (700, 686, 672, 650, 636)
    content = text_content([(72, y, f"regel {at}") for at, y in enumerate(places)])
    document = read(tmp_path, "alinea.pdf", pdf_bytes([content]))
    assert [line.text for line in lines_of(document)] == ["regel 0", "regel 1", "regel 2", "", "regel 3", "regel 4"]


@pytest.mark.parametrize(
    ("mark", "top", "drawn", "heading"),
    [
        ("2.1 Planning", 705, ["2.1 Planning"], "2.1 Planning"),
        ("Planning", None, ["2.1  Planning"], "2.1 Planning"),
        ("2.1\tPlan ning", 705, ["2.1 PLANNING"], "2.1 PLANNING"),
        ("2.1 Planning en bereik", 705, ["2.1 Planning", "en bereik"], "2.1 Planning en bereik"),
        ("2.1 Planning", 705, ["2.1", "Planning"], "2.1 Planning"),
        ("2.1 Planning", 705, ["2.2 Planning"], None),
        ("2.1 Planning", 705, ["De planning staat hier."], None),
    ],
)
def test_pdf_bookmark_finds_its_line(
    tmp_path: Path, mark: str, top: float | None, drawn: list[str], heading: str | None
) -> None:
    path = tmp_path / "kop.pdf"
    lines = [(72.0, 700.0 - 14 * at, text) for at, text in enumerate(drawn)]
    _with_outline(path, [text_content([*lines, (72, 600, "Gewone tekst.")])], [(mark, 0, top)])
    document = read_pdf(path)
    found = [line.text for line in lines_of(document) if line.kind == "heading"]
    assert found == ([] if heading is None else [heading])
    assert document.structured is (heading is not None)


def test_pdf_bookmark_prefers_its_height_and_not_the_running_head(tmp_path: Path) -> None:
    path = tmp_path / "kop.pdf"
    content = text_content([(72, 820, "Planning"), (72, 700, "Planning"), (72, 684, "tekst"), (72, 500, "Planning")])
    _with_outline(path, [content], [("Planning", 0, 512)])
    kinds = [line.kind for line in lines_of(read_pdf(path)) if line.text == "Planning"]
    assert kinds == ["text", "text", "heading"]


def test_pdf_with_few_bookmarks_that_name_a_line_is_not_structured(tmp_path: Path) -> None:
    path = tmp_path / "bladwijzers.pdf"
    content = text_content([(72, 700, "Inleiding"), (72, 684, "tekst")])
    _with_outline(path, [content], [("Inleiding", 0, None), ("Bladzijde 1", 0, None), ("Bladzijde 2", 0, None)])
    document = read_pdf(path)
    assert not document.structured
    assert {line.kind for line in lines_of(document)} == {"text"}


def test_pdf_encrypted_with_an_empty_password_is_read(tmp_path: Path) -> None:
    document = read(tmp_path, "open.pdf", encrypted_pdf(""))
    assert [text for _, text, _ in rows_of(document)] == ["Een gewone regel tekst.", "En nog een regel."]
    assert document.pages[0].label is None
