"""How we behave towards a partner's servers: robots.txt, pauses between pages, and the keys that it gave us."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.errors import ConfigError
from ingest.fetch import Credentials, Gate, Robots
from ingest.fetch.credentials import basic_credentials, header_credentials
from ingest.sources import Partner


class Manners:
    """What goes with each request to a partner; `environment` holds the keys that sources.yaml names."""

    def __init__(self, *, robots: Robots, environment: Mapping[str, str]) -> None:
        self._robots = robots
        self._environment = environment

    def page_gate(self, supplier: Partner) -> Gate:
        """Return what is asked before each request for an article page: may we, and how long to pause after it.

        Of the partner's own pause and the host's Crawl-delay the longer holds; robots.txt is passed by only where
        the partner allowed it.
        """

        async def admit(url: str) -> float:
            asked = 0.0 if supplier.robots_allowed_by else await self._robots.admit(url)
            return max(asked, supplier.delay_seconds)

        return admit

    def credentials(self, supplier: Partner) -> Credentials | None:
        """Return the partner's keys, for its own origins: those of its feeds and pages, and its hosts over https.

        Raises ConfigError where the environment lacks one of them.
        """
        auth = supplier.auth
        if auth is None:
            return None
        urls = [
            supplier.url,
            *(feed.url for feed in supplier.feeds),
            *(f"https://{host}/" for host in supplier.hosts),
        ]
        if auth.header and auth.env:
            return header_credentials(auth.header, self._secret(auth.env, supplier), urls=urls)
        user, password = (self._secret(name or "", supplier) for name in (auth.user_env, auth.password_env))
        return basic_credentials(user, password, urls=urls)

    def _secret(self, name: str, supplier: Partner) -> str:
        value = self._environment.get(name)
        if not value:
            raise ConfigError(
                f"the environment variable {name} is not set, which holds the partner's key",
                where=f"partners.{supplier.key}.auth",
                next_step="set it for the process that runs reprint",
            )
        return value
