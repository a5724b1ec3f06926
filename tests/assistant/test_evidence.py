"""Evidence: scored when it is looked at; the very spot of the bank's nearest question is put before its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from assistant.evidence import gather
from assistant.question import read_asked
from assistant.scope import ScopeReader
from assistant.units import _spot
from knowledge.bank_index import NearestQuestion
from knowledge.search import Hit, Searcher
from knowledge.snapshot_build import build_snapshot
from knowledge.thesaurus import load_thesaurus
from knowledge.units import UnitReader
from tests.fakes import FakeEncoder, policy_text

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


class CountingEncoder(FakeEncoder):
    """Counts the texts that it was given."""

    encoded = 0

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.encoded += len(texts)
        return super().encode_passages(texts)


def test_units_and_facts_are_scored_when_they_are_first_looked_at_and_once(tmp_path: Path) -> None:
    """Who is answered by a rule or a statement does not wait for them."""
    encoder, thesaurus = CountingEncoder(), load_thesaurus()
    text = policy_text("noord", [("Contact", ["U krijgt binnen vijf werkdagen antwoord. Dat mailt de inkoper."])])
    question = "Wanneer krijg ik antwoord?"
    with closing(build_snapshot(tmp_path, [text], encoder)) as snapshot:
        understanding = ScopeReader([text.policy], thesaurus).read(question)
        searcher = Searcher(snapshot, encoder, thesaurus)
        searcher.units = UnitReader(snapshot.texts, encoder)
        evidence = gather(question, read_asked(question), understanding, searcher)
        assert evidence.hits
        before = encoder.encoded
        units = evidence.units
        assert len(units) == 2
        after = encoder.encoded
        assert after > before
        assert evidence.units is units
        assert evidence.facts is evidence.facts
        assert encoder.encoded == after
