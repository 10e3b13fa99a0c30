"""Where the desk may listen: loopback, or anywhere with users and TLS or a proxy (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from ingest.errors import ConfigError
from publish.desk.security import host_name

#: What a browser on this machine may call it; whoever holds the ports of loopback is the machine's own.
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the desk listens, and what it is told of the way there."""

    #: host:port.
    listen: str
    #: Names that a browser may use for it, beside those of loopback.
    names: Sequence[str] = ()
    certificate: Path | None = None
    key: Path | None = None
    #: Addresses of the proxies whose word on the browser's address counts.
    proxies: Sequence[str] = ()

    @property
    def host(self) -> str:
        """The address without the port."""
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def public(self) -> bool:
        """Whether others than this machine reach it."""
        try:
            return not ip_address(self.host).is_loopback
        except ValueError:
            return self.host != "localhost"

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by TLS."""
        return self.certificate is not None or bool(self.proxies)

    @property
    def hosts(self) -> frozenset[str]:
        """The names that a browser may use, without ports."""
        own = f"[{self.host}]" if ":" in self.host else self.host
        return frozenset(host_name(name) for name in (*_LOOPBACK, own, *self.names) if name)

    @property
    def address(self) -> str:
        """Where a person finds it."""
        name = self.names[0] if self.names else self.listen
        return f"{'https' if self.secure else 'http'}://{name}/"

    def server_options(self) -> dict[str, Any]:
        """Return what the web server has to know of it."""
        options: dict[str, Any] = {"proxy_headers": bool(self.proxies), "timeout_graceful_shutdown": 5}
        if self.proxies:
            options["forwarded_allow_ips"] = list(self.proxies)
        if self.certificate is not None:
            options |= {"ssl_certfile": str(self.certificate), "ssl_keyfile": self.key and str(self.key)}
        return options


def require_safe(place: Place, *, any_user: bool) -> None:
    """Raise ConfigError where the desk would be open to others without users, or without TLS."""
    if (place.certificate is None) != (place.key is None):
        raise ConfigError("TLS needs both --tls-cert and --tls-key", where="desk")
    if not place.public:
        return
    if not any_user:
        raise ConfigError(
            "others could reach the desk, and nobody may sign in yet",
            where=f"desk at {place.listen}",
            next_step="add a user first: reprint desk user add NAME",
        )
    if not place.secure:
        raise ConfigError(
            "others could read the passwords on their way to the desk",
            where=f"desk at {place.listen}",
            next_step="give --tls-cert and --tls-key, or --behind-proxy and the proxy's address; "
            "or listen at 127.0.0.1",
        )
    if not place.names:
        raise ConfigError(
            "the desk has to know by which name browsers call it",
            where=f"desk at {place.listen}",
            next_step="give --host, such as --host desk.news.example",
        )
