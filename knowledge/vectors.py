"""The vector leg: Chroma in process, and the door to a Chroma server.

The only module that imports chromadb. Chroma writes into its folder each time it is opened, so a
reader opens a private copy: the snapshot stays as it was built, readers do not wait for each other,
and the index folder may be read-only.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import uuid
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from filelock import FileLock, Timeout

from knowledge.errors import EncoderError, SnapshotCorrupt, SnapshotError
from knowledge.exact_vectors import ExactVectors, Floats, Scalar, Where, checked

if TYPE_CHECKING:
    from chromadb.api import ServerAPI
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as Collection  # noqa: PLC0414 - also for vector_server

logger = logging.getLogger(__name__)

COLLECTION = "passages"
HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 300, "max_neighbors": 32}
"""With ef_search 300 every vector of a real corpus finds itself; the default misses some."""

COPY_PREFIX = "loket-chroma-"


class VectorIndex:
    """Nearest neighbours by Chroma's HNSW graph, from a private copy of a snapshot's folder."""

    def __init__(self, client: Client, release: Callable[[], None], fallback: ExactVectors | None) -> None:
        self._collection = client.get_collection(COLLECTION, embedding_function=None)
        first = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
        self._dimensions = 0 if first is None or not len(first) else len(first[0])
        self._fallback = fallback
        self._release = weakref.finalize(self, release)
        self.degraded = False

    @classmethod
    def open(cls, folder: Path, fallback: ExactVectors | None = None) -> VectorIndex:
        """The collection in `folder`, which is left untouched; `fallback` answers a query that Chroma fails.

        Damage that Chroma does not notice can end the process: compare the files' hashes first.

        Raises:
            SnapshotCorrupt: Chroma cannot open it, or it holds no collection of passages.
        """
        if not (folder / "chroma.sqlite3").is_file():
            raise SnapshotCorrupt(f"no Chroma database in {folder}; build a new snapshot")
        with chroma_errors(f"Chroma cannot open a copy of {folder}"):
            copy, let_go = _private_copy(folder)
            try:
                client = _client(copy)
            except BaseException:
                let_go()
                raise

            def release() -> None:
                with suppress(Exception):
                    client.close()
                let_go()

            try:
                return cls(client, release, fallback)
            except BaseException:
                release()
                raise

    def __len__(self) -> int:
        with chroma_errors("Chroma cannot count its passages"):
            return int(self._collection.count())

    def query(self, vector: Floats, k: int, where: Where | None = None) -> list[tuple[str, float]]:
        """The `k` nearest passages and their cosine similarity (0 to 1), nearest first.

        Raises:
            EncoderError: the vector has another number of dimensions, or is not finite.
            SnapshotCorrupt: Chroma fails, and there is no fallback.
        """
        wanted = checked(vector, self._dimensions)
        if k <= 0:
            return []
        try:
            return self._query(wanted[np.newaxis], k, where)[0]
        except SnapshotCorrupt as error:
            if self._fallback is None:
                raise
            self.degraded = True
            logger.warning("vectors are searched exactly: %s", error)
            return self._fallback.query(vector, k, where)

    def nearest(self, vectors: Floats) -> list[str]:
        """The id of the single nearest passage of each row."""
        found: list[str] = []
        for start in range(0, len(vectors), 500):
            found += [ids[0][0] for ids in self._query(vectors[start : start + 500], 1, None)]
        return found

    def close(self) -> None:
        """Close Chroma and remove the private copy; a second call does nothing."""
        self._release()

    def _query(self, vectors: Floats, k: int, where: Where | None) -> list[list[tuple[str, float]]]:
        with chroma_errors("Chroma cannot answer", SnapshotCorrupt):
            return nearest_in(self._collection, vectors, k, where)


def nearest_in(
    collection: Collection, vectors: Floats, k: int, where: Where | None = None
) -> list[list[tuple[str, float]]]:
    """Of each row the `k` nearest passages and their cosine similarity (0 to 1), nearest first.

    Whatever Chroma raises goes on; see `chroma_errors`.
    """
    result = collection.query(
        query_embeddings=vectors,
        n_results=k,
        where=dict(where) if where else None,
        include=["distances"],
    )
    distances = result["distances"] or []
    return [
        [(id_, min(1.0, max(0.0, 1.0 - distance))) for id_, distance in zip(ids, row, strict=True)]
        for ids, row in zip(result["ids"], distances, strict=True)
    ]


def build_vectors(folder: Path, ids: Sequence[str], vectors: Floats, metadatas: Sequence[Mapping[str, Scalar]]) -> None:
    """Write a new Chroma collection into `folder`, and close it so that the folder can be renamed.

    Raises:
        SnapshotError: Chroma cannot write it.
    """
    configuration: Any = {"hnsw": {**HNSW, "batch_size": 2, "sync_threshold": 2}}  # the graph on disk, not in a queue
    with chroma_errors(f"Chroma cannot write {folder}", SnapshotError):
        client = _client(folder)
        try:
            collection = client.create_collection(COLLECTION, configuration=configuration, embedding_function=None)
            fill(collection, ids, vectors, metadatas, client.get_max_batch_size())
        finally:
            client.close()


def fill(
    collection: Collection,
    ids: Sequence[str],
    vectors: Floats,
    metadatas: Sequence[Mapping[str, Scalar]],
    batch: int,
) -> None:
    """Add all passages to a new collection, `batch` at a time."""
    for start in range(0, len(ids), batch):
        chosen = slice(start, start + batch)
        collection.add(
            ids=list(ids[chosen]),
            embeddings=vectors[chosen],
            metadatas=[dict(data) for data in metadatas[chosen]],
        )


class ServerDoor:
    """Collections of a Chroma server, each call bounded in time.

    chromadb's own client waits without end, from its first call on, and takes no other class in its place: hence
    its parts, put together here.
    """

    def __init__(self, host: str, port: int, *, ssl: bool, connect_seconds: float, read_seconds: float) -> None:
        import httpx
        from chromadb.api import ServerAPI
        from chromadb.config import Settings, System

        settings = Settings(
            _env_file=None,
            anonymized_telemetry=False,
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=host,
            chroma_server_http_port=port,
            chroma_server_ssl_enabled=ssl,
        )
        self._server: ServerAPI = System(settings).instance(ServerAPI)
        session: httpx.Client = self._server._session  # noqa: SLF001 - it has no setting
        session.timeout = httpx.Timeout(read_seconds, connect=connect_seconds)
        self._close = weakref.finalize(self, session.close)

    def names(self) -> list[str]:
        """The names of all collections."""
        return [model.name for model in self._server.list_collections()]

    def get(self, name: str) -> Collection:
        """The collection with this name; an error where there is none."""
        return self._collection(self._server.get_collection(name))

    def create(self, name: str) -> Collection:
        """A new, empty collection with the graph that a snapshot's own folder has."""
        return self._collection(self._server.create_collection(name, configuration={"hnsw": HNSW}))

    def delete(self, name: str) -> None:
        """Delete a collection."""
        self._server.delete_collection(name)

    def close(self) -> None:
        """Close the connections."""
        self._close()

    def _collection(self, model: Any) -> Collection:
        from chromadb.api.models.Collection import Collection

        return Collection(client=self._server, model=model, embedding_function=None)


