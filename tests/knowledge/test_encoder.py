"""The encoders: shape, length, sameness, and that nothing is asked of the network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest.train_encoder import save
from knowledge.card_layer import BUNDLED_LAYER_FOLDER
from knowledge.curated import card_encoder
from knowledge.encoder import (
    BUNDLED_CARDS_FOLDER,
    BUNDLED_FITTED_FOLDER,
    BUNDLED_FOLDER,
    BUNDLED_UNITS_FOLDER,
    FIT_FILE,
    Encoder,
    SentenceTransformersEncoder,
    StaticEncoder,
    open_encoder,
)
from knowledge.errors import EncoderError

ROOT = Path(__file__).parents[2]

TEXTS = [
    "Wanneer moet de overeenkomst getekend zijn?",
    "Een zorgaanbieder zonder contract dient zijn declaraties bij de verzekerde in.",
    "Patiënten die 's nachts zorg nodig hebben (25% van € 1.250,50)",
    "kraamzorg",
    "ERGOTHERAPIE",
    "x" * 3000,
    "De praktijk is gesloten op zaterdag en zondag. " * 200,
]

# A question, a sentence that answers or restates it in other words, and one about something else.
MEANINGS = [
    (
        "Hoe dien ik een klacht in?",
        "Bezwaren over onze werkwijze kunt u schriftelijk melden.",
        "Het dak wordt vervangen.",
    ),
    (
        "Wat kost een ambulance?",
        "Het tarief voor ziekenvervoer staat in de bijlage.",
        "Leerlingen maken elke week huiswerk.",
    ),
    (
        "Mag de apotheek een ander merk geven?",
        "Geneesmiddelen met dezelfde werkzame stof zijn uitwisselbaar.",
        "De gemeente strooit zout bij gladheid.",
    ),
    (
        "Welk diploma heeft een verpleegkundige nodig?",
        "De opleiding wordt afgesloten met een getuigschrift voor de zorg.",
        "Vissers melden hun vangst in de haven.",
    ),
    (
        "Hulp bij een bevalling thuis",
        "De verloskundige begeleidt zwangerschap en geboorte.",
        "De rente op de lening stijgt.",
    ),
    (
        "Wanneer eindigt het contract?",
        "De overeenkomst loopt tot en met de laatste dag van het jaar.",
        "Honden lopen aan de lijn in het park.",
    ),
    (
        "Tandarts voor kinderen",
        "Mondzorg voor jeugdigen tot achttien jaar wordt vergoed.",
        "De brug gaat open voor schepen.",
    ),
    (
        "Wie houdt toezicht op de kwaliteit?",
        "De inspectie ziet toe op goede zorg.",
        "De trein vertrekt van spoor drie.",
    ),
]


@pytest.fixture(scope="module")
def bundled() -> Encoder:
    return open_encoder()


@pytest.fixture(scope="module")
def by_library() -> SentenceTransformersEncoder:
    return SentenceTransformersEncoder(str(BUNDLED_FITTED_FOLDER))


@pytest.mark.parametrize("count", [0, 1, 2, len(TEXTS)])
def test_a_row_of_length_1_for_each_text(bundled: Encoder, count: int) -> None:
    for vectors in (bundled.encode_queries(TEXTS[:count]), bundled.encode_passages(TEXTS[:count])):
        assert vectors.shape == (count, bundled.dimensions)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "?!...", "你好", "\u0000"])
def test_a_text_without_known_pieces_is_zeros_for_both_readers(
    bundled: Encoder, by_library: SentenceTransformersEncoder, text: str
) -> None:
    assert not bundled.encode_queries([text]).any()
    assert not by_library.encode_queries([text]).any()


def test_an_empty_text_leaves_its_neighbours_alone(bundled: Encoder, by_library: SentenceTransformersEncoder) -> None:
    for encoder in (bundled, by_library):
        vectors = encoder.encode_passages(["kraamzorg", "", "apotheek"])
        np.testing.assert_allclose(vectors[[0, 2]], encoder.encode_passages(["kraamzorg", "apotheek"]), atol=1e-6)
        assert not vectors[1].any()


def test_the_library_reads_the_bundled_folder_to_the_same_vectors(
    bundled: Encoder, by_library: SentenceTransformersEncoder
) -> None:
    assert by_library.dimensions == bundled.dimensions
    np.testing.assert_allclose(by_library.encode_queries(TEXTS), bundled.encode_queries(TEXTS), atol=1e-3)
    np.testing.assert_allclose(by_library.encode_passages(TEXTS), bundled.encode_passages(TEXTS), atol=1e-3)
    assert by_library.encode_passages([]).shape == (0, bundled.dimensions)


def test_two_openings_give_equal_names_and_bytes(bundled: Encoder) -> None:
    again = open_encoder("bundled")
    assert again.name == bundled.name
    assert again.encode_passages(TEXTS).tobytes() == bundled.encode_passages(TEXTS).tobytes()


def test_a_text_is_encoded_the_same_alone_and_among_others(bundled: Encoder) -> None:
    together = bundled.encode_passages(TEXTS)
    for row, text in enumerate(TEXTS):
        assert np.array_equal(together[row], bundled.encode_passages([text])[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [("patiënt", "patient"), ("KRAAMZORG", "kraamzorg"), ("tarief: 25%", "tarief 25 procent"), ("café", "cafe\u0301")],
)
def test_accents_case_and_signs_do_not_matter(bundled: Encoder, one: str, other: str) -> None:
    assert np.array_equal(bundled.encode_queries([one]), bundled.encode_queries([other]))


@pytest.mark.parametrize(("question", "related", "unrelated"), MEANINGS)
def test_a_related_text_is_nearer_than_an_unrelated_one(
    bundled: Encoder, question: str, related: str, unrelated: str
) -> None:
    near, far = bundled.encode_passages([related, unrelated]) @ bundled.encode_queries([question])[0]
    assert near > far + 0.05


def test_the_bundled_name_is_a_hash_of_weights_and_tokenizer(tmp_path: Path, bundled: Encoder) -> None:
    assert bundled.name.startswith("bundled:")
    assert len(bundled.name) == len("bundled:") + 12
    folder = _copy_of_bundled(tmp_path)
    assert StaticEncoder(folder).name == bundled.name
    weights = bytearray((folder / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (folder / "model.safetensors").write_bytes(weights)
    assert StaticEncoder(folder).name != bundled.name


def test_the_folder_stays_small() -> None:
    """Ten megabytes for each: the base, what is fitted to the bank, to the cards (its layer apart), to sentences."""
    encoders = (BUNDLED_FOLDER, BUNDLED_FITTED_FOLDER, BUNDLED_CARDS_FOLDER, BUNDLED_UNITS_FOLDER)
    folders = (*encoders, BUNDLED_LAYER_FOLDER)
    for folder in folders:
        assert sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) <= 10_000_000
    assert {path.parent for path in BUNDLED_FOLDER.rglob("*") if path.is_file()} == set(folders)
    assert (BUNDLED_FOLDER / "PROVENANCE.md").is_file()


def test_the_encoder_of_the_cards_has_a_name_of_its_own(bundled: Encoder) -> None:
    """Same pieces, other vectors."""
    cards = card_encoder()
    assert isinstance(cards, StaticEncoder)
    assert cards.name.startswith("cards:")
    assert card_encoder() is cards
    assert cards.dimensions == bundled.dimensions
    fitted = StaticEncoder(BUNDLED_FITTED_FOLDER)
    assert cards.piece_ids(TEXTS) == fitted.piece_ids(TEXTS)
    assert not np.allclose(cards.rows(), fitted.rows(), atol=1e-3)


@pytest.mark.parametrize("missing", ["model.safetensors", "tokenizer.json"])
def test_a_missing_file_is_an_encoder_error(tmp_path: Path, missing: str) -> None:
    folder = _copy_of_bundled(tmp_path)
    (folder / missing).unlink()
    with pytest.raises(EncoderError, match=missing):
        StaticEncoder(folder)


@pytest.mark.parametrize("broken", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff" * 100])
def test_a_broken_file_is_an_encoder_error(tmp_path: Path, broken: str, content: bytes) -> None:
    folder = _copy_of_bundled(tmp_path)
    (folder / broken).write_bytes(content)
    with pytest.raises(EncoderError):
        StaticEncoder(folder)


def test_a_tokenizer_of_another_training_is_an_encoder_error(tmp_path: Path) -> None:
    folder = _copy_of_bundled(tmp_path)
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["model"]["vocab"].pop()
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(EncoderError, match="restore both"):
        StaticEncoder(folder)


def test_the_plain_form_that_the_library_writes_is_read_too(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    SentenceTransformer(str(BUNDLED_FITTED_FOLDER)).save(str(tmp_path), create_model_card=False)
    np.testing.assert_allclose(
        StaticEncoder(tmp_path).encode_passages(TEXTS), open_encoder().encode_passages(TEXTS), atol=1e-3
    )


def test_eight_bits_lose_next_to_nothing(tmp_path: Path) -> None:
    """The training's `save` keeps every text's direction to a thousandth."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(BUNDLED_FITTED_FOLDER / "tokenizer.json"))
    rows = np.random.default_rng(3).normal(size=(tokenizer.get_vocab_size(), 64)).astype(np.float32)
    rows[0] = 0
    save(tokenizer, rows, tmp_path)
    for text, vector in zip(TEXTS, StaticEncoder(tmp_path).encode_passages(TEXTS), strict=True):
        exact = rows[tokenizer.encode(text).ids].mean(axis=0)
        assert vector @ exact / np.linalg.norm(exact) > 0.999


