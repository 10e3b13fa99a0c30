"""Long lists cut into pages that stay as they are once they are full (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

#: How many pieces a full list page holds.
PAGE_SIZE = 30

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list; the neighbours are file names in the same folder."""

    number: int
    file: str
    #: The newest first.
    items: tuple[T, ...]
    position: str
    newer: str | None
    older: str | None


def closed_pages(count: int, *, size: int = PAGE_SIZE) -> int:
    """Return how many pages of a list of that length are full and numbered; the rest stands on the index.

    Pages are numbered from the oldest piece on, so that a new piece changes the index and closed pages never (at most
    the youngest of them, whose "newer" link stays `index.html` until the next one closes).
    """
    return max(0, count // size - 1)


def page_file(number: int, *, closed: int) -> str:
    """Return a page's file name: "page-N.html", or "index.html" for the one past the closed ones."""
    return "index.html" if number > closed else f"page-{number}.html"


def page_of(place: int, count: int, *, size: int = PAGE_SIZE) -> int:
    """Return the number of the page on which a place (0 is the oldest) of a list stands."""
    return min(place // size, closed_pages(count, size=size)) + 1


def span(number: int, count: int, *, size: int = PAGE_SIZE) -> tuple[int, int]:
    """Return how many pieces are newer than a page's own, and how many the page holds."""
    start = (number - 1) * size
    end = count if number > closed_pages(count, size=size) else start + size
    return count - end, end - start


def make_page(number: int, items: Sequence[T], count: int, *, size: int = PAGE_SIZE) -> Page[T]:
    """Return a page of a list of that length, given the page's pieces, the newest first."""
    closed = closed_pages(count, size=size)
    return Page(
        number=number,
        file=page_file(number, closed=closed),
        items=tuple(items),
        position="Newest" if number > closed else f"Page {number}",
        newer=page_file(number + 1, closed=closed) if number <= closed else None,
        older=page_file(number - 1, closed=closed) if number > 1 else None,
    )


def pages_of(items: Sequence[T], *, size: int = PAGE_SIZE) -> Iterator[Page[T]]:
    """Yield all pages of a list, given newest first: the index, then down to page 1."""
    count = len(items)
    for number in range(closed_pages(count, size=size) + 1, 0, -1):
        skip, length = span(number, count, size=size)
        yield make_page(number, items[skip : skip + length], count, size=size)


def stale_numbers(
    count: int, *, drawn: int, moved_from: int | None, changed: Sequence[int], size: int = PAGE_SIZE
) -> list[int]:
    """Return the numbers of the pages to draw anew, the highest first.

    `drawn` is the list's length when it was last drawn, `moved_from` the lowest place at which something came or went
    since, `changed` the places at which a piece changed where it stands.
    """
    closed, before = closed_pages(count, size=size), closed_pages(drawn, size=size)
    numbers = {page_of(place, count, size=size) for place in changed if 0 <= place < count}
    if moved_from is not None:
        first = page_of(min(moved_from, max(count - 1, 0)), count, size=size)
        if before != closed:
            # The youngest closed page leads to the next one, or to the index.
            first = min(first, max(min(before, closed), 1))
        numbers.update(range(first, closed + 2))
    return sorted(numbers, reverse=True)
