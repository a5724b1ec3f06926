"""The index folder on disk: who may write, which snapshot is published, which are kept.

CURRENT              the id of the published snapshot
<id>/snapshot.json   what the snapshot holds; see `SnapshotRecord`
.<id>.tmp, .<id>.old being built, being removed: leftovers of a killed process, never opened
.lock                held by the one process that builds; holds its process id
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import Field, ValidationError

from knowledge.errors import SnapshotBusy, SnapshotCorrupt, SnapshotError
from knowledge.records import Record

logger = logging.getLogger(__name__)

FORMAT = 7
"""Counts up with every change in a snapshot's layout."""

KEPT_SNAPSHOTS = 3

_ID = re.compile(r"\d{8}T\d{9}Z-[0-9a-f]{8}")
_LEFTOVER = re.compile(rf"\.{_ID.pattern}\.(?:tmp|old)|\.CURRENT\.tmp")


class StoredFile(Record):
    """A file of a snapshot as it was written."""

    size_bytes: int
    sha256: str


class SnapshotRecord(Record):
    """snapshot.json: what a snapshot holds and what it was made with. `policies` in the order of the legs."""

    format: int
    id: str
    previous: str | None
    built_at: dt.datetime
    encoder_name: str
    dimensions: int = Field(gt=0)
    policies: tuple[str, ...]
    counts: dict[str, int]
    files: dict[str, StoredFile]
    libraries: dict[str, str]
    report: dict[str, Any]


def new_id(index_dir: Path, content_hash: str) -> str:
    """An id that no snapshot in the folder has: the moment in UTC, and the start of the content's hash."""
    while True:
        now = dt.datetime.now(dt.UTC)
        made = f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}Z-{content_hash[:8]}"
        if not (index_dir / made).exists():
            return made


@contextmanager
def building(index_dir: Path) -> Iterator[None]:
    """Hold the folder's writer lock, which the kernel releases when the process ends, however it ends.

    May be nested within one thread.

    Raises:
        SnapshotBusy: another process, or another thread, holds it.
        SnapshotError: the folder cannot be written.
    """
    lock_file = index_dir / ".lock"
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(lock_file.resolve(), timeout=0, is_singleton=True, fallback_to_soft=False)
        lock.acquire()
    except Timeout as error:
        holder = lock_file.read_text("utf-8", "replace").strip() or "unknown"
        raise SnapshotBusy(f"process {holder} is building in {index_dir}; wait until it is done") from error
    except OSError as error:
        raise SnapshotError(f"index folder {index_dir} cannot be written ({error}); choose another") from error
    try:
        lock_file.write_text(f"{os.getpid()}\n", "utf-8")
        yield
    finally:
        lock.release()


def published_id(index_dir: Path) -> str | None:
    """The id that CURRENT names; None where nothing has been published.

    Raises:
        SnapshotCorrupt: CURRENT cannot be read, or holds something else than an id.
    """
    try:
        said = (index_dir / "CURRENT").read_text("utf-8", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SnapshotCorrupt(f"CURRENT in {index_dir} cannot be read ({error}); check its rights") from error
    if not _ID.fullmatch(said):
        raise SnapshotCorrupt(f"CURRENT in {index_dir} holds {said[:60]!r}, wanted a snapshot id; build a new snapshot")
    return said


def present_ids(index_dir: Path) -> list[str]:
    """The ids of the snapshots in the folder, the newest first."""
    return sorted((path.name for path in index_dir.iterdir() if _ID.fullmatch(path.name)), reverse=True)


def publish(index_dir: Path, snapshot_id: str) -> None:
    """Let CURRENT name `snapshot_id`: a reader, or a crash, finds the old name or the new one."""
    new = index_dir / ".CURRENT.tmp"
    with new.open("w", encoding="utf-8") as file:
        file.write(f"{snapshot_id}\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(index_dir / "CURRENT")
    fsync_folder(index_dir)


def write_record(folder: Path, record: SnapshotRecord) -> None:
    """Write snapshot.json with a checksum of itself."""
    data = record.model_dump(mode="json")
    data["checksum"] = _checksum(data)
    (folder / "snapshot.json").write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")


def read_record(folder: Path) -> SnapshotRecord:
    """The record of the snapshot in `folder`.

    Raises:
        SnapshotCorrupt: it is missing, damaged, or of another format.
    """
    try:
        data = json.loads((folder / "snapshot.json").read_text("utf-8"))
        checksum = data.pop("checksum", None)
        if data.get("format") != FORMAT:
            raise SnapshotCorrupt(
                f"snapshot {folder.name} has format {data.get('format')!r}, wanted {FORMAT}; build anew"
            )
        if checksum != _checksum(data):
            raise SnapshotCorrupt(f"snapshot.json of {folder.name} was changed; roll back or build a new snapshot")
        return SnapshotRecord.model_validate(data)
    except (OSError, ValueError, AttributeError, TypeError, ValidationError) as error:
        raise SnapshotCorrupt(
            f"snapshot {folder.name} cannot be read ({type(error).__name__}); roll back or build a new snapshot"
        ) from error


def hash_files(folder: Path) -> dict[str, StoredFile]:
    """Size and hash of every file under `folder`, by its path within it."""
    return {
        path.relative_to(folder).as_posix(): StoredFile(size_bytes=path.stat().st_size, sha256=_file_hash(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def changed_file(folder: Path, files: dict[str, StoredFile]) -> str | None:
    """The first of `files` that is missing or not as it was written; None where all are."""
    for name, stored in files.items():
        path = folder / name
        try:
            if path.stat().st_size != stored.size_bytes or _file_hash(path) != stored.sha256:
                return name
        except OSError:
            return name
    return None


def clear_leftovers(index_dir: Path) -> None:
    """Remove what a killed builder left behind; only the holder of the lock may."""
    for path in index_dir.iterdir():
        if _LEFTOVER.fullmatch(path.name):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def remove_old_snapshots(index_dir: Path, current: str) -> None:
    """Keep `KEPT_SNAPSHOTS`: the current one, those that it can be rolled back to, then the newest."""
    present = present_ids(index_dir)
    kept: list[str] = []
    for snapshot_id in [*_history(index_dir, current), *present]:
        if snapshot_id in present and snapshot_id not in kept:
            kept.append(snapshot_id)
    for snapshot_id in kept[KEPT_SNAPSHOTS:]:
        remove_snapshot(index_dir, snapshot_id)


def remove_snapshot(index_dir: Path, snapshot_id: str) -> None:
    """Remove a snapshot so that a crash half-way leaves nothing that looks whole."""
    try:
        going = (index_dir / snapshot_id).rename(index_dir / f".{snapshot_id}.old")
        shutil.rmtree(going)
    except OSError as error:
        logger.warning("snapshot %s could not be removed: %s", snapshot_id, error)


def fsync_tree(folder: Path) -> None:
    """Have every file and folder under `folder`, itself included, on the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            fsync_folder(path)
    fsync_folder(folder)


def fsync_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _history(index_dir: Path, snapshot_id: str) -> Iterator[str]:
    """`snapshot_id`, its predecessor, and so on while they can be read."""
    following: str | None = snapshot_id
    for _ in range(KEPT_SNAPSHOTS):
        if following is None or not _ID.fullmatch(following):
            return
        yield following
        try:
            following = read_record(index_dir / following).previous
        except SnapshotCorrupt:
            return


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checksum(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
