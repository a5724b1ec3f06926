"""PDF to lines: text in reading order, ruled tables as rows, headings by the bookmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Self

import pdfplumber
from pdfplumber.pdf import PDF
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from ingest.pdf_lines import OutlineEntry, PlacedLine, mark_headings, place_lines, read_outline
from ingest.pdf_tables import RuledTable, find_ruled_tables, may_have_tables
from ingest.source import MAX_TEXT_CHARACTERS, SourceDocument, SourceLine, SourcePage, printable
from knowledge.errors import EmptyPolicy, UnreadableFile

MAX_PAGES = 2_000
_TRAILER_BYTES = 4_096
_MIN_MATCHED_SHARE = 0.5  # of the bookmarks: fewer found on their pages, and they name no headings


def read_pdf(path: Path) -> SourceDocument:
    """Reads a PDF: every page of the file, a line for every line as drawn.

    An empty line marks a gap between paragraphs. With bookmarks that name lines of their pages
    these are headings and the document is `structured`. A table that goes on over a page break
    keeps its ordinal, and its repeated header is left out. A page without text has no lines.

    Raises:
        UnreadableFile: cut off, protected by a password, over MAX_PAGES pages, or broken.
        EmptyPolicy: no page holds text, as in a scan.
    """
    name = printable(path.name)
    reader = _open(path, name)
    pages = _read_pages(path, reader, name)
    if not any(pages):
        raise EmptyPolicy(f"{name}: no page holds text; it looks like a scan and needs optical character recognition")
    outline = read_outline(reader)
    marked, matched = _mark_pages(pages, outline)
    structured = matched > 0 and matched >= _MIN_MATCHED_SHARE * len(outline)
    writer = _PageWriter()
    labels = reader.page_labels if "/PageLabels" in reader.root_object else [None] * len(pages)
    written = [
        writer.page(number, label, lines)
        for number, (label, lines) in enumerate(zip(labels, marked if structured else pages, strict=True), 1)
    ]
    libraries = {library: version(library) for library in ("pypdf", "pdfplumber")}
    return SourceDocument(format="pdf", pages=tuple(written), structured=structured, parser=libraries)


def _open(path: Path, name: str) -> PdfReader:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TRAILER_BYTES))
        if b"%%EOF" not in file.read():
            raise UnreadableFile(f"{name}: is cut off: the end of the PDF is missing; fetch it again")
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(f"{name}: is protected by a password; save it without one")
        tree = reader.root_object["/Pages"].get_object()
        stated = int(tree.get("/Count", -1)) if isinstance(tree, DictionaryObject) else -1
        count = len(reader.pages) if stated <= MAX_PAGES else stated
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableFile(f"{name}: is no valid PDF ({error}); save it again") from error
    if not 0 < count <= MAX_PAGES:
        raise UnreadableFile(f"{name}: has {count:,} pages, wanted 1 to {MAX_PAGES:,}; split the file")
    if stated != count:
        raise UnreadableFile(f"{name}: says it has {stated:,} pages and holds {count:,}; save it again")
    return reader


def _read_pages(path: Path, reader: PdfReader, name: str) -> list[list[PlacedLine]]:
    pages: list[list[PlacedLine]] = []
    characters = 0
    with _TableFinder(path) as tables:
        for number, page in enumerate(reader.pages, 1):
            try:
                lines = place_lines(page, tables.on_page(number) if may_have_tables(page) else ())
            except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
                raise UnreadableFile(f"{name}: page {number} cannot be read ({error}); save the file again") from error
            pages.append(lines)
            characters += sum(len(line.text) for line in lines)
            if characters > MAX_TEXT_CHARACTERS:
                raise UnreadableFile(f"{name}: holds more than {MAX_TEXT_CHARACTERS:,} characters; split the file")
    return pages


class _TableFinder:
    """Opens the file with pdfplumber when the first page that may hold a table comes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: PDF | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._document is not None:
            self._document.close()

    def on_page(self, number: int) -> Sequence[RuledTable]:
        if self._document is None:
            self._document = pdfplumber.open(self._path)
        page = self._document.pages[number - 1]
        try:
            return find_ruled_tables(page)
        finally:
            page.close()  # forgets the objects of the page


def _mark_pages(
    pages: Sequence[list[PlacedLine]], outline: Sequence[OutlineEntry]
) -> tuple[list[list[PlacedLine]], int]:
    """Marks the headings on every page and counts them."""
    of_page: dict[int, list[OutlineEntry]] = {}
    for entry in outline:
        of_page.setdefault(entry.page, []).append(entry)
    marked = [mark_headings(lines, of_page.get(at, ())) for at, lines in enumerate(pages)]
    return [lines for lines, _ in marked], sum(count for _, count in marked)


@dataclass
class _PageWriter:
    """Turns placed lines into source lines, and follows tables over page breaks."""

    _tables: int = 0
    _ordinals: dict[int, int] = field(default_factory=dict)  # id of a table on this page -> ordinal in the document
    _open: RuledTable | None = None  # the table that the page before ended with
    _header: tuple[str, ...] | None = None  # the first row of the table that was written last

    def page(self, number: int, label: str | None, lines: Sequence[PlacedLine]) -> SourcePage:
        tables = list(dict.fromkeys(line.table for line in lines if line.table is not None))
        repeated: set[int] = set()
        self._ordinals = {}
        for table in tables:
            goes_on = self._goes_on(table, lines)
            self._ordinals[id(table)] = self._tables - 1 if goes_on else self._tables
            if not goes_on:
                self._tables += 1
                self._header = table.rows[0]
            elif table.rows[0] == self._header:
                repeated.add(id(table))
        body = [line for line in lines if not line.in_margin]
        self._open = body[-1].table if body and body[-1].kind == "row" else None
        kept = [line for line in lines if not (line.kind == "row" and line.row == 0 and id(line.table) in repeated)]
        return SourcePage(number=number, label=label, lines=tuple(self._lines(kept)))

    def _goes_on(self, table: RuledTable, lines: Sequence[PlacedLine]) -> bool:
        """True where the page before ended with a table, and this page begins with one of the same columns."""
        body = [line for line in lines if not line.in_margin]
        is_first = bool(body) and body[0].kind == "row" and body[0].table is table
        return is_first and self._open is not None and table.has_columns_of(self._open)

    def _lines(self, lines: Sequence[PlacedLine]) -> Iterator[SourceLine]:
        for at, line in enumerate(lines):
            if at and line.after_gap:
                yield SourceLine(text="")
            yield self._line(line)

    def _line(self, line: PlacedLine) -> SourceLine:
        ordinal = None if line.table is None else self._ordinals[id(line.table)]
        match line.kind:
            case "heading":
                return SourceLine(text=line.text, kind="heading", level=line.level)
            case "caption":
                return SourceLine(text=line.text, kind="table_caption", table=ordinal)
            case "row":
                header = line.row == 0 and line.table is not None and line.table.has_header
                return SourceLine(text=line.text, kind="table_row", header=header, table=ordinal)
        return SourceLine(text=line.text)
