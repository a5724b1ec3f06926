"""Measures: which one is asked for, whether a sentence holds it, and what is left of sentences that do not."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.compose import of_measure
from assistant.measures import Measure, asked_measures, asks_how_long, holds_measure, tells_length
from assistant.question import read_asked
from assistant.units import Unit, holds_figure


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("Hoe lang moeten wij de zolen bewaren?", {"time"}),
        ("Binnen hoeveel werkdagen moet de zool er zijn?", {"time"}),
        ("Hoeveel tijd krijgen wij voor het herstel?", {"time"}),
        ("How many working days do we have to repair a sole?", {"time"}),
        ("Hoeveel procent van het tarief krijgen wij?", {"share"}),
        ("Welk percentage geldt voor zolen?", {"share"}),
        ("Welk bedrag krijgen wij voor een zool?", {"money"}),
        ("Hoe hoog is het startbedrag?", {"money"}),
        ("How much money do we get for a sole?", {"money"}),
        ("Hoeveel euro krijgen wij, en hoe lang duurt dat?", {"money", "time"}),
        ("Hoeveel zolen mag ik leveren?", set()),
        ("Hoeveel klanten krijgen een dagbehandeling?", set()),
        ("Welk tarief geldt voor zolen?", set()),
        ("Wanneer begint het jaar?", set()),
    ],
)
def test_a_measure_is_asked_for_by_its_name(question: str, measures: set[Measure]) -> None:
    assert asked_measures(question) == measures


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("U bewaart de zool twaalf maanden.", {"time"}),
        ("U bewaart de zool vijf werkdagen.", {"time"}),
        ("Het kan tot 1 maart.", {"time"}),
        ("U bewaart de zool zolang de klant die draagt.", {"time"}),
        ("U bewaart de zool in de werkplaats.", set()),
        ("U ontvangt 85% van het tarief.", {"share", "money"}),
        ("U ontvangt de helft.", {"share"}),
        ("U ontvangt € 30 per zool.", {"money"}),
        ("U ontvangt dertig euro.", {"money"}),
        ("U ontvangt een vast bedrag.", set()),
    ],
)
def test_a_sentence_holds_the_measures_that_it_names(text: str, measures: set[Measure]) -> None:
    every: tuple[Measure, ...] = ("share", "money", "time")
    assert {each for each in every if holds_measure(text, each)} == measures


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("binnen veertien dagen", True),
        ("ten hoogste twintig zolen", True),
        ("anderhalf jaar", True),
        ("binnen 14 dagen", True),
        ("geen zolen", True),
        ("ten minste wat is afgesproken", False),
        ("wat is afgesproken", False),
    ],
)
def test_a_figure_may_be_a_word(text: str, holds: bool) -> None:
    assert holds_figure(text) is holds


def _units(*texts: str) -> list[Unit]:
    hit: Any = None
    return [Unit(hit, hit, text, 1 / (2 + place), 0.5) for place, text in enumerate(texts)]


KEPT = "U bewaart de zool in de werkplaats, in één kast."
MONTHS = "U bewaart een zool twaalf maanden."
ROW = "Zool\t12\t24"
LEAD = "De twee termijnen zijn:"


@pytest.mark.parametrize(
    ("question", "texts", "left"),
    [
        ("Hoe lang bewaren wij een zool?", (KEPT, MONTHS), (MONTHS,)),
        ("Hoe lang bewaren wij een zool?", (MONTHS, KEPT), (MONTHS, KEPT)),  # the likeliest may be the answer
        ("Hoe lang bewaren wij een zool?", (KEPT,), ()),
        ("Hoe lang bewaren wij een zool?", (), ()),
        ("Hoe lang bewaren wij een zool?", (KEPT, ROW, LEAD), (ROW, LEAD)),
        ("Hoe lang en voor hoeveel euro bewaren wij een zool?", (KEPT, MONTHS), (MONTHS,)),
        ("Hoeveel zolen bewaren wij?", (KEPT, MONTHS), (KEPT, MONTHS)),
        ("Waar bewaren wij een zool?", (KEPT, MONTHS), (KEPT, MONTHS)),
        ("Mag een zool hier blijven, hoe lang ook?", (KEPT, MONTHS), (KEPT, MONTHS)),
    ],
)
def test_sentences_without_the_measure_asked_for_give_way(
    question: str, texts: tuple[str, ...], left: tuple[str, ...]
) -> None:
    kept = of_measure(question, read_asked(question), _units(*texts))
    assert tuple(unit.text for unit in kept) == left


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Voor hoe lang is dat?", True),
        ("Voor hoelang sluiten jullie dat af?", True),
        ("Wat voor looptijd heeft een pas?", True),
        ("How many years does it run?", True),
        ("Hoe lang geleden was dat?", False),
        ("How long ago was that?", False),
        ("Hoeveel jaren geleden was dat?", False),
        ("Is een langere looptijd mogelijk?", False),
        ("Wanneer begint het?", False),
    ],
)
def test_whether_it_is_asked_how_long_something_is(question: str, asks: bool) -> None:
    assert asks_how_long(question) is asks


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("De pas geldt twee jaar.", True),
        ("Het is een 3-jarige pas.", True),
        ("De pas loopt door.", True),
        ("Een termijn staat er niet in.", True),
        ("De bezoeker ziet hoe lang de rij is.", False),
        ("De pas is geel.", False),
    ],
)
def test_whether_a_text_tells_how_long_something_is(text: str, tells: bool) -> None:
    assert tells_length(text) is tells
