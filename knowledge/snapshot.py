"""A snapshot: one immutable build of the index, with the policies that it was made from.

    <index>/<id>/snapshot.json          see `index_folder.SnapshotRecord`
    <index>/<id>/policies/<policy>.json the policy after ingest, a `PolicyText`
    <index>/<id>/bm25/                  the lexical leg
    <index>/<id>/chroma/                the vector leg
    <index>/<id>/vectors.npy            the same vectors, float32, one row a passage
    <index>/<id>/bank/                  the questions of the bank, tied to the passages
    <index>/<id>/...                    rules and statements, see `curated`

A snapshot is built aside, checked, and then published by one rename of the pointer CURRENT. What
is open stays open: a reader holds its snapshot in memory, whatever happens to the folder.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge import index_folder
from knowledge.bank import QuestionBank, Ties
from knowledge.bank_index import BankIndex
from knowledge.curated import Curated, card_encoder, fingerprint_curated, write_curated
from knowledge.errors import EncoderError, SnapshotCorrupt, SnapshotError, SnapshotMissing
from knowledge.exact_vectors import ExactVectors, VectorSearch
from knowledge.index_folder import SnapshotRecord, building
from knowledge.lexical import LexicalIndex
from knowledge.records import Passage, Policy, PolicyText
from knowledge.rules.proven import PolicyRules
from knowledge.soundness import check_texts
from knowledge.statements.proven import PolicyStatements
from knowledge.vector_server import ServerAddress, ServerVectors
from knowledge.vectors import VectorIndex, build_vectors

if TYPE_CHECKING:
    from knowledge.encoder import Encoder

__all__ = ["Snapshot", "build_snapshot", "building", "open_snapshot", "passage_input", "rollback"]

logger = logging.getLogger(__name__)

STAGES = ("encode", "index", "verify", "rename", "publish", "clean")
"""What `progress` hears, in order; each with (stage, 0, total) before its first step."""

ENCODED_AT_ONCE = 128
SELF_COSINE = 1 - 1e-5
"""Float32 and the graph's own arithmetic keep a vector this near to itself."""

MISSED_SHARE = 0.01
"""The graph is approximate: this share may miss itself. Of 100,000 passages that hundreds of policies
have nearly in common 0.3 % did; the other legs, and every search within a scope, still find them."""

Floats = NDArray[np.float32]
Progress = Callable[[str, int, int], None]
Share = Callable[["Snapshot"], None]
"""Takes a snapshot that is about to be published to where others read it; must not fail."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """An open snapshot. `passages` has the order of both legs; `exact` searches the same vectors exactly."""

    id: str
    folder: Path
    texts: Mapping[str, PolicyText]
    passages: tuple[Passage, ...]
    positions: Mapping[str, int]
    lexical: LexicalIndex
    vectors: VectorSearch
    exact: ExactVectors
    bank: BankIndex
    curated: Curated
    encoder_name: str
    dimensions: int
    built_at: dt.datetime
    previous: str | None
    report: Mapping[str, Any]

    @property
    def policies(self) -> dict[str, Policy]:
        """The policies by id."""
        return {policy_id: text.policy for policy_id, text in self.texts.items()}

    @property
    def rules(self) -> Mapping[str, PolicyRules]:
        """The rules by policy id."""
        return self.curated.rules

    def close(self) -> None:
        """Give back the vector leg's private copy; a second call does nothing."""
        self.vectors.close()

    def verify(self) -> None:
        """Check everything: each passage against its text, and each leg against each passage.

        Raises:
            SnapshotCorrupt: at the first fault.
        """
        check_texts(tuple(self.texts.values()))
        self.lexical.verify(self.passages, _titles(self.texts.values()))
        if not isinstance(self.vectors, VectorIndex):
            raise SnapshotCorrupt(f"snapshot {self.id} has no working Chroma collection; build a new snapshot")
        if len(self.vectors) != len(self.passages):
            raise SnapshotCorrupt(f"Chroma holds {len(self.vectors)} passages, wanted {len(self.passages)}")
        rows = self.exact.vectors
        nearest = [self.positions.get(passage_id, -1) for passage_id in self.vectors.nearest(rows)]
        cosines = np.einsum("ij,ij->i", rows, rows[nearest])
        missed = np.flatnonzero((cosines < SELF_COSINE) & rows.any(axis=1))
        if len(missed) > MISSED_SHARE * len(rows):
            first = self.passages[missed[0]].id
            raise SnapshotCorrupt(f"{len(missed)} of {len(rows)} passages do not find themselves, {first} for one")
        if len(missed):
            logger.warning("%d of %d passages do not find themselves in the graph", len(missed), len(rows))


