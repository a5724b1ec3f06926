"""A follow-up that has no answer by itself goes on from the question before: in its section, with what was not told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from assistant.answer import Assistant
from assistant.followup import goes_on
from assistant.going_on import GoingOn, ranked_going_on
from assistant.question import read_asked
from assistant.scope import ScopeReader
from assistant.turn import HistoryTurn
from assistant.units import Unit, rank_units
from assistant.wording import read_wording
from knowledge.encoder import open_encoder
from knowledge.search import Searcher
from knowledge.snapshot_build import build_snapshot
from knowledge.thesaurus import load_thesaurus
from tests.fakes import policy_text

SECTIONS = [
    (
        "Aanmelden voor de proeftuin",
        [
            (
                "De proeftuin nachtzorg meldt u aan via proeftuin@noord.nl. "
                "Bij de aanmelding stuurt u een begroting en een lijst van de partners mee. "
                "Wij laten binnen drie weken weten of u mee kunt doen."
            )
        ],
    ),
    (
        "Declareren",
        ["Bij een declaratie stuurt u de nota en een lijst van de verrichtingen mee. Wij betalen binnen drie weken."],
    ),
]
ASKED = HistoryTurn(role="user", content="Hoe meld ik ons aan voor de proeftuin nachtzorg?")
ANSWERED = HistoryTurn(role="assistant", content="De proeftuin nachtzorg meldt u aan via proeftuin@noord.nl.")


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    encoder = open_encoder()
    with closing(build_snapshot(tmp_path_factory.mktemp("index"), [policy_text("noord", SECTIONS)], encoder)) as built:
        yield Searcher(built, encoder, load_thesaurus())


def units_for(question: str, searcher: Searcher) -> list[Unit]:
    text = next(iter(searcher.snapshot.texts.values()))
    understanding = ScopeReader([text.policy], load_thesaurus()).read(question)
    wording = read_wording(
        question, searcher.snapshot.lexical, searcher.among(understanding.scope.policy_ids), load_thesaurus()
    )
    return rank_units(question, read_asked(question), searcher.search(question, 10), wording, searcher)


@pytest.mark.parametrize(
    ("question", "history", "expected"),
    [
        ("Wat moet ik meesturen?", [], None),
        ("Andere vraag: wat moet ik meesturen?", [ASKED, ANSWERED], None),
        ("Wat moet ik meesturen?", [ANSWERED], None),
        ("Wat moet ik meesturen?", [ASKED], GoingOn(f"{ASKED.content} Wat moet ik meesturen?", "")),
        (
            "Wat moet ik meesturen?",
            [ASKED, ANSWERED],
            GoingOn(f"{ASKED.content} Wat moet ik meesturen?", ANSWERED.content),
        ),
        (
            "Wat moet ik meesturen?",
            [ASKED, ANSWERED, HistoryTurn(role="user", content="Mooi weer vandaag!")],
            GoingOn(f"{ASKED.content} Wat moet ik meesturen?", ANSWERED.content),
        ),
    ],
)
def test_a_question_goes_on_from_the_one_before_unless_it_starts_anew(
    question: str, history: list[HistoryTurn], expected: GoingOn | None
) -> None:
    assert goes_on(question, history) == expected


def test_the_section_of_the_answer_before_goes_first_and_what_it_told_last(searcher: Searcher) -> None:
    question = f"{ASKED.content} Wat moet ik allemaal meesturen?"
    units = [replace(unit, score=0.1) for unit in units_for(question, searcher)]
    ranked = ranked_going_on(units, GoingOn(question, ANSWERED.content), searcher, ())
    asked_of = [unit.hit.passage.heading_path[-1] for unit in ranked]
    assert asked_of[:2] == ["1 Aanmelden voor de proeftuin"] * 2
    assert "proeftuin@noord.nl" not in ranked[0].text + ranked[1].text
    assert sum(unit.score for unit in ranked) == pytest.approx(sum(unit.score for unit in units))


@pytest.mark.parametrize("answer", ["", "??"])
def test_without_an_answer_before_nothing_is_ranked_anew(answer: str, searcher: Searcher) -> None:
    question = "Wat moet ik meesturen bij een declaratie?"
    units = units_for(question, searcher)
    ranked = ranked_going_on(units, GoingOn(question, answer), searcher, ())
    assert {unit.text for unit in ranked} == {unit.text for unit in units}
    if not answer:
        assert ranked == units
    assert ranked_going_on([], GoingOn(question, ANSWERED.content), searcher, ()) == []


def test_a_fragment_is_answered_from_where_the_conversation_is(searcher: Searcher) -> None:
    """By itself it fits the section on declarations as well."""
    assistant = Assistant(searcher.snapshot, open_encoder())
    answer = assistant.answer("Prima. Wat moeten we meesturen?", today=dt.date(2026, 5, 4), history=[ASKED, ANSWERED])
    assert answer.status.startswith("answered")
    assert "begroting" in answer.text
    assert "nota" not in answer.text
