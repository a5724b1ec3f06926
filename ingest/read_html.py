"""HTML to lines: the main content in document order, without what belongs to the site around it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString

from ingest.source import SourceDocument, SourceLine, SourcePage, one_line, printable, table_row_text
from knowledge.errors import UnreadableFile

MAX_TAGS = 400_000  # about 4 s and 0.5 GB to parse
MAX_SPAN = 100  # columns or rows that one cell may cover

_NEVER_SHOWN = (
    "script", "style", "template", "noscript", "iframe", "svg", "math", "object", "canvas", "head", "title",
    "nav", "aside", "button", "select", "input", "textarea", "dialog",
)  # fmt: skip
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
    ]
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTENT = ("main, [role=main]", "article")


def read_html(path: Path) -> SourceDocument:
    """Reads HTML: one page without number, a line for every block.

    `main` or a single `article` is preferred to the whole body. Numbers of ordered lists stay, link
    targets go. A cell that covers several columns or rows has its text once.

    Raises:
        UnreadableFile: more than MAX_TAGS tags.
    """
    data = path.read_bytes()
    if data.count(b"<") > 2 * MAX_TAGS:  # every element has two tags at most
        name = printable(path.name)
        raise UnreadableFile(f"{name}: holds more than {MAX_TAGS:,} elements; split the file")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML reads well as HTML
        soup = BeautifulSoup(data, "lxml")
    _drop_surroundings(soup)
    writer = _LineWriter()
    writer.block(_content(soup))
    writer.flush()
    parser = {"beautifulsoup4": version("beautifulsoup4"), "lxml": version("lxml")}
    pages = (SourcePage(number=None, lines=tuple(writer.lines)),)
    return SourceDocument(format="html", pages=pages, structured=True, parser=parser)


def _drop_surroundings(soup: BeautifulSoup) -> None:
    """Takes out what a visitor does not read as the text of the page."""
    for tag in soup.find_all(_is_outside):
        if not tag.decomposed:
            tag.decompose()


def _is_outside(tag: Tag) -> bool:
    if tag.name in _NEVER_SHOWN or "hidden" in tag.attrs or tag.get("aria-hidden") == "true":
        return True
    if tag.get("role") in ("navigation", "search") or _HIDING_STYLE.search(str(tag.get("style", ""))):
        return True
    if tag.name == "form":  # some site builders wrap the whole page in one form
        return tag.find(["h1", "h2", "h3", "main", "article", "table"]) is None
    # The header of an article holds its title, its footer may hold notes.
    return tag.name in ("header", "footer") and tag.find_parent(["main", "article"]) is None


def _content(soup: BeautifulSoup) -> Tag:
    for selector in _CONTENT:
        found = soup.select(selector)
        if len(found) == 1 and found[0].get_text(strip=True):
            return found[0]
    return soup.body or soup


@dataclass
class _LineWriter:
    """Walks the tree; gathers inline text and writes it out at every block boundary."""

    lines: list[SourceLine] = field(default_factory=list)
    _text: str = ""
    _item: str | None = None  # marker of the list item whose first line is still to come
    _depth: int = 0  # open lists
    _tables: int = 0

    def block(self, tag: Tag) -> None:
        for child in tag.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):  # comments, declarations
                    self._text += re.sub(r"[ \t\r\n\f]+", " ", str(child))
            elif isinstance(child, Tag):
                self._element(child)

    def _element(self, tag: Tag) -> None:
        match tag.name:
            case "br":
                # Inside a list item a break does not end the item.
                self._text += " " if self._depth else "\n"
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self.flush()
                self._add(SourceLine(text=_inline_text(tag), kind="heading", level=int(tag.name[1])))
            case "ul" | "ol" | "menu":
                self.flush()
                self._list(tag)
            case "dd":
                self.flush()
                self._in_item("", tag)
            case "pre":
                self.flush()
                for line in tag.get_text().splitlines():
                    self._add(SourceLine(text=one_line(line)))
            case "table":
                self.flush()
                self._table(tag)
            case name if name in _BLOCKS:
                self.flush()
                self.block(tag)
                self.flush()
            case _:
                self.block(tag)

    def _list(self, tag: Tag) -> None:
        number = _number(tag.get("start"), 1)
        for child in tag.find_all(True, recursive=False):
            if child.name == "li":
                number = _number(child.get("value"), number)
                self._in_item(f"{number}. " if tag.name == "ol" else "", child)
                number += 1
            else:  # some editors hang a nested list directly under its parent list
                self._depth += 1
                self._element(child)
                self._depth -= 1

    def _in_item(self, marker: str, tag: Tag) -> None:
        self._depth += 1
        self._item = marker
        self.block(tag)
        self.flush()
        self._item = None
        self._depth -= 1

    def _table(self, tag: Tag) -> None:
        caption = tag.find("caption")
        rows = list(_table_rows(tag))
        if max((len(cells) for cells, _ in rows), default=0) < 2:  # a frame, not a table
            for row in _own_rows(tag):
                self.block(row)
                self.flush()
            return
        if caption:
            self._add(SourceLine(text=_inline_text(caption), kind="table_caption", table=self._tables))
        for cells, header in rows:
            line = SourceLine(text=table_row_text(cells), kind="table_row", header=header, table=self._tables)
            self._add(line)
        self._tables += 1

    def flush(self) -> None:
        for piece in self._text.split("\n") if not self._depth else [self._text]:
            text = one_line(piece)
            if not text:
                continue
            if self._item is not None:
                self._add(SourceLine(text=self._item + text, kind="list_item", level=self._depth - 1))
                self._item = None
            else:
                self._add(SourceLine(text=text))
        self._text = ""

    def _add(self, line: SourceLine) -> None:
        if line.text.strip():
            self.lines.append(line)


def _inline_text(tag: Tag) -> str:
    """The text of a tag on one line; blocks and breaks inside it are kept apart by a space."""
    parts: list[str] = []
    for node in tag.descendants:
        if isinstance(node, Tag):
            parts.append(" " if node.name in _BLOCKS or node.name in ("br", "td", "th", "tr") else "")
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            parts.append(str(node))
    return one_line("".join(parts))


def _own_rows(table: Tag) -> Iterator[Tag]:
    """The rows of a table, without those of tables inside its cells."""
    for row in table.find_all("tr"):
        if row.find_parent("table") is table:
            yield row


def _table_rows(table: Tag) -> Iterator[tuple[list[str], bool]]:
    """The cells of every row in their columns, and whether the row names the columns."""
    covered: dict[int, int] = {}  # column -> rows below that a cell from above still covers
    for row in _own_rows(table):
        cells: list[str] = []
        own = row.find_all(["td", "th"], recursive=False)
        for cell in own:
            while covered.get(len(cells), 0) > 0:
                covered[len(cells)] -= 1
                cells.append("")
            width = min(_number(cell.get("colspan"), 1), MAX_SPAN)
            height = min(_number(cell.get("rowspan"), 1), MAX_SPAN)
            for column in range(len(cells), len(cells) + max(width, 1)):
                covered[column] = height - 1
            cells += [_inline_text(cell)] + [""] * (width - 1)
        for column in sorted(column for column in covered if column >= len(cells) and covered[column] > 0):
            covered[column] -= 1
            cells += [""] * (column + 1 - len(cells))
        in_head = row.parent is not None and row.parent.name == "thead"
        yield cells, bool(own) and (in_head or all(cell.name == "th" for cell in own))


def _number(value: object, default: int) -> int:
    text = str(value)
    return int(text) if re.fullmatch(r"\d{1,6}", text) else default
