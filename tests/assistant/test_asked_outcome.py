"""Yes or no to who asks whether one outcome of a decision table is his."""

from __future__ import annotations

import pytest

from assistant.asked_outcome import outcomes_named
from knowledge.rules.card import ChoiceRule
from knowledge.rules.load import bundled_cards

A, B, C = (f"zorgovereenkomst {letter}" for letter in "ABC")
STANDARD, CUSTOM = "een standaard zorgovereenkomst", "een maatwerk zorgovereenkomst"


def table(policy: str, name: str) -> ChoiceRule:
    cards = next(each for each in bundled_cards() if each.policy == policy)
    rule = next(each for each in cards.rules if each.id == name)
    assert isinstance(rule, ChoiceRule)
    return rule


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Vallen wij dan in B?", {B}),
        ("Komen we voor overeenkomst a in aanmerking?", {A}),
        ("Is dat A of B?", {A, B}),
        ("Zijn we nu C-waardig?", {C}),
        ("Welk contract krijgen we?", set()),
        ("Can we get a contract?", set()),
        ("Krijgt een bureau ook een contract?", set()),
    ],
)
def test_an_outcome_that_is_a_letter_is_named(asked: str, named: set[str]) -> None:
    assert outcomes_named(table("caresq-geboortezorg", "maternity-contract-type"), asked) == named


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Krijgen wij de standaardovereenkomst?", {STANDARD}),
        ("Is het dan maatwerk?", {CUSTOM}),
        ("Standaard of maatwerk?", {STANDARD, CUSTOM}),
        ("Do we get a custom contract?", {CUSTOM}),
        ("Komen wij in aanmerking voor een zorgovereenkomst?", set()),
    ],
)
def test_an_outcome_is_named_by_the_word_that_tells_it_from_the_others(asked: str, named: set[str]) -> None:
    assert outcomes_named(table("zz-msz", "edc-contract"), asked) == named


def test_what_the_asker_is_stands_for_the_outcome_that_he_does_not_name() -> None:
    rule = table("caresq-geboortezorg", "employed-share-kind")
    assert outcomes_named(rule, "Is dat genoeg?", ("kraamzorgaanbieder",)) == {"kraamzorgaanbieder"}
    assert outcomes_named(rule, "Is dat genoeg?", ("verloskundigenpraktijk",)) == set()


def test_a_word_of_the_story_names_no_outcome_of_several_words() -> None:
    rule = table("caresq-geboortezorg", "employed-share-kind")
    assert outcomes_named(rule, "De helft werkt als zzp, kunnen we een gewoon contract krijgen?") == set()
