"""Sentences that two policies share: the one without questions borrows those of the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.bank import BankLine, QuestionBank
from knowledge.shared_sentences import LEAST_WORDS, sentence_key, spot_key
from tests.fakes import policy_text

LINE = BankLine(policy_id="noord", sections=("1",), key=("vijf werkdagen",), questions=("Hoe snel antwoorden jullie?",))
ANSWER = "Op een vraag per mail krijgt u in 2030 binnen vijf werkdagen antwoord."
NORTH = policy_text("noord", [("Contact", ["Het portaal is altijd open.", ANSWER])])


def borrowed(*texts: tuple[str, list[str]]) -> list[tuple[str, tuple[int, ...]]]:
    others = [policy_text(policy_id, [("Contact", paragraphs)]) for policy_id, paragraphs in texts]
    ties = QuestionBank((LINE,)).tie([NORTH, *others])
    return [(tied.policy_id, tied.passages) for tied in ties.questions if tied.borrowed]


@pytest.mark.parametrize(
    ("paragraphs", "passages"),
    [
        (["Iets anders.", ANSWER], (len(NORTH.passages) + 1,)),
        ([ANSWER.replace("2030", "2031").upper()], (len(NORTH.passages),)),  # years and capitals aside
        ([ANSWER.replace("vijf", "zes")], ()),
        ([ANSWER.replace("Op een vraag", "Op elke vraag")], ()),
        (["Binnen vijf werkdagen."], ()),
    ],
)
def test_a_policy_without_lines_borrows_those_of_a_sentence_it_shares(
    paragraphs: list[str], passages: tuple[int, ...]
) -> None:
    assert borrowed(("zuid", paragraphs)) == ([("zuid", passages)] if passages else [])


def test_a_policy_with_lines_of_its_own_borrows_none() -> None:
    own = LINE.model_copy(update={"policy_id": "zuid", "questions": ("Wanneer hoor ik iets?",)})
    south = policy_text("zuid", [("Contact", [ANSWER])])
    ties = QuestionBank((LINE, own)).tie([NORTH, south])
    assert [(tied.text, tied.borrowed) for tied in ties.questions] == [
        ("Hoe snel antwoorden jullie?", False),
        ("Wanneer hoor ik iets?", False),
    ]


def test_several_may_borrow_and_the_questions_of_each_stand_together() -> None:
    assert borrowed(("zuid", [ANSWER]), ("oost", [ANSWER])) == [("oost", (3,)), ("zuid", (2,))]


def test_the_spot_is_the_sentence_with_all_phrases() -> None:
    passage = NORTH.passages[1]
    assert spot_key(NORTH, passage, ["vijf werkdagen", "mail"]) == sentence_key(ANSWER)
    assert spot_key(NORTH, passage, ["vijf werkdagen", "portaal"]) == ""


@pytest.mark.parametrize(
    ("sentence", "long_enough"),
    [
        ("een twee drie vier vijf", False),
        ("een twee drie vier vijf zes", True),
        ("", False),
        ("- - - - - - - -", False),
    ],
)
def test_short_sentences_say_nothing_by_themselves(sentence: str, long_enough: bool) -> None:
    assert LEAST_WORDS == 6
    assert bool(sentence_key(sentence)) is long_enough


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=4), min_size=LEAST_WORDS, max_size=12))
def test_case_spacing_and_punctuation_make_no_difference(words: list[str]) -> None:
    assert sentence_key(" ".join(words)) == sentence_key(f"- {';  '.join(words).upper()}.")
