"""One policy file to its kept text, sections, passages and facts: the steps in order."""

from __future__ import annotations

from ingest.blocks import join_blocks
from ingest.facts import read_facts
from ingest.headings import mark_headings
from ingest.lines import kept_lines
from ingest.oddities import find_oddities, mend_addresses
from ingest.passages import cut_passages
from ingest.sections import SectionedText, split_sections
from ingest.source import SourceDocument, printable
from ingest.tables import join_contact_rows, rebuild_tables
from knowledge.errors import EmptyPolicy
from knowledge.records import Page, Policy, PolicyText

MIN_POLICY_CHARS = 200
"""A policy shorter than this is a cover page or a failed extraction, not a policy."""


def parse_policy(policy: Policy, document: SourceDocument) -> PolicyText:
    """The policy's text and all that points into it.

    Raises:
        EmptyPolicy: fewer than `MIN_POLICY_CHARS` characters of text, or no passage, came out.
    """
    blocks = join_blocks(kept_lines(document))
    if not document.structured:
        blocks = rebuild_tables(blocks)
    blocks, numbering = mark_headings(join_contact_rows(blocks), structured=document.structured)
    blocks, repaired = mend_addresses(blocks)
    sectioned = split_sections(blocks, policy.title)
    pages = _pages(document, sectioned)
    passages = cut_passages(policy.id, sectioned, pages)
    if len(sectioned.text) < MIN_POLICY_CHARS or not passages:
        raise EmptyPolicy(
            f"{printable(policy.file)} holds {len(sectioned.text)} characters of policy text, "
            f"at least {MIN_POLICY_CHARS} expected; check the file"
        )
    return PolicyText(
        policy=policy,
        text=sectioned.text,
        pages=pages,
        sections=sectioned.sections,
        passages=passages,
        facts=read_facts(policy.id, sectioned, passages),
        oddities=(*numbering, *repaired, *find_oddities(document, blocks)),
    )


def _pages(document: SourceDocument, sectioned: SectionedText) -> tuple[Page, ...]:
    labels = {page.number: page.label for page in document.pages if page.number is not None}
    starts: dict[int, int] = {}
    for placed in sectioned.blocks:
        if placed.block.page is not None:
            starts.setdefault(placed.block.page, placed.start)
    return tuple(Page(start=start, number=number, label=labels.get(number)) for number, start in sorted(starts.items()))
