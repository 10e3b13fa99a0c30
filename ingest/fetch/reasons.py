"""What httpx and the server report, said as our own errors: what happened, where, and what to do next."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final

import httpx
from httpx_secure import SSRFProtectionError

from ingest.errors import FetchError, StatusError, TooLargeError, UnreachableError
from ingest.fetch.addresses import blocked
from ingest.fetch.codings import CodingError, OverCapError
from ingest.fetch.retry_after import parse_retry_after

#: What may go wrong on the way, and is said by `of_failure`.
FAILURES: Final = (httpx.HTTPError, httpx.InvalidURL, CodingError, OverCapError, TimeoutError, OSError, UnicodeError)

_STATUS_STEPS: Final = {
    401: "the server wants credentials: ask the partner for access",
    402: "the server wants to be paid: ask the partner for access",
    403: "the server refuses us, often a bot wall: ask the partner to let our User-Agent in",
    406: "the server has nothing in a form that we take: ask the partner for a feed of RSS, Atom or JSON",
    429: "we asked too often: poll less often",
    451: "withheld for legal reasons: ask the partner",
}


def of_failure(error: Exception, *, url: str, seconds: float) -> FetchError:
    """Return our error for one of FAILURES that befell a request to `url` that had `seconds` in all."""
    message = str(error) or type(error).__name__
    match error:
        case SSRFProtectionError():
            return blocked(url, f"{error.hostname} is at {error.ip_addr}, which is no public address")
        case httpx.InvalidURL() | httpx.UnsupportedProtocol() | UnicodeError():
            return blocked(url, f"not an address that can be asked: {message}")
        case OverCapError():
            return TooLargeError(
                f"the answer holds {message}",
                where=url,
                next_step="a document of that size is not read; see the partner",
            )
        case CodingError():
            return UnreachableError(
                f"the answer is not in the coding it claims: {message}", where=url, next_step="it is tried again"
            )
        case httpx.TimeoutException() | asyncio.TimeoutError():
            return UnreachableError(
                f"no complete answer within {seconds:g} s", where=url, next_step="it is tried again later"
            )
        case httpx.ConnectError() if "CERTIFICATE" in message:
            return UnreachableError(
                f"the server's certificate is not valid: {message}", where=url, next_step="tell the partner"
            )
        case httpx.ConnectError():
            return UnreachableError(f"cannot be reached: {message}", where=url, next_step="it is tried again later")
        case _:
            return UnreachableError(f"the exchange failed: {message}", where=url, next_step="it is tried again later")


def of_status(status: int, *, url: str, retry_after: str | None, now: datetime) -> StatusError:
    """Return our error for an HTTP status that is no answer."""
    phrase = httpx.codes.get_reason_phrase(status)
    return StatusError(
        f"the server answers {status} {phrase}".rstrip(),
        status=status,
        where=url,
        next_step=_STATUS_STEPS.get(status, "it is tried again later" if status >= 500 else "open it in a browser"),
        retry_after=parse_retry_after(retry_after, now=now),
    )
