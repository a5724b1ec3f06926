"""Words that one policy alone has: they tell which is meant, and words of everybody tell nothing."""

from __future__ import annotations

import pytest

from assistant.own_words import OwnWords
from knowledge.policy_words import count_words
from tests.fakes import policy_text

VOET = policy_text(
    "voet",
    [
        (
            "Contract",
            ["Deze overeenkomst heet Teenovereenkomst en geldt voor praktijken met een voetenbank en zoolmateriaal."],
        )
    ],
)
OOG = policy_text("oog", [("Contract", ["De overeenkomst geldt voor praktijken met een spleetlamp en lensmateriaal."])])
WORDS = OwnWords(
    {"voet": VOET, "oog": OOG},
    [count_words("oog", ["Wanneer krijgen wij ons geld uitbetaald?", "Mogen wij een leerling inzetten?"], OOG.text)],
)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Wij willen de Teenovereenkomst, kan dat?", "voet"),
        ("Wat kost een spleetlamp?", "oog"),
        ("Mogen onze zooldeclaraties samen?", None),  # no part of it is a word of its own
        ("Is er materiaal voor de zolen?", None),  # both have material
        ("Wij hebben een overeenkomst voor onze praktijk.", None),
        ("Mag een leerling met de voetenbank werken?", None),  # one each: askers of the other say 'leerling'
        ("Mag de voetenbank bij de Teenovereenkomst naast een spleetlamp staan?", "voet"),  # two against one
        ("Krijgen wij geld?", "oog"),
        ("Hoe laat is het?", None),
        ("", None),
    ],
)
def test_the_policy_that_has_most_words_for_itself_is_meant(question: str, meant: str | None) -> None:
    assert WORDS.most(question, ("voet", "oog")) == meant


def test_a_word_that_only_a_policy_left_out_shares_is_its_own() -> None:
    assert WORDS.most("Welke praktijken hebben een overeenkomst?", ("voet",)) == "voet"
