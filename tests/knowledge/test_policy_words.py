"""Which policy a question is about, by its words."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.policy_words import PolicyGuesser, PolicyWords, count_words

NORTH = count_words("noord", ["Wanneer levert u zolen?", "Wat kosten zolen?"], "De zolen liggen in het magazijn.")
SOUTH = count_words("zuid", ["Wie vervoert de patiënt?", "Wat kost vervoer?"], "Vervoer gaat met een taxi.")
WEST = count_words("west", ["Wie helpt bij de bevalling?"] * 2, "De verloskundige helpt.")
ALL = (NORTH, SOUTH, WEST)


def best(text: str, *ids: str, counted: tuple[PolicyWords, ...] = ALL) -> str | None:
    shares = PolicyGuesser(counted).log_shares(text, ids)
    return max(shares, key=lambda policy_id: shares[policy_id]) if shares else None


# Counting


def test_a_word_counts_once_a_question_by_its_stem() -> None:
    counted = count_words("noord", ["Zolen, zolen en nog een zool?", "Welke zolen?"], "De zolen en de ZOLEN van leer.")
    assert counted.policy_id == "noord"
    assert counted.questions == 2
    assert max(counted.counts.values()) == 2
    assert set(counted.counts) & set(counted.text_stems) == set()
    assert [each for each in counted.text_stems if each.startswith("leer")] != []
    assert list(counted.counts) == sorted(counted.counts)
    assert list(counted.text_stems) == sorted(counted.text_stems)


def test_words_that_say_nothing_do_not_count() -> None:
    counted = count_words("noord", ["Wanneer is het, en wie is dat?", "zolen"], "de het een")
    assert set(counted.counts) == set(count_words("noord", ["zolen"], "").counts)
    assert counted.text_stems == ()


@pytest.mark.parametrize(("questions", "text"), [([], ""), ([], "zolen"), ([""], "")])
def test_nothing_to_count(questions: list[str], text: str) -> None:
    counted = count_words("noord", questions, text)
    assert (dict(counted.counts), counted.questions) == ({}, len(questions))


# Guessing


@pytest.mark.parametrize(
    ("text", "policy_id"),
    [
        ("Kan ik zolen krijgen?", "noord"),
        ("ZOLEN", "noord"),
        ("Hoe gaat het vervoer?", "zuid"),
        ("Rijdt er een taxi?", "zuid"),
        ("Ligt er iets in het magazijn?", "noord"),
        ("Welke verloskundige?", "west"),
        ("Vervoer van zolen, zolen en zolen met een taxi", "zuid"),
    ],
)
def test_the_words_of_questions_and_of_the_text_tell_the_policy(text: str, policy_id: str) -> None:
    assert best(text) == policy_id


def test_a_word_of_a_question_says_more_than_one_of_the_text() -> None:
    asked = count_words("noord", ["zolen", "zolen", "zolen"], "")
    told = count_words("zuid", ["taxi", "taxi", "taxi"], "zolen")
    neither = count_words("west", ["wieg", "wieg", "wieg"], "")
    shares = PolicyGuesser([asked, told, neither]).log_shares("zolen")
    assert shares["noord"] > shares["zuid"] > shares["west"]


@pytest.mark.parametrize("text", ["", "de het een", "xyzzy", "???"])
def test_words_that_nobody_has_seen_say_little(text: str) -> None:
    """Policies of as many questions stay equally likely."""
    shares = PolicyGuesser(ALL).log_shares(text)
    assert set(shares) == {"noord", "zuid", "west"}
    assert list(shares.values()) == pytest.approx([math.log(1 / 3)] * 3)


@pytest.mark.parametrize(
    ("ids", "asked"),
    [
        ((), {"noord", "zuid", "west"}),
        (("zuid", "west"), {"zuid", "west"}),
        (("zuid",), {"zuid"}),
        (("zuid", "oost"), {"zuid"}),
        (("oost",), set()),
    ],
)
def test_only_the_policies_that_are_asked_for_are_weighed(ids: tuple[str, ...], asked: set[str]) -> None:
    shares = PolicyGuesser(ALL).log_shares("Kan ik zolen krijgen?", ids)
    assert set(shares) == asked
    if len(asked) == 1:
        assert list(shares.values()) == pytest.approx([0.0])


@pytest.mark.parametrize("counted", [(), (count_words("noord", [], "zolen"),)], ids=["none", "without questions"])
def test_without_questions_there_is_nothing_to_guess(counted: tuple[PolicyWords, ...]) -> None:
    assert PolicyGuesser(counted).log_shares("zolen") == {}


def test_one_policy_is_certain() -> None:
    assert PolicyGuesser([NORTH]).log_shares("Hoe gaat het vervoer?") == {"noord": pytest.approx(0.0)}


@given(st.lists(st.sampled_from("zolen taxi vervoer bevalling magazijn xyzzy de".split()), max_size=400).map(" ".join))
def test_shares_add_up_to_one(text: str) -> None:
    """Of a very long question too."""
    shares = PolicyGuesser(ALL).log_shares(text)
    assert sum(map(math.exp, shares.values())) == pytest.approx(1)
    assert best(text, *shares) == best(text)


@given(st.permutations(ALL))
def test_the_order_of_the_policies_does_not_matter(counted: list[PolicyWords]) -> None:
    text = "Wat kost een taxi?"
    assert PolicyGuesser(counted).log_shares(text) == pytest.approx(PolicyGuesser(ALL).log_shares(text))


def test_what_was_counted_survives_as_json() -> None:
    assert [PolicyWords.model_validate_json(each.model_dump_json()) for each in ALL] == list(ALL)
