"""The sitemaps: one part for a thousand pieces of a month, so that closed parts stay as they are."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.sources import Site
from ingest.store.listings import ListRow
from publish.shelf import Shelf
from publish.site import layout
from publish.sitemap import SHARD, article_map, page_map, sitemap_index

_LISTS = "sitemap-lists.xml"


def map_files(shelf: Shelf, site: Site, *, whole: bool) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the stale sitemaps, and the index that names all of them last."""
    rows = sorted(shelf.lists("map"), key=lambda row: row.list)
    stale = {row.list for row in shelf.stale()}
    for row in rows:
        if whole or row.list in stale:
            yield from _month_files(row, shelf, site, whole=whole)
    names = [_LISTS, *(_name(row, part) for row in rows for part in range(1, _parts(row.size) + 1))]
    yield _LISTS, page_map(_list_pages(shelf), site=site)
    yield layout.SITEMAP, sitemap_index(names, site=site)


def gone_maps(row: ListRow) -> Iterator[str]:
    """Yield the paths of the parts that a month no longer has."""
    for part in range(_parts(row.size) + 1, _parts(row.drawn_size) + 1):
        yield _name(row, part)


def _month_files(row: ListRow, shelf: Shelf, site: Site, *, whole: bool) -> Iterator[tuple[str, bytes]]:
    first = 0 if whole else min([row.size, *shelf.changed(row), *_moved(row)]) // SHARD
    for part in range(first + 1, _parts(row.size) + 1):
        end = min(part * SHARD, row.size)
        items = list(shelf.items(row.list, skip=row.size - end, limit=end - (part - 1) * SHARD))
        yield _name(row, part), article_map((item.teaser for item in reversed(items)), site=site)


def _moved(row: ListRow) -> list[int]:
    return [] if row.moved_from is None else [row.moved_from]


def _parts(size: int) -> int:
    return -(-size // SHARD)


def _name(row: ListRow, part: int) -> str:
    return f"sitemap-{row.list.partition(':')[2]}-{part}.xml"


def _list_pages(shelf: Shelf) -> Iterator[str]:
    """Yield the paths of the pages that lead to all others; a list's older pages are found through it."""
    yield from (layout.FRONT, layout.PARTNERS, layout.AUTHORS, layout.ARCHIVE, layout.CORRECTIONS)
    for kind in ("section", "partner", "author", "month"):
        for row in shelf.lists(kind):
            if row.size:
                yield f"{layout.list_folder(row.list)}/index.html"
