"""What all tests share: no network, no settings of this machine, small policies, the folder beside the project."""

from __future__ import annotations

import errno
import io
import ipaddress
import os
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings

# A busy machine is no failure, and a red build must be red again when it is run again.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")

# The hub's library reads it once, when it is imported; child processes inherit it.
os.environ["HF_HUB_OFFLINE"] = "1"

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("LOKET_SHARED") or ROOT.parent / "shared").resolve()
"""Published policies and questions, which are no part of the project."""

PREFIX = "LOKET_"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if (SHARED / "policies" / "manifest.yaml").is_file():
        return
    reason = f"no policies in {SHARED}; set LOKET_SHARED to the folder that holds policies/ and qa/"
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session", autouse=True)
def refused_connections(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Refuses connections to anything but this machine, and lists them; settings of this machine are not seen."""
    refused: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
            patch.delenv(name)
        patch.setenv("LOKET_DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('store')}/loket.sqlite3")
        _refuse_network(patch, refused)
        yield refused


@pytest.fixture(autouse=True)
def no_network(refused_connections: list[str]) -> Iterator[None]:
    """Fails the test in which a connection was refused, also where its error was swallowed."""
    refused_connections.clear()
    yield
    assert refused_connections == [], "the test reached for the network"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting that an earlier test left behind; receipts are kept only where a test says where."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LOKET_RECEIPTS", "")
    monkeypatch.setenv("LOKET_DATABASE_URL", f"sqlite:///{tmp_path}/store/loket.sqlite3")


def _refuse_network(patch: pytest.MonkeyPatch, refused: list[str]) -> None:
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
    resolve = socket.getaddrinfo

    def guarded(name: str) -> Any:
        def call(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1]
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                refused.append(f"{name} {address}")
                raise ConnectionRefusedError(f"tests may not reach {address}")
            return real[name](self, *arguments)

        return call

    def getaddrinfo(host: Any, *arguments: Any, **named: Any) -> Any:
        if not (host is None or _is_number(host) or _is_here(host)):
            refused.append(f"getaddrinfo {host!r}")
            raise socket.gaierror(socket.EAI_FAIL, f"tests may not look up {host!r}")
        return resolve(host, *arguments, **named)

    for name in real:
        patch.setattr(socket.socket, name, guarded(name))
    patch.setattr(socket, "getaddrinfo", getaddrinfo)


def _is_here(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    return name in ("", "localhost") or (_is_number(name) and ipaddress.ip_address(name).is_loopback)


def _is_number(host: str | bytes) -> bool:
    try:
        ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host)
    except ValueError:
        return False
    return True


def forbid_reading(patch: pytest.MonkeyPatch, forbidden: Path) -> None:
    """Let this process have no rights on a file, also where it runs as root, who has them all."""
    really_open = io.open

    def opened(file: Any, *arguments: Any, **named: Any) -> Any:
        if isinstance(file, (str, Path)) and Path(file) == forbidden:
            raise PermissionError(errno.EACCES, "Permission denied", str(file))
        return really_open(file, *arguments, **named)

    patch.setattr(io, "open", opened)


# Small policies on disk


def policy_markdown(subject: str, *paragraphs: str) -> str:
    """A policy about `subject` of four sections, with a planning table; `paragraphs` end the last section."""
    lines = [
        f"# Inkoopbeleid {subject}",
        "## 1 Aanvragen",
        f"Een praktijk vraagt de overeenkomst voor {subject} aan in het portaal van de verzekeraar.",
        "## 2 Planning",
        "| Stap | Datum |\n|---|---|\n| Portaal open | 3 maart 2026 |\n| Tekenen | uiterlijk 15 april 2026 |",
        "## 3 Tarieven",
        f"Het tarief voor {subject} stijgt in 2026 met 2,5 procent en staat in het portaal.",
        "## 4 Voorwaarden",
        f"Wie {subject} levert, heeft een klachtenregeling en is op werkdagen bereikbaar.",
        *paragraphs,
    ]
    return "\n\n".join(lines) + "\n"


def entry(policy_id: str, **fields: Any) -> dict[str, Any]:
    """A manifest entry; `fields` are added or replaced, and left out where they are None."""
    plain = {
        "id": policy_id,
        "file": f"{policy_id}.md",
        "insurer": "Noorderlicht",
        "year": 2026,
        "title": f"Inkoopbeleid {policy_id} 2026",
    }
    return {name: value for name, value in (plain | fields).items() if value is not None}


def write_manifest(folder: Path, *entries: Mapping[str, Any]) -> Path:
    path = folder / "manifest.yaml"
    path.write_text(yaml.safe_dump({"policies": [dict(each) for each in entries]}, allow_unicode=True), "utf-8")
    return path


def write_policies(folder: Path, texts: Mapping[str, str]) -> Path:
    """A folder of Markdown policies, id to text, with their manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    for policy_id, text in texts.items():
        (folder / f"{policy_id}.md").write_text(text, "utf-8")
    write_manifest(folder, *(entry(policy_id) for policy_id in texts))
    return folder
