"""A web service of the operator's own, such as the newsroom's WordPress: asked with a key, and never followed.

Partners' servers are asked through `Fetcher` alone. This one's address was written down by the operator, so that it
may lie in a private network; in return nothing leads away from it: redirects are answers, not journeys.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from types import TracebackType
from typing import Any, Final, Self

import httpx

from ingest.errors import ConfigError, UnreachableError
from ingest.fetch.addresses import AddressPolicy
from ingest.fetch.codings import OverCapError
from ingest.fetch.credentials import Credentials, port_of
from ingest.fetch.reasons import FAILURES, of_failure
from ingest.urls import has_credentials, is_web_url

_LOOPBACK: Final = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the service answered, whatever its status."""

    url: str
    status: int
    #: Lower-case names.
    headers: Mapping[str, str]
    content: bytes

    @property
    def ok(self) -> bool:
        """Whether the status is one of success."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """Return the body as JSON; raises ValueError where it is none, or nests too deep."""
        try:
            return json.loads(self.content)
        except RecursionError as error:
            raise ValueError("it nests too deep") from error


class Service:
    """Asks one service below `base`; use it as a context manager, in one thread at a time.

    `timeout` in seconds bounds one answer from its first byte to its last, `max_bytes` its size. `credentials` go to
    the origins that they name; over plain http only to this machine and to `allowed_networks`, for whoever is on the
    way can read them.
    """

    def __init__(
        self,
        base: str,
        *,
        user_agent: str,
        credentials: Credentials | None = None,
        allowed_networks: Iterable[str] = (),
        timeout: float = 20.0,
        max_bytes: int = 8_000_000,
    ) -> None:
        if not is_web_url(base) or has_credentials(base):
            raise ConfigError("this is no address of a service", where="targets", next_step="write it as https://...")
        self._base = base if base.endswith("/") else base + "/"
        self._credentials = credentials
        self._private = AddressPolicy(allowed=(*map(ip_network, allowed_networks), *_LOOPBACK)).allowed
        self._timeout, self._max_bytes = timeout, max_bytes
        # An answer in no coding cannot burst its cap.
        agent = user_agent.encode("ascii", "replace").decode()
        self._client = httpx.Client(
            headers={"User-Agent": agent, "Accept": "application/json, */*;q=0.1", "Accept-Encoding": "identity"},
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def ask(
        self,
        method: str,
        path: str = "",
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        anonymous: bool = False,
    ) -> Reply:
        """Send one request to `path` below the base, with `body` as JSON or `content` as it is; return the answer.

        Raises UnreachableError, TooLargeError or BlockedAddressError; and ConfigError where the key would travel in
        plain sight.
        """
        url = httpx.URL(self._base).join(path)
        if query:
            url = url.copy_merge_params(dict(query))
        try:
            secret = {} if anonymous else self._secret(url)
            request = self._client.build_request(
                method, url, headers={**(headers or {}), **secret}, content=_sent(body, content)
            )
            if body is not None:
                request.headers["Content-Type"] = "application/json"
            return self._send(request)
        except FAILURES as error:
            raise of_failure(error, url=str(url), seconds=self._timeout) from error

    def _send(self, request: httpx.Request) -> Reply:
        ends, found = time.monotonic() + self._timeout, bytearray()
        response = self._client.send(request, stream=True)
        try:
            for chunk in response.iter_raw():
                found += chunk
                if len(found) > self._max_bytes:
                    raise OverCapError(f"more than {self._max_bytes} bytes")
                if time.monotonic() > ends:
                    raise TimeoutError
        finally:
            response.close()
        named = {name.lower(): value for name, value in response.headers.items() if name.lower() != "set-cookie"}
        return Reply(url=str(request.url), status=response.status_code, headers=named, content=bytes(found))

    def _secret(self, url: httpx.URL) -> dict[str, str]:
        if self._credentials is None:
            return {}
        found = self._credentials.for_url(url)
        if found and url.scheme == "http":
            self._refuse_plain_sight(url)
        return {name.decode("ascii"): value.decode("ascii") for name, value in found.items()}

    def _refuse_plain_sight(self, url: httpx.URL) -> None:
        try:
            places = socket.getaddrinfo(url.host, port_of(url), type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise UnreachableError(
                f"the host {url.host[:100]} has no address ({error})",
                where=str(url),
                next_step="check the host's name",
            ) from error
        addresses = [ip_address(str(place[4][0]).partition("%")[0]) for place in places]
        if not all(any(address in network for network in self._private) for address in addresses):
            raise ConfigError(
                "the password would travel unencrypted",
                where=str(url),
                next_step="write the target's url with https://; a network of your own is opened with"
                " REPRINT_ALLOW_NETWORKS",
            )


def _sent(body: object, content: bytes | None) -> bytes | None:
    return content if body is None else json.dumps(body, ensure_ascii=True).encode("ascii")
