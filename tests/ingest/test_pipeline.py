"""From a folder to a published snapshot: only what changed is done again, and an error publishes nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest import pipeline, sandbox
from ingest.pipeline import check, ingest, read_policies
from ingest.report import Report
from ingest.source import SourceDocument
from knowledge.bank import BankLine, QuestionBank
from knowledge.errors import EncoderError, LoketError, ManifestError, SnapshotBusy, SnapshotMissing, SourceError
from knowledge.index_folder import building, published_id
from knowledge.snapshot import Snapshot, open_snapshot
from knowledge.snapshot_build import STAGES, passage_input, rollback
from tests.conftest import ROOT, entry, forbid_reading, policy_markdown, write_manifest, write_policies
from tests.fakes import FakeEncoder

NAMES = ("logopedie", "dietetiek")
TEXTS = {name: policy_markdown(name) for name in NAMES}
EXTRA = "Een praktijk meldt een verhuizing vier weken vooraf."


class CountingEncoder(FakeEncoder):
    """Remembers what it was given."""

    def __init__(self, name: str = "fake-hashing") -> None:
        super().__init__(name=name)
        self.given: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.given += texts
        return super().encode_passages(texts)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """An index folder of the first ingest, to copy, and its report."""
    base = tmp_path_factory.mktemp("built")
    return base / "index", build(write_policies(base / "beleid", TEXTS), base / "index")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_policies(tmp_path / "beleid", TEXTS)


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "var" / "index"


@pytest.fixture
def first(built: tuple[Path, Report], index_dir: Path) -> Report:
    """The report of the first ingest, which is published in `index_dir`."""
    shutil.copytree(built[0], index_dir)
    return built[1]


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    names: list[str] = []

    def read(path: Path) -> SourceDocument:
        names.append(path.name)
        return real(path)

    real = sandbox.read_document
    monkeypatch.setattr(pipeline, "read_document", read)
    return names


def build(folder: Path, index_dir: Path, encoder: FakeEncoder | None = None) -> Report:
    return ingest(folder, index_dir, encoder or FakeEncoder())


def add(folder: Path, name: str, *paragraphs: str) -> None:
    """Rewrite a policy with more paragraphs."""
    (folder / f"{name}.md").write_text(policy_markdown(name, *paragraphs), "utf-8")


def served(index_dir: Path) -> Snapshot:
    """The published snapshot, checked, as far as it is of use closed."""
    snapshot = open_snapshot(index_dir)
    snapshot.verify()
    snapshot.close()
    return snapshot


def hashes(folder: Path) -> dict[str, str]:
    """Every file but the lock."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def check_vectors(snapshot: Snapshot, encoder: FakeEncoder) -> None:
    """Each passage has its own vector, remembered or made anew."""
    inputs = [passage_input(snapshot.policies[passage.policy_id], passage) for passage in snapshot.passages]
    assert np.array_equal(snapshot.exact.vectors, encoder.encode_passages(inputs))


def reused(report: Report) -> dict[str, bool]:
    return {policy.policy_id: policy.reused for policy in report.policies}


# What is published and reported


def test_the_first_ingest(folder: Path, index_dir: Path) -> None:
    report = build(folder, index_dir)
    snapshot = served(index_dir)
    assert report.published
    assert report.snapshot_id == snapshot.id == published_id(index_dir)
    assert [policy.policy_id for policy in report.policies] == list(NAMES)
    for policy in report.policies:
        text = snapshot.texts[policy.policy_id]
        assert policy.file == f"{policy.policy_id}.md"
        assert (policy.pages, policy.sections, policy.facts) == (0, 5, 2)
        assert policy.passages == len(text.passages) > 3
        assert not policy.reused
    assert report.changes == tuple(f"added: {p.policy_id} ({p.passages} passages)" for p in report.policies)
    assert [fact.dates[0].first.isoformat() for fact in snapshot.texts["logopedie"].facts] == [
        "2026-03-03",
        "2026-04-15",
    ]
    assert snapshot.report["policies"][0]["policy_id"] == "logopedie"
    check_vectors(snapshot, FakeEncoder())


