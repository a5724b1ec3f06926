"""Questions to start from, worded by us about the policies that are on file."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.records import Policy

_WORDINGS = {
    "nl": (
        "Aan welke voorwaarden moet ik voldoen voor een contract {care} bij {insurer} in {year}?",
        "Wanneer moet ik het contract {care} {year} van {insurer} uiterlijk tekenen?",
        "Met wie neem ik bij {insurer} contact op over de inkoop van {care}?",
        "Wat verandert er in {year} voor {care} bij {insurer}?",
    ),
    "en": (
        "What conditions must I meet for a {care} contract with {insurer} in {year}?",
        "By when must I sign the {year} {care} contract of {insurer}?",
        "Whom do I contact at {insurer} about the purchasing of {care}?",
        "What changes in {year} for {care} at {insurer}?",
    ),
}


def suggest(policies: Sequence[Policy], language: str, count: int = 4) -> list[str]:
    """Up to `count` questions, about as many different policies as there are, each in another wording."""
    wordings = _WORDINGS.get(language, _WORDINGS["nl"])
    about = [policy for policy in policies if policy.care]
    if not about:
        return []
    return [
        wordings[place % len(wordings)].format(care=policy.care[0], insurer=policy.insurer, year=policy.year)
        for place, policy in enumerate((about * count)[:count])
    ]
