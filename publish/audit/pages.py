"""Where published pages are read from: what readers get, not what we believe we wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.sources import Site
from ingest.store.publications import PublicationRow
from publish.site import layout


class Pages(Protocol):
    """The pages of one target."""

    @property
    def target(self) -> str:
        """The target's name in the store."""

    def address(self, row: PublicationRow) -> str:
        """Return the URL at which an article's page has to stand."""

    def where(self, row: PublicationRow) -> str:
        """Return what to call the page in a finding: a path or a URL."""

    def read(self, row: PublicationRow) -> bytes:
        """Return the page as readers get it; raises FileNotFoundError where it is gone, else OSError."""


@dataclass(frozen=True, kw_only=True)
class SiteFiles:
    """The static site's files."""

    root: Path
    site: Site
    target: str = "site"

    def address(self, row: PublicationRow) -> str:
        """Return the URL at which an article's page has to stand."""
        return layout.url_of(layout.article_path(row.slug), site_url=self.site.url)

    def where(self, row: PublicationRow) -> str:
        """Return the page's path."""
        return self.path(row.slug)

    def path(self, slug: str) -> str:
        """Return the path of the page of that slug."""
        return str(self.root / layout.article_path(slug))

    def read(self, row: PublicationRow) -> bytes:
        """Return the file's bytes; raises OSError."""
        return Path(self.path(row.slug)).read_bytes()

    def articles(self) -> Iterator[str]:
        """Yield the slug of each article page that lies in the folder, in no order."""
        folder = self.root / "articles"
        if folder.is_dir():
            yield from (file.stem for file in folder.iterdir() if file.suffix == ".html")

    def lists(self) -> Iterator[Path]:
        """Yield every file that lists articles: pages, feeds and sitemaps."""
        for pattern in ("*.html", "*.xml", *(f"{name}/**/*" for name in layout.LIST_FOLDERS)):
            yield from sorted(file for file in self.root.glob(pattern) if file.suffix in {".html", ".xml"})
