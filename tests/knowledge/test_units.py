"""Units of passages: what can be quoted on its own, with its meaning, read once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from knowledge.units import UnitReader, headed_text, unit_encoder, unit_spans
from tests.fakes import FakeEncoder, policy_text

TEXT = policy_text(
    "noord", [("Contact", ["U krijgt antwoord. Dat mailt de inkoper."]), ("Planning", ["Wat\tWanneer\nAanbod\t1 mei"])]
)


@pytest.mark.parametrize(
    ("passage", "units"),
    [(0, ["U krijgt antwoord.", "Dat mailt de inkoper."]), (1, ["Aanbod\t1 mei"])],
)
def test_units_are_sentences_and_rows_but_no_headers(passage: int, units: list[str]) -> None:
    found = unit_spans(TEXT.passages[passage], TEXT.text)
    assert [TEXT.text[span.start : span.end] for span in found] == units


class CountingEncoder(FakeEncoder):
    """Counts the passages' texts that it was given."""

    encoded = 0

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.encoded += len(texts)
        return super().encode_passages(texts)


def test_a_passage_is_read_once_with_a_meaning_for_each_unit() -> None:
    encoder = CountingEncoder()
    reader = UnitReader({"noord": TEXT}, encoder)
    units = reader.of(TEXT.passages[0])
    encoded = encoder.encoded
    assert reader.of(TEXT.passages[0]) is units
    assert encoder.encoded == encoded
    assert units.headed.shape == units.plain.shape == (2, encoder.dimensions)
    assert np.allclose(
        units.headed, encoder.encode_passages([headed_text(TEXT.passages[0], text) for text in units.texts])
    )


def test_the_bundled_encoder_of_units_finds_what_answers() -> None:
    """Its words are those of no question that it was fitted to."""
    text = policy_text(
        "noord", [("Zolen", ["De leverancier meet beide voeten op.", "De zolen liggen na drie weken klaar."])]
    )
    reader = UnitReader({"noord": text}, unit_encoder())
    vector = reader.question("Hoeveel weken duurt het voor zolen klaarliggen?")
    meanings = np.concatenate([reader.of(passage).headed for passage in text.passages]) @ vector
    assert meanings.argmax() == 1
