"""The layer of the encoder of cards: saved and opened again, for the cards that it knows, refused when damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.card_layer import NAMES_FILE, ROWS_FILE, CardLayer
from knowledge.curated import card_encoder, card_layer
from knowledge.errors import EncoderError
from knowledge.rules.card import ContactRule
from knowledge.rules.load import bundled_cards
from knowledge.statements.load import bundled_statements

NAMES = ("noord/rule/open", "noord/statement/open", "zuid/statement/open")


def layer() -> CardLayer:
    """Three cards, each along an axis of its own; the second is asked about least."""
    weights = 4 * np.eye(3, 5, dtype=np.float32)
    return CardLayer({name: place for place, name in enumerate(NAMES)}, weights, np.array([0, -1, 0], np.float32))


@pytest.mark.parametrize(
    ("names", "axis", "place"),
    [
        (NAMES, 0, 0),
        (NAMES, 1, 1),
        (NAMES[::-1], 0, 2),
        (NAMES[1:], 2, 1),
        (NAMES[:2], 4, 0),  # along none of them: the one that is asked about most
    ],
)
def test_it_tells_the_cards_apart_that_it_is_asked_for(names: tuple[str, ...], axis: int, place: int) -> None:
    own = layer().among(names)
    assert own is not None
    shares = own.log_shares(np.eye(5, dtype=np.float32)[axis])
    assert len(shares) == len(names)
    assert int(shares.argmax()) == place
    assert np.exp(shares).sum() == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("names", [("noord/statement/dicht",), (*NAMES, "noord/statement/dicht")])
def test_it_tells_nothing_where_a_card_is_not_known(names: tuple[str, ...]) -> None:
    assert layer().among(names) is None


def test_what_is_saved_is_opened_again(tmp_path: Path) -> None:
    layer().save(tmp_path)
    again = CardLayer.open(tmp_path)
    assert dict(again.places) == dict(layer().places)
    assert np.array_equal(again.weights, layer().weights)
    assert np.array_equal(again.offsets, layer().offsets)
    assert (tmp_path / ROWS_FILE).stat().st_mode & 0o044, "others may read it too"


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no names": lambda folder: (folder / NAMES_FILE).unlink(),
    "names are no JSON": lambda folder: (folder / NAMES_FILE).write_text("["),
    "a name too few": lambda folder: (folder / NAMES_FILE).write_text('["noord/rule/open"]'),
    "no rows": lambda folder: (folder / ROWS_FILE).unlink(),
    "rows are cut": lambda folder: (folder / ROWS_FILE).write_bytes((folder / ROWS_FILE).read_bytes()[:40]),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_layer_is_refused(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    layer().save(tmp_path)
    damage(tmp_path)
    with pytest.raises(EncoderError, match=r"layer|rows"):
        CardLayer.open(tmp_path)


def test_every_bundled_card_is_known() -> None:
    """Else a discriminant stands in for a whole policy: run `python -m ingest.fit_cards` after writing cards."""
    rules = {
        f"{file.policy}/rule/{rule.id}"
        for file in bundled_cards()
        for rule in file.rules
        if not isinstance(rule, ContactRule)
    }
    statements = {f"{file.policy}/statement/{card.id}" for file in bundled_statements() for card in file.cards}
    assert len(rules) > 200
    assert len(statements) > 1000
    assert rules | statements <= set(card_layer().places)
    assert card_layer().weights.shape[1] == card_encoder().dimensions
