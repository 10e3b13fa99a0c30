"""What follows once the site's folder is up to date: the other places get it, and the hub is told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog

from ingest.errors import PublishError
from ingest.sources import Site
from ingest.store import bookmarks
from ingest.store.database import read, write
from publish.ping import changed_feeds, ping_hub
from publish.refresh import drawn_mark

if TYPE_CHECKING:
    from ingest.fetch import Fetcher

log = structlog.get_logger()


def mirror_site(
    urls: Sequence[str],
    root: Path,
    *,
    engine: sa.Engine,
    target: str,
    always: bool = False,
    stopping: Callable[[], bool] = lambda: False,
) -> tuple[str, ...]:
    """Bring the other places in line with the site, and return what failed; that is sent the next time.

    Unless `always`, a place is left alone where nothing was published since it was last brought in line. Raises
    ConfigError for an address that cannot be worked with.
    """
    failed = []
    for url in urls:
        with read(engine) as connection:
            drawn = bookmarks.get(connection, drawn_mark(target)) or ""
            done = bookmarks.get(connection, _mark(url))
        if done == drawn and not always:
            continue
        # fsspec takes time to import, which nobody without other places need pay.
        from publish.remote import mirror
        from publish.remote.place import place_of

        try:
            mirror(root, place_of(url), stopping=stopping)
        except PublishError as error:
            failed.append(str(error))
            log.warning("mirror.failed", place=url, error=str(error))
            continue
        if not stopping():
            with write(engine) as connection:
                bookmarks.put(connection, _mark(url), drawn)
    return tuple(failed)


async def tell_hub(
    site: Site, root: Path, *, engine: sa.Engine, open_fetcher: Callable[[], Fetcher]
) -> tuple[str, ...]:
    """Tell the hub of our feeds, if we have one, of those that changed; return what failed."""
    if site.hub is None or not (changed := changed_feeds(engine, root)):
        return ()
    async with open_fetcher() as fetcher:
        return await ping_hub(changed, engine=engine, site=site, hub=site.hub, fetcher=fetcher)


def _mark(url: str) -> str:
    return f"mirrored:{hashlib.sha256(url.encode()).hexdigest()[:32]}"
