"""Every page of the site but the articles', as path to HTML, derived from the shelf alone (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.sources import Site
from publish.dates import month_words
from publish.head import hidden_head, list_head
from publish.site import layout
from publish.site.front import front_of
from publish.site.paging import Page, pages_of
from publish.site.shelf import Collection, by_author, by_month, by_partner
from publish.teaser import Teaser
from publish.templating import render


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a directory page."""

    folder: str
    name: str
    count: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class _Heading:
    """What stands above one collection's list."""

    kicker: str
    title: str
    subtitle: str = ""
    bio: str = ""
    home: str | None = None
    feed: str | None = None
    #: The partner whose page it is, so that its name is not said again on each teaser.
    here: str = ""


def list_pages(ordered: Sequence[Teaser], *, site: Site) -> Iterator[tuple[str, str]]:
    """Yield path and HTML of each list page, the deep ones before those that link to them, the front page last."""
    partners, authors, months = by_partner(ordered), by_author(ordered), by_month(ordered)
    for collections, heading in ((partners, _of_partner), (authors, _of_author), (months, _of_month)):
        for collection in collections:
            yield from _collection_pages(collection, heading, site)
    yield _directory(layout.PARTNERS, "Partners", [_entry(c) for c in partners], site)
    yield _directory(layout.AUTHORS, "Authors", [_entry(c) for c in authors], site)
    yield _directory(layout.ARCHIVE, "Archive", [_entry(c, name=_month_name(c)) for c in months], site)
    yield layout.NOT_FOUND, _not_found(site)
    yield layout.FRONT, _front(ordered, partners, site)


def _front(ordered: Sequence[Teaser], partners: Sequence[Collection], site: Site) -> str:
    return render(
        "front.html",
        path=layout.FRONT,
        site=site,
        head=list_head(site.name, site.description, layout.FRONT, site=site),
        front=front_of(ordered, partners),
        newest=ordered[0].published_at if ordered else None,
    )


def _collection_pages(
    collection: Collection, heading: Callable[[Collection], _Heading], site: Site
) -> Iterator[tuple[str, str]]:
    for page in pages_of(collection.teasers):
        path = f"{collection.folder}/{page.file}"
        yield path, _collection_page(heading(collection), page, path, site)


def _collection_page(heading: _Heading, page: Page, path: str, site: Site) -> str:
    title = heading.title if page.newer is None else f"{heading.title}, {page.position.lower()}"
    return render(
        "listing.html",
        path=path,
        site=site,
        head=list_head(title, heading.subtitle, path, site=site),
        kicker=heading.kicker,
        title=heading.title,
        subtitle=heading.subtitle,
        bio=heading.bio,
        home=heading.home,
        home_label=urlsplit(heading.home or "").netloc.removeprefix("www."),
        feed=heading.feed,
        here=heading.here,
        listing=page,
    )


def _of_partner(partner: Collection) -> _Heading:
    return _Heading(
        kicker="Partner",
        title=partner.name,
        home=partner.home,
        feed=f"{partner.folder}/{layout.RSS}",
        here=partner.key,
    )


def _of_author(collection: Collection) -> _Heading:
    author = collection.author
    if author is None:
        return _Heading(kicker="Author", title=collection.name)
    return _Heading(
        kicker="Author",
        title=collection.name,
        subtitle=", ".join(part for part in (author.role, author.affiliation) if part),
        bio=author.bio or "",
    )


def _of_month(month: Collection) -> _Heading:
    return _Heading(kicker="Archive", title=_month_name(month))


def _month_name(month: Collection) -> str:
    return month_words(month.teasers[0].published_at)


def _entry(collection: Collection, *, name: str | None = None) -> Entry:
    count = len(collection.teasers)
    author = collection.author
    return Entry(
        folder=collection.folder,
        name=name or collection.name,
        count=f"{count} article{'' if count == 1 else 's'}",
        note=(author.affiliation or "") if author else "",
    )


def _directory(path: str, title: str, entries: Sequence[Entry], site: Site) -> tuple[str, str]:
    head = list_head(title, "", path, site=site)
    return path, render("directory.html", path=path, site=site, head=head, title=title, entries=entries)


def _not_found(site: Site) -> str:
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
    )
