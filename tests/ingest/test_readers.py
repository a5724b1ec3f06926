"""The acceptance test on a policy of 75 pages, and what becomes of HTML, Markdown and plain text."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.sandbox import read_document
from ingest.source import SourceDocument
from tests.data.make_policy_60 import write_docx
from tests.ingest.reading import Row, lines_of, read, rows_of

DATA = Path(__file__).parent.parent / "data"

# --- the policy of 75 pages -----------------------------------------------------------------


@cache
def _key() -> dict[str, Any]:
    key: dict[str, Any] = json.loads((DATA / "policy_60.json").read_text(encoding="utf-8"))
    return key


@pytest.fixture(scope="module")
def policy() -> SourceDocument:
    return read_document(DATA / "policy_60.pdf")


def _heading_over(document: SourceDocument, page: int, text: str) -> str:
    """The last heading line before the place where `text` ends."""
    heading, words, found = "", "", ""
    for source_page in document.pages:
        for line in source_page.lines:
            if line.kind == "heading":
                heading, words = line.text, ""
            words = f"{words} {line.text}".strip()
            if source_page.number == page and text in re.sub(r"\s+", " ", words) and not found:
                found = heading
    return found


def test_policy_key_is_worth_testing() -> None:
    assert _key()["pages"] >= 60
    assert len(_key()["facts"]) >= 60
    assert len({fact["text"] for fact in _key()["facts"]}) == len(_key()["facts"])


@pytest.mark.parametrize("fact", _key()["facts"], ids=lambda fact: fact["text"][:60])
def test_policy_fact_is_on_its_page_under_its_heading(policy: SourceDocument, fact: dict[str, Any]) -> None:
    holding = [
        page.number
        for page in policy.pages
        if fact["text"] in re.sub(r"\s+", " ", " ".join(line.text for line in page.lines))
    ]
    assert holding == [fact["page"]]
    heading = f"{fact['section']} {fact['title']}" if fact["section"] else fact["title"]
    assert _heading_over(policy, fact["page"], fact["text"]) == heading


def test_policy_headings_and_levels_are_those_of_the_source(policy: SourceDocument) -> None:
    expected = [(heading["text"], heading["level"]) for heading in _key()["headings"]]
    assert policy.structured
    assert [(line.text, line.level) for line in lines_of(policy) if line.kind == "heading"] == expected


def test_policy_pages_are_numbered_and_labelled(policy: SourceDocument) -> None:
    assert [page.number for page in policy.pages] == list(range(1, _key()["pages"] + 1))
    assert [page.label for page in policy.pages[:6]] == ["i", "ii", "iii", "iv", "1", "2"]
    empty = [page.number for page in policy.pages if not page.lines]
    assert empty == _key()["pages_without_text"]


def test_policy_tables_have_one_header_and_all_rows_once(policy: SourceDocument) -> None:
    rows = [line for line in lines_of(policy) if line.kind == "table_row"]
    tables = {line.table for line in rows}
    assert len(tables) >= 8
    for table in tables:
        own = [line for line in rows if line.table == table]
        assert [line.header for line in own] == [True] + [False] * (len(own) - 1)
        assert len({line.text for line in own}) == len(own)
        assert len({line.text.count("\t") for line in own}) == 1


def test_policy_tables_over_a_page_break_stay_one_table(policy: SourceDocument) -> None:
    pages_of: dict[int | None, set[int | None]] = {}
    rows_of: dict[int | None, int] = {}
    for page in policy.pages:
        for line in page.lines:
            if line.kind == "table_row":
                pages_of.setdefault(line.table, set()).add(page.number)
                rows_of[line.table] = rows_of.get(line.table, 0) + 1
    broken = sorted(rows_of[table] for table, pages in pages_of.items() if len(pages) > 1)
    assert broken == [45, 47]  # 44 and 46 rows and the header, once


def test_policy_as_docx_has_the_same_headings_and_facts(tmp_path: Path) -> None:
    path = tmp_path / "policy.docx"
    written = write_docx(path)
    document = read_document(path)
    headings = [(line.level, line.text) for line in lines_of(document) if line.kind == "heading"]
    assert headings == written.headings
    kinds = {"paragraph": "text", "list": "list_item", "table": "table_row"}
    for fact in written.facts:
        assert [line.kind for line in lines_of(document) if fact.text in line.text] == [kinds[fact.kind]]
    assert [page.number for page in document.pages] == [None]


# --- HTML -----------------------------------------------------------------------------------

HTML_CASES: dict[str, tuple[str, list[Row]]] = {
    "site around the text goes": (
        (
            "<header>Merk</header><main><nav>Menu</nav><h1>Beleid</h1><p>Tekst</p><script>x()</script>"
            "<style>p{}</style><aside>Ook lezen</aside><form><input>Zoek</form></main><footer>Voet</footer>"
        ),
        [("heading", "Beleid", 1), ("text", "Tekst", 0)],
    ),
    "header of an article stays": (
        "<body><article><header><h2>Titel</h2></header><p>Tekst</p></article><p>Reclame</p></body>",
        [("heading", "Titel", 2), ("text", "Tekst", 0)],
    ),
    "two articles are both read": (
        "<body><article><p>een</p></article><article><p>twee</p></article></body>",
        [("text", "een", 0), ("text", "twee", 0)],
    ),
    "a page in one form stays": (
        "<form><h1>Beleid</h1><p>Tekst</p></form>",
        [("heading", "Beleid", 1), ("text", "Tekst", 0)],
    ),
    "hidden goes": (
        '<p hidden>a</p><p style="display: NONE">b</p><p aria-hidden="true">c</p><p style="color:red">d</p>',
        [("text", "d", 0)],
    ),
    "inline and breaks": (
        "<p>Dit is <b>vet</b>, een\n <a href='http://x.example'>koppeling</a> en<br>een nieuwe regel<!-- weg --></p>",
        [("text", "Dit is vet, een koppeling en", 0), ("text", "een nieuwe regel", 0)],
    ),
    "words in blocks stay apart": (
        "<div>een<div>twee</div>drie</div>",
        [("text", t, 0) for t in ("een", "twee", "drie")],
    ),
    "lists": (
        (
            "<ul><li>een<ul><li>diep</li></ul></li><li><p>twee</p><p>nog</p></li></ul>"
            "<ol start=3><li>c</li><li>d<br>e</li></ol>"
        ),
        [
            ("list_item", "een", 0),
            ("list_item", "diep", 1),
            ("list_item", "twee", 0),
            ("text", "nog", 0),
            ("list_item", "3. c", 0),
            ("list_item", "4. d e", 0),
        ],
    ),
    "definitions": ("<dl><dt>Werkdag</dt><dd>maandag</dd></dl>", [("text", "Werkdag", 0), ("list_item", "maandag", 0)]),
    "frame of one column is text": (
        "<table><tr><td><p>a</p><p>b</p></td></tr></table>",
        [("text", "a", 0), ("text", "b", 0)],
    ),
    "preformatted": ("<pre>een\n  twee</pre>", [("text", "een", 0), ("text", "twee", 0)]),
    "entities": ("<p>&euro;&nbsp;5 &lt; 6</p>", [("text", "€\xa05 < 6", 0)]),
}


@pytest.mark.parametrize("name", HTML_CASES)
def test_html_blocks(tmp_path: Path, name: str) -> None:
    html, rows = HTML_CASES[name]
    assert rows_of(read(tmp_path, "beleid.html", html)) == rows


def test_html_table_with_caption_header_and_spans(tmp_path: Path) -> None:
    html = (
        "<table><caption>Dagen</caption><tr><th>Stap</th><th>Dag</th><th>Wie</th></tr>"
        "<tr><td rowspan=2>a<br>b</td><td colspan=2>breed</td></tr><tr><td>1 mei</td><td>wij</td></tr></table>"
        "<table><thead><tr><td>x</td><td>y</td></tr></thead><tbody><tr><th>1</th><td>2</td></tr></tbody></table>"
    )
    rows = [(line.kind, line.text, line.header, line.table) for line in lines_of(read(tmp_path, "t.html", html))]
    assert rows == [
        ("table_caption", "Dagen", False, 0),
        ("table_row", "Stap\tDag\tWie", True, 0),
        ("table_row", "a b\tbreed\t", False, 0),
        ("table_row", "\t1 mei\twij", False, 0),
        ("table_row", "x\ty", True, 1),
        ("table_row", "1\t2", False, 1),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "<p>patiënt €</p>".encode(),
        b'<meta charset="windows-1252">' + "<p>patiënt €</p>".encode("cp1252"),
        "<html><p>patiënt €</p>".encode("utf-16"),
        b"\xef\xbb\xbf" + "<p>patiënt €</p>".encode(),
    ],
)
def test_html_character_set(tmp_path: Path, data: bytes) -> None:
    assert rows_of(read(tmp_path, "beleid.html", data)) == [("text", "patiënt €", 0)]


# --- Markdown and plain text ----------------------------------------------------------------

MARKDOWN_CASES: dict[str, tuple[str, list[Row]]] = {
    "headings": (
        "# A\n\nB\n===\n\nC\n---\n\n### D ###\n",
        [("heading", t, n) for t, n in (("A", 1), ("B", 1), ("C", 2), ("D", 3))],
    ),
    "front matter goes": ("---\ntitle: x\nyear: 2031\n---\nTekst\n", [("text", "Tekst", 0)]),
    "rule is no front matter": ("Tekst\n\n---\n\nNa\n", [("text", "Tekst", 0), ("text", "Na", 0)]),
    "paragraph is one line": ("een\ntwee  \ndrie\\\nvier\n", [("text", t, 0) for t in ("een twee", "drie", "vier")]),
    "escapes and marks": (r"\(GZSP\) **vet** _schuin_ `code` ~ 5\*3", [("text", "(GZSP) vet schuin code ~ 5*3", 0)]),
    "links and footnote marks": (
        'Zie [het beleid](http://x.example "t"), <https://y.example>, noot [1], noot[2](#n) ![plaat](p.png)',
        [("text", "Zie het beleid, https://y.example, noot [1], noot[2] plaat", 0)],
    ),
    "lists": (
        "- een\n  - diep\n* ster\n\n3. drie\n4. vier\n\n   vervolg\n",
        [
            ("list_item", "een", 0),
            ("list_item", "diep", 1),
            ("list_item", "ster", 0),
            ("list_item", "3. drie", 0),
            ("list_item", "4. vier", 0),
            ("text", "vervolg", 0),
        ],
    ),
    "fence": ("```\n# geen kop\n```\n", [("text", "# geen kop", 0)]),
    "html": ("een<br>twee <b>drie</b>\n\n<div>vier</div>\n", [("text", t, 0) for t in ("een", "twee drie", "vier")]),
}


@pytest.mark.parametrize("name", MARKDOWN_CASES)
def test_markdown_blocks(tmp_path: Path, name: str) -> None:
    text, rows = MARKDOWN_CASES[name]
    assert rows_of(read(tmp_path, "beleid.md", text)) == rows


def test_markdown_table(tmp_path: Path) -> None:
    text = "| Stap | Dag |\n|:--|--:|\n| a \\| b | **1** mei |\n| c |\n\nna\n"
    rows = [(line.text, line.header, line.table) for line in lines_of(read(tmp_path, "t.md", text))]
    assert rows == [("Stap\tDag", True, 0), ("a | b\t1 mei", False, 0), ("c\t", False, 0), ("na", False, None)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_line_by_line_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = "1\tInleiding\t3\r\n\r\n  - patiënt: € 5\r\nlaatste"
    document = read(tmp_path, "beleid.txt", text.encode(encoding))
    assert [line.text for line in lines_of(document)] == ["1\tInleiding\t3", "", "  - patiënt: € 5", "laatste"]
    assert {line.kind for line in lines_of(document)} == {"text"}
    assert (document.structured, document.format, document.pages[0].number) == (False, "text", None)
