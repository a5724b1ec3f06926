"""Citations: made from offsets, numbered once, cut on a word, and held against the text before they leave."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import CITED_WORDS, LONGEST_QUOTE_CHARS, CitationBook, spot_line, unsupported
from assistant.turn import Citation
from ingest.parse import parse_policy
from ingest.source import SourceDocument, SourceLine, SourcePage
from knowledge.records import Page, Passage, Policy, PolicyText, Span
from knowledge.rules.proven import Spot
from tests.fakes import policy_text

QUOTED = (
    "U tekent uiterlijk 3 november 2031 om 17:00 uur. De toeslag is € 85,50 per keer, dat is 12,5% van € 1.250.000. "
    "Mail naar inkoop_kraam@noord.example, zie www.noord.example/zorg_inkoop#data of "
    "https://portaal.noord.example/aanbod en bel 088-123 45 67."
)
SOURCE = policy_text(
    "noord-2031", [("Planning", [QUOTED, "Een tweede alinea zonder cijfers."])], title="Inkoopbeleid Voetzorg 2031"
)
TEXTS = {"noord-2031": SOURCE}


def cite(paragraph: int = 0) -> Citation:
    passage = SOURCE.passages[paragraph]
    return CitationBook(TEXTS).cite(passage, Span(start=passage.start, end=passage.end))


def faults(text: str, *citations: Citation) -> list[str]:
    return unsupported(text, citations or (cite(),), TEXTS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Geen cijfers.",
        QUOTED,
        f"“{QUOTED}” [1]",
        "**uiterlijk 3 november 2031** – 17:00 uur [1]",
        "(85,50)",
        "€85,50;",
        "'85,50'",
        "“12,5%”.",
        "**12,5%**,",
        "– 12,5% –",
        "1.250.000!",
        "85,50?",
        "85,50…",
        "[85,50]",
        "inkoop_kraam@noord.example.",
        "<inkoop_kraam@noord.example>",
        "INKOOP_KRAAM@NOORD.EXAMPLE",
        "(www.noord.example/zorg_inkoop#data).",
        "**www.noord.example/zorg_inkoop#data**",
        "https://portaal.noord.example/aanbod, [1]",
        "088-123 45 67.",
        "Bron: Inkoopbeleid Voetzorg 2031 (Voorbeeld), 1 Planning. [1]",
        "In 2026 [1]",
    ],
)
def test_what_the_quote_and_the_name_of_its_source_hold_is_supported(text: str) -> None:
    assert SOURCE.policy.year == 2026
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dat is 14%.",
        "Dat is 12,5 en 25%.",
        "€ 85,05",
        "€ 185,50",
        "85,505",
        "€ 1.250",
        "1.250.0000",
        "om 18:00 uur",
        "op 4 november 2031",
        "op 3 december 2031",
        "op 3 november 2032",
        "03-11-2032",
        "bel 088-765 43 21",
        "inkoop@noord.example",
        "inkoop_kraam@zuid.example",
        "inkoop_kraam@noord.example.org",
        "www.zuid.example",
        "www.noord.example/anders",
        "https://zuid.example/aanbod",
        "http://portaal.zuid.example",
        "https://portaal.noord.example/anders",
        "paragraaf 2.7",
        "**99**",
        "Er zijn ٩ dagen.",
    ],
)
def test_a_figure_date_amount_or_address_that_no_quote_holds_is_a_fault(text: str) -> None:
    assert faults(f"U tekent uiterlijk 3 november 2031 [1]. {text}")


@pytest.mark.parametrize(
    "shown", ["inkoop\\_kraam@noord.example", "www.noord.example/zorg\\_inkoop\\#data", "€ 85,50 \\[bruto\\]"]
)
def test_what_markdown_has_escaped_is_the_same_figure(shown: str) -> None:
    assert faults(f"**{shown}** [1]") == []


def test_a_figure_must_stand_in_a_quote_that_is_cited_and_not_elsewhere_in_the_policy() -> None:
    assert faults("€ 85,50", cite(1))
    assert faults("€ 85,50", cite(1), cite(0)) == []
    assert unsupported("€ 85,50", [], TEXTS)
    assert unsupported("Geen cijfers.", [], TEXTS) == []


@pytest.mark.parametrize(
    "change",
    [{"quote": QUOTED.replace("85,50", "58,50")}, {"quote": QUOTED[:-1]}, {"quote": QUOTED.replace(" uur", "  uur")},
     {"quote": ""}, {"start": cite().start + 1}, {"end": cite().end - 1}, {"start": 0, "end": 0}],
)  # fmt: skip
def test_a_quote_that_is_not_verbatim_at_its_offsets_is_a_fault(change: dict[str, object]) -> None:
    assert unsupported("Geen cijfers.", [cite().model_copy(update=change)], TEXTS)


@given(st.decimals(min_value=0, max_value=99_999, places=2))
def test_an_amount_is_supported_by_the_same_amount_only(amount: object) -> None:
    shown = f"€ {amount}".replace(".", ",")
    source = policy_text("bedrag", [("Tarief", [f"Het tarief is {shown} per uur."])])
    passage = source.passages[0]
    book = CitationBook({"bedrag": source})
    book.cite(passage, Span(start=passage.start, end=passage.end))
    assert unsupported(f"({shown})", book.citations, {"bedrag": source}) == []
    assert unsupported(f"{shown}9", book.citations, {"bedrag": source})


def test_labels_count_from_1_and_a_quote_cited_again_keeps_its_own() -> None:
    book = CitationBook(TEXTS)
    first, second = SOURCE.passages
    whole = book.cite(first, Span(start=first.start, end=first.end))
    other = book.cite(second, Span(start=second.start, end=second.end))
    again = book.cite(first, Span(start=first.start, end=first.end))
    part = book.cite(first, Span(start=first.start + 3, end=first.start + 20))
    assert [whole.label, other.label, again.label, part.label] == [1, 2, 1, 1]
    assert [citation.label for citation in book.citations] == [1, 2]


def test_the_same_offsets_in_another_policy_are_another_citation() -> None:
    other = policy_text("zuid-2031", [("Planning", [QUOTED])])
    book = CitationBook({**TEXTS, "zuid-2031": other})
    for source in (SOURCE, other):
        passage = source.passages[0]
        book.cite(passage, Span(start=passage.start, end=passage.end))
    assert [(c.label, c.policy_id) for c in book.citations] == [(1, "noord-2031"), (2, "zuid-2031")]


def test_a_citation_says_where_it_is_from() -> None:
    citation, passage = cite(), SOURCE.passages[0]
    assert (citation.policy_id, citation.policy_title) == ("noord-2031", "Inkoopbeleid Voetzorg 2031")
    assert (citation.insurer, citation.year, citation.authority) == ("Voorbeeld", 2026, "original")
    assert (citation.section, citation.heading_path) == ("1", ("1 Planning",))
    assert (citation.passage_id, citation.page) == (passage.id, None)
    assert citation.quote == QUOTED == SOURCE.text[citation.start : citation.end]
    address = urlsplit(citation.url)
    assert address.path == "/policies/noord-2031"
    assert parse_qs(address.query)["passage"] == [passage.id]
    assert unquote(address.fragment) == passage.id


def long_policy(sentence: str) -> tuple[PolicyText, Passage]:
    source = policy_text("lang", [("Tekst", [sentence])])
    return source, source.passages[0]


@pytest.mark.parametrize("length", [1, LONGEST_QUOTE_CHARS - 1, LONGEST_QUOTE_CHARS])
def test_a_quote_up_to_the_longest_is_whole(length: int) -> None:
    source, passage = long_policy(("woord " * 200)[: length - 1] + "x")
    citation = CitationBook({"lang": source}).cite(passage, Span(start=passage.start, end=passage.end))
    assert citation.quote == passage.text
    assert len(citation.quote) == length


@pytest.mark.parametrize(
    "sentence", ["woord " * 150 + "einde", "een langer woord dan " * 60, "a " * 400, "x" * 599 + " y z"]
)
def test_a_longer_quote_is_cut_on_a_word(sentence: str) -> None:
    source, passage = long_policy(sentence.strip())
    citation = CitationBook({"lang": source}).cite(passage, Span(start=passage.start, end=passage.end))
    assert 0 < len(citation.quote) <= LONGEST_QUOTE_CHARS
    assert citation.quote == source.text[citation.start : citation.end]
    assert citation.quote.split() == passage.text.split()[: len(citation.quote.split())]


def test_a_word_longer_than_a_quote_is_cut_in_itself() -> None:
    source, passage = long_policy("x" * (LONGEST_QUOTE_CHARS + 50))
    citation = CitationBook({"lang": source}).cite(passage, Span(start=passage.start, end=passage.end))
    assert citation.quote == "x" * LONGEST_QUOTE_CHARS


def test_the_page_is_that_of_the_quote_and_its_label_that_of_the_page() -> None:
    passage = SOURCE.passages[0].model_copy(update={"page": 4, "page_label": "iv"})
    turn = passage.start + QUOTED.index("De toeslag")
    source = SOURCE.model_copy(
        update={"pages": (Page(start=0, number=4, label="iv"), Page(start=turn, number=5, label="v"))}
    )
    book = CitationBook({"noord-2031": source})
    before, after = (
        book.cite(passage, Span(start=passage.start, end=turn - 1)),
        book.cite(passage, Span(start=turn, end=passage.end)),
    )
    assert (before.page, before.page_label) == (4, "iv")
    assert (after.page, after.page_label) == (5, "v")


def test_in_a_parsed_policy_every_passage_can_be_cited_on_its_page() -> None:
    filler = (
        "Dit beleid beschrijft hoe wij voetzorg inkopen en wat wij van aanbieders in het komende jaar verwachten. " * 2
    )
    pages = tuple(
        SourcePage(number=number, lines=tuple(SourceLine(text=line) for line in (heading, "", filler.strip())))
        for number, heading in enumerate(("1 Inleiding", "2 Eisen", "3 Planning"), start=1)
    )
    policy = Policy(id="proef-2031", file="proef.pdf", insurer="Noord", year=2031, title="Voetzorg 2031")
    source = parse_policy(policy, SourceDocument(format="pdf", pages=pages, structured=False, parser={}))
    book = CitationBook({policy.id: source})
    cited = [book.cite(passage, Span(start=passage.start, end=passage.end)) for passage in source.passages]
    assert [(citation.section, citation.page) for citation in cited] == [("1", 1), ("2", 2), ("3", 3)]
    assert unsupported("", cited, {policy.id: source}) == []


# The line that a spot is read in


def lines_of(*lines: str) -> tuple[Passage, str]:
    """A passage of these lines, between a heading and another passage."""
    source = policy_text("regels", [("Planning", ["\n".join(lines), "Een volgende alinea."])])
    return source.passages[0], source.text


def line_at(words: str, *lines: str) -> str:
    """The line that is cited for a spot which holds `words`."""
    passage, text = lines_of(*lines)
    start = text.index(words)
    span = spot_line(Spot(passage_id=passage.id, start=start, end=start + len(words)), passage, text)
    assert passage.start <= span.start <= start
    assert start + len(words) <= span.end <= passage.end
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("het portaal", "U tekent in het portaal. Dat kan elke dag."),  # in the middle
        ("U tekent", "U tekent in het portaal. Dat kan elke dag."),  # from the first character of the passage
        ("U tekent in het portaal. Dat kan elke dag.", "U tekent in het portaal. Dat kan elke dag."),
        ("een weegstoel", "- een weegstoel;"),
        ("Tekenen\t7 november", "Tekenen\t7 november 2031\tiedereen"),
        ("een meetlint", "- een meetlint"),  # up to the last character of the passage
        ("- een meetlint", "- een meetlint"),
        ("dag.\n- een weegstoel", "U tekent in het portaal. Dat kan elke dag.\n- een weegstoel;"),  # over two lines
    ],
)
def test_a_spot_is_cited_with_the_whole_line_that_it_stands_in(words: str, line: str) -> None:
    own = (
        "U tekent in het portaal. Dat kan elke dag.", "- een weegstoel;", "Tekenen\t7 november 2031\tiedereen",
        "- een meetlint",
    )  # fmt: skip
    assert line_at(words, *own) == line


def test_the_line_ends_where_the_passage_does() -> None:
    """Also where its text goes on, so that no citation runs into what another passage tells."""
    passage, text = lines_of("U tekent in het portaal. Dat kan elke dag.")
    short = passage.model_copy(update={"start": passage.start + 3, "end": passage.end - 5})
    spot = Spot(passage_id=passage.id, start=passage.start + 10, end=passage.start + 12)
    assert spot_line(spot, short, text) == Span(start=short.start, end=short.end)


def test_the_last_line_of_a_text_ends_with_it() -> None:
    passage, text = lines_of("U tekent.")
    cut = text[: passage.end]
    assert spot_line(Spot(passage_id=passage.id, start=passage.start, end=passage.end), passage, cut).end == len(cut)


@pytest.mark.parametrize(("count", "whole"), [(CITED_WORDS, True), (CITED_WORDS + 1, False)])
def test_of_a_long_line_only_the_spot_is_cited(count: int, whole: bool) -> None:
    line = " ".join(f"woord{number}" for number in range(count))
    assert line_at("woord7 woord8", line) == (line if whole else "woord7 woord8")


@given(st.lists(st.text(alphabet="ab .\t", min_size=1, max_size=30), min_size=1, max_size=5), st.data())
def test_a_line_holds_its_spot_and_stays_in_its_passage(lines: list[str], data: st.DataObject) -> None:
    passage, text = lines_of(*lines)
    start = data.draw(st.integers(passage.start, passage.end - 1))
    end = data.draw(st.integers(start + 1, passage.end))
    span = spot_line(Spot(passage_id=passage.id, start=start, end=end), passage, text)
    assert passage.start <= span.start <= start < end <= span.end <= passage.end
    assert "\n" not in text[span.start : start]
    assert "\n" not in text[end : span.end]