def build_snapshot(
    index_dir: Path,
    texts: Sequence[PolicyText],
    encoder: Encoder,
    *,
    bank: QuestionBank | None = None,
    rules: Sequence[PolicyRules] = (),
    statements: Sequence[PolicyStatements] = (),
    report: Mapping[str, object] | None = None,
    progress: Progress | None = None,
    share: Share | None = None,
) -> Snapshot:
    """Build, verify and publish a snapshot, and return it opened.

    Questions of `bank` that tie to no passage are left out; `QuestionBank.tie` names them. `rules` and
    `statements`: what the texts prove, one for a policy. `report` (JSON values only) is kept in
    snapshot.json; `progress` hears (stage, done, total), with the stages of `STAGES`; `share` gets the snapshot
    before anybody can open it. Until the pointer has moved, whatever fails leaves the published one as it is.

    Raises:
        SnapshotBusy: another process builds in this folder.
        SnapshotCorrupt: the texts contradict themselves, or the built snapshot fails its checks.
        SnapshotError: the folder cannot be written.
        EncoderError: the encoder gives other vectors than it promises.
    """
    tell = progress or (lambda _stage, _done, _total: None)
    ordered = sorted(texts, key=lambda text: text.policy.id)
    check_texts(ordered)
    with building(index_dir):
        index_folder.clear_leftovers(index_dir)
        previous = None
        with suppress(SnapshotCorrupt):  # a damaged pointer names no predecessor
            previous = index_folder.published_id(index_dir)
        ties = (bank or QuestionBank()).tie(ordered)
        snapshot_id = index_folder.new_id(
            index_dir, _content_hash(ordered, encoder.name, ties, fingerprint_curated(rules, statements))
        )
        aside = index_dir / f".{snapshot_id}.tmp"
        try:
            _write(aside, ordered, ties, (rules, statements), encoder, snapshot_id, previous, dict(report or {}), tell)
            tell("verify", 0, 1)
            built = _open_folder(aside)
            try:
                built.verify()
                if share is not None:
                    share(built)
                _put_in_place(index_dir, aside, snapshot_id, tell)
            except BaseException:
                built.close()
                raise
        except OSError as error:
            raise SnapshotError(f"snapshot cannot be written in {index_dir} ({error}); free space and retry") from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        tell("clean", 0, 1)
        index_folder.remove_old_snapshots(index_dir, snapshot_id)
        tell("clean", 1, 1)
    return replace(built, folder=index_dir / snapshot_id)


def open_snapshot(index_dir: Path, server: ServerAddress | None = None) -> Snapshot:
    """The published snapshot, its files checked against their hashes; nothing in the folder is written.

    `server`: the Chroma server that searches the vectors; None: Chroma in this process. Where it is away, or Chroma's
    files are damaged or cannot be opened, `vectors` searches exactly and is `degraded`.

    Raises:
        SnapshotMissing: nothing has been published here.
        SnapshotCorrupt: the published snapshot is damaged, or of another format.
    """
    while True:
        snapshot_id = index_folder.published_id(index_dir)
        if snapshot_id is None:
            raise SnapshotMissing(f"no snapshot has been published in {index_dir}; run 'loket ingest' first")
        try:
            return _open_folder(index_dir / snapshot_id, server)
        except SnapshotCorrupt:
            if index_folder.published_id(index_dir) == snapshot_id:
                raise  # otherwise it was replaced and removed while it was being opened


def open_earlier_snapshot(index_dir: Path, server: ServerAddress | None = None) -> Snapshot:
    """The newest sound snapshot that is older than the published one, for where that one is damaged.

    Newer ones are left alone: they were rolled back from.

    Raises:
        SnapshotMissing: there is none.
    """
    published = index_folder.published_id(index_dir) or ""
    for snapshot_id in index_folder.present_ids(index_dir):
        if snapshot_id < published:
            with suppress(SnapshotCorrupt):
                return _open_folder(index_dir / snapshot_id, server)
    raise SnapshotMissing(f"no sound snapshot older than {published or 'the published one'} in {index_dir}")


