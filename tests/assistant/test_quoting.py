"""How an answer names a policy."""

from __future__ import annotations

import pytest

from assistant.quoting import is_source, policy_name
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
