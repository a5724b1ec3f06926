"""A snapshot: one immutable build of the index, with the policies that it was made from.

    <index>/<id>/snapshot.json          see `index_folder.SnapshotRecord`
    <index>/<id>/policies/<policy>.json the policy after ingest, a `PolicyText`
    <index>/<id>/bm25/                  the lexical leg
    <index>/<id>/chroma/                the vector leg
    <index>/<id>/vectors.npy            the same vectors, float32, one row a passage
    <index>/<id>/bank/                  the questions of the bank, tied to the passages
    <index>/<id>/...                    rules and statements, see `curated`

What is open stays open: a reader holds its snapshot in memory, whatever happens to the folder. How
one is built and published: `snapshot_build`.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge import index_folder
from knowledge.bank_index import BankIndex
from knowledge.curated import Curated, card_encoder
from knowledge.errors import SnapshotCorrupt, SnapshotMissing
from knowledge.exact_vectors import ExactVectors, Floats, VectorSearch
from knowledge.lexical import LexicalIndex
from knowledge.records import Passage, Policy, PolicyText
from knowledge.rules.proven import PolicyRules
from knowledge.soundness import check_texts
from knowledge.vector_server import ServerAddress, ServerVectors
from knowledge.vectors import VectorIndex

logger = logging.getLogger(__name__)

SELF_COSINE = 1 - 1e-5
"""Float32 and the graph's own arithmetic keep a vector this near to itself."""

MISSED_SHARE = 0.01
"""The graph is approximate: this share may miss itself. Of 100,000 passages that hundreds of policies
have nearly in common 0.3 % did; the other legs, and every search within a scope, still find them."""


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
        self.lexical.verify(self.passages, titles(self.texts.values()))
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
            return open_folder(index_dir / snapshot_id, server)
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
                return open_folder(index_dir / snapshot_id, server)
    raise SnapshotMissing(f"no sound snapshot older than {published or 'the published one'} in {index_dir}")


def open_folder(folder: Path, server: ServerAddress | None = None) -> Snapshot:
    """The snapshot in `folder`, published or not, its files checked; `server`: see `open_snapshot`.

    Raises:
        SnapshotCorrupt: it is damaged, or of another format.
    """
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
    exact = ExactVectors(ids, rows, metadatas(texts))
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


def metadatas(texts: Iterable[PolicyText]) -> list[dict[str, str | int | float | bool]]:
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


def titles(texts: Iterable[PolicyText]) -> dict[str, str]:
    """What the lexical leg knows of a policy besides its passages."""
    policies = [text.policy for text in texts]
    return {p.id: "\n".join((p.title, p.insurer, *p.labels, str(p.year), *p.care)) for p in policies}
