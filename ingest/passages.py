"""Sections to passages: what is indexed and cited.

A passage never crosses a section; a short section is one passage. A list keeps its lead-in, a
table's rows their caption and header; where a list or a table is too long for one passage, each
part repeats them as its lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.sections import PlacedBlock, SectionedText
from knowledge.records import Page, Part, Passage, Span

TARGET_CHARS = 700
"""Paragraphs, items and rows are put together up to this length."""
PACKED_CHARS = 1200
"""Neighbouring paragraphs, lists and tables of a section share a passage up to this length: an answer then stands
beside its context, and fewer passages compete (evidence among the first five: 76 % in parts, 83 % packed)."""
LONGEST_CHARS = 1300
"""Scorers and screens read the first 1,500 characters of a passage, heading path excluded."""


@dataclass
class _Draft:
    kind: str
    section: int
    blocks: list[PlacedBlock]
    lead: list[PlacedBlock] = field(default_factory=list)
    packed: tuple[_Draft, ...] = ()

    @property
    def length(self) -> int:
        return self.blocks[-1].end - self.blocks[0].start + sum(b.end - b.start + 1 for b in self.lead)


def cut_passages(policy_id: str, sectioned: SectionedText, pages: Sequence[Page] = ()) -> tuple[Passage, ...]:
    """The passages of a policy, in reading order; the table of contents gives none."""
    drafts = [draft for group in _by_section(sectioned) for draft in _packed(_drafts(group))]
    return tuple(_passage(policy_id, number, draft, sectioned, pages) for number, draft in enumerate(drafts, start=1))


def _by_section(sectioned: SectionedText) -> Iterator[list[PlacedBlock]]:
    group: list[PlacedBlock] = []
    for placed in sectioned.blocks:
        if group and placed.section != group[0].section:
            yield group
            group = []
        if placed.block.kind != "heading" and sectioned.sections[placed.section].kind != "contents":
            group.append(placed)
    if group:
        yield group


def _drafts(blocks: list[PlacedBlock]) -> Iterator[_Draft]:
    """Paragraphs packed, lists with their lead-in, tables with caption and header."""
    paragraphs: list[PlacedBlock] = []
    index = 0
    while index < len(blocks):
        kind = blocks[index].block.kind
        if kind in {"list_item", "table_row"}:
            end = index
            while end < len(blocks) and _same_run(blocks[index], blocks[end]):
                end += 1
            lead = _lead(kind, paragraphs, blocks[index:end])
            yield from _pack(paragraphs)
            yield from (_long_list if kind == "list_item" else _long_table)(lead, blocks[index:end])
            paragraphs, index = [], end
            continue
        paragraphs.append(blocks[index])
        index += 1
    yield from _pack(paragraphs)


def _packed(drafts: Iterator[_Draft]) -> Iterator[_Draft]:
    """Neighbours put together up to PACKED_CHARS; one that repeats a lead from further up stays apart."""
    held: _Draft | None = None
    for draft in drafts:
        if held is None:
            held = draft
            continue
        blocks = [*held.blocks, *draft.lead, *draft.blocks]
        kind = held.kind if held.kind == draft.kind else "paragraph"
        both = _Draft(kind, held.section, blocks, held.lead, (*(held.packed or (held,)), draft))
        repeats = any(block.start < held.blocks[-1].end for block in draft.lead)
        if repeats or both.length > PACKED_CHARS:
            yield held
            both = draft
        held = both
    if held is not None:
        yield held


def _same_run(first: PlacedBlock, other: PlacedBlock) -> bool:
    return first.block.kind == other.block.kind and (
        first.block.kind == "list_item" or first.block.table == other.block.table
    )


def _lead(kind: str, paragraphs: list[PlacedBlock], run: Sequence[PlacedBlock]) -> list[PlacedBlock]:
    """The paragraph that leads into a list or captions a table, taken off `paragraphs`."""
    if paragraphs and (
        paragraphs[-1].block.kind == "table_caption"
        or paragraphs[-1].block.text.endswith(":")
        or (kind == "table_row" and len(run) > 1 and len(paragraphs[-1].block.text) <= 200)
    ):
        return [paragraphs.pop()]
    return []


def _pack(paragraphs: Sequence[PlacedBlock]) -> Iterator[_Draft]:
    held: list[PlacedBlock] = []
    for placed in paragraphs:
        if held and placed.end - held[0].start > TARGET_CHARS:
            yield _Draft("paragraph", held[0].section, held)
            held = []
        held.append(placed)
    if held:
        yield _Draft("paragraph", held[0].section, held)


def _long_list(lead: list[PlacedBlock], items: list[PlacedBlock]) -> Iterator[_Draft]:
    whole = _Draft("list", items[0].section, [*lead, *items])
    if whole.length <= LONGEST_CHARS:
        yield whole
        return
    held: list[PlacedBlock] = []
    for item in items:
        # A part begins with an item of the outer level, so that nested items stay with theirs.
        full = held and item.end - held[0].start > TARGET_CHARS + (0 if item.block.level == 0 else 300)
        if full:
            yield _Draft("list", item.section, held, lead)
            held = []
        held.append(item)
    yield _Draft("list", held[0].section, held, lead)


def _long_table(lead: list[PlacedBlock], rows: list[PlacedBlock]) -> Iterator[_Draft]:
    whole = _Draft("table", rows[0].section, [*lead, *rows])
    if whole.length <= LONGEST_CHARS:
        yield whole
        return
    header = [row for row in rows[:1] if row.block.header]
    held: list[PlacedBlock] = []
    for row in rows[len(header) :]:
        if held and row.end - held[0].start > TARGET_CHARS:
            yield _Draft("table", row.section, held, [*lead, *header])
            held = []
        held.append(row)
    if held:
        yield _Draft("table", held[0].section, held, [*lead, *header])


def _passage(policy_id: str, number: int, draft: _Draft, sectioned: SectionedText, pages: Sequence[Page]) -> Passage:
    section = sectioned.sections[draft.section]
    start, end = draft.blocks[0].start, draft.blocks[-1].end
    lead = _spans(draft.lead)
    text = "\n".join(sectioned.text[span.start : span.end] for span in (*lead, Span(start=start, end=end)))
    page = next((p for p in reversed(pages) if p.start <= start), None)
    return Passage.model_validate(
        {
            "id": f"{policy_id}:{number:04d}",
            "policy_id": policy_id,
            "section_id": section.id,
            "section": section.name,
            "heading_path": section.path,
            "page": page.number if page else None,
            "page_label": page.label if page else None,
            "start": start,
            "end": end,
            "lead": lead,
            "text": text,
            "kind": draft.kind,
            "parts": tuple(_part(packed) for packed in draft.packed),
            "annex": section.kind == "annex",
        }
    )


def _part(draft: _Draft) -> Part:
    return Part.model_validate(
        {
            "kind": draft.kind,
            "start": draft.blocks[0].start,
            "end": draft.blocks[-1].end,
            "lead": _spans(draft.lead),
        }
    )


def _spans(blocks: Sequence[PlacedBlock]) -> tuple[Span, ...]:
    return tuple(Span(start=block.start, end=block.end) for block in blocks)
