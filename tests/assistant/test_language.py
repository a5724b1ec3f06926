"""The language of a question: Dutch unless it is plainly English, the conversation's own when too short to tell."""

from __future__ import annotations

import pytest

from assistant.language import detect_language
from assistant.turn import Language


@pytest.mark.parametrize(
    "question",
    [
        "Wanneer moet ik tekenen?",
        "Wat is het mailadres voor vragen?",
        "Mag ik een contract voor twee jaar afsluiten?",
        "Hoeveel uur kraamzorg wordt er ten minste geleverd?",
        "wijziging rechtsvorm doorgeven",
        "uiterste tekendatum apotheek",
        "Is de deadline voor het contract al voorbij?",
        "Kan ik een update krijgen van de status?",
        "VECOZO inloggen lukt niet",
        "minimum aantal patiënten per jaar",
    ],
)
def test_a_dutch_question_is_dutch_whatever_the_conversation_was_in(question: str) -> None:
    assert detect_language(question) == "nl"
    assert detect_language(question, history_language="en") == "nl"


@pytest.mark.parametrize(
    "question",
    [
        "When do I have to sign?",
        "What is the e-mail address for questions?",
        "May I sign a contract for two years?",
        "Which conditions apply to new providers?",
        "How do I report a change of legal form?",
        "Do we need a diploma",
        "What is the deadline for kraamzorg?",
        "Is VECOZO needed for the wijkverpleging agreement?",
        "minimum number of patients per year",
    ],
)
def test_an_english_question_is_english_whatever_the_conversation_was_in(question: str) -> None:
    assert detect_language(question) == "en"
    assert detect_language(question, history_language="nl") == "en"


@pytest.mark.parametrize(
    "question", ["deadline contract apotheek", "contract deadline kraamzorg", "tekendatum contract"]
)
def test_keywords_with_a_dutch_word_among_them_are_not_plainly_english(question: str) -> None:
    assert detect_language(question) == "nl"


@pytest.mark.parametrize("question", ["", "?", "2031", "contract", "VECOZO", "e-mail"])
@pytest.mark.parametrize(
    ("history_language", "expected"), [(None, "nl"), ("nl", "nl"), ("en", "en")], ids=["none", "nl", "en"]
)
def test_what_is_too_short_to_tell_goes_on_in_the_language_of_the_conversation(
    question: str, history_language: Language | None, expected: Language
) -> None:
    assert detect_language(question, history_language=history_language) == expected


@pytest.mark.parametrize("question", ["🙂🙂🙂", "\x00", "a" * 5000, "1 2 3 4 5 6", "<b>?</b>", "هل يمكنني التوقيع"])
def test_anything_else_is_one_of_the_two(question: str) -> None:
    assert detect_language(question) in ("nl", "en")
