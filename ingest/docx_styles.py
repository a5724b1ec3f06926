"""What a DOCX says by style: heading levels, list places, header rows, automatic numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

Element: TypeAlias = Any

# Style names as word processors write them, in English and Dutch.
_HEADING = re.compile(r"(?:heading|kop)\s*([1-9])", re.IGNORECASE)
_LIST = re.compile(r"(?:list (?:bullet|number)|lijst(?:opsom|nummer)\w*|lijst (?:opsom|nummer)\w*)", re.IGNORECASE)
_CAPTION = re.compile(r"(?:caption|bijschrift)", re.IGNORECASE)
_TABLE_CAPTION = re.compile(r"\s*tab(?:el|le)\b", re.IGNORECASE)
_MAX_DEPTH = 9


class Styles:
    """The paragraph and table styles of a document, by id, with what they inherit."""

    def __init__(self, part: Part) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        for style in _related(part, "styles"):
            if style.tag == qn("w:style"):
                self._styles[style.get(qn("w:styleId"), "")] = style
                if style.get(qn("w:type")) == "paragraph" and _is_on(style.get(qn("w:default"), "0")):
                    self._default = style.get(qn("w:styleId"), "")

    def heading_level(self, paragraph: Element) -> int:
        """The heading level from 1 to 9; 0 for a paragraph that is no heading."""
        for properties in self._properties(paragraph):
            outline = properties.find(qn("w:outlineLvl"))
            if outline is not None:
                level = int(outline.get(qn("w:val"), "9")) + 1
                return level if level <= _MAX_DEPTH else 0
        names = (_HEADING.fullmatch(name) for name in self._names(paragraph))
        return next((int(match[1]) for match in names if match), 0)

    def list_place(self, paragraph: Element) -> tuple[str, int] | None:
        """The id of the numbering and the depth in it, from 0; None outside numberings."""
        number_id: str | None = None
        depth: int | None = None
        for properties in self._properties(paragraph):
            place = properties.find(qn("w:numPr"))
            if place is None:
                continue
            number, level = place.find(qn("w:numId")), place.find(qn("w:ilvl"))
            if number_id is None and number is not None:
                number_id = number.get(qn("w:val"))
            if depth is None and level is not None:
                depth = min(int(level.get(qn("w:val"), "0")), _MAX_DEPTH - 1)
        return None if number_id in (None, "0") else (str(number_id), depth or 0)

    def is_list(self, paragraph: Element) -> bool:
        """True for a list style, where the paragraph itself does not switch its numbering off."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if own is not None and own.get(qn("w:val")) == "0":
            return False
        return any(_LIST.match(name) for name in self._names(paragraph))

    def list_depth(self, paragraph: Element) -> int:
        """The depth that a list style's name tells: 1 for "List Bullet 2"."""
        for name in self._names(paragraph):
            digit = re.search(r"([1-9])$", name)
            if digit and _LIST.match(name):
                return int(digit[1]) - 1
        return 0

    def is_table_caption(self, paragraph: Element, text: str) -> bool:
        """True for a caption by style whose text opens with "Tabel"."""
        return bool(_TABLE_CAPTION.match(text)) and any(_CAPTION.match(name) for name in self._names(paragraph))

    def is_hidden(self, run: Element) -> bool:
        """True for a run with the property "hidden"."""
        hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
        return hidden is not None and _is_on(hidden.get(qn("w:val"), "1"))

    def is_header_row(self, table: Element, row: Element, *, first: bool) -> bool:
        """True for a row marked as header; else for a first row that is set off by style or in bold."""
        mark = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
        if mark is not None:
            return _is_on(mark.get(qn("w:val"), "1"))
        if not first or len(table.findall(qn("w:tr"))) < 2:
            return False
        return self._styles_first_row(table) or (_is_bold(row) and not _is_bold(table.findall(qn("w:tr"))[1]))

    def _styles_first_row(self, table: Element) -> bool:
        properties = table.find(qn("w:tblPr"))
        look = None if properties is None else properties.find(qn("w:tblLook"))
        name = None if properties is None else properties.find(qn("w:tblStyle"))
        if look is None or name is None:
            return False
        wanted = look.get(qn("w:firstRow"))
        is_wanted = _is_on(wanted) if wanted else bool(int(look.get(qn("w:val"), "0"), 16) & 0x20)
        parts = [part for style in self._chain(name.get(qn("w:val"), "")) for part in style.findall(qn("w:tblStylePr"))]
        return is_wanted and any(part.get(qn("w:type")) == "firstRow" for part in parts)

    def _properties(self, paragraph: Element) -> Iterator[Element]:
        """The paragraph's own properties, then those of its style and the styles that is based on."""
        own = paragraph.find(qn("w:pPr"))
        if own is not None:
            yield own
        for style in self._chain(self._style_id(paragraph)):
            properties = style.find(qn("w:pPr"))
            if properties is not None:
                yield properties

    def _names(self, paragraph: Element) -> Iterator[str]:
        for style in self._chain(self._style_id(paragraph)):
            name = style.find(qn("w:name"))
            yield style.get(qn("w:styleId"), "")
            if name is not None:
                yield name.get(qn("w:val"), "")

    def _style_id(self, paragraph: Element) -> str:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._default if style is None else style.get(qn("w:val"), "")

    def _chain(self, style_id: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            based_on = self._styles[style_id].find(qn("w:basedOn"))
            style_id = "" if based_on is None else based_on.get(qn("w:val"), "")


class Numbering:
    """Counts automatic numbers as a word processor does while it goes through the document."""

    def __init__(self, part: Part) -> None:
        self._levels: dict[str, dict[int, Element]] = {}  # abstract numbering -> level
        self._abstract_of: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}  # numbering -> level -> number to start again at
        self._counts: dict[str, list[int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in _related(part, "numbering"):
            if element.tag == qn("w:abstractNum"):
                levels = {int(level.get(qn("w:ilvl"), "0")): level for level in element.findall(qn("w:lvl"))}
                self._levels[element.get(qn("w:abstractNumId"), "")] = levels
            elif element.tag == qn("w:num"):
                self._add(element)

    def _add(self, element: Element) -> None:
        number_id = element.get(qn("w:numId"), "")
        abstract = element.find(qn("w:abstractNumId"))
        self._abstract_of[number_id] = "" if abstract is None else abstract.get(qn("w:val"), "")
        for override in element.findall(qn("w:lvlOverride")):
            start = override.find(qn("w:startOverride"))
            if start is not None:
                at = int(override.get(qn("w:ilvl"), "0"))
                self._starts.setdefault(number_id, {})[at] = int(start.get(qn("w:val"), "1"))

    def label(self, number_id: str, depth: int) -> str:
        """Counts one paragraph and returns its number as shown ("2.1", "a."); "" for bullets."""
        abstract = self._abstract_of.get(number_id, "")
        levels = self._levels.get(abstract, {})
        if depth not in levels or depth >= _MAX_DEPTH:
            return ""
        counts = self._counts.setdefault(abstract, [0] * _MAX_DEPTH)
        if (number_id, depth) not in self._begun and depth in self._starts.get(number_id, {}):
            counts[depth] = self._starts[number_id][depth]
        else:
            counts[depth] = counts[depth] + 1 if counts[depth] else self._start(levels, depth)
        self._begun.add((number_id, depth))
        counts[depth + 1 :] = [0] * (_MAX_DEPTH - depth - 1)
        return self._format(levels, counts, depth)

    @staticmethod
    def _start(levels: dict[int, Element], depth: int) -> int:
        start = levels[depth].find(qn("w:start")) if depth in levels else None
        return int(start.get(qn("w:val"), "1")) if start is not None else 1

    def _format(self, levels: dict[int, Element], counts: list[int], depth: int) -> str:
        if _value(levels[depth], "w:numFmt") in ("bullet", "none"):
            return ""
        legal = levels[depth].find(qn("w:isLgl")) is not None

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            style = "decimal" if legal or at not in levels else _value(levels[at], "w:numFmt")
            return _numeral(counts[at] or self._start(levels, at), style)

        return re.sub(r"%([1-9])", shown, _value(levels[depth], "w:lvlText")).strip()


def _numeral(number: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if style == "lowerLetter" else letters.upper()
    if style in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman, rest = "", number
        for value, sign in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), _ROMAN, strict=True):
            roman += sign * (rest // value)
            rest %= value
        return roman if style == "lowerRoman" else roman.upper()
    return f"{number:02d}" if style == "decimalZero" else str(number)


_ROMAN = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")


def _related(part: Part, kind: str) -> list[Element]:
    """The elements of the styles or numbering part; none where the document has no such part."""
    for relation in part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return list(etree.fromstring(relation.target_part.blob, parser))
    return []


def _value(level: Element, name: str) -> str:
    element = level.find(qn(name))
    return "" if element is None else element.get(qn("w:val"), "")


def _is_on(value: str) -> bool:
    return value.lower() not in ("0", "false", "off", "")


def _is_bold(row: Element) -> bool:
    """True where all text of a row is bold by its runs' own properties."""
    runs = [run for run in row.iter(qn("w:r")) if "".join(run.itertext()).strip()]
    marks = [run.find(f"{qn('w:rPr')}/{qn('w:b')}") for run in runs]
    return bool(marks) and all(mark is not None and _is_on(mark.get(qn("w:val"), "1")) for mark in marks)
