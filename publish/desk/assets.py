"""The desk's own files: kept in memory, at addresses that change with their content."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_TYPES: Final = {
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "rooms.css": "text/css; charset=utf-8",
    "live.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "htmx.LICENSE.txt": "text/plain; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_FOR_EVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, kw_only=True)
class Asset:
    """One file: its bytes, plain and gzipped, and its address."""

    content: bytes
    packed: bytes
    media_type: str
    path: str


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """Return the files by their names."""
    return {name: _read(name, media_type) for name, media_type in _TYPES.items()}


def asset_path(name: str) -> str:
    """Return the address of a file."""
    return assets()[name].path


def routes() -> list[Route]:
    """Return the routes of the files, which anybody may have: they tell nothing of the newsroom."""
    return [Route("/static/{digest}/{name}", _serve, methods=["GET"])]


async def _serve(request: Request) -> Response:
    asset = assets().get(request.path_params["name"])
    if asset is None or request.url.path != asset.path:
        return Response("There is no such file.", 404, media_type="text/plain")
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"cache-control": _FOR_EVER, "vary": "accept-encoding"} | (
        {"content-encoding": "gzip"} if packed else {}
    )
    return Response(asset.packed if packed else asset.content, headers=headers, media_type=asset.media_type)


def _read(name: str, media_type: str) -> Asset:
    content = (resources.files("publish.desk") / "static" / name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(
        content=content,
        packed=gzip.compress(content, mtime=0),
        media_type=media_type,
        path=f"/static/{digest}/{name}",
    )