def test_a_model_s_own_prompts_are_used_and_e5_gets_its_prefixes(tmp_path: Path, bundled: Encoder) -> None:
    plain = _copy_of_bundled(tmp_path / "a", name="plain")
    config = plain / "config_sentence_transformers.json"
    settings = json.loads(config.read_text(encoding="utf-8"))
    settings["prompts"] = {"query": "vraag ", "passage": "alinea "}
    config.write_text(json.dumps(settings), encoding="utf-8")
    e5 = _copy_of_bundled(tmp_path / "b", name="multilingual-e5-trial")
    for folder, query, passage in ((plain, "vraag", "alinea"), (e5, "query:", "passage:")):
        encoder = open_encoder(str(folder))
        expected = bundled.encode_queries([f"{query} kraamzorg", f"{passage} kraamzorg"])
        np.testing.assert_allclose(encoder.encode_queries(["kraamzorg"])[0], expected[0], atol=1e-3)
        np.testing.assert_allclose(encoder.encode_passages(["kraamzorg"])[0], expected[1], atol=1e-3)


def test_a_folder_s_name_changes_with_its_files(tmp_path: Path) -> None:
    folder = _copy_of_bundled(tmp_path)
    first = open_encoder(str(folder)).name
    assert first.startswith("encoder:")
    (folder / "config_sentence_transformers.json").write_text(
        (folder / "config_sentence_transformers.json").read_text(encoding="utf-8") + "\n", encoding="utf-8"
    )
    assert open_encoder(str(folder)).name != first


