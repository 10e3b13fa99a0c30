"""Tell the hub of our feeds which of them changed (WebSub; the publisher's part as PubSubHubbub 0.4 has it)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog

from ingest.errors import ReprintError
from ingest.sources import Site
from ingest.store import bookmarks
from ingest.store.database import read, write
from publish.site import layout

if TYPE_CHECKING:
    from ingest.fetch import Fetcher

log = structlog.get_logger()

#: The bookmark that holds which bytes of which feed the hub was told of.
_TOLD = "pinged"
_FEEDS = (layout.RSS, layout.ATOM, layout.JSON_FEED)


def changed_feeds(engine: sa.Engine, root: Path) -> dict[str, str]:
    """Return the feeds of the site's folder whose bytes the hub was not told of: path to SHA-256, hex."""
    with read(engine) as connection:
        told = _told(connection)
    return {path: digest for path, digest in _feeds(root).items() if told.get(path) != digest}


async def ping_hub(
    feeds: Mapping[str, str], *, engine: sa.Engine, site: Site, hub: str, fetcher: Fetcher
) -> tuple[str, ...]:
    """Tell the hub of each changed feed, and return what failed; that is told again the next time.

    Takes what `changed_feeds` found.
    """
    failed = []
    for path, digest in feeds.items():
        url = layout.url_of(path, site_url=site.url)
        try:
            status = await fetcher.post(hub, {"hub.mode": "publish", "hub.url": url})
        except ReprintError as error:
            failed.append(str(error))
            # A hub that cannot be had is not asked a hundred times over.
            break
        if not 200 <= status < 300:
            failed.append(f"{hub} answered {status} on {url}")
            continue
        _note(engine, path, digest)
    if failed:
        log.warning("ping.failed", hub=hub, feeds=len(feeds), reason=failed[0])
    return tuple(failed)


def _note(engine: sa.Engine, path: str, digest: str) -> None:
    with write(engine) as connection:
        bookmarks.put(connection, _TOLD, json.dumps(_told(connection) | {path: digest}, sort_keys=True))


def _told(connection: sa.Connection) -> dict[str, str]:
    found: dict[str, str] = json.loads(bookmarks.get(connection, _TOLD) or "{}")
    return found


def _feeds(root: Path) -> dict[str, str]:
    folders = [root, *(root / name for name in layout.LIST_FOLDERS)]
    files = [file for folder in folders for name in _FEEDS for file in _below(folder, name, deep=folder != root)]
    return {
        file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)
    }


def _below(folder: Path, name: str, *, deep: bool) -> list[Path]:
    return list(folder.rglob(name)) if deep else [file for file in [folder / name] if file.is_file()]
