"""The vector leg by a Chroma server: a collection for each snapshot, and exact search while the server is away.

Who publishes sends the collection (`send_vectors`); who answers only reads. The vectors of the snapshot on disk
remain the truth: a server that is slow, gone, frozen, empty or foreign costs speed, never an answer.
"""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Collection as Several
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import numpy as np

from knowledge.errors import ConfigurationError, VectorServerError
from knowledge.exact_vectors import ExactVectors, Floats, Where, checked
from knowledge.vectors import ServerDoor, chroma_errors, fill, nearest_in

if TYPE_CHECKING:
    from knowledge.vectors import Collection

logger = logging.getLogger(__name__)

PREFIX = "loket-"
CONNECT_SECONDS, READ_SECONDS = 0.5, 1.0
"""A query takes some milliseconds; exact search over 20,000 passages takes seven."""
SEND_SECONDS = 60.0
SENT_AT_ONCE = 1000
TRY_AGAIN_SECONDS = 2.0
SELF_COSINE = 1 - 1e-4
"""The server's arithmetic keeps a vector this near to itself."""


class ServerAddress(NamedTuple):
    """Where a Chroma server listens."""

    host: str
    port: int
    ssl: bool

    @classmethod
    def read(cls, url: str) -> ServerAddress:
        """The address in `http://HOST:PORT`. Raises ConfigurationError when it is not of that form."""
        try:
            parts = urlsplit(url.strip())
            port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        except (ValueError, KeyError) as error:
            raise _no_address() from error
        if not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
            raise _no_address()
        return cls(parts.hostname, port, parts.scheme == "https")

    def open(self, read_seconds: float) -> ServerDoor:
        """A door to the server; nothing is reached yet."""
        return ServerDoor(
            self.host, self.port, ssl=self.ssl, connect_seconds=CONNECT_SECONDS, read_seconds=read_seconds
        )


def _no_address() -> ConfigurationError:
    return ConfigurationError("LOKET_CHROMA_URL is geen adres van een Chroma-server; geef http://SERVER:POORT")


def collection_name(snapshot_id: str) -> str:
    """What a snapshot's collection is called."""
    return f"{PREFIX}{snapshot_id}"


class ServerVectors:
    """Nearest neighbours by a server's HNSW graph. Safe to use from several threads.

    A query that the server does not answer in time is answered exactly, and so are those that follow: a thread tries
    the server every `TRY_AGAIN_SECONDS`, and they go to it again once it answers and has what it should have. One
    failure is enough, as doing without the server costs next to nothing, and waiting for it costs each asker a second.
    """

    def __init__(self, address: ServerAddress, snapshot_id: str, exact: ExactVectors) -> None:
        self._address = address
        self._name = collection_name(snapshot_id)
        self._exact = exact
        self._known = frozenset(exact.ids)
        self._lock = threading.Lock()
        self._door: ServerDoor | None = None
        self._collection: Collection | None = None
        self._is_closed = threading.Event()
        try:
            self._connect()
        except VectorServerError as error:
            self._leave_alone(error)

    @property
    def degraded(self) -> bool:
        """Exact search stands in for the server."""
        return self._collection is None

    def query(self, vector: Floats, k: int, where: Where | None = None) -> list[tuple[str, float]]:
        """The `k` nearest passages and their cosine similarity (0 to 1), nearest first.

        Raises:
            EncoderError: the vector has another number of dimensions, or is not finite.
        """
        wanted = checked(vector, self._exact.vectors.shape[1])
        collection = self._collection
        if k <= 0:
            return []
        if collection is None:
            return self._exact.query(vector, k, where)
        try:
            return self._ask(collection, wanted, k, where)
        except VectorServerError as error:
            self._leave_alone(error, collection)
            return self._exact.query(vector, k, where)

    def close(self) -> None:
        """Leave the server; a second call does nothing."""
        self._is_closed.set()
        self._collection = None
        if self._door is not None:
            self._door.close()

    def _ask(self, collection: Collection, wanted: Floats, k: int, where: Where | None) -> list[tuple[str, float]]:
        with chroma_errors("the Chroma server does not answer", VectorServerError):
            found = nearest_in(collection, wanted[np.newaxis], k, where)[0]
        if not self._known.issuperset(id_ for id_, _ in found):
            raise VectorServerError(f"collection {self._name} holds passages of something else; send it anew")
        return found

    def _connect(self) -> None:
        """Take the server's collection if it is complete. Raises VectorServerError."""
        with chroma_errors("the Chroma server is not reached", VectorServerError):
            door = self._address.open(READ_SECONDS)
            collection = door.get(self._name)
            held = collection.count()
        if held != len(self._known):
            raise VectorServerError(f"collection {self._name} holds {held} passages, wanted {len(self._known)}")
        rows = np.flatnonzero(self._exact.vectors.any(axis=1))[:1]
        for row in self._exact.vectors[rows]:
            nearest = self._ask(collection, row, 1, None)
            if not nearest or nearest[0][1] < SELF_COSINE:
                raise VectorServerError(f"collection {self._name} holds other vectors than the snapshot; send it anew")
        if self._door is not None:
            self._door.close()
        self._door, self._collection = door, collection

    def _leave_alone(self, error: VectorServerError, failed: Collection | None = None) -> None:
        with self._lock:
            if self._collection is not failed or self._is_closed.is_set():
                return  # another thread has seen to it
            self._collection = None
        logger.warning("vectors are searched exactly: %s", error)
        threading.Thread(target=_try_again, args=[weakref.ref(self), self._is_closed], daemon=True).start()


def _try_again(place: weakref.ref[ServerVectors], is_closed: threading.Event) -> None:
    """Until the server answers, or nobody searches this snapshot any more."""
    while not is_closed.wait(TRY_AGAIN_SECONDS):
        vectors = place()
        if vectors is None:
            return
        try:
            vectors._connect()  # noqa: SLF001 - a part of the class that must not hold on to it
        except VectorServerError as error:
            logger.debug("still without the Chroma server: %s", error)
        else:
            logger.info("vectors are searched by the Chroma server again")
            return
        del vectors


def send_vectors(address: ServerAddress, snapshot_id: str, exact: ExactVectors, kept: Several[str]) -> bool:
    """Have the server hold a snapshot's collection, and none of snapshots that are not `kept`.

    Whether anything was sent: a complete collection is left as it is, half a one is made anew. Only the holder of
    the index folder's lock may send.

    Raises:
        VectorServerError: the server is away, or does not keep what it is sent.
    """
    name = collection_name(snapshot_id)
    with chroma_errors("the Chroma server does not take the vectors", VectorServerError):
        door = address.open(SEND_SECONDS)
        try:
            names = door.names()
            for other in names:
                if other.startswith(PREFIX) and other != name and other.removeprefix(PREFIX) not in kept:
                    door.delete(other)
            if name in names:
                if door.get(name).count() == len(exact.ids):
                    return False
                door.delete(name)
            collection = door.create(name)
            fill(collection, exact.ids, exact.vectors, exact.metadatas, SENT_AT_ONCE)
            held = collection.count()
        finally:
            door.close()
    if held != len(exact.ids):
        raise VectorServerError(f"the Chroma server holds {held} of {len(exact.ids)} passages; send them again")
    return True
