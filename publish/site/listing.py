"""The pages of one list: a section, a partner, an author, a month; only those that are stale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from markupsafe import Markup

from ingest.sources import Site
from ingest.store.listings import ListRow
from publish.feeds import FEED_SIZE, Channel, Withdrawal, feed_files
from publish.head import list_head
from publish.shelf import Item, Shelf
from publish.site import layout
from publish.site.cards import Cards
from publish.site.embeds import newest_json
from publish.site.headings import Heading, heading_of
from publish.site.paging import Page, closed_pages, make_page, page_file, span, stale_numbers
from publish.templating import render

#: The kinds of lists that have feeds of their own.
_FED = frozenset({"section", "partner"})


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What every list of one build is drawn with."""

    shelf: Shelf
    site: Site
    cards: Cards
    withdrawn: Sequence[Withdrawal]


def list_files(row: ListRow, drawing: Drawing, *, whole: bool) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of a list's stale pages, its feeds, and the index last, which leads to all of them."""
    folder = layout.list_folder(row.list)
    numbers = _numbers(row, drawing.shelf, whole=whole)
    closed = closed_pages(row.size)
    for page in _closed(row, [number for number in numbers if number <= closed], drawing.shelf):
        heading = heading_of(row, (), site=drawing.site)
        yield f"{folder}/{page.file}", _page(heading, page, f"{folder}/{page.file}", drawing)
    if numbers and numbers[0] > closed:
        yield from _open_files(row, folder, drawing)


def _open_files(row: ListRow, folder: str, drawing: Drawing) -> Iterator[tuple[str, bytes]]:
    skip, length = span(closed_pages(row.size) + 1, row.size)
    items = tuple(drawing.shelf.items(row.list, skip=skip, limit=max(length, FEED_SIZE)))
    page = make_page(closed_pages(row.size) + 1, items[:length], row.size)
    heading = heading_of(row, items[:length], site=drawing.site)
    if row.list.partition(":")[0] in _FED:
        channel = Channel(title=f"{heading.title} — {drawing.site.name}", folder=folder, home=f"{folder}/index.html")
        gone = [one for one in drawing.withdrawn if heading.here and heading.here in one.partners]
        newest = [item.teaser for item in items[:FEED_SIZE]]
        yield from feed_files(newest, site=drawing.site, channel=channel, withdrawn=gone)
        yield f"{folder}/{layout.TEASERS}", newest_json(newest, site=drawing.site)
    yield f"{folder}/index.html", _page(heading, page, f"{folder}/index.html", drawing)


def gone_files(row: ListRow) -> Iterator[str]:
    """Yield the paths of the pages that a list no longer has."""
    folder = layout.list_folder(row.list)
    if not row.size:
        yield from (f"{folder}/{name}" for name in ("index.html", layout.TEASERS, *layout.FEEDS))
    for number in range(closed_pages(row.size) + 1, closed_pages(row.drawn_size) + 1):
        yield f"{folder}/{page_file(number, closed=number)}"


def _numbers(row: ListRow, shelf: Shelf, *, whole: bool) -> list[int]:
    if whole:
        return list(range(closed_pages(row.size) + 1, 0, -1))
    changed = shelf.changed(row)
    return stale_numbers(row.size, drawn=row.drawn_size, moved_from=row.moved_from, changed=changed)


def _closed(row: ListRow, numbers: Sequence[int], shelf: Shelf) -> Iterator[Page[Item]]:
    """Yield closed pages, the highest first; each run of neighbours is read in one go."""
    for run in _runs(numbers):
        skip, length = span(run[0], row.size)
        items = shelf.items(row.list, skip=skip, limit=length * len(run))
        for number in run:
            yield make_page(number, tuple(islice(items, length)), row.size)


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and run[-1] != number + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _page(heading: Heading, page: Page[Item], path: str, drawing: Drawing) -> bytes:
    title = heading.title if page.newer is None else f"{heading.title}, {page.position.lower()}"
    return render(
        "listing.html",
        path=path,
        site=drawing.site,
        head=list_head(title, heading.subtitle, path, site=drawing.site),
        heading=heading,
        credit=Markup(heading.credit_html),  # noqa: S704 - cleaned when the teaser was made
        home_label=urlsplit(heading.home or "").netloc.removeprefix("www."),
        cards=[drawing.cards.card(item, here=heading.here) for item in page.items],
        listing=page,
    ).encode()
