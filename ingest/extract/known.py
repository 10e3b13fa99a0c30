"""What the page's metadata says, by which its own copies in the body are told (values)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.extract.metadata import Metadata


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the page's metadata says, by which its own copies in the body are told."""

    headlines: tuple[str, ...] = ()
    standfirst: str | None = None
    names: tuple[str, ...] = ()
    byline: str = ""
    #: The page's own host, to tell links within the site.
    host: str = ""
    #: Whether all of the document is the article, as in a feed's content.
    fragment: bool = False


def known_of(meta: Metadata, url: str) -> Known:
    """Return what a page's metadata, and its URL, make known of it."""
    return Known(
        headlines=(meta.headline, *meta.headline_variants.values()),
        standfirst=meta.standfirst,
        names=meta.byline.names,
        byline=meta.byline.raw,
        host=_host(url),
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
