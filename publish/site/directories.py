"""The pages that lead to lists: all partners, sections, authors, months (pure but for the shelf)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.sources import Site
from ingest.store.listings import ListRow
from publish.dates import month_of
from publish.head import list_head
from publish.shelf import Shelf
from publish.site import layout
from publish.templating import render

#: More authors than this stand on pages by their first letter.
ON_ONE_PAGE = 400


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a directory page."""

    href: str
    name: str
    count: str
    note: str = ""


def directory_files(kind: str, shelf: Shelf, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the pages that name all lists of a kind, the first of them last."""
    rows = [row for row in shelf.lists(kind) if row.size]
    match kind:
        case "partner":
            yield _page(layout.PARTNERS, "Partners", _entries(_by_name(rows)), site)
        case "author":
            yield from _authors(_by_name(rows), site)
        case "month":
            months = sorted(rows, key=lambda row: row.list, reverse=True)
            yield _page(layout.ARCHIVE, "Archive", [_entry(row, month_of(row.list[-7:])) for row in months], site)


def _authors(rows: Sequence[ListRow], site: Site) -> Iterator[tuple[str, bytes]]:
    if len(rows) <= ON_ONE_PAGE:
        yield _page(layout.AUTHORS, "Authors", _entries(rows), site)
        return
    by_letter: dict[str, list[ListRow]] = defaultdict(list)
    for row in rows:
        by_letter[row.list.partition(":")[2][0]].append(row)
    letters = []
    for letter, found in sorted(by_letter.items()):
        path = f"authors/letter-{letter}.html"
        yield _page(path, f"Authors: {letter.upper()}", _entries(found), site)
        letters.append(Entry(href=path, name=letter.upper(), count=_counted(len(found), "author")))
    yield _page(layout.AUTHORS, "Authors", letters, site)


def _by_name(rows: Sequence[ListRow]) -> list[ListRow]:
    return sorted(rows, key=lambda row: (row.name.casefold(), row.list))


def _entries(rows: Sequence[ListRow]) -> list[Entry]:
    return [_entry(row, row.name) for row in rows]


def _entry(row: ListRow, name: str) -> Entry:
    href = f"{layout.list_folder(row.list)}/index.html"
    return Entry(href=href, name=name, count=_counted(row.size, "article"), note=row.note)


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _page(path: str, title: str, entries: Sequence[Entry], site: Site) -> tuple[str, bytes]:
    head = list_head(title, "", path, site=site)
    return path, render("directory.html", path=path, site=site, head=head, title=title, entries=entries).encode()