@pytest.mark.parametrize("name", ["someone/no-such-model", "no such model", "../nergens", "a/b/c"])
def test_an_unknown_model_is_an_encoder_error_without_a_network_attempt(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    attempts: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        attempts.append(arguments)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(EncoderError, match="cannot be opened on this machine") as caught:
        open_encoder(name)
    assert repr(name) in str(caught.value)
    assert attempts == []


def test_a_folder_without_a_model_is_an_encoder_error(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no folder of a sentence-transformers model"):
        open_encoder(str(tmp_path))


def test_the_bundled_encoder_needs_neither_torch_nor_the_network_setting() -> None:
    """In a fresh process, as the command line runs it."""
    program = (
        "import sys, knowledge.encoder as encoder\n"
        "early = {'numpy', 'torch', 'sentence_transformers', 'tokenizers'} & set(sys.modules)\n"
        "assert not early, early\n"
        "encoder.open_encoder().encode_queries(['Wanneer?'])\n"
        "late = {'torch', 'sentence_transformers', 'transformers', 'huggingface_hub'} & set(sys.modules)\n"
        "assert not late, late\n"
    )
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}
    finished = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert finished.returncode == 0, finished.stderr


def _copy_of_bundled(parent: Path, name: str = "encoder") -> Path:
    """Without the record of the fit it is a model's folder like any other."""
    return Path(shutil.copytree(BUNDLED_FITTED_FOLDER, parent / name, ignore=shutil.ignore_patterns(FIT_FILE)))
