"""The Jinja2 environment: autoescape always on, templates from our own folders only, no template from data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
)
from markupsafe import Markup

from ingest.errors import PublishError
from ingest.printable import printable
from ingest.sources import Site
from publish.dates import day_words, iso, iso_day_or_time, month_words, time_words, weekday_words
from publish.languages import direction, tongue
from publish.site import layout


@lru_cache(maxsize=4)
def environment(theme: Path | None = None) -> Environment:
    """Return the environment of a theme; a name that a template does not know is an error, not an empty string.

    Templates of the theme's folder stand before reprint's own, which stay in reach as "reprint/NAME".
    """
    own = PackageLoader("publish.site", "templates")
    first: list[BaseLoader] = [FileSystemLoader(theme / "templates")] if theme is not None else []
    made = Environment(
        loader=ChoiceLoader([*first, own, PrefixLoader({"reprint": own})]),
        autoescape=True,
        # Kept by the templates' own words, so that it cannot be of others: a fifth of a second for each command.
        bytecode_cache=_kept(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        day=lru_cache(maxsize=2000)(day_words),
        weekday=weekday_words,
        month=month_words,
        moment=time_words,
        iso=iso,
        iso_original=iso_day_or_time,
        writing=lru_cache(maxsize=200)(direction),
        tongue=lru_cache(maxsize=200)(tongue),
        host_source=host_source,
    )
    made.globals.update(layout=layout)
    return made


def _kept() -> BytecodeCache | None:
    """Return where compiled templates are kept; None where this machine has no safe place for them."""
    try:
        return FileSystemBytecodeCache()
    except (OSError, RuntimeError):
        return None


def host_source(url: str) -> str:
    """Return the URL's origin as a source in a content security policy; empty where its host is no plain name."""
    host = urlsplit(url).netloc
    return f"https://{host}" if re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?", host) else ""


def render(template: str, *, path: str, site: Site, root: str | None = None, **values: object) -> str:
    """Return the page at `path`, its links leading through `root` (relative where not given) to the site's top.

    Raises PublishError where a template of the theme is wrong.
    """
    up = layout.up(path) if root is None else root
    try:
        made = environment(site.theme).get_template(template)
        frame = chrome(site, up, path if path in _landmarks(site) else "")
        return printable(made.render(path=path, site=site, up=up, chrome=frame, **values))
    except TemplateError as error:
        raise _wrong(error, template) from error


@dataclass(frozen=True, kw_only=True)
class Chrome:
    """What is the same on all pages of one depth: rendered once, not for each of them."""

    links: Markup
    nav: Markup
    imprint: Markup


@lru_cache(maxsize=64)
def chrome(site: Site, up: str, current: str) -> Chrome:
    """Return the frame of pages from which `up` leads to the root; `current` is what the menu marks, if anything."""
    names = ("links", "nav", "imprint")
    made = (environment(site.theme).get_template(f"{name}.html") for name in names)
    shown = (Markup(one.render(site=site, up=up, path=current)) for one in made)  # noqa: S704 - autoescaped
    return Chrome(**dict(zip(names, shown, strict=True)))


@lru_cache(maxsize=4)
def _landmarks(site: Site) -> frozenset[str]:
    """Return the pages that the menu names."""
    sections = (f"{layout.section_folder(section.key)}/index.html" for section in site.sections)
    return frozenset({layout.FRONT, layout.PARTNERS, layout.AUTHORS, layout.ARCHIVE, layout.SEARCH, *sections})


def forget_templates() -> None:
    """Read the theme's templates again the next time."""
    environment.cache_clear()
    chrome.cache_clear()


def macro(template: str, name: str, site: Site) -> Callable[..., Markup]:
    """Return a template's macro; raises PublishError where a template of the theme is wrong."""
    try:
        return cast("Callable[..., Markup]", getattr(environment(site.theme).get_template(template).module, name))
    except TemplateError as error:
        raise _wrong(error, template) from error


def _wrong(error: TemplateError, template: str) -> PublishError:
    line = getattr(error, "lineno", None)
    return PublishError(
        f"a template cannot be used: {error.message or type(error).__name__}",
        where=f"{getattr(error, 'name', None) or template}{f':{line}' if line else ''}",
        next_step="mend it in the theme's folder, or take it away",
    )
