"""Fitting the encoder to a bank: the same seed gives the same weights, it helps, and it leaves no half folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest import fit_encoder as fitting
from ingest.fit_encoder import MIN_QUESTIONS, fit_encoder
from ingest.train_encoder import save
from knowledge.bank import BankLine, QuestionBank
from knowledge.encoder import FIT_FILE, StaticEncoder, open_encoder
from knowledge.errors import BankError, ConfigurationError
from knowledge.fitted import Fit, read_fit
from knowledge.records import PolicyText
from tests.fakes import policy_text

SUBJECTS = ("zolen", "tarief", "portaal", "klachten", "wachttijd", "vervoer", "privacy", "apotheek")
WORDS = ("wanneer", "hoe", "is", "er", "iets", "over", "geregeld", "weten", "wij", "graag", "van", "u")
TEXT = policy_text("noord", [(f"Deel {word}", [f"Voor x{word} geldt wat in dit deel staat."]) for word in SUBJECTS])
FILES = {"model.safetensors", "tokenizer.json", "modules.json", "config_sentence_transformers.json", FIT_FILE}


def bank(count: int = 8) -> QuestionBank:
    """`count` questions for each passage, in words of which its text holds none."""
    questions = [f"Hoe is {{}} geregeld, {' '.join(WORDS[n:])}?" for n in range(count)]
    return QuestionBank(
        tuple(
            BankLine(
                policy_id="noord",
                sections=(str(number),),
                key=(f"x{word}",),
                questions=tuple(question.format(word) for question in questions),
            )
            for number, word in enumerate(SUBJECTS, 1)
        )
    )


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small encoder in which a subject and what the passages call it have nothing in common."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = ["<unk>", *SUBJECTS, *(f"x{word}" for word in SUBJECTS), *WORDS, "voor", "geldt", "deel", "beleid", "staat"]
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    rows = np.random.default_rng(1).standard_normal((len(words), 16)).astype(np.float32)
    rows[0] = 0
    folder = tmp_path_factory.mktemp("base")
    save(tokenizer, rows, folder)
    return folder


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few, large steps, on one thread: two wait for each other on a busy machine, longer than such steps take."""
    import torch

    torch.set_num_threads(1)
    monkeypatch.setattr(torch, "set_num_threads", lambda _count: None)
    monkeypatch.setattr(fitting, "STEPS", 30)
    monkeypatch.setattr(fitting, "LEARNING_RATE", 0.1)


def fit(base: Path, out: Path, seed: int = 0, texts: tuple[PolicyText, ...] = (TEXT,)) -> Fit:
    return fit_encoder(bank(), texts, out, seed=seed, base=base)


