"""Every file of the site but the articles', those that others need first: all, or only what is stale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import urlsplit

from ingest.sources import Site
from ingest.store.listings import ListRow
from publish.feeds import Channel, Withdrawal, feed_files
from publish.head import hidden_head, list_head
from publish.shelf import Item, Shelf
from publish.site import layout, listing, maps
from publish.site.cards import Cards
from publish.site.corrections import corrections_files
from publish.site.directories import directory_files
from publish.site.dressing import dressing_files
from publish.site.embeds import newest_json
from publish.site.front import REACH, front_of
from publish.site.listing import Drawing, list_files
from publish.site.search import search_files
from publish.sitemap import NEWS_AGE, NEWS_COUNT, news_sitemap, robots_txt
from publish.teaser import Teaser
from publish.templating import render

#: Months first: their cards are those of sections and authors too.
_KINDS = ("month", "section", "partner", "author")


def site_files(
    shelf: Shelf, *, site: Site, withdrawn: Sequence[Withdrawal] = (), whole: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of all files but the articles', or only of the stale ones (pure but for the shelf)."""
    if whole:
        yield from dressing_files(site)
        yield from _standing_pages(site)
    stale = {row.list for row in shelf.stale()}
    drawing = Drawing(shelf=shelf, site=site, cards=Cards(site), withdrawn=withdrawn)
    for kind in _KINDS:
        rows = _rows(kind, shelf, site)
        for row in rows:
            if row.size and (whole or row.list in stale):
                yield from list_files(row, drawing, whole=whole)
            elif kind == "section" and (whole or row.list in stale):
                yield from list_files(row, drawing, whole=True)
        if whole or any(row.list in stale for row in rows):
            yield from directory_files(kind, shelf, site)
    if whole or "corrections:all" in stale:
        yield from corrections_files(shelf, site)
    yield from search_files(shelf, whole=whole)
    yield from _root_files(shelf, site, withdrawn, whole=whole)


def _rows(kind: str, shelf: Shelf, site: Site) -> Sequence[ListRow]:
    """Return the lists of a kind; each of our sections has its page, though nothing stands in it yet."""
    rows = shelf.lists(kind)
    if kind != "section":
        return rows
    known = {row.list for row in rows}
    empty = (
        ListRow(list=f"section:{section.key}", name=section.name, note="", size=0, drawn_size=0, moved_from=None)
        for section in site.sections
    )
    return [*rows, *(row for row in empty if row.list not in known)]


def _root_files(
    shelf: Shelf, site: Site, withdrawn: Sequence[Withdrawal], *, whole: bool
) -> Iterator[tuple[str, bytes]]:
    newest = [item.teaser for item in _newest(shelf, REACH)]
    yield from feed_files(newest, site=site, channel=Channel(title=site.name), withdrawn=withdrawn)
    yield layout.TEASERS, newest_json(newest, site=site)
    yield from maps.map_files(shelf, site, whole=whole)
    yield layout.NEWS_SITEMAP, news_sitemap(_news(shelf), site=site)
    yield layout.FRONT, _front(newest, [row for row in shelf.lists("partner") if row.size], site)


def _newest(shelf: Shelf, most: int) -> Iterator[Item]:
    """Yield the newest pieces of all."""
    months = sorted((row.list for row in shelf.lists("month") if row.size), reverse=True)
    yield from islice((item for month in months for item in shelf.items(month, limit=most)), most)


def _news(shelf: Shelf) -> list[Teaser]:
    """Return the pieces of the days that the news sitemap looks back from the newest."""
    found: list[Teaser] = []
    for item in _newest(shelf, NEWS_COUNT):
        if found and item.teaser.published_at < found[0].published_at - NEWS_AGE:
            break
        found.append(item.teaser)
    return found


def _front(newest: Sequence[Teaser], partners: Sequence[ListRow], site: Site) -> bytes:
    return render(
        "front.html",
        path=layout.FRONT,
        site=site,
        head=list_head(site.name, site.description, layout.FRONT, site=site),
        front=front_of(newest, partners, site=site),
        newest=newest[0].published_at if newest else None,
    ).encode()


def _standing_pages(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the pages that no article changes: search, not found, and what crawlers are told."""
    head = list_head("Search", "Search all that was published here.", layout.SEARCH, site=site)
    yield layout.SEARCH, render("search.html", path=layout.SEARCH, site=site, head=head).encode()
    yield layout.NOT_FOUND, _not_found(site)
    yield layout.ROBOTS, robots_txt(site=site)


def _not_found(site: Site) -> bytes:
    """Return the page for unknown addresses; shown at any depth, so its links start at the site's own path."""
    return render(
        "notice.html",
        path=layout.NOT_FOUND,
        root=urlsplit(site.url).path or "/",
        site=site,
        head=hidden_head("Not found", site=site),
        kicker="404",
        title="There is no such page",
        text="It may have moved, or the address has a slip in it.",
        when=None,
        onward=True,
    ).encode()


def gone_files(shelf: Shelf) -> Iterator[str]:
    """Yield the paths of files that stood there when the site was last drawn, and no longer belong to it."""
    for row in shelf.stale():
        kind = row.list.partition(":")[0]
        if kind in _KINDS:
            yield from listing.gone_files(row)
        elif kind == "map":
            yield from maps.gone_maps(row)