def rollback(index_dir: Path, share: Share | None = None) -> str:
    """Publish the predecessor of the published snapshot, after opening it, and return its id; `share` as for a build.

    Raises:
        SnapshotMissing: nothing has been published, or it has no predecessor any more.
        SnapshotBusy: another process builds in this folder.
        SnapshotCorrupt: the predecessor is damaged; the published snapshot stays.
    """
    with building(index_dir):
        snapshot_id = index_folder.published_id(index_dir)
        if snapshot_id is None:
            raise SnapshotMissing(f"no snapshot has been published in {index_dir}; run 'loket ingest' first")
        previous = index_folder.read_record(index_dir / snapshot_id).previous
        if previous is None or not (index_dir / previous).is_dir():
            raise SnapshotMissing(f"snapshot {snapshot_id} has no predecessor in {index_dir}; nothing to roll back to")
        opened = _open_folder(index_dir / previous)
        opened.close()
        if share is not None:
            share(opened)
        index_folder.publish(index_dir, previous)
        return previous


def passage_input(policy: Policy, passage: Passage) -> str:
    """What the encoder reads of a passage: the policy's title, the headings, the text. Training reads the same."""
    return "\n".join((policy.title, *passage.heading_path, passage.text))


def _write(
    folder: Path,
    texts: Sequence[PolicyText],
    ties: Ties,
    curated: tuple[Sequence[PolicyRules], Sequence[PolicyStatements]],
    encoder: Encoder,
    snapshot_id: str,
    previous: str | None,
    report: dict[str, Any],
    tell: Progress,
) -> None:
    (folder / "policies").mkdir(parents=True)
    for text in texts:
        (folder / "policies" / f"{text.policy.id}.json").write_text(text.model_dump_json(), "utf-8")
    passages = [passage for text in texts for passage in text.passages]
    vectors = _encode(texts, encoder, tell)
    tell("index", 0, 2)
    np.save(folder / "vectors.npy", vectors, allow_pickle=False)
    LexicalIndex.build(passages, _titles(texts)).save(folder / "bm25")
    tell("index", 1, 2)
    build_vectors(folder / "chroma", [passage.id for passage in passages], vectors, _metadatas(texts))
    BankIndex.build(ties.questions, encoder, len(passages)).save(folder / "bank")
    write_curated(folder, texts, *curated, ties.questions)
    tell("index", 2, 2)
    record = SnapshotRecord(
        format=index_folder.FORMAT,
        id=snapshot_id,
        previous=previous,
        built_at=dt.datetime.now(dt.UTC),
        encoder_name=encoder.name,
        dimensions=encoder.dimensions,
        policies=tuple(text.policy.id for text in texts),
        counts={
            "policies": len(texts),
            "passages": len(passages),
            "facts": sum(len(text.facts) for text in texts),
            "questions": len(ties.questions),
        },
        files=index_folder.hash_files(folder),
        libraries={name: version(name) for name in ("bm25s", "chromadb", "numpy", "pystemmer")},
        report=report,
    )
    index_folder.write_record(folder, record)


def _put_in_place(index_dir: Path, aside: Path, snapshot_id: str, tell: Progress) -> None:
    """Rename the finished build, then move the pointer."""
    tell("rename", 0, 1)
    index_folder.fsync_tree(aside)
    aside.rename(index_dir / snapshot_id)
    index_folder.fsync_folder(index_dir)
    try:
        tell("publish", 0, 1)
        index_folder.publish(index_dir, snapshot_id)
    except BaseException:
        if index_folder.published_id(index_dir) != snapshot_id:
            index_folder.remove_snapshot(index_dir, snapshot_id)
        raise


def _encode(texts: Sequence[PolicyText], encoder: Encoder, tell: Progress) -> Floats:
    inputs = [passage_input(text.policy, passage) for text in texts for passage in text.passages]
    vectors = np.zeros((len(inputs), encoder.dimensions), dtype=np.float32)
    for start in range(0, len(inputs), ENCODED_AT_ONCE):
        tell("encode", start, len(inputs))
        batch = inputs[start : start + ENCODED_AT_ONCE]
        made = np.asarray(encoder.encode_passages(batch), dtype=np.float32)
        if made.shape != (len(batch), encoder.dimensions):
            raise EncoderError(
                f"encoder {encoder.name} gave shape {made.shape}, wanted ({len(batch)}, {encoder.dimensions})"
            )
        vectors[start : start + len(batch)] = made
    tell("encode", len(inputs), len(inputs))
    lengths = np.linalg.norm(vectors, axis=1)
    wrong = np.flatnonzero(~((np.abs(lengths - 1) < 1e-3) | (lengths == 0)))  # NaN is wrong too
    if len(wrong):
        raise EncoderError(f"encoder {encoder.name} gave a vector of length {lengths[wrong[0]]}, wanted 1 (or 0)")
    return vectors


