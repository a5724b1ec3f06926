"""Plain text as it stands, and Markdown reduced to what a reader of the rendered page sees."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.source import SourceDocument, SourceLine, SourcePage, one_line, printable, storable, table_row_text
from knowledge.errors import UnreadableFile

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
# Bytes that are UTF-8 beyond ASCII: a Latin letter or sign, punctuation, or half of a surrogate pair.
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]|\xe2\x82\xac|\xed[\xa0-\xbf][\x80-\xbf]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MIN_PLAIN_SHARE = 0.7  # of ASCII letters, digits, punctuation and white space in Western prose


def read_text(path: Path) -> SourceDocument:
    """Reads plain text: one page without number, a line for every line, empty ones too.

    Raises:
        UnreadableFile: the bytes are no text in UTF-8, UTF-16 (with a byte order mark) or cp1252.
    """
    text = decode_text(path.read_bytes(), printable(path.name))
    lines = tuple(SourceLine(text=storable(line).rstrip()) for line in text.splitlines())
    return SourceDocument(format="text", pages=(SourcePage(number=None, lines=lines),), structured=False, parser={})


def read_markdown(path: Path) -> SourceDocument:
    """Reads Markdown (CommonMark with pipe tables): one page without number, a line for every block.

    YAML front matter, markers, link targets and HTML tags go; numbers of ordered lists stay.

    Raises:
        UnreadableFile: as for `read_text`.
    """
    text = decode_text(path.read_bytes(), printable(path.name))
    text = _FRONT_MATTER.sub("", "\n".join(text.splitlines()) + "\n")
    blocks = MarkdownIt("commonmark").enable("table").parse(text)
    lines = _MarkdownLines()
    lines.take(blocks)
    return SourceDocument(
        format="markdown",
        pages=(SourcePage(number=None, lines=tuple(lines.lines)),),
        structured=True,
        parser={"markdown-it-py": importlib.metadata.version("markdown-it-py")},
    )


def decode_text(data: bytes, name: str) -> str:
    """Decodes UTF-8, UTF-16 with a byte order mark, or else cp1252 where the bytes look like prose.

    Bytes that are mostly UTF-8 but not quite are refused: as cp1252 they would turn into wrong letters.

    Raises:
        UnreadableFile: none of these; the message says where the text breaks off.
    """
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"at byte {error.start:,}"
        if utf16:
            raise UnreadableFile(f"{name}: is no valid UTF-16 {where}; save it as UTF-8") from error
        has_control = _CONTROL.search(data) is not None
        if not has_control and _UTF8_SEQUENCE.search(data):
            raise UnreadableFile(f"{name}: is no valid UTF-8 {where}; save it as UTF-8 again") from error
        if has_control or _plain_share(data) < _MIN_PLAIN_SHARE:
            raise UnreadableFile(f"{name}: looks like a binary file, wanted text") from error
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError as second:
            raise UnreadableFile(f"{name}: is no valid UTF-8 {where} and no cp1252; save it as UTF-8") from second
    if "\0" in text:
        raise UnreadableFile(f"{name}: holds NUL characters, looks like a binary file, wanted text")
    return text


def _plain_share(data: bytes) -> float:
    """The share of bytes that are printable ASCII or white space, 0 to 1."""
    return sum(32 <= byte < 127 or byte in b"\t\n\r" for byte in data) / len(data)


@dataclass
class _MarkdownLines:
    """Turns markdown-it's flat stream of block tokens into lines."""

    lines: list[SourceLine] = field(default_factory=list)
    _numbers: list[int | None] = field(default_factory=list)  # open lists: next number, None for bullets
    _label: str | None = None  # of the list item whose first paragraph is still to come
    _heading: int = 0
    _cells: list[str] | None = None
    _header: bool = False
    _tables: int = 0

    def take(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            match token.type:
                case "heading_open":
                    self._heading = int(token.tag[1])
                case "heading_close":
                    self._heading = 0
                case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                    self._list(token)
                case "list_item_open":
                    self._item()
                case "thead_open" | "tbody_open":
                    self._header = token.type == "thead_open"
                case "table_close":
                    self._tables += 1
                case "tr_open":
                    self._cells = []
                case "tr_close":
                    self._row()
                case "inline":
                    self._inline(list(_visible(token.children or ())))
                case "fence" | "code_block":
                    self._paragraph(token.content.splitlines())
                case "html_block":
                    self._paragraph(BeautifulSoup(token.content, "lxml").get_text().splitlines())

    def _list(self, token: Token) -> None:
        if token.type.endswith("close"):
            self._numbers.pop()
        else:
            ordered = token.type == "ordered_list_open"
            self._numbers.append(int(token.attrs.get("start", 1)) if ordered else None)

    def _item(self) -> None:
        number = self._numbers[-1]
        self._label = "" if number is None else f"{number}. "
        if number is not None:
            self._numbers[-1] = number + 1

    def _inline(self, texts: list[str]) -> None:
        if self._cells is not None:
            self._cells.append(" ".join(texts))
        elif self._heading:
            self._add(SourceLine(text=one_line(" ".join(texts)), kind="heading", level=self._heading))
        else:
            self._paragraph(texts)

    def _paragraph(self, texts: Sequence[str]) -> None:
        for text in texts:
            if self._label is not None:
                item = one_line(self._label + text)
                self._add(SourceLine(text=item, kind="list_item", level=len(self._numbers) - 1))
                self._label = None
            else:
                self._add(SourceLine(text=one_line(text)))

    def _row(self) -> None:
        text = table_row_text(self._cells or ())
        self._add(SourceLine(text=text, kind="table_row", header=self._header, table=self._tables))
        self._cells = None

    def _add(self, line: SourceLine) -> None:
        if line.text.strip():
            self.lines.append(line)


def _visible(tokens: Sequence[Token]) -> Iterator[str]:
    """The text of an inline token as rendered; yields a new one after every hard line break."""
    text = ""
    link_at = None
    for token in tokens:
        match token.type:
            case "hardbreak":
                yield text
                text = ""
            case "softbreak":
                text += " "
            case "html_inline":
                if re.match(r"<br\b", token.content, re.IGNORECASE):
                    yield text
                    text = ""
            case "link_open":
                link_at = len(text)
            case "link_close":
                # A link that shows a bare number is a footnote mark: without brackets it would join the word.
                if link_at is not None and text[link_at:].isdigit():
                    text = f"{text[:link_at]}[{text[link_at:]}]"
                link_at = None
            case _:
                text += token.content
    yield text
