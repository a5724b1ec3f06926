"""`loket chroma`, and what `loket ingest` and `loket rollback` do for a Chroma server: send it what is published."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.options import IndexOption, settings_of
from knowledge.errors import ConfigurationError, VectorServerError

if TYPE_CHECKING:
    from api.settings import Settings
    from knowledge.snapshot import Snapshot
    from knowledge.vector_server import ServerAddress

chroma_app = typer.Typer(
    no_args_is_help=True,
    help="The Chroma server of LOKET_CHROMA_URL: send it what is published.",
    rich_markup_mode=None,
)


class Sending:
    """Sends a snapshot's vectors to the server, where one is set. A server that is away keeps nothing from being
    published: the service searches exactly until it has the vectors.
    """

    def __init__(self, server: ServerAddress | None, index: Path) -> None:
        self._server = server
        self._index = index
        self._failure: VectorServerError | None = None

    def __call__(self, snapshot: Snapshot) -> None:
        """Send it; a failure is told by `tell`."""
        if self._server is None:
            return
        from knowledge.index_folder import present_ids
        from knowledge.vector_server import send_vectors

        try:
            send_vectors(self._server, snapshot.id, snapshot.exact, present_ids(self._index))
        except VectorServerError as error:
            self._failure = error

    def tell(self) -> None:
        """End with exit code 1, and say what to do, when the server could not be sent what is published."""
        if self._failure is not None:
            print(f"loket: {self._failure}", file=sys.stderr)
            print("loket: published; searched exactly until 'loket chroma push' has sent it", file=sys.stderr)
            raise typer.Exit(1)


def sending(settings: Settings) -> Sending:
    """What sends to the server of the settings, if any. Raises ConfigurationError."""
    return Sending(vector_server(settings.chroma_url), settings.index)


def vector_server(url: str) -> ServerAddress | None:
    """The server at `url`; None where it is empty. Raises ConfigurationError."""
    if not url.strip():
        return None
    from knowledge.vector_server import ServerAddress

    return ServerAddress.read(url)


@chroma_app.command()
def push(index: IndexOption = None) -> None:
    """Send the vectors of the published snapshot to the Chroma server, as after it was replaced or away."""
    from knowledge.index_folder import building, present_ids
    from knowledge.snapshot import open_snapshot
    from knowledge.vector_server import send_vectors

    settings = settings_of(index)
    server = vector_server(settings.chroma_url)
    if server is None:
        raise ConfigurationError("LOKET_CHROMA_URL is leeg; geef het adres van de Chroma-server, http://SERVER:POORT")
    with building(settings.index):
        snapshot = open_snapshot(settings.index)
        snapshot.close()
        is_sent = send_vectors(server, snapshot.id, snapshot.exact, present_ids(settings.index))
    print(f"{'sent' if is_sent else 'there already'}: {snapshot.id}, {len(snapshot.passages)} passages")
