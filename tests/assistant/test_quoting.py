"""How an answer names a policy."""

from __future__ import annotations

import pytest

from assistant.quoting import policy_name
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
