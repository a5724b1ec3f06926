"""What the tests of the readers share: read bytes with the reader of a suffix, look at the lines."""

from __future__ import annotations

from pathlib import Path

from ingest.read_docx import read_docx
from ingest.read_html import read_html
from ingest.read_pdf import read_pdf
from ingest.read_text import read_markdown, read_text
from ingest.source import SourceDocument, SourceLine

READERS = {".pdf": read_pdf, ".docx": read_docx, ".html": read_html, ".md": read_markdown, ".txt": read_text}
Row = tuple[str, str, int]  # kind, text, level


def read(folder: Path, name: str, data: bytes | str) -> SourceDocument:
    """Writes the data to a file and reads it in this process."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return READERS[path.suffix](path)


def lines_of(document: SourceDocument) -> list[SourceLine]:
    return [line for page in document.pages for line in page.lines]


def rows_of(document: SourceDocument) -> list[Row]:
    """Kind, text and level of every line that is not empty."""
    return [(line.kind, line.text, line.level) for line in lines_of(document) if line.text]
