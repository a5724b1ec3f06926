"""Turns that start anew, and what of a conversation still counts behind them."""

from __future__ import annotations

import pytest

from assistant.followup import complete, still_counting
from assistant.guard.off_topic import off_topic
from assistant.starting_anew import behind_anew, drops_all, starts_anew
from assistant.turn import HistoryTurn


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("Andere vraag: hoe lang duurt een proef?", "hoe lang duurt een proef?"),
        ("Top. Iets anders: waar staat de poort?", "waar staat de poort?"),
        ("bedankt, nieuwe vraag, wie levert de stoelen?", "wie levert de stoelen?"),
        ("Grapje, laat maar zitten. Nog iets heel anders: wie belt de smid?", "wie belt de smid?"),
        ("ok, something else: who rings the smith?", "who rings the smith?"),
        ("laat maar, andere vraag. Wie levert de stoelen?", "Wie levert de stoelen?"),
        ("Dan iets anders, mijn buurman heeft een molen", "mijn buurman heeft een molen"),
    ],
)
def test_only_what_comes_behind_the_words_that_start_anew_is_asked(text: str, behind: str) -> None:
    assert starts_anew(text)
    assert not drops_all(text)
    assert behind_anew(text) == behind


@pytest.mark.parametrize(
    "text",
    [
        "Vergeet dit even, wie levert de stoelen?",
        "Laat maar. Ik begin opnieuw: wie levert de stoelen?",
        "opnieuw, wie levert de stoelen?",
        "Forget that, who brings the chairs?",
        "Let's start over: who brings the chairs?",
        "ik heb nu een andere molenaar aan de lijn, wie levert de stoelen?",
    ],
)
def test_nothing_said_before_holds_for_who_forgets_it_or_begins_again(text: str) -> None:
    before = (HistoryTurn(role="user", content="Wanneer?"), HistoryTurn(role="assistant", content="In mei."))
    now = HistoryTurn(role="user", content=text)
    assert starts_anew(text)
    assert drops_all(text)
    assert still_counting(text, before) == ()
    assert still_counting("en hoeveel?", (*before, now)) == (now,)


@pytest.mark.parametrize(
    "text",
    [
        "wij malen graan, iets anders doen we niet",
        "Iets anders dan graan malen wij niet",
        "moeten we alles opnieuw aanvragen?",
        "moeten we ons opnieuw, dus elk jaar, melden?",
        "vergeet dat we ook graan malen",
        "forget that we mill grain",
        "vergeet ik iets?",
        "is dat iets anders?",
        "",
    ],
)
def test_such_words_within_what_is_said_start_nothing(text: str) -> None:
    before = (HistoryTurn(role="user", content="Wanneer?"),)
    assert not starts_anew(text)
    assert behind_anew(text) == text
    assert still_counting(text, before) == before


@pytest.mark.parametrize("text", ["Andere vraag", "laat maar", "Nieuwe vraag: wij ook"])
def test_where_next_to_nothing_comes_behind_all_of_it_stays(text: str) -> None:
    assert behind_anew(text) == text


def test_who_starts_anew_is_searched_with_what_he_asks() -> None:
    history = [HistoryTurn(role="user", content="Wie levert de stoelen aan de molen?")]
    assert complete("Andere vraag: waar staat de poort?", history) == "waar staat de poort?"


def test_small_talk_before_a_new_question_refuses_nothing() -> None:
    assert off_topic("Grapje, andere vraag: wanneer teken ik de overeenkomst?") is None
    assert off_topic("Andere vraag: vertel eens een grapje") == "out_of_scope_small_talk"