def _open_folder(folder: Path, server: ServerAddress | None = None) -> Snapshot:
    record = index_folder.read_record(folder)
    chroma = {name: file for name, file in record.files.items() if name.startswith("chroma/")}
    changed = index_folder.changed_file(folder, {n: f for n, f in record.files.items() if n not in chroma})
    if changed is not None:
        raise SnapshotCorrupt(
            f"{changed} of snapshot {record.id} is missing or changed; roll back or build a new snapshot"
        )
    try:
        files = (folder / "policies" / f"{policy_id}.json" for policy_id in record.policies)
        texts = [PolicyText.model_validate_json(file.read_text("utf-8")) for file in files]
        curated = Curated.open(folder, card_encoder().dimensions)
        rows: Floats = np.load(folder / "vectors.npy", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise SnapshotCorrupt(f"snapshot {record.id} cannot be read ({error}); build a new snapshot") from error
    passages = tuple(passage for text in texts for passage in text.passages)
    lexical = LexicalIndex.open(folder / "bm25")
    if rows.shape != (len(passages), record.dimensions) or len(lexical) != len(passages):
        raise SnapshotCorrupt(
            f"snapshot {record.id} has {len(passages)} passages, vectors {rows.shape} and {len(lexical)} lexical rows"
        )
    ids = [passage.id for passage in passages]
    exact = ExactVectors(ids, rows, _metadatas(texts))
    return Snapshot(
        id=record.id,
        folder=folder,
        texts={text.policy.id: text for text in texts},
        passages=passages,
        positions={passage_id: position for position, passage_id in enumerate(ids)},
        lexical=lexical,
        vectors=ServerVectors(server, record.id, exact) if server else _open_vectors(folder, chroma, exact),
        exact=exact,
        bank=BankIndex.open(folder / "bank", len(passages), record.dimensions),
        curated=curated,
        encoder_name=record.encoder_name,
        dimensions=record.dimensions,
        built_at=record.built_at,
        previous=record.previous,
        report=record.report,
    )


def _open_vectors(folder: Path, files: dict[str, index_folder.StoredFile], exact: ExactVectors) -> VectorSearch:
    """Chroma where its files are as they were built: a damaged one can end the process when it is opened."""
    try:
        changed = index_folder.changed_file(folder, files)
        if changed is not None:
            raise SnapshotCorrupt(f"{changed} is missing or changed")
        return VectorIndex.open(folder / "chroma", exact)
    except SnapshotCorrupt as error:
        logger.warning("snapshot %s is searched without Chroma: %s", folder.name, error)
        return exact.as_degraded()


def _metadatas(texts: Iterable[PolicyText]) -> list[dict[str, str | int | float | bool]]:
    """What a vector query may filter on."""
    return [
        {
            "policy_id": passage.policy_id,
            "insurer": text.policy.insurer,
            "year": text.policy.year,
            "authority": text.policy.authority,
            "section": passage.section,
            "kind": passage.kind,
            "annex": passage.annex,
        }
        for text in texts
        for passage in text.passages
    ]


def _titles(texts: Iterable[PolicyText]) -> dict[str, str]:
    """What the lexical leg knows of a policy besides its passages."""
    policies = [text.policy for text in texts]
    return {p.id: "\n".join((p.title, p.insurer, *p.labels, str(p.year), *p.care)) for p in policies}


def _content_hash(texts: Iterable[PolicyText], encoder_name: str, ties: Ties, curated: str) -> str:
    digest = hashlib.sha256(json.dumps([encoder_name, curated]).encode())
    for question in ties.questions:
        digest.update(json.dumps([question.text, question.passages]).encode())
    for text in texts:
        digest.update(text.model_dump_json().encode())
    return digest.hexdigest()
