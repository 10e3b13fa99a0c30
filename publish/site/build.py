"""The static target: a folder that any web server, or a browser alone, can show."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib import resources
from pathlib import Path

from markupsafe import escape

from ingest.sources import Site
from publish.feeds import Channel, Withdrawal, feed_files
from publish.page import article_page, withdrawn_page
from publish.publication import Publication
from publish.site import layout
from publish.site.lists import list_pages
from publish.site.shelf import by_partner, in_order
from publish.site.writer import leftovers, remove, write_if_changed
from publish.sitemap import news_sitemap, robots_txt, sitemaps
from publish.teaser import Teaser

# A temporary file this old belongs to a build that is dead, not to one at work beside us.
_LITTER_SECONDS = 3600


class StaticSite:
    """The site in the folder `root`; the same publications give the same bytes, whatever happened in between.

    Every file is replaced whole and only where its bytes change; `Target` says what the methods do.
    """

    def __init__(self, root: Path, site: Site) -> None:
        self._root = root
        self._site = site

    @property
    def name(self) -> str:
        """The target's name in the store."""
        return "site"

    def put(self, publication: Publication) -> str:
        """Write the article's page and return its URL; raises PublishError."""
        path = layout.article_path(publication.slug)
        write_if_changed(self._root / path, article_page(publication, site=self._site).encode())
        return layout.url_of(path, site_url=self._site.url)

    def withdraw(self, slug: str, *, notice: str = "", withdrawn_at: datetime | None = None) -> str:
        """Put a page saying that the article is gone in its place, and return its URL; raises PublishError.

        The page stays for ever and names nothing of the article; `notice` is one sentence for readers.
        """
        path = layout.article_path(slug)
        page = withdrawn_page(slug, site=self._site, notice=notice, withdrawn_at=withdrawn_at)
        write_if_changed(self._root / path, page.encode())
        return layout.url_of(path, site_url=self._site.url)

    def refresh(self, shelf: Sequence[Teaser], withdrawn: Sequence[Withdrawal] = ()) -> None:
        """Bring lists, feeds, sitemaps and style in line with all that is published, given in any order.

        Pages are written before those that link to them, and lists that nothing stands on any more are removed last,
        so that a killed build leaves a whole site. Raises PublishError.
        """
        kept = set()
        for path, content in site_files(in_order(shelf), site=self._site, withdrawn=withdrawn):
            write_if_changed(self._root / path, content)
            kept.add(path)
        self._remove_stale(kept)

    def file_of(self, slug: str) -> Path:
        """Return where the article's page stands on disk."""
        return self._root / layout.article_path(slug)

    def _remove_stale(self, kept: set[str]) -> None:
        for folder in layout.LIST_FOLDERS:
            for file in sorted((self._root / folder).rglob("*")):
                if layout.LIST_FILE.fullmatch(file.name) and str(file.relative_to(self._root).as_posix()) not in kept:
                    remove(file)
        for file in sorted(self._root.glob("sitemap-*.xml")):
            if file.name not in kept:
                remove(file)
        _sweep(self._root)


def site_files(
    ordered: Sequence[Teaser], *, site: Site, withdrawn: Sequence[Withdrawal] = ()
) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of all files but the articles', those that others need first (pure)."""
    yield layout.STYLE, _style()
    yield layout.ICON, _icon(site)
    pages = []
    for path, page in list_pages(ordered, site=site):
        pages.append(path)
        yield path, page.encode()
    for partner in by_partner(ordered):
        channel = Channel(
            title=f"{partner.name} — {site.name}", folder=partner.folder, home=f"{partner.folder}/index.html"
        )
        gone = [one for one in withdrawn if partner.key in one.partners]
        yield from feed_files(partner.teasers, site=site, channel=channel, withdrawn=gone)
    yield from feed_files(ordered, site=site, channel=Channel(title=site.name), withdrawn=withdrawn)
    lists = sorted(path for path in pages if path != layout.NOT_FOUND)
    yield from sitemaps(ordered, lists, site=site).items()
    yield layout.NEWS_SITEMAP, news_sitemap(ordered, site=site)
    yield layout.ROBOTS, robots_txt(site=site)


def _style() -> bytes:
    return (resources.files("publish.site") / "style.css").read_bytes()


def _icon(site: Site) -> bytes:
    letter = escape(next((char for char in site.name if char.isalnum()), "·").upper())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#8f2616"/>'
        '<text x="32" y="47" font-family="serif" font-size="44" text-anchor="middle" fill="#fbf9f4">'
        f"{letter}</text></svg>\n"
    ).encode()


def _sweep(root: Path) -> None:
    """Remove what killed builds left behind."""
    folders = [root, root / "articles", *(folder for name in layout.LIST_FOLDERS for folder in _below(root / name))]
    for folder in folders:
        for file in leftovers(folder):
            if time.time() - file.stat().st_mtime > _LITTER_SECONDS:
                remove(file)


def _below(folder: Path) -> list[Path]:
    return [folder, *(path for path in folder.rglob("*") if path.is_dir())]
