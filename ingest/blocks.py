"""Lines joined to blocks: paragraphs, list items, table rows and headings, each one line of text.

Structure that the format marks (DOCX, HTML, Markdown, a PDF's outline) is taken as it is. In plain
extracted text it is read from the layout: a line that stops although the next word would have
fitted was broken on purpose; what then stands alone, short and without a full stop, is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.lines import Line
from knowledge.addresses import ADDRESS

WIDEST_WRAP = 130
"""Longer lines are paragraphs of their own; extracted text is wrapped at some 100 characters."""
FILLED_SHARE = 0.9
"""A line is broken on purpose when the next word would still have ended within this share of the width."""

MIN_BROKEN_CHARS = 50
"""A shorter line before an empty line is a cell or a title, not a sentence that was broken off."""

LONGEST_REMARK_CHARS = 200

_BULLET = re.compile(r"^(\s*)(?:[•▪◦‣●○■□✓➢\u00b7\uf0b7]|[-–*+](?=\s)|[°®¢©«»¤]\s*\*?)\s*(?=\S)")
_LETTERED = re.compile(r"^(\s*)(?:\d{1,2}\)|[a-z][.)])\s+(?=\S)")
_MISREAD_BULLET = re.compile(r"^\s*[eo.]\s+(?=[A-Z(])")
"""A bullet that optical recognition took for a letter or a full stop; only beside other bullets."""
NUMBERED = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(\S.*)$")
BARE_NUMBER = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s*$")
ENDS_SENTENCE = re.compile(r"[.!?:;…]['’”\")]*\s*$")


@dataclass(frozen=True)
class Block:
    """One paragraph, list item, table row or heading; `text` holds no line break."""

    kind: str
    text: str
    page: int | None
    level: int = 0
    number: str | None = None
    header: bool = False
    table: int | None = None
    page_start: bool = False
    blank_before: bool = True


def join_blocks(lines: Sequence[Line]) -> list[Block]:
    """Blocks in reading order; headings only where the format marked them."""
    width = _wrap_width(lines)
    blocks = [_block(group) for group in _groups(_with_open_rows(lines), width)]
    blocks = _join_interrupted_items(_mark_misread_bullets(blocks))
    whole = "\n".join(block.text for block in blocks).lower()
    return [replace(block, text=_unhyphenate(block.text, whole)) for block in blocks]


def _with_open_rows(lines: Sequence[Line]) -> list[Line]:
    """`lines` with those marked as table rows that begin with a tab right under a row: their first cells are empty."""
    marked: list[Line] = []
    for line in lines:
        under_row = (
            bool(marked) and not line.blank_before and (marked[-1].kind == "table_row" or _has_cells(marked[-1].text))
        )
        is_open = line.kind == "text" and line.text.startswith("\t") and under_row
        marked.append(replace(line, kind="table_row") if is_open else line)
    return marked


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Characters at which the text was wrapped; None for text of one line a paragraph."""
    lengths = sorted(len(line.text) for line in lines if line.kind == "text")
    if len(lengths) < 5:
        return None
    width = lengths[int(len(lengths) * 0.95)]
    filled = sum(length >= 0.75 * width for length in lengths)
    return width if width <= WIDEST_WRAP and filled >= 0.2 * len(lengths) else None


def _groups(lines: list[Line], width: int | None) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(group: list[Line], line: Line, width: int | None) -> bool:
    """Whether `line` goes on where the group's last line stopped."""
    last, is_item = group[-1], _is_item(group[0])
    text, before = line.text.strip(), last.text.rstrip()
    if line.kind != "text" or last.kind not in {"text", "list_item"} or _has_cells(line.text) or _has_cells(last.text):
        return False
    if _begins_item(line.text, group) or _LETTERED.match(line.text) or _is_subsection(line.text):
        return False
    if before.endswith(("@", "www.", "WWW.")):
        return True
    if is_address_only(text) or is_address_only(before) or BARE_NUMBER.match(before):
        return False
    ended = ENDS_SENTENCE.search(before) is not None
    broken_off = not ended and text[:1].islower()
    if line.blank_before:
        # A page break, or a bullet's own spacing, in the middle of a sentence.
        goes_on = text[:1].islower() or (is_item and text.endswith((";", ".")))
        return not ended and ((goes_on and len(before) >= MIN_BROKEN_CHARS) or (is_item and before.endswith("/")))
    if width is None:
        return broken_off and len(before) >= MIN_BROKEN_CHARS
    if is_item:
        # Lists are set narrower than the text around them: their own longest line is the measure.
        width = max(len(other.text) for other in group)
        return not ended or len(before) + 1 + len(text.split()[0]) > width
    fits = len(before) + 1 + len(text.split()[0]) <= FILLED_SHARE * width
    return broken_off or not fits


