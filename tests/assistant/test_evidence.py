"""A unit that is the very spot of the bank's nearest question is put before its neighbours."""

from __future__ import annotations

import pytest

from assistant.evidence import _spot
from knowledge.bank_index import NearestQuestion
from knowledge.search import Hit
from tests.fakes import policy_text

PASSAGE = policy_text("noord", [("Contact", ["U krijgt binnen vijf werkdagen antwoord."])]).passages[0]


def hit(nearest: NearestQuestion | None) -> Hit:
    return Hit(PASSAGE, 0, 1.0, 1.0, {}, nearest)


@pytest.mark.parametrize(
    ("nearest", "text", "share"),
    [
        (None, "Binnen vijf werkdagen.", 0.0),
        (NearestQuestion("Hoe snel?", 0.8, ("vijf werkdagen",)), "Binnen VIJF  werkdagen.", 0.8),
        (NearestQuestion("Hoe snel?", 0.8, ("vijf werkdagen", "mail")), "Binnen vijf werkdagen.", 0.0),
        (NearestQuestion("Hoe snel?", -0.1, ("vijf werkdagen",)), "Binnen vijf werkdagen.", 0.0),
        (NearestQuestion("Hoe snel?", 0.8, ()), "Binnen vijf werkdagen.", 0.0),
    ],
)
def test_a_spot_counts_as_much_as_its_question_is_near(
    nearest: NearestQuestion | None, text: str, share: float
) -> None:
    assert _spot(hit(nearest), text) == pytest.approx(share)