def test_nothing_changed(folder: Path, index_dir: Path, first: Report, read_files: list[str]) -> None:
    before = hashes(index_dir)
    encoder = CountingEncoder()
    again = build(folder, index_dir, encoder)
    assert (again.published, again.snapshot_id, again.changes) == (False, first.snapshot_id, ())
    assert reused(again) == dict.fromkeys(NAMES, True)
    assert (read_files, encoder.given) == ([], [])
    assert hashes(index_dir) == before


def touch(folder: Path) -> None:
    os.utime(folder / "logopedie.md", (0, 0))


def other_order(folder: Path) -> None:
    write_manifest(folder, *(entry(name) for name in reversed(NAMES)))


def spelt_out(folder: Path) -> None:
    write_manifest(folder, entry("logopedie", authority="original", labels=[]), entry("dietetiek"))


@pytest.mark.parametrize("change", [touch, other_order, spelt_out])
def test_what_is_no_change(
    folder: Path, index_dir: Path, first: Report, read_files: list[str], change: Callable[[Path], None]
) -> None:
    change(folder)
    again = build(folder, index_dir)
    assert (again.published, again.snapshot_id, again.changes) == (False, first.snapshot_id, ())
    assert read_files == []


def test_one_file_changed(folder: Path, index_dir: Path, first: Report, read_files: list[str], tmp_path: Path) -> None:
    before = served(index_dir)
    encoder = CountingEncoder()
    add(folder, "dietetiek", EXTRA)
    report = build(folder, index_dir, encoder)
    assert read_files == ["dietetiek.md"]
    assert report.published
    assert reused(report) == {"logopedie": True, "dietetiek": False}
    snapshot = served(index_dir)
    assert snapshot.previous == before.id
    assert snapshot.texts["logopedie"] == before.texts["logopedie"]
    new = [passage for passage in snapshot.passages if EXTRA in passage.text]
    assert len(new) == 1
    gone = {p.text for p in before.passages} - {p.text for p in snapshot.passages}
    assert report.changes == (f"changed: dietetiek (1 passages new, {len(gone)} gone)",)
    assert encoder.given == [passage_input(snapshot.policies["dietetiek"], new[0])]
    check_vectors(snapshot, encoder)
    # What was carried over is what a build from nothing makes.
    build(folder, tmp_path / "other")
    assert served(tmp_path / "other").texts == snapshot.texts


def test_only_the_manifest_entry_changed(folder: Path, index_dir: Path, first: Report, read_files: list[str]) -> None:
    write_manifest(folder, entry("logopedie"), entry("dietetiek", title="Voedingszorg 2026", authority="restatement"))
    encoder = CountingEncoder()
    report = build(folder, index_dir, encoder)
    assert report.published
    assert report.changes == ("changed: dietetiek (manifest entry only)",)
    assert "logopedie.md" not in read_files
    snapshot = served(index_dir)
    policy = snapshot.policies["dietetiek"]
    assert (policy.title, policy.authority) == ("Voedingszorg 2026", "restatement")
    assert len(encoder.given) == report.policies[1].passages, "the encoder reads the title too"
    check_vectors(snapshot, encoder)


def test_another_encoder_reads_all_passages_and_no_file(
    folder: Path, index_dir: Path, first: Report, read_files: list[str]
) -> None:
    encoder = CountingEncoder(name="another")
    report = build(folder, index_dir, encoder)
    assert report.published
    assert report.snapshot_id != first.snapshot_id
    assert report.changes == ()
    assert read_files == []
    assert len(encoder.given) == sum(policy.passages for policy in report.policies)
    assert served(index_dir).encoder_name == "another"


def test_another_recipe_reads_all_files(
    folder: Path, index_dir: Path, first: Report, read_files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "RECIPE", "another")
    assert build(folder, index_dir).published
    assert sorted(read_files) == ["dietetiek.md", "logopedie.md"]


