"""How the site looks: style, icon, logo, script, and what tells that all pages were made with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path

from markupsafe import escape

from ingest.errors import PublishError
from ingest.sources import Colours, Palette, Site
from publish.site import layout

_ACCENT, _PAPER = "#8f2616", "#fbf9f4"


def dressing_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of style, icon, script and logo; raises PublishError where one cannot be read."""
    yield layout.STYLE, style(site)
    yield layout.ICON, _icon(site)
    yield layout.SEARCH_SCRIPT, _own("search.js")
    if site.logo is not None:
        yield layout.logo_path(site.logo.suffix), _read(site.logo)


def style(site: Site) -> bytes:
    """Return reprint's style, then our colours, then the theme's own style."""
    parts = [_own("style.css"), _colours(site.colours).encode()]
    own = site.theme / "style.css" if site.theme is not None else None
    if own is not None and own.is_file():
        parts.append(_read(own))
    return b"\n".join(part for part in parts if part)


def dressing_of(site: Site) -> str:
    """Return the SHA-256, hex, of all that pages are made of but the articles: with another, each page is stale."""
    digest = hashlib.sha256(_version())
    digest.update(repr(replace(site, logo=None, theme=None)).encode())
    for file in _files_of(site):
        digest.update(b"\0" + file.name.encode() + b"\0" + hashlib.sha256(_read(file)).digest())
    return digest.hexdigest()


def _files_of(site: Site) -> list[Path]:
    logo = [site.logo] if site.logo is not None else []
    if site.theme is None:
        return logo
    own = (file for file in site.theme.rglob("*") if file.is_file() and file.suffix in {".html", ".css"})
    return [*logo, *sorted(own)]


@lru_cache(maxsize=1)
def _version() -> bytes:
    """Return what tells this reprint's templates and style from another's."""
    digest = hashlib.sha256(metadata.version("reprint").encode())
    folder = resources.files("publish.site")
    for file in sorted((folder / "templates").iterdir(), key=lambda file: file.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    for name in ("style.css", "search.js"):
        digest.update(_own(name))
    return digest.digest()


def _own(name: str) -> bytes:
    return (resources.files("publish.site") / name).read_bytes()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise PublishError(
            f"a file of the site's look cannot be read: {error.strerror or error}",
            where=str(file),
            next_step="put it back, or take it out of sources.yaml",
        ) from error


def _colours(colours: Colours) -> str:
    light, dark = _declared(colours.light), _declared(colours.dark)
    rules = f":root {{{light}}}\n" if light else ""
    # What is not said of the dark stays reprint's own, whatever is said of the light.
    night = f"{_declared(_NIGHT) if light else ''}{dark}"
    return rules + (f"@media (prefers-color-scheme: dark) {{ :root {{{night}}} }}\n" if night else "")


_NIGHT = Palette(accent="#f2967b", paper="#151412", ink="#ebe5d9")


def _declared(palette: Palette) -> str:
    named = (("accent", palette.accent), ("paper", palette.paper), ("ink", palette.ink))
    return "".join(f" --{name}: {colour};" for name, colour in named if colour)


def _icon(site: Site) -> bytes:
    letter = escape(next((char for char in site.name if char.isalnum()), "·").upper())
    accent, paper = site.colours.light.accent or _ACCENT, site.colours.light.paper or _PAPER
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="{accent}"/>'
        f'<text x="32" y="47" font-family="serif" font-size="44" text-anchor="middle" fill="{paper}">'
        f"{letter}</text></svg>\n"
    ).encode()
