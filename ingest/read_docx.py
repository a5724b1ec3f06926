"""DOCX to lines: body blocks in document order, with headings, lists and tables from the styles."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from ingest.docx_styles import Numbering, Styles
from ingest.source import SourceDocument, SourceLine, SourcePage, one_line, printable, table_row_text
from knowledge.errors import UnreadableFile

Element: TypeAlias = Any

MAX_UNPACKED_BYTES = 50_000_000
MAX_UNPACKED_RATIO = 100
MAX_ENTRIES = 5_000
MAX_SPAN = 100  # columns that one cell may cover

_DOCUMENT = "word/document.xml"
# Wrappers whose content is read as if they were not there; what is deleted or moved away is not in it.
_TRANSPARENT = frozenset(
    qn(f"w:{name}")
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "sdt", "sdtContent")
)
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_PAGE_BREAK = qn("w:lastRenderedPageBreak")


def read_docx(path: Path) -> SourceDocument:
    """Reads a DOCX: a line for every paragraph or table row, in document order.

    Automatic numbers of headings and lists are written out, bullets are not. Tracked insertions are
    in, tracked deletions and hidden text are out. Text boxes follow the paragraph they hang on;
    footnotes follow the paragraph that refers to them, as "[1] text". Pages are those of the last
    rendering where the file remembers them; else there is one page without number.

    Raises:
        UnreadableFile: no ZIP archive with a Word document, or one that unpacks to too much.
    """
    _check_archive(path)
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise UnreadableFile(f"{printable(path.name)}: is no valid Word document ({error})") from error
    root = document.element
    writer = _BodyWriter(Styles(document.part), Numbering(document.part), _notes(document.part))
    writer.blocks(root.body)
    remembers_pages = next(root.body.iter(_PAGE_BREAK), None) is not None
    pages = tuple(
        SourcePage(number=number if remembers_pages else None, lines=tuple(lines))
        for number, lines in enumerate(writer.pages, 1)
    )
    return SourceDocument(format="docx", pages=pages, structured=True, parser={"python-docx": version("python-docx")})


def _check_archive(path: Path) -> None:
    """Looks at the archive's directory before anything is unpacked."""
    name = printable(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableFile(f"{name}: is cut off or no valid DOCX file ({error}); save it again") from error
    if _DOCUMENT not in (entry.filename for entry in entries):
        raise UnreadableFile(f"{name}: is a ZIP file without {_DOCUMENT}, wanted a Word document")
    unpacked_bytes = sum(entry.file_size for entry in entries)
    ratio = unpacked_bytes / max(1, sum(entry.compress_size for entry in entries))
    if unpacked_bytes > MAX_UNPACKED_BYTES or ratio > MAX_UNPACKED_RATIO or len(entries) > MAX_ENTRIES:
        raise UnreadableFile(
            f"{name}: unpacks to {unpacked_bytes / 1e6:,.0f} MB in {len(entries):,} parts, {ratio:,.0f} times its "
            "size; "
            f"at most {MAX_UNPACKED_BYTES / 1e6:.0f} MB, {MAX_ENTRIES:,} parts and {MAX_UNPACKED_RATIO} times are read "
            "(a ZIP bomb?)"
        )


def _notes(part: Part) -> dict[str, Element]:
    """The footnotes and endnotes of a document by the tag that refers to them and their id."""
    notes: dict[str, Element] = {}
    for relation in part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("footnotes", "endnotes") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            for note in etree.fromstring(relation.target_part.blob, parser):
                notes[f"{kind[:-1]}Reference {note.get(qn('w:id'))}"] = note
    return notes


@dataclass
class _Paragraph:
    """What one paragraph holds besides its own text."""

    text: str = ""
    boxes: list[Element] = field(default_factory=list)  # contents of text boxes
    notes: list[tuple[int, Element]] = field(default_factory=list)
    turns_before: int = 0  # page breaks of the last rendering before the first word, and after it
    turns_after: int = 0


@dataclass
class _BodyWriter:
    """Walks the body and writes lines, page by page."""

    styles: Styles
    numbering: Numbering
    notes: dict[str, Element]
    pages: list[list[SourceLine]] = field(default_factory=lambda: [[]])
    _tables: int = 0
    _notes_seen: int = 0

    def blocks(self, parent: Element) -> None:
        for child in parent:
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag in _TRANSPARENT:
                self.blocks(child)

    def _paragraph(self, element: Element) -> None:
        content = self._read(element)
        self._turn(content.turns_before)
        level = self.styles.heading_level(element)
        place = self.styles.list_place(element)
        label = self.numbering.label(*place) if place and content.text.strip() else ""
        text = f"{label} {content.text}" if label else content.text
        if level:
            self._add(SourceLine(text=one_line(text), kind="heading", level=level))
        elif place or self.styles.is_list(element):
            depth = max(place[1] if place else 0, self.styles.list_depth(element))
            self._add(SourceLine(text=one_line(text), kind="list_item", level=depth))
        elif self.styles.is_table_caption(element, text):
            self._add(SourceLine(text=one_line(text), kind="table_caption", table=self._tables))
        else:
            for line in text.split("\n"):
                self._add(SourceLine(text=_keep_tabs(line)))
        for box in content.boxes:
            self.blocks(box)
        for number, note in content.notes:
            words = " ".join(self._read(p).text for p in note.iter(qn("w:p")))
            self._add(SourceLine(text=f"[{number}] {one_line(words)}"))
        self._turn(content.turns_after)

    def _turn(self, times: int) -> None:
        self.pages += [[] for _ in range(times)]

    def _read(self, paragraph: Element) -> _Paragraph:
        content = _Paragraph()
        self._inline(paragraph, content)
        return content

    def _inline(self, parent: Element, content: _Paragraph) -> None:
        for child in parent:
            if child.tag == qn("w:r"):
                if not self.styles.is_hidden(child):
                    self._run(child, content)
            elif child.tag in _TRANSPARENT:
                self._inline(child, content)

    def _run(self, run: Element, content: _Paragraph) -> None:
        for child in run:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            match name:
                case "t":
                    content.text += child.text or ""
                case "tab" | "ptab":
                    content.text += "\t"
                case "br" | "cr":
                    content.text += "\n"
                case "noBreakHyphen":
                    content.text += "-"
                case "lastRenderedPageBreak":
                    # A paragraph that runs over a break counts for the page on which it starts.
                    before = not content.text.strip()
                    content.turns_before += before
                    content.turns_after += not before
                case "footnoteReference" | "endnoteReference":
                    self._note(f"{name} {child.get(qn('w:id'))}", content)
                case "AlternateContent" | "drawing" | "pict" | "object":
                    content.boxes += _text_boxes(child)

    def _note(self, key: str, content: _Paragraph) -> None:
        if key in self.notes:
            self._notes_seen += 1
            content.text += f"[{self._notes_seen}]"
            content.notes.append((self._notes_seen, self.notes[key]))

    def _table(self, element: Element) -> None:
        rows = [row for row in _children(element, qn("w:tr")) if not _is_deleted(row)]
        grid = [list(_children(row, qn("w:tc"))) for row in rows]
        if max((len(cells) for cells in grid), default=0) < 2:  # a frame around text, not a table
            for cells in grid:
                for cell in cells:
                    self.blocks(cell)
            return
        for at, (row, cells) in enumerate(zip(rows, grid, strict=True)):
            texts, turns_before, turns_after = self._row(cells)
            self._turn(turns_before)
            header = self.styles.is_header_row(element, row, first=at == 0)
            text = table_row_text(texts)
            self._add(SourceLine(text=text, kind="table_row", header=header, table=self._tables))
            self._turn(turns_after)
        self._tables += 1

    def _row(self, cells: list[Element]) -> tuple[list[str], int, int]:
        """Cell texts by column, and how many pages turn before and after the row, at most one in all.

        A cell that covers several columns or rows has its text once.
        """
        texts: list[str] = []
        before = after = False
        for cell in cells:
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            pages = [[]] if goes_on else self._cell_pages(cell)
            before = before or (len(pages) > 1 and not pages[0])
            after = after or len(pages) > 1
            width = int(span.get(qn("w:val"), "1")) if span is not None else 1
            texts += [" ".join(line.text for page in pages for line in page)] + [""] * (min(width, MAX_SPAN) - 1)
        return texts, int(before), int(after and not before)

    def _cell_pages(self, cell: Element) -> list[list[SourceLine]]:
        """All lines of a cell, list numbers, inner tables and text boxes included."""
        inner = _BodyWriter(self.styles, self.numbering, self.notes, _notes_seen=self._notes_seen)
        inner.blocks(cell)
        self._notes_seen = inner._notes_seen
        return inner.pages

    def _add(self, line: SourceLine) -> None:
        if line.text.strip():
            self.pages[-1].append(line)


def _keep_tabs(text: str) -> str:
    """Cleans white space, and keeps tabs: they set columns apart in a table of contents."""
    return "\t".join(one_line(part) for part in text.split("\t")).strip()


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """The children with a tag, also those inside content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _children(child, tag)


def _is_deleted(row: Element) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _text_boxes(element: Element) -> list[Element]:
    """The contents of the text boxes in a drawing; of its alternatives only the first is shown."""
    if element.tag == _ALTERNATIVES:
        choice = element.find(_CHOICE)
        return [] if choice is None else _text_boxes(choice)
    if element.tag == qn("w:txbxContent"):
        return [element]
    return [box for child in element for box in _text_boxes(child)]