def _client(folder: Path) -> Client:
    import chromadb  # half a second, and not needed for `loket --help`
    from chromadb.config import Settings

    settings = Settings(
        _env_file=None,  # a .env in the working directory is not ours
        anonymized_telemetry=False,
        chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
    )
    return cast("Client", chromadb.PersistentClient(str(folder), settings=settings))  # its declared type lacks close()


@contextmanager
def chroma_errors(said: str, kind: type[SnapshotError] = SnapshotCorrupt) -> Iterator[None]:
    """Whatever Chroma or the file system raises, as `kind`; a panic in its native part is no Exception."""
    try:
        yield
    except (SnapshotError, EncoderError):
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise kind(f"{said}: {error or type(error).__name__}") from error
        raise


def _private_copy(folder: Path) -> tuple[Path, Callable[[], None]]:
    """A copy of `folder` for this process alone, and what removes it."""
    _sweep_copies()
    copy = Path(tempfile.gettempdir(), f"{COPY_PREFIX}{uuid.uuid4().hex}")
    lock = FileLock(f"{copy}.lock", timeout=5, thread_local=False)  # released by whichever thread closes

    def let_go() -> None:
        shutil.rmtree(copy, ignore_errors=True)
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release(force=True)

    try:
        lock.acquire()  # before there is a folder: what has no lock would never be swept
        copy.mkdir(mode=0o700)
        shutil.copytree(folder, copy, dirs_exist_ok=True, copy_function=shutil.copyfile)
        for path in (copy, *copy.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)  # the snapshot itself may be read-only
    except BaseException:
        let_go()
        raise
    return copy, let_go


def _sweep_copies() -> None:
    """Remove the copies of processes that were killed: the kernel has released their locks."""
    for path in Path(tempfile.gettempdir()).glob(f"{COPY_PREFIX}*.lock"):
        with suppress(OSError, Timeout), FileLock(path, timeout=0, thread_local=False):
            shutil.rmtree(path.with_suffix(""), ignore_errors=True)
            path.unlink(missing_ok=True)
