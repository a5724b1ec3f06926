"""A card that says its policy's own year, in the edition of another year: the text decides which year it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.next_year import in_year
from ingest.prove_statements import prove_statements
from knowledge.statements.card import Statement, StatementFile
from knowledge.statements.proven import PolicyStatements
from tests.next_edition import read_markdown_policy

FILLER = "De zorgaanbieder meldt een nieuwe cliënt binnen vijf werkdagen aan bij de verzekeraar via het portaal. " * 4


def card(says: str, *holds: str) -> Statement:
    return Statement.model_validate(
        {
            "id": "module", "about": {"nl": "module", "en": "module"}, "says": {"nl": says, "en": says},
            "proofs": [{"sections": ["1"], "holds": list(holds)}],
            "asks": ["Geldt de module?", "De module?", "Module in 2027?"],
        }
    )  # fmt: skip


def prove(statement: Statement, sentence: str, year: int, folder: Path) -> PolicyStatements:
    source = f"# Inkoopbeleid\n\n## 1 Modules\n\n{sentence}\n\n{FILLER}"
    text = read_markdown_policy(folder, f"kraamzorg-{year}", source, year=year, title=f"Inkoopbeleid {year}")
    return prove_statements(text, [StatementFile(policy="kraamzorg", years=(2027,), statements=(statement,))])


@pytest.mark.parametrize(
    ("year", "sentence", "says", "proven"),
    [
        (2027, "De module geldt voor 2027.", "Geldt voor 2027.", "Geldt voor 2027."),
        (2028, "De module geldt voor 2028.", "Geldt voor 2027.", "Geldt voor 2028."),
        (2028, "De module geldt vanaf 2027.", "Geldt vanaf 2027.", "Geldt vanaf 2027."),  # what is still said stays
        (2028, "De module geldt.", "Geldt in 2027.", "Geldt in 2028."),  # the year is the policy's own
        (2028, "De module geldt tot 1 juli 2027.", "Geldt tot 1 juli 2027.", "Geldt tot 1 juli 2027."),
        (2028, "De module geldt tot 1 juli 2028.", "Geldt tot 1 juli 2027.", None),  # a day that moved is refused
    ],
)
def test_the_text_decides_which_year_a_card_says(
    year: int, sentence: str, says: str, proven: str | None, tmp_path: Path
) -> None:
    found = prove(card(says, "module geldt"), sentence, year, tmp_path)
    assert [each.card.says.nl for each in found.proven] == ([proven] if proven else [])


def test_a_proof_that_names_the_year_is_looked_for_in_the_editions_own() -> None:
    forward = in_year(card("Geldt voor 2027.", "geldt", "2027"), (2027,), 2028)
    assert forward is not None
    assert forward.proofs[0].holds == ("geldt", "2028")
    assert forward.asks[-1] == "Module in 2028?"


@pytest.mark.parametrize("says", ["Geldt altijd.", "Zie www.zorgkompas.nl/module-2027", "Geldt tot 1 mei 2027."])
def test_a_card_without_the_year_stays_as_it_is(says: str) -> None:
    plain = card(says, "module").model_copy(update={"asks": ("a", "b", "c")})
    assert in_year(plain, (2027,), 2028) is None


def test_a_year_that_the_cards_were_written_for_changes_nothing() -> None:
    assert in_year(card("Geldt voor 2027.", "2027"), (2026, 2027), 2026) is None
