"""The fetcher: one GET, redirects and all, within its deadline and caps."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, Self, TypeAlias

import httpx

from ingest.errors import FetchError
from ingest.fetch.addresses import BAD_PORTS, blocked, policy_of
from ingest.fetch.answer import Answer, Fetched, Gone, NotModified, Validators
from ingest.fetch.codings import ACCEPT_ENCODING, OverCapError, decode
from ingest.fetch.credentials import Credentials, port_of
from ingest.fetch.freshness import fresh_seconds
from ingest.fetch.lanes import Lane, Lanes
from ingest.fetch.reasons import FAILURES, of_failure, of_status
from ingest.urls import DEFAULT_PORTS, has_credentials, is_web_url, without_credentials

MAX_REDIRECTS: Final = 10

#: Bodies of redirects and errors are read this far, to keep the connection; beyond it, the connection goes.
_DISCARD_BYTES: Final = 16 * 1024

#: Longer validators are not worth sending back at each poll.
_MAX_VALIDATOR: Final = 1024

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})
_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, text/html;q=0.8, "
    "application/xml;q=0.7, application/json;q=0.7, */*;q=0.1"
)


#: Asked with the URL before each hop: returns the seconds to leave after it before that host is asked again, or
#: raises to refuse it.
Gate: TypeAlias = Callable[[str], Awaitable[float]]


@dataclass(frozen=True, kw_only=True)
class _Journey:
    """How far one get has come."""

    #: As asked for.
    start: str
    #: What to ask next.
    url: httpx.URL
    #: Where permanent redirects alone have led so far.
    permanent: str
    #: Whether only permanent redirects were met so far.
    only_permanent: bool = True
    validators: Validators | None = None
    credentials: Credentials | None = None
    max_bytes: int
    #: Whether a longer body is cut there, instead of refused.
    cut: bool = False
    #: What was set on the way; None until then.
    cookies: httpx.Cookies | None = None

    @property
    def here(self) -> str:
        return str(self.url)

    def moved(self, status: int, url: httpx.URL) -> _Journey:
        permanent = self.only_permanent and status in _PERMANENT
        return replace(self, url=url, only_permanent=permanent, permanent=str(url) if permanent else self.permanent)


class Fetcher:
    """Gets documents from partners' servers: guarded against private addresses, bombs, loops and stalling servers.

    `user_agent` should name us and a page about us; `allowed_networks` ("127.0.0.0/8") are opened besides the public
    internet; `timeout` in seconds bounds one get from its first byte to its last, redirects included, but not its
    waiting for its turn at the host. `verify` is the TLS context, for newsrooms with an authority of their own.
    Use it as an async context manager, in one event loop. Raises ConfigError on a network that is none.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allowed_networks: Iterable[str] = (),
        timeout: float = 20.0,
        verify: ssl.SSLContext | None = None,
    ) -> None:
        self._policy = policy_of(allowed_networks)
        self._timeout = timeout
        self._headers = {
            b"User-Agent": user_agent.encode("ascii", "replace"),
            b"Accept": _ACCEPT.encode("ascii"),
            b"Accept-Encoding": ACCEPT_ENCODING.encode("ascii"),
        }
        self._lanes = Lanes(
            policy=self._policy,
            verify=verify or httpx.create_ssl_context(trust_env=False),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._lanes.aclose()

    async def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        max_bytes: int,
        cut: bool = False,
        credentials: Credentials | None = None,
        gate: Gate | None = None,
    ) -> Answer:
        """Return what a URL holds, that it holds nothing new since `validators` (RFC 9110, section 13), or is gone.

        `max_bytes` caps the decoded body, which with `cut` ends there instead of being refused; `credentials` go to
        the origins that they name and to no other; `gate` is asked before each hop, and may refuse it by raising.
        Raises BlockedAddressError, TooLargeError, StatusError or UnreachableError; their `where` is the address asked
        last, without credentials.
        """
        target = _checked(url, where=without_credentials(url))
        journey = _Journey(
            start=url,
            url=target,
            permanent=url,
            validators=validators,
            max_bytes=max_bytes,
            cut=cut,
            credentials=credentials,
        )
        left, clock = self._timeout, asyncio.get_running_loop()
        for _ in range(MAX_REDIRECTS + 1):
            pause = await gate(journey.here) if gate else 0.0
            async with self._lanes.turn(journey.url.netloc.decode("ascii"), pause=pause) as lane:
                began = clock.time()
                outcome = await self._ask(journey, lane, left)
                left -= clock.time() - began
            if not isinstance(outcome, _Journey):
                return outcome
            journey = outcome
        raise FetchError(
            f"more than {MAX_REDIRECTS} redirects, the last to {journey.here}",
            where=without_credentials(url),
            next_step="open it in a browser and write down the address it ends at",
        )

    async def post(self, url: str, form: Mapping[str, str]) -> int:
        """Send a form, and return the status of the answer; redirects are not followed.

        Raises what `get` does, but for statuses.
        """
        target = _checked(url, where=without_credentials(url))
        async with (
            self._lanes.turn(target.netloc.decode("ascii")) as lane,
            self._guarded(lane, target, self._timeout),
        ):
            request = httpx.Request("POST", target, headers=self._headers, data=dict(form))
            response = await lane.transport.handle_async_request(request)
            try:
                await _discard(response)
            finally:
                await response.aclose()
            return response.status_code

    async def _ask(self, journey: _Journey, lane: Lane, seconds: float) -> _Journey | Answer:
        async with self._guarded(lane, journey.url, seconds):
            secret = dict(journey.credentials.for_url(journey.url)) if journey.credentials else {}
            headers = self._headers | _conditions(journey.validators) | secret
            request = httpx.Request("GET", journey.url, headers=headers, cookies=journey.cookies)
            response = await lane.transport.handle_async_request(request)
            response.request = request
            try:
                return await _read(response, journey)
            finally:
                await response.aclose()

    @asynccontextmanager
    async def _guarded(self, lane: Lane, url: httpx.URL, seconds: float) -> AsyncIterator[None]:
        """Within `seconds`, talk to a host whose addresses were looked at; what fails is raised as ours."""
        try:
            async with asyncio.timeout(seconds):
                if not lane.checked:
                    await self._policy.check(url.host, port_of(url), where=str(url))
                    lane.checked = True
                yield
        except FAILURES as error:
            raise of_failure(error, url=str(url), seconds=self._timeout) from error


