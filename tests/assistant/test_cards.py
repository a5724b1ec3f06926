"""How near a question is to the cards of the policies, and which policy it is about, over invented policies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from assistant.cards import Cards
from assistant.question import read_asked
from assistant.rule_fit import Question
from assistant.statements import CANDIDATES, FEATURES, WEIGHTS, Found, StatementFinder
from knowledge.search import Searcher
from knowledge.snapshot_build import build_snapshot
from knowledge.thesaurus import load_thesaurus
from tests.fakes import FakeEncoder, policy_text
from tests.small_look_ups import DUNES, HILLS, MOOR, look_up_index


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    snapshot = look_up_index(tmp_path_factory.mktemp("cards"), FakeEncoder())
    with closing(snapshot):
        yield Searcher(snapshot, FakeEncoder(), load_thesaurus())


@pytest.fixture(scope="module")
def cards(searcher: Searcher) -> Cards:
    return Cards(searcher)


@pytest.fixture(scope="module")
def finder(searcher: Searcher, cards: Cards) -> StatementFinder:
    return StatementFinder(searcher, cards)


def place(cards: Cards, card_id: str, policy_id: str = DUNES) -> int:
    """The place of a statement among all cards."""
    own = [each.policy_id == policy_id and each.card.id == card_id for each in cards.statements]
    return len(cards.rules) + own.index(True)


# Nearness


@pytest.mark.parametrize(
    ("text", "card_id"),
    [
        ("Hoe richt ik de werkruimte in?", "room"),
        ("hoe richten wij onze werkruimte in", "room"),
        ("What does our workroom need?", "room"),
        ("Waarin bewaren wij de dossiers?", "record"),
        ("Wat staat er over parkeren?", "parking"),
    ],
)
def test_a_question_is_nearest_to_the_card_that_answers_it(cards: Cards, text: str, card_id: str) -> None:
    near = cards.near(text, (DUNES,))
    count = len(cards.rules) + len(cards.statements)
    for column in (near.meaning, near.words, near.card):
        assert column.shape == (count,)
        assert np.all((column >= -1e-6) & (column <= 1 + 1e-6))
        assert int(np.argmax(column)) == place(cards, card_id)


def test_the_cards_of_other_policies_are_not_near(cards: Cards) -> None:
    near = cards.near("Wanneer laat ik de weegschaal ijken?", (HILLS,))
    others = [len(cards.rules) + number for number, each in enumerate(cards.statements) if each.policy_id != HILLS]
    assert np.all(near.meaning[others] == 0)
    assert np.all(near.card[others] == 0)
    assert cards.near("Wanneer laat ik de weegschaal ijken?").card.argmax() == place(cards, "scales", MOOR)


# Policies


@pytest.mark.parametrize(
    ("text", "policy_id"),
    [
        ("Wanneer laat ik de weegschaal ijken?", MOOR),
        ("Wie keurt de traplift?", HILLS),
        ("Mag een praktijk oefenmateriaal uitlenen?", DUNES),
    ],
)
def test_a_policy_is_told_by_what_only_it_is_asked_about(cards: Cards, text: str, policy_id: str) -> None:
    shares = cards.policy_shares(text)
    assert set(shares) == {DUNES, HILLS, MOOR}
    assert sum(shares.values()) == pytest.approx(1.0)
    assert max(shares, key=lambda each: shares[each]) == policy_id


def test_policies_that_are_asked_the_same_share_a_question(cards: Cards) -> None:
    shares = cards.policy_shares("Hoe moet een dossier worden bewaard?", (HILLS, MOOR))
    assert shares[HILLS] + shares[MOOR] == pytest.approx(1.0)
    assert max(shares.values()) < 0.7


@pytest.mark.parametrize("policy_ids", [("elders-2031",), (HILLS,)])
def test_only_the_policies_named_share(cards: Cards, policy_ids: tuple[str, ...]) -> None:
    assert list(cards.policy_shares("traplift", policy_ids)) == [each for each in policy_ids if each == HILLS]


def test_without_cards_nothing_is_near(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = policy_text("leeg-2031", [("Zorg", ["Wij kopen zorg in."])])
    with closing(build_snapshot(tmp_path_factory.mktemp("empty"), [text], FakeEncoder())) as snapshot:
        searcher = Searcher(snapshot, FakeEncoder(), load_thesaurus())
        empty = Cards(searcher)
        assert (empty.rules, empty.statements) == ((), ())
        assert empty.near("Kopen wij zorg in?").card.shape == (0,)
        assert empty.policy_shares("Kopen wij zorg in?") == {}
        assert StatementFinder(searcher, empty).find(asking("Kopen wij zorg in?"), ()) == []


# The finder


def asking(text: str) -> Question:
    return Question(text, text, read_asked(text), (), (), dt.date(2030, 10, 1), "nl")


def ids(found: list[Found]) -> list[tuple[str, str]]:
    return [(each.statement.policy_id, each.card.id) for each in found]


@pytest.mark.parametrize(
    ("text", "card_id"),
    [
        ("Binnen hoeveel dagen moet een huisbezoekverslag weg zijn?", "report"),
        ("Welke spullen horen in een werkruimte?", "room"),
        ("Is er iets geregeld over parkeren?", "parking"),
        ("Na hoeveel weken komt geleend oefenmateriaal terug?", "return"),
        ("Which mailbox is for procurement?", "mailbox"),
    ],
)
def test_the_statement_that_answers_is_found_first(finder: StatementFinder, text: str, card_id: str) -> None:
    found = finder.find(asking(text), (DUNES,))
    assert ids(found)[0] == (DUNES, card_id)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert len(found) <= CANDIDATES
    for each in found:
        assert len(each.features) == len(FEATURES) == len(WEIGHTS)
        assert each.score == pytest.approx(float(each.features @ WEIGHTS))


def test_only_the_policies_in_scope_are_found(finder: StatementFinder) -> None:
    found = finder.find(asking("Hoe moet een dossier worden bewaard?"), (HILLS, MOOR))
    assert {policy_id for policy_id, _ in ids(found)} == {HILLS, MOOR}
    assert {policy_id for policy_id, _ in ids(finder.find(asking("dossier?"), ()))} == {DUNES, HILLS, MOOR}
    assert finder.find(asking("dossier?"), ("elders-2031",)) == []


def test_the_variants_of_a_point_are_those_for_other_kinds_of_practices(finder: StatementFinder) -> None:
    best = finder.find(asking("Welke toeslag krijgt een groepspraktijk?"), (DUNES,))[0]
    assert best.card.id == "surcharge-group"
    assert {each.card.id for each in finder.variants(best)} == {"surcharge-solo", "surcharge-group"}
    alone = finder.find(asking("Hoe moet een dossier worden bewaard?"), (DUNES,))[0]
    assert {each.card.id for each in finder.variants(alone)} <= {"record"}
    gap = finder.find(asking("Wat staat er over parkeren?"), (DUNES,))[0]
    assert ids(finder.variants(gap)) == [(DUNES, "parking")]


def test_the_statements_of_a_point_are_those_of_one_policy(finder: StatementFinder) -> None:
    assert ids(finder.at_point(HILLS, "contact-procurement")) == [(HILLS, "mailbox")]
    assert finder.at_point(HILLS, "surcharge") == []
    assert finder.at_point("elders-2031", "contact-procurement") == []
