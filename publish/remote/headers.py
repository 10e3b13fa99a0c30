"""What a file of the site is served as, and for how long it may be kept (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from publish.site import layout

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
_NAMES = {
    layout.RSS: "application/rss+xml; charset=utf-8",
    layout.ATOM: "application/atom+xml; charset=utf-8",
    layout.JSON_FEED: "application/feed+json",
}
#: Pages, feeds and lists: a withdrawal or correction must be seen within minutes.
_SOON = "public, max-age=60"
_HOUR = "public, max-age=3600"
#: Images' names are those of their bytes; yet what is withdrawn must be gone from every cache within a day.
_DAY = "public, max-age=86400"


@dataclass(frozen=True, kw_only=True)
class Headers:
    """Content-Type and Cache-Control (RFC 9110, section 8.3; RFC 9111, section 5.2)."""

    content_type: str
    cache_control: str


def headers_of(path: str) -> Headers:
    """Return the headers of the file at a path of the site."""
    name = PurePosixPath(path)
    kind = _NAMES.get(name.name) or _TYPES.get(name.suffix, "application/octet-stream")
    if path.startswith("images/"):
        return Headers(content_type=kind, cache_control=_DAY)
    return Headers(content_type=kind, cache_control=_HOUR if name.suffix in {".css", ".js", ".svg"} else _SOON)
