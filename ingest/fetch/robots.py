"""robots.txt: which pages a host lets us fetch, and how fast (RFC 9309).

What it says is kept per origin for a day at most. A host without one allows everything; one whose robots.txt cannot
be had allows nothing for now, and is asked again soon.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from ingest.errors import FetchError, RobotsError, StatusError
from ingest.fetch.answer import Fetched
from ingest.fetch.fetcher import Fetcher

#: RFC 9309, section 2.5: at least 500 KiB are read; what comes after is not.
MAX_BYTES: Final = 512 * 1024
#: RFC 9309, section 2.4: not to be kept for longer than a day.
KEPT_SECONDS: Final = 24 * 3600.0
#: How soon a robots.txt that could not be had is asked for again.
RETRIED_SECONDS: Final = 15 * 60.0
#: Longer wishes (Crawl-delay is no standard) are cut to this.
MAX_CRAWL_DELAY: Final = 10.0
#: Origins remembered; the longest unused go first.
_MAX_KEPT: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What one origin's robots.txt says."""

    file: Protego | None
    #: Why nothing may be fetched for now; None where the file could be had.
    failure: FetchError | None
    #: Of the loop's clock.
    until: float


@dataclass(kw_only=True, eq=False)
class _Slot:
    rules: Rules | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Robots:
    """The rules of the hosts that were asked; `product` is the name by which robots.txt calls us."""

    def __init__(self, fetcher: Fetcher, *, product: str) -> None:
        self._fetcher = fetcher
        self._product = product
        self._slots: OrderedDict[str, _Slot] = OrderedDict()

    async def admit(self, url: str) -> float:
        """Return the seconds that the host wants between requests, capped, when it lets us fetch `url`.

        Raises RobotsError when it does not, or when its robots.txt cannot be had (then `transient`).
        """
        rules = await self._rules(url)
        if rules.file is None:
            if rules.failure is None:
                return 0.0
            raise _unknown(url, rules.failure)
        if not rules.file.can_fetch(url, self._product):
            raise _refused(url)
        return min(float(rules.file.crawl_delay(self._product) or 0.0), MAX_CRAWL_DELAY)

    async def _rules(self, url: str) -> Rules:
        address = _address(url)
        slot = self._slots.setdefault(address, _Slot())
        self._slots.move_to_end(address)
        while len(self._slots) > _MAX_KEPT:
            self._slots.popitem(last=False)
        async with slot.lock:
            if slot.rules is None or slot.rules.until < asyncio.get_running_loop().time():
                slot.rules = await self._ask(address)
            return slot.rules

    async def _ask(self, address: str) -> Rules:
        now = asyncio.get_running_loop().time()
        try:
            answer = await self._fetcher.get(address, max_bytes=MAX_BYTES, cut=True)
        except StatusError as error:
            # RFC 9309, section 2.3.1.3: "unavailable" allows all, but for "too many requests" as the web has it.
            if error.status < 500 and error.status != 429:
                return Rules(file=None, failure=None, until=now + KEPT_SECONDS)
            return Rules(file=None, failure=error, until=now + RETRIED_SECONDS)
        except FetchError as error:
            return Rules(file=None, failure=error, until=now + RETRIED_SECONDS)
        text = _whole_lines(answer.content) if isinstance(answer, Fetched) else ""
        return Rules(file=Protego.parse(text) if text else None, failure=None, until=now + KEPT_SECONDS)


def _whole_lines(content: bytes) -> str:
    """Return a robots.txt as text, without a rule that was cut in its middle: that would forbid more than it says."""
    lines = content.rpartition(b"\n")[0] if len(content) >= MAX_BYTES else content
    return lines.decode("utf-8", "replace")


def _address(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def _refused(url: str) -> RobotsError:
    return RobotsError(
        "the site's robots.txt forbids us this page",
        where=url,
        next_step="ask the partner to allow us; with its word, set `robots: ignore` and `robots_allowed_by`",
    )


def _unknown(url: str, failure: FetchError) -> RobotsError:
    error = RobotsError(
        f"the site's robots.txt could not be had, so its pages are left alone for now: {failure.what}",
        where=url,
        next_step="it is tried again later",
        retry_after=failure.retry_after,
    )
    error.transient = True
    return error
