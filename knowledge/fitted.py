"""Which weights of the bundled encoder are used: those fitted to the question bank at hand.

`loket train` fits the base weights to a bank and writes them beside the index folder. The bundled
policies' bank comes with weights fitted to it; they also serve a bank that nothing was fitted to,
because policies that they have not seen are found better with them than with the base.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from knowledge.bank import QuestionBank
from knowledge.encoder import BUNDLED, BUNDLED_FITTED_FOLDER, FIT_FILE, Encoder, StaticEncoder, open_encoder
from knowledge.errors import EncoderError
from knowledge.records import Record

OWN_FOLDER_NAME = "encoder"


class Fit(Record):
    """fit.json: what weights were fitted to, and what that brought. Figures are shares of held-out questions."""

    bank: str
    base: str
    policies: tuple[str, ...]
    questions: int
    held_out: int
    steps: int
    seed: int
    before: Mapping[str, float]
    after: Mapping[str, float]


def own_folder(index_dir: Path) -> Path:
    """Where `loket train` writes weights for an index folder, unless it is told otherwise."""
    return index_dir.resolve().parent / OWN_FOLDER_NAME


def read_fit(folder: Path) -> Fit | None:
    """The record of a fit; None where there is none that can be read."""
    try:
        return Fit.model_validate_json((folder / FIT_FILE).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        return None


def encoder_for_bank(name: str, bank: QuestionBank, index_dir: Path, *, allow_download: bool = False) -> Encoder:
    """The encoder to build an index with: for "bundled" the weights fitted to `bank` where there are any.

    Raises EncoderError when there is no such encoder, or its files cannot be read.
    """
    if name != BUNDLED:
        return open_encoder(name, allow_download=allow_download)
    for folder in _fitted_folders(index_dir):
        fit = read_fit(folder)
        if fit is not None and fit.bank == bank.fingerprint:
            return StaticEncoder(folder)
    return StaticEncoder(BUNDLED_FITTED_FOLDER)


def encoder_of_snapshot(name: str, wanted: str, index_dir: Path) -> Encoder:
    """The encoder that an index was built with: for "bundled" the weights of the name `wanted`.

    Raises EncoderError when it cannot be opened; whether it is the one wanted is the caller's check.
    """
    if name != BUNDLED:
        return open_encoder(name)
    for folder in _fitted_folders(index_dir):
        try:
            encoder = StaticEncoder(folder)
        except EncoderError:
            continue
        if encoder.name == wanted:
            return encoder
    return StaticEncoder(BUNDLED_FITTED_FOLDER)


def _fitted_folders(index_dir: Path) -> Iterator[Path]:
    yield from (own_folder(index_dir), BUNDLED_FITTED_FOLDER)