def test_a_fit_helps_questions_that_it_has_not_seen(base: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    made = fit_encoder(bank(), [TEXT], tmp_path / "uit", base=base, progress=lambda *step: told.append(step))
    assert made.after["mrr"] > made.before["mrr"] + 0.1
    assert all(0 <= share <= 1 for figures in (made.before, made.after) for share in figures.values())
    assert (made.questions, made.held_out) == (58, 6)
    assert (made.bank, made.policies, made.seed) == (bank().fingerprint, ("noord",), 0)
    assert 0 < made.steps <= 30
    assert made.base == StaticEncoder(base).name
    assert told[-1] == ("leren", 30, 30)
    assert {path.name for path in (tmp_path / "uit").iterdir()} == FILES
    assert read_fit(tmp_path / "uit") == made
    assert [path.name for path in tmp_path.iterdir()] == ["uit"]


def test_the_weights_written_are_those_that_were_measured(base: Path, tmp_path: Path) -> None:
    fit(base, tmp_path / "uit")
    encoder = open_encoder(str(tmp_path / "uit"))
    questions = [question for line in bank().lines for question in line.questions]
    cosines = encoder.encode_queries(questions) @ encoder.encode_passages([p.text for p in TEXT.passages]).T
    first = cosines.argmax(axis=1) == np.repeat(np.arange(len(SUBJECTS)), 8)
    assert first.mean() > 0.8


def test_the_same_seed_gives_the_same_weights(base: Path, tmp_path: Path) -> None:
    made = [fit(base, tmp_path / str(n), seed) for n, seed in enumerate((0, 0, 1))]
    names = [StaticEncoder(tmp_path / str(n)).name for n in range(3)]
    assert made[0] == made[1]
    assert names[0] == names[1]
    assert names[2] != names[0]


def test_a_piece_that_says_nothing_learns_nothing(base: Path, tmp_path: Path) -> None:
    fit(base, tmp_path / "uit")
    assert not StaticEncoder(tmp_path / "uit").encode_queries(["onbekend ???"]).any()


def test_an_original_and_its_restatement_both_answer(base: Path, tmp_path: Path) -> None:
    policy = TEXT.policy.model_copy(update={"authority": "restatement"})
    made = fit(base, tmp_path / "uit", texts=(TEXT, TEXT.model_copy(update={"policy": policy})))
    assert (made.questions + made.held_out, made.policies) == (64, ("noord",))


def test_a_fit_without_a_gain_writes_the_base(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "LEARNING_RATE", 0.0)
    made = fit(base, tmp_path / "uit")
    assert (made.steps, made.after) == (0, made.before)
    texts = ["hoe is vervoer geregeld"]
    assert np.allclose(
        StaticEncoder(tmp_path / "uit").encode_queries(texts), StaticEncoder(base).encode_queries(texts), atol=0.01
    )


@pytest.mark.parametrize(("questions", "enough"), [(MIN_QUESTIONS - 1, False), (MIN_QUESTIONS, True)])
def test_too_few_questions(base: Path, tmp_path: Path, questions: int, enough: bool) -> None:
    texts = tuple(f"Hoe is zolen geregeld {number}?" for number in range(questions))
    few = QuestionBank((BankLine(policy_id="noord", sections=("1",), key=("xzolen",), questions=texts),))
    if enough:
        assert fit_encoder(few, [TEXT], tmp_path / "uit", base=base).questions == questions - questions // 10
        return
    with pytest.raises(BankError, match=rf"{questions} questions .* at least {MIN_QUESTIONS}"):
        fit_encoder(few, [TEXT], tmp_path / "uit", base=base)
    assert list(tmp_path.iterdir()) == []


def test_questions_of_other_policies_do_not_count(base: Path, tmp_path: Path) -> None:
    with pytest.raises(BankError, match="0 questions"):
        fit_encoder(bank(), [policy_text("zuid", [("Deel", ["Voor xzolen geldt dit."])])], tmp_path / "uit", base=base)


# Where the weights go


def test_a_fit_replaces_an_earlier_one_as_a_whole(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "diep" / "uit"
    fit(base, out, seed=1)
    (out / "oud.txt").write_text("oud")
    fit(base, out, seed=0)
    assert {path.name for path in out.iterdir()} == FILES
    assert [path.name for path in out.parent.iterdir()] == ["uit"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_no_fit_is_not_replaced(base: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "uit"
    mine = out if kind == "file" else out / "van-mij.txt"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("van mij")
    with pytest.raises(ConfigurationError, match="would be replaced"):
        fit(base, out)
    assert mine.read_text() == "van mij"


def test_an_empty_folder_may_be_filled(base: Path, tmp_path: Path) -> None:
    (tmp_path / "uit").mkdir()
    fit(base, tmp_path / "uit")
    assert {path.name for path in (tmp_path / "uit").iterdir()} == FILES


def test_a_folder_that_cannot_be_made(base: Path, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        fit(base, tmp_path / "bestand" / "uit")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device"), MemoryError()])
@pytest.mark.parametrize("earlier", [True, False])
def test_an_interrupt_leaves_what_was_there(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, earlier: bool
) -> None:
    out = tmp_path / "uit"
    if earlier:
        fit(base, out, seed=1)
    before = {path.name: path.read_bytes() for path in out.iterdir()} if earlier else None

    def half(_tokenizer: object, _rows: object, folder: Path) -> None:
        (folder / "model.safetensors").write_bytes(b"half")
        raise error

    monkeypatch.setattr(fitting, "save", half)
    with pytest.raises(ConfigurationError if isinstance(error, OSError) else type(error)):
        fit(base, out)
    assert [path.name for path in tmp_path.iterdir()] == (["uit"] if earlier else [])
    if before is not None:
        assert {path.name: path.read_bytes() for path in out.iterdir()} == before
