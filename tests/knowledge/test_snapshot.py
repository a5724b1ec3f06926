"""Snapshots: built aside, verified, published at once, rolled back, and refused when damaged."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge import snapshot as snapshot_module
from knowledge import snapshot_build
from knowledge.errors import EncoderError, SnapshotBusy, SnapshotCorrupt, SnapshotError, SnapshotMissing
from knowledge.index_folder import FORMAT, building, published_id
from knowledge.records import Fact, PolicyText, Span
from knowledge.snapshot import Snapshot, open_snapshot
from knowledge.snapshot_build import STAGES, build_snapshot, passage_input, rollback
from knowledge.vectors import build_vectors
from tests.fakes import FakeEncoder, policy_text

ENCODER = FakeEncoder()
NORTH = policy_text(
    "noord",
    [
        ("Aanvragen", ["Aanvragen kan in het portaal.", "Bellen kan op werkdagen."]),
        ("Tarieven", ["Het tarief stijgt met de index.", "Het maximum staat in de bijlage."]),
    ],
    title="Beleid Noord",
)
SOUTH = policy_text("zuid", [("Aanvragen", ["Aanvragen kan in het portaal.", "Mail ons gerust."])], title="Beleid Zuid")
LATER = policy_text("later", [("Nieuw", ["Dit is een nieuwe passage.", "En nog een andere zin."])])


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "var" / "index"


@pytest.fixture
def opened() -> Iterator[Callable[[Snapshot], Snapshot]]:
    """Closes at the end of the test what the test opened."""
    held: list[Snapshot] = []

    def hold(snapshot: Snapshot) -> Snapshot:
        held.append(snapshot)
        return snapshot

    yield hold
    for snapshot in held:
        snapshot.close()


def build(index_dir: Path, *texts: PolicyText) -> str:
    built = build_snapshot(index_dir, texts or (SOUTH, NORTH), ENCODER)
    built.close()
    return built.id


def names(index_dir: Path) -> list[str]:
    return sorted(path.name for path in index_dir.iterdir())


def hashes(folder: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


def test_built_and_opened_it_holds_what_went_in(index_dir: Path, opened: Callable[[Snapshot], Snapshot]) -> None:
    report = {"fingerprints": {"noord": "abc"}, "pages": 3}
    built = opened(build_snapshot(index_dir, (SOUTH, NORTH), ENCODER, report=report))
    snapshot = opened(open_snapshot(index_dir))
    assert snapshot.id == built.id == published_id(index_dir)
    assert snapshot.folder == built.folder == index_dir / built.id
    assert snapshot.texts == built.texts == {"noord": NORTH, "zuid": SOUTH}
    assert snapshot.policies == {"noord": NORTH.policy, "zuid": SOUTH.policy}
    assert snapshot.passages == (*NORTH.passages, *SOUTH.passages)
    assert snapshot.positions["zuid#1"] == 4
    assert (snapshot.encoder_name, snapshot.dimensions) == (ENCODER.name, ENCODER.dimensions)
    assert snapshot.report == report
    assert snapshot.previous is None
    assert snapshot.built_at.utcoffset() is not None
    assert not snapshot.vectors.degraded
    snapshot.verify()
    built.verify()


def test_both_legs_have_the_order_of_the_passages(index_dir: Path, opened: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = opened(build_snapshot(index_dir, (SOUTH, NORTH), ENCODER))
    assert int(snapshot.lexical.scores("het tarief en de index").argmax()) == 2
    inputs = [passage_input(snapshot.policies[p.policy_id], p) for p in snapshot.passages]
    for position, vector in enumerate(ENCODER.encode_passages(inputs)):
        assert snapshot.vectors.query(vector, 1)[0][0] == snapshot.passages[position].id
        assert int(snapshot.exact.similarities(vector).argmax()) == position
    assert {i for i, _ in snapshot.vectors.query(vector, 9, {"policy_id": {"$in": ["zuid"]}})} == {"zuid#1", "zuid#2"}


def test_the_encoder_reads_the_title_and_the_headings() -> None:
    read = passage_input(NORTH.policy, NORTH.passages[0])
    assert read == "Beleid Noord\n1 Aanvragen\nAanvragen kan in het portaal."


def test_the_stages_are_told_in_order(index_dir: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build_snapshot(index_dir, [NORTH], ENCODER, progress=lambda *step: told.append(step)).close()
    assert tuple(dict.fromkeys(stage for stage, _, _ in told)) == STAGES
    assert all(0 <= done <= total for _, done, total in told)


def test_nothing_published_yet(index_dir: Path) -> None:
    with pytest.raises(SnapshotMissing, match="ingest"):
        open_snapshot(index_dir)
    with pytest.raises(SnapshotMissing):
        rollback(index_dir)


def test_reading_writes_nothing_in_the_index_folder(index_dir: Path) -> None:
    build(index_dir)
    before = hashes(index_dir)
    snapshot = open_snapshot(index_dir)
    snapshot.vectors.query(ENCODER.encode_queries(["tarief"])[0], 3)
    snapshot.verify()
    snapshot.close()
    assert hashes(index_dir) == before


def test_the_newest_three_are_kept(index_dir: Path) -> None:
    made = [build(index_dir) for _ in range(5)]
    assert names(index_dir) == sorted([".lock", "CURRENT", *made[-3:]])
    assert open_snapshot(index_dir).previous == made[-2]


def test_a_reader_outlives_its_folder(index_dir: Path, opened: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = opened(build_snapshot(index_dir, [NORTH], ENCODER))
    for _ in range(3):
        build(index_dir, LATER)
    assert not snapshot.folder.exists()
    snapshot.verify()
    assert snapshot.lexical.scores("tarief").argmax() == 2


def test_rollback_goes_back_step_by_step(index_dir: Path) -> None:
    made = [build(index_dir, text) for text in (NORTH, SOUTH, LATER)]
    assert rollback(index_dir) == made[1]
    assert open_snapshot(index_dir).texts == {"zuid": SOUTH}
    assert rollback(index_dir) == made[0]
    with pytest.raises(SnapshotMissing, match="no predecessor"):
        rollback(index_dir)
    assert open_snapshot(index_dir).id == made[0]


def test_a_build_after_a_rollback_can_be_rolled_back_to_what_was_live(index_dir: Path) -> None:
    made = [build(index_dir, text) for text in (NORTH, SOUTH, LATER)]
    rollback(index_dir)
    rollback(index_dir)
    newest = build(index_dir, LATER)
    assert open_snapshot(index_dir).previous == made[0]
    assert (index_dir / made[0]).exists()
    assert rollback(index_dir) == made[0]
    assert (index_dir / newest).exists()


def test_a_damaged_predecessor_is_not_published(index_dir: Path) -> None:
    made = [build(index_dir), build(index_dir)]
    (index_dir / made[0] / "vectors.npy").write_bytes(b"")
    with pytest.raises(SnapshotCorrupt):
        rollback(index_dir)
    assert published_id(index_dir) == made[1]


def test_leftovers_are_cleared_and_strangers_are_not(index_dir: Path) -> None:
    made = build(index_dir)
    for name in (f".{made}.tmp", f".{made}.old"):
        shutil.copytree(index_dir / made, index_dir / name)
    (index_dir / ".CURRENT.tmp").write_text("half")
    (index_dir / "notes").mkdir()
    newer = build(index_dir)
    assert names(index_dir) == sorted([".lock", "CURRENT", "notes", made, newer])


# Refused before anything is published

HEADED = NORTH.passages[0]


def changed(text: PolicyText, /, **fields: object) -> PolicyText:
    """`text` with its first passage changed."""
    first, *others = text.passages
    return text.model_copy(update={"passages": (first.model_copy(update=fields), *others)})


STRAY_FACT = Fact(
    id="f",
    policy_id="noord",
    kind="contact",
    topic="portaal",
    value="x",
    passage_id="zuid#1",
    spans=(Span(start=0, end=1),),
)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([], "no passage"),
        ([NORTH.model_copy(update={"passages": ()})], "no passage"),
        ([NORTH, NORTH], "'noord' is used twice"),
        ([changed(NORTH, id="noord#2")], "'noord#2' is used twice"),
        ([changed(NORTH, policy_id="zuid")], "no section of policy"),
        ([changed(NORTH, section_id="s9")], "no section of policy"),
        ([changed(NORTH, section_id="s2")], "does not lie within section s2"),
        ([changed(NORTH, end=HEADED.start)], "does not lie within"),
        ([changed(NORTH, end=HEADED.end + 1)], "differs from the text"),
        ([changed(NORTH, start=HEADED.start + 1)], "differs from the text"),
        ([changed(NORTH, text=HEADED.text.upper())], "differs from the text"),
        ([changed(NORTH, lead=(Span(start=0, end=3),))], "differs from the text"),
        ([NORTH.model_copy(update={"facts": (STRAY_FACT,)})], "fact f stands in no passage"),
    ],
)
def test_texts_that_contradict_themselves(index_dir: Path, texts: list[PolicyText], said: str) -> None:
    made = build(index_dir)
    with pytest.raises(SnapshotCorrupt, match=said):
        build_snapshot(index_dir, texts, ENCODER)
    assert names(index_dir) == sorted([".lock", "CURRENT", made])


def test_a_lead_stands_before_the_text(index_dir: Path, opened: Callable[[Snapshot], Snapshot]) -> None:
    lead = Span(start=0, end=len("1 Aanvragen"))
    led = changed(NORTH, lead=(lead,), text=f"1 Aanvragen\n{HEADED.text}")
    opened(build_snapshot(index_dir, [led], ENCODER)).verify()


class BadEncoder(FakeEncoder):
    """Gives what `spoil` makes of the right vectors."""

    def __init__(self, spoil: Callable[[NDArray[np.float32]], NDArray[np.float32]]) -> None:
        """Keep `spoil` for each batch."""
        super().__init__()
        self._spoil = spoil

    def encode_passages(self, texts: object) -> NDArray[np.float32]:
        return self._spoil(super().encode_passages(texts))  # type: ignore[arg-type]  # handed on as it came


@pytest.mark.parametrize(
    "spoil",
    [lambda rows: rows * 2, lambda rows: rows[:, 1:], lambda rows: rows[1:], lambda rows: rows * np.float32("nan")],
    ids=["length", "dimensions", "rows", "nan"],
)
def test_an_encoder_that_breaks_its_promise(
    index_dir: Path, spoil: Callable[[NDArray[np.float32]], NDArray[np.float32]]
) -> None:
    made = build(index_dir)
    with pytest.raises(EncoderError):
        build_snapshot(index_dir, [NORTH], BadEncoder(spoil))
    assert names(index_dir) == sorted([".lock", "CURRENT", made])


def test_a_passage_that_the_encoder_cannot_read_is_still_found_by_its_words(
    index_dir: Path, opened: Callable[[Snapshot], Snapshot]
) -> None:
    silent = BadEncoder(lambda rows: np.concatenate([rows[:1] * 0, rows[1:]]))
    snapshot = opened(build_snapshot(index_dir, [NORTH], silent))
    snapshot.verify()
    assert int(snapshot.lexical.scores("portaal").argmax()) == 0


def test_vectors_of_the_wrong_passages_are_found_out(index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build(index_dir)
    monkeypatch.setattr(
        snapshot_build, "build_vectors", lambda folder, ids, rows, data: build_vectors(folder, ids, rows[::-1], data)
    )
    with pytest.raises(SnapshotCorrupt, match="do not find themselves"):
        build_snapshot(index_dir, [NORTH], ENCODER)
    assert names(index_dir) == sorted([".lock", "CURRENT", made])


def test_vectors_that_are_missing_are_found_out(index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        snapshot_build,
        "build_vectors",
        lambda folder, ids, rows, data: build_vectors(folder, ids[1:], rows[1:], data[1:]),
    )
    with pytest.raises(SnapshotCorrupt, match="holds 3 passages, wanted 4"):
        build_snapshot(index_dir, [NORTH], ENCODER)


@pytest.mark.parametrize("stage", STAGES)
def test_a_failure_at_any_stage_leaves_the_old_or_the_new(index_dir: Path, stage: str) -> None:
    made = build(index_dir)

    def fail(told: str, done: int, _total: int) -> None:
        if (told, done) == (stage, 0):
            raise OSError(28, "No space left on device")

    with pytest.raises((SnapshotError, OSError), match="No space left"):
        build_snapshot(index_dir, [LATER], ENCODER, progress=fail)
    snapshot = open_snapshot(index_dir)
    assert (snapshot.id == made) == (stage != "clean")
    assert len(names(index_dir)) == (4 if stage == "clean" else 3)
    snapshot.close()


def test_a_full_disk_leaves_the_published_snapshot(index_dir: Path) -> None:
    """Every file that the build writes may be 20 kB at most: NumPy, bm25s or Chroma hits that."""
    made = build(index_dir)
    script = (
        "import resource, signal, sys; from pathlib import Path;"
        "from knowledge.errors import SnapshotError; from knowledge.snapshot_build import build_snapshot;"
        "from tests.knowledge.test_snapshot import ENCODER, LATER;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try: build_snapshot(Path(sys.argv[1]), [LATER], ENCODER)\n"
        "except SnapshotError as error: print(error)\n"
        "else: sys.exit('built')"
    )
    done = subprocess.run([sys.executable, "-c", script, str(index_dir)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "write" in done.stdout
    assert names(index_dir) == sorted([".lock", "CURRENT", made])
    snapshot = open_snapshot(index_dir)
    snapshot.verify()
    snapshot.close()


# One writer


def test_a_second_process_is_told_at_once_who_builds(index_dir: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from knowledge.index_folder import building\n"
        "with building(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(index_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(SnapshotBusy, match=f"process {holder.pid} "):
            build(index_dir)
        with pytest.raises(SnapshotBusy, match=f"process {holder.pid} "):
            rollback(index_dir)
        assert names(index_dir) == [".lock"]
    finally:
        holder.kill()
        holder.wait()
        holder.stdin.close()
        holder.stdout.close()
    build(index_dir)  # the kernel released the dead holder's lock


def test_another_thread_is_busy_and_the_same_may_nest(index_dir: Path) -> None:
    caught: list[type[BaseException]] = []

    def contend() -> None:
        try:
            build(index_dir)
        except SnapshotBusy as error:
            caught.append(type(error))

    with building(index_dir):
        thread = threading.Thread(target=contend)
        thread.start()
        thread.join()
        build(index_dir)
    assert caught == [SnapshotBusy]


def test_an_index_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("")
    with pytest.raises(SnapshotError, match="choose another"):
        build(tmp_path / "index")
    with pytest.raises(SnapshotMissing):
        open_snapshot(tmp_path / "index")


# Damage


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "removed": Path.unlink,
    "emptied": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "flipped": flip,
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index_dir = tmp_path_factory.mktemp("sound") / "index"
    build(index_dir, NORTH)
    return index_dir


def damaged_copy(sound: Path, tmp_path: Path, pattern: str, damage: Callable[[Path], object]) -> Path:
    copy = tmp_path / "index"
    shutil.copytree(sound, copy)
    [path] = copy.glob(f"*/{pattern}")
    damage(path)
    return copy


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(
    "pattern",
    [
        "snapshot.json",
        "policies/noord.json",
        "vectors.npy",
        "bm25/stems/scores.npy",
        "bm25/settings.json",
        "rules.json",
        "statements.json",
        "words.json",
        "cards/questions.json",
        "cards/vectors.npy",
    ],
)
def test_a_damaged_file_is_refused(sound: Path, tmp_path: Path, pattern: str, damage: str) -> None:
    copy = damaged_copy(sound, tmp_path, pattern, DAMAGES[damage])
    with pytest.raises(SnapshotCorrupt, match="roll back or build"):
        open_snapshot(copy)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(
    "pattern",
    ["chroma/chroma.sqlite3", "chroma/*/index_metadata.pickle", "chroma/*/data_level0.bin", "chroma/*/header.bin"],
)
def test_damaged_chroma_files_leave_exact_search(
    sound: Path, tmp_path: Path, pattern: str, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    snapshot = open_snapshot(damaged_copy(sound, tmp_path, pattern, DAMAGES[damage]))
    assert snapshot.vectors.degraded
    assert "without Chroma" in caplog.text
    vector = ENCODER.encode_passages([passage_input(NORTH.policy, NORTH.passages[3])])[0]
    assert snapshot.vectors.query(vector, 1)[0][0] == "noord#4"
    with pytest.raises(SnapshotCorrupt, match="Chroma"):
        snapshot.verify()
    snapshot.close()


def test_a_missing_chroma_folder_leaves_exact_search(sound: Path, tmp_path: Path) -> None:
    snapshot = open_snapshot(damaged_copy(sound, tmp_path, "chroma", shutil.rmtree))
    assert snapshot.vectors.degraded


@pytest.mark.parametrize("said", ["", "nonsense", "../elsewhere", "20260101T000000000Z-0123abcd"])
def test_a_pointer_to_nothing_is_refused_and_mended_by_a_build(sound: Path, tmp_path: Path, said: str) -> None:
    copy = tmp_path / "index"
    shutil.copytree(sound, copy)
    (copy / "CURRENT").write_text(said)
    with pytest.raises(SnapshotCorrupt):
        open_snapshot(copy)
    made = build(copy, LATER)
    assert open_snapshot(copy).id == made


def test_another_format_is_refused(sound: Path, tmp_path: Path) -> None:
    def age(path: Path) -> None:
        path.write_text(json.dumps({**json.loads(path.read_text()), "format": 0}))

    with pytest.raises(SnapshotCorrupt, match=f"format 0, wanted {FORMAT}"):
        open_snapshot(damaged_copy(sound, tmp_path, "snapshot.json", age))


def test_a_snapshot_replaced_while_it_is_opened_is_opened_anew(
    index_dir: Path, monkeypatch: pytest.MonkeyPatch, opened: Callable[[Snapshot], Snapshot]
) -> None:
    build(index_dir)
    right = snapshot_module.open_folder
    seen: list[Path] = []

    def slow(folder: Path, *_: object) -> Snapshot:
        seen.append(folder)
        if len(seen) == 1:
            monkeypatch.setattr(snapshot_module, "open_folder", right)
            build(index_dir, LATER)
            shutil.rmtree(folder)
            monkeypatch.setattr(snapshot_module, "open_folder", slow)
        return right(folder)

    monkeypatch.setattr(snapshot_module, "open_folder", slow)
    assert opened(open_snapshot(index_dir)).texts == {"later": LATER}
    assert len(seen) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_index_folder_can_be_read(sound: Path, tmp_path: Path) -> None:
    copy = tmp_path / "index"
    shutil.copytree(sound, copy)
    for path in [*copy.rglob("*"), copy]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    snapshot = open_snapshot(copy)
    assert not snapshot.vectors.degraded
    snapshot.close()
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755)
