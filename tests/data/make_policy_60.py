"""Writes the acceptance fixture: an invented policy of over 60 pages as PDF, with its key.

    python -m tests.data.make_policy_60 [--out DIR]

python-docx writes the DOCX, LibreOffice (`soffice`) turns it into a PDF with bookmarks, pypdf sets
the page labels, and pypdfium2, which the readers do not use, tells on which page each fact stands.
The text is the same at every run; rebuild only when the text or the layout has to change.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import docx
import pypdfium2
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle

from tests.data import policy_60_text as words

FRONT_PAGES = 4  # title, colophon and two pages of contents: labelled i to iv
SYLLABLES = (
    "ba",
    "do",
    "fi",
    "ga",
    "ho",
    "ju",
    "ka",
    "lo",
    "mi",
    "no",
    "pe",
    "ra",
    "so",
    "tu",
    "vi",
    "wo",
    "ze",
)


@dataclass
class Fact:
    """A sentence that stands once in the document; `page` counts from 1 and is 0 until the PDF is there."""

    text: str
    section: str | None
    title: str
    kind: str
    page: int = 0


class PolicyWriter:
    """Writes the policy into a DOCX and remembers the facts it planted."""

    def __init__(self, contents_pages: dict[str, int]) -> None:
        self.document: Document = docx.Document()
        self.facts: list[Fact] = []
        self.headings: list[tuple[int, str]] = []
        self._contents_pages = contents_pages  # heading -> page printed in the table of contents
        self._random = random.Random(2031)
        _number_headings(self.document)
        page = self.document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Liberation Sans", Pt(11)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = (
            Pt(9),
            1.25,
        )

    def write(self, path: Path) -> None:
        self._front()
        self._running_head(first_number=1)
        for chapter, sections in words.CHAPTERS.items():
            self._heading(chapter, 1)
            for section, subsections in sections.items():
                self._heading(section, 2)
                for subsection in subsections:
                    self._heading(subsection, 3)
            if chapter == "Soorten overeenkomsten":
                self._scanned_page()
        self._annexes()
        self.document.save(str(path))

    def _front(self) -> None:
        self.document.add_paragraph(words.INSURER, style="Title")
        self.document.add_paragraph(words.TITLE, style="Subtitle")
        self.document.add_paragraph("Versie 1.2, vastgesteld op 28 maart 2030").runs[0].add_break(WD_BREAK.PAGE)
        self.document.add_paragraph("Dit stuk is verzonnen en dient alleen om leesprogramma's te beproeven.")
        self.document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        self.document.add_paragraph("Inhoud").runs[0].bold = True
        for heading, page in self._contents_pages.items():
            line = self.document.add_paragraph(f"{heading}\t{page}")
            line.paragraph_format.tab_stops.add_tab_stop(Cm(15.5), leader=1)
            line.paragraph_format.space_after, line.paragraph_format.line_spacing = (
                Pt(0),
                1,
            )

    def _running_head(self, first_number: int | None = None) -> None:
        """Starts a section with the running head and a page number; None counts on."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        section.header.paragraphs[0].text = f"{words.INSURER} | {words.TITLE}"
        section.footer.paragraphs[0].text = "Pagina "
        section.footer.paragraphs[0]._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "/>'))
        for numbering in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(numbering)
        if first_number is not None:
            xml = f'<w:pgNumType {nsdecls("w")} w:fmt="decimal" w:start="{first_number}"/>'
            section._sectPr.append(parse_xml(xml))

    def _heading(self, title: str, level: int) -> None:
        number = self._next_number(level)
        heading = self.document.add_heading(title, level)
        heading.paragraph_format.page_break_before = level == 1
        self.headings.append((level, f"{number} {title}"))
        self._prose(title)
        self._plant(number, title)
        self._prose(title)
        if title in words.TABLES:
            self._table(*words.TABLES[title])
            self._prose(title)
        if title in words.LONG_TABLES:
            self._long_table(number, title)

    def _next_number(self, level: int) -> str:
        counts = [0, 0, 0]
        for seen, _ in [*self.headings, (level, "")]:
            counts[seen - 1] += 1
            counts[seen:] = [0] * (3 - seen)
        return ".".join(str(count) for count in counts[:level])

    def _prose(self, title: str) -> None:
        for _ in range(2):
            sentences = self._random.sample(words.SENTENCES, 4)
            self.document.add_paragraph(" ".join(sentences).format(subject=title[0].lower() + title[1:]))

    def _fact_text(self, title: str) -> str:
        order = len(self.facts)
        code = "".join(self._random.sample(SYLLABLES, 3)).upper() + f"-{order + 101}"
        moulds = (
            "Voor dit onderdeel geldt code {code} met een bedrag van € {amount},50.",
            "Onder kenmerk {code} reserveren wij {amount} euro per wijk.",
            "Binnen {days} kalenderdagen stuurt u formulier {code} terug.",
            "Het aandeel dat onder {code} valt is ten hoogste {share} procent.",
        )
        return moulds[order % 4].format(code=code, amount=1200 + 37 * order, days=11 + order, share=5 + order % 60)

    def _plant(self, number: str | None, title: str) -> None:
        text = self._fact_text(title)
        kind = ("paragraph", "paragraph", "list", "table")[len(self.facts) % 4]
        if title in words.TABLES or title in words.LONG_TABLES:
            kind = "paragraph"
        self.facts.append(Fact(text, number, title, kind))
        if kind == "paragraph":
            self.document.add_paragraph(text).paragraph_format.keep_together = True
        elif kind == "list":
            self.document.add_paragraph("De aanbieder zorgt voor:").paragraph_format.keep_with_next = True
            for item in (
                *self._random.sample(words.ITEMS, 2),
                text,
                *self._random.sample(words.ITEMS, 1),
            ):
                self.document.add_paragraph(item, style="List Bullet").paragraph_format.keep_together = True
        else:
            self._table(
                None,
                (
                    ("Onderdeel", "Afspraak"),
                    (title, text),
                    ("Overig", "Zie de overeenkomst."),
                ),
            )

    def _table(self, caption: str | None, rows: Sequence[Sequence[str]]) -> None:
        if caption:
            self.document.add_paragraph(caption, style="Caption").paragraph_format.keep_with_next = True
        table = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for at, row in enumerate(rows):
            for cell, text in zip(table.rows[at].cells, row, strict=True):
                cell.text = text
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
                cell.paragraphs[0].runs[0].bold = at == 0
            table.rows[at]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self.document.add_paragraph().paragraph_format.space_after = Pt(4)

    def _long_table(self, number: str, title: str) -> None:
        caption, header, names, count = words.LONG_TABLES[title]
        rows = [header]
        for order in range(count):
            first = f"{names[order % len(names)]} {order // len(names) + 1}"
            rows.append((first, f"groep {order % 5 + 1}", f"volgnummer {order + 1}"))
        fact = Fact(f"Sleutelrij {title.split(maxsplit=1)[0].upper()}{count}", number, title, "table")
        rows[-2] = (*rows[-2][:2], fact.text)
        self.facts.append(fact)
        self._table(caption, rows)

    def _scanned_page(self) -> None:
        """Adds a page that holds a picture of writing and no text at all, as a scanner makes it."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        for number in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(number)
        picture = Image.new("1", (400, 500), 1)
        ImageDraw.Draw(picture).text((40, 60), "Handgeschreven bijlage", fill=0)
        data = io.BytesIO()
        picture.save(data, "PNG")
        data.seek(0)
        self.document.add_picture(data, width=Cm(12))
        self._running_head()

    def _annexes(self) -> None:
        for title, rows in zip(words.ANNEXES, (words.TERMS, words.CONTACTS), strict=True):
            heading = self.document.add_heading(title, 1)
            heading.paragraph_format.page_break_before = True
            heading._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
            )
            self.headings.append((1, title))
            self._prose(title)
            self._plant(None, title)
            self._table(None, rows)


def _number_headings(document: Document) -> None:
    """Gives Heading 1 to 3 an automatic decimal numbering, as word processors do."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{at + 1}"/>'
        f'<w:lvlText w:val="{".".join(f"%{n + 1}" for n in range(at + 1))}"/><w:lvlJc w:val="left"/></w:lvl>'
        for at in range(3)
    )
    numbering.insert(
        0,
        parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for at in range(3):
        properties = document.styles[f"Heading {at + 1}"].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="90"/></w:numPr>'))


def write_docx(path: Path, contents_pages: dict[str, int] | None = None) -> PolicyWriter:
    """Writes the policy as DOCX; without `contents_pages` the table of contents says page 1 throughout."""
    if contents_pages is None:
        with tempfile.TemporaryDirectory() as folder:
            draft = PolicyWriter({})
            draft.write(Path(folder) / "draft.docx")
        contents_pages = {heading: 1 for level, heading in draft.headings if level < 3}
    writer = PolicyWriter(contents_pages)
    writer.write(path)
    return writer


def convert_to_pdf(source: Path) -> Path:
    """Turns a DOCX into a PDF beside it with LibreOffice, headings as bookmarks."""
    options = (
        'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"},"UseTaggedPDF":'
        '{"type":"boolean","value":"false"}}'
    )
    profile = f"-env:UserInstallation=file://{source.parent}/profile"
    command = [
        shutil.which("soffice") or "soffice",
        profile,
        "--headless",
        "--convert-to",
        options,
    ]
    subprocess.run(
        [*command, "--outdir", str(source.parent), str(source)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return source.with_suffix(".pdf")


def page_texts(path: Path) -> list[str]:
    """The text of every page, white space made single, read with pypdfium2."""
    document = pypdfium2.PdfDocument(path)
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]


def find_page(texts: Sequence[str], needle: str, first: int = 0) -> int:
    """The page, counted from 1, that holds `needle`; looks after the first `first` pages."""
    found = [at + 1 for at, text in enumerate(texts) if at >= first and needle in text]
    if len(found) != 1:
        raise SystemExit(f"{needle!r} stands on pages {found}, wanted exactly one: change the text")
    return found[0]


def heading_pages(path: Path) -> dict[str, int]:
    """The printed page of every heading of the first two levels, from the bookmarks."""
    document = pypdfium2.PdfDocument(path)
    pages = {}
    for mark in document.get_toc():
        if mark.level < 2:
            pages[" ".join(mark.get_title().split())] = mark.get_dest().get_index() + 1 - FRONT_PAGES
    return pages


def set_labels(source: Path, target: Path) -> None:
    """Copies the PDF with roman labels for the front pages and decimal ones from 1 after it."""
    writer = PdfWriter(clone_from=PdfReader(source))
    writer.set_page_label(0, FRONT_PAGES - 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(FRONT_PAGES, len(writer.pages) - 1, style=PageLabelStyle.DECIMAL, start=1)
    writer.compress_identical_objects()
    writer.write(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(__file__).parent,
        help="folder for the PDF and its key",
    )
    out: Path = parser.parse_args().out
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "policy_60.docx"
        write_docx(source)  # a first run, to learn the pages for the table of contents
        writer = write_docx(source, heading_pages(convert_to_pdf(source)))
        set_labels(convert_to_pdf(source), out / "policy_60.pdf")
    texts = page_texts(out / "policy_60.pdf")
    for fact in writer.facts:
        fact.page = find_page(texts, fact.text)
    key = {
        "pages": len(texts),
        "front_pages": FRONT_PAGES,
        "pages_without_text": [at + 1 for at, text in enumerate(texts) if not text.strip()],
        "headings": [{"level": level, "text": text} for level, text in writer.headings],
        "facts": [asdict(fact) for fact in writer.facts],
    }
    (out / "policy_60.json").write_text(json.dumps(key, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    size = (out / "policy_60.pdf").stat().st_size
    print(f"{len(texts)} pages, {len(writer.facts)} facts, {size} bytes")


if __name__ == "__main__":
    main()
