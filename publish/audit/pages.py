"""Where published pages are read from: what readers get, not what we believe we wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.sources import Site
from publish.site import layout


class Pages(Protocol):
    """The pages of one target."""

    @property
    def target(self) -> str:
        """The target's name in the store."""

    def address(self, slug: str) -> str:
        """Return the URL at which an article's page has to stand."""

    def where(self, slug: str) -> str:
        """Return what to call the page in a finding: a path or a URL."""

    def read(self, slug: str) -> bytes:
        """Return the page as readers get it; raises OSError where it cannot be had."""


@dataclass(frozen=True, kw_only=True)
class SiteFiles:
    """The static site's files."""

    root: Path
    site: Site
    target: str = "site"

    def address(self, slug: str) -> str:
        """Return the URL at which an article's page has to stand."""
        return layout.url_of(layout.article_path(slug), site_url=self.site.url)

    def where(self, slug: str) -> str:
        """Return the page's path."""
        return str(self.root / layout.article_path(slug))

    def read(self, slug: str) -> bytes:
        """Return the file's bytes; raises OSError."""
        return (self.root / layout.article_path(slug)).read_bytes()

    def articles(self) -> Iterator[str]:
        """Yield the slug of each article page that lies in the folder, in no order."""
        folder = self.root / "articles"
        if folder.is_dir():
            yield from (file.stem for file in folder.iterdir() if file.suffix == ".html")

    def lists(self) -> Iterator[Path]:
        """Yield every file that lists articles: pages, feeds and sitemaps."""
        for pattern in ("*.html", "*.xml", *(f"{name}/**/*" for name in layout.LIST_FOLDERS)):
            yield from sorted(file for file in self.root.glob(pattern) if file.suffix in {".html", ".xml"})
