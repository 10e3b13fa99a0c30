"""A partner's key to its server: sent to the partner's own origins, and shown to nobody."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import httpx

from ingest.errors import ConfigError
from ingest.urls import DEFAULT_PORTS


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """Headers for some origins: scheme, host and port (RFC 6454); a redirect to any other goes without them."""

    #: Kept out of every repr, and so out of logs and traces.
    headers: Mapping[bytes, bytes] = field(repr=False)
    origins: frozenset[tuple[str, str, int]]

    def for_url(self, url: httpx.URL) -> Mapping[bytes, bytes]:
        """Return the headers that a request to `url` may carry; none where it goes to another origin."""
        return self.headers if _origin(url) in self.origins else {}


def header_credentials(name: str, value: str, *, urls: Iterable[str]) -> Credentials:
    """Return the credentials that are one header, for the origins of `urls`.

    Raises ConfigError where the value can be no header's; the message does not repeat it.
    """
    if not value.isascii() or not value.isprintable() or value != value.strip():
        raise ConfigError(
            f"the value for the header {name} holds characters that no header may",
            next_step="correct the environment variable; a line end at its end is the usual mistake",
        )
    return Credentials(
        headers={name.encode("ascii"): value.encode("ascii")},
        origins=frozenset(_origin(httpx.URL(url)) for url in urls),
    )


def basic_credentials(user: str, password: str, *, urls: Iterable[str]) -> Credentials:
    """Return the credentials of basic authentication (RFC 7617), for the origins of `urls`."""
    token = b64encode(f"{user}:{password}".encode()).decode("ascii")
    return header_credentials("Authorization", f"Basic {token}", urls=urls)


def port_of(url: httpx.URL) -> int:
    """Return the port that a web address leads to."""
    return DEFAULT_PORTS[url.scheme] if url.port is None else url.port


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, port_of(url)