def _begins_item(text: str, group: Sequence[Line]) -> bool:
    """Whether a line begins a list item; a dash within a list of other bullets, in mid-sentence, is a dash."""
    bullet, first = _BULLET.match(text), _BULLET.match(group[0].text)
    if bullet is None or first is None:
        return bullet is not None
    mark, own = bullet.group().strip(), first.group().strip()
    return not (
        mark in "-–"
        and own not in "-–"
        and text[bullet.end() :][:1].islower()
        and not ENDS_SENTENCE.search(group[-1].text.rstrip())
    )


def _is_item(line: Line) -> bool:
    return line.kind == "list_item" or _BULLET.match(line.text) is not None


def _has_cells(text: str) -> bool:
    """Whether a line is a row of tab-separated cells (a tab behind a bullet or a number is none)."""
    return "\t" in re.sub(r"^\s*\d{1,2}(?:\.\d{1,2})*\.?\s+", "", _unbulleted(text)).strip(" ").rstrip()


def _block(group: list[Line]) -> Block:
    first = group[0]
    text = _join([line.text for line in group])
    kind, level = first.kind, first.level
    if kind == "text":
        if (bullet := _BULLET.match(text)) or (bullet := _LETTERED.match(text)):
            kind, level = "list_item", min(len(bullet.group(1)), 1)
            text = text[bullet.end() :] if _BULLET.match(text) else text
        else:
            kind = "table_row" if _has_cells(text) else "paragraph"
    if kind == "table_row":
        text = "\t".join(" ".join(cell.split()) for cell in text.rstrip().split("\t")).strip(" ")
    else:
        text = " ".join(text.split())
    return Block(kind, text, first.page, level, None, first.header, first.table, first.page_start, first.blank_before)


def _join(texts: list[str]) -> str:
    joined = texts[0]
    for text in texts[1:]:
        glue = "" if joined.rstrip().endswith(("@", "www.", "WWW.", "/")) else " "
        joined = joined.rstrip() + glue + text.strip()
    return joined


def _unbulleted(text: str) -> str:
    return _BULLET.sub("", text).strip()


def is_address_only(text: str) -> bool:
    """Whether a line holds addresses and nothing else."""
    rest = ADDRESS.sub("", text)
    return rest != text and not re.search(r"\w", rest)


def _is_subsection(text: str) -> bool:
    """A line that begins a numbered part such as '2.3 Planning'; '1 januari' and '1,5 fte' do not."""
    match = NUMBERED.match(text)
    return match is not None and "." in match.group(1) and match.group(2)[0].isupper()


def _mark_misread_bullets(blocks: list[Block]) -> list[Block]:
    marked = list(blocks)
    for index, block in enumerate(blocks):
        near = [*marked[max(0, index - 2) : index], *blocks[index + 1 : index + 3]]
        if (
            block.kind == "paragraph"
            and _MISREAD_BULLET.match(block.text)
            and any(other.kind == "list_item" or _MISREAD_BULLET.match(other.text) for other in near)
        ):
            marked[index] = replace(block, kind="list_item", text=_MISREAD_BULLET.sub("", block.text))
    return marked


def _join_interrupted_items(blocks: list[Block]) -> list[Block]:
    """A short paragraph between two items of one list belongs to the item before it."""
    joined: list[Block] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        between = joined and joined[-1].kind == "list_item" and following is not None and following.kind == "list_item"
        if (
            between
            and block.kind == "paragraph"
            and ENDS_SENTENCE.search(block.text)
            and not block.text.endswith(":")
            and len(block.text) <= LONGEST_REMARK_CHARS
        ):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {block.text}")
        else:
            joined.append(block)
    return joined


def _unhyphenate(text: str, whole: str) -> str:
    """'beleids- wijzigingen' -> 'beleidswijzigingen'; 'in- en uitschrijven' stays.

    `whole` is the text in lower case: a hyphen that the word bears elsewhere stays.
    """

    def mend(match: re.Match[str]) -> str:
        first, second = match.groups()
        hyphened = first.isupper() or f"{first}-{second}".lower() in whole
        return f"{first}-{second}" if hyphened else first + second

    return re.sub(r"\b(\w{3,})- (?!(?:en|of|tot|dan|als|respectievelijk|and|or)\b)([a-z]\w{2,})", mend, text)
