"""A policy of 75 pages made with LibreOffice: page and section of every citation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.parse import parse_policy
from ingest.sandbox import read_document
from knowledge.dutch import find_quote
from knowledge.records import Passage, Policy, PolicyText

DATA = Path(__file__).parents[1] / "data"
KEY = json.loads((DATA / "policy_60.json").read_text("utf-8"))
POLICY = Policy(id="proef-60", file="policy_60.pdf", insurer="Noorderzorg", year=2030, title="Proefbeleid 2030")


@pytest.fixture(scope="module")
def parsed() -> PolicyText:
    return parse_policy(POLICY, read_document(DATA / "policy_60.pdf"))


def find(parsed: PolicyText, quote: str) -> list[tuple[Passage, int]]:
    """The passages that hold `quote`, with its offset in the kept text."""
    found = []
    for passage in parsed.passages:
        at = find_quote(quote, parsed.text[passage.start : passage.end])
        if at is not None:
            found.append((passage, passage.start + at[0]))
    return found


def test_page_and_section_of_every_fact(parsed: PolicyText) -> None:
    assert len(KEY["facts"]) >= 60
    wrong = []
    for fact in KEY["facts"]:
        places = {
            (next(page.number for page in reversed(parsed.pages) if page.start <= at), passage.section)
            for passage, at in find(parsed, fact["text"].replace(" | ", "\t"))
        }
        if places != {(fact["page"], fact["section"] or fact["title"])}:
            wrong.append((fact, places))
    assert wrong == []


def test_running_heads_contents_and_empty_pages(parsed: PolicyText) -> None:
    assert len(parsed.pages) + len(KEY["pages_without_text"]) >= KEY["pages"] - 1
    assert [oddity.page for oddity in parsed.oddities if oddity.kind == "page_without_text"] == KEY[
        "pages_without_text"
    ]
    assert any(section.kind == "contents" for section in parsed.sections)
    headings = [section.path[-1] for section in parsed.sections if section.kind in {"body", "annex"}]
    assert headings == [heading["text"] for heading in KEY["headings"]]


def test_a_row_of_a_table_that_runs_over_a_page_keeps_its_header(parsed: PolicyText) -> None:
    rows = [passage for passage in parsed.passages if passage.kind == "table" and passage.lead]
    assert rows, "no table of the document was cut"
    for passage in rows:
        lead = [parsed.text[span.start : span.end] for span in passage.lead]
        assert any("\t" in line for line in lead), passage.id
