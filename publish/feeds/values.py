"""What a feed is of, and what went out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from publish.site.layout import FRONT


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One feed's head: what it is called, and which of our pages lists the same pieces."""

    title: str
    #: The folder in which its files stand; empty for the site's own.
    folder: str = ""
    #: The page that it is the feed of.
    home: str = FRONT

    def path(self, file: str) -> str:
        """Return the path of one of its files."""
        return f"{self.folder}/{file}" if self.folder else file


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """A piece that was taken down: no word of it, only which one, and when."""

    work_id: int
    #: When we first published it; part of its lasting name.
    published_at: datetime
    withdrawn_at: datetime
    #: The keys of those whose feeds named it.
    partners: frozenset[str]
