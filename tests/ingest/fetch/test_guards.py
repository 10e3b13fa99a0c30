"""Addresses that partners have no business naming (SSRF)."""

from __future__ import annotations

import asyncio
import socket

import pytest
from pytest_httpserver import HTTPServer

from ingest.errors import BlockedAddressError, ConfigError, FetchError, UnreachableError
from ingest.fetch import Fetcher
from tests.ingest.fetch.servers import CAP, fetch, fetched


class TestGuards:
    """Addresses that partners have no business naming (SSRF)."""

    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0.0.0.0", "[::1]", "[::]",  # noqa: S104 - an address to ask, not to bind to
            "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
            "[::127.0.0.1]", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fd00::1]",
            "[fe80::1]", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[ff02::1]", "192.0.2.1",
            "0x7f.1", "0177.1", "017700000001", "0x7F.0x0.0x0.0x1", "0", "1", "4294967295", "0.1.2.3", "LOCALHOST",
            "\uff11\uff12\uff17.\uff10.\uff10.\uff11", "\u2460\u2461\u2466.0.0.1", "127\u30020\u30020\u30021", "\u24dbocalhost",
            "%31%32%37.0.0.1", "[::1%25lo]", "[fe80::1%25eth0]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:0:127.0.0.1]",
            "[64:ff9b::a9fe:a9fe]", "[2001:0:53aa:64c:0:0:80ff:fffe]", "[2001:db8::1]", "[100::1]", "[100:0:0:1::1]",
            "[3fff::1]", "[5f00::1]", "[fec0::1]", "192.0.0.8", "192.88.99.1", "198.18.0.1", "203.0.113.1",
        ],
    )  # fmt: skip
    def test_private_addresses_are_refused(self, host: str) -> None:
        """No spelling of a private, loopback, link-local or otherwise special address is asked."""
        with pytest.raises(FetchError) as caught:
            fetch(f"http://{host}/", allowed=(), timeout=5)
        assert isinstance(caught.value, BlockedAddressError)
        assert not caught.value.transient

    def test_the_private_service_sees_no_connection(self) -> None:
        """A name that leads to a private address is refused before it is connected to."""
        with socket.create_server(("127.0.0.1", 0)) as service:
            service.settimeout(0.3)
            with pytest.raises(BlockedAddressError):
                fetch(f"http://localhost:{service.getsockname()[1]}/", allowed=())
            with pytest.raises(TimeoutError):
                service.accept()

    def test_the_connected_address_counts(self, httpserver: HTTPServer) -> None:
        """A name that leads elsewhere after the first look (DNS rebinding) is refused at the connection."""

        async def main() -> None:
            async with Fetcher(user_agent="t") as fetcher:
                async with fetcher._lanes.turn(f"localhost:{httpserver.port}") as lane:
                    lane.checked = True
                await fetcher.get(f"http://localhost:{httpserver.port}/", max_bytes=CAP)

        with pytest.raises(BlockedAddressError):
            asyncio.run(main())
        assert httpserver.log == []

    @pytest.mark.parametrize(
        "url",
        [
            "file:///etc/passwd", "/etc/passwd", "ftp://a.example/", "feed://a.example/", "feed:https://a.example/",
            "a.example/feed", "//a.example/feed", "https:a.example", "http://", "", "javascript:alert(1)",
            "http://a.example:25/", "http://a.example:0/", "http://a.example:70000/", "http://a..example/",
            "http://good.example\\@evil.example/", "http://a.example\x00/", "http://999.1.1.1/",
        ],
    )  # fmt: skip
    def test_what_is_no_web_address_is_refused(self, url: str) -> None:
        """Another scheme, a malformed host or an odd port is refused before anything is looked up."""
        with pytest.raises(BlockedAddressError) as caught:
            fetch(url, timeout=2)
        assert caught.value.next_step

    @pytest.mark.parametrize(
        "url", ["https://user:secret@a.example/", "https://secret@a.example/", "https:secret@a.example"]
    )
    def test_credentials_are_refused_and_never_shown(self, url: str) -> None:
        """A password in an address is refused, and no message repeats it."""
        with pytest.raises(BlockedAddressError) as caught:
            fetch(url)
        assert "secret" not in str(caught.value) + repr(caught.value)

    def test_an_open_network_is_only_that_network(self, httpserver: HTTPServer) -> None:
        """Opening one network opens no other."""
        httpserver.expect_request("/").respond_with_data(b"x")
        url = f"http://127.0.0.1:{httpserver.port}/"
        assert fetched(url, allowed=("127.0.0.1/32",)).content == b"x"
        with pytest.raises(BlockedAddressError):
            fetch(url, allowed=("127.0.0.2/32",))

    def test_a_network_that_is_none(self) -> None:
        """A wrong setting is told at once."""
        with pytest.raises(ConfigError, match=r"127\.0\.0\.1/8"):
            Fetcher(user_agent="t", allowed_networks=("127.0.0.1/8",))

    def test_international_names_are_asked_in_ascii(self) -> None:
        """An IDN is looked up in its ASCII form; that it does not exist is an unreachable host, not a crash."""
        with pytest.raises(UnreachableError, match="no address"):
            fetch("http://bücher.invalid/", timeout=5)
