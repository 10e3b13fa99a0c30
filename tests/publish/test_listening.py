"""Where a server of ours may listen, and what is said where it cannot."""

from __future__ import annotations

import asyncio
import socket

import pytest

from ingest.errors import ConfigError
from publish.listening import host_and_port, serving


@pytest.mark.parametrize(
    ("listen", "said"),
    [
        ("bad", "'bad' is no address as host:port"),
        ("localhost:http", "'http' in 'localhost:http' is no port"),
        ("localhost:", "'' in 'localhost:' is no port"),
        ("localhost:65536", "no port: a number from 0 to 65535"),
        ("127.0.0.1:-1", "'-1' in '127.0.0.1:-1' is no port"),
        ("192.0.2.1:8000", "this machine has no such address"),
        ("nowhere.invalid:8000", "the host's name is not known"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_in_words(listen: str, said: str) -> None:
    """Neither Python's words nor the system's numbers reach the user, and the option is named."""
    with pytest.raises(ConfigError) as caught:
        asyncio.run(_serve(listen))
    assert said in caught.value.what
    assert caught.value.where == "--listen"


def test_a_taken_port_is_called_taken() -> None:
    """The system's error number is left out."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError) as caught:
        asyncio.run(_serve(f"127.0.0.1:{taken.getsockname()[1]}"))
    assert caught.value.what.endswith(": another program listens there already")


def test_brackets_belong_to_no_host() -> None:
    """An IPv6 address is written in brackets and listened at without."""
    assert host_and_port("[::1]:80", setting="--listen") == ("::1", 80)


async def _serve(listen: str) -> None:
    async with serving(None, listen=listen, setting="--listen"):
        pytest.fail("it listens")
