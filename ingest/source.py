"""What every reader hands over, and which reader a file asks for.

A reader turns one file into a `SourceDocument`: pages of lines in reading order, with what the
format itself says about headings, lists and tables. Nothing is cleaned or judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from knowledge.errors import EmptyPolicy, UnreadableFile
from knowledge.records import Record

Format = Literal["pdf", "docx", "html", "markdown", "text"]

MAX_FILE_BYTES = 100_000_000
MAX_TEXT_CHARACTERS = 20_000_000

_FORMAT_OF_SUFFIX: dict[str, Format] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
# What the content of each format may look like: an HTML fragment need not open with a tag.
_LOOKS_OF_FORMAT: dict[Format, tuple[str, ...]] = {
    "pdf": ("a PDF file",),
    "docx": ("a ZIP file",),
    "html": ("an HTML file", "text"),
    "markdown": ("text",),
    "text": ("text",),
}
_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP file"),
    (b"PK\x05\x06", "a ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file or an Office file with a password"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_HTML_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_SNIFFED_BYTES = 4096


class SourceLine(Record):
    """A line or block of text as the file has it, without line breaks.

    An empty text marks white space between paragraphs where the format has no paragraphs (PDF,
    plain text). Numbered list items and automatically numbered headings carry their number in
    front, as a reader sees it; bullets are left out.
    """

    text: str
    kind: Literal["text", "heading", "list_item", "table_row", "table_caption"] = "text"
    level: int = 0  # heading: 1 (top) to 9; list item: nesting depth from 0; else 0
    header: bool = False  # a table row that names the columns
    table: int | None = None  # ordinal of the table in the document, from 0


class SourcePage(Record):
    """The lines of one page; `number` counts from 1 and is None where the format has no pages."""

    number: int | None
    label: str | None = None  # as printed, where the file says so: "iv", "10"
    lines: tuple[SourceLine, ...]


class SourceDocument(Record):
    """A file as read. `structured`: headings come from the format and need not be guessed."""

    format: Format
    pages: tuple[SourcePage, ...]
    structured: bool
    parser: dict[str, str]  # name and version of the libraries used


def decide_format(path: Path) -> Format:
    """Says how to read a file, from its name and its first bytes, which must agree.

    Raises:
        UnreadableFile: no such regular file, no rights, an unknown extension, too large, or a
            content that is something else than the name says.
        EmptyPolicy: the file has no bytes.
    """
    name = printable(path.name)
    kind = _FORMAT_OF_SUFFIX.get(path.suffix.lower())
    try:
        if not path.is_file():
            reason = "is a folder" if path.is_dir() else "is no regular file" if path.exists() else "does not exist"
            raise UnreadableFile(f"{name}: {reason}, wanted a policy file")
        if kind is None:
            known = ", ".join(_FORMAT_OF_SUFFIX)
            raise UnreadableFile(
                f"{name}: extension {path.suffix or '(none)'!r} is not one of {known}; convert the file"
            )
        size_bytes = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_SNIFFED_BYTES)
    except OSError as error:
        raise UnreadableFile(f"{name}: cannot be opened: {error.strerror or type(error).__name__}") from error
    if not head:
        raise EmptyPolicy(f"{name}: the file is empty (0 bytes)")
    if size_bytes > MAX_FILE_BYTES:
        raise UnreadableFile(f"{name}: is {size_bytes:,} bytes, at most {MAX_FILE_BYTES:,} are read; split the file")
    looks = _look(head)
    if looks not in _LOOKS_OF_FORMAT[kind]:
        raise UnreadableFile(f"{name}: is named as {kind} but looks like {looks}; rename or convert it")
    return kind


def _look(head: bytes) -> str:
    """Describes a file by its first bytes, for the operator."""
    if b"%PDF-" in head[:1024]:
        return "a PDF file"
    for signature, looks in _SIGNATURES:
        if head.startswith(signature):
            return looks
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace")
    elif b"\0" in head:
        return "a binary file"
    else:
        text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    return "an HTML file" if _HTML_OPENING.match(text) else "text"


def printable(text: str) -> str:
    """The text on one line, control characters and unpaired surrogates shown as escapes."""
    visible = "".join(c if c.isprintable() or c.isspace() else repr(c)[1:-1] for c in text)
    return " ".join(visible.split())


def storable(text: str) -> str:
    """The text without NUL, with surrogate pairs joined and unpaired ones replaced by U+FFFD."""
    text = text.replace("\0", "")
    if any("\ud800" <= c <= "\udfff" for c in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def one_line(text: str) -> str:
    """The text with every stretch of white space made one space, no-break spaces kept."""
    return re.sub(r"[^\S\xa0\u202f]+", " ", storable(text)).strip()


def table_row_text(cells: Iterable[str]) -> str:
    """A table row as one line: cells in column order, one tab between two of them."""
    return "\t".join(one_line(cell) for cell in cells)


def check_text(name: str, pages: Iterable[SourcePage]) -> None:
    """Refuses pages that hold no text at all, or too much of it.

    Raises:
        EmptyPolicy: there is only white space.
        UnreadableFile: more than MAX_TEXT_CHARACTERS characters.
    """
    characters = sum(len(line.text) for page in pages for line in page.lines if line.text.strip())
    if characters == 0:
        raise EmptyPolicy(f"{name}: holds no text")
    if characters > MAX_TEXT_CHARACTERS:
        raise UnreadableFile(f"{name}: holds {characters:,} characters, at most {MAX_TEXT_CHARACTERS:,} are read")
