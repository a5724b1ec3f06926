"""Cards of other policies beside a policy's own sentences: silent where the likeliest sentence proves none of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from assistant.borrowed import OwnOrBorneOut, answers, is_borne_out
from assistant.evidence import Evidence
from assistant.rule_fit import Question, Routed
from assistant.statements import Found, StatementFinder
from knowledge.records import Span
from knowledge.rules.proven import Spot


def evidence(*spans: tuple[str, int, int]) -> Evidence:
    """Evidence whose likeliest sentences stand there, best first."""
    units = [
        SimpleNamespace(hit=SimpleNamespace(passage=SimpleNamespace(id=passage)), span=Span(start=start, end=end))
        for passage, start, end in spans
    ]
    return cast("Evidence", SimpleNamespace(units=tuple(units)))


def spot(passage: str, start: int, end: int) -> Spot:
    return Spot(passage_id=passage, start=start, end=end)


@pytest.mark.parametrize(
    ("spots", "units", "borne_out"),
    [
        ([spot("p", 10, 20)], [("p", 10, 20)], True),
        ([spot("p", 10, 20)], [("p", 19, 30)], True),  # a window of several sentences
        ([spot("p", 10, 20)], [("p", 20, 30)], False),  # the sentence behind it
        ([spot("p", 10, 20)], [("q", 10, 20)], False),
        ([spot("q", 10, 20), spot("p", 10, 20)], [("p", 12, 14)], True),  # one of its proofs is enough
        ([spot("p", 10, 20)], [("p", 30, 40), ("p", 10, 20)], False),  # another sentence is likelier
        ([spot("p", 10, 20)], [], False),
        ([], [("p", 10, 20)], False),  # proven by silence
    ],
)
def test_a_card_is_borne_out_by_the_likeliest_sentence(
    spots: list[Spot], units: list[tuple[str, int, int]], borne_out: bool
) -> None:
    assert is_borne_out(spots, evidence(*units)) is borne_out


def found(start: int, *, is_kin: bool) -> Found:
    return cast(
        "Found", SimpleNamespace(statement=SimpleNamespace(is_kin=is_kin, spots=(spot("p", start, start + 5),)))
    )


class _Finder(StatementFinder):
    def __init__(self, *every: Found) -> None:
        self._every = list(every)

    def find(self, question: object, policy_ids: object) -> list[Found]:
        return self._every

    def at_point(self, policy_id: str, point: str) -> list[Found]:
        return self._every


def test_only_borrowed_statements_are_held_against_the_sentences() -> None:
    own, borrowed, borne_out = found(0, is_kin=False), found(30, is_kin=True), found(60, is_kin=True)
    finder = OwnOrBorneOut(_Finder(own, borrowed, borne_out), evidence(("p", 60, 65)))
    assert finder.find(cast("Question", None), ()) == [own, borne_out]
    assert finder.at_point("p", "contact") == [own, borne_out]


@pytest.mark.parametrize(("is_kin", "start", "may"), [(False, 0, True), (True, 0, False), (True, 60, True)])
def test_a_borrowed_rule_answers_where_a_proof_of_it_does(is_kin: bool, start: int, may: bool) -> None:
    proven = SimpleNamespace(is_kin=is_kin, spots={"case 1": spot("p", start, start + 5)}, values={})
    assert answers(cast("Routed", SimpleNamespace(rule=proven)), evidence(("p", 60, 65))) is may