def test_a_policy_added_and_one_removed(folder: Path, index_dir: Path, first: Report, read_files: list[str]) -> None:
    (folder / "dietetiek.md").unlink()
    add(folder, "kraamzorg")
    write_manifest(folder, entry("kraamzorg"), entry("logopedie"))
    report = build(folder, index_dir)
    assert report.changes == (f"added: kraamzorg ({report.policies[0].passages} passages)", "removed: dietetiek")
    assert read_files == ["kraamzorg.md"]
    assert set(served(index_dir).texts) == {"kraamzorg", "logopedie"}


def test_the_only_change_is_a_removal(folder: Path, index_dir: Path, first: Report) -> None:
    (folder / "dietetiek.md").unlink()
    write_manifest(folder, entry("logopedie"))
    report = build(folder, index_dir)
    assert (report.published, report.changes) == (True, ("removed: dietetiek",))


def test_a_file_renamed(folder: Path, index_dir: Path, first: Report) -> None:
    (folder / "dietetiek.md").rename(folder / "voeding.md")
    write_manifest(folder, entry("logopedie"), entry("dietetiek", file="voeding.md"))
    report = build(folder, index_dir)
    assert report.changes == ("changed: dietetiek (manifest entry only)",)
    assert served(index_dir).policies["dietetiek"].file == "voeding.md"


# The question bank


def bank_of(*keys: str, policy_id: str = "logopedie") -> QuestionBank:
    """A question for each key of the section on rates."""
    return QuestionBank(
        tuple(
            BankLine(policy_id=policy_id, sections=("3",), key=(key,), questions=(f"Wat weet u van {key}?",))
            for key in keys
        )
    )


def test_a_bank_is_tied_and_kept(folder: Path, index_dir: Path) -> None:
    report = ingest(folder, index_dir, FakeEncoder(), bank=bank_of("2,5 procent"))
    snapshot = served(index_dir)
    assert (report.questions.questions, report.questions.loose) == (1, ())
    (question,) = snapshot.bank.questions
    assert question.text == "Wat weet u van 2,5 procent?"
    assert ["2,5 procent" in snapshot.passages[place].text for place in question.passages] == [True]


# (bank at the first ingest, bank at the second, whether a new snapshot is due)
BANKS: list[tuple[QuestionBank | None, QuestionBank | None, bool]] = [
    (None, bank_of("2,5 procent"), True),
    (bank_of("2,5 procent"), bank_of("2,5 procent"), False),
    (bank_of("2,5 procent", "stijgt"), bank_of("stijgt", "2,5 procent"), False),
    (bank_of("2,5 procent"), bank_of("stijgt"), True),
    (bank_of("2,5 procent"), None, True),
    (None, QuestionBank(), False),
    (None, bank_of("2,5 procent", policy_id="elders"), False),  # of a policy that is not here
]


@pytest.mark.parametrize(("before", "after", "published"), BANKS)
def test_another_bank_is_a_change(
    folder: Path, index_dir: Path, before: QuestionBank | None, after: QuestionBank | None, published: bool
) -> None:
    first = ingest(folder, index_dir, FakeEncoder(), bank=before)
    encoder = CountingEncoder()
    again = ingest(folder, index_dir, encoder, bank=after)
    assert (again.published, again.changes) == (published, ())
    assert (again.snapshot_id == first.snapshot_id) is not published
    assert encoder.given == [], "no passage is encoded again"
    assert len(served(index_dir).bank) == len((after or QuestionBank()).only(NAMES).lines)


@pytest.mark.parametrize("run", ["ingest", "check"])
def test_lines_that_name_no_spot_are_reported_and_left_out(folder: Path, index_dir: Path, run: str) -> None:
    bank = QuestionBank((*bank_of("2,5 procent", "9 procent").lines, *bank_of("3 procent", policy_id="elders").lines))
    if run == "check":
        report = check(folder, bank=bank)
        assert not index_dir.exists()
    else:
        report = ingest(folder, index_dir, FakeEncoder(), bank=bank)
        assert len(served(index_dir).bank) == 1
    assert report.questions.questions == 1
    assert report.questions.loose == ("logopedie, section 3: key '9 procent' stands nowhere",)


