"""How an answer names a policy, and how it shows the row of a table."""

from __future__ import annotations

import pytest

from assistant.quoting import headed_row, is_source, policy_name
from tests.fakes import policy_text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Inkoopbeleid Voetzorg 2026", "Voetzorg 2026"),
        ("Zorginkoopbeleid Voetzorg, zolen en schoenen 2026", "Voetzorg 2026"),
        ("Procurement policy for podiatry", "podiatry 2026"),
        ("Inkoopbeleid 2026", "Inkoopbeleid 2026"),
        ("Voetzorg", "Voetzorg 2026"),
        ("Inkoopbeleid ", "Inkoopbeleid 2026"),
    ],
)
def test_the_insurer_what_it_is_about_and_the_year(title: str, name: str) -> None:
    policy = policy_text("voorbeeld-voetzorg-2026", [("Zorg", ["Een zin."])], title=title).policy
    assert policy_name(policy) == f"{policy.insurer}, {name}"


@pytest.mark.parametrize(
    ("answer", "is_one"),
    [
        ("Op 1 mei. [1]\n\nBron: {name}, 5 Planning.", True),
        ("On 1 May. [1]\n\nSource: {name}.", True),
        ("Op 1 mei. [1]\n\nBron: een ander, Voetzorg 2031.", False),
        ("Dit gaat over {name}.", False),
        ("Bron: {name}.\nBron: een ander.", False),
        ("", False),
    ],
)
def test_the_policy_that_an_answer_is_from(answer: str, is_one: bool) -> None:
    policy = policy_text("voorbeeld-voetzorg-2026", [("Zorg", ["Een zin."])], title="Inkoopbeleid Voetzorg 2026").policy
    assert is_source(policy, answer.format(name=policy_name(policy))) is is_one


ABOVE = ["Lange behandeling\t€ 1\t€ 2\t€ 3", "Verrichting\tBasis\tRuim\tTop", "Bedragen per keer."]


@pytest.mark.parametrize(
    ("row", "question", "shown"),
    [
        ("Korte behandeling\t€ 4\t€ 5\t€ 6", "Wat krijg ik met Ruim?", "Korte behandeling – Ruim: € 5"),
        ("Korte behandeling\t€ 4\t€ 5\t€ 6", "wat is dat in een basiscontract", "Korte behandeling – Basis: € 4"),
        (
            "Korte behandeling\t€ 4\t€ 5\t€ 6",
            "Wat is het tarief?",
            "Korte behandeling – Basis: € 4 – Ruim: € 5 – Top: € 6",
        ),
        ("Korte behandeling\t€ 4\t€ 5\t€ 6", "Topzorg of Ruim?", "Korte behandeling – Ruim: € 5"),
        ("Korte behandeling\t€ 4", "Wat is het tarief?", None),
        ("Korte behandeling\t€ 4\t€ 5", "Wat is het tarief?", None),
    ],
)
def test_a_row_is_told_behind_the_headings_of_the_columns_asked_for(row: str, question: str, shown: str | None) -> None:
    assert headed_row(row, ABOVE, question) == shown
