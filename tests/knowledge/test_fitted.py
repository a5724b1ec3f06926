"""Which weights are used: those fitted to the bank at hand, or else those that come with the policies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import fitted
from knowledge.bank import BankLine, QuestionBank, bundled_bank
from knowledge.encoder import BUNDLED, BUNDLED_FITTED_FOLDER, BUNDLED_FOLDER, FIT_FILE, open_encoder
from knowledge.errors import EncoderError
from knowledge.fitted import Fit, encoder_for_bank, encoder_of_snapshot, own_folder, read_fit

BANK = QuestionBank((BankLine(policy_id="noord", sections=("1",), key=("een",), questions=("Wat?",)),))
OTHER = QuestionBank((BankLine(policy_id="noord", sections=("1",), key=("een",), questions=("Hoe?",)),))
NONE = QuestionBank()


def fit_of(bank: str) -> Fit:
    figures = {"any@1": 0.1, "any@5": 0.2, "mrr": 0.15}
    return Fit(bank=bank, base="b", policies=("noord",), questions=9, held_out=1, steps=0, seed=0, before=figures,
               after=figures)  # fmt: skip


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "var" / "index"


@pytest.fixture
def own(index_dir: Path) -> Path:
    """Weights beside the index folder, other than the bundled ones, fitted to BANK."""
    folder = own_folder(index_dir)
    shutil.copytree(BUNDLED_FOLDER, folder, ignore=shutil.ignore_patterns("fitted"))
    (folder / FIT_FILE).write_text(fit_of(BANK.fingerprint).model_dump_json())
    return folder


def bundled_name() -> str:
    return open_encoder(BUNDLED).name


def own_name(own: Path) -> str:
    return open_encoder(str(own)).name


def test_the_two_sets_of_weights_differ(own: Path) -> None:
    assert own_name(own) != bundled_name()


def test_own_weights_stand_beside_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_folder(tmp_path / "index") == tmp_path / "encoder"
    monkeypatch.chdir(tmp_path)
    assert own_folder(Path("index")) == tmp_path / "encoder"


@pytest.mark.parametrize(("bank", "takes_own"), [(BANK, True), (OTHER, False), (NONE, False), (bundled_bank(), False)])
def test_own_weights_serve_the_bank_they_were_fitted_to(
    own: Path, index_dir: Path, bank: QuestionBank, takes_own: bool
) -> None:
    wanted = own_name(own) if takes_own else bundled_name()
    assert encoder_for_bank(BUNDLED, bank, index_dir).name == wanted


@pytest.mark.parametrize("bank", [BANK, NONE, bundled_bank()])
def test_without_own_weights_the_bundled_ones_serve_any_bank(index_dir: Path, bank: QuestionBank) -> None:
    assert encoder_for_bank(BUNDLED, bank, index_dir).name == bundled_name()


def test_of_two_fits_to_one_bank_the_own_one_is_taken(own: Path, index_dir: Path) -> None:
    (own / FIT_FILE).write_text(fit_of(bundled_bank().fingerprint).model_dump_json())
    assert encoder_for_bank(BUNDLED, bundled_bank(), index_dir).name == own_name(own)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"bank": 3}'])
def test_a_record_that_cannot_be_read_is_no_fit(own: Path, index_dir: Path, content: bytes) -> None:
    (own / FIT_FILE).write_bytes(content)
    assert read_fit(own) is None
    assert encoder_for_bank(BUNDLED, BANK, index_dir).name == bundled_name()


def test_a_fit_without_weights_is_an_error(own: Path, index_dir: Path) -> None:
    """They were promised; the base would be searched with unnoticed."""
    (own / "model.safetensors").unlink()
    with pytest.raises(EncoderError, match=r"model\.safetensors"):
        encoder_for_bank(BUNDLED, BANK, index_dir)


def test_an_encoder_that_is_named_is_taken_as_it_is(own: Path, tmp_path: Path) -> None:
    assert encoder_for_bank(str(own), bundled_bank(), tmp_path / "elders").name == own_name(own)
    assert encoder_of_snapshot(str(own), "iets", tmp_path / "elders").name == own_name(own)
    with pytest.raises(EncoderError):
        encoder_for_bank(str(tmp_path / "weg"), BANK, tmp_path / "elders")


def test_an_index_is_opened_with_the_weights_it_was_built_with(own: Path, index_dir: Path) -> None:
    assert encoder_of_snapshot(BUNDLED, own_name(own), index_dir).name == own_name(own)
    assert encoder_of_snapshot(BUNDLED, bundled_name(), index_dir).name == bundled_name()
    assert encoder_of_snapshot(BUNDLED, "unknown", index_dir).name == bundled_name(), "whose check is the caller's"


def test_damaged_own_weights_do_not_keep_an_index_of_the_bundled_ones_closed(own: Path, index_dir: Path) -> None:
    (own / "model.safetensors").write_bytes(b"")
    assert encoder_of_snapshot(BUNDLED, bundled_name(), index_dir).name == bundled_name()


def test_the_bundled_weights_were_fitted_to_the_bundled_bank() -> None:
    fit = read_fit(BUNDLED_FITTED_FOLDER)
    assert fit is not None
    assert fit.bank == bundled_bank().fingerprint, "fit them again: loket train --out knowledge/encoder/fitted"
    assert fit.base == fitted.StaticEncoder(BUNDLED_FOLDER).name
    assert fit.after["mrr"] > fit.before["mrr"]
    assert set(fit.policies) == set(bundled_bank().policy_ids)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert read_fit(tmp_path) is None
    (tmp_path / FIT_FILE).write_text(fit_of("x").model_dump_json(indent=1))
    assert read_fit(tmp_path) == fit_of("x")
