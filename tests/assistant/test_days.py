"""The days of a question: which lie behind, which are ahead, and which of them are not the asker's."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.prose.days import is_required, own_days, tense_of

WEDNESDAY = dt.date(2026, 3, 18)


def days(text: str) -> str:
    """The asker's days, as month and day."""
    return " ".join(f"{day.value.first:%m-%d}" for day in own_days(text, WEDNESDAY))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a weekday alone lies behind what was done, and ahead of what is to be
        ("maandag het formulier ingevuld", "03-16"),
        ("Wij kregen het vrijdag binnen.", "03-13"),
        ("Sinds maandag ligt het er.", "03-16"),
        ("Onze voorzitter is maandag weer terug.", "03-23"),
        ("Het bestuur vergadert pas dinsdag.", "03-24"),
        ("Vrijdag gaat het getekende stuk de deur uit.", "03-20"),
        ("Kunnen we zaterdag nog tekenen?", "03-21"),
        ("Our director signs on Friday.", "03-20"),
        ("The signed list goes out on Monday.", "03-23"),
        ("We sent it on Monday.", "03-16"),
        ("Is vrijdag vroeg genoeg?", "03-20"),
        ("De levering staat gepland voor vrijdag.", "03-20"),
        # days of every week are none
        ("Elke maandag tekenen wij.", ""),
        ("Wij zijn ma t/m vrijdag open, zaterdag gesloten.", ""),
        ("We zijn maandag en dinsdag bereikbaar.", ""),
        # a day told by its number alone
        ("Het stond er de 30e in.", "01-30"),
        ("Wij gaan het de 5e sturen.", "04-05"),
        ("De brief ligt er sinds de 5e.", "03-05"),
        # what had to be done, or is said to be the limit, is no day of the asker
        ("We hadden het gisteren moeten inleveren.", ""),
        ("Moesten wij eergisteren al getekend hebben?", ""),
        ("Gisteren was de deadline toch?", ""),
        ("We should have signed yesterday.", ""),
        ("It was due on 4 March.", ""),
        ("We hebben het gisteren ingeleverd.", "03-17"),
        # what is put aside
        ("Wij sturen het niet vandaag maar vrijdag.", "03-20"),
        ("Ik mail vrijdag in plaats van vandaag.", "03-20"),
        ("I will mail it on Friday instead of today.", "03-20"),
        # between brackets
        ("Gisteren (een dinsdag) hebben we met de verzekeraar (de grootste) getekend.", "03-17"),
    ],
)
def test_the_days_of_the_asker(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("words", "tense"),
    [
        ("het stond klaar", "done"),
        ("is gemaild", "done"),
        ("wij hebben aangevraagd", "done"),
        ("wordt getekend", "ahead"),
        ("gaan wij versturen", "ahead"),
        ("een getekend verzoek komt", "ahead"),
        ("the signed request goes out", "ahead"),
        ("ligt er sinds", "done"),
        ("is terug", "open"),
        ("vroeg genoeg", "open"),
        ("staat gepland", "ahead"),
        ("de vragenlijst is er", "open"),
        ("het bedrag geldt", "open"),
        ("the offer showed up", "done"),
        ("it will be dropped", "ahead"),
        ("a hundred people", "open"),
        ("het gebied is goed", "open"),
    ],
)
def test_what_was_done_and_what_is_to_be(words: str, tense: str) -> None:
    assert tense_of(words.split()) == tense


@pytest.mark.parametrize(
    ("words", "required"),
    [
        ("hadden wij gisteren moeten tekenen", True),
        ("had het er al moeten zijn", True),
        ("moesten we eergisteren inleveren", True),
        ("were we supposed to sign yesterday", True),
        ("de deadline was gisteren", True),
        ("wij hebben gisteren ingeleverd", False),
        ("we willen morgen tekenen", False),
        ("wij waren gisteren voor de deadline klaar", False),
    ],
)
def test_what_had_to_be_done_is_told_from_what_was_done(words: str, required: bool) -> None:
    assert is_required(words.split()) is required