async def _read(response: httpx.Response, journey: _Journey) -> _Journey | Answer:
    status, where, now = response.status_code, journey.here, datetime.now(UTC)
    if 200 <= status < 300 and status != httpx.codes.PARTIAL_CONTENT:
        return await _fetched(response, journey, now)
    await _discard(response)
    if status in _REDIRECTS and "location" in response.headers:
        return _followed(response, journey)
    if status == httpx.codes.NOT_MODIFIED and journey.validators is not None:
        return NotModified(
            url=journey.start,
            validators=_renewed(response.headers, journey.validators),
            fetched_at=now,
            permanent_url=journey.permanent,
            fresh_seconds=fresh_seconds(response.headers),
        )
    if status in {httpx.codes.NOT_FOUND, httpx.codes.GONE}:
        return Gone(url=journey.start, status=status, permanent=status == httpx.codes.GONE, fetched_at=now)
    raise of_status(status, url=where, retry_after=response.headers.get("retry-after"), now=now)


async def _fetched(response: httpx.Response, journey: _Journey, now: datetime) -> Fetched:
    try:
        content = await _content(response, journey.max_bytes)
    except OverCapError as error:
        if not (journey.cut and error.kept):
            raise
        content = error.kept
    return Fetched(
        url=journey.start,
        final_url=journey.here,
        permanent_url=journey.permanent,
        headers=_kept_headers(response.headers),
        content=content,
        validators=_renewed(response.headers, Validators()),
        fetched_at=now,
    )


async def _content(response: httpx.Response, max_bytes: int) -> bytes:
    encoding = response.headers.get("content-encoding", "")
    coded = bytearray()
    async for chunk in response.aiter_raw():
        coded += chunk
        if len(coded) > max_bytes:
            raise OverCapError(f"more than {max_bytes} bytes", b"" if encoding else bytes(coded[:max_bytes]))
    return decode(bytes(coded), encoding, max_bytes=max_bytes)


async def _discard(response: httpx.Response) -> None:
    size = 0
    async for chunk in response.aiter_raw():
        size += len(chunk)
        if size > _DISCARD_BYTES:
            return


def _followed(response: httpx.Response, journey: _Journey) -> _Journey:
    location = response.headers["location"]
    target = _checked(str(journey.url.join(location)), where=journey.here)
    if "set-cookie" in response.headers:
        cookies = httpx.Cookies(journey.cookies)
        cookies.extract_cookies(response)
        journey = replace(journey, cookies=cookies)
    return journey.moved(response.status_code, target)


def _checked(url: str, *, where: str) -> httpx.URL:
    """Return the URL to ask, without its fragment; a redirect's target is checked as the first address is."""
    shown = without_credentials(url)[:200]
    scheme = url.strip().partition(":")[0].lower()
    if scheme not in DEFAULT_PORTS:
        raise blocked(where, f"{shown} does not begin with http:// or https://")
    if has_credentials(url):
        raise blocked(where, f"{shown} carries a user name or password, which addresses must not")
    if not is_web_url(url):
        raise blocked(where, f"{shown} is no address on the web")
    try:
        parsed = httpx.URL(url.strip().partition("#")[0])
    except httpx.InvalidURL as error:
        raise blocked(where, f"{shown} is no address on the web ({error})") from error
    if port_of(parsed) in BAD_PORTS:
        raise blocked(where, f"{shown} names port {port_of(parsed)}, which belongs to another service than the web")
    return parsed


def _conditions(validators: Validators | None) -> dict[bytes, bytes]:
    if validators is None:
        return {}
    pairs = {b"If-None-Match": validators.etag, b"If-Modified-Since": validators.last_modified}
    # Latin-1 gives back the very bytes that the server sent.
    return {name: value.encode("latin-1", "replace") for name, value in pairs.items() if value}


def _renewed(headers: httpx.Headers, before: Validators) -> Validators:
    raw = {name.lower(): value.decode("latin-1") for name, value in headers.raw if len(value) <= _MAX_VALIDATOR}
    return Validators(
        etag=raw.get(b"etag", before.etag), last_modified=raw.get(b"last-modified", before.last_modified)
    )


def _kept_headers(headers: httpx.Headers) -> Mapping[str, str]:
    # Cookies are a session's secrets, and of no use to any stage.
    return {name.lower(): value for name, value in headers.items() if name.lower() != "set-cookie"}
