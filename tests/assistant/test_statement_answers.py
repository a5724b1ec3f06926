"""Look-ups answered by statements, end to end over three invented policies.

What the cards' scores are is fitted elsewhere and moves; the questions here are far from every threshold.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from functools import cache

import pytest

from assistant import choosing
from assistant.answer import Assistant
from assistant.citations import unsupported
from assistant.draft import Draft
from assistant.language import detect_language
from assistant.look_up import LookUp
from assistant.outcomes import CONTACT, SENTENCES, sentence
from assistant.question import read_asked
from assistant.quoting import policy_name
from assistant.rule_fit import Question
from assistant.statement_answer import StatementTeller, without_yes
from assistant.turn import Answer, HistoryTurn
from tests.fakes import FakeEncoder
from tests.small_look_ups import BOX, DUNES, HILLS, HILLS_BOX, MOOR, POLICIES, look_up_index

TODAY = dt.date(2030, 10, 1)
NAMES = {policy.id: policy_name(policy) for policy in POLICIES}
Open = Callable[..., Assistant]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """The assistant of the policies named, each set of them opened once."""
    with ExitStack() as stack:

        @cache
        def make(*policy_ids: str) -> Assistant:
            snapshot = look_up_index(tmp_path_factory.mktemp("look_ups"), FakeEncoder(), *policy_ids)
            stack.enter_context(closing(snapshot))
            return Assistant(snapshot, FakeEncoder())

        yield make


@pytest.fixture
def dunes(opened: Open) -> Assistant:
    """One policy, with cards of every kind."""
    return opened(DUNES)


@pytest.fixture
def twins(opened: Open) -> Assistant:
    """Two policies of one insurer that have as many cards on the same points."""
    return opened(HILLS, MOOR)


def ask(
    assistant: Assistant,
    question: str,
    *earlier: str,
    scope: Mapping[str, object] | None = None,
    language: str | None = None,
) -> Answer:
    """The answer, held against all that every answer promises."""
    history = [HistoryTurn(role="user", content=each) for each in earlier]
    answer = assistant.answer(question, today=TODAY, history=history, scope=scope, language=language)
    texts = dict(assistant.snapshot.texts)
    labels = [citation.label for citation in answer.citations]
    assert labels == list(range(1, len(labels) + 1))
    for citation in answer.citations:
        assert citation.quote == texts[citation.policy_id].text[citation.start : citation.end]
    proving = {label for result in answer.results for label in result["citations"]}  # type: ignore[attr-defined]
    marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", answer.text)}
    assert marks <= set(labels)
    assert set(labels) <= marks | proving, "cited and nowhere marked"
    computed = [str(result) for result in answer.results]
    assert unsupported(told(answer), answer.citations, texts, computed=computed, language=answer.language) == []
    assert (answer.clarification is not None) == answer.status.startswith("clarify_")
    if answer.status.startswith("answered"):
        assert answer.citations
        assert marks
        assert all(NAMES[citation.policy_id] in answer.text for citation in answer.citations)
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
    return answer


def told(answer: Answer) -> str:
    """The text but for what every answer of its status says: its sentence in front, and whom to ask at the end."""
    parts = answer.text.split("\n\n")
    if answer.status != "answered":
        parts = parts[1:]
    if answer.status.startswith("unanswerable") and answer.handoff is not None:
        email = answer.handoff.email
        insurers = {policy.insurer for policy in POLICIES}
        assert parts[-1] in {CONTACT[answer.language].format(address=email, insurer=each) for each in insurers}
        parts = parts[:-1]
    return "\n\n".join(parts)


def paragraphs(answer: Answer) -> list[str]:
    return [part.strip("\n") for part in answer.text.split("\n\n") if part.strip("\n")]


def pieces(answer: Answer) -> list[tuple[str, str]]:
    """What stands before each source line, and the source."""
    found = re.split(r"^(?:Bron|Source): (.*)$", answer.text, flags=re.MULTILINE)
    return list(zip(found[::2], found[1::2], strict=False))


def asking(text: str) -> Question:
    return Question(text, text, read_asked(text), (), (), TODAY, "nl")


# A statement found


@pytest.mark.parametrize(
    ("question", "told", "section"),
    [
        ("Binnen hoeveel dagen stuur ik het verslag van een huisbezoek?",
         "Het verslag van een huisbezoek stuurt u binnen 14 dagen naar de verwijzer.", "1.1 Verslag"),
        ("Hoe moet een dossier worden bewaard?", "Het dossier bewaart u in een afgesloten systeem.", "1.4 Dossier"),
        ("Mag een praktijk oefenmateriaal uitlenen aan een cliënt?", "Een praktijk leent oefenmateriaal uit.",
         "1.3 Uitleen"),
        ("Welke omzet is er nodig voor een contract?",
         "Voor een contract is uw omzet bij Duinzicht ten minste € 40.000.", "2.2 Omzet"),
        ("Op welk mailadres is de inkoop bereikbaar?",
         f"Vragen over zorginkoop en contracten mailt u naar {BOX}.", "3 Contact"),
    ],
)  # fmt: skip
def test_a_look_up_is_told_in_our_words_with_its_proof_and_its_source(
    dunes: Assistant, question: str, told: str, section: str
) -> None:
    answer = ask(dunes, question)
    assert answer.status == "answered"
    assert paragraphs(answer) == [f"{told} [1]", f"Bron: Duinzicht, Ergotherapie 2031, {section}."]
    (citation,) = answer.citations
    assert (citation.policy_id, citation.heading_path[-1]) == (DUNES, section)
    assert answer.results == ()


@pytest.mark.parametrize(
    ("question", "lead", "items", "source"),
    [
        ("Welke spullen heeft een werkruimte nodig?", "De werkruimte van een praktijk heeft:",
         ("een verstelbare werktafel", "een weegstoel", "een set meetlinten"), "Bron"),
        ("What does the workroom need?", "The workroom of a practice has:",
         ("an adjustable worktable", "a weighing chair", "a set of measuring tapes"), "Source"),
    ],
)  # fmt: skip
def test_a_list_is_told_whole_and_its_lead_in_bears_the_marks(
    dunes: Assistant, question: str, lead: str, items: tuple[str, ...], source: str
) -> None:
    answer = ask(dunes, question)
    assert answer.status == "answered"
    told, last = paragraphs(answer)
    assert told.splitlines() == [f"{lead} [1][2]", *(f"- {item}" for item in items)]
    assert last == f"{source}: Duinzicht, Ergotherapie 2031, 1.2 Werkruimte."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How soon do I send the report of a home visit?",
         "You send the report of a home visit to the referrer within 14 days. [1]"),
        ("How high is the surcharge of a group practice?", "A group practice gets a surcharge of 3 percent. [1]"),
        ("In what do I keep a client's record?", "You keep the record in a closed system. [1]"),
    ],
)  # fmt: skip
def test_an_english_question_gets_the_english_statement(dunes: Assistant, question: str, told: str) -> None:
    answer = ask(dunes, question)
    assert (answer.status, answer.language) == ("answered", "en")
    assert paragraphs(answer)[0] == told
    assert paragraphs(answer)[1].startswith("Source: ")
    assert all(detect_language(citation.quote) == "nl" for citation in answer.citations)


def test_the_language_asked_for_goes_before_that_of_the_question(dunes: Assistant) -> None:
    answer = ask(dunes, "Hoe moet een dossier worden bewaard?", language="en")
    assert paragraphs(answer)[0] == "You keep the record in a closed system. [1]"


# Two things asked in one go


@pytest.mark.parametrize(
    "question",
    [
        "Moet ik een verhuizing melden en waarin bewaar ik het dossier?",
        "Moet ik een verhuizing melden? Waarin bewaar ik het dossier?",
        "Moet ik een verhuizing melden, en waarin bewaar ik het dossier?",
    ],
)
def test_two_questions_in_one_get_two_statements(dunes: Assistant, question: str) -> None:
    answer = ask(dunes, question)
    assert answer.status == "answered"
    *told, _ = paragraphs(answer)
    assert {line.rpartition(" [")[0] for line in told} == {
        "Een verhuizing van de praktijk meldt u ruim vooraf.",
        "Het dossier bewaart u in een afgesloten systeem.",
    }
    assert {citation.section for citation in answer.citations} == {"1.4", "1.6"}


def test_of_a_second_thing_that_depends_on_who_asks_not_one_variant_is_told_alone(dunes: Assistant) -> None:
    answer = ask(dunes, "Moet ik een verhuizing melden en welke toeslag krijgen wij?")
    assert "verhuizing" in answer.text
    assert ("2 procent" in answer.text) == ("3 procent" in answer.text)


def test_what_was_asked_before_is_not_answered_again(dunes: Assistant) -> None:
    earlier, question = "Mag ik oefenmateriaal uitlenen?", "Hoe hoog is de toeslag voor een solopraktijk?"
    for asked in (question, "Welke toeslag krijgt een solopraktijk?"):
        answer = ask(dunes, asked, earlier)
        assert "2 procent" in answer.text
        assert "oefenmateriaal" not in answer.text


def test_what_is_not_told_of_the_second_thing_does_not_hide_the_first(dunes: Assistant) -> None:
    answer = ask(dunes, "Waarin bewaar ik het dossier en moet een praktijk parkeerplaatsen hebben?")
    assert answer.status == "answered"
    assert "afgesloten systeem" in answer.text


# Variants for several kinds of practices

SOLO = "Een solopraktijk krijgt een toeslag van 2 procent."
GROUP = "Een groepspraktijk krijgt een toeslag van 3 procent."


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("Welke toeslag krijgt een praktijk?", ("solopraktijk", "groepspraktijk")),
        ("How high is the surcharge?", ("solo practice", "group practice")),
    ],
)
def test_where_it_depends_on_the_kind_of_practice_it_is_asked_back_with_what_holds_for_each(
    dunes: Assistant, question: str, options: tuple[str, ...]
) -> None:
    answer = ask(dunes, question)
    assert answer.status == "clarify_fact"
    assert answer.clarification is not None
    assert answer.clarification.question
    assert tuple(option.label for option in answer.clarification.options) == options
    assert paragraphs(answer)[0] == SENTENCES["clarify_fact"][answer.language]
    lines = paragraphs(answer)[1].splitlines()
    assert [line.partition(":")[0] for line in lines] == [f"- {option}" for option in options]
    assert ["2" in line.partition(":")[2] for line in lines] == [True, False]


@pytest.mark.parametrize(
    ("question", "earlier", "told"),
    [
        ("Welke toeslag krijgt een groepspraktijk?", (), GROUP),
        ("Wij zijn een maatschap. Welke toeslag krijgen wij?", (), GROUP),
        ("Hoe hoog is de toeslag voor een eenmanspraktijk?", (), SOLO),
        ("Welke toeslag krijgt de praktijk?", ("Wij zijn een maatschap.",), GROUP),
        ("Welke toeslag krijgt de praktijk?", ("Ik ben een eenmanspraktijk.", "Dank u wel."), SOLO),
        ("Welke toeslag krijgt een groepspraktijk?", ("Ik ben een eenmanspraktijk.",), GROUP),
    ],
)  # fmt: skip
def test_the_kind_of_practice_is_heard_in_the_question_and_else_in_what_was_said_before(
    dunes: Assistant, question: str, earlier: tuple[str, ...], told: str
) -> None:
    answer = ask(dunes, question, *earlier)
    assert answer.status == "answered"
    assert paragraphs(answer)[0] == f"{told} [1]"
    assert (SOLO in answer.text, GROUP in answer.text) == (told == SOLO, told == GROUP)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is de toeslag voor een solopraktijk en een groepspraktijk hetzelfde?", ["Nee, dat verschilt."]),
        ("Wat is het verschil in toeslag tussen een solopraktijk en een groepspraktijk?", ["Dat verschilt."]),
        ("Welke toeslag krijgt een solopraktijk en welke een groepspraktijk?", []),
        ("Wat is het verschil in toeslag tussen praktijken?", ["Dat verschilt."]),
    ],
)
def test_kinds_of_practices_that_are_compared_stand_side_by_side(
    dunes: Assistant, question: str, verdict: list[str]
) -> None:
    answer = ask(dunes, question)
    assert answer.status == "answered"
    assert answer.clarification is None
    *first, told, _ = paragraphs(answer)
    assert first == verdict
    assert told.splitlines() == [f"- solopraktijk: {SOLO} [1]", f"- groepspraktijk: {GROUP} [1]"]


def test_choosing_a_kind_answers_the_question_that_was_asked_back(dunes: Assistant) -> None:
    """The answer to what was asked back is typed or tapped: it is a turn of its own."""
    asked = ask(dunes, "Welke toeslag krijgt een praktijk?")
    assert asked.clarification is not None
    told = [
        ask(dunes, option.label, "Welke toeslag krijgt een praktijk?").text for option in asked.clarification.options
    ]
    assert [SOLO in each for each in told] == [True, False]
    assert [GROUP in each for each in told] == [False, True]


# Several policies


@pytest.mark.parametrize("question", ["{} bij Heuvelland?", "{}?"])
def test_where_policies_differ_each_is_told_and_the_policy_is_asked_for(twins: Assistant, question: str) -> None:
    answer = ask(twins, question.format("Binnen hoeveel dagen stuur ik het verslag van een huisbezoek"))
    assert answer.status == "clarify_scope"
    assert answer.clarification is not None
    assert {option.scope["care"] for option in answer.clarification.options} == {"ergotherapie", "diëtetiek"}
    lines = {line.partition(":")[0]: line for line in paragraphs(answer)[-1].splitlines()}
    assert "21 dagen" in lines["- Heuvelland, Beleid Ergotherapie 2031"]
    assert "28 dagen" in lines["- Heuvelland, Beleid Diëtetiek 2031"]
    assert {citation.policy_id for citation in answer.citations} == {HILLS, MOOR}


@pytest.mark.parametrize(("care", "days"), [("ergotherapie", 21), ("diëtetiek", 28)])
def test_choosing_a_policy_answers_what_was_asked(twins: Assistant, care: str, days: int) -> None:
    question = "Binnen hoeveel dagen stuur ik het verslag van een huisbezoek?"
    answer = ask(twins, question, scope={"insurer": "Heuvelland", "year": 2031, "care": care})
    assert answer.status == "answered"
    assert re.findall(r"\d+ dagen", answer.text) == [f"{days} dagen"]
    assert answer.scope.care == care


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Waar mail ik vragen over zorginkoop naartoe bij Heuvelland?",
         f"Vragen over zorginkoop en contracten mailt u naar {HILLS_BOX}."),
        ("Hoe moet een dossier worden bewaard?", "Het dossier bewaart u in een afgesloten systeem."),
    ],
)  # fmt: skip
def test_what_policies_say_alike_is_told_once_and_cited_from_all(twins: Assistant, question: str, told: str) -> None:
    answer = ask(twins, question)
    assert answer.status == "answered"
    assert answer.text.count(told) == 1
    assert {citation.policy_id for citation in answer.citations} == {HILLS, MOOR}


def test_policies_that_are_named_together_are_told_one_by_one(twins: Assistant) -> None:
    answer = ask(
        twins, "Binnen hoeveel dagen stuur ik het verslag van een huisbezoek voor ergotherapie en voor diëtetiek?"
    )
    assert answer.status == "answered"
    assert answer.clarification is None
    by_policy = {source.partition(" 2031")[0]: before for before, source in pieces(answer)}
    assert re.findall(r"\d+ dagen", by_policy["Heuvelland, Beleid Ergotherapie"]) == ["21 dagen"]
    assert re.findall(r"\d+ dagen", by_policy["Heuvelland, Beleid Diëtetiek"]) == ["28 dagen"]


def test_insurers_that_are_compared_are_told_one_by_one(opened: Open) -> None:
    answer = ask(
        opened(DUNES, HILLS), "Hoe snel krijgt de verwijzer het huisbezoekverslag bij Duinzicht en bij Heuvelland?"
    )
    assert answer.status == "answered"
    assert re.findall(r"(\d+) dagen", answer.text) in (["14", "21"], ["21", "14"])
    assert {citation.insurer for citation in answer.citations} == {"Duinzicht", "Heuvelland"}


# The policy that the words are about


@pytest.mark.parametrize(
    ("question", "policy_id", "told"),
    [
        ("Wanneer laat ik de weegschaal ijken?", MOOR, "De weegschaal laat u elk jaar ijken."),
        ("Moet de traplift worden gekeurd?", HILLS, "De traplift van de oefenruimte laat u elk jaar keuren."),
    ],
)
def test_a_policy_told_by_the_words_of_the_question_is_assumed_and_shown(
    twins: Assistant, question: str, policy_id: str, told: str
) -> None:
    answer = ask(twins, question)
    assert answer.status == "answered"
    assert paragraphs(answer)[0] == f"{told} [1]"
    policy = twins.snapshot.policies[policy_id]
    assert answer.scope.policy_ids == (policy_id,)
    assert (answer.scope.insurer, answer.scope.year) == (policy.insurer, policy.year)
    assert answer.scope.said == ()
    assert set(answer.scope.assumed) == {"insurer", "year", "care"}


def test_the_policy_that_was_chosen_goes_before_what_the_words_sound_like(twins: Assistant) -> None:
    answer = ask(twins, "Wanneer laat ik de weegschaal ijken?", scope={"care": "ergotherapie"})
    assert answer.scope.policy_ids == (HILLS,)
    assert {citation.policy_id for citation in answer.citations} <= {HILLS}
    assert "ijken" not in answer.text


# What the policy does not tell


@pytest.mark.parametrize(
    ("question", "told", "contact"),
    [
        ("Wat staat er over parkeren bij de praktijk?", "Over parkeren staat er niets in.",
         f"U kunt uw vraag stellen via {BOX} (Duinzicht)."),
        ("Must a practice have parking places?", "It says nothing on parking.",
         f"You can ask your question via {BOX} (Duinzicht)."),
    ],
)  # fmt: skip
def test_what_is_not_told_is_said_with_whom_to_ask(dunes: Assistant, question: str, told: str, contact: str) -> None:
    answer = ask(dunes, question)
    assert answer.status == "unanswerable_not_told"
    name = "Inkoopbeleid Ergotherapie 2031 (Duinzicht)"
    said = sentence("unanswerable_not_told", answer.language, policies=name)
    assert paragraphs(answer) == [said, told, contact]
    assert answer.citations == ()
    assert answer.handoff is not None
    assert answer.handoff.email == BOX


def test_what_the_policy_does_say_nearby_is_cited(dunes: Assistant) -> None:
    answer = ask(dunes, "Na hoeveel weken moet geleend oefenmateriaal terug zijn?")
    assert answer.status == "unanswerable_not_told"
    assert paragraphs(answer)[1] == "De cliënt brengt het zelf terug; een termijn staat er niet. [1]"
    assert "De cliënt brengt het zelf terug." in answer.citations[0].quote
    assert answer.handoff is not None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Hoeveel oefenmateriaal leent een praktijk uit?",
         "Wat er wel over staat: Een praktijk leent oefenmateriaal uit. [1]"),
        ("Op welke datum meld ik een verhuizing van de praktijk?",
         "Wat er wel over staat: Een verhuizing van de praktijk meldt u ruim vooraf. [1]"),
        ("How much training material does a practice lend out?",
         "What it does say about this: A practice lends out training material. [1]"),
    ],
)  # fmt: skip
def test_a_figure_or_a_day_that_the_statement_lacks_is_not_told_and_what_there_is_is_shown(
    dunes: Assistant, question: str, told: str
) -> None:
    answer = ask(dunes, question)
    assert answer.status == "unanswerable_not_told"
    assert paragraphs(answer)[1] == told
    assert answer.citations
    assert answer.handoff is not None


@pytest.mark.parametrize(
    "question",
    ["Hoe hoog is de toeslag voor een solopraktijk?", "Binnen hoeveel dagen stuur ik het verslag van een huisbezoek?"],
)
def test_a_figure_that_the_statement_holds_is_told(dunes: Assistant, question: str) -> None:
    answer = ask(dunes, question)
    assert answer.status == "answered"
    assert "Wat er wel over staat" not in answer.text


# An address


@pytest.mark.parametrize(
    "question",
    [
        "Waar stuur ik de melding van een verhuizing naartoe?",
        "Naar welk mailadres stuur ik een verhuizing van de praktijk?",
        "Where do I send the report of a move of the practice?",
    ],
)
def test_an_address_asked_for_that_the_statement_lacks_is_that_for_procurement(dunes: Assistant, question: str) -> None:
    answer = ask(dunes, question)
    assert answer.status == "answered"
    assert BOX in answer.text
    assert BOX in answer.citations[0].quote
    assert answer.citations[0].section == "3"


# Not near enough


@pytest.mark.parametrize(
    "question",
    ["Wie neemt tijdens een vakantie de behandelingen over?", "Neemt een collega de behandelingen over bij vakantie?"],
)
def test_what_no_card_answers_is_answered_by_quotes(dunes: Assistant, question: str) -> None:
    answer = ask(dunes, question)
    assert answer.status == "answered"
    assert "“Tijdens een vakantie neemt een collega uit de buurt de behandelingen over.” [1]" in answer.text


@pytest.mark.parametrize(
    "question",
    ["Is een klachtenregeling verplicht?", "Moet een ergotherapeut een tolk inschakelen?"],
)
def test_what_neither_cards_nor_text_answer_is_not_answered(dunes: Assistant, question: str) -> None:
    answer = ask(dunes, question)
    assert answer.status == "unanswerable_no_evidence"
    assert answer.citations == ()
    assert answer.handoff is not None
    assert BOX in answer.text


# Rule or statement


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Wij hebben € 30.000 omzet. Kunnen wij een contract krijgen?", "not_met"),
        ("Wij hebben € 50.000 omzet. Is onze omzet hoog genoeg voor een contract?", "met"),
        ("We have a revenue of € 30,000. Can we get a contract?", "not_met"),
        ("Welke omzet is er nodig voor een contract?", None),
        ("Hoe hoog moet de omzet zijn voor een contract?", None),
        ("Vanaf welke omzet is er een contract mogelijk?", None),
    ],
)
def test_who_tells_of_himself_is_answered_by_a_rule_and_who_looks_it_up_by_a_statement(
    dunes: Assistant, question: str, verdict: str | None
) -> None:
    answer = ask(dunes, question)
    assert answer.status == "answered"
    if verdict is None:
        assert answer.results == ()
        assert paragraphs(answer)[0] == "Voor een contract is uw omzet bij Duinzicht ten minste € 40.000. [1]"
    else:
        assert [result["verdict"] for result in answer.results] == [verdict]


def test_what_was_told_in_an_earlier_turn_counts_for_the_rule(dunes: Assistant) -> None:
    answer = ask(dunes, "Kunnen wij een contract krijgen met onze omzet?", "Onze omzet is € 30.000.")
    assert [result["verdict"] for result in answer.results] == ["not_met"]


# The last check


@pytest.mark.parametrize("invented", ["999 dagen", "31 mei 2044", "baas@elders.example"])
def test_a_statement_with_a_figure_that_no_quote_holds_is_withdrawn(
    dunes: Assistant, monkeypatch: pytest.MonkeyPatch, invented: str
) -> None:
    told_as_it_is = StatementTeller.told
    monkeypatch.setattr(StatementTeller, "told", lambda self, found: f"{told_as_it_is(self, found)} {invented}")
    answer = dunes.answer("Hoe moet een dossier worden bewaard?", today=TODAY)
    assert answer.status == "unanswerable_unsupported"
    assert invented not in answer.text


def test_a_statement_without_a_citation_is_withdrawn(dunes: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StatementTeller, "draft", lambda *_, **__: Draft("Dat mag altijd."))
    answer = dunes.answer("Hoe moet een dossier worden bewaard?", today=TODAY)
    assert answer.status == "unanswerable_unsupported"
    assert "Dat mag altijd" not in answer.text


def test_what_no_side_of_a_comparison_tells_is_said_to_be_not_told(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = opened(DUNES, HILLS)
    gap = assistant.statements.find(asking("Wat staat er over parkeren?"), (DUNES,))[0]
    assert gap.card.id == "parking"
    monkeypatch.setattr(choosing, "look_up", lambda *_, **__: LookUp((gap,)))
    answer = ask(assistant, "Moet een praktijk parkeerplaatsen hebben bij Duinzicht en bij Heuvelland?")
    assert answer.status == "unanswerable_not_told"
    assert "Over parkeren staat er niets in." in answer.text


# All of it again


def test_the_same_question_gives_the_same_answer(dunes: Assistant) -> None:
    again = Assistant(dunes.snapshot, FakeEncoder())
    for question in (
        "Welke toeslag krijgt een praktijk?",
        "Wat staat er over parkeren?",
        "Wat moet er in de werkruimte?",
    ):
        one, other = (ask(each, question).model_copy(update={"latency_ms": 0.0}) for each in (dunes, again))
        assert one == other


def test_no_answer_leaves_a_gap_between_its_paragraphs(dunes: Assistant) -> None:
    for question in (
        "Wat staat er over parkeren?",
        "Welke toeslag krijgt een praktijk?",
        "Hoe moet een dossier worden bewaard?",
    ):
        assert "\n\n\n" not in ask(dunes, question).text


@pytest.mark.parametrize(
    ("says", "question", "told"),
    [
        (
            "Ja, een keurmerk is een voorwaarde.",
            "Komen we zonder keurmerk in aanmerking?",
            "Een keurmerk is een voorwaarde.",
        ),
        ("Ja, u moet tekenen.", "Mag het ook zonder handtekening?", "U moet tekenen."),
        ("Ja, u moet tekenen.", "Moet ik tekenen?", "Ja, u moet tekenen."),
        ("Ja, dat kan per mail.", "Kan dat per mail?", "Ja, dat kan per mail."),
        ("Yes, a quality mark is required.", "Can we get a contract without one?", "A quality mark is required."),
    ],
)
def test_a_duty_is_no_yes_to_who_asks_whether_he_may(says: str, question: str, told: str) -> None:
    assert without_yes(says, question, "en" if says.startswith("Yes") else "nl") == told
