"""How much of a question's wording a text holds: by word, by compound, by meaning, and by the heading above it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.wording import Wording, read_wording
from knowledge.lexical import LexicalIndex
from knowledge.text_words import text_words
from knowledge.thesaurus import Term, Thesaurus
from tests.fakes import policy_text

POLICY = policy_text(
    "noord",
    [
        ("Zolen", ["Een paar zolen declareert u achteraf.", "De toeslag voor zolen is klein."]),
        ("Loket", ["Het loket is open op werkdagen.", "Voetzorg koopt Noord in bij praktijken."]),
        ("Tekenen", ["U ondertekent het contract in het portaal.", "De toeslag geldt bij huisbezoek."]),
    ],
    title="Beleid Noord",
)
SOUTH = policy_text(
    "zuid",
    [
        ("Voetzorg", ["Voetzorg in de avond heeft een toeslag.", "Voetzorg op school declareert u apart."]),
        ("Eisen", ["Voor voetzorg heeft u een diploma.", "Over voetzorg klaagt u bij ons."]),
    ],
    title="Beleid Zuid",
)
PASSAGES = (*POLICY.passages, *SOUTH.passages)
LEXICAL = LexicalIndex.build(PASSAGES, {"noord": "Beleid Noord", "zuid": "Beleid Zuid"})
THESAURUS = Thesaurus(
    (
        Term(concept="zolen", kind="medicine", terms=("inlegwerk",)),
        Term(concept="portaal", kind="digital", terms=("webomgeving",)),
    )
)


def wording(question: str, policy_id: str | None = None) -> Wording:
    among = np.array([policy_id in (None, passage.policy_id) for passage in PASSAGES])
    return read_wording(question, LEXICAL, among, THESAURUS)


def held(question: str, text: str, heading: str = "", policy_id: str | None = None) -> float:
    return wording(question, policy_id).share_held(text_words(text, THESAURUS), text_words(heading, THESAURUS))


QUESTION = "Is er een toeslag voor zolen bij huisbezoek?"


def test_a_text_with_all_the_content_words_holds_everything_and_one_without_any_nothing() -> None:
    assert held(QUESTION, "Zolen bij een huisbezoek: toeslag.") == pytest.approx(1.0)
    assert held(QUESTION, "Het loket is open op werkdagen.") == 0.0
    assert held(QUESTION, "") == 0.0


def test_another_form_of_a_word_is_the_word() -> None:
    assert held("huisbezoek", "Na de huisbezoeken") == pytest.approx(1.0)


def test_more_of_the_words_is_more() -> None:
    shares = [held(QUESTION, text) for text in ("loket", "toeslag", "toeslag huisbezoek", "toeslag huisbezoek zolen")]
    assert shares == sorted(set(shares))


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    assert held("toeslag huisbezoek", "huisbezoek") > held("toeslag huisbezoek", "toeslag") > 0


def test_what_only_the_heading_holds_counts_and_counts_less() -> None:
    in_text = held(QUESTION, "toeslag zolen huisbezoek", "Tekst")
    assert 0 < held(QUESTION, "Tekst", "toeslag zolen huisbezoek") < in_text
    assert held(QUESTION, "toeslag zolen huisbezoek", "toeslag zolen huisbezoek") == in_text


@pytest.mark.parametrize(
    ("question", "text"), [("inlegwerk", "zolen"), ("zolen", "inlegwerk"), ("webomgeving", "het portaal")]
)
def test_another_name_of_the_concept_is_nearly_the_word(question: str, text: str) -> None:
    assert held(question, "loket") == 0.0
    assert 0.5 < held(question, text) < 1.0 == pytest.approx(held(question, question))


def test_a_compound_holds_its_part_but_not_as_well_as_the_word_itself() -> None:
    assert 0 < held("contract", "de contractduur") < held("contract", "het contract")


def test_a_word_that_stands_all_over_the_policies_in_scope_weighs_little() -> None:
    question = "diploma voetzorg"
    assert held(question, "voetzorg", policy_id="zuid") < held(question, "diploma", policy_id="zuid") < 1
    assert held(question, "voetzorg", policy_id="zuid") < held(question, "voetzorg")


def test_a_word_that_no_policy_holds_does_not_drown_the_others() -> None:
    assert held("toeslag giraffe", "toeslag") > held("toeslag huisbezoek", "toeslag")


def test_without_some_words_the_rest_is_the_whole() -> None:
    about = wording("toeslag huisbezoek").without(("huisbezoek",))
    assert about.share_held(text_words("toeslag", THESAURUS)) == pytest.approx(1.0)
    assert about.share_held(text_words("huisbezoek", THESAURUS)) == 0.0
    assert wording("toeslag").without(("toeslag",)).share_held(text_words("toeslag", THESAURUS)) == 0.0
    assert wording("toeslag").without(()) == wording("toeslag")


@pytest.mark.parametrize("question", ["", "?", "de het een", "\x00"])
def test_a_question_without_content_words_is_held_by_nothing(question: str) -> None:
    assert held(question, "Het loket is open.", "Loket") == 0.0


WORDS = st.lists(
    st.sampled_from(
        ["toeslag", "zolen", "inlegwerk", "huisbezoek", "loket", "giraffe", "portaal", "12", "de", "voetzorg"]
    ),
    max_size=6,
).map(" ".join)


@given(WORDS, WORDS, WORDS, st.sampled_from([None, "noord", "zuid"]))
def test_a_share_lies_between_0_and_1_and_grows_with_the_text(
    question: str, text: str, heading: str, policy_id: str | None
) -> None:
    share = held(question, text, heading, policy_id)
    assert 0 <= share <= 1 + 1e-9
    assert held(question, f"{text} {heading}", heading, policy_id) >= share - 1e-9
