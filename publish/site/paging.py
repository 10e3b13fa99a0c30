"""Long lists cut into pages that stay as they are once they are full (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publish.teaser import Teaser

#: How many teasers a full list page holds.
PAGE_SIZE = 30


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a list; the neighbours are file names in the same folder."""

    file: str
    teasers: tuple[Teaser, ...]
    position: str
    newer: str | None
    older: str | None


def pages_of(teasers: Sequence[Teaser], *, size: int = PAGE_SIZE) -> tuple[Page, ...]:
    """Cut a list, newest first, into pages: `index.html` with the newest, then `page-N.html` down to page 1.

    Full pages are numbered from the oldest piece on, so that a new piece changes the index and closed pages never
    (at most the youngest of them, whose "newer" link stays `index.html` until the next one closes).
    """
    closed = max(0, len(teasers) // size - 1)
    newest = len(teasers) - closed * size
    files = ["index.html", *(f"page-{number}.html" for number in range(closed, 0, -1))]
    parts = [teasers[:newest], *(teasers[start : start + size] for start in range(newest, len(teasers), size))]
    return tuple(
        Page(
            file=file,
            teasers=tuple(part),
            position="Newest" if index == 0 else f"Page {closed - index + 1}",
            newer=files[index - 1] if index else None,
            older=files[index + 1] if index + 1 < len(files) else None,
        )
        for index, (file, part) in enumerate(zip(files, parts, strict=True))
    )
