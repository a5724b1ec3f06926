"""Building a snapshot: written aside, checked, and then published by one rename of the pointer CURRENT."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge import index_folder
from knowledge.bank import QuestionBank, Ties
from knowledge.bank_index import BankIndex
from knowledge.curated import fingerprint_curated, write_curated
from knowledge.errors import EncoderError, SnapshotCorrupt, SnapshotError, SnapshotMissing
from knowledge.exact_vectors import Floats
from knowledge.index_folder import SnapshotRecord, building
from knowledge.lexical import LexicalIndex
from knowledge.records import Passage, Policy, PolicyText
from knowledge.rules.proven import PolicyRules
from knowledge.snapshot import Snapshot, metadatas, open_folder, titles
from knowledge.soundness import check_texts
from knowledge.statements.proven import PolicyStatements
from knowledge.vectors import build_vectors

if TYPE_CHECKING:
    from knowledge.encoder import Encoder

STAGES = ("encode", "index", "verify", "rename", "publish", "clean")
"""What `progress` hears, in order; each with (stage, 0, total) before its first step."""

ENCODED_AT_ONCE = 128

Progress = Callable[[str, int, int], None]
Share = Callable[[Snapshot], None]
"""Takes a snapshot that is about to be published to where others read it; must not fail."""


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
            built = open_folder(aside)
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
        opened = open_folder(index_dir / previous)
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
    LexicalIndex.build(passages, titles(texts)).save(folder / "bm25")
    tell("index", 1, 2)
    build_vectors(folder / "chroma", [passage.id for passage in passages], vectors, metadatas(texts))
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


def _content_hash(texts: Iterable[PolicyText], encoder_name: str, ties: Ties, curated: str) -> str:
    digest = hashlib.sha256(json.dumps([encoder_name, curated]).encode())
    for question in ties.questions:
        digest.update(json.dumps([question.text, question.passages]).encode())
    for text in texts:
        digest.update(text.model_dump_json().encode())
    return digest.hexdigest()
