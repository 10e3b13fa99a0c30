"""The site as a browser on this machine shows it: the folder's files, and pages that load anew when they change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from publish.site import layout

#: Where the preview's own script and its ear stand; no page of a site has such an address.
SCRIPT, CHANGED = "/.reprint/live.js", "/.reprint/changed"
#: How often, seconds apart, the files are looked at before a browser that waits is told that nothing changed.
_LOOKS, _LOOK = 100, 0.25
_OURS = ("127.0.0.1", "localhost", "[::1]")

# Only what is shown is looked at, so that a round which changes other pages disturbs nobody's reading.
_LIVE = """(async () => {
  const page = location.pathname;
  let seen = "";
  for (;;) {
    try {
      const answer = await fetch(`/.reprint/changed?page=${encodeURIComponent(page)}&seen=${seen}`);
      const { mark } = await answer.json();
      if (seen && mark !== seen) return location.reload();
      seen = mark;
    } catch { await new Promise((again) => setTimeout(again, 1000)); }
  }
})();
"""
_CLOSED, _OPEN = "default-src 'none'", "default-src 'none'; script-src 'self'; connect-src 'self'"


def preview(
    root: Path, *, site_url: str, hosts: Sequence[str] = _OURS, stopping: Callable[[], bool] = lambda: False
) -> Starlette:
    """Return the application that shows the folder `root` at the path that our site's own URL has.

    It answers to these host names alone, so that no page elsewhere can read a site that is not out yet. Once
    `stopping` says so, no browser is kept waiting any more.
    """
    base = urlsplit(site_url).path or "/"
    shown = _Preview(root.resolve(), base, stopping)
    routes = [
        Route(SCRIPT, lambda _request: Response(_LIVE, media_type="text/javascript")),
        Route(CHANGED, shown.changed),
        *([Route("/", lambda _request: RedirectResponse(base))] if base != "/" else []),
        Route(base + "{path:path}", shown.show),
    ]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))])


class _Preview:
    """One folder, shown."""

    def __init__(self, root: Path, base: str, stopping: Callable[[], bool]) -> None:
        self._root = root
        self._base = base
        self._stopping = stopping

    async def show(self, request: Request) -> Response:
        """Answer with a file, a folder's index, or the page for unknown addresses."""
        path = str(request.path_params["path"])
        file = self._file(path)
        if file is not None and file.is_dir() and path and not path.endswith("/"):
            return RedirectResponse(f"{self._base}{path}/")
        if file is not None and file.is_dir():
            file = file / "index.html"
        if file is None or not file.is_file():
            missing = self._root / layout.NOT_FOUND
            if not missing.is_file():
                raise HTTPException(404)
            return _page(missing, 404)
        return (
            _page(file, 200) if file.suffix == ".html" else FileResponse(file, headers={"cache-control": "no-cache"})
        )

    async def changed(self, request: Request) -> Response:
        """Answer when the page that is shown, or the style, is not what the browser has seen; else after a while."""
        page, seen = request.query_params.get("page", ""), request.query_params.get("seen", "")
        # Files tell nobody when they change: they have to be looked at.
        for _ in range(_LOOKS):
            if (mark := self._mark(page)) != seen or self._stopping():
                break
            await asyncio.sleep(_LOOK)
        return JSONResponse({"mark": mark}, headers={"cache-control": "no-store"})

    def _mark(self, page: str) -> str:
        file = self._file(page.removeprefix(self._base))
        file = file / "index.html" if file is not None and file.is_dir() else file
        found = (file or self._root / layout.NOT_FOUND, self._root / layout.STYLE)
        return "-".join(f"{one.stat().st_mtime_ns:x}" if one.is_file() else "0" for one in found)

    def _file(self, path: str) -> Path | None:
        """Return what stands at a path, None where that is outside the folder or hidden in it."""
        if "\0" in path:
            return None
        file = (self._root / path.lstrip("/")).resolve()
        if not file.is_relative_to(self._root):
            return None
        hidden = any(part.startswith(".") for part in file.relative_to(self._root).parts)
        return None if hidden else file


def _page(file: Path, status: int) -> Response:
    text = file.read_text(encoding="utf-8").replace(_CLOSED, _OPEN, 1)
    script = f'<script src="{SCRIPT}" defer></script>'
    head, sign, rest = text.rpartition("</body>")
    shown = f"{head}{script}\n{sign}{rest}" if sign else text
    return HTMLResponse(shown, status, headers={"cache-control": "no-cache"})
