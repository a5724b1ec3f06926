"""The guard of `conftest.py` holds: nothing but this machine is reached, and no setting is inherited."""

from __future__ import annotations

import os
import socket
import urllib.request

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org", "127.0.0.1.example.org"])
def test_another_machine_is_refused(host: str, refused_connections: list[str]) -> None:
    with pytest.raises(OSError, match="tests may not"):
        socket.create_connection((host, 80), timeout=1)
    assert host in refused_connections[0]
    refused_connections.clear()


def test_a_library_that_swallows_the_error_is_found_out(refused_connections: list[str]) -> None:
    with pytest.raises(OSError, match="tests may not"):
        urllib.request.urlopen("http://example.org/", timeout=1)
    assert len(refused_connections) == 1
    refused_connections.clear()


def test_a_datagram_is_refused(refused_connections: list[str]) -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
        pytest.raises(ConnectionRefusedError, match="tests may not reach"),
    ):
        sender.sendto(b"x", ("192.0.2.1", 53))
    assert len(refused_connections) == 1
    refused_connections.clear()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached(host: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection((host, server.getsockname()[1]), timeout=5) as client,
    ):
        assert client.getpeername()[0] == "127.0.0.1"


def test_the_environment_is_clean() -> None:
    """But for the settings that keep receipts nowhere and the store in a folder of the test."""
    ours = {name: value for name, value in os.environ.items() if name.startswith("LOKET_")}
    assert ours.pop("LOKET_DATABASE_URL").startswith("sqlite:////")
    assert ours == {"LOKET_RECEIPTS": ""}
    assert os.environ["HF_HUB_OFFLINE"] == "1"
