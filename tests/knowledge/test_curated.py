"""What is curated about a snapshot's policies: written with it, opened as it was, and refused when damaged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ingest.prove_statements import prove_statements
from knowledge import curated as curated_module
from knowledge.bank import BankLine, QuestionBank, TiedQuestion
from knowledge.curated import Curated, card_encoder, card_questions, fingerprint_curated, write_curated
from knowledge.errors import SnapshotCorrupt
from knowledge.index_folder import hash_files, read_record, write_record
from knowledge.policy_words import PolicyGuesser
from knowledge.records import PolicyText
from knowledge.snapshot import Snapshot, open_snapshot
from knowledge.snapshot_build import build_snapshot
from knowledge.statements.proven import PolicyStatements
from tests.fakes import FakeEncoder, policy_text
from tests.small_rules import POLICY_ID, RULE_IDS, small_source, small_text
from tests.small_statements import absence, proof, said, statement, statement_file

FAMILY = "voorbeeld-fysio"
RULED = small_text()
RULES = small_source(RULED).rules[POLICY_ID]
CARDS = statement_file(
    statement("U tekent in het portaal.", proof("portaal"), id="portaal", about=said("tekenen", "signing")),
    statement("Een fax kan niet.", proof("fax"), id="fax"),
    absences=(absence("korting", id="korting", asks=["Krijg ik korting?", "rabat?", "Any discount?"]),),
    policy=FAMILY,
)
STATEMENTS = prove_statements(RULED, [CARDS])
OTHER = policy_text("ander-2026", [("Vervoer", ["Vervoer gaat met een taxi.", "De rit kost niets."])])
OTHER_STATEMENTS = prove_statements(
    OTHER, [statement_file(statement("Met een taxi.", proof("taxi"), proof("rit"), id="taxi"), policy="ander")]
)
TEXTS = (OTHER, RULED)
"""In the order of a snapshot."""
ALL_RULES, ALL_STATEMENTS = (RULES,), (STATEMENTS, OTHER_STATEMENTS)
CARD_COUNT = len(RULE_IDS) + 3


def place_of(text: PolicyText, number: int) -> int:
    """The place of a policy's passage among those of all texts."""
    return number + (0 if text is OTHER else len(OTHER.passages))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "snapshot"
    made.mkdir()
    write_curated(made, TEXTS, ALL_RULES, ALL_STATEMENTS, ())
    return made


def opened(folder: Path) -> Curated:
    return Curated.open(folder, card_encoder().dimensions)


# Written and opened


def test_the_cards_of_this_test_are_proven_in_part() -> None:
    assert [each.card.id for each in STATEMENTS.proven] == ["portaal", "korting"]
    assert [each.statement_id for each in STATEMENTS.refused] == ["fax"]
    assert [len(each.spots) for each in OTHER_STATEMENTS.proven] == [2]


def test_what_is_opened_is_what_was_written(folder: Path) -> None:
    made = opened(folder)
    assert made.rules == {POLICY_ID: RULES}
    assert made.statements == {"ander-2026": OTHER_STATEMENTS, POLICY_ID: STATEMENTS}
    assert list(made.statements) == ["ander-2026", POLICY_ID]
    assert [rule.id for rule in made.proven_rules] == RULE_IDS
    assert [each.card.id for each in made.proven_statements] == ["taxi", "portaal", "korting"]
    assert list(made.asks.questions) == card_questions(TEXTS, ALL_RULES, made.statements.values(), ())  # type: ignore[arg-type]
    assert [each.policy_id for each in made.words] == ["ander-2026", POLICY_ID]


