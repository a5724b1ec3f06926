"""Follow-ups: completed with what they go on from, and left alone when they stand on their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.followup import ALONE, LEAD, STANDS, complete, readings
from assistant.turn import HistoryTurn
from assistant.turn_form import asks_channel, asks_itself, corrects, says_itself, supposes


def asked(*questions: str) -> list[HistoryTurn]:
    """A conversation of these questions, each with a reply."""
    return [
        turn
        for question in questions
        for turn in (
            HistoryTurn(role="user", content=question),
            HistoryTurn(role="assistant", content="Dat is op een dag in november, voor apotheken in mei."),
        )
    ]


FIRST = "Wat is de tekendatum voor kraamzorg?"
SECOND = "Welke certificaten vraagt Caresq van een geboortecentrum?"
WHOLE = "Welke scholing vraagt u van medewerkers in een polikliniek voor voetzorg met eigen spreekuren?"


# By form alone


@pytest.mark.parametrize(
    "question", ["En het mailadres?", "Hoezo?", "en als ik dat mis?", "waar lees ik dat?", "1,2 fte"]
)
def test_a_fragment_has_the_question_before_it_in_front(question: str) -> None:
    assert complete(question, asked(FIRST)) == f"{FIRST} {question}"


@pytest.mark.parametrize(
    ("question", "completed"),
    [
        ("en voor verloskunde?", "wat is de tekendatum voor verloskunde en voor verloskunde?"),
        ("Apotheek?", "wat is de tekendatum voor apotheek Apotheek?"),
        ("And for pharmacies?", "wat is de tekendatum voor pharmacies And for pharmacies?"),
        ("oké, en een kraambureau dan?", "wat is de tekendatum voor kraambureau oké, en een kraambureau dan?"),
    ],
)
def test_another_care_type_stands_in_the_place_of_the_one_before(question: str, completed: str) -> None:
    assert complete(question, asked(FIRST)) == completed


@pytest.mark.parametrize(
    "question", ["en de apotheek bij Caresq, zonder onderhandeling?", "apotheek en kraambureau, Caresq?"]
)
def test_names_alone_ask_nothing_by_themselves(question: str) -> None:
    """However near they are to a question that the policies answer, and however many they are."""
    assert complete(question, asked(FIRST), lambda text, before: float(text == question)).startswith("wat is de ")


@pytest.mark.parametrize(
    ("question", "completed"),
    [
        ("en voor onze kraamzorgtak?", "wat is de tekendatum voor kraamzorg "),
        ("En onze stoppen-met-rokenpoot?", "wat is de tekendatum voor stoppen met roken "),
        ("Mijn zus heeft een apotheek, voor haar dezelfde datum?", "wat is de tekendatum voor apotheek "),
        ("Onze buurman doet dialyse, geldt dat voor hem ook?", "wat is de tekendatum voor dialyse "),
        ("And for dialysis, is it the same?", "wat is de tekendatum voor dialysis "),
    ],
)
def test_who_asks_for_a_part_of_himself_or_if_it_is_the_same_elsewhere_asks_once_more(
    question: str, completed: str
) -> None:
    assert complete(question, asked("Wat is de tekendatum voor verloskunde?")).startswith(completed)


@pytest.mark.parametrize(
    "question",
    [
        "is er ook iets over digitale kraamzorg?",
        "Moet de apotheek ook een certificaat hebben?",
        "Welk register moeten ze kiezen?",
        "En wat voor verzekering moeten ze hebben?",
    ],
)
def test_who_names_a_thing_of_its_own_does_not(question: str) -> None:
    assert complete(question, asked("Wat is de tekendatum voor verloskunde?")) == question


def test_many_care_types_at_once_are_told_of_and_switched_to_by_nobody() -> None:
    told = "Het ziekenhuis doet mee, de kraamzorg ook, alleen de apotheek wil nog niet meedoen. Is dat een bezwaar?"
    within, _ = readings("en hoeveel geld krijgen we?", asked(SECOND, told)) or ("", "")
    assert within == "caresq geboortecentrum en hoeveel geld krijgen we?"


def test_names_alone_ask_for_the_step_that_was_asked_about_last() -> None:
    completed = complete("en voor verloskunde?", asked(FIRST, "en wanneer wordt het aangeboden?"))
    assert "aangeboden" in completed
    assert "tekendatum" not in completed


def test_a_question_that_points_back_stays_with_what_it_points_to() -> None:
    completed = complete("en als het later is?", asked(FIRST, "sinds wanneer stond die klaar op de site?"))
    assert completed.startswith(f"{FIRST} sinds wanneer stond die klaar")


def test_another_insurer_does_too() -> None:
    completed = complete("en bij Zorg en Zekerheid?", asked("Welke looptijd heeft een contract bij Caresq?"))
    assert completed.startswith("welke looptijd heeft een contract bij zorg en zekerheid ")


@pytest.mark.parametrize(
    "question", [WHOLE, "en wat moet er in het onderwerp van de mail?", "hoe lang loopt dat contract?"]
)
def test_a_question_that_says_what_it_asks_stays_as_it_is(question: str) -> None:
    assert complete(question, asked(FIRST)) == question


@pytest.mark.parametrize(
    "question", ["Laat maar, andere vraag: uiterlijk?", "Nieuwe vraag: wanneer?", "new question. When?"]
)
def test_who_starts_anew_goes_on_from_nothing(question: str) -> None:
    assert question.endswith(complete(question, asked(FIRST)))


def test_what_was_asked_before_a_new_start_is_forgotten() -> None:
    assert complete("en waar?", asked(FIRST, f"Andere vraag: {SECOND}")) == f"{SECOND} en waar?"


@pytest.mark.parametrize(
    "history", [[], [HistoryTurn(role="assistant", content="Waarmee kan ik helpen?")], asked("Bedankt!", "hallo")]
)
@pytest.mark.parametrize("question", ["En het mailadres?", WHOLE, ""])
def test_without_an_earlier_question_nothing_is_put_in_front(question: str, history: list[HistoryTurn]) -> None:
    assert complete(question, history) == question


def test_it_is_the_askers_latest_question_that_is_gone_on_from() -> None:
    assert complete("en waar?", asked(FIRST, SECOND)) == f"{SECOND} en waar?"


def test_small_talk_between_is_passed_over() -> None:
    assert complete("en waar?", asked(FIRST, "dank je wel", "Vertel eens een mop")) == f"{FIRST} en waar?"


def test_one_care_type_after_another_keeps_the_question() -> None:
    completed = complete("en stoppen met roken?", asked(FIRST, "en voor verloskundigen?", "en apotheken?"))
    assert completed == "wat is de tekendatum voor stoppen met roken en stoppen met roken?"


def test_a_fragment_is_gone_on_from_with_the_question_that_it_went_on_from() -> None:
    completed = complete("hoezo?", asked("Geldt dat ook voor losse apotheken?", "en met 12 fte?"))
    assert completed == "Geldt dat ook voor losse apotheken? en met 12 fte? hoezo?"


# By what the policies answer


@pytest.mark.parametrize("lead", [LEAD / 2, LEAD * 2])
def test_another_reading_must_be_clearly_nearer_than_the_likeliest(lead: float) -> None:
    question = "hoe lang loopt dat contract?"
    near = {question: 0.5, f"{FIRST} {question}": 0.5 + lead}
    completed = complete(question, asked(FIRST), lambda text, _: near.get(text, 0.0))
    assert completed == (f"{FIRST} {question}" if lead > LEAD else question)


def test_the_care_type_alone_may_be_put_in_front() -> None:
    question = "hoe lang loopt dat contract?"
    assert (
        complete(question, asked(FIRST), lambda text, _: float(text.startswith("kraamzorg ")))
        == f"kraamzorg {question}"
    )


def test_a_fragment_may_go_on_from_the_question_that_opened_the_subject() -> None:
    history = asked(FIRST, "waar moet een handtekening op papier precies heen?")
    completed = complete("en voor apotheken?", history, lambda text, _: float("tekendatum" in text))
    assert completed == "wat is de tekendatum voor apotheken en voor apotheken?"


def test_nothing_is_asked_of_the_policies_where_nothing_is_gone_on_from() -> None:
    def fits(text: str, _: str) -> float:
        raise AssertionError(text)

    assert complete("En waar?", [], fits) == "En waar?"


def test_what_the_question_before_was_near_to_speaks_for_no_reading() -> None:
    question = "hoe merk ik dat er een brief klaarligt?"
    near = {question: STANDS, FIRST: 0.9}
    asked_of: list[tuple[str, str]] = []

    def fits(text: str, beyond: str) -> float:
        asked_of.append((text, beyond))
        return 0.0 if beyond else near.get(text, 0.99)

    assert complete(question, asked(FIRST), fits) in (question, f"kraamzorg {question}")
    assert (f"{FIRST} {question}", FIRST) in asked_of


@pytest.mark.parametrize(("nearness", "alone"), [(ALONE, True), (ALONE - 0.01, False)])
@pytest.mark.parametrize("question", ["en het postadres van het loket?", "en op 1 mei?", "en daar?"])
def test_a_fragment_that_is_a_question_by_itself_may_stand_alone(nearness: float, alone: bool, question: str) -> None:
    def fits(text: str, _: str) -> float:
        return nearness if text == f"kraamzorg {question}" else 0.3

    completed = complete(question, asked(FIRST), fits)
    may = alone and "postadres" in question
    assert completed == (f"kraamzorg {question}" if may else f"{FIRST} {question}")


@pytest.mark.parametrize("told", ["Wij kregen het contract op 28 september", "we zitten op 12 fte"])
def test_what_was_only_told_is_not_the_question_that_is_gone_on_from(told: str) -> None:
    assert complete("en waar?", asked(FIRST, told)) == f"{FIRST} en waar?"
    assert complete(told, asked(FIRST)) == f"{FIRST} {told}"


@pytest.mark.parametrize(
    ("text", "puts"),
    [("en als we ook leerlingen opleiden?", True), ("What if we do?", True), ("stel het wordt mei", True),
     ("wanneer is dat?", False), ("en in mei?", False), ("en zonder nachtdienst?", True),
     ("met tien bedden dan?", True), ("met wie dan?", False), ("zonder hoeveel bedden?", False),
     ("en met onderhandeling?", False)],
)  # fmt: skip
def test_whether_another_case_is_put(text: str, puts: bool) -> None:
    assert supposes(text) is puts


@pytest.mark.parametrize(
    ("text", "says"),
    [("wat betekent dat voor de vergoeding aan ouders?", True), ("en bij de ander?", False),
     ("geldt dat ook voor losse apotheken in de stad?", False), ("en waarom?", False)],
)  # fmt: skip
def test_whether_a_question_has_a_question_word_of_its_own(text: str, says: bool) -> None:
    assert asks_itself(text) is says


# What follows where a step is not taken


@pytest.mark.parametrize(
    ("question", "completed"),
    [
        ("en als we niet tekenen?", "wat gebeurt er als we niet tekenen, zonder contract"),
        ("Wat als mijn praktijk niet tekent?", "wat gebeurt er als mijn praktijk niet tekent, zonder contract"),
        ("en zonder overeenkomst?", "wat gebeurt er zonder overeenkomst"),
        ("and if we do not apply?", "what happens if we do not apply"),
        ("als je geen contract hebt, wat betekent dat?", "als je geen contract hebt, wat betekent dat"),
    ],
)
def test_who_puts_the_case_that_a_step_is_not_taken_asks_what_follows(question: str, completed: str) -> None:
    assert complete(question, asked(FIRST)) == completed


@pytest.mark.parametrize(
    "question",
    [
        "en als we wel tekenen?",
        "en als we niet groeien?",
        "en als we niet tekenen, wie belt dan?",
        "als we niet tekenen wanneer hoor ik het?",
    ],
)
def test_another_case_or_another_question_goes_on_as_before(question: str) -> None:
    assert complete(question, asked(FIRST)).endswith(question)


def test_what_follows_is_not_asked_where_the_policies_are_far_from_it() -> None:
    question = "en als we niet tekenen?"
    assert complete(question, asked(FIRST), lambda text, before: 0.0) == f"{FIRST} {question}"


# The ways in which it may be meant


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("en hoe onderteken je?", ("kraamzorg en hoe onderteken je?", f"{FIRST} en hoe onderteken je?")),
        ("en met een machtiging?", ("kraamzorg en met een machtiging?", f"{FIRST} en met een machtiging?")),
        ("en voor apotheken?", None),
        ("en wanneer?", None),
        ("Andere vraag: hoe onderteken je?", None),
    ],
)
def test_a_follow_up_is_read_within_its_care_type_and_as_going_on(question: str, ways: tuple[str, str] | None) -> None:
    assert readings(question, asked(FIRST)) == ways
    assert readings(question, []) is None


def test_a_bare_question_word_does_not_ask_for_the_same_again() -> None:
    """'voor wanneer?' behind another question is not nearer to the first one, which asked when as well."""
    near = {f"{FIRST} voor wanneer?": 1.0}
    completed = complete("voor wanneer?", asked(FIRST, SECOND), lambda text, _: near.get(text, 0.0))
    assert completed == f"{SECOND} voor wanneer?"


def test_another_step_asked_for_is_what_the_next_fragment_goes_on_from() -> None:
    history = asked(FIRST, "en wanneer werd dat aangeboden?")
    assert complete("en bij spoed?", history).startswith("kraamzorg wanneer en wanneer werd dat aangeboden?")


def test_another_way_to_reach_the_same_does_not_change_what_is_talked_of() -> None:
    assert complete("en voor ouders?", asked(FIRST, "en telefonisch?")) == f"{FIRST} en voor ouders?"


# Whether a question says what it asks


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("wanneer moet de vragenlijst binnen zijn?", True),
        ("en qua klachten?", True),
        ("hoe merk ik dat er een contract klaarstaat?", True),
        ("en hoe zit dat bij Zorg en Zekerheid voor een ZBC?", False),
        ("hoe doet Caresq dat bij categorale instellingen?", False),
        ("op welk mailadres?", False),
        ("en wanneer werd dat aangeboden?", False),
        ("en welk nummer kan ik daarvoor bellen?", False),
        ("waar doe ik die aanvraag voor het contract?", True),
        ("we have 14 fte and our turnover is 80,000 euros", False),
        ("stel we krijgen het aanbod op 5 oktober", False),
        ("waarom?", False),
        ("hoe dan?", False),
        ("en wanneer?", False),
        ("vorige week dinsdag", False),
        ("op vrijdag", False),
        ("last Monday", False),
        ("waar mail ik dat?", False),
        ("sorry, ik bedoelde 1,1 fte", False),
        ("en voor kraamzorg?", False),
        ("ja", False),
        ("", False),
        ("Met welk papier vraag ik zoiets aan?", False),
        ("tot wanneer konden we dat melden?", False),
        ("tot wanneer konden we dat contract tekenen?", True),
        ("hoe moeten we dat declareren?", False),
        ("Welke papieren horen bij zo'n aanvraag?", True),
    ],
)
def test_whether_a_question_says_what_it_asks(question: str, says: bool) -> None:
    assert says_itself(question) is says


WORDS = st.sampled_from(
    [
        "en",
        "ja",
        "oké",
        "dat",
        "voor",
        "kraamzorg",
        "wanneer",
        "?",
        "tekenen",
        "Caresq",
        "1,2 fte",
        "andere vraag",
        "-",
        "x",
    ]
)
QUESTIONS = st.lists(WORDS, max_size=6).map(" ".join)


@given(QUESTIONS, st.lists(QUESTIONS, max_size=4))
def test_the_question_itself_always_ends_what_is_searched(question: str, before: list[str]) -> None:
    assert complete(question, asked(*before)).endswith(question)
    assert complete(question, asked(*before), lambda text, _: len(text)).endswith(question)


@pytest.mark.parametrize(
    ("before", "question", "completed"),
    [
        ("Wanneer is het aanbod voor kraamzorg?", "en de publicatie?", "kraamzorg wanneer en de publicatie?"),
        ("Wanneer wordt het aangeboden?", "en tekenen?", "wanneer en tekenen?"),
        ("Wanneer moet ik tekenen?", "en uiterlijk tekenen?", "Wanneer moet ik tekenen? en uiterlijk tekenen?"),
        ("Hoe moet ik tekenen?", "en de publicatie?", "Hoe moet ik tekenen? en de publicatie?"),
    ],
)
def test_another_step_is_asked_without_the_words_for_the_one_before(before: str, question: str, completed: str) -> None:
    assert complete(question, [HistoryTurn(role="user", content=before)]) == completed


@pytest.mark.parametrize(
    ("question", "only"),
    [("en telefonisch?", True), ("en mailen?", True), ("en het adres?", False), ("en?", False), ("en tekenen?", False)],
)
def test_whether_only_another_channel_is_asked(question: str, only: bool) -> None:
    assert asks_channel(question) is only


@pytest.mark.parametrize(
    ("text", "is_correction"),
    [
        ("sorry, 55 moest dat zijn", True),
        ("nee wacht, april", True),
        ("o sorry, verkeerd gezegd: 55", True),
        ("vergissing, het is 55", True),
        ("sorry, wat kost een traject?", False),
        ("en 55?", False),
    ],
)
def test_whether_a_turn_only_sets_right(text: str, is_correction: bool) -> None:
    assert corrects(text) is is_correction