def test_policies_can_be_read_alone(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    texts = read_policies(folder, lambda *step: told.append(step))
    assert [text.policy.id for text in texts] == list(NAMES)
    assert told == [("logopedie.md", 0, 2), ("dietetiek.md", 1, 2), ("", 2, 2)]
    empty_file(folder)
    with pytest.raises(SourceError, match=r"dietetiek\.md"):
        read_policies(folder)


def test_two_policies_with_the_same_words(tmp_path: Path, index_dir: Path) -> None:
    folder = write_policies(tmp_path / "beleid", dict.fromkeys(("aa", "bb"), policy_markdown("zorg")))
    write_manifest(folder, entry("aa", title="Beleid"), entry("bb", title="Beleid"))
    encoder = CountingEncoder()
    report = build(folder, index_dir, encoder)
    assert len(encoder.given) == report.policies[0].passages == report.policies[1].passages, "read once"
    check_vectors(served(index_dir), encoder)


def test_progress_names_each_file_and_each_stage(folder: Path, index_dir: Path) -> None:
    told: list[tuple[str, int, int]] = []
    ingest(folder, index_dir, FakeEncoder(), progress=lambda *step: told.append(step))
    assert told[:3] == [("logopedie.md", 0, 2), ("dietetiek.md", 1, 2), ("", 2, 2)]
    assert [what for what in dict.fromkeys(what for what, _, _ in told[3:]) if what in STAGES] == list(STAGES)
    assert all(0 <= done <= whole for _, done, whole in told)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files; a reader of Chroma works on a private copy there."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_no_private_copy_is_left(folder: Path, index_dir: Path, first: Report, temporary: Path) -> None:
    build(folder, index_dir)
    add(folder, "dietetiek", EXTRA)
    assert build(folder, index_dir).published
    assert list(temporary.iterdir()) == []


def test_no_private_copy_is_left_by_an_error(folder: Path, index_dir: Path, first: Report, temporary: Path) -> None:
    empty_file(folder)
    with pytest.raises(SourceError):
        build(folder, index_dir)
    assert list(temporary.iterdir()) == []


# Errors publish nothing


def no_manifest(folder: Path) -> None:
    (folder / "manifest.yaml").unlink()


def file_too_many(folder: Path) -> None:
    (folder / "nieuw.pdf").write_bytes(b"%PDF-1.7")


def empty_file(folder: Path) -> None:
    (folder / "dietetiek.md").write_text("", "utf-8")


def only_a_cover(folder: Path) -> None:
    (folder / "dietetiek.md").write_text("# Inkoopbeleid\n\nVolgt later.\n", "utf-8")


def not_what_it_says(folder: Path) -> None:
    (folder / "dietetiek.md").write_bytes(b"%PDF-1.7\n")


# (what is done to the folder, the error, words of its message)
WRONG: list[tuple[Callable[[Path], None], type[LoketError], str]] = [
    (no_manifest, ManifestError, "manifest.yaml"),
    (file_too_many, ManifestError, "nieuw.pdf"),
    (empty_file, SourceError, "dietetiek.md"),
    (only_a_cover, SourceError, "dietetiek.md"),
    (not_what_it_says, SourceError, "dietetiek.md"),
]


@pytest.mark.parametrize(("change", "error", "said"), WRONG)
def test_an_error_leaves_what_is_published(
    folder: Path, index_dir: Path, first: Report, change: Callable[[Path], None], error: type[LoketError], said: str
) -> None:
    before = hashes(index_dir)
    add(folder, "logopedie", EXTRA)
    change(folder)
    with pytest.raises(error) as caught:
        build(folder, index_dir)
    assert said in str(caught.value)
    assert str(caught.value).isprintable()
    assert hashes(index_dir) == before
    served(index_dir)


@pytest.mark.parametrize(("change", "error", "said"), WRONG)
def test_an_error_at_the_first_ingest_publishes_nothing(
    folder: Path, index_dir: Path, change: Callable[[Path], None], error: type[LoketError], said: str
) -> None:
    change(folder)
    with pytest.raises(error, match=said):
        build(folder, index_dir)
    assert not index_dir.exists() or hashes(index_dir) == {}
    with pytest.raises(SnapshotMissing):
        open_snapshot(index_dir)


class Failing(FakeEncoder):
    """Raises, or gives vectors of the wrong shape."""

    def __init__(self, error: BaseException | None) -> None:
        super().__init__(name="failing")
        self._error = error

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._error is not None:
            raise self._error
        return super().encode_passages(texts)[:, 1:]


@pytest.mark.parametrize(
    ("encoder", "error"),
    [
        (Failing(EncoderError("no weights")), EncoderError),
        (Failing(None), EncoderError),
        (Failing(MemoryError()), MemoryError),
        (Failing(KeyboardInterrupt()), KeyboardInterrupt),
    ],
    ids=["error", "shape", "memory", "interrupt"],
)
def test_a_failing_encoder_leaves_what_is_published(
    folder: Path, index_dir: Path, first: Report, encoder: Failing, error: type[BaseException]
) -> None:
    before = hashes(index_dir)
    with pytest.raises(error):
        build(folder, index_dir, encoder)
    assert hashes(index_dir) == before
    assert not [path for path in index_dir.iterdir() if path.name.endswith(".tmp")]
    assert not build(folder, index_dir).published, "the lock is free, and what is published is as it was"


def test_all_broken_files_are_named_at_once(tmp_path: Path, index_dir: Path, read_files: list[str]) -> None:
    folder = write_policies(tmp_path / "beleid", {name: policy_markdown(name) for name in ("aa", "bb", "cc", "dd")})
    (folder / "aa.md").write_bytes(b"")
    (folder / "cc.md").write_bytes(b"tekst \xed\xa0\x80")
    (folder / "dd.md").write_text("Te kort.", "utf-8")
    with pytest.raises(SourceError) as caught:
        build(folder, index_dir)
    lines = str(caught.value).split("\n")
    assert [line[:5] for line in lines] == ["aa.md", "cc.md", "dd.md"]
    assert all(line.isprintable() for line in lines)
    assert read_files == ["aa.md", "bb.md", "cc.md", "dd.md"]
    assert hashes(index_dir) == {}


def test_a_file_name_does_not_break_the_message(folder: Path, index_dir: Path) -> None:
    (folder / "raar\nnaam\x1b[31m.md").write_text("Te kort.", "utf-8")
    write_manifest(folder, entry("raar", file="raar\nnaam\x1b[31m.md"), *(entry(name) for name in NAMES))
    with pytest.raises(SourceError) as caught:
        build(folder, index_dir)
    assert "naam" in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_file_without_rights_is_named(folder: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_reading(monkeypatch, folder / "dietetiek.md")
    with pytest.raises(SourceError, match=r"dietetiek\.md"):
        build(folder, index_dir)


# A check


def test_a_check_builds_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    report = check(folder)
    assert (report.snapshot_id, report.published, report.changes) == (None, False, ())
    assert sorted(tmp_path.rglob("*")) == before
    assert report.policies == build(folder, tmp_path / "index").policies


def test_a_check_finds_what_an_ingest_finds(folder: Path) -> None:
    (folder / "logopedie.md").write_text("", "utf-8")
    (folder / "dietetiek.md").write_text("", "utf-8")
    with pytest.raises(SourceError) as caught:
        check(folder)
    assert len(str(caught.value).split("\n")) == 2


# Other writers


CHILD = """
import sys
from pathlib import Path
from ingest.pipeline import ingest
from tests.fakes import FakeEncoder

class Waiting(FakeEncoder):
    def encode_passages(self, texts):
        print("busy", flush=True)
        sys.stdin.readline()
        return super().encode_passages(texts)

print(ingest(Path(sys.argv[1]), Path(sys.argv[2]), Waiting()).snapshot_id)
"""

LOCKING = """
import sys
from pathlib import Path
from knowledge.index_folder import building

with building(Path(sys.argv[1])):
    pass
"""


@pytest.fixture
def other_writer(folder: Path, index_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of its ingest; a line on its standard input lets it go on."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(index_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "busy\n"
        yield child
        child.kill()


def test_a_second_writer_is_refused_at_once(
    folder: Path, index_dir: Path, other_writer: subprocess.Popen[str], read_files: list[str]
) -> None:
    for _ in range(20):
        started = time.monotonic()
        with pytest.raises(SnapshotBusy, match=f"process {other_writer.pid} is building"):
            build(folder, index_dir)
        assert time.monotonic() - started < 120, "it waited for the other"
    assert read_files == []
    check(folder)  # needs no lock
    with pytest.raises(SnapshotMissing):
        open_snapshot(index_dir)
    said, _ = other_writer.communicate("\n", timeout=60)
    assert served(index_dir).id == said.strip()
    assert not build(folder, index_dir).published


def test_a_writer_that_died_blocks_nobody(folder: Path, index_dir: Path, other_writer: subprocess.Popen[str]) -> None:
    other_writer.kill()
    other_writer.wait()
    report = build(folder, index_dir)
    assert served(index_dir).id == report.snapshot_id
    assert [path.name for path in index_dir.iterdir() if path.name.endswith(".tmp")] == []


def test_the_lock_is_free_after_an_error(folder: Path, index_dir: Path) -> None:
    empty_file(folder)
    with pytest.raises(SourceError):
        build(folder, index_dir)
    assert subprocess.run([sys.executable, "-c", LOCKING, str(index_dir)], cwd=ROOT, timeout=60).returncode == 0


# Rolled back, or damaged


def test_rolled_back_and_ingested_again(folder: Path, index_dir: Path, first: Report) -> None:
    add(folder, "dietetiek", EXTRA)
    second = build(folder, index_dir)
    assert rollback(index_dir) == first.snapshot_id
    third = build(folder, index_dir)
    assert third.published
    assert third.changes == second.changes
    assert reused(third) == {"logopedie": True, "dietetiek": False}
    snapshot = served(index_dir)
    assert (snapshot.id, snapshot.previous) == (third.snapshot_id, first.snapshot_id)
    assert any(EXTRA in passage.text for passage in snapshot.passages)
    assert rollback(index_dir) == first.snapshot_id
    add(folder, "dietetiek")
    assert not build(folder, index_dir).published, "the old folder is what is published"


def spoil_vectors(snapshot: Path) -> None:
    (snapshot / "vectors.npy").write_bytes(b"")


def spoil_record(snapshot: Path) -> None:
    (snapshot / "snapshot.json").write_text("{}", "utf-8")


def spoil_chroma(snapshot: Path) -> None:
    (snapshot / "chroma" / "chroma.sqlite3").write_bytes(b"")


def spoil_pointer(snapshot: Path) -> None:
    (snapshot.parent / "CURRENT").write_text("../elders\n", "utf-8")


def remove_snapshot(snapshot: Path) -> None:
    snapshot.rename(snapshot.parent.parent / "weg")


@pytest.mark.parametrize("damage", [spoil_vectors, spoil_record, spoil_chroma, spoil_pointer, remove_snapshot])
def test_a_damaged_snapshot_is_built_anew(
    folder: Path, index_dir: Path, first: Report, damage: Callable[[Path], None]
) -> None:
    expected = served(index_dir).texts
    damage(index_dir / str(first.snapshot_id))
    again = build(folder, index_dir)
    assert again.published
    assert again.snapshot_id != first.snapshot_id
    assert served(index_dir).texts == expected
    assert not served(index_dir).vectors.degraded


def test_the_writer_lock_may_be_held_by_the_caller(folder: Path, index_dir: Path) -> None:
    with building(index_dir):
        assert build(folder, index_dir).published