def test_the_order_in_which_it_is_given_does_not_matter(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    write_curated(again, TEXTS, ALL_RULES[::-1], ALL_STATEMENTS[::-1], ())
    for name in (
        "rules.json",
        "statements.json",
        "words.json",
        "asked_words.json",
        "cards/questions.json",
        "cards/vectors.npy",
    ):
        assert (again / name).read_bytes() == (folder / name).read_bytes(), name


def test_without_cards_there_is_nothing(tmp_path: Path) -> None:
    write_curated(tmp_path, TEXTS, (), (), ())
    made = opened(tmp_path)
    assert (dict(made.rules), dict(made.statements), len(made.asks)) == ({}, {}, 0)
    assert (made.proven_rules, made.proven_statements) == ((), ())
    assert PolicyGuesser(made.words).log_shares("taxi") == {}


# The questions


def test_rules_come_first_then_statements_by_policy(folder: Path) -> None:
    """Each card by its questions and by its titles in both languages."""
    made = opened(folder)
    by_card: dict[int, list[TiedQuestion]] = {}
    for question in made.asks.questions:
        assert len(question.passages) == 1
        assert not question.borrowed
        by_card.setdefault(question.passages[0], []).append(question)
    assert set(by_card) == set(range(CARD_COUNT))
    cards = [(each.policy_id, each.rule.asks, each.rule.title) for each in made.proven_rules]
    cards += [(each.policy_id, each.card.asks, each.card.about) for each in made.proven_statements]
    for number, (policy_id, own, named) in enumerate(cards):
        assert {question.text for question in by_card[number]} == {*own, named.nl, named.en}
        assert {question.policy_id for question in by_card[number]} == {policy_id}


def test_questions_of_a_policy_stand_together(folder: Path) -> None:
    ids = [question.policy_id for question in opened(folder).asks.questions]
    assert ids == sorted(ids)
    assert set(ids) == {"ander-2026", POLICY_ID}


def test_a_question_finds_its_card(folder: Path) -> None:
    made = opened(folder)
    for text, number in (
        ("Krijg ik korting?", CARD_COUNT - 1),
        ("Wanneer krijg ik antwoord?", RULE_IDS.index("reply")),
    ):
        (vector,) = card_encoder().encode_queries([text])
        cosines = made.asks.cosines(vector)
        assert int(cosines.argmax()) == number
        assert cosines[number] == pytest.approx(1, abs=1e-3)


def test_words_are_those_of_questions_and_texts(folder: Path) -> None:
    guesser = PolicyGuesser(opened(folder).words)
    for text, policy_id in (("Krijg ik korting?", POLICY_ID), ("rit", "ander-2026"), ("opleidingsplek", POLICY_ID)):
        shares = guesser.log_shares(text)
        assert max(shares, key=lambda each: shares[each]) == policy_id, text


PORTAL = STATEMENTS.proven[0]


@pytest.mark.parametrize(
    ("passage", "keys", "cards"),
    [
        (0, (("portaal",),), ["portaal"]),
        (0, (("PORTAAL", "tekent  de"),), ["portaal"]),
        (0, (("post",),), []),
        (0, (("portaal", "post"),), []),
        (0, ((),), []),
        (0, (), []),
        (1, (("portaal",),), []),
    ],
)
def test_the_banks_questions_tie_to_the_statement_whose_spot_holds_their_key(
    passage: int, keys: tuple[tuple[str, ...], ...], cards: list[str]
) -> None:
    """Borrowed, behind its own; a question without a key ties to nothing."""
    question = TiedQuestion("Waar teken ik?", POLICY_ID, (place_of(RULED, passage),), keys)
    tied = [
        each for each in card_questions(TEXTS, ALL_RULES, (OTHER_STATEMENTS, STATEMENTS), [question]) if each.borrowed
    ]
    proven = [*OTHER_STATEMENTS.proven, *STATEMENTS.proven]
    assert [proven[each.passages[0] - len(RULE_IDS)].card.id for each in tied] == cards
    assert {(each.text, each.policy_id) for each in tied} <= {("Waar teken ik?", POLICY_ID)}


def test_a_question_of_several_spots_ties_once_to_each_card() -> None:
    places = tuple(place_of(OTHER, number) for number in (0, 1))
    question = TiedQuestion("Hoe ver rijdt de taxi?", "ander-2026", places, (("taxi",), ("rit",)))
    tied = [
        each for each in card_questions(TEXTS, ALL_RULES, (OTHER_STATEMENTS, STATEMENTS), [question]) if each.borrowed
    ]
    assert [each.passages for each in tied] == [(len(RULE_IDS),)]


def test_what_an_absence_says_nearby_takes_no_question_of_the_bank() -> None:
    near = prove_statements(
        RULED, [statement_file(absences=(absence("korting", proofs=[proof("portaal")]),), policy=FAMILY)]
    )
    assert near.proven[0].spots
    question = TiedQuestion("Waar teken ik?", POLICY_ID, (place_of(RULED, 0),), (("portaal",),))
    assert not any(each.borrowed for each in card_questions(TEXTS, (), (near,), [question]))


# The fingerprint


def without_last(statements: PolicyStatements) -> PolicyStatements:
    return statements.model_copy(update={"proven": statements.proven[:-1]})


def test_the_fingerprint_changes_with_any_card_and_with_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    first = fingerprint_curated(ALL_RULES, ALL_STATEMENTS)
    other = [
        fingerprint_curated((), ALL_STATEMENTS),
        fingerprint_curated(ALL_RULES, ()),
        fingerprint_curated(ALL_RULES, ALL_STATEMENTS[:1]),
        fingerprint_curated(ALL_RULES, (without_last(STATEMENTS), OTHER_STATEMENTS)),
        fingerprint_curated(ALL_RULES, (STATEMENTS.model_copy(update={"refused": ()}), OTHER_STATEMENTS)),
    ]
    assert fingerprint_curated(ALL_RULES, ALL_STATEMENTS[::-1]) == first
    monkeypatch.setattr(curated_module, "card_encoder", lambda: FakeEncoder(name="cards:other"))
    other.append(fingerprint_curated(ALL_RULES, ALL_STATEMENTS))
    assert len({first, *other}) == len(other) + 1


# In a snapshot


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index_dir = tmp_path_factory.mktemp("sound") / "index"
    line = BankLine(policy_id=POLICY_ID, sections=("1",), key=("portaal",), questions=("Waar zet ik mijn krabbel?",))
    build_snapshot(
        index_dir, TEXTS[::-1], FakeEncoder(), bank=QuestionBank((line,)), rules=ALL_RULES, statements=ALL_STATEMENTS
    ).close()
    return index_dir


def test_a_snapshot_keeps_what_is_curated(sound: Path) -> None:
    snapshot: Snapshot = open_snapshot(sound)
    snapshot.verify()
    snapshot.close()
    assert snapshot.rules == snapshot.curated.rules == {POLICY_ID: RULES}
    assert snapshot.curated.statements == {"ander-2026": OTHER_STATEMENTS, POLICY_ID: STATEMENTS}
    (borrowed,) = [each for each in snapshot.curated.asks.questions if each.borrowed]
    assert (borrowed.text, borrowed.passages) == ("Waar zet ik mijn krabbel?", (len(RULE_IDS) + 1,))


FILES = (
    "rules.json",
    "statements.json",
    "words.json",
    "asked_words.json",
    "cards/questions.json",
    "cards/vectors.npy",
    "cards/bm25/settings.json",
)


def test_every_file_is_among_those_that_are_checked(sound: Path) -> None:
    (folder,) = [path for path in sound.iterdir() if path.is_dir()]
    kept = {name for name in read_record(folder).files if name.startswith("cards/")}
    assert kept == {str(path.relative_to(folder)) for path in (folder / "cards").rglob("*") if path.is_file()}
    assert set(FILES) <= set(read_record(folder).files)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_snapshot_with_a_damaged_file_is_refused(sound: Path, tmp_path: Path, name: str, damage: str) -> None:
    """Also where the damage leaves a file that could be read."""
    copy = tmp_path / "index"
    shutil.copytree(sound, copy)
    (path,) = copy.glob(f"*/{name}")
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(SnapshotCorrupt, match=rf"{name} of snapshot .* is missing or changed"):
        open_snapshot(copy)


def rewritten(change: Callable[[list[list[object]]], object]) -> Callable[[Path], object]:
    def damage(folder: Path) -> None:
        path = folder / "cards" / "questions.json"
        rows = json.loads(path.read_text("utf-8"))
        change(rows)
        path.write_text(json.dumps(rows), "utf-8")

    return damage


UNFIT: dict[str, Callable[[Path], object]] = {
    "rules are no JSON": lambda folder: (folder / "rules.json").write_text("["),
    "rules of another kind": lambda folder: (folder / "rules.json").write_text('[{"policy": 3}]'),
    "statements are no JSON": lambda folder: (folder / "statements.json").write_text(""),
    "statements of another kind": lambda folder: (folder / "statements.json").write_text('[{"proven": []}]'),
    "words of another kind": lambda folder: (folder / "words.json").write_text("{}"),
    "no words": lambda folder: (folder / "words.json").unlink(),
    "words of no statement": lambda folder: (folder / "asked_words.json").write_text("[]"),
    "no questions": lambda folder: shutil.rmtree(folder / "cards"),
    "a card less": lambda folder: (folder / "rules.json").write_text("[]"),
    "a question too few": rewritten(lambda rows: rows.pop()),
    "a card that is not there": rewritten(lambda rows: rows[0].__setitem__(2, [CARD_COUNT])),
    "other dimensions": lambda folder: np.save(folder / "cards" / "vectors.npy", np.zeros((3, 4), np.float16)),
}


@pytest.mark.parametrize("damage", UNFIT.values(), ids=UNFIT)
def test_what_does_not_fit_together_is_not_opened(folder: Path, damage: Callable[[Path], object]) -> None:
    """The errors that make a snapshot refuse itself."""
    damage(folder)
    with pytest.raises((OSError, ValueError, SnapshotCorrupt)):
        opened(folder)


def test_another_snapshots_statements_are_found_out(sound: Path, tmp_path: Path) -> None:
    """Even with its hash put right: the questions name cards that are not there."""
    copy = tmp_path / "index"
    shutil.copytree(sound, copy)
    (folder,) = [path for path in copy.iterdir() if path.is_dir()]
    (folder / "statements.json").write_text("[]")
    record = read_record(folder)
    files = dict(record.files)
    files["statements.json"] = hash_files(folder)["statements.json"]
    write_record(folder, record.model_copy(update={"files": files}))
    with pytest.raises(SnapshotCorrupt, match="does not fit"):
        open_snapshot(copy)


def test_questions_encoded_by_another_encoder_are_refused(folder: Path) -> None:
    (folder / "card_encoder.txt").write_text("cards:of-another-fit", "utf-8")
    with pytest.raises(SnapshotCorrupt, match=r"another encoder of cards.*loket ingest"):
        opened(folder)
