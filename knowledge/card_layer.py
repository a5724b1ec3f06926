"""The layer that the encoder of cards was fitted with: which of the cards that it knows a question belongs to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.discriminant import Discriminant, Floats
from knowledge.encoder import BUNDLED_CARDS_FOLDER
from knowledge.errors import EncoderError
from knowledge.rules.load import family_of
from knowledge.rules.proven import ProvenRule
from knowledge.statements.proven import ProvenStatement

NAMES_FILE, ROWS_FILE = "names.json", "rows.safetensors"
BUNDLED_LAYER_FOLDER = BUNDLED_CARDS_FOLDER / "layer"


@dataclass(frozen=True, eq=False)
class CardLayer:
    """A linear score for each card, on vectors of the encoder: `weights` (one row a card) and `offsets`.

    `places`: the row of each card, by its name (see `card_name`).
    """

    places: Mapping[str, int]
    weights: Floats
    offsets: Floats

    @classmethod
    def open(cls, folder: Path) -> CardLayer:
        """The layer saved in a folder. Raises EncoderError where it cannot be read."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            names = json.loads((folder / NAMES_FILE).read_text("utf-8"))
            rows = load_file(folder / ROWS_FILE)
            weights, offsets = rows["weights"].astype(np.float32), rows["offsets"].astype(np.float32)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise EncoderError(f"no layer of cards in {folder}: {error}; install the package again") from error
        if not len(names) == len(weights) == len(offsets):
            raise EncoderError(f"{folder} has {len(names)} names and {len(weights)} rows of cards; install it again")
        return cls({name: place for place, name in enumerate(names)}, weights, offsets)

    def save(self, folder: Path) -> None:
        """Write the layer into `folder`, which is made; weights in half precision."""
        from safetensors.numpy import save

        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(self.places, key=self.places.__getitem__)
        (folder / NAMES_FILE).write_text(json.dumps(names, indent=0) + "\n", "utf-8")
        rows = save({"weights": self.weights.astype(np.float16), "offsets": self.offsets})
        (folder / ROWS_FILE).write_bytes(rows)  # `save_file` makes it readable to its owner alone

    def among(self, names: Sequence[str]) -> Discriminant | None:
        """What tells these cards apart; None where one of them is not known."""
        if not all(name in self.places for name in names):
            return None
        rows = [self.places[name] for name in names]
        return Discriminant(self.weights[rows], self.offsets[rows])


def card_name(card: ProvenRule | ProvenStatement, year: int) -> str:
    """A card by its family, kind and id: the same in every year's edition of a policy."""
    kind, own = ("rule", card.rule.id) if isinstance(card, ProvenRule) else ("statement", card.card.id)
    return f"{family_of(card.policy_id, year)}/{kind}/{own}"
