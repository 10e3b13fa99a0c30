"""What a fetch brings back, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from ingest.fetch.freshness import fresh_seconds


@dataclass(frozen=True, kw_only=True)
class Validators:
    """What a server gave us to ask whether anything changed (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A document as served."""

    url: str
    #: After redirects.
    final_url: str
    #: Where permanent redirects (301, 308) alone lead; equal to `url` where there were none at the start.
    permanent_url: str
    #: Lower-case names.
    headers: Mapping[str, str]
    #: Decoded from its content coding, within the cap.
    content: bytes
    validators: Validators
    fetched_at: datetime

    @property
    def fresh_seconds(self) -> int | None:
        """For how long the server says that it is fresh; None where it does not say."""
        return fresh_seconds(self.headers)


@dataclass(frozen=True, kw_only=True)
class NotModified:
    """304: nothing changed since `validators`."""

    url: str
    validators: Validators
    fetched_at: datetime
    #: As in `Fetched`; None where it was not followed.
    permanent_url: str | None = None
    #: As in `Fetched`.
    fresh_seconds: int | None = None


@dataclass(frozen=True, kw_only=True)
class Gone:
    """410, or 404: the document is not there (`permanent` for 410)."""

    url: str
    status: int
    permanent: bool
    fetched_at: datetime


Answer: TypeAlias = Fetched | NotModified | Gone
