"""With two editions on file: the one of the year named, else that of the day, never silently an older one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from assistant.answer import Assistant
from assistant.editions import edition_notices, later_notices, of_the_day
from assistant.turn import Answer
from ingest.pipeline import ingest
from knowledge.records import Policy
from knowledge.snapshot import open_snapshot
from tests.fakes import FakeEncoder
from tests.next_edition import NEW_ID, OLD_ID, write_editions


def policy(name: str, year: int, published_on: dt.date | None = None) -> Policy:
    return Policy(
        id=f"{name}-{year}", file=f"{name}.md", insurer="Zorgkompas", year=year, title=f"{name} {year}",
        published_on=published_on,
    )  # fmt: skip


KRAAM = [policy("kraamzorg", 2027), policy("kraamzorg", 2028)]


@pytest.mark.parametrize(
    ("today", "question", "expected"),
    [
        ("2026-03-31", "Tot wanneer kan ik tekenen?", 2027),  # the first procurement has not begun: the oldest
        ("2026-04-01", "Tot wanneer kan ik tekenen?", 2027),
        ("2027-03-31", "Tot wanneer kan ik tekenen?", 2027),  # the day before
        ("2027-04-01", "Tot wanneer kan ik tekenen?", 2028),  # the first day of the procurement for 2028
        ("2028-12-31", "Tot wanneer kan ik tekenen?", 2028),
        ("2029-02-01", "Tot wanneer kan ik tekenen?", 2028),  # ended, and said so in a notice
        ("2027-06-01", "Ik heb op 1 maart 2027 een aanvraag gedaan, wanneer gaat het in?", 2027),  # the day named
        ("2027-06-01", "Ik vraag het aan op 15 juni 2027, wanneer gaat het in?", 2028),
        ("2027-01-15", "Kan het contract per 1 februari 2028 ingaan?", 2028),
        ("2027-06-01", "Mijn AGB-code is van 12 mei 1998, mag ik tekenen?", 2027),
        ("2027-06-01", "Ons huurcontract loopt tot 1 januari 2035, mag dat?", 2028),  # beyond every edition
        ("2027-02-01", "Wat moet ik doen voor een contract voor volgend jaar?", 2028),
        ("2027-06-01", "Wat gold er in vorig jaar?", 2028),  # 2026 is not on file
        ("2028-06-01", "Wat gold er in vorig jaar?", 2027),
    ],
)
def test_the_edition_is_that_of_the_day(today: str, question: str, expected: int) -> None:
    (found,) = of_the_day(KRAAM, question, dt.date.fromisoformat(today))
    assert found.year == expected


def test_an_earlier_publication_begins_the_procurement_and_a_later_version_does_not_move_it() -> None:
    day = dt.date(2027, 3, 20)
    early = [KRAAM[0], policy("kraamzorg", 2028, dt.date(2027, 3, 15))]
    assert [each.year for each in of_the_day(early, "?", day)] == [2028]
    late = [KRAAM[0], policy("kraamzorg", 2028, dt.date(2027, 6, 1))]
    assert [each.year for each in of_the_day(late, "?", dt.date(2027, 4, 1))] == [2028]


def test_other_policies_stay_as_they_are() -> None:
    others = [policy("ggz", 2026), *KRAAM, policy("farmacie", 2028)]
    found = of_the_day(others, "Tot wanneer kan ik tekenen?", dt.date(2027, 1, 1))
    assert [each.id for each in found] == ["ggz-2026", "kraamzorg-2027", "farmacie-2028"]


@pytest.mark.parametrize(
    ("cited", "on_file", "today", "by_day", "told"),
    [
        (KRAAM[:1], KRAAM[:1], "2027-06-01", False, ""),
        (KRAAM[:1], KRAAM[:1], "2027-12-31", False, ""),  # the last day
        (KRAAM[:1], KRAAM[:1], "2028-01-01", False, "gold tot en met 31 december 2027. Een later beleid heb ik niet."),
        (KRAAM[:1], KRAAM, "2028-01-01", False, "Ik heb ook het beleid voor 2028."),
        (KRAAM[1:], KRAAM, "2027-06-01", True, "Dit antwoord komt uit het inkoopbeleid voor 2028"),
        (KRAAM[1:], KRAAM, "2027-06-01", False, ""),  # the year was named
        (KRAAM, KRAAM, "2027-06-01", True, ""),  # both are cited
    ],
)  # fmt: skip
def test_the_answer_says_which_edition_it_is_from(
    cited: list[Policy], on_file: list[Policy], today: str, by_day: bool, told: str
) -> None:
    notices = list(edition_notices(cited, on_file, dt.date.fromisoformat(today), "nl", by_day=by_day))
    assert len(notices) == bool(told)
    assert told in "".join(notices)


def test_a_day_of_a_later_year_than_any_on_file_is_told() -> None:
    today = dt.date(2028, 6, 1)
    said = list(later_notices(KRAAM[1:], KRAAM, "Kan ik op 1 maart 2029 starten?", today, "nl"))
    assert said == ["Voor 2029 heb ik nog geen inkoopbeleid. Dit antwoord komt uit het beleid voor 2028."]
    assert not list(later_notices(KRAAM[1:], KRAAM, "Kan ik op 1 maart 2028 starten?", today, "nl"))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("editions")
    ingest(write_editions(folder / "policies"), folder / "index", FakeEncoder())
    snapshot = open_snapshot(folder / "index")
    yield Assistant(snapshot, FakeEncoder())
    snapshot.close()


def ask(assistant: Assistant, question: str, today: str) -> Answer:
    return assistant.answer(question, today=dt.date.fromisoformat(today))


@pytest.mark.parametrize(
    ("question", "today", "cited", "day"),
    [
        ("Wat is de uiterste tekendatum voor dieetpreparaten?", "2027-03-31", OLD_ID, "7 november 2026"),
        ("Wat is de uiterste tekendatum voor dieetpreparaten?", "2027-04-01", NEW_ID, "6 november 2027"),
        ("Wat is de uiterste tekendatum voor dieetpreparaten voor 2027?", "2027-06-01", OLD_ID, "7 november 2026"),
        ("Wat is de uiterste tekendatum voor dieetpreparaten voor 2028?", "2027-01-01", NEW_ID, "6 november 2027"),
    ],
)
def test_a_question_is_answered_from_one_edition(
    assistant: Assistant, question: str, today: str, cited: str, day: str
) -> None:
    answer = ask(assistant, question, today)
    assert {citation.policy_id for citation in answer.citations} == {cited}
    assert day in answer.text
    assert answer.scope.year == int(cited[-4:])
    is_named = "voor 20" in question
    assert any("noem dat jaar" in notice for notice in answer.notices) != is_named


def test_a_year_that_is_not_on_file_is_said_to_be_absent(assistant: Assistant) -> None:
    answer = ask(assistant, "Wat is de uiterste tekendatum voor dieetpreparaten voor 2026?", "2027-06-01")
    assert answer.status == "unanswerable_no_policy"
    assert not answer.citations


CHANGE_QUESTIONS = [
    ("Is de uiterste tekendatum voor dieetpreparaten veranderd ten opzichte van vorig jaar?", "6 november 2027"),
    ("Is het telefoonnummer van de inkoop gewijzigd ten opzichte van 2027?", "088 35 35 740"),
    ("Wat is er veranderd ten opzichte van vorig jaar?", "belangrijkste wijzigingen"),
    ("Wat zijn de verschillen tussen het beleid van 2027 en 2028?", "belangrijkste wijzigingen"),
    ("What has changed compared to last year?", "main changes"),
    ("Is er iets veranderd aan de Verzekerdenraad vergeleken met vorig jaar?", "hetzelfde als dat voor 2027"),
]


@pytest.mark.parametrize(("question", "told"), CHANGE_QUESTIONS)
def test_what_changed_is_told_from_both_editions(assistant: Assistant, question: str, told: str) -> None:
    answer = ask(assistant, question, "2027-06-01")
    assert answer.status == "answered"
    assert told in answer.text
    assert {citation.policy_id for citation in answer.citations} == {OLD_ID, NEW_ID}
    assert answer.scope.policy_ids == (NEW_ID, OLD_ID)
    assert len(answer.text.split()) < 220


@pytest.mark.parametrize(
    ("question", "today"),
    [
        ("Wat is er veranderd ten opzichte van vorig jaar?", "2027-02-01"),  # 2027 has no edition before it
        ("Wat is er veranderd ten opzichte van 2025?", "2027-06-01"),
        ("Hoe geef ik een wijziging van mijn adres door?", "2027-06-01"),
    ],
)
def test_where_one_edition_is_there_the_policy_itself_tells(assistant: Assistant, question: str, today: str) -> None:
    answer = ask(assistant, question, today)
    assert len({citation.policy_id for citation in answer.citations}) <= 1
    assert "ten opzichte van dat voor" not in answer.text
