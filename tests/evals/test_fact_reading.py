"""Facts told in sentences by an author who saw no phrase are read, and what is left open is not concluded."""

from __future__ import annotations

import pytest

from evals.fact_reading import facts_in, measure, outcome, rows

RIGHT_LEAST = {"seen": 0.80, "unseen": 0.68}
OPPOSITE_MOST = {"seen": 0.015, "unseen": 0.045}
CONCLUDED_MOST = {"seen": 0.08, "unseen": 0.30}
"""Shares of what is told, and of what is left open. Tighten these as it gets better; never loosen one."""


def test_every_sentence_tells_of_a_fact_of_its_policy() -> None:
    """A fact that no card knows would count as silent for ever."""
    found = list(rows())
    assert len(found) >= 3400
    assert {row["half"] for _, row in found} == {"seen", "unseen"}


def test_an_outcome_is_told_by_what_is_read() -> None:
    told = {"fact": "hkz_certificate", "text": "Wij hebben een HKZ-certificaat."}
    assert outcome("caresq-farmacie", told | {"says": "true"}) == "right"
    assert outcome("caresq-farmacie", told | {"says": "false"}) == "opposite"
    assert outcome("caresq-farmacie", told | {"says": "open"}) == "concluded"
    assert outcome("caresq-farmacie", told | {"fact": "semh_certificate", "says": "true"}) == "silent"


@pytest.mark.parametrize(
    ("family", "fact"), [("caresq-farmacie", "vecozo_certificates"), ("caresq-stoppen-met-roken", "vecozo_certificate")]
)
def test_facts_that_mean_the_same_are_told_alike(family: str, fact: str) -> None:
    """A phrase that stands with the one is read for the other."""
    assert facts_in(family, "Ons toegangscertificaat is in orde.").known().get(fact) is True


def test_shares() -> None:
    counts = measure()
    for half in ("seen", "unseen"):
        told, left_open = counts[half, "told"], counts[half, "open"]
        assert told["right"] / told.total() >= RIGHT_LEAST[half], told
        assert told["opposite"] / told.total() <= OPPOSITE_MOST[half], told
        assert left_open["concluded"] / left_open.total() <= CONCLUDED_MOST[half], left_open
