"""Published pages as readers get them: fetched over HTTP, from any target that gives each page an address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import sqlalchemy as sa

from ingest.errors import FetchError
from ingest.fetch import PAGE_MAX_BYTES, Fetched, Fetcher
from ingest.sources import Sources
from ingest.store.publications import PublicationRow
from publish.audit.finding import Finding
from publish.audit.pages import SiteFiles
from publish.audit.site import list_and_feed_findings
from publish.site import layout

#: The site's own lists and feeds; those of partners stand below `layout.partner_folder`.
_LISTS = (
    layout.FRONT,
    layout.RSS,
    layout.ATOM,
    layout.JSON_FEED,
    layout.SITEMAP,
    layout.NEWS_SITEMAP,
    layout.PARTNERS,
    layout.AUTHORS,
    layout.ARCHIVE,
)
_OF_PARTNER = (layout.FRONT, layout.RSS, layout.ATOM, layout.JSON_FEED)


class Get(Protocol):
    """What asks a server."""

    def __call__(self, url: str) -> bytes:
        """Return what stands at a URL; raises FileNotFoundError where it is gone, OSError where nobody can tell."""


@contextmanager
def getting(fetcher: Fetcher) -> Iterator[Get]:
    """Yield what asks servers, through the guarded fetcher, for those who do one thing after the other."""
    with asyncio.Runner() as runner:
        runner.run(fetcher.__aenter__())
        try:
            yield lambda url: runner.run(_get(fetcher, url))
        finally:
            runner.run(fetcher.__aexit__(None, None, None))


async def _get(fetcher: Fetcher, url: str) -> bytes:
    try:
        answer = await fetcher.get(url, max_bytes=PAGE_MAX_BYTES)
    except FetchError as error:
        raise OSError(str(error)) from error
    if not isinstance(answer, Fetched):
        raise FileNotFoundError(f"the server says that nothing stands at {url}")
    return answer.content


class ServedPages:
    """The pages of one target at the addresses that it gave them.

    `address` says where a page has to stand; without it, where the target says that it put it. With `site_url` and
    `base`, what stands below the one is asked for below the other: a server not yet reached under the site's name.
    """

    def __init__(
        self,
        get: Get,
        *,
        target: str,
        address: Callable[[PublicationRow], str] | None = None,
        site_url: str = "",
        base: str | None = None,
    ) -> None:
        self._get, self._target, self._address = get, target, address
        self._site_url, self._base = site_url, base.rstrip("/") + "/" if base else site_url

    @property
    def target(self) -> str:
        """The target's name in the store."""
        return self._target

    def address(self, row: PublicationRow) -> str:
        """Return the URL at which the page has to stand."""
        return self._address(row) if self._address else row.location or ""

    def where(self, row: PublicationRow) -> str:
        """Return the URL that is asked."""
        location = row.location or self.address(row)
        below = bool(self._site_url) and location.startswith(self._site_url)
        return self._base + location.removeprefix(self._site_url) if below else location

    def read(self, row: PublicationRow) -> bytes:
        """Return what the server answers; raises FileNotFoundError where nothing is there, OSError else."""
        if not row.location:
            raise FileNotFoundError("the target gave it no address")
        return self._get(self.where(row))


def served_list_findings(engine: sa.Engine, files: SiteFiles, get: Get, *, sources: Sources) -> Iterator[Finding]:
    """Yield what is wrong in the lists and feeds that the site's server gives out below `files.site.url`."""
    with TemporaryDirectory(prefix="reprint-audit-") as folder:
        mirror = replace(files, root=Path(folder))
        folders = ("", *(f"{layout.partner_folder(partner.key)}/" for partner in sources.partners))
        names = [f"{place}{name}" for place in folders for name in (_OF_PARTNER if place else _LISTS)]
        for name in names:
            _mirror(mirror.root / name, layout.url_of(name, site_url=files.site.url), get)
        for found in list_and_feed_findings(engine, mirror, site_url=sources.site.url):
            yield replace(found, where=_as_address(found.where, mirror.root, files.site.url))


def _mirror(file: Path, url: str, get: Get) -> None:
    try:
        content = get(url)
    except OSError:
        # One that has to be there is missed by the check of feeds.
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _as_address(where: str, root: Path, site_url: str) -> str:
    path = Path(where)
    return layout.url_of(str(path.relative_to(root)), site_url=site_url) if path.is_relative_to(root) else where
